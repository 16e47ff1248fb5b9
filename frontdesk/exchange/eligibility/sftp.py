"""The night's files over SFTP: dropped under a name nobody looks at and then renamed, answers collected and put away.

The host's key is the one the operator pinned, and nothing is read from the configuration of whoever runs the program.
"""

import asyncio
import posixpath
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import urlsplit

import asyncssh
from asyncssh.constants import FILEXFER_TYPE_DIRECTORY

from frontdesk.exchange import outbound
from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.exchange.eligibility.files import Came, Gone

SECONDS, LARGEST, MOST = 120.0, 64 * 1024 * 1024, 50
"""What one visit there may take, and the bytes and number of the files it takes along."""
UNFINISHED = (".part", ".tmp", ".filepart")
"""How names end that are still being written, ours and those of others."""
_BEGINS = ("GS{0}HB{0}", "GS{0}FA{0}", "TA1{0}")
T = TypeVar("T")


def name_of(number: str) -> str:
    """Return the name a file of ours has there."""
    return f"270-{number}.x12"


def place(to: Connection, number: str, content: bytes) -> None:
    """Write a file there under its unfinished name; over what an earlier try left. Raises `Gone`."""
    where = _path(to, to.outbound, name_of(number) + UNFINISHED[0])

    async def work(there: asyncssh.SFTPClient) -> None:
        async with there.open(where, "wb") as file:
            await file.write(content)

    _visit(to, work)


def place_anew(to: Connection, number: str, content: bytes) -> bool:
    """Write a placed file again, as long as it has not been shown; b"" takes it away. Return whether it was there. Raises `Gone`."""
    where = _path(to, to.outbound, name_of(number) + UNFINISHED[0])

    async def work(there: asyncssh.SFTPClient) -> bool:
        if not await there.exists(where):
            return False
        if not content:
            await there.remove(where)
            return True
        async with there.open(where, "wb") as file:
            await file.write(content)
        return True

    return _visit(to, work)


def show(to: Connection, number: str) -> None:
    """Give a placed file its own name. Where it lies no more under the other it has been shown already. Raises `Gone`."""
    shown = _path(to, to.outbound, name_of(number))

    async def work(there: asyncssh.SFTPClient) -> None:
        if await there.exists(shown + UNFINISHED[0]):
            await there.rename(shown + UNFINISHED[0], shown)

    _visit(to, work)


def collect(to: Connection) -> list[Came]:
    """Return the files there that look like answers (271, 999, TA1), the oldest names first; others stay. Raises `Gone`."""

    async def work(there: asyncssh.SFTPClient) -> list[Came]:
        found = []
        for entry in sorted(await there.readdir(_path(to, to.inbound)), key=lambda one: str(one.filename)):
            name, size = str(entry.filename), entry.attrs.size or 0
            folder = entry.attrs.type == FILEXFER_TYPE_DIRECTORY
            if folder or name.startswith(".") or name.endswith(UNFINISHED) or not 0 < size <= LARGEST:
                continue
            async with there.open(_path(to, to.inbound, name), "rb") as file:
                if _is_answer(_bytes(await file.read(4096, 0))):
                    found.append(Came(name, _bytes(await file.read(LARGEST, 0))))
            if len(found) == MOST:
                break
        return found

    return _visit(to, work)


def put_away(to: Connection, name: str) -> None:
    """Move a file that was taken up into the archive there; nothing where somebody did meanwhile. Raises `Gone`."""
    source, folder = _path(to, to.inbound, name), _path(to, to.archive)

    async def work(there: asyncssh.SFTPClient) -> None:
        if not await there.exists(source):
            return
        await there.makedirs(folder, exist_ok=True)
        target, again = posixpath.join(folder, name), 1
        while await there.exists(target):
            again += 1
            target = posixpath.join(folder, f"{name}.{again}")
        await there.rename(source, target)

    _visit(to, work)


def _bytes(read: bytes | str) -> bytes:
    """Return what was read of a file that was opened as bytes; the library's types do not tell."""
    assert isinstance(read, bytes)
    return read


def _path(to: Connection, *parts: str) -> str:
    """Return a path there: below the path of the address, else below where one comes in."""
    return posixpath.join(urlsplit(to.files).path.rstrip("/"), *parts)


def _is_answer(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").decode("utf-8", "replace")
    if text[:3] != "ISA" or len(text) < 106:
        return False
    rest = text[106:].lstrip()
    return rest.startswith(tuple(each.format(text[3]) for each in _BEGINS))


def _visit(to: Connection, work: Callable[[asyncssh.SFTPClient], Awaitable[T]]) -> T:
    async def whole() -> T:
        async with asyncio.timeout(SECONDS):
            user, password = to.files_login
            async with (
                asyncssh.connect(
                    address, port, username=user, password=password or None, config=None, agent_path=None,
                    known_hosts=([asyncssh.import_public_key(to.host_key)], [], []),
                    client_keys=[to.key_file] if to.key_file else None, gss_host=None,
                ) as line,
                line.start_sftp_client() as there,
            ):  # fmt: skip
                return await work(there)

    try:
        address, port = outbound.looked_up(to.files, named=[outbound.host_of(to.files)])
        # In a thread of its own: whoever calls may have a loop running in theirs.
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(asyncio.run, whole()).result()
    except (outbound.NoAnswer, outbound.NotAllowed) as away:
        raise Gone("the host of the files cannot be reached") from away
    except asyncssh.HostKeyNotVerifiable as other:
        raise Gone("the host of the files has another key than the one that is pinned") from other
    except asyncssh.PermissionDenied as shut:
        raise Gone("the host of the files does not let us in") from shut
    except asyncssh.SFTPError as wrong:
        raise Gone(f"the host of the files refused ({type(wrong).__name__})") from wrong
    except (asyncssh.Error, OSError, TimeoutError) as away:
        raise Gone("the host of the files could not be reached") from away
