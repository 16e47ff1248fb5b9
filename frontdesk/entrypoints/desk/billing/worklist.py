"""Which Good Faith Estimates are due, written, given, and which visits came to more than was estimated."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.scheduling.wording import born, how_many, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Refusal
from frontdesk.kit.money import dollars
from frontdesk.kit.sensitivity import NO_DAY
from frontdesk.office.billing import queries
from frontdesk.office.billing import services as billing

PICTURES = {"good": "clock", "warn": "clock", "bad": "circle-x", "quiet": "clock"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line: who, what about it, how it stands, and where it is seen to."""

    patient_id: int
    name: str
    birth: str
    what: str
    more: str
    state: str
    words: str
    tone: str
    picture: str
    opens: str
    verb: str
    appointment_id: int | None = None


@desk_view()
def worklist(request: DeskRequest) -> HttpResponse:
    """Show the four lists, the most pressing first."""
    place = request.location
    open_still = queries.to_give(place.pk)
    given, over = queries.lately_given(place.pk), queries.exceeded(place.pk)
    seen = [one.patient_id for one in (*open_still, *given)] + [one.patient_id for one in over]
    billing.open_estimates(request.actor, location_id=place.pk, patient_ids=seen)
    groups = [
        ("due", "Due", "Visits their patients pay for themselves, and questions about cost",
         [item(one) for one in open_still if one.state == "due"]),
        ("drafted", "Written, not given", "Print it, hand it over, and note how",
         [item(one) for one in open_still if one.state == "drafted"]),
        ("over", "Over the estimate by $300 or more", "From $400 on the patient may dispute the bill: look at it before it goes out",
         [_over(one) for one in over]),
        ("given", "Given", "In the last 14 days", [item(one) for one in given]),
    ]  # fmt: skip
    late = sum(one.clock.tone == "bad" for one in open_still)
    context = {
        "groups": groups,
        "note": ", ".join(filter(None, [f"{how_many(len(open_still), 'estimate')} to give", f"{late} overdue" if late else ""])),
        "first": next((code for code, _, _, rows in groups if rows), ""),
        "day": short_day(clock.today(place.zone)),
    }  # fmt: skip
    return page(request, "desk/billing/estimates.html", context)


@desk_view(("GET", "POST"))
def numbers(request: DeskRequest) -> HttpResponse:
    """Show and set what papers say beside the practice's name."""
    kept = queries.paper_numbers()
    fields = (
        Field("tin", "Tax number of the practice (TIN)", value=kept.tin, hint="Nine digits. Printed on estimates", width="m"),
        Field("abn_expires", "The ABN form expires on", value=kept.abn_expires, hint="As CMS prints it at the foot of the form", width="m"),
    )  # fmt: skip
    ask = Panel("What papers say", (Form("set", "", "Keep", fields),))
    if request.method == "GET":
        return draw(request, ask)
    try:
        data = request.POST
        billing.set_paper_numbers(
            request.actor, tin=data.get("tin", ""), abn_expires=data.get("abn_expires", "")
        )
    except Refusal as refusal:
        return draw_again(request, ask, refusal)
    return done(request, "/estimates", "Kept.")


def item(one: queries.Listed) -> Item:
    """Put an estimate into words, as a line of a list."""
    hidden = one.birth_date == NO_DAY
    what = " ".join(filter(None, [f"{short_day(one.wall.date())}, {wall_time(one.wall)}:" if one.wall else "", one.visit_type]))  # fmt: skip
    asked = f"asked: “{one.asked}”" if one.asked else ""
    paper = f"No. {one.number}, {dollars(one.cents)}" if one.number and not hidden else ""
    state, words, tone = one.clock.state, one.clock.words, one.clock.tone
    picture, verb = PICTURES[tone], "Write it" if one.state == "due" else "Give it"
    if one.state == "given":
        state, words, tone, picture, verb = "Given", one.given, "good", "check", "Open"
    elif one.state == "ended":
        state, words, tone, picture, verb = "Not needed", "", "quiet", "check", "Open"
    return Item(
        one.patient_id, one.name, "" if hidden else born(one.birth_date, clock.now().date()), what or "No visit booked yet",
        "" if hidden else " · ".join(filter(None, [one.why, asked, paper])), state, words, tone, picture, f"/estimates/{one.id}",
        verb, one.appointment_id,
    )  # fmt: skip


def _over(one: queries.Exceeded) -> Item:
    hidden = one.birth_date == NO_DAY
    worst = one.overs[0]
    said = [
        f"{each.name}: estimated {dollars(each.expected)}, charged {dollars(each.charged)}"
        for each in one.overs
    ]
    return Item(
        one.patient_id, one.name, "" if hidden else born(one.birth_date, clock.now().date()),
        f"{short_day(one.wall.date())}, {wall_time(one.wall)}", "" if hidden else "; ".join(said),
        f"{dollars(worst.by)} over", "may be disputed" if worst.may_dispute else "", "bad" if worst.may_dispute else "warn",
        "triangle-alert", f"/visits/{one.appointment_id}", "Visit", one.appointment_id,
    )  # fmt: skip
