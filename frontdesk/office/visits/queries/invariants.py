"""What must always be true of the visit day, proved from its rows; at most `SHOWN` breaches each, as row ids."""

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from django.db.models import F, Q

from frontdesk.office.visits import rules
from frontdesk.office.visits.models import FollowUp, Step, Visit

SHOWN = 100
MOMENTS = ("arrived_at", "checked_in_at", "roomed_at", "with_provider_at", "checkout_at", "done_at")


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    return {
        "visits.history_leads_to_the_status": lambda: list(islice(_history_leads_to_the_status(), SHOWN)),
        "visits.moments_follow_each_other": lambda: list(islice(_moments_follow_each_other(), SHOWN)),
        "visits.every_step_was_allowed": lambda: list(islice(_every_step_was_allowed(), SHOWN)),
        "visits.settled_follow_ups_led_somewhere": lambda: list(islice(_settled_led_somewhere(), SHOWN)),
        "visits.nobody_was_here_without_arriving": lambda: list(islice(_nobody_without_arriving(), SHOWN)),
    }


def _history_leads_to_the_status() -> Iterator[str]:
    """Follow each visit's steps: each begins where the one before ended, and the last is where the visit stands."""
    rows = Step.objects.order_by("appointment_id", "id").values_list(
        "appointment_id", "before", "after", "appointment__status"
    )
    seen: int | None = None
    stood = status = ""
    for pk, before, after, now in rows.iterator(chunk_size=5000):
        if pk != seen:
            if seen is not None and stood != status and stood in rules.HERE:
                yield f"appointment {seen}: its history ends at {stood}, it stands at {status}"
            seen = pk
        elif before != stood and stood in rules.HERE:
            yield f"appointment {pk}: a step from {before}, though it stood at {stood}"
        stood, status = after, now
    if seen is not None and stood != status and stood in rules.HERE:
        yield f"appointment {seen}: its history ends at {stood}, it stands at {status}"


def _moments_follow_each_other() -> Iterator[str]:
    for before, after in pairwise(MOMENTS):
        for pk in Visit.objects.filter(**{f"{after}__lt": F(before)}).values_list(
            "appointment_id", flat=True
        ):
            yield f"appointment {pk}: {after} lies before {before}"


def _every_step_was_allowed() -> Iterator[str]:
    rows = Step.objects.exclude(kind="undo").values_list("appointment_id", "before", "after", "kind")
    for pk, before, after, kind in rows.iterator(chunk_size=5000):
        allowed = rules.is_step if kind == "step" else rules.is_correction
        if not allowed(before, after):
            yield f"appointment {pk}: from {before} to {after} is no {kind}"


def _settled_led_somewhere() -> Iterator[str]:
    lost = FollowUp.objects.filter(settled_at__isnull=False, booked=None, recall=None, declined="")
    for pk in lost.values_list("pk", flat=True):
        yield f"follow-up {pk} is settled, but neither booked, recalled nor declined"


def _nobody_without_arriving() -> Iterator[str]:
    """Whoever has steps and is in the building has the moment they came."""
    here = Visit.objects.filter(Q(appointment__status__in=rules.HERE), arrived_at=None)
    for pk in here.values_list("appointment_id", flat=True):
        yield f"appointment {pk} is here without having arrived"
