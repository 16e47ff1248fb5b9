"""What the visits of a span of days were to bring in at the desk: what a rate of collection is of."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import Substr

from frontdesk.office.billing import rules
from frontdesk.office.billing.models import VisitCharge
from frontdesk.office.billing.queries.expecting import known_of
from frontdesk.office.visits.models import Visit

MOST = 400
"""So many visits without a charge are priced by what is known of them now; a practice that charges has far fewer."""


def shares_by_day(location_ids: Sequence[int], first: date, last: date) -> dict[date, int]:
    """Return the patients' part of the visits of each day that somebody came to, in cents; at most twenty-four queries.

    A visit that is charged counts with the patient's part of its charge: what is paid, waived or noted of it changes no day
    that is over. One that is not counts with what it costs the patient by what is known now, the newest `MOST` of them.
    """
    if not location_ids:
        return {}
    span = (first.isoformat(), (last + timedelta(days=1)).isoformat())
    found: dict[date, int] = defaultdict(int)
    charges = VisitCharge.objects.filter(
        taken_back_at=None,
        appointment__location__in=location_ids,
        appointment__wall__gte=span[0],
        appointment__wall__lt=span[1],
    )
    by_day = charges.annotate(on=Substr("appointment__wall", 1, 10)).values("on").order_by("on")
    for row in by_day.annotate(cents=Sum("patient_cents")):
        found[date.fromisoformat(row["on"])] += row["cents"]
    came = Visit.objects.filter(
        location__in=location_ids,
        appointment__wall__gte=span[0],
        appointment__wall__lt=span[1],
        arrived_at__isnull=False,
        left_unseen=False,
    ).exclude(appointment__in=charges.values("appointment"))
    ids = list(came.order_by("-appointment__starts").values_list("appointment_id", flat=True)[:MOST])
    for one in known_of(ids).values():
        found[one.day] += rules.expected(one.facts).share
    return dict(found)
