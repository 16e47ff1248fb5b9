"""From when until when a payer says that something holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdesk.office.coverage.rules.benefits import Dates

# DTP01 of X12 005010X279A1. A single day of the third kind may be a beginning or just the day asked about.
_BEGINS = frozenset({"346", "348", "356", "340", "539", "193"})
_ENDS = frozenset({"347", "349", "357", "341", "540", "194"})
_SPANS = frozenset({"291", "292", "307", "290"})
_FOREVER = 2100  # payers write 9999 and 2299 for no end


@dataclass(frozen=True, slots=True)
class Term:
    """When something begins and ends, either may be open. `about` is a single day told without saying which it is."""

    begins: date | None = None
    ends: date | None = None
    about: date | None = None

    def stands(self, day: date) -> str:
        """Say how it stands to a day: holds, not_yet, over, or other_day where it was told of a later day."""
        if self.ends is not None and self.ends < day:
            return "over"
        if self.begins is not None and self.begins > day:
            return "not_yet"
        return "other_day" if self.about is not None and self.about > day else "holds"


def term(dates: Iterable[Dates], day: date) -> Term:
    """Return what dates say together: the latest beginning and the earliest end; of several periods the one of the day."""
    begins, ends, abouts = list[date](), list[date](), list[date]()
    kinds: dict[str, list[Dates]] = {}
    for each in dates:
        if each.begins is not None:
            kinds.setdefault(each.kind, []).append(each)
    for kind, found in kinds.items():
        days = [each.begins for each in found if each.begins]
        if kind in _BEGINS:
            begins.append(max((own for own in days if own <= day), default=min(days)))
        elif kind in _ENDS:
            ends.append(min((own for own in days if own >= day), default=max(days)))
        elif kind in _SPANS:
            span = _nearest(found, day)
            if span.ends is None:
                abouts.append(span.begins or day)
            else:
                begins.append(span.begins or day)
                ends.append(span.ends)
    last = min(ends, default=None)
    return Term(
        max(begins, default=None),
        None if last is None or last.year >= _FOREVER else last,
        max(abouts, default=None),
    )


def governing(plan: tuple[Dates, ...], line: tuple[Dates, ...]) -> tuple[Dates, ...]:
    """Return the dates a line stands under: its own where it has any that say when, else the plan's."""
    return line if any(each.kind in _BEGINS | _ENDS | _SPANS for each in line) else plan


def on(dates: Iterable[Dates], kind: str) -> date | None:
    """Return the last day of a kind, None where there is none."""
    return max(
        (each.ends or each.begins for each in dates if each.kind == kind and each.begins), default=None
    )


def _nearest(spans: list[Dates], day: date) -> Dates:
    """Return the period a day lies in, else the next one, else the last."""
    ranked = sorted(spans, key=lambda each: each.begins or day)
    inside = [
        each for each in ranked if each.begins and each.begins <= day and (each.ends or each.begins) >= day
    ]
    later = [each for each in ranked if each.begins and each.begins > day]
    return (inside or later[:1] or ranked[-1:])[0]
