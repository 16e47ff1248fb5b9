"""The search as a page of its own, with the charts that were open lately."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.finding import rows
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.office.patients.queries import recent_patients
from frontdesk.office.scheduling.queries import last_and_next


@desk_view(("GET", "POST"))
def search(request: DeskRequest) -> HttpResponse:
    """Show who was searched for; before anything is typed, whose charts were open lately."""
    typed = request.POST.get("q", "").strip()[:120]
    context = {
        "typed": typed,
        "rows": rows(request, typed, limit=30) if typed else [],
        "recent": [] if typed else _recent(request),
    }
    return page(request, "desk/patients/search.html", context, block="found" if request.is_fragment else None)


def _recent(request: DeskRequest) -> list[dict[str, object]]:
    people = recent_patients(request.person.pk)
    visits = last_and_next([one.id for one in people]) if people else {}
    zone = request.location.zone
    return [
        {
            "one": one,
            "sex": wording.sex(one.sex),
            "at": wording.moment(one.at, zone),
            "last": wording.short_date(visits.get(one.id, (None, None))[0], zone),
            "next": wording.short_date(visits.get(one.id, (None, None))[1], zone),
        }
        for one in people
    ]
