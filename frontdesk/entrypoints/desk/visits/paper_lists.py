"""The papers about a day, drawn: the huddle sheet of each provider, and the roster for clearing the building."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.entrypoints.desk.scheduling.wording import age, how_many
from frontdesk.entrypoints.desk.templating import long_date, wall_time
from frontdesk.entrypoints.desk.visits.paper_pages import Office
from frontdesk.kit.walltime import to_wall
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits.models import Visitor
from frontdesk.ui.paper import Column, Sheet

HUDDLE = (
    Column("Time", 1.1),
    Column("Patient", 2.6),
    Column("Visit", 2.3),
    Column("Needs", 2.8),
    Column("Missing", 3.6),
    Column("Notes", 2.2),
)
ROSTER = (
    Column("Out", 0.5),
    Column("Who", 3),
    Column("Where", 2.4),
    Column("With", 2.4),
    Column("Since", 1.2),
)


@dataclass(frozen=True, slots=True)
class Huddle:
    """One provider's day: the visits, the gaps as "9:20 am to 10:00 am" (None: not known), and who is here for the first time."""

    provider: str
    lines: Sequence[queries.Line]
    gaps: Sequence[str] | None
    new: frozenset[int]


def huddle(days: Sequence[Huddle], office: Office, day: str) -> bytes:
    """Draw a page for each provider: the figures, the gaps, and a line for each visit with what it needs."""
    sheet = Sheet(
        f"Huddle sheet, {day}",
        as_of=office.as_of,
        foot="Confidential: shred after the day",
        made=office.made,
        landscape=True,
    )
    if not days:
        sheet.paragraph("Nobody has a visit on this day.", size=12)
    for number, one in enumerate(days):
        if number:
            sheet.add_page()
        sheet.paragraph(one.provider, size=16, bold=True)
        sheet.paragraph(_figures(one), size=11)
        if one.gaps is not None:
            sheet.paragraph(f"Free: {', '.join(one.gaps) or 'nothing'}", size=10, quiet=True)
        sheet.ln(2)
        sheet.rows(HUDDLE, [_visit(line, one.new) for line in one.lines])
    return sheet.bytes()


def _figures(one: Huddle) -> str:
    ready = sum(line.is_ready for line in one.lines)
    new = sum(line.patient_id in one.new for line in one.lines)
    minors = sum(line.age < 18 for line in one.lines)
    speak = sum(bool(line.interpreter) for line in one.lines)
    parts = [f"{ready} of {how_many(len(one.lines), 'visit')} ready"]
    parts += [
        how_many(count, words)
        for count, words in ((new, "new patient"), (speak, "interpreter"), (minors, "minor"))
        if count
    ]
    return " · ".join(parts)


def _visit(line: queries.Line, new: frozenset[int]) -> tuple[str, ...]:
    marks = [
        "New patient" if line.patient_id in new else "",
        f"Interpreter: {line.interpreter}{', arranged' if 'interpreter' in line.settled else ''}"
        if line.interpreter
        else "",
        "Minor" if line.age < 18 else "",
        *line.alerts,
    ]
    missing = [one.words for one in line.findings if one.level == "todo"]
    what = f"{line.visit_type}\n{line.reason}" if line.reason else line.visit_type
    return (
        wall_time(line.wall),
        f"{line.name}\n{age(line.birth_date, line.wall.date())}".strip(),
        what,
        "\n".join(mark for mark in marks if mark),
        "\n".join(missing) or "Ready",
        "",
    )


def roster(lines: Sequence[queries.Line], visitors: Sequence[Visitor], office: Office) -> bytes:
    """Draw who is in the building, with a box to tick when each is out; blank lines for those on no list."""
    wall = to_wall(office.made, office.site.zone)
    sheet = Sheet("Who is in the building", as_of=office.as_of, foot="Confidential", made=office.made)
    together = how_many(len(lines), "patient") + ", " + how_many(len(visitors), "visitor")
    sheet.paragraph(f"{together} at {wall_time(wall)}, {long_date(wall.date())}", size=13, bold=True)
    sheet.ln(2)
    sheet.heading("Patients")
    sheet.rows(
        ROSTER,
        [
            (
                "☐",
                ", ".join(filter(None, (line.name, age(line.birth_date, wall.date()))))
                + (f"\nwith {line.companion}" if line.companion else ""),
                line.room or rules.WORDS[line.status],
                line.provider,
                wall_time(to_wall(line.arrived_at, line.zone)) if line.arrived_at else "",
            )
            for line in lines
        ],
        size=9.5,
    )
    sheet.heading("Visitors")
    if not visitors:
        sheet.paragraph("Nobody has signed in.", quiet=True)
        return _others(sheet)
    sheet.rows(
        ROSTER,
        [
            (
                "☐",
                f"{one.name}{', ' + one.organization if one.organization else ''}",
                f"Badge {one.badge}",
                one.host,
                wall_time(to_wall(one.in_at, office.site.zone)),
            )
            for one in visitors
        ],
        size=9.5,
    )
    return _others(sheet)


def _others(sheet: Sheet) -> bytes:
    sheet.heading("Staff and others")
    sheet.blanks(("☐",) * 5, height=8, label_width=8)
    return sheet.bytes()
