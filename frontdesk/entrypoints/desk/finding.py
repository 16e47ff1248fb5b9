"""The one search of every page: people, and with @ a day or a provider. What is typed comes in the body, never in an address."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.scheduling.days import read_day
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.services import Hit
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling.queries import last_and_next

VERBS = ("book",)
# Reasons that go without saying.
PLAIN = {"name", "name and date of birth"}


@dataclass(frozen=True, slots=True)
class Row:
    """One person among the results, in words; `marked` names the columns that tell them from their namesakes."""

    id: int
    name: str
    preferred: str
    birth: str
    age: int | str
    sex: str
    phone_last4: str
    town: str
    mrn: str
    last: str
    next: str
    marked: frozenset[str]
    why: str
    href: str
    verbs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row that goes somewhere: a day of the book, a provider's day."""

    id: str
    words: str
    about: str
    icon: str
    href: str


@desk_view(("POST",))
def find(request: DeskRequest) -> HttpResponse:
    """Answer the rows for what was typed; with `pick` a person is only chosen."""
    typed = request.POST.get("q", "").strip()[:120]
    if typed.startswith("@"):
        return page(request, "desk/find.html", {"places": places(request, typed[1:].strip())}, block="places")
    verb, text = _verb(typed)
    picking = bool(request.POST.get("pick"))
    context = {"rows": rows(request, text, verb=verb, picking=picking), "typed": text, "picking": picking}
    return page(request, "desk/find.html", context, block="rows")


def rows(
    request: DeskRequest, text: str, *, verb: str = "", picking: bool = False, limit: int = 12
) -> list[Row]:
    """Return the people `text` may mean, with their last and next visit."""
    hits = patients.search(request.actor, text=text, limit=limit)
    visits = last_and_next([hit.id for hit in hits]) if hits else {}
    zone = request.location.zone
    shown = []
    for hit in hits:
        last, following = visits.get(hit.id, (None, None))
        dates = (
            ("", "") if hit.is_hidden else (wording.near_date(last, zone), wording.near_date(following, zone))
        )
        shown.append(_row(hit, dates, verb=verb, picking=picking))
    return shown


def _row(hit: Hit, visits: tuple[str, str], *, verb: str, picking: bool) -> Row:
    chart, book = f"/patients/{hit.id}", f"/patients/{hit.id}/book"
    return Row(
        id=hit.id,
        name=hit.name,
        preferred=hit.preferred,
        birth=us_date(hit.birth_date),
        age="" if hit.is_hidden else hit.age,
        sex=wording.sex(hit.sex),
        phone_last4=hit.phone_last4,
        town=hit.town,
        mrn=hit.mrn,
        last=visits[0],
        next=visits[1],
        marked=frozenset({"phone" if name == "phone_last4" else name for name in hit.differs}),
        why="" if hit.matched_by in PLAIN else hit.matched_by,
        href=f"{chart}/glass" if hit.is_hidden else book if verb == "book" else chart,
        verbs=() if picking or hit.is_hidden else (("b", "Book", book),),
    )


def places(request: DeskRequest, text: str) -> list[Place]:
    """Return the days and providers that `text` may mean."""
    today = clock.today(request.location.zone)
    found = []
    day = read_day(text, today) if text else today
    if day:
        found.append(
            Place("day", short_day(day), "the day's book", "calendar", f"/schedule?day={day:%Y-%m-%d}")
        )
    wanted = text.removeprefix("dr").lstrip(". ").casefold()
    meant = [
        one for one in providers() if wanted and wanted in f"{one.first_name} {one.last_name}".casefold()
    ]
    found += [
        Place(f"provider-{one.pk}", one.name, one.specialty, "stethoscope", f"/schedule?provider={one.pk}")
        for one in meant
    ]
    return found[:10]


def _verb(typed: str) -> tuple[str, str]:
    word, _, rest = typed.partition(" ")
    if word.casefold() in VERBS and rest.strip():
        return word.casefold(), rest.strip()
    return "", typed
