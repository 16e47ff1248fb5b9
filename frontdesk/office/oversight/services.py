"""Questions to the record, the week's looks found and settled, and the review of who may come in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit import queries as audit
from frontdesk.office.audit.queries import Ask, Entry
from frontdesk.office.audit.services import record, service
from frontdesk.office.oversight import queries, rules
from frontdesk.office.oversight.errors import NoSuchLook, NoteMissing, OnesOwn, TooLong
from frontdesk.office.oversight.models import Look
from frontdesk.office.oversight.queries.gathering import Facts, facts
from frontdesk.office.oversight.rules import Looks
from frontdesk.office.patients.queries import labels_of, refuse_hidden

WIDEST = timedelta(days=93)
"""Days a question may cover that names neither a patient nor a person."""
MOST = 50_000
"""Entries a file holds."""


@service("oversight.search_record", permission="audit.read", reads=True)
def search_record(by: Actor, /, *, ask: Ask, before: int | None = None) -> list[Entry]:
    """Return a page of the record, newest first; that somebody asked, and what, is on record too.

    Raises `Restricted` for a question about a record whose labels `by` does not see, `TooLong`.
    """
    _must_be_bounded(ask)
    _must_see(by, ask)
    found = queries.veiled(by, audit.entries(ask, before=before))
    _note(by, ask)
    return found


@service("oversight.export_record", reads=True)
def export_record(by: Actor, /, *, ask: Ask) -> list[Entry]:
    """Return the newest entries of an answer to take along, at most 50,000; refuses as `search_record` does."""
    _must_be_bounded(ask)
    _must_see(by, ask)
    found = queries.veiled(by, audit.entries(ask, limit=MOST))
    _note(by, ask, entries=len(found))
    return found


@service("oversight.export_events", permission="oversight.export_record", reads=True)
def export_events(by: Actor, /, *, ask: Ask, restricted: bool = False) -> Iterator[Entry]:
    """Yield the record of some days, oldest first, for another system; none is held longer than it takes to write it.

    Who reads it there is not known: of restricted records it says no more than that there was a deed, unless they are
    asked for.
    """
    _note(by, ask, restricted=restricted)
    return queries.veiled_in_turn(by if restricted else queries.NOBODY, audit.entries_in_order(ask))


@service("oversight.open_entry", permission="audit.read", reads=True)
def open_entry(by: Actor, /, *, entry_id: int) -> Entry:
    """Return one entry with what the deed found and left, as `by` may read it. Raises `NotFound`."""
    found = audit.entry(entry_id)
    if found is None:
        msg = "There is no such entry."
        raise NotFound(msg)
    record(by, patient_id=found.patient_id, extra={"entry": entry_id})
    return queries.veiled(by, [found])[0]


@service("oversight.find_snooping", permission="oversight.snooping")
def find_snooping(by: Actor, /, *, week: date) -> int:
    """Find the looks of the week from `week` (a Monday) on that ask to be explained; return how many are new.

    Found again, a line keeps what was said to it.
    """
    first = datetime(week.year, week.month, week.day, tzinfo=UTC)
    gathered = facts(first, first + timedelta(days=7))
    many = list(_about_many(gathered))
    known = set(Look.objects.filter(week=week).values_list("user_id", "patient_id"))
    new = [
        made for made in _about_charts(week, gathered, many) if (made.user_id, made.patient_id) not in known
    ]
    new += [made for made in many if queries.told_already(made.user_id, made.first_at, made.last_at) is None]
    Look.objects.bulk_create(new, batch_size=500)
    record(by, extra={"week": week.isoformat(), "looks": len(gathered.looks), "found": len(new)})
    return len(new)


@service("oversight.watch_breadth", permission="oversight.snooping")
def watch_breadth(by: Actor, /) -> int:
    """Note who opens more than 300 charts within an hour while it happens; return how many lines are new.

    A stretch that goes on is the same line, whatever was said to it.
    """
    new = 0
    for one in queries.untold():
        line = queries.told_already(one.user_id, one.first, one.last)
        if line is None:
            line = _breadth(one)
            line.save()
            new += 1
        else:
            save_changes(line, {"last_at": one.last, "times": max(line.times, one.many)})
        record(by, subject=line, extra={"person": one.user_id, "charts": one.many})
    return new


@service("oversight.open_snooping", permission="oversight.snooping", reads=True)
def open_snooping(
    by: Actor, /, *, week: date, state: str = "", page: int = 1
) -> tuple[list[queries.Line], int]:
    """Return a page of a week's looks that ask to be explained."""
    record(by, extra={"week": week.isoformat(), "state": state})
    return queries.lines(week, state=state, page=page)


@service("oversight.settle_look", permission="oversight.snooping")
def settle_look(by: Actor, /, *, look_id: int, state: str, note: str, version: int) -> Look:
    """Say of a look that it is explained, or that it is followed up, and why."""
    row = Look.objects.select_for_update().filter(pk=look_id).first()
    if row is None:
        msg = "There is no such line."
        raise NoSuchLook(msg)
    if row.user_id == by.id:
        msg = "These are your own looks. Somebody else settles them."
        raise OnesOwn(msg)
    if state not in {Look.State.EXPLAINED, Look.State.FOLLOW_UP}:
        msg = "Say whether it is explained or followed up."
        raise NoteMissing(msg, fields={"state": msg})
    if not note.strip():
        msg = "Say in a sentence why."
        raise NoteMissing(msg, fields={"note": msg})
    said = {"state": state, "note": note.strip()[:400]}
    before = save_changes(row, {**said, "settled_at": clock.now(), "settled_by": by.name}, expected=version)
    was = {name: before[name] for name in said}
    record(by, subject=row, patient_id=row.patient_id, before=was, after=said)
    return row


@service("oversight.review_access", reads=True)
def review_access(by: Actor, /) -> tuple[list[queries.Access], list[queries.Rights]]:
    """Return who may come in, what their roles let them do, and whose access seems to live on."""
    found = queries.access()
    record(by, extra={"accounts": len(found[0])})
    return found


def _must_be_bounded(ask: Ask) -> None:
    if not ask.patients and ask.actor_id is None and ask.last - ask.first > WIDEST:
        msg = f"Choose a patient or a person, or at most {WIDEST.days} days."
        raise TooLong(msg, fields={"from": msg})


def _must_see(by: Actor, ask: Ask) -> None:
    """Refuse a question about a restricted record by name: what was done to it tells what it is."""
    for patient_id in ask.patients:
        refuse_hidden(by, patient_id, labels_of(patient_id) or "")


def _note(by: Actor, ask: Ask, **more: object) -> None:
    """Put on record what was asked: about whom, which days, what."""
    told = {
        "first": ask.first,
        "last": ask.last,
        "person": ask.actor_id,
        "deed": ask.action,
        "outcome": ask.outcome,
        "source": ask.source,
        "kind": ask.kind,
        **more,
    }
    record(
        by,
        patient_id=ask.patients[0] if ask.patients else None,
        extra={key: value for key, value in told.items() if value},
    )


def _about_charts(week: date, gathered: Facts, many: list[Look]) -> Iterator[Look]:
    """Yield a line for each chart; three hundred opened in an hour are told in one line, unless more speaks against one."""
    staff = rules.Staff.of(gathered.lookers.values())
    for looks in gathered.looks:
        looker, chart = gathered.lookers.get(looks.user_id), gathered.charts.get(looks.patient_id)
        if looker is None or chart is None:
            continue
        why = rules.reasons(looker, chart, looks, gathered.business[chart.patient_id], staff)
        if why and not (why == ["nothing"] and _among(looks, many)):
            yield Look(
                week=week,
                user_id=looks.user_id,
                patient_id=looks.patient_id,
                reasons=why,
                weight=rules.weight(why),
                times=len(looks.at),
                first_at=min(looks.at),
                last_at=max(looks.at),
                entry_id=looks.entry_id,
                found_at=clock.now(),
            )


def _among(looks: Looks, many: list[Look]) -> bool:
    stretches = [(one.first_at, one.last_at) for one in many if one.user_id == looks.user_id]
    return all(any(first <= at <= last for first, last in stretches) for at in looks.at)


def _about_many(gathered: Facts) -> Iterator[Look]:
    opened: dict[int, list[tuple[datetime, int]]] = {}
    for looks in gathered.looks:
        opened.setdefault(looks.user_id, []).extend((at, looks.patient_id) for at in looks.at)
    for who, seen in opened.items():
        for stretch in rules.breadths(sorted(seen)):
            yield _breadth(queries.Stretch(who, *stretch))


def _breadth(stretch: queries.Stretch) -> Look:
    day = stretch.first.astimezone(UTC).date()
    return Look(
        week=day - timedelta(days=day.weekday()),
        user_id=stretch.user_id,
        reasons=["many"],
        weight=rules.weight(["many"]),
        times=stretch.many,
        first_at=stretch.first,
        last_at=stretch.last,
        entry_id=0,
        found_at=clock.now(),
    )
