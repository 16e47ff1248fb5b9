"""What was read on an insurance card, beside what is on file: the same, another, or new. It settles nothing."""

import unicodedata
from dataclasses import dataclass
from datetime import date

SURE = 85
"""From so many percent on what was read is shown without a word of doubt; below it asks to be looked at twice."""
# Fields of a policy that a card proposes, and what it tells beside them.
PROPOSED = ("payer_id", "member_id", "group_number", "plan_name", "begins")
TOLD = ("payer_name", "name", "copays", "phone", "payer_number")
PATIENT = "patient"
"""The value of `name` where the card names the patient."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing read on a card: its field, its value as it is kept, how it is printed, how sure that is (0 to 100).

    `payer_id` is a payer's row as text, `payer_name` what may be the name of one that is not on the list; `begins` a day in ISO 8601, `name` "First Last" or `PATIENT`; `copays`, `phone`
    and `payer_number` stand as they are printed.
    """

    field: str
    value: str
    printed: str
    sure: int


def stands(proposed: Proposed, on_file: object) -> str:
    """Say how what was read stands to what is on file: same, new (nothing is on file) or other."""
    if on_file in {None, ""}:
        return "new"
    kept = on_file.isoformat() if isinstance(on_file, date) else str(on_file)
    if proposed.field in {"member_id", "group_number"}:
        return "same" if _bare(kept) == _bare(proposed.value) else "other"
    return "same" if _letters(kept) == _letters(proposed.value) else "other"


def kept(proposed: Proposed) -> object:
    """Return a proposal's value as a policy keeps it: a payer's row, a day, a text."""
    match proposed.field:
        case "payer_id":
            return int(proposed.value)
        case "begins":
            return date.fromisoformat(proposed.value)
    return proposed.value


def may_be(read: str, first: str, last: str) -> bool:
    """Say whether a name on a card is somebody's: it begins with their first name and ends with their last.

    Blanks do not count: narrow ones are read as none. A middle name or initial may stand between.
    """
    name, begins, ends = _letters(read), _letters(first.split(maxsplit=1)[0] if first else ""), _letters(last)
    return bool(begins and ends) and name.startswith(begins) and name.endswith(ends) and name != ends


def _bare(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())
