"""Keep a patient's referrals and authorizations: note one, correct it, end it."""

from collections.abc import Mapping
from typing import Any

from frontdesk.formats.x12 import is_npi
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.models import Policy
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.fields import cleaned, misfits, refuse, tidy
from frontdesk.office.patients.queries import find_patient, refuse_hidden
from frontdesk.office.practice.models import Provider
from frontdesk.office.referrals.errors import NoSuchAuthorization
from frontdesk.office.referrals.events import AuthorizationChanged
from frontdesk.office.referrals.models import Authorization, Use
from frontdesk.office.referrals.queries.lines import labels_of
from frontdesk.office.referrals.rules import taken_order
from frontdesk.office.referrals.services._uses import AHEAD, Fitting, ahead_of
from frontdesk.office.scheduling.models import VisitType

State = Authorization.State
FIELDS = (
    *("policy_id", "kind", "state", "number", "visit_type_id", "also_for_id", "service_types", "provider_id"),
    *("referred_by", "referred_npi", "allowed", "used_before", "begins", "ends", "note"),
)
MOST_VISITS = 999
_TO_BEGIN_WITH = {State.APPROVED, State.PENDING, State.DRAFT}


@service("referrals.add", permission="referrals.change")
def add(by: Actor, /, *, patient_id: int, policy_id: int, kind: str, **fields: Any) -> Authorization:
    """Note a referral or an authorization; the patient's visits ahead use it at once where it fits.

    `fields` are those of `Authorization`. Raises `Invalid`, `NoSuchPatient`, `Restricted`.
    """
    patient = find_patient(by, patient_id)
    good = _good({"policy_id": policy_id, "kind": kind, **fields})
    _own_policy(patient.pk, policy_id)
    _refuse_unseen(by, patient.pk, good)
    if good.get("state", State.APPROVED) not in _TO_BEGIN_WITH:
        raise Invalid("Say whether it is approved, asked for, or still to be asked for.")
    _whole(good)
    _refuse_twice(good)
    row = Authorization(patient=patient, noted_at=clock.now(), noted_by=by.name, **good)
    if row.state == State.APPROVED:
        row.decided_at = clock.now()
    row.save()
    record(by, subject=row, patient_id=patient.pk, after=good)
    Fitting(by, patient.pk).fit(ahead_of(patient.pk))
    publish(AuthorizationChanged(row.pk, patient.pk))
    row.refresh_from_db()
    return row


@service("referrals.change", permission="referrals.change")
def change(
    by: Actor, /, *, authorization_id: int, changes: Mapping[str, Any], version: int | None = None
) -> Authorization:
    """Correct one; visits ahead that it no longer holds for give it back. Raises `Invalid`, `StaleVersion`, `NoSuchAuthorization`."""
    row = locked(by, authorization_id)
    good = _good(changes)
    _refuse_unseen(by, row.patient_id, good)
    if (
        good.get("policy_id", row.policy_id) != row.policy_id
    ):  # its own may have ended, and it can be corrected still
        _own_policy(row.patient_id, good["policy_id"])
    return alter(by, row, good, version)


@service("referrals.end", permission="referrals.change")
def end(by: Actor, /, *, authorization_id: int, version: int, reason: str = "") -> Authorization:
    """Take one out of use: replaced, or noted by mistake. Visits ahead give it back; it stays on record."""
    row = locked(by, authorization_id)
    why = tidy(reason)
    if len(why) > 200:
        msg = "That is longer than 200 characters."
        raise Invalid(msg, fields={"reason": msg})
    return alter(by, row, {"state": State.ENDED, "ended_why": why}, version)


def alter(by: Actor, row: Authorization, good: Mapping[str, Any], version: int | None) -> Authorization:
    """Write changes to a row that is locked, see that its numbers stay right, and fit the patient's visits anew.

    One that becomes smaller is given back by the latest visits first. Visits that took place are not given back: for
    fewer than these it cannot be.
    """
    whole = {name: getattr(row, name) for name in FIELDS} | dict(good)
    _whole(whole)
    if good.keys() & {"number", "policy_id", "kind"} and whole["state"] != State.ENDED:
        _refuse_twice(whole, but=row.pk)
    fitting = Fitting(by, row.patient_id)
    if "kind" in good and good["kind"] != row.kind:
        _shrink(fitting, row, 0)
    if whole["allowed"] is not None:
        _shrink(fitting, row, whole["allowed"] - whole["used_before"])
    changes = dict(good)
    if changes.get("state") in {State.APPROVED, State.DENIED} and row.state != changes["state"]:
        changes["decided_at"] = clock.now()
    before = save_changes(row, changes, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=changes)
    Fitting(by, row.patient_id).fit(ahead_of(row.patient_id))
    publish(AuthorizationChanged(row.pk, row.patient_id))
    row.refresh_from_db()
    return row


def locked(by: Actor, authorization_id: int) -> Authorization:
    """Return one, locked until the verb ends, with all its patient has, in the order in which visits are fitted to them.

    Whoever locked this one alone, and then the others, would wait for somebody who fits a visit and waits for this one.
    Raises `NoSuchAuthorization`, `NoSuchPatient`, `Restricted`.
    """
    known = Authorization.objects.filter(pk=authorization_id).values_list("patient_id", flat=True)
    others = Authorization.objects.select_for_update().filter(patient_id__in=list(known)).order_by("pk")
    list(others.values_list("pk", flat=True))
    rows = Authorization.objects.select_related("visit_type", "also_for", "policy__payer")
    row = rows.select_for_update(of=("self",)).filter(pk=authorization_id).first()
    if row is None:
        raise NoSuchAuthorization("There is no such referral or authorization.")
    find_patient(by, row.patient_id)
    refuse_hidden(by, row.patient_id, *labels_of(row))
    return row


def _shrink(fitting: Fitting, row: Authorization, room: int) -> None:
    """Give back so many that `room` are left in use, from the latest visit that lies ahead backwards."""
    uses = Use.objects.filter(authorization=row, back_at=None).select_related("appointment")
    ahead = {use.appointment_id: use for use in uses if use.appointment.status in AHEAD}
    over = row.used - max(room, 0)
    if over > len(ahead):
        done = row.used - len(ahead)
        msg = f"{done} of its visits took place already. It cannot be for fewer."
        raise Invalid(msg, fields={"allowed": msg})
    if over > 0:
        order = taken_order([(use.appointment.starts.date(), pk) for pk, use in ahead.items()])
        for pk in order[:over]:
            fitting.give_back(ahead[pk], "fewer visits")
        row.used -= over


def _own_policy(patient_id: int, policy_id: int) -> None:
    if not Policy.objects.filter(pk=policy_id, patient_id=patient_id, ended_at=None).exists():
        msg = "Choose one of the patient's insurances."
        raise Invalid(msg, fields={"policy_id": msg})


def _refuse_unseen(by: Actor, patient_id: int, good: Mapping[str, Any]) -> None:
    """Refuse what names a kind of visit that is not for whoever asks, or one, or a provider, that is not there."""
    named = {name: good[name] for name in ("visit_type_id", "also_for_id") if good.get(name)}
    known = dict(VisitType.objects.filter(pk__in=named.values()).values_list("pk", "labels"))
    refuse({name: "Choose a kind of visit from the list." for name, pk in named.items() if pk not in known})
    provider = good.get("provider_id")
    if provider and not Provider.objects.filter(pk=provider).exists():
        refuse({"provider_id": "Choose a provider from the list."})
    for labels in known.values():
        refuse_hidden(by, patient_id, labels)


def _refuse_twice(good: Mapping[str, Any], but: int | None = None) -> None:
    same = Authorization.objects.filter(
        policy_id=good["policy_id"], kind=good["kind"], number=good.get("number", "")
    )
    if good.get("number") and same.exclude(state=State.ENDED).exclude(pk=but or 0).exists():
        msg = "One with this number is on record already."
        raise Invalid(msg, fields={"number": msg})


def _good(fields: Mapping[str, Any]) -> dict[str, Any]:
    good = cleaned(fields)
    if "number" in good:
        good["number"] = good["number"].upper()
    wrong = misfits(Authorization, good, FIELDS)
    for name in ("allowed", "used_before"):
        if good.get(name) is not None and not 0 <= good[name] <= MOST_VISITS:
            wrong[name] = f"Visits: 0 to {MOST_VISITS}."
    npi = good.get("referred_npi", "")
    if npi and not is_npi(npi):
        wrong["referred_npi"] = "An NPI has ten digits, the last one a check digit. Read it again."
    refuse(wrong)
    return good


def _whole(good: Mapping[str, Any]) -> None:
    """Refuse what cannot be right when all of it is looked at together."""
    wrong = {}
    begins, ends = good.get("begins"), good.get("ends")
    if begins and ends and ends < begins:
        wrong["ends"] = "It would end before it begins."
    allowed, before = good.get("allowed"), good.get("used_before") or 0
    if allowed is not None and before > allowed:
        wrong["used_before"] = "More were used than there are."
    if allowed is None and before:
        wrong["allowed"] = "Say for how many visits it is, of which these were used."
    refuse(wrong)
