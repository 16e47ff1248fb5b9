"""What is open before a day is closed: visits, their charges, what was to be collected."""

from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.payments.plan_words import autopay_trouble
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import queries as billing
from frontdesk.office.billing.queries import Left
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.queries import cards_in_doubt, today_at, watched_plans
from frontdesk.office.visits import queries as visits
from frontdesk.office.visits import rules


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open: whose, what it is in words, and where it is seen to."""

    patient_id: int
    who: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Open things of one kind."""

    code: str
    words: str
    items: list[Item]


CARD = {
    CardCharge.State.WAITING: "is still to be sent",
    CardCharge.State.AT_READER: "is at the reader",
    CardCharge.State.DOUBT: "is not known yet: the processor is being asked",
}


def open_items(request: DeskRequest, day: date) -> list[Group]:
    """Return what is open on a day of the site: not arrived, not checked out, no charge, not collected, cards in doubt, autopay."""
    place = request.location
    lines = visits.day_of(day, place.pk, place.zone)
    ahead = [_visit(line, "was not here") for line in lines if line.status in rules.AHEAD]
    here = [_visit(line, "is not checked out") for line in lines if line.status in rules.HERE]
    cards = [
        Item(
            one.patient_id, f"Card, {dollars(one.cents)}", f"{CARD[CardCharge.State(one.state)]}, since {wall_time(to_wall(one.at, place.zone))}",
            f"/patients/{one.patient_id}",
        )
        for one in cards_in_doubt(place.pk)
    ]  # fmt: skip
    groups = [
        Group("ahead", "Not arrived", ahead),
        Group("here", "Not checked out", here),
        Group("uncharged", "No charge", uncharged(request, day)),
        Group("uncollected", "Not collected", uncollected(request, day)),
        Group("cards", "Cards in doubt", cards),
        Group("autopay", "Autopay not charged", not_charged(place.pk)),
    ]
    return [one for one in groups if one.items]


def not_charged(location_id: int) -> list[Item]:
    """Return the plans whose card was not charged by itself, with the reason: to be asked for, not for this day to wait for."""
    missed = watched_plans(location_id, today_at(location_id), missed=True)
    return [
        Item(one.plan.patient_id, one.plan.patient.name, said, f"/patients/{one.plan.patient_id}/money")
        for one in missed
        if (said := autopay_trouble(one))
    ]


def uncharged(request: DeskRequest, day: date) -> list[Item]:
    """Return the visits of a day that nothing was charged for."""
    return [_visit(one, "is not charged") for one in billing.uncharged(request.location.pk, day)]


def uncollected(request: DeskRequest, day: date) -> list[Item]:
    """Return what was to be collected at the visits of a day and was not, with the reason that was given."""
    found = billing.uncollected(request.location.pk, day)
    return [Item(one.line.patient_id, one.line.name, _left(one), f"/visits/{one.line.id}") for one in found]


def _left(one: Left) -> str:
    said = [f"{dollars(one.cents)} due, nobody said why it was not collected"] if one.cents else []
    said += [
        f"{dollars(row.cents)}: {row.get_why_display().lower()}{f', {row.words}' if row.words else ''}"
        for row in one.rows
    ]
    return "; ".join(said)


def _visit(line: visits.Line, says: str) -> Item:
    return Item(
        line.patient_id,
        line.name,
        f"{wall_time(line.wall)} with {line.provider or 'nobody yet'} {says}",
        f"/visits/{line.id}",
    )
