"""Entering a paper form: the whole visit at once, with the times it really had, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.downtime import rules
from frontdesk.office.downtime.errors import (
    EnteredBefore,
    ForAnother,
    MaybeTwice,
    NotOpen,
    NoVisitForm,
    OnScreen,
)
from frontdesk.office.downtime.events import FormEntered
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.downtime.queries.recovery import Recovery, recovery_of
from frontdesk.office.downtime.services.forms import form_of, void
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.services import mark_no_show
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.rules import AHEAD, ARRIVED, CHECKED_IN, HERE, ROOMED, WITH_PROVIDER

# The rules a walk-in of paper may have broken. It is written down because it happened, whoever writes it down.
NO_PLACE = "There is no such location."
_OVERRIDES = ("capacity", "visit_type", "time_off")
_STAGES = (ARRIVED, CHECKED_IN, ROOMED, WITH_PROVIDER)


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Who came without an appointment, for what and to whom."""

    patient_id: int
    visit_type_id: int
    provider_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a form. `moments` are UTC by the names of `rules.MOMENTS`; `weeks` is a follow-up that was ordered.

    `twice` says that the same patient really came more than once that day.
    """

    outcome: str = rules.SEEN
    moments: Mapping[str, datetime | None] = field(default_factory=dict)
    room_id: int | None = None
    companion: str = ""
    note: str = ""
    weeks: int | None = None
    twice: bool = False


@service("downtime.open_form", permission="downtime.enter", reads=True)
def open_form(by: Actor, /, *, number: str = "", form_id: int | None = None) -> PaperForm:
    """Return a form by its number or its row, with its visit and patient. Raises `NoSuchNumber`, `NotFound`."""
    form = form_of(number) if form_id is None else _form_at(form_id)
    must_work_at(by, form.location_id, "There is no such form.")
    patient_id = form.appointment.patient_id if form.appointment else None
    record(by, subject=form, patient_id=patient_id)
    return form


@service("downtime.open_recovery", permission="downtime.enter", reads=True)
def open_recovery(by: Actor, /, *, location_id: int, day: date) -> Recovery:
    """Return how far the entering of a site's day has come; whose names it shows goes on record."""
    place = Location.objects.filter(pk=location_id).first()
    if place is None:
        raise NotFound(NO_PLACE)
    must_work_at(by, place.pk, NO_PLACE)
    found = recovery_of(place, day)
    record(
        by, extra={"list": "downtime recovery", "location": place.pk, "day": day, "shown": found.patient_ids}
    )
    return found


@service("downtime.enter_form", permission="downtime.enter")
def enter_form(
    by: Actor,
    /,
    *,
    number: str,
    paper: Paper,
    appointment_id: int | None = None,
    walk_in: WalkIn | None = None,
) -> PaperForm:
    """Enter a form: for the visit it was printed for, or, without a name on it, for a booked visit or a walk-in.

    The stages the visit has reached on the screen meanwhile stay; those after them get the times of the form.
    Raises `NoSuchNumber`, `EnteredBefore`, `NotOpen`, `ForAnother`, `OnScreen`, `MaybeTwice`, `Invalid`, and what the
    steps of a visit raise.
    """
    form = _open_form(number)
    must_work_at(by, form.location_id, "There is no such form.")
    _must_be_right(paper)
    if walk_in is not None and form.kind == rules.WALK_IN:
        row = _walk_in(by, form, paper, walk_in)
    else:
        row = _booked(by, form, appointment_id)
        _go_through(by, form, row, paper)
    row.refresh_from_db()
    moments = {name: at.isoformat() for name, at in paper.moments.items() if at is not None}
    changes: dict[str, object] = {
        "state": rules.ENTERED,
        "appointment": row,
        "entered_at": clock.now(),
        "entered_by": by.name,
        "outcome": paper.outcome,
        "moments": {**moments, **({"walk_in": "yes"} if walk_in and form.kind == rules.WALK_IN else {})},
    }
    save_changes(form, changes)
    after = {"state": rules.ENTERED, "appointment": row.pk, "outcome": paper.outcome, **moments}
    record(by, subject=form, patient_id=row.patient_id, before={"state": rules.ISSUED}, after=after)
    publish(FormEntered(form.pk, row.pk, row.patient_id, form.day, clock.now()))
    return form


def _form_at(form_id: int) -> PaperForm:
    found = PaperForm.objects.filter(pk=form_id).first()
    if found is None:
        msg = "There is no such form."
        raise NotFound(msg)
    return found


def _open_form(number: str) -> PaperForm:
    form = form_of(number)
    if form.state == rules.ENTERED:
        raise EnteredBefore(form)
    if form.state == rules.VOID:
        raise NotOpen(form)
    if form.kind == rules.RECEIPT:
        msg = "That is a receipt. Keep it with the day’s money; it is no visit."
        raise NoVisitForm(msg, form)
    return form


def _must_be_right(paper: Paper) -> None:
    if paper.outcome not in rules.OUTCOMES:
        msg = "Say whether they were seen, left, or did not come."
        raise Invalid(msg, fields={"outcome": msg})
    wrong = rules.wrong_moments(paper.outcome, paper.moments, clock.now())
    if wrong:
        msg = "The times cannot be right as they stand."
        raise Invalid(msg, fields=wrong)
    if paper.weeks is not None and not 0 <= paper.weeks <= 104:
        msg = "A follow-up is due within two years."
        raise Invalid(msg, fields={"weeks": msg})


def _booked(by: Actor, form: PaperForm, appointment_id: int | None) -> Appointment:
    """Return the booked visit a form is for, once it is clear that it is not in yet."""
    if form.appointment_id and appointment_id not in {None, form.appointment_id}:
        msg = "This form was printed for another visit. Enter it for that one, or use a form without a name."
        raise ForAnother(msg, form)
    wanted = form.appointment_id or appointment_id
    rows = Appointment.objects.select_related("patient").filter(location_id=form.location_id)
    row = rows.filter(pk=wanted).first() if wanted else None
    if row is None:
        msg = "Choose the visit this form is about, or the patient who came without one."
        raise Invalid(msg, fields={"appointment": msg})
    other = (
        PaperForm.objects.select_for_update()
        .filter(appointment=row)
        .exclude(pk=form.pk)
        .exclude(state=rules.VOID)
        .first()
    )
    if other is not None and other.state == rules.ENTERED:
        raise EnteredBefore(other)
    if other is not None:
        void(by, other, f"form {rules.shown(form.number)} was used instead")
    if row.status == Appointment.Status.CANCELLED:
        msg = (
            "That visit was cancelled. If they came all the same, enter a form without a name, as a walk-in."
        )
        raise OnScreen(msg, row)
    if row.status == Appointment.Status.DONE:
        msg = "That visit is done on the screen already. Void the form if it says the same."
        raise OnScreen(msg, row)
    return row


def _walk_in(by: Actor, form: PaperForm, paper: Paper, who: WalkIn) -> Appointment:
    if paper.outcome == rules.NO_SHOW:
        msg = "A walk-in came; say whether they were seen or left."
        raise Invalid(msg, fields={"outcome": msg})
    if not paper.twice:
        _not_twice(form, who.patient_id)
    words = f"walk-in on paper, form {rules.shown(form.number)}"
    more = {f"scheduling.override_{rule}" for rule in _OVERRIDES}
    visit = visits.walk_in(
        replace(by, permissions=by.permissions | more),
        patient_id=who.patient_id,
        visit_type_id=who.visit_type_id,
        location_id=form.location_id,
        provider_id=who.provider_id,
        reason=who.reason,
        companion=paper.companion,
        override_reason=words,
        at=paper.moments.get("arrived"),
    )
    row = Appointment.objects.get(pk=visit.appointment_id)
    _go_through(by, form, row, paper)
    return row


def _not_twice(form: PaperForm, patient_id: int) -> None:
    """Refuse a walk-in who may be somebody entered before, or somebody who has a visit that day."""
    same = PaperForm.objects.filter(location_id=form.location_id, day=form.day).exclude(state=rules.VOID)
    for other in same.filter(appointment__patient_id=patient_id).select_related("appointment")[:20]:
        number = rules.shown(other.number)
        if other.state == rules.ENTERED:
            msg = f"This patient was entered for that day already, from form {number}. Did they come twice?"
            raise MaybeTwice(msg, other)
        if other.appointment and other.appointment.status in AHEAD:
            msg = f"This patient has a visit that day, on form {number}. Choose that visit, or say that they came twice."
            raise MaybeTwice(msg, other)


def _go_through(by: Actor, form: PaperForm, row: Appointment, paper: Paper) -> None:
    """Take the visit through the stages of the form that it has not reached yet."""
    if paper.outcome == rules.NO_SHOW:
        if row.status != Appointment.Status.NO_SHOW:
            mark_no_show(by, appointment_id=row.pk)
        return
    words = f"paper form {rules.shown(form.number)}"
    for status in _STAGES[_reached(row) :]:
        _stage(by, row.pk, status, paper, words)
    if paper.note.strip():
        visits.set_note(by, appointment_id=row.pk, note=paper.note)
    if paper.weeks is not None:
        _order(by, row, paper.weeks, paper.note)
    out = paper.moments.get("out")
    if paper.outcome == rules.LEFT:
        visits.leave(by, appointment_id=row.pk, at=out, reason=words)
    elif out is not None:
        visits.check_out(by, appointment_id=row.pk, at=out)


def _reached(row: Appointment) -> int:
    """Return how many stages a visit has behind it on the screen."""
    if row.status in _STAGES:
        return _STAGES.index(row.status) + 1
    return len(_STAGES) if row.status in HERE else 0


def _stage(by: Actor, pk: int, status: str, paper: Paper, words: str) -> None:
    """Take a visit to one stage if the form has a time for it."""
    at = paper.moments.get(status)
    if at is None:
        return
    if status == ARRIVED:
        visits.arrive(by, appointment_id=pk, at=at, companion=paper.companion, other_site=words)
    elif status == CHECKED_IN:
        visits.settle(by, appointment_id=pk, item="identity", answer=f"asked and seen, {words}")
        visits.check_in(by, appointment_id=pk, at=at)
    elif status == ROOMED:
        visits.room(by, appointment_id=pk, room_id=paper.room_id, at=at)
    else:
        visits.start(by, appointment_id=pk, at=at)


def _order(by: Actor, row: Appointment, weeks: int, note: str) -> None:
    """Put the follow-up that was ordered on the recall list, where somebody will call and book it."""
    order = visits.order_follow_up(
        by,
        appointment_id=row.pk,
        visit_type_id=row.visit_type_id,
        weeks=weeks,
        provider_id=row.provider_id,
        note=note[:200],
    )
    visits.settle_follow_up(by, follow_up_id=order.pk)
