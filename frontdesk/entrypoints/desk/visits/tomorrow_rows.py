"""A visit as one line of tomorrow's list: how far it is prepared, and for each thing missing the verb that fixes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.entrypoints.desk.scheduling.wording import born, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.rows import TONE
from frontdesk.kit.actor import Actor
from frontdesk.kit.walltime import to_wall
from frontdesk.office.visits import queries, rules

GROUPS = (
    ("todo", "Needs me", "Somebody must see to these before the day"),
    ("ask", "Ask at the desk", "Nothing to do now; asked when the patient stands there"),
    ("ready", "Ready", "Nothing stands in the way"),
)
OWNERS = {"desk": "Front desk", "lead": "Lead", "billing": "Billing", "nurse": "Nurse"}


@dataclass(frozen=True, slots=True)
class Fix:
    """What settles a finding: a verb of this list, or the page where the missing fact is entered."""

    label: str
    verb: str = ""
    href: str = ""


# By the finding's action; {} is the patient's row id.
FIXES = {
    "confirm_visit": Fix("Confirmed by phone", verb="confirmed"),
    "arrange_interpreter": Fix("Arranged", verb="interpreter"),
    "confirm": Fix("Unchanged", verb="unchanged"),
    "edit_contacts": Fix("Open contacts", href="/patients/{}/contacts"),
    "edit_address": Fix("Open contacts", href="/patients/{}/contacts"),
    "edit_people": Fix("Open contacts", href="/patients/{}/contacts"),
    "open_chart": Fix("Open the chart", href="/patients/{}"),
}
PERMITTED = {
    "confirmed": "scheduling.confirm",
    "interpreter": "visits.plan_day",
    "unchanged": "visits.check_in",
    "accept": "visits.plan_day",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding in words, whose it is and by when, and what fixes it."""

    words: str
    tone: str
    when: str
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """One visit of the day to prepare."""

    id: int
    patient_id: int
    group: str
    clock: str
    half: str
    name: str
    about: str
    what: str
    status: str
    chips: list[tuple[str, str, str]]
    shown: list[Shown]
    alerts: tuple[str, ...]
    can_accept: bool


def prepared(line: queries.Line, by: Actor) -> Prepared:
    """Return a visit as the list shows it to somebody with these permissions."""
    written = wall_time(line.wall)
    told = [one for one in line.findings if one.level != "note" and one.code != "identify"]
    return Prepared(
        id=line.id,
        patient_id=line.patient_id,
        group=rules.stands_at(line.findings),
        clock=written[:-3],
        half=written[-2:],
        name=line.name,
        about=born(line.birth_date, line.wall.date()),
        what=" · ".join(part for part in (line.visit_type, line.provider) if part),
        status=line.status,
        chips=[(name, TONE[state], words) for name, state, words in rules.chips(line.findings)],
        shown=[_shown(one, line, by) for one in told],
        alerts=line.alerts,
        can_accept=by.can("visits.plan_day") and any(one.item and one.level == "todo" for one in told),
    )


def _shown(one: rules.Finding, line: queries.Line, by: Actor) -> Shown:
    due = to_wall(one.due, line.zone).date()
    fix = FIXES.get(one.action)
    if fix and fix.verb and not by.can(PERMITTED[fix.verb]):
        fix = None
    elif fix and fix.href:
        fix = Fix(fix.label, href=fix.href.format(line.patient_id))
    owner = OWNERS.get(one.owner, one.owner)
    return Shown(
        words=one.words,
        tone={"todo": "bad", "ask": "warn"}[one.level],
        when=f"{owner}, due {short_day(due)}" if one.level == "todo" else "Asked at the desk",
        fix=fix,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to: a provider, an owner of what is missing, a chip; nothing by default."""

    provider_id: int | None = None
    owner: str = ""
    chip: str = ""

    def narrowed(self, lines: Iterable[queries.Line]) -> list[queries.Line]:
        """Return the visits of the wanted provider."""
        return [line for line in lines if self.provider_id in {None, line.provider_id}]

    def holds(self, line: queries.Line) -> bool:
        """Say whether a visit has something open of the wanted owner and chip."""
        if not self.owner and not self.chip:
            return True
        return any(
            self.owner in {"", one.owner} and self.chip in {"", one.chip}
            for one in line.findings
            if one.level != "note" and one.code != "identify"
        )
