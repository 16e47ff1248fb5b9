"""Put a disclosure on record, take one back that was noted by mistake, and account for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import cleaned, misfits, refuse
from frontdesk.office.privacy.errors import SettledAlready
from frontdesk.office.privacy.models import Disclosure, Verification
from frontdesk.office.privacy.queries.disclosures import disagreements_of, told_to
from frontdesk.office.privacy.rules import telling
from frontdesk.office.privacy.rules.part_two import is_labelled
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import patient_of
from frontdesk.office.privacy.services._verified import must_be_verified
from frontdesk.office.privacy.services.consenting import must_consent

_TEXTS = ("recipient", "address", "what", "purpose", "basis", "identity", "seen")


@dataclass(frozen=True, slots=True)
class Accounting:
    """A patient's accounting of disclosures: the days it covers, and its lines, oldest first."""

    patient_id: int
    first: date
    last: date
    lines: list[telling.Line]


@service("privacy.disclose")
def disclose(
    by: Actor,
    /,
    *,
    patient_id: int,
    on: date,
    recipient: str,
    what: str,
    purpose: str,
    basis: str,
    address: str = "",
    identity: str = Disclosure.Identity.PAPER,
    seen: str = "",
    suspended_until: date | None = None,
    suspended_on: date | None = None,
    suspended_orally: bool = False,
    part_two: bool = False,
) -> Disclosure:
    """Note what was told, to whom, why and on what ground; statements of disagreement are noted as sent with it.

    What is told to somebody on the telephone or at the desk (`identity` "call") needs them verified now; any other
    recipient needs what was looked at (`seen`): a badge, a letterhead, the number of a court order. What tells of
    substance use (`part_two`, and whatever is told of a record so labelled) needs a consent that covers it on that day.
    Raises `NotVerified`, `NoConsent`, `Invalid`.
    """
    patient = patient_of(by, patient_id)
    given = cleaned(
        {
            "recipient": recipient,
            "address": address,
            "what": what,
            "purpose": purpose,
            "basis": basis,
            "identity": identity,
            "seen": seen,
        }
    )
    _check(given, on, today(by))
    trouble = telling.wrong_suspension(basis, suspended_on, suspended_until, oral=suspended_orally)
    refuse({"suspended_until": trouble} if trouble else {})
    protected = part_two or is_labelled(patient.labels)
    consent = must_consent(patient.pk, given["recipient"], basis, on) if protected else None
    verified = _verified(by, patient.pk, given)
    made = Disclosure.objects.create(
        patient=patient,
        on=on,
        **given,
        accountable=telling.BASES[basis].accountable,
        verification=verified,
        suspended_until=suspended_until,
        suspended_on=suspended_on if suspended_until else None,
        suspended_orally=suspended_orally and suspended_until is not None,
        part_two=protected,
        consent=consent,
        statements=[one.pk for one in disagreements_of(patient.pk)],
        noted_at=clock.now(),
        by_id=by.id,
        by_name=by.name,
    )
    after: dict[str, Any] = {
        "basis": basis,
        "on": on,
        "accountable": made.accountable,
        "suspended_until": suspended_until,
    }
    if protected:
        after |= {"part_two": True, "consent": consent}
    record(by, subject=made, patient_id=patient.pk, after=after, reason=given["purpose"])
    return made


@service("privacy.retract_disclosure", permission="privacy.decide")
def retract_disclosure(by: Actor, /, *, disclosure_id: int, version: int, reason: str) -> Disclosure:
    """Take a disclosure out of the accounting because it never happened; it stays on record with the reason."""
    found = Disclosure.objects.filter(pk=disclosure_id).first()
    if found is None:
        msg = "There is no such disclosure."
        raise NotFound(msg)
    patient_of(by, found.patient_id)
    if found.retracted_at is not None:
        raise SettledAlready("That was taken back already.", found)
    if not reason.strip():
        msg = "Say why it was noted by mistake."
        raise Invalid(msg, fields={"reason": msg})
    changes = {
        "retracted_at": clock.now(),
        "retracted_by": by.name,
        "retracted_why": reason.strip()[:200],
    }
    before = save_changes(found, changes, expected=version)
    record(
        by,
        subject=found,
        patient_id=found.patient_id,
        before=before,
        after={"retracted": True},
        reason=reason,
    )
    return found


@service("privacy.account", reads=True)
def account(
    by: Actor, /, *, patient_id: int, first: date | None = None, last: date | None = None
) -> Accounting:
    """Return what a patient is told of the disclosures of six years, or of the shorter time they ask for."""
    patient, day = patient_of(by, patient_id), today(by)
    earliest, latest = telling.window(day)
    begins, ends = max(first or earliest, earliest), min(last or latest, latest)
    lines = telling.summarised(telling.accounted(told_to(patient.pk), begins, ends, day))
    record(
        by,
        subject=patient,
        patient_id=patient.pk,
        reason="accounting of disclosures",
        extra={"first": begins, "last": ends, "lines": len(lines)},
    )
    return Accounting(patient.pk, begins, ends, lines)


def _check(given: dict[str, str], on: date, day: date) -> None:
    wrong = misfits(Disclosure, given, _TEXTS)
    for name, words in (
        ("recipient", "Who was told?"),
        ("what", "What was told? A few words."),
        ("purpose", "What for?"),
    ):
        if not given[name]:
            wrong[name] = words
    if given["basis"] not in telling.BASES:
        wrong["basis"] = "Choose the ground on which it was told."
    if on > day:
        wrong["on"] = "That day is still to come."
    refuse(wrong)


def _verified(by: Actor, patient_id: int, given: dict[str, str]) -> Verification | None:
    if given["identity"] == Disclosure.Identity.CALL or given["basis"] in telling.SPOKEN:
        return must_be_verified(by, patient_id)
    if not given["seen"]:
        refuse(
            {"seen": "What did you look at to know who they are? A badge, a letterhead, an order's number."}
        )
    return None
