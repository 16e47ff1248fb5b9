"""The payer's folders over SFTP: a file of questions dropped in one is answered in another, after a moment.

`outbound` is what the practice sends, `inbound` what it gets. A name that ends in .part or .tmp is none of ours yet.
Faults are played by file: one member's fault is that of the whole file, since it is the file that fails to come.
"""

import asyncio
import logging
import shutil
import tempfile
import threading
from pathlib import Path

import asyncssh

from frontdesk.outside.payer.desk import Payer, broken
from frontdesk.outside.payer.scenarios import Wire

log = logging.getLogger(__name__)

OUTBOUND, INBOUND, ARCHIVE = "outbound", "inbound", "archive"
UNFINISHED = (".part", ".tmp", ".filepart")
LARGEST = 64 * 1024 * 1024
PAUSE, MOMENT, LATE = 0.1, 1.0, 60.0
"""Seconds: how often the folder is looked through, how soon a file is answered, how late the late one is."""


class Folders:
    """An SFTP server of this machine in a thread of its own; `port` is where it listens, once started.

    It has its own folders, under a place that is made for it and taken away at the end unless one is named.
    """

    def __init__(
        self, payer: Payer, port: int, *, host: str = "127.0.0.1", place: Path | None = None,
        moment: float = MOMENT, late: float = LATE, own_key: Path | None = None, allowed: Path | None = None,
    ) -> None:  # fmt: skip
        self.payer, self.port, self.host, self.moment, self.late = payer, port, host, moment, late
        self._made = place is None
        self.place = place or Path(tempfile.mkdtemp(prefix="practice-payer-"))
        for name in (OUTBOUND, INBOUND, ARCHIVE):
            (self.place / name).mkdir(parents=True, exist_ok=True)
        self._key = _kept_key(own_key)
        self._allowed = asyncssh.read_authorized_keys(str(allowed)) if allowed else None
        self._loop = asyncio.new_event_loop()
        self._ready, self._trouble = threading.Event(), list[OSError]()
        self._ending = threading.Event()
        self._taken: dict[str, float] = {}

    @property
    def host_key(self) -> str:
        """The key to pin, as OpenSSH writes it."""
        return " ".join(self._key.export_public_key().decode().split()[:2])

    def start(self) -> None:
        """Listen, and answer what is dropped. Raises `OSError` where the port is taken."""
        threading.Thread(target=self._serve, name="payer-sftp", daemon=True).start()
        self._ready.wait()
        if self._trouble:
            raise self._trouble[0]
        self._watcher = threading.Thread(target=self._watch, name="payer-folders", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End, and take the folders away if they were made for this."""
        self._ending.set()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._watcher.join()
        if self._made:
            shutil.rmtree(self.place, ignore_errors=True)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._listen())
        except OSError as trouble:
            self._trouble.append(trouble)
            self._ready.set()
            return
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncssh.create_server(
            lambda: _Door(self.payer, keys=self._allowed is not None),
            self.host, self.port, server_host_keys=[self._key], authorized_client_keys=self._allowed,
            sftp_factory=lambda line: asyncssh.SFTPServer(line, chroot=str(self.place).encode()),
            allow_pty=False, process_factory=None, session_factory=None, config=None, gss_host=None,
        )  # fmt: skip
        self.port = self._server.get_port()

    async def _close(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def _watch(self) -> None:
        while not self._ending.wait(PAUSE):
            for file in sorted((self.place / OUTBOUND).iterdir()):
                if file.is_file() and not file.name.endswith(UNFINISHED) and file.stat().st_size <= LARGEST:
                    self._take(file)

    def _take(self, file: Path) -> None:
        """Take a file in: it is gone from its folder at once, and its answers come by themselves."""
        payload = file.read_bytes()
        file.unlink()
        outcome = self.payer.dropped(payload)
        name = file.stem
        if not outcome.acknowledged:
            log.info("A file came that is no X12; nothing answers it.")
            return
        kind = "999" if b"ST*999*" in outcome.acknowledged else "ta1"
        self._later(self.moment, f"{kind}-{name}.x12", outcome.acknowledged, ())
        if outcome.acknowledged == outcome.response.payload:
            return  # refused: there is no answer
        if self.payer.drops() or outcome.wire is Wire.DROPPED:
            return
        content = outcome.response.payload
        if outcome.wire is Wire.BROKEN:
            content = broken(content)
        if outcome.wire is Wire.HALF:
            content = content[: len(content) // 2]
        wait = self.late if outcome.wire is Wire.LATE else self.moment
        self._later(wait, f"271-{name}.x12", content, outcome.references)

    def _later(self, seconds: float, name: str, content: bytes, references: tuple[str, ...]) -> None:
        def lay() -> None:
            if self._ending.is_set():
                return
            whole = self.place / INBOUND / name
            unfinished = whole.with_name(name + UNFINISHED[0])
            unfinished.write_bytes(content)
            unfinished.rename(whole)
            self.payer.sent(references)

        timer = threading.Timer(seconds, lay)
        timer.daemon = True
        timer.start()


class _Door(asyncssh.SSHServer):
    """Who may come in: the payer's one user, with the password or a key that is allowed."""

    def __init__(self, payer: Payer, *, keys: bool) -> None:
        self._payer, self._keys = payer, keys

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002 - as the library calls it
        """Everybody proves who they are."""
        return True

    def password_auth_supported(self) -> bool:
        """A password will do."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Say whether it is the payer's user with their password."""
        return (username, password) == (self._payer.credentials.user, self._payer.credentials.password)

    def public_key_auth_supported(self) -> bool:
        """A key will do where keys were given."""
        return self._keys


def _kept_key(file: Path | None) -> asyncssh.SSHKey:
    """Return the server's own key: that of a file, made when it is not there, else a new one."""
    if file is not None and file.exists():
        return asyncssh.read_private_key(str(file))
    made = asyncssh.generate_private_key("ssh-ed25519")
    if file is not None:
        file.touch(mode=0o600)
        made.write_private_key(str(file))
    return made
