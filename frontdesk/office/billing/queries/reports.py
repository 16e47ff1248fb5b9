"""What was waived at visits, for the manager."""

from collections.abc import Collection
from datetime import date

from frontdesk.office.billing.models import Uncollected

MOST = 2000


def waived(location_ids: Collection[int], first: date, last: date) -> list[Uncollected]:
    """Return what was waived at the visits of these days at these locations, the newest first; one query."""
    rows = Uncollected.objects.filter(
        why=Uncollected.Why.WAIVED, location__in=location_ids, day__range=(first, last)
    )
    return list(rows.order_by("-id")[:MOST])
