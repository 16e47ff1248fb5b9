"""Issuing the numbers of paper forms: each once, the same one for a visit however often its pack is written."""

from collections.abc import Iterable
from datetime import date, timedelta

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.downtime import rules
from frontdesk.office.downtime.errors import EnteredBefore, NoSuchNumber
from frontdesk.office.downtime.events import FormVoided
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment


@service("downtime.issue_forms", permission="downtime.write_pack")
def issue_forms(by: Actor, /, *, location_id: int, day: date) -> list[PaperForm]:
    """See that each visit of a site's day has its form, and that there are enough without a name; return them all.

    Issued already, they stay: packs of the same day, written at different hours, have the same numbers.
    """
    must_work_at(by, location_id, "There is no such location.")
    place = Location.objects.select_for_update().filter(pk=location_id).first()
    if place is None:
        msg = "There is no such location."
        raise NotFound(msg)
    booked = _booked(place, day)
    have = list(PaperForm.objects.filter(location=place, day=day).exclude(state=rules.VOID))
    named = {form.appointment_id for form in have if form.appointment_id}
    # A visit moved here from elsewhere, or to another day, keeps the form it was given first.
    named |= set(
        PaperForm.objects.exclude(state=rules.VOID)
        .filter(appointment__in=set(booked) - named)
        .values_list("appointment_id", flat=True)
    )
    wanted: list[tuple[str, int | None]] = [(rules.VISIT, pk) for pk in booked if pk not in named]
    for kind, enough in (
        (rules.WALK_IN, rules.blanks_for(len(booked))),
        (rules.RECEIPT, rules.receipts_for(len(booked))),
    ):
        open_still = sum(form.kind == kind and form.state == rules.ISSUED for form in have)
        wanted += [(kind, None)] * (enough - open_still)
    made = _make(place, day, wanted)
    record(by, after={"location": place.pk, "day": day, "issued": len(made), "whole": len(have) + len(made)})
    return sorted([*have, *made], key=lambda form: form.pk)


@service("downtime.void_form", permission="downtime.void")
def void_form(by: Actor, /, *, number: str, reason: str) -> PaperForm:
    """Note that a form will not be entered, and why: torn, not used, written on by mistake. Void already is fine.

    Raises `NoSuchNumber`, and `EnteredBefore` for one that was entered: its visit is corrected on the visit.
    """
    form = form_of(number)
    must_work_at(by, form.location_id, "There is no such form.")
    if form.state == rules.VOID:
        return form
    if form.state == rules.ENTERED:
        raise EnteredBefore(form)
    if not reason.strip():
        msg = "Please say why this form is not entered."
        raise Invalid(msg, fields={"reason": msg})
    void(by, form, reason.strip())
    return form


@service("downtime.adopt_form", permission="downtime.void")
def adopt_form(by: Actor, /, *, number: str, location_id: int, day: date, reason: str) -> PaperForm:
    """Take over a form whose number is whole, though this database never issued it: it was put back from a backup.

    It is a form without a name from then on. Known already is fine. Raises `NoSuchNumber` for a misread number.
    """
    must_work_at(by, location_id, "There is no such location.")
    digits = rules.read_number(number)
    if not rules.is_whole(digits):
        raise misread()
    known = PaperForm.objects.filter(number=digits).first()
    if known is not None:
        must_work_at(by, known.location_id, "There is no such form.")
        return known
    if not reason.strip():
        msg = "Please say where this form comes from."
        raise Invalid(msg, fields={"reason": msg})
    made = PaperForm.objects.create(
        number=digits, location_id=location_id, day=day, kind=rules.WALK_IN, issued_at=clock.now()
    )
    record(by, subject=made, after={"location": location_id, "day": day}, reason=reason.strip())
    return made


def void(by: Actor, form: PaperForm, reason: str) -> None:
    """Void an issued form, inside a verb that has locked it."""
    changes = {"state": rules.VOID, "void_reason": reason[:200], "void_at": clock.now(), "void_by": by.name}
    before = save_changes(form, changes)
    record(by, subject=form, before={"state": before["state"]}, after={"state": rules.VOID}, reason=reason)
    publish(FormVoided(form.pk, clock.now()))


def form_of(number: str) -> PaperForm:
    """Return the form with this number, locked until the verb ends; raise `NoSuchNumber`, saying what is wrong."""
    digits = rules.read_number(number)
    if not rules.is_whole(digits):
        raise misread()
    found = PaperForm.objects.select_for_update(of=("self",)).filter(number=digits).first()
    if found is None:
        msg = "No form was issued here under that number. If it is from another practice or an older database, ask a lead."
        raise NoSuchNumber(msg, "unknown_number")
    return found


def misread() -> NoSuchNumber:
    """Say that a number cannot be right as it was read."""
    return NoSuchNumber(
        "That number was misread: its last digit does not fit the others. Look again.", "misread"
    )


def _booked(place: Location, day: date) -> list[int]:
    begins = walltime.midnight_utc(day, place.zone)
    ends = walltime.midnight_utc(day + timedelta(days=1), place.zone)
    rows = Appointment.objects.filter(location=place, starts__gte=begins, starts__lt=ends)
    return list(
        rows.exclude(status=Appointment.Status.CANCELLED)
        .order_by("starts", "pk")
        .values_list("pk", flat=True)
    )


def _make(place: Location, day: date, wanted: Iterable[tuple[str, int | None]]) -> list[PaperForm]:
    asked, now = list(wanted), clock.now()
    if not asked:
        return []
    numbers: set[str] = set()
    while len(numbers) < len(asked):
        numbers |= {rules.fresh_number() for _ in range(len(asked) - len(numbers))}
        numbers -= set(PaperForm.objects.filter(number__in=numbers).values_list("number", flat=True))
    rows = [
        PaperForm(
            number=number, location=place, day=day, kind=kind, appointment_id=appointment, issued_at=now
        )
        for number, (kind, appointment) in zip(numbers, asked, strict=True)
    ]
    return PaperForm.objects.bulk_create(rows)
