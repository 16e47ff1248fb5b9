"""A link for somebody new, by e-mail. Its address comes from this installation's settings, never from a request."""

import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings

from frontdesk.exchange.mail.composing import POLICY
from frontdesk.exchange.mail.server import Server
from frontdesk.exchange.mail.server import Settings as MailServer
from frontdesk.exchange.texting.gateway import NotEver
from frontdesk.kit import clock
from frontdesk.office.accounts.models import Invitation
from frontdesk.office.accounts.services import token_of
from frontdesk.office.practice.queries import practice

WORDS = """Hello {name},

{practice} has made an account for you at its front desk. With this link you choose your password:

{link}

It works once, until {until} (UTC). Your user name is {username}.

If you did not expect this, do nothing and tell the practice.
"""


def can_invite() -> bool:
    """Say whether an invitation can be sent from here: there is a mail server, and an address to come to."""
    return bool(settings.MAIL and settings.PUBLIC_URL)


def link_of(invitation: Invitation) -> str:
    """Return the link of an invitation."""
    return f"{settings.PUBLIC_URL}/welcome/{token_of(invitation)}"


def send_invitation(invitation_id: int) -> bool:
    """Send an invitation while it may be used; say whether it was. Raises what a mail server refuses for now."""
    found = Invitation.objects.select_related("user").filter(pk=invitation_id, used_at=None).first()
    to: MailServer | None = settings.MAIL
    if found is None or found.ends_at < clock.now() or to is None or not can_invite():
        return False
    server = Server(to)
    try:
        server.offer(found.sent_to)
        server.finish(composed(found, to.sender))
    except NotEver:
        return False  # whoever invited sees that nobody came; the address is theirs to correct
    except smtplib.SMTPException as broken:
        raise OSError from broken
    finally:
        server.say_goodbye()
    return True


def composed(invitation: Invitation, sender: str) -> bytes:
    """Return the e-mail as it goes over the wire."""
    found = practice()
    name = found.name if found else "The practice"
    mail = EmailMessage(POLICY)
    mail["From"] = Address(display_name=name, addr_spec=sender)
    mail["To"] = Address(addr_spec=invitation.sent_to)
    mail["Subject"] = f"Your account at {name}".replace("\n", " ")
    mail["Date"] = format_datetime(clock.now())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        WORDS.format(
            name=invitation.user.display_name,
            practice=name,
            link=link_of(invitation),
            until=f"{invitation.ends_at:%B %-d, %H:%M}",
            username=invitation.user.username,
        )
    )
    return mail.as_bytes()
