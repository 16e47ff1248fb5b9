"""The papers of the visit day as PDF. Each is made by a verb that puts it on record; no file name says whose it is."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import long_date, wall_time
from frontdesk.entrypoints.desk.visits import paper_lists, paper_pages
from frontdesk.entrypoints.desk.visits.days import planned_day
from frontdesk.entrypoints.desk.visits.paper_words import LANGUAGES
from frontdesk.kit import clock
from frontdesk.kit.walltime import CELL, midnight_utc, to_wall
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import practice
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits import services as visits

SHORTEST = 4  # cells of five minutes that make a gap worth a word


@desk_view()
def slip(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Print the routing slip of a visit."""
    line = visits.print_paper(request.actor, appointment_id=appointment_id, name="slip")
    who, settled = queries.person_of(line.patient_id), queries.settled_of(line.id)
    return pdf("routing-slip", paper_pages.slip(line, who, settled, office_of(request.location)))


@desk_view()
def label(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Print the chart label of a visit."""
    line = visits.print_paper(request.actor, appointment_id=appointment_id, name="label")
    return pdf("label", paper_pages.chart_label(line, queries.person_of(line.patient_id), clock.now()))


@desk_view()
def visit_slip(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Print what the patient takes home, in Spanish for who speaks it, or as `lang` says."""
    line = visits.print_paper(request.actor, appointment_id=appointment_id, name="visit-slip")
    who = queries.person_of(line.patient_id)
    told = paper_pages.TakenHome(
        line,
        who,
        scheduling.open_appointment(request.actor, appointment_id=appointment_id).patient_instructions,
        queries.coming_of(line.patient_id),
        queries.on_recall_of(line.id),
    )
    asked = request.GET.get("lang") or who.language
    language = asked if asked in LANGUAGES else "en"
    return pdf("visit-slip", paper_pages.visit_slip(told, office_of(request.location), language))


@desk_view()
def huddle(request: DeskRequest) -> HttpResponse:
    """Print the huddle sheets of a day: a page for each provider, or for one."""
    place, day = request.location, planned_day(request)
    wanted = number(request.GET.get("provider"))
    lines = [
        line
        for line in queries.day_of(day, place.pk, place.zone)
        if wanted is None or line.provider_id == wanted
    ]
    shown = [line.patient_id for line in lines]
    visits.open_day(request.actor, name="huddle", location_id=place.pk, patient_ids=shown)
    new = frozenset(queries.new_patients(day, place.pk, place.zone))
    gaps = _gaps(request, lines)
    days = [
        paper_lists.Huddle(provider or "Nurse visits and devices", those, gaps.get(provider_id or 0), new)
        for (provider, provider_id), those in _by_provider(lines)
    ]
    return pdf("huddle", paper_lists.huddle(days, office_of(place), long_date(day)))


@desk_view()
def roster(request: DeskRequest) -> HttpResponse:
    """Print who is in the building: patients and visitors, to tick off outside."""
    place = request.location
    today = queries.day_of(clock.today(place.zone), place.pk, place.zone)
    inside = sorted((line for line in today if line.status in rules.HERE), key=lambda line: line.name)
    shown = [line.patient_id for line in inside]
    visits.open_day(request.actor, name="roster", location_id=place.pk, patient_ids=shown)
    return pdf("roster", paper_lists.roster(inside, queries.visitors_in(place.pk), office_of(place)))


def pdf(name: str, content: bytes) -> HttpResponse:
    """Answer with a page to look at and print; the browser keeps it under a name that says nothing of anybody."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def office_of(place: Location) -> paper_pages.Office:
    """Return where papers of a site come from, made now."""
    found = practice()
    return paper_pages.Office(found.name if found else "", place, clock.now())


def _by_provider(
    lines: list[queries.Line],
) -> Iterable[tuple[tuple[str, int | None], list[queries.Line]]]:
    ordered = sorted(
        lines, key=lambda one: (not one.provider, one.provider, one.provider_id or 0, one.starts)
    )
    for key, those in groupby(ordered, key=lambda line: (line.provider, line.provider_id)):
        yield key, list(those)


def _gaps(request: DeskRequest, lines: list[queries.Line]) -> dict[int, list[str]]:
    """Return each provider's free stretches of a day as words; nothing where the book may not be seen."""
    if not lines or not request.actor.can("scheduling.view"):
        return {}
    place, day = request.location, lines[0].wall.date()
    midnight = midnight_utc(day, place.zone)

    def words(first: int, cells: int) -> str:
        begins, ends = (to_wall(midnight + at * CELL, place.zone) for at in (first, first + cells))
        return f"{wall_time(begins)} to {wall_time(ends)}"

    return {
        column.provider_id: [words(first, cells) for first, cells in column.free if cells >= SHORTEST]
        for column in book.day_grid(day, place.pk).columns
        if column.provider_id is not None
    }
