"""Who pays for a visit: the insurance on file, a case, or the patient; chosen on the visit's card, and when it is booked."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.entrypoints.desk.visits.card import show
from frontdesk.entrypoints.desk.visits.choosing_payer import INSURANCE, choices, read_choice
from frontdesk.kit.errors import NotFound, NotPermitted, Refusal
from frontdesk.office.coverage import services as coverage
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import queries
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.queries import Line


@desk_view(("GET", "POST"))
def payer(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show the choice who pays for a visit, and take it."""
    scheduling.open_appointment(request.actor, appointment_id=appointment_id, bare=True)
    line = queries.line_of(request.actor, appointment_id)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    field = Field(
        "payer", "Paid by", "select", tuple(choices(line.patient_id)), value=chosen(line), width="l"
    )
    fresh = f"/patients/{line.patient_id}/insurance/cases/add?visit={line.id}"
    ask = Panel(
        "Who pays for this visit",
        (Form("pay", "", "Keep it", (field,)),),
        _note(line),
        link=("A new injury: open a case", fresh),
    )
    if request.method == "GET":
        return draw(request, ask, patient_id=line.patient_id)
    try:
        visits.set_payer(
            request.actor, appointment_id=appointment_id, **read_choice(request.POST.get("payer", ""))
        )
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return draw(request, ask, patient_id=line.patient_id, refusal=refusal)
    if request.is_fragment:
        return beside(request, appointment_id, "It is noted who pays.")
    return done(request, f"/visits/{appointment_id}", "It is noted who pays.")


@desk_view(("POST",))
def medicare_unchanged(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Note at the desk that what a Medicare patient was asked has not changed; answer with the card."""
    scheduling.open_appointment(request.actor, appointment_id=appointment_id, bare=True)
    line = queries.line_of(request.actor, appointment_id)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    coverage.medicare_unchanged(request.actor, patient_id=line.patient_id)
    words = "Medicare: asked, unchanged."
    if not request.is_fragment:
        return done(request, f"/visits/{appointment_id}", words)
    return tell(show(request, appointment_id), words, changed=False)


def beside(request: DeskRequest, appointment_id: int, words: str) -> HttpResponse:
    """Answer a panel with the card it was opened from, and close the panel."""
    answer = tell(show(request, appointment_id), words, close=True)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#visit-card", "innerHTML"
    return answer


def chosen(line: Line) -> str:
    """Return the choice that holds for a visit."""
    if line.paying.case_id:
        return f"case:{line.paying.case_id}"
    return f"self_pay:{line.paying.reason}" if line.paying.reason else INSURANCE


def _note(line: Line) -> str:
    return f"{line.visit_type}, {us_date(line.wall.date())}"
