"""Who pays first, on the insurance tab: the order the rules propose, taken over by one key or kept otherwise with a reason."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.coverage.case_words import card
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import OrderDecision, PolicyFacts
from frontdesk.office.coverage.rules import Held, medicare, propose, rank_words
from frontdesk.office.coverage.rules.ordering import is_plan
from frontdesk.office.patients.models import Patient


@dataclass(frozen=True, slots=True)
class Order:
    """What is proposed. `same` says that it is the order on record; `kept` who decided otherwise and why, "" when nobody did."""

    rows: tuple[tuple[str, str], ...]
    ids: str
    reasons: tuple[str, ...]
    asks: tuple[str, ...]
    same: bool
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Medicare:
    """Where the Medicare questions stand."""

    asked: str
    by: str
    words: str
    is_due: bool


def beside(request: DeskRequest, patient: Patient) -> dict[str, object]:
    """Return what the insurance tab shows beside the policies: the order, the Medicare questions, the cases."""
    zone, home = request.location.zone, f"/patients/{patient.pk}/insurance"
    day = clock.today(zone)
    held = queries.held_by(patient, day)
    of_medicare = any(one.kind in medicare.KINDS for one in held)
    last = coverage.open_medicare(request.actor, patient_id=patient.pk) if of_medicare else None
    found = propose(held, medicare.judge(last.answers, day) if last else None)
    rows = coverage.open_cases(request.actor, patient_id=patient.pk)
    return {
        "order": _order(held, found.order, found.reasons, found.asks, queries.decided_on(patient.pk), zone)
        if len(held) > 1
        else None,
        "medicare": Medicare(
            us_date(last.asked_on) if last else "",
            last.asked_by if last else "",
            last.words if last else "",
            medicare.is_due(last.asked_on if last else None, day),
        )
        if of_medicare
        else None,
        "cases": [card(row, day, home) for row in rows],
    }


def _order(
    held: list[Held],
    order: tuple[int, ...],
    reasons: tuple[str, ...],
    asks: tuple[str, ...],
    decided: OrderDecision | None,
    zone: str,
) -> Order:
    names = {one.policy_id: one.payer for one in held}
    kept = ""
    if decided and decided.reason and decided.proposed == list(order):
        kept = f"Kept otherwise by {decided.by_name}, {us_date(to_wall(decided.at, zone).date())}: {decided.reason}"
    return Order(
        rows=tuple((rank_words(rank), names[pk]) for rank, pk in enumerate(order, 1)),
        ids=",".join(str(pk) for pk in order),
        reasons=reasons,
        asks=asks,
        same=[one.policy_id for one in held] == list(order),
        kept=kept,
    )


@desk_view(("POST",))
def accept(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Put the policies in the order that was shown."""
    open_unmerged(request, patient_id, "insurance: order")
    shown = [pk for text in request.POST.get("order", "").split(",") if (pk := number(text))]
    coverage.accept_order(request.actor, patient_id=patient_id, policy_ids=shown)
    return done(request, f"/patients/{patient_id}/insurance", "The policies are in that order now.")


@desk_view(("GET", "POST"))
def facts(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show what decides about the order of each policy, to note it, and the form that keeps the order as it is."""
    chart = open_unmerged(request, patient_id, "insurance: what decides the order")
    coverage.open_coverage(request.actor, patient_id=patient_id)
    held = queries.held_by(chart.patient, clock.today(request.location.zone))
    ask = Panel("What decides the order", (*(_form(one) for one in held if is_plan(one)), *_keep(held)))
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    try:
        said = _do(request, patient_id, held)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return draw(request, ask, patient_id=patient_id, refusal=refusal)
    return done(request, f"/patients/{patient_id}/insurance", said)


def _do(request: DeskRequest, patient_id: int, held: list[Held]) -> str:
    data = request.POST
    if data.get("do") == "keep":
        coverage.keep_order(request.actor, patient_id=patient_id, reason=data.get("reason", ""))
        return "The order stays, with your reason."
    policy_id = number(data.get("do"))
    if policy_id not in {one.policy_id for one in held} or policy_id is None:
        msg = "That policy is no longer in use."
        raise Invalid(msg)
    coverage.note_order_facts(
        request.actor,
        policy_id=policy_id,
        through=_code(data.get("through", "")),
        parent=_code(data.get("parent", "")),
        decreed="decreed" in data,
    )
    return "Noted."


NOT_KNOWN = "none"


def _code(text: str) -> str:
    return "" if text == NOT_KNOWN else text


def _form(one: Held) -> Form:
    through = tuple((code or NOT_KNOWN, words) for code, words in PolicyFacts.Through.choices)
    parents = tuple((code or NOT_KNOWN, words) for code, words in PolicyFacts.Parent.choices)
    fields = [
        Field(
            "through",
            "The subscriber has it through",
            "select",
            through,
            value=one.through or NOT_KNOWN,
            width="l",
        )
    ]
    if one.relationship == "child":
        fields += [
            Field("parent", "Whose it is", "select", parents, value=one.parent or NOT_KNOWN, width="l"),
            Field(
                "decreed",
                "A court made this parent responsible for health care",
                "check",
                value="on" if one.decreed else "",
            ),
        ]
    whose = f", {one.subscriber}" if one.subscriber else ""
    return Form(str(one.policy_id), f"{one.payer}{whose}", "Note it", tuple(fields))


def _keep(held: list[Held]) -> tuple[Form, ...]:
    if len(held) < 2:
        return ()
    why = Field("reason", "Why", hint="A court order, what the payer said, …", width="l")
    return (Form("keep", "Keep the order as it is", "Keep it", (why,)),)
