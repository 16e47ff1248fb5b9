"""A visit as one line of tomorrow's list: how far it is prepared, and for each thing missing the verb that fixes it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from zlib import crc32

from django.http import QueryDict

from frontdesk.entrypoints.desk.messaging.wording import PICTURES
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.wording import born, how_many, short_day, when
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.rows import TONE
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.rules.cover import (
    ACTIVE,
    CASE,
    INACTIVE,
    NONE,
    SELF_PAY,
    UNKNOWN,
    WAITING,
    Cover,
)
from frontdesk.office.messaging.queries import Reminded, reminders_about
from frontdesk.office.visits import queries, rules

GROUPS = (
    ("todo", "Needs me", "Somebody must see to these before the day"),
    ("ask", "Ask at the desk", "Nothing to do now; asked when the patient stands there"),
    ("ready", "Ready", "Nothing stands in the way"),
)
APPOINTMENT = "scheduling.appointment"
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
    "verify": Fix("Verify now", verb="verify"),
    "add_insurance": Fix("Open insurance", href="/patients/{}/insurance"),
    "see_referral": Fix("Open referrals", href="/patients/{}/insurance#referrals"),
    "medicare": Fix("Ask the questions", href="/patients/{}/insurance/medicare"),
    "open_case": Fix("Open the case", href="/patients/{}/insurance"),
    "open_chart": Fix("Open the chart", href="/patients/{}"),
}
PERMITTED = {
    "confirmed": "scheduling.confirm",
    "interpreter": "visits.plan_day",
    "unchanged": "visits.check_in",
    "accept": "visits.plan_day",
    "remind": "messaging.send",
    "verify": "coverage.verify",
}


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
            if one.level != "note" and one.code not in rules.AT_THE_DESK
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding in words, whose it is and by when, and what fixes it."""

    words: str
    tone: str
    when: str
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the reminder, in words, with an icon and a tone ("" for what is as it should be)."""

    words: str
    picture: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One visit of the day to prepare. One `beyond` what is looked at is kept up to date only where it stands already."""

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
    told: Told
    order: str
    beyond: bool

    @property
    def rev(self) -> str:
        """Return what is different when anything in the line is."""
        return f"{crc32(repr(replace(self, beyond=False)).encode()):x}"

    @property
    def stage(self) -> str:
        """Return how far it is prepared: what is announced when it changes."""
        return f"{self.group}-{self.status}-{len(self.shown)}"

    @property
    def said(self) -> str:
        """Return how far it is prepared in words: "Ana Ito: 2 things open"."""
        return f"{self.name}: {how_many(len(self.shown), 'thing') + ' open' if self.shown else 'ready'}"


def prepared(lines: Sequence[queries.Line], by: Actor, wanted: Wanted | None = None) -> list[Prepared]:
    """Return visits as the list shows them to somebody with these permissions; one query, for their reminders.

    Those that are not `wanted` are marked as beyond what is looked at.
    """
    told = reminders_about(APPOINTMENT, [line.id for line in lines])
    return [
        _prepared(line, by, told.get(line.id), beyond=bool(wanted and not wanted.holds(line)))
        for line in lines
    ]


def _prepared(line: queries.Line, by: Actor, reminded: Reminded | None, *, beyond: bool) -> Prepared:
    written = wall_time(line.wall)
    told = [one for one in line.findings if one.level != "note" and one.code not in rules.AT_THE_DESK]
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
        told=_told(reminded, line.zone),
        order=f"{line.starts:%Y%m%d%H%M}{line.id:012}",
        beyond=beyond,
    )


def _told(found: Reminded | None, zone: str) -> Told:
    """Say what became of a visit's reminder, or what will."""
    if found is None:
        return Told("Not reminded", "bell")
    wall = to_wall(found.at, zone)
    at = f"today at {wall_time(wall)}" if wall.date() == clock.today(zone) else when(found.at, zone)
    way = {"text": "by text", "email": "by e-mail"}.get(found.channel, "")
    if found.is_kept:
        return Told("Reminder kept here, not sent", "lock")
    if found.state == "queued":
        due = found.at <= clock.now()
        return Told("Reminder on its way" if due else f"Reminder goes out {at}", "clock")
    return {
        "sent": Told(f"Reminded {at}, {way}", PICTURES.get(found.channel, "check"), "good"),
        "sending": Told("Reminder on its way", "clock"),
        "in_doubt": Told("The reminder may not have arrived", "triangle-alert", "warn"),
        "failed": Told("The reminder did not arrive", "circle-alert", "bad"),
    }.get(found.state, Told(f"Not reminded: {found.why[:1].lower()}{found.why[1:]}", "ban"))


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


def read_wanted(data: QueryDict) -> Wanted:
    """Read what a list is narrowed to; what is not known is left out."""
    chip, owner = data.get("chip", ""), data.get("owner", "")
    return Wanted(
        number(data.get("provider")),
        owner if owner in OWNERS else "",
        chip if chip in rules.CHIPS else "",
    )


def query(day: date, wanted: Wanted) -> str:
    """Return a day and what its list is narrowed to as they stand in an address."""
    pairs = {
        "day": day.isoformat(),
        "provider": wanted.provider_id,
        "owner": wanted.owner,
        "chip": wanted.chip,
    }
    return urlencode({name: value for name, value in pairs.items() if value})


def progress(lines: Sequence[queries.Line]) -> dict[str, object]:
    """Return how many visits are ready, of how many, and how far their insurance is verified."""
    return {
        "ready": sum(line.is_ready for line in lines),
        "all": len(lines),
        "insured": insured(line.cover for line in lines if line.cover),
    }


_OVERNIGHT = "overnight"
# Who else pays than the insurance on file: verified with nobody.
OTHERS = ((SELF_PAY, "self-pay"), (CASE, "paid by a case"))


def insured(covers: Iterable[Cover]) -> str:
    """Say how far the insurance of a day is verified: "38 of 41 verified, 3 could not be determined"; "" where none has any."""
    known = [one for one in covers if one.state != NONE]
    states = Counter(_OVERNIGHT if one.by and one.by.by_file else one.state for one in known)
    others = [f"{count} {words}" for state, words in OTHERS if (count := states.pop(state, 0))]
    if not states:
        return ", ".join(others)
    said = [f"{states[ACTIVE] + states[INACTIVE]} of {states.total()} verified"]
    for state, words in (
        (INACTIVE, "inactive"),
        (UNKNOWN, "could not be determined"),
        (WAITING, "being asked"),
        (_OVERNIGHT, "asked by file, answers come overnight"),
    ):
        if states[state]:
            said.append(f"{states[state]} {words}")
    return ", ".join(said + others)
