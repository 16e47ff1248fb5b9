"""A provider is out: everyone affected on one sheet, a new time proposed for each, settled row by row, nobody forgotten."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.attempts import Tried, tried_about
from frontdesk.entrypoints.desk.scheduling.days import read_day
from frontdesk.entrypoints.desk.scheduling.openings import Time, apart, time_of
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.entrypoints.desk.scheduling.reasons import reason_groups
from frontdesk.entrypoints.desk.scheduling.tokens import read_token
from frontdesk.entrypoints.desk.scheduling.wording import said_day, said_time, short_day, when
from frontdesk.entrypoints.desk.templating import phone, us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.errors import LimitNotMet
from frontdesk.office.scheduling.models import RescueItem, RescueSheet
from frontdesk.office.scheduling.services import OpeningsAsk

SETTLED = {"moved": "Moved", "cancelled": "Cancelled", "kept": "Stays as it is"}


@dataclass(frozen=True, slots=True)
class Line:
    """One patient of the sheet: the time that is lost, the time proposed, the calls."""

    id: int
    appointment_id: int
    patient_id: int
    name: str
    birth: str
    what: str
    lost: str
    proposed: str
    with_whom: str
    status: str
    settled: str
    tries: list[Tried]


@desk_view(("GET", "POST"))
def rescue(request: DeskRequest) -> HttpResponse:
    """Show the sheets, and open one for a provider and days."""
    if request.method == "GET":
        return _start(request)
    try:
        today = clock.today(request.location.zone)
        provider_id = number(request.POST.get("provider"))
        first = read_day(request.POST.get("from", ""), today)
        last = read_day(request.POST.get("to", ""), today) or first
        missing = {} if provider_id else {"provider": "Choose who is out."}
        missing |= {} if first else {"from": "Say the first day: today, fri, 3/14."}
        if provider_id is None or first is None or last is None:
            raise Invalid("Something is missing.", fields=missing)
        already = queries.open_rescue_sheet(provider_id, first, last)
        sheet = scheduling.open_rescue(
            request.actor,
            provider_id=provider_id,
            first_day=first,
            last_day=last,
            reason=request.POST.get("reason", "").strip(),
        )
        scheduling.propose(request.actor, sheet_id=sheet.pk)
    except Refusal as refusal:
        return _start(request, refusal)
    said = "This sheet was open already: nobody is called from two lists." if already else ""
    return done(request, f"/schedule/rescue/{sheet.pk}", said)


@desk_view()
def sheet(request: DeskRequest, sheet_id: int) -> HttpResponse:
    """Show everyone on a sheet and how far it is."""
    one = _sheet(sheet_id)
    items = queries.rescue_items(request.actor, sheet_id)
    names = [item.appointment.patient_id for item in items]
    scheduling.open_list(request.actor, name="rescue", location_id=None, patient_ids=names)
    refs = [f"scheduling.rescueitem:{item.pk}" for item in items]
    tries = tried_about(refs, request.location.zone)
    lines = [_line(item, tries[f"scheduling.rescueitem:{item.pk}"]) for item in items]
    open_, settled = [i for i in lines if i.status == "open"], [i for i in lines if i.status != "open"]
    days = short_day(one.first_day) + (
        "" if one.first_day == one.last_day else f" to {short_day(one.last_day)}"
    )
    context = {"sheet": one, "days": days, "open": open_, "settled": settled, "count": len(lines)}
    return page(request, "desk/scheduling/rescue_sheet.html", context)


@desk_view(("POST",))
def propose(request: DeskRequest, sheet_id: int) -> HttpResponse:
    """Look again for a time for everyone who has none."""
    scheduling.propose(request.actor, sheet_id=sheet_id)
    return done(request, f"/schedule/rescue/{sheet_id}", "Looked again for everyone who has no time yet.")


@desk_view(("GET", "POST"))
def item(request: DeskRequest, item_id: int) -> HttpResponse:
    """Settle one line: what to say, other times, and the deed that was chosen."""
    row = _item(request, item_id)
    if request.method == "GET":
        return _item_panel(request, row)
    what = request.POST.get("deed", "")
    try:
        words = _settle(request, row, what)
    except Refusal as refusal:
        return _item_panel(request, row, refusal)
    if what == "choose":
        return tell(_item_panel(request, _item(request, item_id)), words)
    return (
        tell(HttpResponse(status=204), words, close=True)
        if request.is_fragment
        else done(request, f"/schedule/rescue/{row.sheet_id}", words)
    )


def _settle(request: DeskRequest, row: RescueItem, what: str) -> str:
    actor = request.actor
    if what == "move":
        scheduling.approve_item(actor, item_id=row.pk, reason_code=_reason())
        return "Moved."
    if what == "cancel":
        scheduling.cancel_item(actor, item_id=row.pk, reason_code=_reason())
        return "Cancelled."
    if what == "keep":
        scheduling.keep_item(actor, item_id=row.pk)
        return "Stays as it is."
    pick = read_token(request.POST.get("offer", ""))
    scheduling.change_proposal(
        actor, item_id=row.pk, starts=pick.starts, provider_id=pick.provider_id, location_id=pick.location_id
    )
    return "Another time is proposed."


def _item_panel(request: DeskRequest, row: RescueItem, refusal: Refusal | None = None) -> HttpResponse:
    who, lost = person(request, row.appointment.patient_id), row.appointment
    say = ""
    if row.proposed_starts:
        wall = to_wall(row.proposed_starts, lost.zone)
        with_whom = f" with {row.proposed_provider.spoken_name}" if row.proposed_provider else ""
        say = (
            f"{who.to} am sorry: {_out(row)} is out on {said_day(to_wall(lost.starts, lost.zone).date())}. "
            f"I can offer you {said_day(wall.date())} at {said_time(wall)}{with_whom}. Does that suit?"
        )
    context = {
        "line": _line(row, []), "who": who, "number": phone(who.phone), "say": say, "others": _others(request, row),
        "problem": refusal.sentence if refusal else "",
    }  # fmt: skip
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/scheduling/rescue_panel.html", context, title="Rescue", status=status)


def _others(request: DeskRequest, row: RescueItem) -> list[Time]:
    lost, today = row.appointment, clock.today(request.location.zone)
    ask = OpeningsAsk(
        visit_type_id=lost.visit_type_id,
        patient_id=lost.patient_id,
        location_ids=(lost.location_id,),
        from_day=today,
        to_day=today + timedelta(days=28),
        limit=24,
        moving=True,
    )
    sites = [(site.pk, site.short_name) for site in request.sites]
    try:
        found = scheduling.find_openings(request.actor, ask=ask).offers
    except LimitNotMet:
        return []
    return [time_of(one, sites) for one in apart(found, 6) if one.starts != row.proposed_starts][:5]


def _start(request: DeskRequest, refusal: Refusal | None = None) -> HttpResponse:
    sheets = list(RescueSheet.objects.select_related("provider").order_by("-opened_at")[:20])
    rows = []
    for one in sheets:
        counts = queries.rescue_progress(one.pk)
        rows.append((one, sum(counts.values()) - counts["open"], sum(counts.values())))
    context = {
        "sheets": rows, "providers": [(one.pk, one.name) for one in providers()],
        "given": request.POST if refusal else request.GET,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }  # fmt: skip
    return page(
        request, "desk/scheduling/rescue.html", context, status=STATUS[refusal.kind] if refusal else 200
    )


def _line(row: RescueItem, tries: list[Tried]) -> Line:
    lost = row.appointment
    return Line(
        id=row.pk,
        appointment_id=lost.pk,
        patient_id=lost.patient_id,
        name=lost.patient.name,
        birth=us_date(lost.patient.birth_date),
        what=lost.visit_type.name,
        lost=when(lost.starts, lost.zone),
        proposed=when(row.proposed_starts, lost.zone) if row.proposed_starts else "",
        with_whom=row.proposed_provider.spoken_name if row.proposed_provider else "",
        status=str(row.status),
        settled=SETTLED.get(str(row.status), "")
        + (f" to {when(row.settled_by.starts, row.settled_by.zone)}" if row.settled_by else "")
        + (f": {row.why}" if row.why else ""),
        tries=tries,
    )


def _out(row: RescueItem) -> str:
    found = RescueSheet.objects.select_related("provider").get(pk=row.sheet_id)
    return found.provider.spoken_name


def _reason() -> str:
    """The provider's own reason comes first in the practice's list of them."""
    mine = [one.code for whose, them in reason_groups() for one in them if one.initiator == "provider"]
    return mine[0] if mine else ""


def _sheet(sheet_id: int) -> RescueSheet:
    found = RescueSheet.objects.select_related("provider").filter(pk=sheet_id).first()
    if found is None:
        raise NotFound("There is no such rescue sheet.")
    return found


def _item(request: DeskRequest, item_id: int) -> RescueItem:
    sheet_id = RescueItem.objects.filter(pk=item_id).values_list("sheet", flat=True).first()
    found = next(
        (one for one in queries.rescue_items(request.actor, sheet_id or 0) if one.pk == item_id), None
    )
    if found is None:
        raise NotFound("There is no such line.")
    return found
