"""The living catalogue: every component in every state, and three sample screens to copy from. Its people are invented."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.chart_samples import BARS, COLUMNS, HEAT, LINE, PAIRS
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.samples import DAY, FIGURES, HITS, OFFERS, QUEUE, TODAY
from frontdesk.kit.errors import NotFound

SCREENS = {
    "components": "desk/catalogue.html",
    "desk": "desk/catalogue/desk.html",
    "schedule": "desk/catalogue/schedule.html",
    "patient": "desk/catalogue/patient.html",
    "panel": "desk/catalogue/panel.html",
}


@desk_view()
def catalogue(request: DeskRequest) -> HttpResponse:
    """Show one sheet of the catalogue; `?show=` names it."""
    wanted = request.GET.get("show", "components")
    if wanted not in SCREENS:
        msg = "The catalogue has no such sheet."
        raise NotFound(msg)
    return page(request, SCREENS[wanted], samples())


def samples() -> dict[str, object]:
    """Return the invented people and times the sheets are filled with."""
    charts = {"bars": BARS, "columns": COLUMNS, "line": LINE, "heat": HEAT, "pairs": PAIRS}
    return {
        "today": TODAY,
        "day": DAY,
        "offers": OFFERS,
        "hits": HITS,
        "queue": QUEUE,
        "charts": charts,
        "figures": FIGURES,
    }
