"""Keep what a payer answered, or that it did not: the program's own verbs."""

from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.events import CoverageVerified
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.queries import judge
from frontdesk.office.coverage.rules.benefits import Told, as_json
from frontdesk.office.coverage.rules.verdict import Verdict
from frontdesk.office.jobs.services import publish

State = EligibilityCheck.State


@service("coverage.settle_check", permission="coverage.settle")
def settle(
    by: Actor,
    /,
    *,
    check_id: int,
    worker: str,
    heard: Told | Verdict,
    question: str,
    answer: str,
) -> bool:
    """Keep what a payer told, judged for this visit, or why it told nothing; return whether it was kept.

    It is kept if this worker still has the question.
    """
    rows = EligibilityCheck.objects.select_related("policy__payer", "policy__patient")
    row = rows.get(pk=check_id)
    told = heard if isinstance(heard, Told) else None
    verdict = judge(heard, row, row.policy, row.policy.patient) if isinstance(heard, Told) else heard
    kept = EligibilityCheck.objects.filter(pk=check_id, state=State.ASKING, leased_by=worker).update(
        **_done(verdict), told=as_json(told) if told else None, question=question, answer=answer
    )
    _tell(by, row, verdict.state, verdict.code, bool(kept))
    return bool(kept)


@service("coverage.give_up", permission="coverage.settle")
def give_up(by: Actor, /, *, verdict: Verdict) -> int:
    """Settle what nobody answered in time; return how many. What went in a file is given up with its file."""
    now = clock.now()
    late = EligibilityCheck.objects.exclude(state=State.DONE).filter(file=None, give_up_at__lte=now)
    rows = list(late.select_related("policy").order_by("id")[:100])
    given_up = 0
    for row in rows:
        kept = EligibilityCheck.objects.filter(pk=row.pk).exclude(state=State.DONE).update(**_done(verdict))
        _tell(by, row, verdict.state, verdict.code, bool(kept))
        given_up += bool(kept)
    return given_up


def _done(verdict: Verdict) -> dict[str, Any]:
    return {
        "state": State.DONE, "done_at": clock.now(), "leased_by": "", "lease_until": None, "verdict": verdict.state,
        "code": verdict.code[:24], "words": verdict.words[:400], "advice": verdict.advice[:300],
    }  # fmt: skip


def _tell(by: Actor, row: EligibilityCheck, state: str, code: str, kept: bool) -> None:
    patient = row.policy.patient_id
    record(by, subject=row, patient_id=patient, after={"verdict": state, "code": code, "kept": kept})
    if kept:
        publish(CoverageVerified(row.pk, patient, state))
