"""What of cards somebody must see to: charges in doubt, links, refunds that failed, disputes; and which reader a desk has."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.exchange.gateway.processor import readers_at
from frontdesk.kit.errors import Invalid
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.queries import Watched


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who, how much and since when, how it stands, what to do."""

    patient_id: int
    name: str
    what: str
    state: str
    tone: str
    advice: str
    opens: str = ""
    seen: str = ""


@desk_view()
def cards(request: DeskRequest) -> HttpResponse:
    """Show the lists, the most pressing first."""
    found = payments.watch_cards(request.actor, location_id=request.location.pk)
    zone = request.location.zone
    here = readers_at(request.location.pk)
    context = {
        "groups": _groups(found, zone),
        "readers": [(one.id, one.name) for one in here],
        "chosen": request.session.get("card_reader") or next((one.id for one in here), ""),
    }
    return page(request, "desk/payments/cards.html", context)


@desk_view(("POST",))
def reader(request: DeskRequest) -> HttpResponse:
    """Choose the reader of this desk; kept with the session."""
    here = {one.id: one.name for one in readers_at(request.location.pk)}
    chosen = request.POST.get("reader", "")
    if chosen not in here:
        msg = "Choose one of the readers of this location."
        raise Invalid(msg, fields={"reader": msg})
    request.session["card_reader"] = chosen
    return done(request, "/payments/cards", f"Cards are charged at {here[chosen]} from now on.")


@desk_view(("POST",))
def seen(request: DeskRequest, what: str, row_id: int) -> HttpResponse:
    """Say that a refund or a dispute was seen to."""
    if what not in {"refund", "dispute"}:
        raise Http404
    payments.see_to(request.actor, what=what, row_id=row_id)
    return done(request, "/payments/cards", "Seen to.")


def _groups(found: Watched, zone: str) -> list[tuple[str, str, str, list[Line]]]:
    return [
        ("doubt", "Not known yet", "The card processor is asked by itself. Do not charge again.",
         [_under_way(row, zone) for row in found.doubt]),
        ("refunds", "Could not be given back to the card", "It is the patient’s credit again. Give it back another way.",
         [Line(row.patient_id, row.patient.name, f"{dollars(row.cents)}, {_when(row.at, zone)}", "Failed", "bad",
               "Ask the patient how they want it back: another card, or a check.", seen=f"refund/{row.pk}") for row in found.refunds]),
        ("disputes", "Disputed by the cardholder", "The bank has taken the money back until it is decided.",
         [Line(row.charge.patient_id, row.charge.patient.name, f"{dollars(row.cents)}, {row.reason.replace('_', ' ')}",
               row.state.replace("_", " ").capitalize(), "warn",
               f"Answer it on the processor’s pages{f' by {us_date(to_wall(row.respond_by, zone).date())}' if row.respond_by else ''}, with the signed receipt.",
               seen=f"dispute/{row.pk}") for row in found.disputes]),
        ("links", "Payment links that are open", "A link works once, for a day.",
         [_under_way(row, zone) for row in found.links]),
        ("credits", "Charged, and kept as a credit", "Called off too late, or with cash whose drawer was closed.",
         [Line(row.patient_id, row.patient.name, f"{dollars(row.cents)}, {_when(row.at, zone)}", "Credit", "info",
               "Put it to its use on the Money page, or give it back.", f"/payments/cards/{row.pk}") for row in found.credits]),
    ]  # fmt: skip


def _under_way(row: CardCharge, zone: str) -> Line:
    doubt = row.state == CardCharge.State.DOUBT
    return Line(
        row.patient_id, row.patient.name, f"{dollars(row.cents)}, {_when(row.at, zone)}, by {row.by_name}",
        row.get_state_display(), "warn" if doubt else "info",
        "We go on asking. Tell the patient that nothing is charged twice." if doubt else "", f"/payments/cards/{row.pk}",
    )  # fmt: skip


def _when(at: object, zone: str) -> str:
    wall = to_wall(at, zone)  # type: ignore[arg-type]  # a moment of a row
    return f"{us_date(wall.date())} {wall_time(wall)}"
