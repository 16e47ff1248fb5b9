"""Kinds of visit with what they need, for the screens that show and change them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from frontdesk.office.scheduling import solver
from frontdesk.office.scheduling.models import Lane, Resource, VisitLength, VisitStep, VisitType


@dataclass(frozen=True, slots=True)
class VisitKind:
    """A kind of visit, its steps in order, and the minutes of providers (by id) who differ."""

    kind: VisitType
    steps: list[VisitStep]
    lengths: dict[int, int]


def visit_kinds() -> list[VisitKind]:
    """Return every kind of visit, those still offered first; three queries."""
    steps: dict[int, list[VisitStep]] = defaultdict(list)
    for step in VisitStep.objects.order_by("order", "id"):
        steps[step.visit_type_id].append(step)
    lengths: dict[int, dict[int, int]] = defaultdict(dict)
    for kind, provider, minutes in VisitLength.objects.values_list("visit_type", "provider", "minutes"):
        lengths[kind][provider] = minutes
    kinds = VisitType.objects.order_by("-is_active", "name")
    return [VisitKind(kind, steps[kind.pk], lengths[kind.pk]) for kind in kinds]


def kinds_with(provider_id: int | None) -> list[tuple[VisitType, int]]:
    """Return the kinds of visit that a provider's time can be given to, by name, with the minutes it takes this provider.

    Without a provider (a room's time, say) it is every kind in use, with its usual minutes.
    """
    kinds = VisitType.objects.filter(is_active=True).order_by("name")
    if provider_id is None:
        return [(kind, kind.minutes) for kind in kinds]
    steps = VisitStep.objects.filter(visit_type=OuterRef("pk"))
    kinds = kinds.filter(Exists(steps.filter(pool=solver.PROVIDER)) | ~Exists(steps))
    own = dict(VisitLength.objects.filter(provider=provider_id).values_list("visit_type", "minutes"))
    return [(kind, own.get(kind.pk, kind.minutes)) for kind in kinds]


def lanes() -> list[tuple[str, int, list[str]]]:
    """Return each lane: its name, how many at the same time, and the kinds of visit it names (none: any)."""
    rows = Lane.objects.prefetch_related("visit_types").order_by("name")
    return [(row.name, row.seats, sorted(kind.name for kind in row.visit_types.all())) for row in rows]


def pools() -> list[str]:
    """Return what a step can ask for, as the resources in use name it."""
    rows = Resource.objects.filter(is_active=True).order_by("pool")
    return list(rows.values_list("pool", flat=True).distinct())
