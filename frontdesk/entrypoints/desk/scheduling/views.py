"""Saved views of the book: which columns, which place, under a name and a number key."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.office.accounts import services as accounts

KEEPS = {"provider", "location", "by", "room", "view"}
MOST = 8


@dataclass(frozen=True, slots=True)
class View:
    """One saved view."""

    name: str
    href: str


def saved_views(request: DeskRequest) -> list[View]:
    """Return this person's views, in the order they were saved."""
    return [View(one["name"], _href(one["query"])) for one in request.person.preferences.get("views", [])]


@desk_view(("GET", "POST"))
def save(request: DeskRequest) -> HttpResponse:
    """Keep what the book shows now under a name, or forget a name."""
    query = _clean((request.POST if request.method == "POST" else request.GET).get("query", ""))
    if request.method == "GET":
        return _form(request, query)
    views = list(request.person.preferences.get("views", []))
    if drop := request.POST.get("drop"):
        _keep(request, [one for one in views if one["name"] != drop])
        return tell(_form(request, query), "Removed.")
    name = request.POST.get("name", "").strip()[:40]
    if not name:
        return _form(request, query, {"name": "Give it a name."})
    others = [one for one in views if one["name"] != name]
    if len(others) >= MOST:
        return _form(request, query, {"name": f"{MOST} views are the most. Remove one first."})
    _keep(request, [*others, {"name": name, "query": query or "view=day"}])
    return tell(HttpResponse(status=204), "Saved.", close=True)


def _keep(request: DeskRequest, views: list[dict[str, str]]) -> None:
    """Keep the views with the person, so that they are there at the next sign-in and on every workstation."""
    request.person = accounts.set_preferences(request.actor, changes={"views": views})


def _form(request: DeskRequest, query: str, errors: dict[str, str] | None = None) -> HttpResponse:
    context = {
        "query": query,
        "errors": errors or {},
        "name": request.POST.get("name", ""),
        "saved": saved_views(request),
    }
    return panel(
        request,
        "desk/scheduling/view_panel.html",
        context,
        title="Save this view",
        status=422 if errors else 200,
    )


def _clean(query: str) -> str:
    return urlencode([(name, value) for name, value in parse_qsl(query) if name in KEEPS])


def _href(query: str) -> str:
    pairs = dict(parse_qsl(query))
    path = {"week": "/schedule/week", "agenda": "/schedule/agenda"}.get(pairs.pop("view", ""), "/schedule")
    return f"{path}?{urlencode([(n, v) for n, v in parse_qsl(query) if n != 'view'])}"
