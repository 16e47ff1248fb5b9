"""What is to be seen to: referrals that run out before a visit, requests nobody has answered, visits that lack one."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.coverage.verdicts import age
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.referrals.wording import standing
from frontdesk.entrypoints.desk.scheduling.wording import born, how_many, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.sensitivity import NO_DAY
from frontdesk.office.referrals import queries
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.rules import counted, named, span


@dataclass(frozen=True, slots=True)
class Item:
    """One line: who, what about it, how it stands, and where it is seen to."""

    patient_id: int
    name: str
    birth: str
    what: str
    more: str
    state: str
    tone: str
    picture: str
    opens: str
    appointment_id: int | None = None
    verb: str = "Open"


# In one word, why a visit lacks what it needs.
WHY = {
    "missing": "Missing",
    "used_up": "Used up",
    "over": "Ran out",
    "not_yet": "Not begun yet",
    "pending": "Waiting",
    "draft": "Not asked for",
    "denied": "Denied",
    "policy": "Other insurance",
}
MENDED = {"pending", "draft", "denied", "not_yet"}


@desk_view()
def worklist(request: DeskRequest) -> HttpResponse:
    """Show the three lists, the most pressing first."""
    place = request.location
    today = clock.today(place.zone)
    lacking = queries.lacking(place.pk, place.zone)
    ending, waiting = queries.running_out(today), queries.pending()
    seen = [one.patient_id for one in lacking] + [one.patient_id for one in (*ending, *waiting)]
    referrals.open_worklist(request.actor, location_id=place.pk, patient_ids=seen)
    groups = [
        ("lacking", "Missing for the next 7 days", "Visits here that need one, or would exceed one",
         [_lacking(one) for one in lacking]),
        ("ending", "Runs out before a visit", "Ends within 14 days, or is used up, and a visit is booked beyond",
         [_ending(one, place.zone) for one in ending]),
        ("waiting", "Waiting", "Not decided by the payer yet, or not asked for",
         [_waiting(one, place.zone) for one in waiting]),
    ]  # fmt: skip
    context = {
        "groups": groups,
        "note": how_many(sum(len(one[3]) for one in groups), "thing") + " to see to",
        "day": short_day(today),
        "first": next((code for code, _, _, rows in groups if rows), ""),
    }
    return page(request, "desk/referrals/worklist.html", context)


def _lacking(one: queries.Lacking) -> Item:
    day = one.wall.date()
    hidden = one.birth_date == NO_DAY
    first = one.cautions[0] if one.cautions else None
    home = f"/patients/{one.patient_id}/referrals"
    # What is there and does not fit is mended; what is not there is added.
    mends = first is not None and first.held_id is not None and first.code in MENDED
    return Item(
        one.patient_id, one.name, "" if hidden else born(one.birth_date, day),
        f"{short_day(day)}, {wall_time(one.wall)}: {one.visit_type}", " ".join(each.words for each in one.cautions),
        WHY.get(first.code if first else "", "To be seen to"), "bad", "circle-x",
        f"{home}/{first.held_id}" if mends and first else f"{home}/add?for={one.appointment_id}", one.appointment_id,
        "Open" if mends else "Add",
    )  # fmt: skip


def _ending(one: queries.Open, zone: str) -> Item:
    state, tone, picture = standing(one.held, clock.today(zone))
    ends = f"ends {short_day(one.held.ends)}" if one.held.ends and state == "Approved" else state
    visit = f"visit on {short_day(one.beyond.date())} is not covered by it" if one.beyond else ""
    return _item(
        one,
        f"{counted(one.held)} · {visit}",
        ends[:1].upper() + ends[1:],
        "warn" if tone == "good" else tone,
        picture,
    )


def _waiting(one: queries.Open, zone: str) -> Item:
    state, tone, picture = standing(one.held, clock.today(zone))
    since = f"noted {age(one.asked_at, zone)}" if one.asked_at else ""
    return _item(
        one, " · ".join(filter(None, [since, span(one.held.begins, one.held.ends)])), state, tone, picture
    )


def _item(one: queries.Open, more: str, state: str, tone: str, picture: str) -> Item:
    hidden = one.birth_date == NO_DAY
    return Item(
        one.patient_id, one.name, "" if hidden else born(one.birth_date, clock.now().date()),
        "Restricted" if hidden else " · ".join(filter(None, [named(one.held), one.payer])), "" if hidden else more,
        state, tone, picture, f"/patients/{one.patient_id}/referrals/{one.held.id}",
    )  # fmt: skip
