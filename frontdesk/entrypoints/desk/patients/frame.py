"""What stands around every page of a record: the banner and the tabs."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, page
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.privacy.wording import chip
from frontdesk.entrypoints.desk.scheduling.wording import age
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Conflict, NotFound
from frontdesk.kit.sensitivity import sees
from frontdesk.kit.walltime import to_wall
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import Banner, glass_of, read_banner
from frontdesk.office.patients.services import Chart
from frontdesk.office.privacy import queries as privacy
from frontdesk.office.scheduling.queries import Visit, visits_of_patient

GONE = {"cancelled", "no_show"}
TABS = (
    ("Overview", "", "patients.view"),
    ("Person", "/person", "patients.view"),
    ("Contacts and permissions", "/contacts", "patients.view"),
    ("Alerts", "/alerts", "patients.see_alerts"),
    ("Insurance", "/insurance", "coverage.view"),
    ("Money", "/money", "payments.view"),
    ("Visits", "/visits", "patients.view"),
    ("History", "/history", "patients.see_history"),
    ("Messages", "/messages", "messaging.view"),
    ("Privacy", "/privacy", "privacy.view"),
)


class MergedMeanwhile(Conflict):
    """The chart a form was drawn for has become part of another since."""


def open_unmerged(request: DeskRequest, patient_id: int, purpose: str) -> Chart:
    """Return the chart that is to be changed; what was typed for one chart is never written into another."""
    chart = patients.open_chart(request.actor, patient_id, purpose=purpose)
    if chart.patient.pk != patient_id:
        msg = (
            "This chart was merged into another meanwhile. Nothing was written; open it again to go on there."
        )
        raise MergedMeanwhile(msg, chart.patient)
    return chart


def frame(request: DeskRequest, chart: Chart, path: str = "") -> dict[str, Any]:
    """Return what every page of a record shows: banner, visits, tabs."""
    banner = read_banner(chart.patient.pk)
    if banner is None:
        msg = "There is no such patient."
        raise NotFound(msg)
    found = visits_of_patient(chart.patient.pk)
    home = f"/patients/{chart.patient.pk}"
    return {
        "chart": chart,
        "patient": chart.patient,
        "b": banner_words(request, chart, banner, found),
        "tabs": [
            (label, home + end, end == path, str(number % 10))
            for number, (label, end, permission) in enumerate(TABS, 1)
            if request.actor.can(permission)
        ],
        "found": found,
        "here": home + path,
    }


def banner_words(request: DeskRequest, chart: Chart, banner: Banner, found: list[Visit]) -> dict[str, Any]:
    """Return the banner's values, in words."""
    now = clock.now()
    zone = request.location.zone
    coming = sorted((v for v in found if v.starts >= now and v.status not in GONE), key=lambda v: v.starts)
    past = next((v for v in found if v.starts < now and v.status not in GONE), None)
    caller = chip(privacy.standing(request.actor.id, banner.id), zone)
    confidential = [("bad", "Confidential communications")] if banner.confidential else []
    if banner.confidential and chart.patient.confidential_note:
        confidential = [("bad", f"Confidential: {chart.patient.confidential_note}")]
    alerts = [(wording.alert_tone(show), words) for _, _, words, show in banner.alerts]
    return {
        "id": banner.id,
        "name": banner.legal_name,
        "preferred": banner.name if banner.preferred else "",
        "birth": us_date(banner.birth_date),
        "age": age(banner.birth_date, clock.today(zone)),
        "sex": wording.sex(banner.sex),
        "pronouns": banner.pronouns,
        "mrn": banner.mrn,
        "phone": banner.phone,
        "language": banner.language if banner.language not in {"English", ""} or banner.interpreter else "",
        "interpreter": banner.interpreter,
        "alerts": caller + confidential + alerts + _notice(banner.id, clock.today(zone)),
        "deceased": _died(chart) if banner.is_deceased else "",
        "photo": f"/patients/{banner.id}/photo?v={chart.patient.version}" if chart.patient.photo else "",
        "last": wording.moment(past.starts, zone) if past else "",
        "next": wording.moment(coming[0].starts, zone) if coming else "",
        "next_id": coming[0].id if coming else 0,
        "inactive": chart.patient.status == "inactive",
        "today": _today(request, found),
        "is_asked": bool(caller),
        "glass": _glass(request, chart),
    }


def _glass(request: DeskRequest, chart: Chart) -> str:
    """Return until when this restricted record is open to who looks; "" where their role sees it anyway."""
    if sees(request.actor, chart.patient.labels):
        return ""
    found = glass_of(request.actor, chart.patient.pk)
    return wall_time(to_wall(found.until, request.location.zone)) if found else ""


def _today(request: DeskRequest, found: list[Visit]) -> Visit | None:
    """Return the visit somebody who stands at the desk has come for: today's, not yet over, the first of them."""
    today = clock.today(request.location.zone)
    open_still = (v for v in found if v.wall.date() == today and v.status not in GONE | {"done"})
    return min(open_still, key=lambda v: v.starts, default=None)


def _notice(patient_id: int, day: date) -> list[tuple[str, str]]:
    """Return a word about the privacy notice, where the patient has still to be given it."""
    return [("warn", "Privacy notice not answered")] if privacy.lacks_notice(patient_id, day) else []


def with_banner(request: DeskRequest, chart: Chart, answer: HttpResponse) -> HttpResponse:
    """Add the banner to an answer, to replace the one on the page: what was changed may stand in it."""
    again = page(request, "desk/patients/_banner.html", {**frame(request, chart), "oob": True})
    answer.content += again.content
    return answer


def _died(chart: Chart) -> str:
    return us_date(chart.patient.deceased_on) or "on a day that is not recorded"
