"""Autopay of a payment plan: a card on file that is charged with each part; set with words read aloud, gone on with, stopped."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.payments.autopay_form import AGREES, READ_ALOUD, card_field
from frontdesk.entrypoints.desk.payments.plan_words import autopay_trouble, card_words, next_words
from frontdesk.entrypoints.desk.payments.plans import find_plan
from frontdesk.entrypoints.desk.payments.wording import LANGUAGES
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Refusal
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Autopay, Plan
from frontdesk.office.payments.queries import PlanLine

STOP = Form("stop", "Stop it", "Stop autopay", (Field("reason", "Why", needed=True, width="l"),), danger=True)
NO_CARD_YET = "No card is on file. A card is kept when the patient pays with it at the reader and agrees: tick “Keep the card on file” there."
GO_ON = Form("resume", "", "Try the card again")


@desk_view(("GET", "POST"))
def autopay(request: DeskRequest, plan_id: int) -> HttpResponse:
    """Show how a plan's parts are charged, set it, go on with it, stop it."""
    one = find_plan(request, plan_id)
    plan = one.plan
    if request.method == "GET":
        return draw(request, _panel(request, one), patient_id=plan.patient_id, version=plan.version)
    try:
        said = _do(request, plan)
    except Refusal as refusal:
        return draw_again(
            request, _panel(request, one), refusal, patient_id=plan.patient_id, version=plan.version
        )
    return done(request, f"/patients/{plan.patient_id}/money", said)


def _do(request: DeskRequest, plan: Plan) -> str:
    data, do = request.POST, request.POST.get("do", "")
    if do == "stop":
        payments.stop_autopay(request.actor, plan_id=plan.pk, why=data.get("reason", ""))
        return "Autopay is stopped. What is left is paid at the desk or with a link."
    if do == "resume":
        payments.resume_autopay(request.actor, plan_id=plan.pk)
        return "Autopay goes on: what is due is charged within the half hour, in the daytime."
    payments.set_autopay(
        request.actor, plan_id=plan.pk, card_id=number(data.get("card")) or 0, language=data.get("language", ""),
        agreed=bool(data.get("agreed")), version=number(data.get("version")),
    )  # fmt: skip
    return "Autopay is set: each part is charged on the day it is due."


def _panel(request: DeskRequest, one: PlanLine) -> Panel:
    runs, may = one.plan.state == Plan.State.RUNNING, request.actor.can("payments.set_autopay")
    past = _past(one, request.location.zone)
    if one.autopay is not None and not _wants_another(request):
        forms = ((GO_ON,) if one.autopay.paused_at else ()) + (STOP,)
        here = f"/payments/plans/{one.plan.pk}/autopay?another=1"
        facts = (*_facts(one, one.autopay, request.location.zone), *past)
        link = ("Another card", here) if may else ("", "")
        return Panel(
            "Autopay", forms if may else (), facts=facts, say=autopay_trouble(one), link=link, aside=True
        )
    card = card_field(one.plan.patient_id) if runs else None
    if card is None:
        say = NO_CARD_YET if runs else "The plan is over."
        return Panel("Autopay", (), facts=past, say=say)
    language = Field(
        "language", "Read in", "select", LANGUAGES, value=one.plan.language, width="m", needed=True
    )
    form = Form("set", "", "Charge each part automatically", (card, language, AGREES))
    return Panel("Autopay", (form,) if may else (), _note(one), facts=(*READ_ALOUD, *past))


def _wants_another(request: DeskRequest) -> bool:
    return "another" in request.GET or request.POST.get("do") == "set"


def _past(one: PlanLine, zone: str) -> tuple[tuple[str, str], ...]:
    """Return what was stopped: when, which card, by whom and why."""
    return tuple(
        (f"Stopped {us_date(to_wall(row.ended_at, zone).date())}", f"{card_words(row.card)}, by {row.ended_by}: {row.ended_why}")
        for row in queries.past_autopays(one.plan.pk)
        if row.ended_at
    )  # fmt: skip


def _note(one: PlanLine) -> str:
    if one.due:
        return f"{dollars(one.due)} is due already: it is charged today, in the daytime."
    return f"Next is {next_words(one)}." if next_words(one) else ""


def _facts(one: PlanLine, force: Autopay, zone: str) -> tuple[tuple[str, str], ...]:
    day = us_date(to_wall(force.agreed_at, zone).date())
    return (
        ("Card", card_words(force.card)),
        ("Next", "Nothing while it is paused" if force.paused_at else next_words(one)),
        ("Agreed", f"{day}, with {force.taken_by}, read in {dict(LANGUAGES).get(force.language, force.language)}"),
        ("Words", force.words),
    )  # fmt: skip
