"""Consents under 42 CFR Part 2: noted, taken back, and asked for before anything leaves."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import cleaned, misfits, refuse, tidy
from frontdesk.office.privacy.errors import NoConsent, SettledAlready
from frontdesk.office.privacy.models import Consent
from frontdesk.office.privacy.queries.consents import given_by
from frontdesk.office.privacy.rules import part_two
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import patient_of

_TEXTS = ("recipient", "what", "purpose", "about", "signed_by", "ends_with")


@service("privacy.give_consent", permission="privacy.consent")
def give_consent(
    by: Actor,
    /,
    *,
    patient_id: int,
    recipient: str,
    what: str,
    purpose: str,
    signed_on: date,
    signed_by: str,
    about: str = "",
    expires: date | None = None,
    ends_with: str = "",
) -> Consent:
    """Note a signed consent to disclose records about substance use, with everything 42 CFR 2.31 asks of one.

    Raises `Invalid`.
    """
    patient, day = patient_of(by, patient_id), today(by)
    given = cleaned(
        {
            "recipient": recipient,
            "what": what,
            "purpose": purpose,
            "about": about,
            "signed_by": signed_by,
            "ends_with": ends_with,
        }
    )
    _check(given, signed_on, expires, day)
    made = Consent.objects.create(
        patient=patient,
        signed_on=signed_on,
        expires=expires,
        noted_at=clock.now(),
        noted_by=by.name,
        **given,
    )
    after = {**given, "signed_on": signed_on, "expires": expires}
    record(by, subject=made, patient_id=patient.pk, after=after)
    return made


@service("privacy.revoke_consent", permission="privacy.consent")
def revoke_consent(by: Actor, /, *, consent_id: int, version: int, reason: str) -> Consent:
    """Take a consent back because the patient does; from this moment nothing leaves by it. Says how they told us."""
    found = Consent.objects.select_for_update().filter(pk=consent_id).first()
    if found is None:
        msg = "There is no such consent."
        raise NotFound(msg)
    patient_of(by, found.patient_id)
    if found.revoked_at is not None:
        raise SettledAlready("It was revoked already.", found)
    why = tidy(reason)[:200]
    refuse({} if why else {"reason": "Say how the patient took it back: in writing, or in which words."})
    changes = {
        "revoked_at": clock.now(),
        "revoked_on": today(by),
        "revoked_by": by.name,
        "revoked_why": why,
    }
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes, reason=why)
    return found


def must_consent(patient_id: int, recipient: str, basis: str, day: date) -> Consent | None:
    """Return the consent by which a record under Part 2 leaves on `day`, or None where it needs none.

    Called inside a verb, which knows that the record is under Part 2. Raises `NoConsent`.
    """
    if not part_two.needs_consent(basis):
        return None
    known = given_by(patient_id)
    found = part_two.covering(known, recipient, basis, day)
    if found is None:
        raise NoConsent(part_two.missing(known, recipient, basis, day))
    return Consent.objects.get(pk=found.id)


def _check(given: dict[str, str], signed_on: date, expires: date | None, day: date) -> None:
    wrong = misfits(Consent, given, _TEXTS)
    asked = (
        (
            "recipient",
            "Who may be told? A name, or for treatment, payment and operations a kind of recipient.",
        ),
        ("what", "How much, and of what kind?"),
        ("signed_by", "Who signed it?"),
    )
    wrong |= {name: words for name, words in asked if not given[name]}
    if given["purpose"] not in part_two.PURPOSES:
        wrong["purpose"] = "What for?"
    elif given["purpose"] != part_two.TPO:
        if not given["about"]:
            wrong["about"] = "Say the purpose as the consent has it."
        if expires is None and not given["ends_with"]:
            wrong["expires"] = "When does it end: on a day, or with what?"
    if signed_on > day:
        wrong["signed_on"] = "That day is still to come."
    if expires is not None and expires < signed_on:
        wrong["expires"] = "It cannot end before it was signed."
    refuse(wrong)
