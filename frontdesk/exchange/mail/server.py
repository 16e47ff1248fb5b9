"""One conversation with a mail server, cut where it matters: between its "go ahead" and the end of the message."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass

from frontdesk.exchange.texting.gateway import NotEver, NotNow

TIMEOUT = 20.0


class Unreachable(NotNow):
    """The server itself cannot be spoken to: no message had a part in it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the mail server is reached. `tls` is "starttls", "tls" or "none"."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "starttls"


class Server:
    """A connection that is opened when it is needed and used for many messages."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._open: smtplib.SMTP | None = None

    def offer(self, to: str) -> None:
        """Open an envelope to `to` and wait for the go-ahead (354); nothing has been sent yet.

        Raises `Unreachable`, `NotNow`, `NotEver`.
        """
        if self._open is not None:
            try:
                self._envelope(self._open, to)
                return
            except (smtplib.SMTPServerDisconnected, OSError):
                self.hang_up()  # It had closed the line meanwhile.
        try:
            self._envelope(self._connect(), to)
        except (smtplib.SMTPServerDisconnected, OSError) as broken:
            self.hang_up()
            msg = "The mail server could not be reached."
            raise Unreachable(msg) from broken

    def _envelope(self, talk: smtplib.SMTP, to: str) -> None:
        self._expect(talk, talk.mail(self.settings.sender), 250)
        self._expect(talk, talk.rcpt(to), 250, 251)
        self._expect(talk, talk.docmd("DATA"), 354)

    def finish(self, message: bytes) -> str:
        """Send the content with its final dot in one piece; return what the server said.

        Raises `NotNow` and `NotEver` when the server did not take it, anything else when nobody knows.
        """
        talk = self._open
        assert talk is not None
        whole = re.sub(rb"(?m)^\.", b"..", message)
        talk.send(whole + (b"" if whole.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, said = talk.getreply()
        if code != 250:
            self._refuse(talk, code)
        return said.decode("ascii", "replace")[:120]

    def hang_up(self) -> None:
        """Drop the connection, whatever was being said: a message without its final dot is thrown away."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def say_goodbye(self) -> None:
        """End the conversation politely."""
        if self._open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._open.quit()
            self.hang_up()

    def _connect(self) -> smtplib.SMTP:
        to, context = self.settings, ssl.create_default_context()
        try:
            if to.tls == "tls":
                talk: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, timeout=TIMEOUT, context=context)
            else:
                talk = smtplib.SMTP(to.host, to.port, timeout=TIMEOUT)
            self._open = talk
            if to.tls == "starttls":
                talk.starttls(context=context)
            if to.user:
                talk.login(to.user, to.password)
            talk.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as broken:
            self.hang_up()
            msg = _why_not(broken)
            raise Unreachable(msg) from broken
        return talk

    def _expect(self, talk: smtplib.SMTP, reply: tuple[int, bytes], *good: int) -> None:
        if reply[0] not in good:
            self._refuse(talk, reply[0])

    def _refuse(self, talk: smtplib.SMTP, code: int) -> None:
        """Say what the refusal means; the server's own words may hold the address, so they are not kept."""
        try:
            talk.rset()
        except (smtplib.SMTPException, OSError):
            self.hang_up()
        if code == 421:
            self.hang_up()
            msg = "The mail server is closing down (421)."
            raise Unreachable(msg)
        if 500 <= code < 600:
            msg = f"The mail server will not deliver to this address ({code})."
            raise NotEver(msg)
        msg = f"The mail server asks to try later ({code})."
        raise NotNow(msg)


def _why_not(broken: Exception) -> str:
    if isinstance(broken, smtplib.SMTPAuthenticationError):
        return "The mail server does not accept the name and password (SMTP_USER, SMTP_PASSWORD)."
    if isinstance(broken, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return "No safe connection to the mail server could be made (SMTP_TLS)."
    return "The mail server could not be reached."
