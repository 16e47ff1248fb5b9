"""What else in an answer asks for somebody's hand: excluded services, permissions, limits, dates, whom to go through."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from frontdesk.office.coverage.rules import rejections, service_types, terms, wording
from frontdesk.office.coverage.rules.allowances import Allowance
from frontdesk.office.coverage.rules.benefits import Benefit, Entity
from frontdesk.office.coverage.rules.choosing import OTHER_NETWORK, Visit
from frontdesk.office.coverage.rules.standing import ACTIVE, INACTIVE, Standing
from frontdesk.office.coverage.rules.tasks import Task

SOON = timedelta(days=30)
PREMIUM_PAID_TO, DIED = "343", "442"
_PRIMARY_CARE = "P3"
_NO_REFERRAL = re.compile(
    r"\bNO REFERRAL|REFERRALS? (?:IS |ARE )?NOT (?:REQUIRED|NEEDED)|NOT REQUIRE (?:A )?REFERRAL"
    r"|REFERRAL[^.;]{0,20}: ?NO?\b"
)
_REFERRAL = re.compile(
    r"REFERRALS? (?:IS |ARE )?(?:REQUIRED|NEEDED)(?! (?:FOR|WHEN|IF)\b)"
    r"|(?:REQUIRES?|NEEDS?) (?:A )?(?:PCP )?REFERRAL(?! (?:FOR|WHEN|IF)\b)|REFERRAL[^.;]{0,20}: ?Y"
)


def needs_authorization(visit: Visit) -> tuple[bool | None, tuple[int, ...]]:
    """Say whether this service needs an authorization (EB11). None is not told: no payer's silence is a no."""
    told = [(at, line) for at, line in visit.speaking if line.authorization and visit.covers(line)]
    for answer, needed in (("Y", True), ("N", False)):
        lines = tuple(at for at, line in told if line.authorization == answer)
        if lines:
            return needed, lines
    return None, ()


def needs_referral(visit: Visit) -> tuple[bool | None, tuple[int, ...]]:
    """Say whether a referral is needed. The 271 has no element for it: payers write it into messages (MSG).

    None where no message says so, or two contradict each other.
    """
    yes, no = list[int](), list[int]()
    for at, line in visit.speaking:
        if not line.messages or visit.service(line) is None or visit.network(line) == OTHER_NETWORK:
            continue
        said = " ; ".join(line.messages).upper()
        if _NO_REFERRAL.search(said):
            no.append(at)
        elif _REFERRAL.search(said):
            yes.append(at)
    if bool(yes) == bool(no):
        return None, ()
    return bool(yes), tuple(yes or no)


def primary_care(visit: Visit) -> tuple[Entity | None, tuple[int, ...]]:
    """Return the primary care provider the payer has on file, on the day."""
    for at, line in enumerate(visit.told.lines):
        if line.entities and line.information in ACTIVE | {"L"} and visit.in_force(line):
            found = next((each for each in line.entities if each.role == _PRIMARY_CARE), None)
            if found is not None:
                return found, (at,)
    return None, ()


def excluded(visit: Visit) -> list[Task]:
    """Return what the plan does not cover of just this service, while it is active as a whole."""
    tasks = list[Task]()
    for at, line in visit.speaking:
        if line.information in INACTIVE | {"I", "E"} and _exact(visit, line):
            service = visit.services[0]
            words = service_types.titled(service)
            if line.information == "E":
                tasks.append(
                    Task("exclusions", f"{words}: the plan names exclusions.", {"service": service}, (at,))
                )
            else:
                tasks.append(
                    Task("excluded", f"{words} is not covered by this plan.", {"service": service}, (at,))
                )
    return tasks


def _exact(visit: Visit, line: Benefit) -> bool:
    return bool(visit.services) and visit.covers(line) and visit.services[0] in line.services


def limit_tasks(limits: Iterable[Allowance]) -> list[Task]:
    """Return the limits that are used up."""
    return [
        Task(
            "limit_used",
            f"{service_types.titled(each.service)}: nothing is left of what the plan allows.",
            {"service": each.service},
            each.lines,
        )
        for each in limits
        if each.left == 0
    ]


def date_tasks(visit: Visit, standing: Standing) -> list[Task]:
    """Return what the payer's dates ask for: an end within thirty days, a later beginning, unpaid premiums, a death.

    A period within one month is Medicaid's answer for that month, not an end that is near.
    """
    tasks = list[Task]()
    told = [*visit.told.dates, *(each for at in standing.lines for each in visit.told.lines[at].dates)]
    ends, begins = standing.ends, standing.begins
    monthly = (
        ends is not None and begins is not None and (ends.year, ends.month) == (begins.year, begins.month)
    )
    if standing.state == "active" and ends is not None and not monthly and ends - visit.day <= SOON:
        tasks.append(_dated("ends_soon", f"Coverage ends {wording.day(ends)}. Ask what follows it.", ends))
    if standing.code == "not_yet" and begins is not None:
        tasks.append(_dated("starts_later", f"Coverage begins {wording.day(begins)}.", begins))
    paid = terms.on(told, PREMIUM_PAID_TO)
    if standing.state == "active" and paid is not None and paid < visit.day:
        tasks.append(
            _dated("premium", f"Premiums are paid to {wording.day(paid)} only: the payer may not pay.", paid)
        )
    died = terms.on(told, DIED)
    if died is not None:
        tasks.append(
            _dated(
                "death",
                f"The payer has a date of death, {wording.day(died)}. Check that it is the right person.",
                died,
            )
        )
    return tasks


def _dated(code: str, words: str, day: date) -> Task:
    return Task(code, words, {"day": day.isoformat()})


def line_tasks(visit: Visit) -> list[Task]:
    """Return what single lines ask for: a lock-in, a lost card, a spend-down, what the payer could not answer."""
    tasks = list[Task]()
    for at, line in enumerate(visit.told.lines):
        if line.rejections and visit.service(line) is not None:
            why = rejections.reasons(line.rejections)
            service = (line.services or (service_types.PLAN,))[0]
            words = f"{service_types.titled(service)}: {why.words}. {why.advice}"
            tasks.append(Task("unanswered", words, {"service": service}, (at,)))
    for at, line in visit.speaking:
        if line.information == "N" and line.entities:
            tasks.append(_restricted(at, line.entities[0]))
        elif line.information == "T":
            tasks.append(
                Task("card_lost", "The card was reported lost or stolen. Look at a photo ID.", {}, (at,))
            )
        elif line.information == "Y" and line.amount:
            words = f"The patient must spend {wording.money(line.amount)} before the plan pays (spend-down)."
            tasks.append(Task("spend_down", words, {"amount": str(line.amount)}, (at,)))
    return tasks


def _restricted(at: int, provider: Entity) -> Task:
    words = f"The plan pays only through {person(provider)}."
    return Task("restricted", words, provider_data(provider), (at,))


def person(provider: Entity) -> str:
    """Return a provider's name as one says it."""
    return " ".join(filter(None, [provider.first, provider.name])) or "a provider it does not name"


def provider_data(provider: Entity) -> dict[str, str]:
    """Return a provider as an action takes it."""
    return {
        "name": provider.name,
        "first": provider.first,
        "id": provider.id,
        "id_kind": provider.id_kind,
        "phone": provider.phone,
    }
