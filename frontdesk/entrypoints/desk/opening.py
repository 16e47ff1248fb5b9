"""Opening a practice: its name and its first location, then who and what can be booked there."""

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, Refusal
from frontdesk.office.practice import services as practice
from frontdesk.office.practice.queries import locations
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Resource

ZONES = [
    ("America/New_York", "Eastern"), ("America/Chicago", "Central"), ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"), ("America/Los_Angeles", "Pacific"), ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"), ("America/Puerto_Rico", "Puerto Rico"), ("Pacific/Guam", "Guam"),
]  # fmt: skip
PLACE = ("line", "city", "state", "zip", "zone")
KINDS = [("provider", "Provider"), ("staff", "Nurse or other staff"), ("room", "Room"), ("device", "Device")]
GENDERS = [("", "Not said"), ("female", "Female"), ("male", "Male"), ("nonbinary", "Nonbinary")]
FIELDS = (
    *("name", "phone", "location_name", "line", "city", "state", "zip", "zone", "kind", "pool"),
    *("first_name", "last_name", "credential", "specialty", "gender", "languages"),
)
WHO = ("first_name", "last_name", "credential", "specialty", "gender")


@desk_view(("GET", "POST"), before_opening=True)
def set_up(request: DeskRequest) -> HttpResponse:
    """Ask for the practice and its first location; open it."""
    if locations():
        return HttpResponseRedirect("/")
    may = request.actor.can("practice.change")
    if request.method == "GET" or not may:
        return page(request, "desk/set_up.html", _asked(request) | {"may": may}, status=200 if may else 403)
    given = {name: request.POST.get(name, "").strip() for name in (*PLACE, "name", "phone", "location_name")}
    year = clock.now().year
    try:
        practice.set_up(
            request.actor,
            name=given["name"],
            phone=given["phone"],
            location={name: given[name] for name in PLACE} | {"name": given["location_name"]},
            years=[year, year + 1],
        )
        scheduling.adopt_reasons(request.actor)
    except Refusal as refusal:
        context = _asked(request, refusal) | {"may": True}
        return page(request, "desk/set_up.html", context, status=STATUS[refusal.kind])
    return done(request, "/resources/new", "The practice is open. Now say who can be booked.")


@desk_view(("GET", "POST"))
def add_resource(request: DeskRequest) -> HttpResponse:
    """Add a provider, someone of the staff, a room or a device that can be booked here."""
    if not request.actor.can("practice.change"):
        msg = "Your role does not add providers or rooms. Ask the practice manager."
        raise NotPermitted(msg, "practice.change")
    if request.method == "GET":
        return page(request, "desk/scheduling/resource.html", _asked(request))
    data = request.POST
    try:
        made = _made(request, data.get("kind", ""))
    except Refusal as refusal:
        context = _asked(request, refusal)
        return page(request, "desk/scheduling/resource.html", context, status=STATUS[refusal.kind])
    return done(
        request, f"/templates/{made.pk}?new=1", f"{made.name} is added. Now say when they can be booked."
    )


def _made(request: DeskRequest, kind: str) -> Resource:
    data, place = request.POST, request.location.pk
    if kind == "provider":
        who = {name: data.get(name, "").strip() for name in WHO}
        spoken = [
            word for word in data.get("languages", "").lower().replace(",", " ").split() if len(word) == 2
        ]
        return scheduling.add_provider(request.actor, location_id=place, languages=spoken or ["en"], **who)
    if kind not in dict(KINDS):
        raise Invalid("Say what it is.", fields={"kind": "Choose one."})
    pool = "-".join(data.get("pool", "").lower().split()) or {"staff": "nurse", "room": "exam"}.get(kind, "")
    return scheduling.add_resource(
        request.actor, kind=kind, name=data.get("name", "").strip(), pool=pool, location_id=place
    )


def _asked(request: DeskRequest, refusal: Refusal | None = None) -> dict[str, object]:
    return {
        "given": {name: request.POST.get(name, "") for name in FIELDS},
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
        "zones": ZONES,
        "kinds": KINDS,
        "genders": GENDERS,
        "pools": book.pools(),
    }
