"""The lines of a payer's answer in plain words, one for each thing it said."""

from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.entrypoints.desk.coverage import terms
from frontdesk.entrypoints.desk.templating import phone, us_date
from frontdesk.office.coverage.rules import service_types, wording
from frontdesk.office.coverage.rules.benefits import Benefit, Dates, Delivery, Entity, Told


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a payer said. `chosen` is that the verdict rests on it."""

    what: str
    services: str
    amount: str
    period: str
    network: str
    level: str
    notes: tuple[str, ...]
    chosen: bool = False


def lines(told: Told, chosen: Iterable[int]) -> list[Line]:
    """Return all that was said, in the payer's order."""
    picked = set(chosen)
    return [_line(one, at in picked) for at, one in enumerate(told.lines)]


def spans(dates: Iterable[Dates]) -> list[tuple[str, str]]:
    """Return days and periods in words, each with what it is."""
    return [
        (terms.DATES.get(one.kind, f"date {one.kind}").capitalize(), words)
        for one in dates
        if (words := " to ".join(us_date(day) for day in (one.begins, one.ends) if day))
    ]


def _line(one: Benefit, chosen: bool) -> Line:
    return Line(
        what=terms.INFORMATION.get(one.information, f"Said {one.information}"),
        services=", ".join(service_types.named(code) for code in one.services),
        amount=_amount(one),
        period=terms.PERIODS.get(one.period, one.period and f"period {one.period}"),
        network=terms.NETWORKS.get(one.network, ""),
        level=terms.LEVELS.get(one.level, one.level),
        notes=tuple(_notes(one)),
        chosen=chosen,
    )


def _amount(one: Benefit) -> str:
    told = []
    if one.amount is not None:
        told.append(wording.money(one.amount))
    if one.percent is not None:
        told.append(wording.percent(one.percent))
    if one.quantity is not None:
        counted = terms.COUNTS.get(one.quantity_kind, "")
        told.append(f"{wording.count(one.quantity)} {counted}".strip())
    return ", ".join(told)


def _notes(one: Benefit) -> Iterable[str]:
    if one.plan:
        yield one.plan
    if one.authorization:
        yield terms.YES_NO.get(one.authorization, "")
    if one.procedure:
        yield f"for procedure {' '.join((one.procedure, *one.modifiers))}"
    yield from (_limit(each) for each in one.limits if each.quantity is not None)
    for name, words in spans(one.dates):
        yield f"{name.lower()} {words}"
    yield from (_place(each.code, each.words) for each in one.places)
    yield from (_entity(each) for each in one.entities)
    yield from (f"{each.words or 'number'} {each.number}".strip() for each in one.references)
    yield from one.messages


def _limit(one: Delivery) -> str:
    count = wording.count(one.quantity) if one.quantity is not None else ""
    return " ".join(part for part in (count, terms.COUNTS.get(one.kind, ""), _per(one)) if part)


def _per(one: Delivery) -> str:
    period = terms.PERIODS.get(one.period, "")
    return f"in {one.periods} × {period}" if one.periods and period else period


def _place(code: str, words: str) -> str:
    return words or (f"place of service {code}" if code else "")


def _entity(one: Entity) -> str:
    name = " ".join(part for part in (one.first, one.name) if part)
    role = terms.ROLES.get(one.role, "Also concerns")
    return ", ".join(
        part for part in (f"{role}: {name}".removesuffix(": "), one.id, phone(one.phone)) if part
    )
