"""What a booking and a move say of referrals and authorizations: before the last key, and right after it. It never stands in the way."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.kit.errors import Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.referrals import queries
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.rules.saying import WORDS, counted, named
from frontdesk.office.scheduling.models import Appointment, VisitType


def before_booking(
    request: DeskRequest, patient_id: int | None, kind: VisitType, day: date
) -> tuple[str, ...]:
    """Return what is to be known before a visit of this kind is booked for that day."""
    if patient_id is None or not _may_see(request, patient_id):
        return ()
    return tuple(one.words for one in queries.stand_of(patient_id, kind, day).cautions)


def before_moving(request: DeskRequest, appointment_id: int, day: date) -> tuple[str, ...]:
    """Return what is to be known before a visit is moved to that day: what it uses now may not hold then."""
    row = Appointment.objects.select_related("visit_type").get(pk=appointment_id)
    if not _may_see(request, row.patient_id):
        return ()
    return tuple(one.words for one in queries.stand_moved(row, day).cautions)


def taken_up(request: DeskRequest, *made: Appointment) -> None:
    """Have visits that were just booked or moved take what fits them, so that it can be said at once."""
    if made and request.actor.can("referrals.fit") and queries.has_any(made[0].patient_id):
        for one in made:
            with suppress(Refusal):  # it is booked all the same, and fitted by itself in a moment
                referrals.fit_visit(request.actor.keyless(), appointment_id=one.pk)


def after_booking(request: DeskRequest, made: Appointment) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Return what a visit uses, as rows of its card, and what it still lacks."""
    if not _may_see(request, made.patient_id):
        return [], ()
    stand = queries.stand_of(
        made.patient_id, made.visit_type, to_wall(made.starts, made.zone).date(), appointment_id=made.pk
    )
    rows = [(WORDS[one.kind].capitalize(), f"{named(one)}, {counted(one)}") for one in stand.uses]
    return rows, tuple(one.words for one in stand.cautions)


def after_series(request: DeskRequest, made: Sequence[Appointment]) -> tuple[str, ...]:
    """Return what the visits of a series lack, each said once with the days it is true of."""
    found: dict[str, list[str]] = {}
    for one in made:
        day = to_wall(one.starts, one.zone).date()
        for words in after_booking(request, one)[1]:
            found.setdefault(words, []).append(short_day(day))
    return tuple(f"{words} ({', '.join(days)})" if len(made) > 1 else words for words, days in found.items())


def _may_see(request: DeskRequest, patient_id: int) -> bool:
    """Say whether what a patient has is for whoever asks: of a restricted record nothing is said."""
    try:
        find_patient(request.actor, patient_id)
    except Refusal:
        return False
    return request.actor.can("referrals.view")
