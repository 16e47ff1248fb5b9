"""Payment plans: agreed on, looked at, ended; the list of those that run and of those with a missed part."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, day, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.payments.autopay_form import AT_THE_END, NO_CARD, card_field
from frontdesk.entrypoints.desk.payments.lines import NO_AMOUNT
from frontdesk.entrypoints.desk.payments.plan_words import plan_card
from frontdesk.entrypoints.desk.payments.wording import LANGUAGES
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.entrypoints.desk.visits.papers import pdf
from frontdesk.exchange.receipts import pdf as paper
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.money import cents_of, dollars, plain
from frontdesk.office.patients import services as patients
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import NoSuchPayment
from frontdesk.office.payments.models import Plan
from frontdesk.office.payments.queries import PlanLine


@desk_view()
def plans(request: DeskRequest) -> HttpResponse:
    """List the running plans, those with a missed part first."""
    missed, others = payments.open_plans(request.actor, location_id=request.location.pk)
    groups = [
        ("missed", "A part is overdue", [(one.plan.patient.name, plan_card(one)) for one in missed]),
        ("running", "Running", [(one.plan.patient.name, plan_card(one)) for one in others]),
    ]
    return page(request, "desk/payments/plans.html", {"groups": groups, "any": bool(missed or others)})


@desk_view(("GET", "POST"))
def agree(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the form of a plan, and agree on it."""
    chart = open_unmerged(request, patient_id, "payment plan")
    left = max(queries.balance_of(patient_id).left, 0)
    first = clock.today(request.location.zone) + timedelta(days=14)
    fields = (
        Field("total", "In all", hint=f"{dollars(left)} is owed.", needed=True, value=plain(left), width="m"),
        Field("count", "In how many parts", needed=True, value="3", width="m"),
        Field("every", "How often", "select", tuple(Plan.Every.choices), needed=True, value="month", width="m"),
        Field("first", "First part due", "date", hint="Later parts are due on the same day.", needed=True, value=us_date(first)),
        Field("language", "Paper in", "select", LANGUAGES, value="es" if chart.patient.language == "es" else "en", width="m"),
    )  # fmt: skip
    card = card_field(patient_id, may_be_none=True) if settings.CARDS is not None else None
    ask = Panel(
        "Payment plan", (Form("agree", "", "Agree on it", (*fields, card, AT_THE_END) if card else fields),),
        "No interest, no fee. It is printed to be signed.",
    )  # fmt: skip
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    data = request.POST
    try:
        total = cents_of(data.get("total", ""))
        if not total:
            raise Invalid(NO_AMOUNT, fields={"total": NO_AMOUNT})
        payments.agree_plan(
            request.actor, patient_id=patient_id, location_id=request.location.pk, total=total,
            count=number(data.get("count", "").strip()) or 0, every=data.get("every", ""), first=day(data, "first"),
            language="es" if data.get("language") == "es" else "en",
            key=data.get("_key", "")[:64], agreed=bool(data.get("agreed")),
            card_id=number(data["card"]) or 0 if data.get("card", NO_CARD) != NO_CARD else None,
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    return done(request, f"/patients/{patient_id}/money", "The plan is agreed. Print it to be signed.")


@desk_view(("GET", "POST"))
def plan(request: DeskRequest, plan_id: int) -> HttpResponse:
    """Show a plan with what was paid of each part, and end it."""
    one = find_plan(request, plan_id)
    fields = (
        Field(
            "how", "What became of it", "select", (("broken", "Broken: it was not kept"), ("ended", "Ended: agreed on otherwise")),
            needed=True, width="m",
        ),
        Field("reason", "Why", needed=True, width="l"),
    )  # fmt: skip
    may = request.actor.can("payments.end_plan") and one.plan.state == Plan.State.RUNNING
    form = Form("end", "End it", "End the plan", fields, danger=True)
    parts = tuple(
        (f"{part.number}. {us_date(part.due)}", f"{dollars(part.cents)}{_stands(part.left, part.cents)}")
        for part in one.parts
    )
    card = plan_card(one)
    charged = (("Autopay", card["trouble"] or card["autopay"]),) if card["autopay"] else ()
    ask = Panel(
        "Payment plan", (form,) if may else (), f"{card['words']} · {card['state']}", (*parts, *charged), card["note"],
        link=("Autopay", f"/payments/plans/{plan_id}/autopay"), aside=True,
    )  # fmt: skip
    if request.method == "GET":
        return draw(request, ask, patient_id=one.plan.patient_id, version=one.plan.version)
    try:
        payments.end_plan(
            request.actor, plan_id=plan_id, how=request.POST.get("how", ""), reason=request.POST.get("reason", ""),
            version=number(request.POST.get("version")),
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=one.plan.patient_id, version=one.plan.version)
    return done(
        request,
        f"/patients/{one.plan.patient_id}/money",
        "The plan is ended. What is left is owed as before.",
    )


@desk_view()
def printed(request: DeskRequest, plan_id: int) -> HttpResponse:
    """Print a plan to be signed; printed again it is the same paper."""
    return pdf("payment-plan", paper.plan(queries.plan_paper(find_plan(request, plan_id).plan)))


@desk_view(("GET", "POST"))
def rules(request: DeskRequest) -> HttpResponse:
    """Show and set what a returned check costs."""
    fee = Field(
        "fee",
        "Fee for a returned check",
        hint="0 for none",
        value=plain(queries.returned_check_fee()),
        width="m",
    )
    ask = Panel("Money at the desk", (Form("rules", "", "Keep it", (fee,)),))
    if request.method == "GET":
        return draw(request, ask)
    try:
        cents = cents_of(request.POST.get("fee", ""))
        if cents is None:
            raise Invalid(NO_AMOUNT, fields={"fee": NO_AMOUNT})
        payments.set_rules(request.actor, returned_check_fee=cents)
    except Refusal as refusal:
        return draw_again(request, ask, refusal)
    return done(request, "/payments/plans", "Kept.")


def _stands(left: int, cents: int) -> str:
    return ", paid" if not left else f", {dollars(left)} left" if left < cents else ""


def find_plan(request: DeskRequest, plan_id: int) -> PlanLine:
    """Return a plan; the look at its patient is on record."""
    one = queries.plan_of(plan_id, clock.today(request.location.zone))
    if one is None:
        msg = "There is no such plan."
        raise NoSuchPayment(msg)
    patients.open_chart(request.actor.keyless(), one.plan.patient_id, purpose="payment plan")
    return one
