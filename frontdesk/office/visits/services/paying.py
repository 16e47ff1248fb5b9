"""Who pays for a visit: the insurance on file, a case's carrier, or the patient."""

from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import Case
from frontdesk.office.coverage.queries import find_case
from frontdesk.office.coverage.rules import SELF_PAY_WORDS
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.practice.queries import zone_of
from frontdesk.office.privacy.models import Restriction
from frontdesk.office.privacy.services import ask_restriction
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.errors import KeptFromPlan
from frontdesk.office.visits.events import PayerSaid
from frontdesk.office.visits.models import Paying
from frontdesk.office.visits.queries import about_visit, is_kept, paying_of
from frontdesk.office.visits.queries.paying import BACK
from frontdesk.office.visits.services._moving import appointment_of

How = Paying.How
KEPT = "kept"
WORDS = "Visit of {}, paid in full out of pocket"


@service("visits.set_payer", permission="coverage.change")
def set_payer(
    by: Actor, /, *, appointment_id: int, how: str, case_id: int | None = None, reason: str = ""
) -> Paying:
    """Say who pays for a visit. `reason` says why the patient does (a key of `SELF_PAY_WORDS`), `case_id` which case.

    With the reason "kept" it is kept from the health plan too: the restriction is taken down in the same moment. It is
    not undone here, only by ending the restriction, as the patient asks (`KeptFromPlan`). Raises `Invalid`, `NoSuchCase`,
    `CaseClosed`, `NotFound`, `Restricted`.
    """
    return _say(by, _seen(by, appointment_id), how, case_id, reason)


@service("visits.book", permission="coverage.change")
def book(by: Actor, /, *, how: str, case_id: int | None = None, reason: str = "", **wish: Any) -> Appointment:
    """Book a visit (`scheduling.book` with `wish`) and say who pays for it, both or neither: before any payer is asked.

    Raises what `scheduling.book` and `set_payer` raise.
    """
    return _paid(by, [scheduling.book(by, **wish)], how, case_id, reason)[0]


@service("visits.book_series", permission="coverage.change")
def book_series(
    by: Actor, /, *, how: str, case_id: int | None = None, reason: str = "", **wish: Any
) -> list[Appointment]:
    """Book a series (`scheduling.book_series` with `wish`) and say who pays for each of its visits, all or nothing."""
    return _paid(by, scheduling.book_series(by, **wish), how, case_id, reason)


@service("visits.accept_offer", permission="coverage.change")
def accept_offer(
    by: Actor, /, *, how: str, case_id: int | None = None, reason: str = "", **wish: Any
) -> Appointment:
    """Book a time offered to somebody who waits (`scheduling.accept_offer` with `wish`) and say who pays for it."""
    return _paid(by, [scheduling.accept_offer(by, **wish)], how, case_id, reason)[0]


def _paid(
    by: Actor, made: list[Appointment], how: str, case_id: int | None, reason: str
) -> list[Appointment]:
    for one in made:
        _say(by, one, how, case_id, reason)
    return made


@service("visits.open_case", permission="coverage.change")
def open_case(by: Actor, /, *, appointment_id: int, **fields: Any) -> Case:
    """Open a case (`coverage.open_case` with `fields`) that pays for a visit. Raises what that and `set_payer` raise."""
    row = _seen(by, appointment_id)
    made: Case = coverage.open_case(by, patient_id=row.patient_id, **fields)
    _say(by, row, How.CASE, made.pk, "")
    return made


@service("visits.carry_payer", permission="scheduling.book")
def carry_payer(by: Actor, /, *, appointment_id: int) -> Paying | None:
    """Let a visit that was moved be paid for as it was before the move; nothing where that has been said anew, or never."""
    # Locked: whoever says it anew in this moment is not talked over. The patient first, as a move does and a message.
    whose = Appointment.objects.values_list("patient_id", flat=True).get(pk=appointment_id)
    list(Patient.objects.select_for_update(no_key=True).filter(pk=whose).values_list("pk", flat=True))
    rows = Appointment.objects.select_related("visit_type", "location", "replaces").select_for_update(
        of=("self",)
    )
    row = rows.get(pk=appointment_id)
    before = paying_of(row)
    record(by, subject=row, patient_id=row.patient_id, after={"paid by": before.how})
    if before.how == How.INSURANCE or Paying.objects.filter(appointment=row).exists():
        return None
    if before.case_id and Case.objects.filter(pk=before.case_id).exclude(closed_at=None).exists():
        return None
    return _say(by, row, before.how, before.case_id, _reason_now(row, before.reason))


def _reason_now(row: Appointment, reason: str) -> str:
    """Return why the patient pays for a visit that was moved: one no longer kept from the plan is not kept from it anew."""
    if reason != KEPT:
        return reason
    before: list[str] = []
    at = row.replaces
    while at is not None and len(before) < BACK:
        before.append(about_visit(at.pk))
        at = at.replaces
    of_it = Restriction.objects.filter(patient=row.patient_id, subject__in=before)
    ended = of_it.exists() and not of_it.filter(ended_at=None).exists()
    return "chosen" if ended else reason


@service("visits.part_payers", permission="coverage.change")
def part_payers(by: Actor, /, *, patient_id: int) -> int:
    """See, once two charts that were one are two again, that no visit of a patient is paid by the other's case, and that
    what keeps one from the health plan stands with whoever it is of; return how much was set right.
    """
    paid = Paying.objects.filter(case__isnull=False, appointment__patient=patient_id)
    rows = list(paid.exclude(case__patient=patient_id).select_related("appointment").order_by("pk"))
    for said in rows:
        before = save_changes(
            said, {"how": How.INSURANCE, "case_id": None, "noted_by": by.name, "noted_at": clock.now()}
        )
        told = {"how": before["how"], "case_id": before["case_id"]}
        record(by, subject=said.appointment, patient_id=patient_id, before=told, after={"how": said.how})
        publish(PayerSaid(said.appointment_id, patient_id))
    visits = Paying.objects.filter(reason=KEPT, appointment__patient=patient_id)
    about = [about_visit(pk) for pk in visits.values_list("appointment", flat=True)]
    strays = Restriction.objects.filter(subject__in=about).exclude(patient=patient_id)
    kept = list(strays.select_for_update(of=("self",)).order_by("pk"))
    for one in kept:
        before = save_changes(one, {"patient_id": patient_id})
        for whose in (before["patient_id"], patient_id):
            record(by, subject=one, patient_id=whose, before=before, after={"patient_id": patient_id})
    return len(rows) + len(kept)


def _seen(by: Actor, appointment_id: int) -> Appointment:
    """Return a visit, locked, that `by` may see: also one whose kind, place or provider is sensitive. Raises `Restricted`."""
    row = appointment_of(by, appointment_id)
    labels = (row.visit_type.labels, row.location.labels, row.provider.labels if row.provider else "")
    refuse_hidden(by, row.patient_id, *(text for text in labels if text))
    return row


def _say(by: Actor, row: Appointment, how: str, case_id: int | None, reason: str) -> Paying:
    good = _good(by, row, how, case_id, reason)
    kept = is_kept(row.patient_id, row.pk)
    if kept and good["reason"] != KEPT:
        raise KeptFromPlan(row)
    if good["reason"] == KEPT and not kept:
        day = to_wall(row.starts, row.zone).date()
        ask_restriction(
            by,
            patient_id=row.patient_id,
            kind=Restriction.Kind.PAID_IN_FULL,
            what=WORDS.format(f"{day.month}/{day.day}/{day.year}"),
            asked_on=clock.today(zone_of(by)),
            subject=about_visit(row.pk),
        )
    noted = {"noted_at": clock.now(), "noted_by": by.name}
    said, made = Paying.objects.get_or_create(appointment=row, defaults=good | noted)
    before = {} if made else save_changes(said, good | noted)
    told = {name: value for name, value in before.items() if name in good}
    record(by, subject=row, patient_id=row.patient_id, before=told, after=good)
    publish(PayerSaid(row.pk, row.patient_id))
    return said


def _good(by: Actor, row: Appointment, how: str, case_id: int | None, reason: str) -> dict[str, Any]:
    if how not in How.values:
        msg = "Choose who pays: the insurance on file, a case, or the patient."
        raise Invalid(msg, fields={"payer": msg})
    if how == How.SELF_PAY and reason not in SELF_PAY_WORDS:
        msg = "Say why the patient pays: no insurance, or none is to be used."
        raise Invalid(msg, fields={"payer": msg})
    if how != How.CASE:
        return {"how": how, "case_id": None, "reason": reason if how == How.SELF_PAY else ""}
    case = find_case(by, case_id or 0)
    if case.patient_id != row.patient_id:
        msg = "That case is another patient's."
        raise Invalid(msg, fields={"payer": msg})
    return {"how": how, "case_id": case.pk, "reason": ""}
