"""The rules of the book as they are entered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.kit import clock
from frontdesk.office.scheduling.models import Template, TemplateBlock, TimeOff


@dataclass(frozen=True, slots=True)
class TemplateRule:
    """A template with its lines, by weekday and time."""

    template: Template
    blocks: list[TemplateBlock]


def templates_of(resource_id: int) -> list[TemplateRule]:
    """Return a resource's templates, the present one first; two queries."""
    rows = list(Template.objects.filter(resource_id=resource_id).order_by("-effective_from", "-id"))
    blocks = list(
        TemplateBlock.objects.filter(template__in=rows)
        .select_related("lane")
        .order_by("weekday", "begins", "id")
    )
    return [TemplateRule(row, [b for b in blocks if b.template_id == row.pk]) for row in rows]


def present_rules(resource_ids: Iterable[int]) -> dict[int, TemplateRule]:
    """Return of each resource the template that `templates_of` has first; two queries for all of them."""
    first: dict[int, Template] = {}
    for row in Template.objects.filter(resource__in=list(resource_ids)).order_by("-effective_from", "-id"):
        first.setdefault(row.resource_id, row)
    blocks: dict[int, list[TemplateBlock]] = defaultdict(list)
    lines = TemplateBlock.objects.filter(template__in=list(first.values()))
    for line in lines.order_by("weekday", "begins", "id"):
        blocks[line.template_id].append(line)
    return {resource: TemplateRule(row, blocks[row.pk]) for resource, row in first.items()}


def time_off_of(resource_id: int) -> list[TimeOff]:
    """Return a resource's time off that is not over, soonest first."""
    return list(TimeOff.objects.filter(resource_id=resource_id, ends__gte=clock.now()).order_by("begins"))
