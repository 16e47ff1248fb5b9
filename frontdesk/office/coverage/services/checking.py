"""Whether a policy covers a day: ask the payer, or note what was heard by phone."""

import secrets
from datetime import date, datetime

from django.conf import settings

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.errors import NoSuchCheck, NoSuchPolicy
from frontdesk.office.coverage.events import CoverageVerified
from frontdesk.office.coverage.models import EligibilityCheck, PayerNumber, Policy
from frontdesk.office.coverage.queries import network_of
from frontdesk.office.coverage.queries.ways import answers_at_once, name_of
from frontdesk.office.coverage.rules.cover import ACTIVE, INACTIVE, UNKNOWN
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.fields import tidy
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.practice.queries import zone_of

State, Why = EligibilityCheck.State, EligibilityCheck.Why
PHONE, OVERNIGHT = "phone", "overnight"
_NO_WIRE = {
    "no_connection": "This practice is not connected to a payer or clearinghouse yet.",
    "no_number": "No payer ID for eligibility is on file.",
    PHONE: "This payer answers by phone only.",
    OVERNIGHT: "This payer's answers come overnight: it is asked by file in the nights before the visit.",
}
_CALL = "Call the payer, and note what they said."
_INSTEAD = {OVERNIGHT: "Call the payer if it cannot wait, and note what they said."}


@service("coverage.ask", permission="coverage.verify")
def ask(
    by: Actor,
    /,
    *,
    policy_id: int,
    day: date,
    services: str = rules.USUAL,
    why: str = Why.KEY,
    about: str = "",
    zone: str = "UTC",
    provider_id: int | None = None,
) -> EligibilityCheck | None:
    """Ask a policy's payer whether it covers `day`; return the question, or the one that makes it needless.

    Needless is one that is on its way, one of the last 90 seconds, and, unless somebody presses a key, an answer
    that is fresh (`rules.is_fresh`, on the wall of `zone`), each while the policy stands as it stood. `services` are
    X12 service types with commas; `about` what it is for, `provider_id` whom the visit is with: what is told of costs is
    judged in or out of network for them. Where there is no way to ask, that is the answer at once to
    who presses the key; by itself nothing is asked then, and None returned.
    Raises `NoSuchPolicy`, `NoSuchPatient`, `Restricted`.
    """
    policy = _policy(by, policy_id)
    codes, now = ",".join(rules.read_services(services)), clock.now()
    _supersede(policy, day, now)
    inside = network_of(policy.payer, provider_id=provider_id, plan=policy.plan_name, day=day)
    known = _needless(policy, day, codes, why, now, zone, inside)
    if known is not None:
        if answers_at_once(policy.payer.connection):
            _hurry(known, why, now)
        record(by, subject=known, patient_id=policy.patient_id, after={"asked": False})
        return known
    hindered = _hindered(policy, why)
    if hindered and why != Why.KEY:
        record(by, subject=policy, patient_id=policy.patient_id, after={"asked": False})
        return None
    row = EligibilityCheck(
        policy=policy, policy_version=policy.version, day=day, services=codes, in_network=inside, about=about[:80],
        why=why, trace=f"FD{now:%y%m%d%H%M%S}{secrets.token_hex(5).upper()}", asked_at=now, asked_by=by.name,
        connection=name_of(policy.payer.connection), not_before=now,
        give_up_at=now + (rules.OVERNIGHT if why == Why.NIGHT else rules.PATIENCE),
    )  # fmt: skip
    if hindered:
        row.state, row.done_at, row.verdict = State.DONE, now, UNKNOWN
        row.code, row.words = hindered, _NO_WIRE[hindered]
        row.advice = _INSTEAD.get(hindered, _CALL)
    row.save()
    record(by, subject=row, patient_id=policy.patient_id, after={"day": day.isoformat(), "why": why})
    if hindered:
        publish(CoverageVerified(row.pk, policy.patient_id, row.verdict))
    return row


def ask_at_once(by: Actor, policy: Policy) -> None:
    """Ask about a policy that has just been noted or changed, where its payer can be asked and `by` may."""
    if settings.CONNECTIONS and by.can("coverage.verify"):
        zone = zone_of(by)
        ask(by, policy_id=policy.pk, day=clock.today(zone), zone=zone)


@service("coverage.note_by_phone", permission="coverage.verify")
def note_by_phone(
    by: Actor,
    /,
    *,
    policy_id: int,
    day: date,
    verdict: str,
    representative: str,
    said: str,
    reference: str = "",
    services: str = rules.USUAL,
    about: str = "",
) -> EligibilityCheck:
    """Note what a payer's representative said by phone: who, under which reference, and whether the policy covers `day`.

    Raises `Invalid`, `NoSuchPolicy`, `NoSuchPatient`, `Restricted`.
    """
    policy, now = _policy(by, policy_id), clock.now()
    given = {"representative": tidy(representative), "reference": tidy(reference), "said": tidy(said)}
    must_fit(EligibilityCheck, given)
    wrong = {}
    if verdict not in {ACTIVE, INACTIVE, UNKNOWN}:
        wrong["verdict"] = "Choose what they said: active, inactive, or that they could not tell."
    if not given["representative"]:
        wrong["representative"] = "Write whom you spoke to."
    if not given["said"]:
        wrong["said"] = "Write what they said: copay, deductible, whether a referral is needed."
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    row = EligibilityCheck.objects.create(
        policy=policy, policy_version=policy.version, day=day, about=about[:80], why=Why.PHONE, state=State.DONE,
        services=",".join(rules.read_services(services)), trace=f"PH{now:%y%m%d%H%M%S}{secrets.token_hex(5).upper()}",
        asked_at=now, asked_by=by.name, not_before=now, give_up_at=now, done_at=now, verdict=verdict, code=PHONE,
        words=given["said"][:400], **given,
    )  # fmt: skip
    record(by, subject=row, patient_id=policy.patient_id, after={"verdict": verdict, "day": day.isoformat()})
    publish(CoverageVerified(row.pk, policy.patient_id, verdict))
    return row


@service("coverage.open_check", permission="coverage.view", reads=True)
def open_check(by: Actor, /, *, check_id: int) -> EligibilityCheck:
    """Return a question with its answer, raw too. Raises `NoSuchCheck`, `NoSuchPatient`, `Restricted`."""
    row = EligibilityCheck.objects.select_related("policy__payer").filter(pk=check_id).first()
    if row is None:
        raise NoSuchCheck("There is no such answer.")
    find_patient(by, row.policy.patient_id)
    record(by, subject=row, patient_id=row.policy.patient_id)
    return row


def _policy(by: Actor, policy_id: int) -> Policy:
    """Return a policy in use, locked so that two who ask at once ask once."""
    rows = Policy.objects.select_related("payer").select_for_update(of=("self",))
    row = rows.filter(pk=policy_id, ended_at=None).first()
    if row is None:
        msg = "That policy is no longer in use."
        raise NoSuchPolicy(msg)
    find_patient(by, row.patient_id)
    return row


def _supersede(policy: Policy, day: date, now: datetime) -> None:
    """Settle a question on its way about a policy that has changed since: its answer is about what nobody has any more."""
    stale = EligibilityCheck.objects.filter(policy=policy, day=day).exclude(state=State.DONE)
    stale.exclude(policy_version=policy.version).update(
        state=State.DONE, done_at=now, leased_by="", lease_until=None, verdict=UNKNOWN, code="superseded",
        words="the policy was changed meanwhile", advice="Ask again.",
    )  # fmt: skip


def _hurry(known: EligibilityCheck, why: str, now: datetime) -> None:
    """Let somebody wait for a question of the night: it is asked now, and given up as soon as theirs would be.

    One that went in a file leaves it: what the file's answer says of it is heard no more.
    """
    if known.state != State.DONE and known.why == Why.NIGHT and why != Why.NIGHT:
        mine = EligibilityCheck.objects.filter(pk=known.pk).exclude(state=State.DONE)
        left = {"file": None, "state": State.WAITING, "leased_by": ""} if known.file_id else {}
        mine.update(why=why, not_before=now, give_up_at=now + rules.PATIENCE, **left)
        known.refresh_from_db()


def _needless(
    policy: Policy, day: date, codes: str, why: str, now: datetime, zone: str, inside: bool | None
) -> EligibilityCheck | None:
    last = EligibilityCheck.objects.filter(policy=policy, day=day, policy_version=policy.version).order_by(
        "-id"
    )[:5]
    for row in last:
        if row.state != State.DONE or row.done_at is None:
            return row
        if row.services != codes or row.in_network != inside:
            continue
        fresh = row.verdict != UNKNOWN and rules.is_fresh(to_wall(row.done_at, zone), to_wall(now, zone))
        if now - row.asked_at < rules.AGAIN or (fresh and why != Why.KEY):
            return row
    return None


def _hindered(policy: Policy, why: str) -> str:
    """Return why a payer cannot be asked by wire for this, "" when it can."""
    if policy.payer.connection == PHONE:
        return PHONE
    if not settings.CONNECTIONS:
        return "no_connection"
    if why != Why.NIGHT and not answers_at_once(policy.payer.connection):
        return OVERNIGHT
    number = PayerNumber.objects.filter(
        payer=policy.payer_id, transaction=PayerNumber.Transaction.ELIGIBILITY
    )
    return "" if number.exists() else "no_number"
