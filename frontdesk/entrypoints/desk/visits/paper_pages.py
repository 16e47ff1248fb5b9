"""The papers about one visit, drawn: the routing slip that walks along, the label, the slip a patient takes home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.entrypoints.desk.scheduling.wording import age, short_day
from frontdesk.entrypoints.desk.templating import long_date, phone, us_date, wall_time
from frontdesk.entrypoints.desk.visits.paper_words import WORDS, clock_time, day_and_time, long_day
from frontdesk.kit.walltime import to_wall
from frontdesk.office.patients.rules import SEXES
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits.models import Check, FollowUp
from frontdesk.ui.paper import Sheet, label

# What is written on by hand on the way through the building.
ALONG = (
    "Roomed at",
    "Provider in",
    "Provider out",
    "Orders",
    "",
    "Follow-up in",
    "Referred to",
    "Notes",
    "",
    "Signed",
)
TITLES = {
    "identity": "Identity",
    "changes": "Changes of address, phone, insurance",
    "card": "Insurance card",
    "forms": "Forms signed",
    "notice": "Privacy notice given and answered",
    "money": "Money",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Where a paper comes from: the practice, the site, and the moment it is made."""

    practice: str
    site: Location
    made: datetime

    @property
    def as_of(self) -> str:
        """Return when the paper was made, on the site's wall."""
        wall = to_wall(self.made, self.site.zone)
        return f"{self.practice} · {self.site.short_name} · made {wall_time(wall)}, {short_day(wall.date())}"


def slip(line: queries.Line, who: queries.Person, settled: dict[str, Check], office: Office) -> bytes:
    """Draw the routing slip: who and what at a glance, what to mind, what is settled, lines to write on."""
    sheet = Sheet("Routing slip", as_of=office.as_of, foot="Confidential: keep face down", made=office.made)
    sheet.paragraph(line.name, size=20, bold=True)
    sheet.paragraph(
        f"{us_date(line.birth_date)} · {age(line.birth_date, line.wall.date())} · MRN {who.mrn}", size=12
    )
    sheet.ln(2)
    until = wall_time(to_wall(line.ends, line.zone))
    sheet.facts(
        [
            ("Visit", f"{wall_time(line.wall)} to {until}, {long_date(line.wall.date())}: {line.visit_type}"),
            ("Provider", line.provider or "Not chosen"),
            ("Room", line.room or "Not yet"),
            ("Legal name", who.legal_name),
            ("Reason", line.reason or "Not recorded"),
            ("Came with", line.companion or "Nobody noted"),
            ("Telephone", phone(who.phone) if who.phone else "None on file"),
        ]
    )
    if mind := [*needs(line, who), *line.alerts, *([line.note] if line.note else [])]:
        sheet.heading("Please mind")
        for words in mind:
            sheet.paragraph(f"•  {words}", size=11, bold=True)
    sheet.heading("At the desk")
    sheet.boxes(_settled(line, settled))
    sheet.heading("On the way")
    sheet.blanks(ALONG, height=8.5)
    return sheet.bytes()


def needs(line: queries.Line, who: queries.Person) -> list[str]:
    """Say what a visit needs that not every visit does."""
    found = []
    if who.interpreter:
        arranged = "arranged" if "interpreter" in line.settled else "not arranged yet"
        found.append(f"Interpreter: {who.interpreter}, {arranged}")
    if line.age < 18:
        found.append(f"A minor, {age(line.birth_date, line.wall.date())}: a guardian consents")
    if line.is_walk_in:
        found.append("Walk-in")
    if words := rules.lateness(line.minutes_late):
        found.append(words)
    return found


def _settled(line: queries.Line, settled: dict[str, Check]) -> list[tuple[str, bool]]:
    open_still = {one.item: one.words for one in line.findings if one.item}
    return [
        (f"{title}: {settled[item].answer}", True)
        if item in settled
        else (f"{title}{': ' + open_still[item] if item in open_still else ''}", False)
        for item, title in TITLES.items()
    ]


def chart_label(line: queries.Line, who: queries.Person, made: datetime) -> bytes:
    """Draw the label for a chart, a form or a tube: who it is, beyond doubt, and the visit it belongs to."""
    return label(
        [
            (who.filed_name, 15),
            (f"DOB {us_date(who.birth_date)}   {SEXES.get(who.sex, who.sex)}", 11),
            (f"MRN {who.mrn}", 11),
            (f"{us_date(line.wall.date())}  {wall_time(line.wall)}   {line.provider}", 9),
        ],
        made=made,
    )


@dataclass(frozen=True, slots=True)
class TakenHome:
    """What a visit slip tells: the visit, what comes next, what is still to be booked."""

    line: queries.Line
    who: queries.Person
    instructions: str
    coming: Sequence[Appointment]
    later: Sequence[FollowUp]


def visit_slip(told: TakenHome, office: Office, language: str) -> bytes:
    """Draw what the patient takes home, in their language: the next appointments and what to do."""
    say = WORDS[language]
    wall = to_wall(office.made, office.site.zone)
    made = f"{long_day(wall.date(), language)}, {clock_time(wall, language)}"
    foot = f"{say['call']} {office.practice}, {phone(office.site.phone)}"
    sheet = Sheet(say["title"], as_of=f"{office.practice} · {made}", foot=foot, made=office.made)
    sheet.set_lang("es-US" if language == "es" else "en-US")
    sheet.paragraph(f"{say['for']} {told.line.name}", size=18, bold=True)
    sheet.ln(1)
    seen = f" {say['with']} {told.line.provider}" if told.line.provider else ""
    sheet.paragraph(f"{say['today']}: {day_and_time(told.line.wall, language)}{seen}", size=12)
    if told.instructions:
        sheet.ln(1)
        sheet.paragraph(told.instructions, size=12)
    sheet.heading(say["next"])
    if not told.coming:
        sheet.paragraph(say["none"], size=12)
    for one in told.coming:
        _coming(sheet, one, language)
    if told.later:
        sheet.heading(say["soon"])
        for order in told.later:
            due = f", {say['due']} {long_day(order.recall.due, language)}" if order.recall else ""
            sheet.paragraph(f"•  {order.visit_type.name}{due}", size=12)
        sheet.paragraph(say["we_call"], size=11)
    sheet.heading(say["good_to_know"])
    for key in ("bring", "early", "cannot_come", "interpreter", "emergency"):
        sheet.paragraph(f"•  {say[key]}", size=11)
    sheet.ln(2)
    sheet.paragraph(f"{say['call']} {phone(office.site.phone)}", size=13, bold=True)
    sheet.heading(say["notes"])
    sheet.blanks(("", "", ""), label_width=0.1)
    return sheet.bytes()


def _coming(sheet: Sheet, one: Appointment, language: str) -> None:
    say = WORDS[language]
    sheet.paragraph(day_and_time(to_wall(one.starts, one.zone), language), size=14, bold=True)
    who = f" {say['with']} {one.provider.name}" if one.provider else ""
    sheet.paragraph(f"{one.visit_type.name}{who}", size=12)
    place = one.location
    town = " ".join(part for part in (place.state, place.zip) if part)
    address = ", ".join(part for part in (place.name, place.line, place.city, town) if part)
    facts = [(say["where"], address), (say["phone"], phone(place.phone))]
    if place.directions:
        facts.append(("", place.directions))
    if one.patient_instructions:
        facts.append((say["prepare"], one.patient_instructions))
    sheet.facts(facts)
    sheet.ln(3)
