"""What must always be true of paper forms, proved from their rows; at most `SHOWN` breaches each, as row ids."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db.models import Count, F

from frontdesk.office.downtime import rules
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.visits.models import Step

SHOWN = 100


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    return {
        "downtime.numbers_are_whole": lambda: list(islice(_broken_numbers(), SHOWN)),
        "downtime.no_visit_was_entered_twice": lambda: list(islice(_entered_twice(), SHOWN)),
        "downtime.what_was_entered_is_in_the_book": lambda: list(islice(_not_in_the_book(), SHOWN)),
    }


def _broken_numbers() -> Iterator[str]:
    for pk, number in PaperForm.objects.values_list("pk", "number").iterator(chunk_size=5000):
        if not rules.is_whole(number):
            yield f"form {pk}: its number fails its check digit"


def _entered_twice() -> Iterator[str]:
    entered = PaperForm.objects.filter(state=rules.ENTERED).values("appointment_id")
    for row in entered.annotate(forms=Count("pk")).filter(forms__gt=1).order_by():
        yield f"appointment {row['appointment_id']} was entered from {row['forms']} forms"


def _not_in_the_book() -> Iterator[str]:
    """Each entered form has a visit at its site, and the visit has a history unless nobody came."""
    entered = PaperForm.objects.filter(state=rules.ENTERED)
    for pk in entered.filter(appointment=None).values_list("pk", flat=True):
        yield f"form {pk} is entered, but has no visit"
    for pk in entered.exclude(appointment__location=F("location")).values_list("pk", flat=True):
        yield f"form {pk} is entered for a visit at another site"
    came = entered.exclude(outcome=rules.NO_SHOW)
    for pk in came.exclude(appointment__in=Step.objects.values("appointment")).values_list("pk", flat=True):
        yield f"form {pk} is entered, but its visit has no history"
