"""What must always be true of the visit day, proved from its rows; at most `SHOWN` breaches each, as row ids."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from django.db.models import F, Q

from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.privacy.models import Restriction
from frontdesk.office.visits import rules
from frontdesk.office.visits.models import FollowUp, Paying, Step, Visit
from frontdesk.office.visits.queries.paying import about_visit

SHOWN = 100
AT_ONCE = 500
MOMENTS = ("arrived_at", "checked_in_at", "roomed_at", "with_provider_at", "checkout_at", "done_at")


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    return {
        "visits.history_leads_to_the_status": lambda: list(islice(_history_leads_to_the_status(), SHOWN)),
        "visits.moments_follow_each_other": lambda: list(islice(_moments_follow_each_other(), SHOWN)),
        "visits.every_step_was_allowed": lambda: list(islice(_every_step_was_allowed(), SHOWN)),
        "visits.settled_follow_ups_led_somewhere": lambda: list(islice(_settled_led_somewhere(), SHOWN)),
        "visits.nobody_was_here_without_arriving": lambda: list(islice(_nobody_without_arriving(), SHOWN)),
        "visits.cases_pay_for_their_own_patient": lambda: list(islice(_cases_of_others(), SHOWN)),
        "visits.what_is_kept_from_a_plan_is_restricted": lambda: list(
            islice(_kept_without_restriction(), SHOWN)
        ),
        "visits.no_plan_was_asked_about_what_the_patient_pays": lambda: list(
            islice(_asked_all_the_same(), SHOWN)
        ),
    }


def _cases_of_others() -> Iterator[str]:
    rows = Paying.objects.filter(case__isnull=False).exclude(case__patient=F("appointment__patient"))
    for pk in rows.values_list("appointment_id", flat=True):
        yield f"appointment {pk}: paid by the case of another patient"


def _kept_without_restriction() -> Iterator[str]:
    rows = Paying.objects.filter(reason="kept").values_list("appointment_id", flat=True)
    restricted = set(Restriction.objects.exclude(subject="").values_list("subject", flat=True))
    for pk in rows.iterator():
        if about_visit(pk) not in restricted:
            yield f"appointment {pk}: kept from the health plan without a restriction"


def _asked_all_the_same() -> Iterator[str]:
    """Tell of questions that went out about a visit after it was said that the patient pays for it."""
    rows = Paying.objects.filter(how=Paying.How.SELF_PAY).values_list("appointment_id", "noted_at")
    said = {about_visit(pk): noted for pk, noted in rows}
    for some in _batched(sorted(said), AT_ONCE):
        sent = EligibilityCheck.objects.filter(about__in=some).exclude(question="")
        for about, at in sent.values_list("about", "asked_at"):
            if at > said[about]:
                yield f"{about}: a health plan was asked, though the patient pays"


def _batched(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield names in lists of no more than `size`: a statement takes no more."""
    for start in range(0, len(names), size):
        yield names[start : start + size]


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
