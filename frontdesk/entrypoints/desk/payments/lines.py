"""The lines of the payment sheet: what is expected, what else may be paid, and what was typed of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.payments.expecting import expecting
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Conflict, Invalid, Refusal
from frontdesk.kit.money import cents_of, dollars, plain
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import family_of
from frontdesk.office.payments import queries
from frontdesk.office.payments.rules import PURPOSE, Part

NO_AMOUNT = "Type an amount in dollars: 35 or 35.50."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; `id` names it in the form, `value` is what stands in its field, `ticked` whether it is paid."""

    id: str
    purpose: str
    patient_id: int
    about: str
    cents: int
    words: str
    script: str = ""
    who: str = ""
    ticked: bool = True
    certain: bool = True
    value: str = ""
    error: str = ""


def expected(request: DeskRequest, patient_id: int, visit: int | None, *, family: bool) -> list[Line]:
    """Return what may be paid at a patient's sheet: of the visit, of a plan, an earlier balance, and of the family."""
    dues = expecting(request, visit) if visit else []
    lines = [
        _line(patient_id, one.purpose, one.about, one.cents, one.words, one.script, certain=one.certain)
        for one in dues
        if one.cents > 0
    ]
    lines += _owed(request, patient_id, lines, ticked=not visit)
    if family:
        for other in family_of(patient_id):
            lines += _of_relative(request, other.pk)
    return lines


def _owed(
    request: DeskRequest, patient_id: int, listed: Sequence[Line], *, ticked: bool, who: str = ""
) -> list[Line]:
    """Return what of a plan is due, and what else is owed beside it, unless it stands on the sheet already: `listed`."""
    found, known = [], {one.purpose for one in listed}
    day = clock.today(request.location.zone)
    running = [one for one in queries.plans_of(patient_id, day) if one.plan.state == "running"]
    for plan in running if PURPOSE.INSTALMENT not in known else ():
        if plan.due:
            since = next(one.due for one in plan.parts if one.left)
            words = f"Payment plan, due {us_date(since)}"
            script = f"Your payment of {dollars(plan.due)} is due. Shall I take it now?"
            about = f"payments.plan:{plan.plan.pk}"
            found.append(
                _line(patient_id, PURPOSE.INSTALMENT, about, plan.due, words, script, who=who, ticked=not who)
            )
    # What was agreed to be paid in parts is not asked for as a whole.
    left = queries.balance_of(patient_id).left - sum(one.left for one in running)
    left -= _listed_of_charges(patient_id, listed)
    if left > 0 and PURPOSE.BALANCE not in known:
        words = "Balance on the account"
        script = (
            f"There is a balance of {dollars(left)} from before. Would you like to take care of it today?"
        )
        found.append(_line(patient_id, PURPOSE.BALANCE, "", left, words, script, who=who, ticked=ticked))
    return found


def _listed_of_charges(patient_id: int, listed: Sequence[Line]) -> int:
    """Return how much of what is owed stands on the sheet already, as a line of the visit it was charged for."""
    if not any(one.about for one in listed):
        return 0
    owed, asked = Counter[str](), Counter[str]()
    for item in queries.owed_items(patient_id):
        owed[item.about] += item.left
    for one in listed:
        asked[one.about] += one.cents if one.about else 0
    return sum(min(cents, owed[about]) for about, cents in asked.items())


def _of_relative(request: DeskRequest, patient_id: int) -> list[Line]:
    """Return what a member of the family owes; nothing of a record that is not for who looks. The look is on record."""
    try:
        by = request.actor.keyless().showing(None)
        chart = patients.open_chart(by, patient_id, purpose="payment: family")
    except Refusal:
        return []
    return _owed(request, chart.patient.pk, (), ticked=False, who=chart.patient.name)


def _line(
    patient_id: int, purpose: str, about: str, cents: int, words: str, script: str = "", *, who: str = "",
    ticked: bool = True, certain: bool = True,
) -> Line:  # fmt: skip
    return Line(
        f"{purpose}-{about or 'account'}-{patient_id}", purpose, patient_id, about, cents, words, script, who,
        ticked and certain, certain, plain(cents),
    )  # fmt: skip


def typed(lines: Sequence[Line], data: object) -> list[Line]:
    """Return the lines with what was typed: which are ticked, and how much of each. Raises `Conflict` for one that is gone."""
    sent = dict(zip(data.getlist("line"), data.getlist("cents"), strict=False))  # type: ignore[attr-defined]  # a QueryDict
    on = set(data.getlist("on"))  # type: ignore[attr-defined]  # as above
    if on - {one.id for one in lines}:
        msg = "What is to be paid has changed meanwhile. Look at the sheet again."
        raise Conflict(msg)
    found = []
    for one in lines:
        value = sent.get(one.id, one.value)
        ticked = one.id in on
        error = NO_AMOUNT if ticked and not cents_of(value) else ""
        found.append(
            Line(
                one.id, one.purpose, one.patient_id, one.about, one.cents, one.words, one.script, one.who, ticked,
                one.certain, value, error,
            )
        )  # fmt: skip
    return found


def parts(lines: Sequence[Line], data: object, patient_id: int, visit: int | None) -> list[Part]:
    """Return what is paid for; a line of one's own is a prepayment, a balance or a fee. Raises `Invalid`."""
    found = [
        Part(one.patient_id, one.purpose, cents_of(one.value) or 0, one.about) for one in lines if one.ticked
    ]
    other = data.get("other", "").strip()  # type: ignore[attr-defined]  # a QueryDict
    if other:
        cents, kind = cents_of(other), data.get("other_for", "")  # type: ignore[attr-defined]  # as above
        if not cents or kind not in dict(OTHERS):
            raise Invalid(NO_AMOUNT, fields={"other": NO_AMOUNT})
        about = f"scheduling.appointment:{visit}" if visit and kind != PURPOSE.BALANCE else ""
        found.append(Part(patient_id, kind, cents, about))
    if any(one.error for one in lines):
        raise Invalid(NO_AMOUNT, fields={"lines": NO_AMOUNT})
    if not found:
        msg = "Tick what is paid, or type an amount."
        raise Invalid(msg, fields={"other": msg})
    return found


OTHERS = (
    (PURPOSE.PREPAYMENT, "Prepayment"),
    (PURPOSE.BALANCE, "Balance"),
    (PURPOSE.COPAY, "Copay"),
    (PURPOSE.DEDUCTIBLE, "Deductible"),
    (PURPOSE.COINSURANCE, "Coinsurance"),
    (PURPOSE.SELF_PAY, "Self-pay"),
    (PURPOSE.FEE, "Fee for a form or copy"),
)


def differing(lines: Sequence[Line]) -> list[str]:
    """Say of which lines another amount was paid than was expected."""
    return [
        f"{one.words}: {dollars(cents_of(one.value) or 0)} taken, {dollars(one.cents)} was expected."
        for one in lines
        if one.ticked and cents_of(one.value) != one.cents
    ]
