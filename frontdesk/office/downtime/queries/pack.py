"""What a pack says of a day: every visit with what the desk must know when it cannot ask."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from frontdesk.kit import walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.rows import fetch
from frontdesk.kit.sensitivity import looking
from frontdesk.office.patients.rules import LANGUAGES
from frontdesk.office.practice.models import Department, Location
from frontdesk.office.visits import queries as visits
from frontdesk.office.visits import rules

# No room of the office knows insurance yet. A pack says so rather than leave a hole that reads like "none".
COVERAGE_UNKNOWN = "Not on file here: copy the card"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is kept, what kind it is, and what the patient does not want on it."""

    number: str
    use: str
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit as it stands in the pack. `wall`, `arrived`: naive, in the site's zone. `number` is its form's."""

    appointment_id: int
    patient_id: int
    number: str
    wall: datetime
    minutes: int
    name: str
    legal_name: str
    birth_date: date
    age: int
    sex: str
    pronouns: str
    mrn: str
    phones: tuple[Phone, ...]
    visit_type: str
    reason: str
    provider: str
    room: str
    status: str
    standing: str
    is_here: bool
    language: str
    interpreter: str
    alerts: tuple[str, ...]
    needs: tuple[str, ...]
    coverage: str = COVERAGE_UNKNOWN


@dataclass(frozen=True, slots=True)
class Day:
    """A site's day in the pack, in order of time, and the numbers of its forms without a name."""

    day: date
    entries: tuple[Entry, ...]
    blanks: tuple[str, ...]
    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """All that is written for one site, as of one moment (`as_of`, UTC)."""

    location: Location
    practice: str
    as_of: datetime
    days: tuple[Day, ...]
    departments: tuple[Department, ...]
    visitors: tuple[tuple[int, str, str], ...]

    @property
    def patient_ids(self) -> list[int]:
        """Return whose names stand in it."""
        return sorted({entry.patient_id for day in self.days for entry in day.entries})


@dataclass(frozen=True, slots=True)
class _Person:
    legal_name: str
    sex: str
    pronouns: str
    mrn: str
    language: str
    interpreter: str
    confidential: str


_NOBODY = _Person("", "", "", "", "", "", "")
# Who has the passphrase opens a pack: it shows what all who take one along may see, and nothing that bears a label.
TAKEN_ALONG = Actor("screen", None, "downtime pack", frozenset({"patients.see_alerts", "patients.see_notes"}))


def day_of(day: date, location: Location, numbers: dict[int, str]) -> tuple[Entry, ...]:
    """Return a site's visits of a day as the pack has them; five queries. `numbers` are the forms by appointment."""
    with looking(TAKEN_ALONG):
        lines = visits.day_of(day, location.pk, location.zone)
    span = [
        location.pk,
        walltime.midnight_utc(day, location.zone),
        walltime.midnight_utc(day + timedelta(days=1), location.zone),
    ]
    people, phones = _people(span), _phones(span)
    return tuple(_entry(line, people[line.patient_id], phones[line.patient_id], numbers) for line in lines)


_OF_THE_DAY = (
    "IN (SELECT a.patient_id FROM scheduling_appointment a WHERE a.status <> 'cancelled' "
    "AND a.location_id = %s AND a.starts >= %s AND a.starts < %s)"
)


def _people(span: list[object]) -> dict[int, _Person]:
    rows = fetch(
        "SELECT p.id, p.legal_first, p.legal_middle, p.legal_last, p.suffix, p.sex, p.pronouns, p.mrn, p.language, "  # noqa: S608 - no values
        f"p.interpreter_needed, p.confidential, p.confidential_note FROM patients_patient p WHERE p.id {_OF_THE_DAY}",
        span,
    )
    return {
        pk: _Person(
            " ".join(part for part in (first, middle, last, suffix) if part),
            sex,
            pronouns,
            mrn,
            LANGUAGES.get(language, language),
            LANGUAGES.get(language, language) or "language not noted" if interpreter else "",
            f"Confidential communication: {note or 'ask before calling'}" if confidential else "",
        )
        for pk, first, middle, last, suffix, sex, pronouns, mrn, language, interpreter, confidential, note in rows
    }


def _phones(span: list[object]) -> dict[int, list[Phone]]:
    """Return the telephones of everybody on the list; of who asked to be reached at one in confidence, no other."""
    rows = fetch(
        "SELECT c.patient_id, c.value, c.use, c.may_call, c.may_leave_voicemail, c.is_confidential FROM patients_contact c "  # noqa: S608 - no values
        f"WHERE c.system = 'phone' AND c.ends IS NULL AND c.patient_id {_OF_THE_DAY} "
        "ORDER BY c.patient_id, c.is_confidential DESC, c.is_preferred DESC, c.id",
        span,
    )
    found: dict[int, list[Phone]] = defaultdict(list)
    private = {row[0] for row in rows if row[5]}
    for pk, number, use, may_call, may_leave, only_here in rows:
        if pk in private and not only_here:
            continue
        limits = "do not call" if may_call is not None and not may_call else ""
        if not limits and may_leave is not None and not may_leave:
            limits = "no voicemail"
        found[pk].append(Phone(number, use, limits))
    return found


def _entry(line: visits.Line, who: _Person, phones: list[Phone], numbers: dict[int, str]) -> Entry:
    if line.is_hidden:
        who, phones = replace(_NOBODY, legal_name=line.name), []
    alerts = (who.confidential, *line.alerts) if who.confidential else line.alerts
    return Entry(
        appointment_id=line.id,
        patient_id=line.patient_id,
        number=numbers.get(line.id, ""),
        wall=line.wall,
        minutes=line.minutes,
        name=line.name,
        legal_name=who.legal_name,
        birth_date=line.birth_date,
        age=line.age,
        sex=who.sex,
        pronouns=who.pronouns,
        mrn=who.mrn,
        phones=tuple(phones),
        visit_type=line.visit_type,
        reason=line.reason,
        provider=line.provider or "Any provider",
        room=line.room,
        status=line.status,
        standing=_standing(line),
        is_here=line.status in rules.HERE,
        language=who.language,
        interpreter=who.interpreter,
        alerts=alerts,
        needs=tuple(one.words for one in line.findings if one.level == "todo"),
    )


def _standing(line: visits.Line) -> str:
    """Say how far a visit is and since when: "Arrived 8:52 am, 12 minutes late"."""
    words = rules.WORDS[line.status]
    if line.left_unseen:
        words = "Left without being seen"
    since = line.done_at if line.status == rules.DONE else line.since
    if since is not None:
        wall = walltime.to_wall(since, line.zone)
        words += f" {wall:%-I:%M} {f'{wall:%p}'.lower()}"
    if line.status in rules.HERE and line.minutes_late > 0:
        words += f", {line.minutes_late} min late"
    return f"{words}, walk-in" if line.is_walk_in else words
