"""One verdict out of a payer's answer, for one visit: active, inactive or could not be determined, and what it costs."""

from dataclasses import dataclass, replace
from datetime import date

from frontdesk.office.coverage.rules import noticing, saying, service_types, wording
from frontdesk.office.coverage.rules.accumulators import DEDUCTIBLE, NONE, OUT_OF_POCKET, Figures, figures
from frontdesk.office.coverage.rules.allowances import Allowance, allowances
from frontdesk.office.coverage.rules.benefits import Entity, Known, Told
from frontdesk.office.coverage.rules.charges import Charge, charges
from frontdesk.office.coverage.rules.choosing import Visit
from frontdesk.office.coverage.rules.other_payers import payer_tasks
from frontdesk.office.coverage.rules.spelling import spelling_tasks
from frontdesk.office.coverage.rules.standing import standing
from frontdesk.office.coverage.rules.tasks import Task

STATES = {"active": "ACTIVE", "inactive": "INACTIVE", "unknown": "COULD NOT BE DETERMINED"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clerk is told. `state`: active, inactive or unknown; `code` says why, for machines.

    Codes: active; inactive, over, not_yet; not_asked, try_again, rejected, other_day, other_services, part, ask_payer,
    cannot_process, nothing. `words` are the parts of the line after the state, joined by " · "; when it was checked is
    added by whoever knows. `advice` says what to do where the state is not active, `fix` the field to look at:
    member_id, name, birth_date, gender, group, provider, payer, day, service, authorization, or blank.
    `needs_authorization` and `needs_referral` are None where the payer does not say, which is never a no. `chosen` are
    the indexes of the benefit lines that the verdict stands on. Where another plan pays in the payer's place (task
    `managed_payer`) no costs are told: they would be the wrong payer's.
    """

    state: str
    code: str
    words: str
    advice: str = ""
    fix: str = ""
    plan: str = ""
    copay: Charge | None = None
    coinsurance: Charge | None = None
    deductible: Figures = NONE
    out_of_pocket: Figures = NONE
    limits: tuple[Allowance, ...] = ()
    needs_authorization: bool | None = None
    needs_referral: bool | None = None
    pcp: Entity | None = None
    begins: date | None = None
    ends: date | None = None
    chosen: tuple[int, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def line(self) -> str:
        """The whole line, without when it was checked."""
        return f"{STATES[self.state]} · {self.words}" if self.words else STATES[self.state]


def verdict(
    told: Told | None,
    *,
    day: date,
    services: tuple[str, ...],
    in_network: bool | None,
    asked: Known | None = None,
) -> Verdict:
    """Judge an answer for a visit on `day` for `services` (X12 service types, the one meant most first).

    `in_network` says whether the practice is in the plan's network, None where nobody knows. `asked` is the person as
    the payer was asked about them: what the payer spells otherwise becomes a task. None for `told` is no answer yet.
    """
    if told is None:
        return Verdict("unknown", "not_asked", "not asked yet", "Ask the payer.")
    visit = Visit(told, day, services, in_network)
    stands = standing(visit)
    spelled = spelling_tasks(told, asked) if asked and not told.rejections else []
    made = Verdict(
        state=stands.state,
        code=stands.code,
        words=" · ".join(filter(None, [stands.plan, *stands.words])),
        advice=stands.advice,
        fix=stands.fix,
        plan=stands.plan,
        begins=stands.begins,
        ends=stands.ends,
        chosen=tuple(sorted(stands.lines)),
        tasks=(*noticing.date_tasks(visit, stands), *spelled),
    )
    others = payer_tasks(visit)
    if stands.state != "active":
        return replace(made, tasks=(*others, *made.tasks))
    managed = next((task for task in others if task.code == "managed_payer"), None)
    if managed is not None:
        return _managed(made, managed, others)
    return _costs(visit, replace(made, tasks=(*others, *made.tasks)))


def _managed(made: Verdict, managed: Task, others: list[Task]) -> Verdict:
    words = f"{made.words} · {managed.data['name']} pays instead ({managed.data['kind']})"
    chosen = tuple(sorted({*made.chosen, *managed.lines}))
    return replace(made, words=words, chosen=chosen, tasks=(*others, *made.tasks))


def _costs(visit: Visit, made: Verdict) -> Verdict:
    """Add to a coverage that stands what the visit costs and needs."""
    priced = _needed(visit, _priced(visit, made))
    return replace(priced, words=" · ".join(filter(None, _words(visit, priced))))


def _priced(visit: Visit, made: Verdict) -> Verdict:
    copaid, shared = charges(visit)
    owed, most, limits = figures(visit, DEDUCTIBLE), figures(visit, OUT_OF_POCKET), allowances(visit)
    lines = {*made.chosen, *owed.lines, *most.lines, *(at for limit in limits for at in limit.lines)}
    lines |= {at for charge in (copaid, shared) if charge for at in charge.lines}
    return replace(
        made,
        copay=copaid,
        coinsurance=shared,
        deductible=owed,
        out_of_pocket=most,
        limits=limits,
        chosen=tuple(sorted(lines)),
        tasks=(*noticing.limit_tasks(limits), *made.tasks),
    )


def _needed(visit: Visit, made: Verdict) -> Verdict:
    authorization, authorizing = noticing.needs_authorization(visit)
    referral, referring = noticing.needs_referral(visit)
    pcp, caring = noticing.primary_care(visit)
    excluded, tasks = noticing.excluded(visit), list[Task]()
    if authorization:
        words = "The payer wants an authorization before the visit."
        tasks.append(Task("authorization", words, {"service": visit.services[0]}, authorizing))
    if referral:
        tasks.append(Task("referral", "The payer wants a referral before the visit.", {}, referring))
    if pcp:
        words = f"The payer has {noticing.person(pcp)} as primary care provider."
        tasks.append(Task("pcp", words, noticing.provider_data(pcp), caring))
    lines = {*made.chosen, *authorizing, *referring, *(at for task in excluded for at in task.lines)}
    return replace(
        made,
        needs_authorization=authorization,
        needs_referral=referral,
        pcp=pcp,
        chosen=tuple(sorted(lines)),
        tasks=(*excluded, *made.tasks, *tasks, *noticing.line_tasks(visit)),
    )


def _words(visit: Visit, made: Verdict) -> list[str]:
    barred = [task for task in made.tasks if task.code == "excluded"]
    ends_soon = any(task.code == "ends_soon" for task in made.tasks)
    priced = [
        saying.copay(made.copay, visit.in_network),
        saying.coinsurance(made.coinsurance, made.copay, visit.in_network),
        *saying.deductible(made.deductible, visit.in_network),
        saying.out_of_pocket(made.out_of_pocket),
        *(saying.allowance(limit) for limit in made.limits),
    ]
    return [
        made.words,
        *([f"{service_types.named(barred[0].data['service'])} not covered"] if barred else priced),
        *saying.wanted(made.needs_authorization, made.needs_referral),
        f"ends {wording.day(made.ends)}" if ends_soon and made.ends else "",
    ]
