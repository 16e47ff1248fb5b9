"""The privacy desk: what is due, what is overdue, what waits for an answer, who has not seen the notice."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.privacy.alarms import line
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy import queries
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Restriction
from frontdesk.office.privacy.rules import clocks
from frontdesk.office.visits import queries as visits

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of work: whose it is, what, until when, and how pressing."""

    patient_id: int
    name: str
    href: str
    what: str
    about: str
    left: str
    tone: str


@desk_view()
def desk(request: DeskRequest) -> HttpResponse:
    """Show the work of the privacy desk, the most pressing first."""
    place, day = request.location, clock.today(request.location.zone)
    rows = [_request(one) for one in queries.open_requests(day)]
    waiting = [_restriction(one) for one in queries.open_restrictions()]
    coming = {line.patient_id: line for line in visits.day_of(day, place.pk, place.zone)}
    today = [
        (one.pk, one.name, wall_time(coming[one.pk].wall))
        for one in queries.missing(day, among=coming)[:SHOWN]
    ]
    missing = list(queries.missing(day)[: SHOWN + 1])
    alarms = queries.open_alarms()
    shown = (
        [one.patient_id for one in rows + waiting]
        + [one.patient_id for one in alarms if one.patient_id]
        + [pk for pk, _, _ in today]
        + [one.pk for one in missing]
    )
    privacy.open_desk(request.actor, patient_ids=shown)
    notice = queries.current_notice(day)
    context = {
        "failed": [line(one, place.zone) for one in alarms],
        "overdue": [one for one in rows if one.tone == "bad"],
        "due": [one for one in rows if one.tone != "bad"],
        "waiting": waiting,
        "today": sorted(today, key=lambda one: one[1]),
        "missing": [
            (one.pk, one.name, "" if one.is_hidden else us_date(one.birth_date)) for one in missing[:SHOWN]
        ],
        "more": len(missing) > SHOWN,
        "notice": notice,
    }
    return page(request, "desk/privacy/desk.html", context)


def _request(one: queries.Due) -> Row:
    asked = one.request
    about = f"{_said(asked.patient, asked.what)}asked {us_date(asked.asked_on)}"
    if asked.extended_on:
        about = f"{about} · extended {us_date(asked.extended_on)}"
    return Row(
        one.patient_id,
        one.patient_name,
        f"/patients/{one.patient_id}/privacy/request/{asked.pk}",
        clocks.KINDS[asked.kind],
        about,
        f"{one.clock.words}, {us_date(one.clock.due)}",
        one.clock.tone,
    )


def _restriction(one: Restriction) -> Row:
    return Row(
        one.patient_id,
        one.patient.name,
        f"/patients/{one.patient_id}/privacy/restriction/{one.pk}",
        "A restriction",
        f"{_said(one.patient, one.what)}asked {us_date(one.asked_on)}",
        "To be answered",
        "warn",
    )


def _said(patient: Patient, what: str) -> str:
    """Return what somebody asked in their own words, which tell what a restricted record is about."""
    return "" if patient.is_hidden else f"{what[:120]} · "
