"""How the payer writes what the practice writes otherwise: names, the date of birth, the member ID."""

import unicodedata

from frontdesk.office.coverage.rules import wording
from frontdesk.office.coverage.rules.benefits import Known, Told
from frontdesk.office.coverage.rules.tasks import Task

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NAMES = {"last": "last name", "first": "first name"}


def spelling_tasks(told: Told, asked: Known) -> list[Task]:
    """Return one task for each field that the payer corrected. What it did not tell, or cut short, is no correction.

    Capitals, accents, hyphens and a Jr. make no difference: payers keep names without them. Claims are matched by what
    the payer writes.
    """
    person = told.person
    tasks = [
        _task(field, words, getattr(asked, field), getattr(person, field))
        for field, words in _NAMES.items()
        if not _same_name(getattr(asked, field), getattr(person, field))
    ]
    if asked.birth_date and person.birth_date and asked.birth_date != person.birth_date:
        ours, theirs = wording.day(asked.birth_date), wording.day(person.birth_date)
        data = {
            "field": "birth_date",
            "ours": asked.birth_date.isoformat(),
            "theirs": person.birth_date.isoformat(),
        }
        tasks.append(Task("spelled", f"The payer has the date of birth {theirs}, we have {ours}.", data))
    number = person.member_id or told.subscriber.member_id
    if asked.member_id and number and _signs(asked.member_id) != _signs(number):
        tasks.append(_task("member_id", "member ID", asked.member_id, number))
    return tasks


def _task(field: str, words: str, ours: str, theirs: str) -> Task:
    data = {"field": field, "ours": ours, "theirs": theirs}
    return Task("spelled", f"The payer has the {words} {theirs}, we have {ours}.", data)


def _same_name(ours: str, theirs: str) -> bool:
    one, other = _letters(ours), _letters(theirs)
    return not one or not other or one == other or (len(other) >= 10 and one.startswith(other))


def _letters(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold()).replace("-", " ")
    words = "".join(c if c.isalnum() else " " if c.isspace() else "" for c in bare).split()
    return "".join(word for word in words if word not in _SUFFIXES) or "".join(words)


def _signs(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())
