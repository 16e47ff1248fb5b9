"""Checking in: a list that shrinks. Each line is settled once, with an answer; identity is the one that may not lack."""

from datetime import datetime

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.services import SECTIONS, confirm_section
from frontdesk.office.privacy.rules.clocks import HOWS, REFUSED, SIGNED
from frontdesk.office.privacy.services import acknowledge
from frontdesk.office.visits import rules
from frontdesk.office.visits.errors import Unidentified
from frontdesk.office.visits.models import Check, Visit
from frontdesk.office.visits.services._moving import appointment_of, step, visit_of

KNOWN = (*rules.ITEMS, *rules.SETTLED_BEFORE)


@service("visits.settle", permission="visits.check_in")
def settle(by: Actor, /, *, appointment_id: int, item: str, answer: str = "", how: str = "") -> Check:
    """Settle one line of the check-in list, or accept what is missing, with an answer in words.

    "changes" with no answer means that nothing changed: every section of the record is confirmed for today.
    "notice" is the patient's answer to the privacy notice, and stays in their privacy record: signed, or `how` there is
    no signature (`privacy.rules.clocks.HOWS`) with `answer` as the reason.
    Settling it again replaces the answer. Raises `Invalid` for a line there is none of, `NoNotice`, `SettledAlready`.
    """
    if item not in KNOWN:
        msg = "There is no such line on the list."
        raise Invalid(msg, fields={"item": msg})
    row = appointment_of(by, appointment_id)
    if item == "changes" and not answer.strip():
        for section in SECTIONS:
            confirm_section(by, patient_id=row.patient_id, section=section)
    if item == "notice":
        how = how or (REFUSED if answer.strip() else SIGNED)
        acknowledge(by, patient_id=row.patient_id, how=how, reason=answer)
        answer = ": ".join(filter(None, (HOWS[how].lower(), answer.strip())))
    given = {"answer": answer.strip()[:200] or _usual(item), "at": clock.now(), "by_name": by.name}
    made, _ = Check.objects.update_or_create(appointment=row, item=item, defaults=given)
    record(by, subject=row, patient_id=row.patient_id, after={item: made.answer})
    return made


@service("visits.unsettle", permission="visits.check_in")
def unsettle(by: Actor, /, *, appointment_id: int, item: str) -> None:
    """Open a line of the list again; what was answered to the privacy notice stays. Raises `Refused`."""
    if item == "notice":
        msg = "What the patient answered to the privacy notice stays on record. Their privacy page shows it."
        raise Refused(msg)
    row = appointment_of(by, appointment_id)
    gone = Check.objects.filter(appointment=row, item=item)
    before = gone.values_list("answer", flat=True).first()
    gone.delete()
    record(by, subject=row, patient_id=row.patient_id, before={item: before}, after={item: None})


@service("visits.check_in")
def check_in(
    by: Actor,
    /,
    *,
    appointment_id: int,
    version: int | None = None,
    promised_minutes: int | None = None,
    at: datetime | None = None,
) -> Visit:
    """Check a patient in: they are known to be who they say, and the clinical side may call them.

    What else is missing does not stand in the way: insurance, forms and money never keep a patient from care.
    `at` is when it was, entered afterwards (UTC). Checked in already is fine. Raises `Invalid`, `Unidentified`, `NotAllowed`, `StaleVersion`.
    """
    row = appointment_of(by, appointment_id)
    if row.status == rules.CHECKED_IN:
        return visit_of(row)
    if not Check.objects.filter(appointment=row, item="identity").exists():
        raise Unidentified
    promised = {} if promised_minutes is None else {"promised_minutes": max(promised_minutes, 0)}
    return step(by, row, rules.CHECKED_IN, expected=version, at=at, changes=promised)


@service("visits.note", permission="visits.arrive")
def set_note(
    by: Actor, /, *, appointment_id: int, companion: str | None = None, note: str | None = None
) -> Visit:
    """Keep who came along, or a word about the visit that everybody at the desk should see; None leaves one as it is."""
    row = appointment_of(by, appointment_id)
    visit = visit_of(row)
    given = {"companion": companion, "note": note}
    changes = {name: words.strip() for name, words in given.items() if words is not None}
    before = save_changes(visit, changes)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=changes)
    return visit


def _usual(item: str) -> str:
    return {"identity": "stated and seen", "changes": "unchanged"}.get(item, "seen to")
