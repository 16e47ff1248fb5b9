"""The cards a patient lets us charge: what they agreed to, when and with whom; and the end of it."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardOnFile


@desk_view(("GET", "POST"))
def cards(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show a patient's cards on file; end one."""
    open_unmerged(request, patient_id, "cards on file")
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _end(request, patient_id)
        except Refusal as refused:
            if isinstance(refused, NotPermitted | NotFound):
                raise
            refusal = refused
    return draw(request, _panel(request, patient_id), patient_id=patient_id, refusal=refusal)


def _end(request: DeskRequest, patient_id: int) -> None:
    card, why = number(request.POST.get("card")), request.POST.get("reason", "").strip()
    if card not in {one.pk for one in queries.cards_on_file(patient_id)}:
        msg = "Choose one of the cards."
        raise Invalid(msg, fields={"card": msg})
    if not why:
        msg = "Say why, in a few words: the patient asked, the card is lost."
        raise Invalid(msg, fields={"reason": msg})
    payments.end_card(request.actor, card_id=card or 0, why=why)


def _panel(request: DeskRequest, patient_id: int) -> Panel:
    found = queries.cards_on_file(patient_id)
    facts = tuple(
        (_named(one), f"{one.words} Agreed {_day(request, one)}, with {one.taken_by}.") for one in found
    )
    if not found:
        return Panel(
            "Cards on file",
            (),
            say="No card is on file. A card is kept when the patient pays with it and agrees.",
        )
    choices = tuple((str(one.pk), _named(one)) for one in found)
    charged = queries.autopays_on([one.pk for one in found])
    note = "Autopay of a payment plan charges one of these cards: it stops with the card." if charged else ""
    fields = (
        Field("card", "Card", "select", choices, value=choices[0][0], needed=True),
        Field("reason", "Why", needed=True),
    )
    return Panel(
        "Cards on file", (Form("end", "End it", "Do not charge it again", fields, danger=True),), note, facts=facts
    )  # fmt: skip


def _named(one: CardOnFile) -> str:
    return f"{one.brand.capitalize()} ending in {one.last4}"


def _day(request: DeskRequest, one: CardOnFile) -> str:
    return us_date(to_wall(one.agreed_at, request.location.zone).date())
