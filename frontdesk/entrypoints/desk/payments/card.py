"""Charge a card for a payment sheet. Until a card processor is set up this is refused in words."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.office.payments.errors import NoReader
from frontdesk.office.payments.rules import Sheet


def charge_card(_request: DeskRequest, _sheet: Sheet, _key: str) -> HttpResponse:
    """Begin to charge a card, and answer with what follows it. Raises `NoReader` while none is set up."""
    msg = "No card reader is set up. Take it another way."
    raise NoReader(msg)
