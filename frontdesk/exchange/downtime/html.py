"""A pack as one page for any browser: locked, with everything it needs inside, asking nothing of any network."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape as as_words
from pathlib import Path

from frontdesk.exchange.downtime import words
from frontdesk.exchange.downtime.sealing import Keys, seal
from frontdesk.kit.straight import straight
from frontdesk.office.downtime.queries import Day, Entry, Pack
from frontdesk.office.downtime.rules import MOMENTS, shown

SHELL = Path(__file__).parent / "shell"
LOUD = {"Interpreter", "Alert"}


def escape(text: str) -> str:
    """Return a text as words on the page, whatever stands in it."""
    return as_words(straight(text))


def draw(pack: Pack, keys: Keys) -> bytes:
    """Return the pack as one locked page. Outside the lock stand the site and the moment, and no patient."""
    moment = words.as_of(pack)
    style = (SHELL / "pack.css").read_text().replace("{as_of_css}", f"Downtime pack, {moment}")
    script = (SHELL / "pack.js").read_text()
    about = f"{pack.location.pk} {pack.as_of.isoformat()}"
    filled = {
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "style": style,
        "script": script,
        "site": escape(pack.location.name),
        "as_of": escape(moment),
        "sealed": seal("".join(_inside(pack)).encode(), keys, about),
    }
    page = (SHELL / "shell.html").read_text()
    for name, text in filled.items():
        page = page.replace(f"{{{name}}}", text)
    return page.encode()


def _inside(pack: Pack) -> Iterator[str]:
    moment = escape(words.as_of(pack))
    yield f'<header id="top"><div class="row"><strong>{escape(pack.location.name)}</strong><span>{moment}</span>'
    yield '<span class="end row"><label for="find">Find</label><input id="find" type="search" autocomplete="off">'
    yield '<span id="found" role="status" class="quiet small"></span>'
    yield '<button id="print" type="button">Print what is shown</button>'
    yield '<button id="lock" type="button">Lock</button></span></div>'
    yield '<nav class="row" aria-label="Parts of the pack">'
    for at, day in enumerate(pack.days):
        yield f'<div class="day"><span>{"Today" if at == 0 else escape(f"{day.day:%a} {day.day.month}/{day.day.day}")}</span>'
        for name in ("list", "providers", "forms", "receipts"):
            label = {"list": "By time", "providers": "By provider", "forms": "Forms", "receipts": "Receipts"}[
                name
            ]
            yield f'<button type="button" data-show="{name}-{at}" aria-pressed="false">{label}</button>'
        yield "</div>"
    yield '<div class="day"><button type="button" data-show="help" aria-pressed="false">What to do</button></div></nav></header>'
    for at, day in enumerate(pack.days):
        yield from _part(f"list-{at}", f"{words.long_day(day.day)} by time", moment, _list(day))
        yield from _part(f"providers-{at}", f"{words.long_day(day.day)} by provider", moment, _providers(day))
        yield from _part(f"forms-{at}", "", moment, _forms(day, pack))
        yield from _part(f"receipts-{at}", "", moment, _receipts(day, pack))
    yield from _part("help", "When the system is away", moment, _help(pack))


def _part(name: str, title: str, moment: str, inside: Iterable[str]) -> Iterator[str]:
    head = f"<h1>{escape(title)}</h1><p class='quiet small'>{moment}</p>" if title else ""
    yield f'<section class="part" data-part="{name}" hidden>{head}'
    yield from inside
    yield "</section>"


def _list(day: Day) -> Iterator[str]:
    yield '<ul class="lines">' if day.entries else "<p>Nobody is booked.</p><ul>"
    for entry in day.entries:
        minded = "".join(
            f'<span class="{"loud" if kind in LOUD else "quiet"}">{kind}: {escape(what)}</span>'
            for kind, what in words.to_mind(entry)
        )
        yield (
            f'<li class="visit" data-visit="{entry.appointment_id}" data-line="{escape(_findable(entry))}">'
            f'<div><span class="time">{words.time_of(entry.wall)}</span><br><span class="quiet small">{escape(entry.standing)}</span></div>'
            f'<div><span class="name">{escape(entry.name)}</span><br><span class="small">{escape(words.person(entry))}</span><br>'
            f'<span class="small phones">{escape(words.phones_of(entry))}</span></div>'
            f'<div><span>{escape(words.what_for(entry))}</span><br><span class="quiet small">{escape(entry.provider)}</span></div>'
            f'<div class="number">{shown(entry.number)}</div><div class="mind">{minded}</div></li>'
        )
    yield "</ul>"


def _providers(day: Day) -> Iterator[str]:
    for provider, entries in words.by_provider(day.entries).items():
        yield f"<h2>{escape(provider)} · {len(entries)}</h2><div class='by'><table><thead><tr>"
        yield "".join(
            f"<th scope='col'>{head}</th>" for head in ("Time", "Name", "Born", "Phone", "Visit", "Form")
        )
        yield "</tr></thead><tbody>"
        for entry in entries:
            phone = words.number_of(entry.phones[0].number) if entry.phones else "—"
            cells = (
                words.time_of(entry.wall),
                entry.name,
                words.us_date(entry.birth_date),
                phone,
                entry.visit_type,
            )
            yield f'<tr data-line="{escape(_findable(entry))}">'
            yield "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            yield f'<td class="number">{shown(entry.number)}</td></tr>'
        yield "</tbody></table></div>"


def _forms(day: Day, pack: Pack) -> Iterator[str]:
    where = f"{pack.location.name} · {words.us_date(day.day)} · {words.as_of(pack)}"
    for entry in day.entries:
        minded = ". ".join(f"{kind}: {what}" for kind, what in words.to_mind(entry) if kind != "Coverage")
        inside = (
            f"<p><strong>{escape(entry.name)} · {escape(words.person(entry))}</strong><br>"
            f"{words.time_of(entry.wall)} · {escape(entry.provider)} · {escape(words.what_for(entry))}"
            f"{f'<br><span class=quiet>{escape(minded)}</span>' if minded else ''}</p>"
        )
        yield _form(
            "Visit form", where, entry.number, inside + _visit_blanks(), _findable(entry), kind="visit"
        )
    for number in day.blanks:
        inside = _blanks("Name:2", "Birth date", "Phone") + _blanks("Here for:2", "With")
        yield _form(
            "Visit form, no appointment", where, number, inside + _visit_blanks(), number, kind="blank"
        )


def _receipts(day: Day, pack: Pack) -> Iterator[str]:
    where = f"{pack.location.name} · {words.us_date(day.day)} · {words.as_of(pack)}"
    inside = _blanks("Received from:2", "Visit form number") + _blanks("Amount $", "In words:2")
    inside += _blanks("Cash ☐", "Check ☐ no.", "Card ☐, entered later") + _blanks("For:2", "Time", "Taken by")
    for number in day.receipts:
        yield _form("Receipt", where, number, inside, number, kind="receipt")


def _form(title: str, where: str, number: str, inside: str, findable: str, *, kind: str) -> str:
    return (
        f'<article class="form" data-form="{kind}" data-number="{number}" data-line="{escape(findable)}">'
        f'<div class="head"><div><strong>{title}</strong><br>'
        f'<span class="quiet small">{escape(where)}</span></div><span class="number">{shown(number)}</span></div>{inside}</article>'
    )


def _visit_blanks() -> str:
    boxes = "".join(f"<span>{name} at</span>" for name in MOMENTS.values())
    return (
        f'<div class="boxes">{boxes}</div><p class="quiet small">Checked in means: name and birth date said, photo ID seen.</p>'
        + _blanks("Left without being seen ☐", "Did not come ☐", "Room", "Came with")
        + _blanks("Follow-up in weeks", "What:2")
        + _blanks("New phone, address, insurance:2")
        + _blanks("Note:2", "Initials")
    )


def _blanks(*names: str) -> str:
    parts = (name.partition(":") for name in names)
    return (
        f'<div class="blanks">{"".join(f"<span{_wide(more)}>{name}</span>" for name, _, more in parts)}</div>'
    )


def _wide(more: str) -> str:
    return ' class="wide"' if more else ""


def _help(pack: Pack) -> Iterator[str]:
    place = pack.location
    yield f"<ol>{''.join(f'<li>{escape(step)}</li>' for step in words.STEPS)}</ol><h2>Emergency</h2>"
    yield "".join(f"<p>{escape(step)}</p>" for step in words.EMERGENCY)
    yield f"<p><strong>{escape(', '.join(part for part in (place.line, place.city, place.state, place.zip) if part))}</strong></p>"
    phones = [(place.name, place.phone), *((one.name, one.phone) for one in pack.departments)]
    lines = (f"<li>{escape(name)}: {words.number_of(phone)}</li>" for name, phone in phones if phone)
    yield f'<ul class="plain">{"".join(lines)}</ul>'
    here = [entry for entry in pack.days[0].entries if entry.is_here]
    yield f"<h2>In the building {escape(words.as_of(pack))}: {len(here)} patients, {len(pack.visitors)} visitors</h2>"
    named = [f"{entry.name}, {entry.room or entry.standing}" for entry in here]
    named += [f"badge {badge}: {name}" for badge, name, _ in pack.visitors]
    yield f'<ul class="plain">{"".join(f"<li>{escape(one)}</li>" for one in named)}</ul>'


def _findable(entry: Entry) -> str:
    phones = " ".join(one.number.removeprefix("+1") for one in entry.phones)
    return f"{entry.name} {entry.legal_name} {words.us_date(entry.birth_date)} {entry.mrn} {phones} {shown(entry.number)}"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
