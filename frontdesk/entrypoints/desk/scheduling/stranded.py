"""Visits that a change of hours left outside open time: a list to work, nobody forgotten."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling


@desk_view()
def stranded(request: DeskRequest) -> HttpResponse:
    """Show the visits outside open hours, soonest first."""
    found = queries.stranded(request.location.pk)
    names = [one.appointment.patient_id for one in found]
    scheduling.open_list(request.actor, name="stranded", location_id=request.location.pk, patient_ids=names)
    rows = [
        {
            "id": one.pk,
            "visit": one.appointment,
            "birth": us_date(one.appointment.patient.birth_date),
            "when": when(one.appointment.starts, one.appointment.zone),
            "why": one.why,
        }
        for one in found
    ]
    return page(request, "desk/scheduling/stranded.html", {"rows": rows})


@desk_view(("POST",))
def settle(request: DeskRequest, stranded_id: int) -> HttpResponse:
    """It stays as it is: somebody will see them all the same."""
    scheduling.settle_stranded(request.actor, stranded_id=stranded_id)
    if request.is_fragment:
        return tell(HttpResponse(status=204), "Stays as it is.")
    return done(request, "/schedule/stranded", "Stays as it is.")
