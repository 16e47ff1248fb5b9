"""What services cost on a day, by the practice's own fee schedule."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from frontdesk.office.billing.models import Fee, UsualService


def fees_on(codes: Collection[str], day: date) -> dict[tuple[str, str], Fee]:
    """Return the fees of some codes that hold on a day, by code and modifier; one query."""
    rows = Fee.objects.filter(Q(ends=None) | Q(ends__gte=day), code__in=codes, begins__lte=day)
    return {(row.code, row.modifier): row for row in rows.order_by("begins")}


def usual_services(visit_type_id: int | None) -> list[UsualService]:
    """Return what a visit of a type usually is made of, in the order it was noted; one query."""
    return list(UsualService.objects.filter(visit_type_id=visit_type_id).order_by("id"))
