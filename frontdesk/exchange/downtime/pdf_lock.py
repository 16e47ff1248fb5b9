"""The lock of a PDF, worked out of a passphrase once and put into each file written afterwards (AES-256, ISO 32000-2)."""

import secrets

from fpdf import FPDF
from fpdf.encryption import StandardSecurityHandler
from fpdf.enums import EncryptionMethod

from frontdesk.exchange.downtime.sealing import Keys


def lock(sheet: FPDF, keys: Keys) -> None:
    """Have a document written so that it opens with the passphrase alone."""
    handler = _Locked(sheet, owner_password="", encryption_method=EncryptionMethod.AES_256)
    handler.lock = keys.pdf
    sheet._security_handler = handler  # noqa: SLF001 - set_encryption() would need the passphrase, which is kept nowhere


class _Locked(StandardSecurityHandler):
    """The lock of a PDF with its entries worked out beforehand."""

    lock: dict[str, str]

    def generate_passwords(self, file_id: str) -> None:
        self.file_id, self.info_id = file_id, file_id[1:33]
        self.k = bytes.fromhex(self.lock["k"])
        self.u, self.ue = self.lock["u"], self.lock["ue"]
        self.o, self.oe, self.perms = self.lock["o"], self.lock["oe"], self.lock["perms"]


def worked_out(passphrase: str) -> dict[str, str]:
    """Work out the entries of the lock. The owner's passphrase, which nobody needs, is thrown away."""
    maker = StandardSecurityHandler(
        FPDF(),
        owner_password=secrets.token_hex(24),
        user_password=passphrase,
        encryption_method=EncryptionMethod.AES_256,
    )
    maker.generate_passwords("<" + "0" * 32 + ">")
    names = ("u", "ue", "o", "oe", "perms")
    return {"k": bytes(maker.k).hex(), **{name: str(getattr(maker, name)) for name in names}}
