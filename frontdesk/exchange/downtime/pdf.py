"""A pack as paper: what to do first, then for each day the list by time, by provider, the forms and the receipts."""

from frontdesk.exchange.downtime import paper_forms, words
from frontdesk.exchange.downtime.pdf_lock import lock
from frontdesk.exchange.downtime.sealing import Keys
from frontdesk.office.downtime.queries import Day, Entry, Pack
from frontdesk.office.downtime.rules import shown
from frontdesk.ui.paper import RULE, Column, Sheet

# Widths of the columns of the list, in millimetres; what for has the rest.
TIME, WHO, FORM = 22.0, 72.0, 25.0
BY_PROVIDER = (
    Column("Time", 0.9),
    Column("Name", 2.2, bold=True),
    Column("Born", 1.1),
    Column("Phone", 1.5),
    Column("Visit", 2.2),
    Column("Form", 1.1, right=True),
)


def draw(pack: Pack, keys: Keys) -> bytes:
    """Return the pack as one locked document."""
    return sheet_of(pack, keys).bytes()


def sheet_of(pack: Pack, keys: Keys | None = None) -> Sheet:
    """Return the pack drawn; locked unless no keys are given."""
    place = pack.location.name
    sheet = Sheet(
        "Downtime pack",
        as_of=words.as_of(pack),
        foot=f"{pack.practice}, {place} · confidential · {words.as_of(pack)}",
        made=pack.as_of,
    )
    if keys is not None:
        lock(sheet, keys)
    _first_page(sheet, pack)
    for day in pack.days:
        _by_time(sheet, day)
        _by_provider(sheet, day)
        paper_forms.visit_forms(sheet, day, place)
        paper_forms.receipts(sheet, day, place)
    return sheet


def _title(day: Day, what: str) -> str:
    return f"{day.day:%A, %B} {day.day.day} {what}"


def _first_page(sheet: Sheet, pack: Pack) -> None:
    place = pack.location
    sheet.heading("When the system is away")
    for at, step in enumerate(words.STEPS, 1):
        sheet.paragraph(f"{at}.  {step}")
    sheet.heading("Emergency")
    for step in words.EMERGENCY:
        sheet.paragraph(step, bold=step is words.EMERGENCY[0])
    sheet.ln(1)
    town = f"{place.city}, {place.state} {place.zip}".strip(", ")
    sheet.facts(
        [("We are at", ", ".join(part for part in (place.line, town) if part) or place.name)], label_width=62
    )
    phones = [(place.name, words.number_of(place.phone))] if place.phone else []
    phones += [(one.name, words.number_of(one.phone)) for one in pack.departments if one.phone]
    sheet.facts(phones, label_width=62)
    here = [entry for entry in pack.days[0].entries if entry.is_here]
    sheet.heading(f"In the building {words.as_of(pack)}: {len(here)} patients, {len(pack.visitors)} visitors")
    named = [f"{entry.name} ({entry.room or entry.standing.split(',')[0]})" for entry in here]
    named += [f"badge {badge}: {name}" for badge, name, _ in pack.visitors]
    sheet.paragraph("; ".join(named) or "Nobody was checked in then.")
    sheet.contents(_title(pack.days[0], "by time"))


def _by_time(sheet: Sheet, day: Day) -> None:
    sheet.part(_title(day, "by time"))
    if not day.entries:
        sheet.paragraph("Nobody is booked.", quiet=True)
    for entry in day.entries:
        _entry(sheet, entry)


def _entry(sheet: Sheet, entry: Entry) -> None:
    """Set one visit: when, who, how to reach them, what for; under it what is to be minded."""
    if sheet.will_page_break(26):
        sheet.add_page()
    top, left, right = sheet.get_y(), sheet.l_margin, sheet.w - sheet.r_margin
    middle, side = left + TIME, sheet.epw - TIME - WHO - FORM
    under = [sheet.put(left, top, TIME, words.time_of(entry.wall), bold=True, size=10.5)]
    under[0] = sheet.put(left, under[0], TIME - 1, entry.standing, size=7.5, quiet=True)
    at = sheet.put(middle, top, WHO, entry.name, bold=True, size=10.5)
    at = sheet.put(middle, at, WHO, words.person(entry), size=8)
    under.append(sheet.put(middle, at, WHO, words.phones_of(entry), size=8.5))
    at = sheet.put(middle + WHO, top, side, words.what_for(entry))
    under.append(sheet.put(middle + WHO, at, side, entry.provider, size=8.5, quiet=True))
    sheet.put(right - FORM, top, FORM, shown(entry.number), bold=True, size=10, right=True)
    minded = "   ".join(f"{kind}: {what}." for kind, what in words.to_mind(entry))
    at = sheet.put(middle, max(under) + 0.3, sheet.epw - TIME, minded, size=8)
    sheet.set_draw_color(*RULE)
    sheet.line(left, at + 1.2, right, at + 1.2)
    sheet.set_xy(left, at + 2.4)


def _by_provider(sheet: Sheet, day: Day) -> None:
    sheet.part(_title(day, "by provider"))
    for provider, entries in words.by_provider(day.entries).items():
        sheet.heading(f"{provider} · {len(entries)}")
        sheet.lines(BY_PROVIDER, (_short(entry) for entry in entries))


def _short(entry: Entry) -> list[str]:
    phone = words.number_of(entry.phones[0].number) if entry.phones else "—"
    about = [words.time_of(entry.wall), entry.name, words.us_date(entry.birth_date), phone]
    return [*about, entry.visit_type, shown(entry.number)]
