"""The postman: takes what is due out of the outbox and hands each message over, once.

Nothing on the network happens inside a transaction. Per e-mail: the lease is committed; the envelope is opened as far
as the server's go-ahead; the message is marked (committed) if it is still true and allowed; the content goes out in
one piece; the answer is committed. A crash before the mark sends again, one after it never does.
"""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings

from frontdesk.exchange.mail.composing import CannotBeWritten, compose
from frontdesk.exchange.mail.server import Server, Settings, Unreachable
from frontdesk.exchange.texting.gateway import Gateway, NotEver, NotNow, Outbox, gateway
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.messaging import delivery
from frontdesk.office.messaging.delivery import Outgoing
from frontdesk.office.messaging.services import note_doubt, note_failed, note_sent

AT_ONCE = 10
# How long a mail server that could not be reached is left alone.
PAUSE = timedelta(seconds=30)
AWAY = "The mail server could not be reached."
log = logging.getLogger(__name__)


class Postman:
    """One for each worker: keeps its connection to the mail server from one round to the next while there is work."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        mail: Settings | None = settings.MAIL
        self.server = Server(mail) if mail else None
        self.gateway: Gateway = gateway()
        self.away_until = clock.now()

    def round(self) -> int:
        """Hand over some of what is due; return how many messages were taken up."""
        if not delivery.anything_due():
            self.rest()
            return 0
        doubts = delivery.settle_doubts()
        batch = delivery.lease(self.worker, AT_ONCE, leaving=("email",) if self.server else ())
        for out in batch:
            if out.channel == "text":
                self._hand_over(out, self.gateway)
            elif self.server is None:
                self._hand_over(out, Outbox())
            else:
                self._mail(self.server, out)
        return len(batch) + doubts

    def rest(self) -> None:
        """Nothing is due: end the conversation with the mail server."""
        if self.server is not None:
            self.server.say_goodbye()

    def _mail(self, server: Server, out: Outgoing) -> None:
        if clock.now() < self.away_until:
            delivery.put_back({out.id}, self.worker, AWAY, tried=False)
            return
        content = self._offered(server, out)
        if content is None:
            return
        if not delivery.begin(out, self.worker, "smtp"):
            server.hang_up()
            return
        try:
            said = server.finish(content)
        except NotEver as no:
            self._fail(out, str(no))
        except NotNow as later:
            delivery.put_back({out.id}, self.worker, str(later), tried=True)
        except (smtplib.SMTPException, OSError):
            server.hang_up()
            note_doubt(SYSTEM, message_id=out.id, worker=self.worker)
        else:
            note_sent(SYSTEM, message_id=out.id, worker=self.worker, via="smtp", receipt=said)

    def _offered(self, server: Server, out: Outgoing) -> bytes | None:
        """Return the content that the server waits for now; None when it does not, and the message was dealt with."""
        try:
            content = compose(out, server.settings.sender)
            server.offer(out.to)
        except CannotBeWritten:
            self._fail(out, "This is not an address that mail can be sent to.")
        except NotEver as no:
            self._fail(out, str(no))
        except NotNow as later:
            if isinstance(later, Unreachable):
                # What else waits would fare no better now, and texts must not wait for it.
                log.warning("mail server away: %s", later)
                self.away_until = clock.now() + PAUSE
            delivery.put_back({out.id}, self.worker, str(later), tried=True)
        else:
            return content
        return None

    def _hand_over(self, out: Outgoing, carrier: Gateway) -> None:
        if not delivery.begin(out, self.worker, carrier.name):
            return
        try:
            receipt = carrier.send(out.to, out.words.body, out.key)
        except NotEver as no:
            self._fail(out, str(no))
        except NotNow as later:
            delivery.put_back({out.id}, self.worker, str(later), tried=True)
        except OSError:
            note_doubt(SYSTEM, message_id=out.id, worker=self.worker)
        else:
            note_sent(SYSTEM, message_id=out.id, worker=self.worker, via=carrier.name, receipt=receipt.id)

    def _fail(self, out: Outgoing, why: str) -> None:
        note_failed(SYSTEM, message_id=out.id, worker=self.worker, why=why)
