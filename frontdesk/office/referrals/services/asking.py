"""Ask a payer for an authorization, and keep what it answers, at once or days later."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.models import Payer, PayerNumber
from frontdesk.office.coverage.queries.ways import answers_at_once
from frontdesk.office.patients.fields import tidy
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.errors import AskedAlready, CannotAsk, DoesNotFit, NoSuchRequest
from frontdesk.office.referrals.models import Authorization, AuthorizationRequest, PayerReply, Use
from frontdesk.office.referrals.rules import Outcome, Told, answers
from frontdesk.office.referrals.services._uses import AHEAD
from frontdesk.office.referrals.services.keeping import alter, locked

State = AuthorizationRequest.State
AGAIN = timedelta(seconds=90)
"""Before that nothing is sent a second time: the first may still be on its way (CAQH CORE)."""
GIVE_UP = timedelta(minutes=5)
PHONE = "phone"
_NO_WIRE = {
    PHONE: "This payer answers by phone only. Call, and note the number here.",
    "connection": "This practice is not connected to a payer or clearinghouse yet. Call, and note the number here.",
    "overnight": "This payer takes files overnight alone, and this does not go in them. Call, and note the number here.",
    "number": "No payer ID for authorizations (278) is on file for this payer. Add it under Payers, or call.",
}


@service("referrals.ask")
def ask(
    by: Actor, /, *, authorization_id: int, message: str = "", about: str = "", version: int | None = None
) -> AuthorizationRequest:
    """Ask its payer for an authorization that is not approved; it waits for the answer from now on.

    `message` is a word to the payer's reviewer; `about` the visit it is for ("scheduling.appointment:5").
    Raises `CannotAsk`, `AskedAlready`, `DoesNotFit`, `NoSuchAuthorization`, `Restricted`.
    """
    row, now = locked(by, authorization_id), clock.now()
    if row.state in {Authorization.State.APPROVED, Authorization.State.ENDED}:
        msg = "It is approved, or no longer used: there is nothing to ask for. Note a new one."
        raise DoesNotFit(msg)
    hindered = _hindered(row.policy.payer)
    if hindered:
        raise CannotAsk(_NO_WIRE[hindered])
    last = AuthorizationRequest.objects.filter(authorization=row).order_by("-id").first()
    if last is not None and (last.state != State.DONE or now - last.asked_at < AGAIN):
        msg = "The payer was asked a moment ago. Wait for its answer."
        raise AskedAlready(msg, row)
    made = AuthorizationRequest.objects.create(
        authorization=row, about=about[:80], message=tidy(message)[:200], asked_at=now, asked_by=by.name, not_before=now,
        trace=f"FR{now:%y%m%d%H%M%S}{secrets.token_hex(5).upper()}", give_up_at=now + GIVE_UP,
    )  # fmt: skip
    alter(by, row, {"state": Authorization.State.PENDING}, version)
    record(by, subject=made, patient_id=row.patient_id, after={"asked": row.pk})
    return made


@service("referrals.settle_request", permission="referrals.settle")
def settle_request(
    by: Actor, /, *, request_id: int, worker: str, heard: Told | Outcome, question: str, answer: str
) -> bool:
    """Keep what came of a request that this worker still has; return whether it was kept."""
    told = heard if isinstance(heard, Told) else None
    outcome = rules.judged(heard) if isinstance(heard, Told) else heard
    # First what it is about, then the request: in the order of those who ask, and who take in a file.
    locked(by, AuthorizationRequest.objects.values_list("authorization_id", flat=True).get(pk=request_id))
    mine = AuthorizationRequest.objects.filter(pk=request_id, state=State.ASKING, leased_by=worker)
    kept = bool(mine.update(question=question, **_done(outcome)))
    row = AuthorizationRequest.objects.select_related("authorization").get(pk=request_id)
    if kept and answer:
        _keep(row, outcome, answer, PayerReply.Way.WIRE)
    if kept:
        _apply(by, row, told, outcome)
    after = {"outcome": outcome.outcome, "kept": kept}
    record(by, subject=row, patient_id=row.authorization.patient_id, after=after)
    return kept


@service("referrals.give_up", permission="referrals.settle")
def give_up(by: Actor, /, *, outcome: Outcome) -> int:
    """Settle what nobody answered in time; return how many."""
    late = AuthorizationRequest.objects.exclude(state=State.DONE).filter(give_up_at__lte=clock.now())
    rows = list(late.select_related("authorization").order_by("id")[:100])
    for row in rows:
        AuthorizationRequest.objects.filter(pk=row.pk).exclude(state=State.DONE).update(**_done(outcome))
        record(by, subject=row, patient_id=row.authorization.patient_id, after={"outcome": outcome.outcome})
    return len(rows)


@service("referrals.take_reply", permission="referrals.ask")
def take_reply(by: Actor, /, *, told: Told, raw: str) -> AuthorizationRequest:
    """Keep what a payer answers later, in a file, to a request of ours: found by its trace, whichever answer came before.

    The same answer a second time changes nothing. Raises `NoSuchRequest`, `Restricted`.
    """
    row = (
        AuthorizationRequest.objects.select_related("authorization")
        .filter(trace__in=told.traces)
        .order_by("id")
        .first()
    )
    if row is None:
        msg = "No request of ours has the number this answer is for."
        raise NoSuchRequest(msg)
    locked(by, row.authorization_id)
    row.refresh_from_db()
    outcome = rules.judged(told)
    if _keep(row, outcome, raw, PayerReply.Way.FILE):
        AuthorizationRequest.objects.filter(pk=row.pk).update(**_done(outcome))
        _apply(by, row, told, outcome)
    record(by, subject=row, patient_id=row.authorization.patient_id, after={"outcome": outcome.outcome})
    row.refresh_from_db()
    return row


def _done(outcome: Outcome) -> dict[str, Any]:
    return {
        "state": State.DONE, "done_at": clock.now(), "leased_by": "", "lease_until": None, "outcome": outcome.outcome,
        "words": outcome.words[:400], "advice": outcome.advice[:300],
    }  # fmt: skip


def _keep(row: AuthorizationRequest, outcome: Outcome, raw: str, way: str) -> bool:
    """Keep an answer as it came; False where this very one is here already."""
    digest = sha256(raw.encode()).hexdigest()
    given = {
        "at": clock.now(),
        "way": way,
        "outcome": outcome.outcome,
        "words": outcome.words[:400],
        "raw": raw,
    }
    return PayerReply.objects.get_or_create(request=row, digest=digest, defaults=given)[1]


def _apply(by: Actor, request: AuthorizationRequest, told: Told | None, outcome: Outcome) -> None:
    """Let an answer change what it is about."""
    row = locked(by, request.authorization_id)
    if row.state == Authorization.State.ENDED:
        return  # taken out of use meanwhile: the answer is kept, and changes nothing
    changes = _decided(row, told, outcome) if told else {}
    if outcome.outcome == answers.REJECTED and not _was_taken_in(request):
        changes = {"state": Authorization.State.DRAFT}
    if changes:
        alter(by, row, changes, None)


def _decided(row: Authorization, told: Told, outcome: Outcome) -> dict[str, Any]:
    changes = _number(row, told)
    match outcome.outcome:
        case answers.DENIED:
            return {"state": Authorization.State.DENIED}
        case answers.CANCELLED:
            return {"state": Authorization.State.ENDED, "ended_why": "the payer cancelled it"}
        case answers.PENDED | answers.CALL:
            return changes | ({"state": Authorization.State.PENDING} if row.state == "draft" else {})
        case answers.NOT_NEEDED:
            return {"state": Authorization.State.APPROVED, "note": "The payer says that none is needed"}
    if outcome.outcome not in rules.APPROVING:
        return {}
    changes |= {"state": Authorization.State.APPROVED}
    if told.visits is not None:
        changes["allowed"] = max(told.visits, _done_already(row) + row.used_before)
    return changes | _days(row, told)


def _days(row: Authorization, told: Told) -> dict[str, Any]:
    """Return the days it was given for; of one that was not told, what was asked for, unless the two contradict."""
    begins, ends = told.begins or row.begins, told.ends or row.ends
    if begins and ends and ends < begins:
        begins, ends = (
            told.begins,
            told.ends if not told.begins or not told.ends or told.ends >= told.begins else None,
        )
    return {"begins": begins, "ends": ends} if told.begins or told.ends else {}


def _number(row: Authorization, told: Told) -> dict[str, Any]:
    """Return the number it was given, where no other of this policy has it."""
    number = tidy(told.number).upper()[:50]
    same = Authorization.objects.filter(policy=row.policy_id, kind=row.kind, number=number)
    if not number or same.exclude(pk=row.pk).exclude(state=Authorization.State.ENDED).exists():
        return {}
    return {"number": number}


def _done_already(row: Authorization) -> int:
    uses = Use.objects.filter(authorization=row, back_at=None)
    return uses.exclude(appointment__status__in=AHEAD).count()


def _was_taken_in(request: AuthorizationRequest) -> bool:
    """Say whether an earlier answer had it with the payer already."""
    replies = PayerReply.objects.filter(request__authorization=request.authorization_id)
    return replies.filter(outcome__in=(answers.PENDED, answers.CALL)).exists()


def _hindered(payer: Payer) -> str:
    """Return why a payer cannot be asked by wire, "" when it can."""
    if payer.connection == PHONE:
        return PHONE
    if not settings.CONNECTIONS:
        return "connection"
    if not answers_at_once(payer.connection):
        return "overnight"
    number = PayerNumber.objects.filter(payer=payer.pk, transaction=PayerNumber.Transaction.AUTHORIZATION)
    return "" if number.exists() else "number"
