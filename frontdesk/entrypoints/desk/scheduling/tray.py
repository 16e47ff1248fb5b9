"""What is in hand at this desk, whatever day is shown: visits parked for moving, and the times kept for callers."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.appointments import card_again
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.entrypoints.desk.scheduling.wording import left, when
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Refused
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment, Hold

# A desk has two hands; more visits than these are a list to work, not a thing to hold.
MOST = 5


@dataclass(frozen=True, slots=True)
class InHand:
    """A visit parked for moving."""

    id: int
    patient_id: int
    name: str
    birth: str
    what: str
    now: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A time that is kept; `mine` can be booked or let go from here."""

    id: int
    when: str
    what: str
    by: str
    mine: bool


@desk_view()
def tray(request: DeskRequest) -> HttpResponse:
    """Show what is in hand, and what others keep here."""
    held = in_hand(request)
    mine = scheduling.holds_of(request.actor)
    others = [one for one in queries.holds_active(request.location.pk) if one.held_by_id != request.actor.id]
    kept = [*(_kept(one, mine=True) for one in mine), *(_kept(one, mine=False) for one in others)]
    return page(request, "desk/scheduling/_tray.html", {"in_hand": held, "kept": kept})


@desk_view(("POST",))
def park(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Take a visit in hand, or put it back: nothing about it changes before it is moved."""
    ids = [pk for pk in request.session.get("in_hand", []) if pk != appointment_id]
    if request.POST.get("back"):
        request.session["in_hand"] = ids
        return tell(HttpResponse(status=204), "Put back. It stays where it was.")
    if len(ids) >= MOST:
        msg = f"{MOST} visits are in hand already. Move one of them, or put it back."
        raise Refused(msg)
    one = scheduling.open_appointment(request.actor, appointment_id=appointment_id)
    request.session["in_hand"] = [*ids, one.pk]
    return card_again(request, one, "In hand. Go to any day, choose a free time, press m.")


def in_hand(request: DeskRequest) -> list[InHand]:
    """Return the visits in hand that can still be moved, the last taken first; the look is on record."""
    found = queries.movable(request.session.get("in_hand", []))
    rows = [one for one in found if request.actor.works_at(one.location_id)]
    if rows:
        names = [one.patient_id for one in rows]
        scheduling.open_list(request.actor, name="in hand", location_id=None, patient_ids=names)
    return [_in_hand(one) for one in rows]


def put_down(request: DeskRequest, appointment_id: int) -> None:
    """A visit that has moved is in hand no longer."""
    ids = request.session.get("in_hand", [])
    if appointment_id in ids:
        request.session["in_hand"] = [pk for pk in ids if pk != appointment_id]


def _in_hand(one: Appointment) -> InHand:
    who = one.patient
    what = f"{one.visit_type.name}{f' with {one.provider.name}' if one.provider else ''}"
    return InHand(one.pk, one.patient_id, who.name, us_date(who.birth_date), what, when(one.starts, one.zone))


def _kept(one: Hold, *, mine: bool) -> Kept:
    who = f" with {one.provider.name}" if one.provider else ""
    by = f"{'yours' if mine else one.held_by}, {left(one.expires_at)} left"
    return Kept(one.pk, when(one.starts, one.location.zone), f"{one.visit_type.name}{who}", by, mine)
