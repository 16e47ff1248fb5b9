"""Who else pays, as the payer tells it: another insurer beside it, or a managed care plan that pays in its place.

Medicare and Medicaid answer "active" for everybody they enrol, and name in a further line the plan that really pays: a
Medicare Advantage plan, a Medicaid managed care organization. A claim to the first is denied (ottehr#7447).
"""

from frontdesk.office.coverage.rules import service_types, terms, wording
from frontdesk.office.coverage.rules.benefits import Benefit, Entity
from frontdesk.office.coverage.rules.choosing import Visit
from frontdesk.office.coverage.rules.standing import ACTIVE
from frontdesk.office.coverage.rules.tasks import Task

MANAGED_CARE = "Y2"  # NM101: managed care organization
_PAYERS = ("PRP", "SEP", "TTP", "PR", "P5", "GP")
_ORDER = {"PRP": "primary", "SEP": "secondary", "TTP": "tertiary"}
_ADVANTAGE = "HN"  # EB04: health maintenance organization of Medicare
_PLANS = frozenset({_ADVANTAGE, "HM", "PR", "PS", "EP", "IN"})
_SECONDARY = frozenset({"12", "13", "14", "15", "16", "41", "42", "43", "47"})
_PUBLIC = frozenset({"MA", "MB", "MC"})


def payer_tasks(visit: Visit) -> list[Task]:
    """Return what the payer tells of other payers who matter to the visit, those that pay in its place first."""
    found = [task for at, line in enumerate(visit.told.lines) if (task := _task(visit, at, line)) is not None]
    kept: dict[tuple[str, str], Task] = {}
    for task in sorted(found, key=lambda each: each.code != "managed_payer"):
        kept.setdefault((task.code, task.data["name"]), task)
    named = {name for code, name in kept if code == "managed_payer"}
    return [task for (code, name), task in kept.items() if code == "managed_payer" or name not in named]


def _task(visit: Visit, at: int, line: Benefit) -> Task | None:
    if not (line.entities or line.information == "R") or not _concerns(visit, line):
        return None
    managed = next((each for each in line.entities if each.role == MANAGED_CARE), None)
    payer = next((each for role in _PAYERS for each in line.entities if each.role == role), None)
    public = {own.insurance for own in visit.told.lines if own.information in ACTIVE} & _PUBLIC
    if managed is not None and line.information in ACTIVE | {"R", "U", "MC", "L"}:
        return _managed(visit, at, line, managed, public)
    if line.information == "MC" and payer is not None:
        return _managed(visit, at, line, payer, public)
    if line.information == "R":
        if _instead(line, payer, public):
            return _managed(visit, at, line, payer or Entity("PR", line.plan), public)
        return _other(visit, at, line, payer or Entity("PR", line.plan))
    if line.information == "U" and payer is not None:
        words = f"The payer sends you on to {payer.name} for this."
        return Task("ask_payer", words, _data(visit, line, payer), (at,))
    return None


def _instead(line: Benefit, payer: Entity | None, public: set[str]) -> bool:
    """Say whether another payer of a public program pays in its place and not before it.

    Medicare names an Advantage plan PRP as it does a primary insurer, and only the kind of plan (EB04) tells them apart.
    Medicaid's PRP is an insurer that pays first; its managed care plan is an HMO.
    """
    if line.insurance == _ADVANTAGE:
        return True
    if public & {"MA", "MB"}:
        return line.insurance in _PLANS
    return "MC" in public and line.insurance == "HM" and (payer is None or payer.role != "PRP")


def _concerns(visit: Visit, line: Benefit) -> bool:
    """Say whether a line is in force on the day and about the visit: a drug or dental plan beside it is not."""
    if line.rejections or not visit.in_force(line):
        return False
    return not line.services or visit.service(line) is not None or service_types.PLAN in line.services


def _managed(visit: Visit, at: int, line: Benefit, payer: Entity, public: set[str]) -> Task:
    name = payer.name or line.plan or "a managed care plan"
    advantage = line.insurance == _ADVANTAGE or bool(public & {"MA", "MB"})
    kind = (
        "Medicare Advantage" if advantage else "Medicaid managed care" if "MC" in public else "managed care"
    )
    words = f"{name} pays instead ({kind}). Make it the payer and ask it."
    return Task("managed_payer", words, {**_data(visit, line, payer), "name": name, "kind": kind}, (at,))


def _other(visit: Visit, at: int, line: Benefit, payer: Entity) -> Task:
    name = payer.name or line.plan or "an insurer it does not name"
    order = _ORDER.get(payer.role, "")
    why = wording.INSURANCE.get(line.insurance, "") if line.insurance in _SECONDARY else ""
    said = ", ".join(filter(None, [order, why]))
    words = f"The payer reports other insurance: {name}{f' ({said})' if said else ''}."
    return Task("other_payer", words, {**_data(visit, line, payer), "name": name, "order": order}, (at,))


def _data(visit: Visit, line: Benefit, payer: Entity) -> dict[str, str]:
    term = terms.term(line.dates, visit.day)
    return {
        "name": payer.name,
        "id": payer.id,
        "id_kind": payer.id_kind,
        "phone": payer.phone,
        "role": payer.role,
        "insurance": line.insurance,
        "plan": line.plan,
        "begins": term.begins.isoformat() if term.begins else "",
        "ends": term.ends.isoformat() if term.ends else "",
    }
