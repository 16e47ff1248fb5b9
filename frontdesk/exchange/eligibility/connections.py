"""How a payer or clearinghouse is reached: the address, the envelope, and who the practice is there."""

from dataclasses import dataclass

from django.conf import settings

MIME, SOAP = "mime", "soap"
ENVELOPES = (MIME, SOAP)


@dataclass(frozen=True, slots=True)
class Connection:
    """One way to payers (CAQH CORE Connectivity, real time). `sender` and `receiver` are their names for both sides."""

    name: str
    url: str
    envelope: str
    user: str
    password: str
    sender: str
    receiver: str


def connection_for(name: str) -> Connection | None:
    """Return the way to a payer: its own, by name, else the practice's usual one; None where it is not set up any more."""
    known: dict[str, Connection] = settings.CONNECTIONS
    return known.get(name) if name else next(iter(known.values()), None)
