"""How a payer or clearinghouse is reached: the address, the envelope, and who the practice is there."""

from dataclasses import dataclass

from django.conf import settings

MIME, SOAP = "mime", "soap"
ENVELOPES = (MIME, SOAP)
REAL_TIME, BATCH, BOTH = "realtime", "batch", "both"
MODES = (REAL_TIME, BATCH, BOTH)


@dataclass(frozen=True, slots=True)
class Connection:
    """One way to payers: CAQH CORE Connectivity in real time, in batches, or both; batches also as files over SFTP.

    `sender` and `receiver` are their names for both sides. `batch` is where batches go when that is not `url`, with a
    user and password of its own where it has them. Of SFTP: the host's key that is pinned (a line of OpenSSH,
    "ssh-ed25519 AAAA…"), the file of our own key where there is no password, and the folders there.
    """

    name: str
    url: str
    envelope: str
    user: str
    password: str
    sender: str
    receiver: str
    mode: str = REAL_TIME
    batch: str = ""
    batch_user: str = ""
    batch_password: str = ""
    host_key: str = ""
    key_file: str = ""
    outbound: str = "outbound"
    inbound: str = "inbound"
    archive: str = "archive"

    @property
    def at_once(self) -> bool:
        """Whether it can be asked in real time."""
        return self.mode != BATCH

    @property
    def files(self) -> str:
        """Where the night's files go, "" where everything is asked in real time."""
        if self.mode == REAL_TIME:
            return ""
        return self.batch or self.url

    @property
    def files_login(self) -> tuple[str, str]:
        """Return user and password where files go."""
        return (self.batch_user, self.batch_password) if self.batch_user else (self.user, self.password)


def connection_for(name: str) -> Connection | None:
    """Return the way to a payer: its own, by name, else the practice's usual one; None where it is not set up any more."""
    known: dict[str, Connection] = settings.CONNECTIONS
    return known.get(name) if name else next(iter(known.values()), None)
