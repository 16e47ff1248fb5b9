"""Why a wished time is not free: every rule that stands against it, and what overrides each."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Refusal
from frontdesk.office.audit.services import record, service
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import closed_for
from frontdesk.office.scheduling.errors import NotOpen, NotWithProvider, OnTimeOff, SlotTaken, WrongVisitType
from frontdesk.office.scheduling.models import Hold, Resource, VisitType
from frontdesk.office.scheduling.services._taking import legs_for
from frontdesk.office.scheduling.services.limits import limits
from frontdesk.office.scheduling.services.openings import OpeningsAsk, at_own_sites, kind_of


@dataclass(frozen=True, slots=True)
class Blocker:
    """One rule that stands against a time; `permission` is what overrides it, "" when nothing does."""

    rule: str
    words: str
    permission: str = ""


@service("scheduling.why_not", permission="scheduling.view", reads=True)
def why_not(
    by: Actor, /, *, ask: OpeningsAsk, starts: datetime, provider_id: int | None = None
) -> list[Blocker]:
    """Return every rule that stands against `starts` (UTC), in words, and what overrides it; empty when it is free."""
    kind, ask = kind_of(ask.visit_type_id), at_own_sites(by, ask)
    blockers = []
    if starts < clock.now():
        blockers.append(Blocker("past", "That time has passed."))
    if ask.patient_id is not None:
        against = limits(kind, ask.patient_id, starts.date(), moving=ask.moving)
        blockers += [Blocker("limit", why) for why in against]
    providers: list[int | None] = [provider_id] if provider_id else [*ask.provider_ids] or [None]
    for location_id in ask.location_ids or _locations():
        found = [_refusals(kind, one, location_id, starts) for one in providers]
        if not all(found):
            record(by, patient_id=ask.patient_id)
            return blockers
        blockers += [blocker for several in found for blocker in several]
    record(by, patient_id=ask.patient_id)
    return list(dict.fromkeys(blockers))


def _refusals(kind: VisitType, provider_id: int | None, location_id: int, starts: datetime) -> list[Blocker]:
    overriding: set[str] = set()
    found: list[Blocker] = []
    who = provider_id
    for _ in range(4):
        try:
            legs_for(kind, who, location_id, starts, overriding=frozenset(overriding))
        except NotWithProvider:  # the question is then about the time alone
            who = None
        except (NotOpen, WrongVisitType, SlotTaken) as refusal:
            rule = _rule(refusal)
            if rule in overriding:
                return [*found, Blocker(rule, refusal.sentence)]
            overriding.add(rule)
            found.append(
                Blocker(rule, _in_words(refusal, location_id, starts), f"scheduling.override_{rule}")
            )
        else:
            return found
    return found


def _rule(refusal: Refusal) -> str:
    if isinstance(refusal, NotOpen):
        return "time_off"
    return "visit_type" if isinstance(refusal, WrongVisitType) else "capacity"


def _in_words(refusal: Refusal, location_id: int, starts: datetime) -> str:
    if isinstance(refusal, SlotTaken):
        held = Hold.objects.filter(
            location_id=location_id, starts__lte=starts, ends__gt=starts, expires_at__gt=clock.now()
        )
        by_whom = held.values_list("held_by", flat=True).first()
        return f"{by_whom} is holding that time for a caller." if by_whom else refusal.sentence
    if isinstance(refusal, NotOpen) and not isinstance(refusal, OnTimeOff):
        day = walltime.to_wall(starts, Location.objects.get(pk=location_id).zone).date()
        holiday = closed_for(day, [location_id])
        return f"The office is closed for {holiday}." if holiday else refusal.sentence
    return refusal.sentence


def _locations() -> list[int]:
    return list(Resource.objects.filter(is_active=True).values_list("location_id", flat=True).distinct())
