"""How a payer or clearinghouse is reached: the address, the envelope, and who the practice is there."""

from dataclasses import dataclass

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
