"""Words with places for facts: a closed list of them, and nothing that a template's author writes is ever run."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

from frontdesk.kit.money import dollars
from frontdesk.kit.straight import straight
from frontdesk.kit.walltime import to_wall
from frontdesk.office.messaging.rules.saying import Facts

PLACEHOLDERS = {
    "first_name": "the patient's first or preferred name",
    "clinic": "the practice's name, or a neutral one where the name would tell",
    "day": "the day of the visit: Tuesday, March 10",
    "time": "the time of the visit: 9:10 AM",
    "old_day": "the day it was before",
    "old_time": "the time it was before",
    "provider": "who will see them: Dr. Lee",
    "place": "the site: Elm Street",
    "address": "the street address of the site",
    "phone": "the telephone number to call",
    "arrive_early": "how many minutes before to come",
    "minutes_late": "how many minutes late it runs",
    "due": "the month a recall is due",
    "answer": "how to answer: a link where the practice has an address on the web, else the number to call",
    "amount": "what was paid, or is to be paid: $35.00",
    "receipt": "the number of the receipt",
    "paid_on": "the day it was paid: March 3, 2026",
    "paid_with": "how it was paid: Visa ending 4242",
    "pay_at": "the address of the page to pay at",
    "until": "until when that page can be used: March 4, 8:00 AM",
}
# Without these a message of its kind is of no use.
_NEEDED = {"receipt": ("amount", "receipt"), "pay_link": ("amount", "pay_at")}
_PLACE = re.compile(r"\{(\w*)\}")
_LONGEST = {"subject": 120, "body": 4000, "text": 480}
# A subject line is read by whoever looks at a telephone on a table.
_IN_SUBJECT = frozenset({"clinic"})
_GSM = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà\n\r"
)
_STOP = {"en": "Reply STOP to end texts.", "es": "Responda STOP para no recibir mensajes."}
# How to answer, by link and by telephone: "" is for a visit, the others for what is not one yet.
_LINK = {
    "en": {
        "": "To confirm or change it: {link}",
        "recall": "Choose a time: {link}",
        "waitlist_offer": "To answer: {link}",
    },
    "es": {
        "": "Para confirmar o cambiarla: {link}",
        "recall": "Elija una hora: {link}",
        "waitlist_offer": "Para contestar: {link}",
    },
}
_CALL = {
    "en": {
        "": "To change it, call {phone}",
        "recall": "Please call {phone}",
        "waitlist_offer": "If you would like it, call {phone}",
    },
    "es": {
        "": "Para cambiarla, llame al {phone}",
        "recall": "Por favor, llame al {phone}",
        "waitlist_offer": "Si la quiere, llame al {phone}",
    },
}
_DAYS = {"es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]}
_MONTHS = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ]
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a template holds, or what came of it. A text has no subject."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the practice, or a neutral name for it; `neutral` leaves out place and provider too."""

    clinic: str
    phone: str
    neutral: bool = False


def language_of(code: str) -> str:
    """Return the language we have words in for somebody who speaks `code`."""
    return "es" if code.split("-", maxsplit=1)[0] == "es" else "en"


@lru_cache(maxsize=8)
def _shipped(language: str) -> dict[str, dict[str, dict[str, str]]]:
    text = (files("frontdesk.office.messaging") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def default_words(kind: str, channel: str, language: str) -> Words:
    """Return the words the program comes with."""
    given = _shipped(language)[kind][channel]
    return Words(given.get("subject", ""), given["body"].strip())


def wrong_words(channel: str, words: Words, kind: str = "") -> dict[str, str]:
    """Say what is wrong with a template (of `kind`), by field; nothing when it can be sent."""
    wrong = {}
    if channel == "email" and not words.subject.strip():
        wrong["subject"] = "An e-mail needs a subject."
    elif len(words.subject) > _LONGEST["subject"] or re.search(r"[\r\n]", words.subject):
        wrong["subject"] = "The subject is one line of at most 120 letters."
    elif told := [name for name in _PLACE.findall(words.subject) if name not in _IN_SUBJECT]:
        wrong["subject"] = f"{{{told[0]}}} may not stand in a subject: others see it. Only {{clinic}} may."
    longest = _LONGEST["body" if channel == "email" else "text"]
    if not words.body.strip():
        wrong["body"] = "Write what the message says."
    elif len(words.body) > longest:
        wrong["body"] = f"It is too long: at most {longest} letters."
    elif unknown := [name for name in _PLACE.findall(words.body) if name not in PLACEHOLDERS]:
        wrong["body"] = f"A message may not hold {{{unknown[0]}}}. Choose from the list of what it may hold."
    elif re.search(r"[{}]", _PLACE.sub("", words.body)):
        wrong["body"] = "A { or } stands alone. Write names of facts like {day}."
    elif missing := [name for name in _NEEDED.get(kind, ()) if f"{{{name}}}" not in words.body]:
        wrong["body"] = f"This message is of no use without {{{missing[0]}}}."
    return wrong


def fill(words: Words, values: Mapping[str, str], channel: str, language: str) -> Words:
    """Put the facts in their places. A line all of whose facts are missing is left out; a text ends with how to stop.

    Raises `KeyError` for a name that is not on the list: such words are refused when they are written.
    """
    lines = [_line(line, values) for line in words.body.splitlines()]
    body = "\n".join(line for line in lines if line is not None).strip()
    if channel == "text":
        return Words("", f"{_sentence(' '.join(body.split()))} {_STOP[language]}")
    return Words(" ".join(_put(words.subject, values).split()), body)


def _sentence(text: str) -> str:
    """End a text that ends with a telephone number with a full stop; never one that ends with a link."""
    last = text.rpartition(" ")[2]
    return f"{text}." if last[-1:].isdigit() and "://" not in last else text


def _line(line: str, values: Mapping[str, str]) -> str | None:
    names = _PLACE.findall(line)
    if names and not any(values[name] for name in names):
        return None
    return _put(line, values)


def _put(line: str, values: Mapping[str, str]) -> str:
    filled = straight(_PLACE.sub(lambda found: values[found[1]], line))
    # "a las 9:10 a. m." ends a sentence without a second full stop.
    return re.sub(r"(?<= m\.)\.(?!\.)", "", filled)


def values_of(
    after: Facts,
    before: Facts | None,
    sender: Sender,
    first_name: str,
    language: str,
    link: str = "",
    kind: str = "",
    pay_at: str = "",
) -> dict[str, str]:
    """Return what stands for each placeholder; what is not known or may not be told is empty."""
    phone = spoken_phone(after.phone or sender.phone)
    by_link, by_phone = (words[language].get(kind, words[language][""]) for words in (_LINK, _CALL))
    way = by_link.format(link=link) if link else by_phone.format(phone=phone) if phone else ""
    return {
        "first_name": first_name,
        "clinic": sender.clinic,
        "day": _day(after, language),
        "time": _time(after, language),
        "old_day": _day(before, language) if before else "",
        "old_time": _time(before, language) if before else "",
        "provider": "" if sender.neutral else after.provider,
        "place": "" if sender.neutral else after.place,
        "address": "" if sender.neutral else after.address,
        "phone": phone,
        "arrive_early": str(after.arrive_early or ""),
        "minutes_late": str(after.minutes_late or ""),
        "due": _month(after.due, language),
        "answer": way,
        "amount": dollars(after.cents) if after.cents else "",
        "receipt": after.receipt,
        "paid_on": _date(after.paid_on, language) if after.paid_on else "",
        "paid_with": after.paid_with,
        "pay_at": pay_at,
        "until": _until(after, language),
    }


def segments(text: str) -> int:
    """Return how many text messages carry `text`: 160 letters in one, 70 where one is beyond the plain alphabet."""
    single, several = (160, 153) if set(text) <= _GSM else (70, 67)
    return 1 if len(text) <= single else -(-len(text) // several)


def spoken_phone(number: str) -> str:
    """Return a US number as it is written: (617) 555-0100."""
    found = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number)
    return f"({found[1]}) {found[2]}-{found[3]}" if found else number


def _wall(facts: Facts) -> datetime | None:
    return to_wall(facts.starts, facts.zone) if facts.starts else None


def _day(facts: Facts, language: str) -> str:
    wall = _wall(facts)
    if wall is None:
        return ""
    if language == "es":
        return f"{_DAYS['es'][wall.weekday()]} {wall.day} de {_MONTHS['es'][wall.month - 1]}"
    return f"{wall:%A, %B} {wall.day}"


def _date(day: date, language: str) -> str:
    if language == "es":
        return f"{day.day} de {_MONTHS['es'][day.month - 1]} de {day.year}"
    return f"{day:%B} {day.day}, {day.year}"


def _until(facts: Facts, language: str) -> str:
    if facts.until is None:
        return ""
    wall = to_wall(facts.until, facts.zone)
    day = f"{wall.day} de {_MONTHS['es'][wall.month - 1]}" if language == "es" else f"{wall:%B} {wall.day}"
    return f"{day}, {_clock(wall, language)}"


def _time(facts: Facts, language: str) -> str:
    wall = _wall(facts)
    return _clock(wall, language) if wall else ""


def _clock(wall: datetime, language: str) -> str:
    half = ("a. m.", "p. m.") if language == "es" else ("AM", "PM")
    return f"{wall.hour % 12 or 12}:{wall:%M} {half[wall.hour >= 12]}"


def _month(day: date | None, language: str) -> str:
    if day is None:
        return ""
    return f"{_MONTHS['es'][day.month - 1]} de {day.year}" if language == "es" else f"{day:%B %Y}"
