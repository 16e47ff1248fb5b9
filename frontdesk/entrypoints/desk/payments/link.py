"""A payment link: made for an amount, shown as a code and a text to copy, followed until it is paid."""

import io
from uuid import uuid4

import segno
from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.payments.card import shown
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import cents_of
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Toward
from frontdesk.office.payments.rules import Part

LEAST = 50
"""Cents: the processor charges no less."""


@desk_view(("GET", "POST"))
def make(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask for the amount, and have the link made."""
    open_unmerged(request, patient_id, "payment link")
    form = Form(
        "link", "", "Make the link",
        (
            Field("amount", "Amount in dollars", needed=True, width="s"),
            Field("purpose", "What for", "select", tuple(Toward.Purpose.choices), value=Toward.Purpose.BALANCE, needed=True),
        ),
    )  # fmt: skip
    panel = Panel(
        "Payment link",
        (form,),
        say="The patient pays on the card processor’s page. The link works once, for a day.",
    )
    if request.method == "GET":
        return draw(request, panel, patient_id=patient_id)
    try:
        cents = _cents(request.POST.get("amount", ""))
        purpose = request.POST.get("purpose", "")
        if purpose not in Toward.Purpose.values:
            msg = "Say what it is for."
            raise Invalid(msg, fields={"purpose": msg})
        visit = number(request.POST.get("visit"))
        about = f"scheduling.appointment:{visit}" if visit else ""
        row = payments.make_link(
            request.actor, patient_id=patient_id, location_id=request.location.pk,
            parts=(Part(patient_id, purpose, cents, about),), key=request.POST.get("_key", "")[:64] or uuid4().hex,
        )  # fmt: skip
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return draw(request, panel, patient_id=patient_id, refusal=refusal)
    return shown(request, row)


@desk_view()
def code(request: DeskRequest, charge_id: int) -> HttpResponse:
    """Answer with a link as a picture for a telephone's camera (a QR code)."""
    row = payments.open_charge(request.actor, charge_id=charge_id)
    if not row.link:
        raise Http404
    picture = io.BytesIO()
    segno.make(row.link, error="m").save(picture, kind="svg", scale=4, border=2, dark="#000", light="#fff")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _cents(text: str) -> int:
    found = cents_of(text)
    if found is None or found < LEAST:
        msg = "Type dollars and cents, at least 0.50: 35.00."
        raise Invalid(msg, fields={"amount": msg})
    return found
