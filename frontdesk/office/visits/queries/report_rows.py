"""The visits behind a figure: those a bar of a report counted, in order of their time, a page at a time."""

from dataclasses import dataclass

from frontdesk.kit.errors import Invalid
from frontdesk.kit.rows import fetch
from frontdesk.kit.sensitivity import HIDDEN, HIDDEN_VISIT, hidden
from frontdesk.office.scheduling.queries import reports as book
from frontdesk.office.scheduling.queries.reports import Ask, Source
from frontdesk.office.visits.queries import reminders
from frontdesk.office.visits.queries.definitions import ARRIVALS, STAGE_WORDS, Report
from frontdesk.office.visits.queries.reports import JOINED, NONE, report_of, source_of

WORDS = {"day", "initiator"}


@dataclass(frozen=True, slots=True)
class Which:
    """Which bar of a report: the cut and the key of its line, and whether only the hits are wanted or all it counted."""

    code: str
    cut: str = ""
    key: str = "all"
    stage: str = "seen"
    hits_only: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A visit behind a figure. `wall` is ISO text on the site's clock; `name` is "" for those who may not see it.

    `minutes` is what the report measured, where it measures; `ahead` how many minutes before its time the visit was
    booked, `given_up` how many before it was cancelled.
    """

    id: int
    patient_id: int
    wall: str
    name: str
    visit_type: str
    provider: str
    status: str
    minutes: int | None
    ahead: int
    given_up: int | None
    reason: str


def rows_behind(
    ask: Ask, which: Which, *, named: bool, after: int | None = None, limit: int = 50
) -> tuple[list[Row], int | None]:
    """Return a page of visits, and the visit after which the next begins (None at the end); one statement."""
    report = report_of(which.code)
    source = source_of(which.code, which.key if which.cut == "stage" else which.stage)
    condition, values = book.where(ask)
    wanted, more = _wanted(report, which, source)
    values += more
    if after is not None:
        wanted += (
            " AND (a.starts, a.id) > (SELECT b.starts, b.id FROM scheduling_appointment b WHERE b.id = %s)"
        )
        values.append(after)
    found = fetch(
        "SELECT a.id, a.patient_id, a.wall, p.preferred_name, p.legal_first, p.legal_last, t.name, d.first_name, d.last_name, "  # noqa: S608 - our own columns
        f"d.credential, a.status, {source.minutes or 'NULL'}, {book.minutes_between('a.booked_at', 'a.starts')}, "
        f"{book.minutes_between('a.cancelled_at', 'a.starts')}, c.words, p.labels, t.labels, d.labels, l.labels "
        f"FROM {source.tables} JOIN patients_patient p ON p.id = a.patient_id "
        "JOIN practice_location l ON l.id = a.location_id LEFT JOIN practice_provider d ON d.id = a.provider_id "
        "LEFT JOIN scheduling_cancelreason c ON c.id = a.cancel_reason_id "
        f"WHERE {condition} AND {source.base}{wanted} ORDER BY a.starts, a.id LIMIT %s",
        [*values, limit + 1],
    )
    rows = [_row(one, named=named) for one in found[:limit]]
    return rows, rows[-1].id if len(found) > limit else None


def _wanted(report: Report, which: Which, source: Source) -> tuple[str, list[object]]:
    words = ""
    values: list[object] = []
    only_hits = which.hits_only or which.cut in report.shares
    if source.hit and only_hits and which.cut != "minutes":
        words += f" AND {source.hit}"
    if which.cut == "stage" and which.key not in STAGE_WORDS:
        raise _unknown()
    if which.key == "all" or which.cut == "stage":
        return words, []
    if which.cut not in report.cuts:
        raise _unknown()
    if which.cut == "minutes":
        return words + _between(which.key, source.minutes), []
    cuts, parts = JOINED.get(which.cut, which.cut).split("+"), which.key.split(".")
    if len(cuts) != len(parts):
        raise _unknown()
    for cut, part in zip(cuts, parts, strict=True):
        expression = book.expression(cut, reminders.CUTS)
        words += f" AND {expression} IS NULL" if part == NONE else f" AND {expression} = %s"
        if part != NONE:
            values.append(part if cut in WORDS else _number(part))
    return words, values


def _between(key: str, minutes: str) -> str:
    place = _number(key)
    if place >= len(ARRIVALS):
        raise _unknown()
    _, least, most = ARRIVALS[place]
    above = "" if least is None else f" AND {minutes} >= {least}"
    return above + ("" if most is None else f" AND {minutes} <= {most}")


def _number(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) < 12):
        raise _unknown()
    return int(text)


def _unknown() -> Invalid:
    msg = "That report has no such bar."
    return Invalid(msg)


def _row(one: tuple[object, ...], *, named: bool) -> Row:
    (
        pk,
        patient,
        wall,
        preferred,
        first,
        last,
        kind,
        given,
        family,
        credential,
        status,
        minutes,
        ahead,
        late,
        why,
        *labels,
    ) = one
    full = f"{given} {family}" if given else ""
    shut = hidden(*(str(text or "") for text in labels))
    return Row(
        id=int(str(pk)),
        patient_id=int(str(patient)),
        wall=str(wall),
        name="" if not named else HIDDEN if shut else f"{preferred or first} {last}",
        visit_type=HIDDEN_VISIT if shut else str(kind),
        provider=f"{full}, {credential}" if full and credential else full,
        status=str(status),
        minutes=None if minutes is None else int(str(minutes)),
        ahead=int(str(ahead)),
        given_up=None if late is None else int(str(late)),
        reason="" if shut else str(why or ""),
    )
