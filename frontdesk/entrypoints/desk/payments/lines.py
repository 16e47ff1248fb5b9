"""The lines of the payment sheet: what is expected, what else may be paid, and what was typed of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.payments.expecting import expecting
from frontdesk.kit import clock
from frontdesk.kit.errors import Conflict, Invalid, Refusal
from frontdesk.kit.money import cents_of, dollars, plain
from frontdesk.office.billing.queries import owing
from frontdesk.office.billing.rules import Due
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import family_of
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
    day = clock.today(request.location.zone)
    dues = [one for one in expecting(request, visit) if one.cents > 0] if visit else []
    lines = [_line(patient_id, one) for one in dues]
    # At a visit its own lines come first, and a balance only where it is asked for.
    lines += [
        _line(patient_id, one, ticked=not visit or one.purpose == PURPOSE.INSTALMENT)
        for one in owing(patient_id, day, dues)
    ]
    if family:
        for other in family_of(patient_id):
            lines += _of_relative(request, other.pk, day)
    return lines


def _of_relative(request: DeskRequest, patient_id: int, day: date) -> list[Line]:
    """Return what a member of the family owes; nothing of a record that is not for who looks. The look is on record."""
    try:
        by = request.actor.keyless().showing(None)
        chart = patients.open_chart(by, patient_id, purpose="payment: family")
    except Refusal:
        return []
    return [
        _line(chart.patient.pk, one, who=chart.patient.name, ticked=False)
        for one in owing(chart.patient.pk, day)
    ]


def _line(patient_id: int, due: Due, *, who: str = "", ticked: bool = True) -> Line:
    return Line(
        f"{due.purpose}-{due.about or 'account'}-{patient_id}", due.purpose, patient_id, due.about, due.cents, due.words,
        due.script, who, ticked and due.certain and not due.by_itself, due.certain, plain(due.cents),
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
