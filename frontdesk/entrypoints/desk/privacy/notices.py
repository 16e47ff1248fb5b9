"""The notice of privacy practices: its versions, and a new one."""

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.forms import day
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, Refusal
from frontdesk.office.privacy import queries
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Notice


@desk_view(("GET", "POST"))
def notices(request: DeskRequest) -> HttpResponse:
    """Show every version, and publish a new one."""
    if request.method == "GET":
        return _page(request)
    data = request.POST
    try:
        made = privacy.publish_notice(
            request.actor,
            label=data.get("label", ""),
            effective=day(data, "effective"),
            text=data.get("text", ""),
            text_es=data.get("text_es", ""),
            is_material=bool(data.get("is_material")),
        )
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted):
            raise
        return _page(request, refusal)
    return done(request, "/privacy/notices", f"Version {made.label} is published.")


@desk_view()
def notice(request: DeskRequest, notice_id: int) -> HttpResponse:
    """Show the words of one version, to read or to print."""
    found = Notice.objects.filter(pk=notice_id).first()
    if found is None:
        raise Http404
    return page(request, "desk/privacy/notice.html", {"n": found})


def _page(request: DeskRequest, refusal: Refusal | None = None) -> HttpResponse:
    today = clock.today(request.location.zone)
    current = queries.current_notice(today)
    context = {
        "notices": queries.notices(),
        "current": current.pk if current else 0,
        "today": us_date(today),
        "data": request.POST if refusal else {},
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/privacy/notices.html", context, status=status)
