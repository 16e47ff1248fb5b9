"""Publish the notice of privacy practices, and note how each patient answered it."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import cleaned, refuse, tidy
from frontdesk.office.privacy.errors import NoNotice, SettledAlready
from frontdesk.office.privacy.models import Acknowledgement, Notice
from frontdesk.office.privacy.queries.notices import answer_of, current_notice
from frontdesk.office.privacy.rules.clocks import AFTER, HOWS, NEEDS_REASON
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import patient_of

LONGEST = 60_000


@service("privacy.publish_notice")
def publish_notice(
    by: Actor,
    /,
    *,
    label: str,
    effective: date,
    text: str,
    text_es: str = "",
    is_material: bool = True,
) -> Notice:
    """Publish a version of the notice; a material one is put to every patient again. Published, it is never changed."""
    given = cleaned({"label": label})
    wrong = {}
    if not given["label"] or len(given["label"]) > 40:
        wrong["label"] = "Call it by a few letters, such as 2026-03."
    elif Notice.objects.filter(label=given["label"]).exists():
        wrong["label"] = "There is a version of that name. What was published stays as it is."
    if not text.strip() or max(len(text), len(text_es)) > LONGEST:
        wrong["text"] = f"The words of the notice, up to {LONGEST:,} characters."
    if Notice.objects.filter(effective__gt=effective).exists():
        wrong["effective"] = "A later version is published already."
    refuse(wrong)
    made = Notice.objects.create(
        label=given["label"],
        effective=effective,
        text=_lines(text),
        text_es=_lines(text_es),
        is_material=is_material,
        published_at=clock.now(),
        published_by=by.name,
    )
    record(by, subject=made, after={"label": made.label, "effective": effective, "is_material": is_material})
    return made


@service("privacy.acknowledge")
def acknowledge(by: Actor, /, *, patient_id: int, how: str, reason: str = "") -> Acknowledgement:
    """Note how the patient answered the notice that holds today: signed, refused, not to be got, or an emergency.

    Once signed it is settled; an emergency is made good afterwards, and who refused may still sign.
    Raises `NoNotice`, `SettledAlready`, `Invalid`.
    """
    patient, notice = patient_of(by, patient_id, to_change=True), current_notice(today(by))
    if notice is None:
        msg = "No privacy notice is published yet. The privacy officer does that."
        raise NoNotice(msg)
    why = tidy(reason)[:200]
    if how not in HOWS:
        msg = "Signed, refused, could not be got, or an emergency?"
        raise Invalid(msg, fields={"how": msg})
    if how in NEEDS_REASON and not why:
        msg = "Say what was tried and why there is no signature: the law asks for it."
        raise Invalid(msg, fields={"reason": msg})
    found = answer_of(patient.pk, notice)
    if how not in AFTER[found.how if found else ""]:
        raise SettledAlready("The notice was answered already, and that answer stays.", found)
    now = clock.now()
    if found is not None and found.notice_id == notice.pk:
        before = save_changes(found, {"how": how, "reason": why, "at": now, "by_name": by.name})
        record(by, subject=found, patient_id=patient.pk, before=before, after={"how": how}, reason=why)
        return found
    made = Acknowledgement.objects.create(
        patient=patient, notice=notice, how=how, reason=why, at=now, by_name=by.name
    )
    record(by, subject=made, patient_id=patient.pk, after={"how": how, "notice": notice.label}, reason=why)
    return made


def _lines(text: str) -> str:
    """Return the words tidied line by line: a notice has paragraphs."""
    return "\n".join(tidy(line) for line in text.strip().splitlines())
