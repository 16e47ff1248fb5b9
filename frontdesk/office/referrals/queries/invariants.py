"""What must always be true of referrals, proved from their rows; at most `SHOWN` breaches each, as row ids."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db.models import Count, F

from frontdesk.office.referrals.models import Authorization, Use

SHOWN = 100


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    return {
        "referrals.what_is_used_is_counted": lambda: list(islice(_counted(), SHOWN)),
        "referrals.a_use_is_of_the_patient_who_comes": lambda: list(islice(_of_the_patient(), SHOWN)),
    }


def _counted() -> Iterator[str]:
    live = dict(
        Use.objects.filter(back_at=None).values_list("authorization").annotate(number=Count("pk")).order_by()
    )
    for pk, used in Authorization.objects.order_by("pk").values_list("pk", "used").iterator(chunk_size=5000):
        if used != live.get(pk, 0):
            yield f"authorization {pk} says {used} are used, and {live.get(pk, 0)} are"


def _of_the_patient() -> Iterator[str]:
    others = Use.objects.filter(back_at=None).exclude(authorization__patient=F("appointment__patient"))
    for pk in others.values_list("pk", flat=True):
        yield f"use {pk} is of one patient's authorization and of another's visit"
