"""One estimate: what it is to say, its versions, how each was given, and its paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.billing import typing
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.entrypoints.desk.visits.papers import pdf as answered
from frontdesk.exchange.estimates.pdf import draw as drawn
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import queries, rules
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.models import Estimate, EstimateGiven
from frontdesk.office.practice.queries import providers

LANGUAGES = [("en", "English"), ("es", "Spanish")]


@dataclass(frozen=True, slots=True)
class Paper:
    """One version as the page lists it."""

    id: int
    title: str
    made: str
    cents: str
    reason: str
    given: list[str]
    is_newest: bool


@desk_view(("GET", "POST"))
def one(request: DeskRequest, estimate_id: int) -> HttpResponse:
    """Show an estimate to write, and write its next version."""
    row = billing.open_estimate(request.actor, estimate_id=estimate_id)
    if request.method == "GET":
        return _draw(request, row)
    try:
        made = billing.make_estimate(
            request.actor, estimate_id=estimate_id, version=number(request.POST.get("version")) or 0, written=typing.read(request.POST)
        )  # fmt: skip
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return _draw(request, row, refusal)
    return done(request, f"/estimates/{estimate_id}", f"Written: No. {made.number}, {dollars(made.cents)}. Print it and give it.")  # fmt: skip


@desk_view(("POST",))
def fees(request: DeskRequest, estimate_id: int) -> HttpResponse:
    """Answer with what the fee schedule says of the codes as they are typed, and what they come to."""
    row = billing.open_estimate(request.actor.keyless(), estimate_id=estimate_id)
    lines, total = typing.priced(request.POST, day_of(row))
    return page(request, "desk/billing/_fees.html", {"lines": lines, "total": total, "oob": True})


@desk_view(("GET", "POST"))
def end(request: DeskRequest, estimate_id: int) -> HttpResponse:
    """Say that none is needed, and why."""
    row = billing.open_estimate(request.actor.keyless(), estimate_id=estimate_id)
    why = Field("reason", "Why", needed=True, width="l", hint="Has insurance after all, will not come, …")
    ask = Panel("No estimate is needed", (Form("end", "", "Not needed", (why,), danger=True),))
    if request.method == "GET":
        return draw(request, ask, patient_id=row.patient_id, version=row.version)
    try:
        version = number(request.POST.get("version")) or 0
        billing.end_estimate(
            request.actor, estimate_id=row.pk, version=version, reason=request.POST.get("reason", "")
        )
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=row.patient_id, version=row.version)
    return done(request, "/estimates", "Noted: none is needed.")


@desk_view(("POST",))
def give(request: DeskRequest, version_id: int) -> HttpResponse:
    """Note how a version was given."""
    made = billing.give_estimate(request.actor, version_id=version_id, how=request.POST.get("how", ""))
    if made.how == EstimateGiven.How.SPOKEN:
        said = "Noted. The paper is due still."
    else:
        said = (
            f"Noted: given {EstimateGiven.How(made.how).label.lower()}{f' to {made.to}' if made.to else ''}."
        )
    return done(request, f"/estimates/{made.version.estimate_id}", said)


@desk_view()
def pdf(request: DeskRequest, version_id: int) -> HttpResponse:
    """Answer with the paper of a version: the same each time."""
    return answered("estimate", drawn(billing.print_estimate(request.actor, version_id=version_id)))


def day_of(row: Estimate) -> date:
    """Return the day whose fees count: of the visit, or today."""
    visit = row.appointment
    return to_wall(visit.starts, visit.zone).date() if visit else clock.today(row.location.zone)


def _draw(request: DeskRequest, row: Estimate, refusal: Refusal | None = None) -> HttpResponse:
    versions = queries.versions_of(row.pk)
    newest = queries.whole(versions[0]) if versions else None
    day = day_of(row)
    data = request.POST.dict() if refusal else typing.begun(row, newest)
    lines, total = typing.priced(data, day)
    context: dict[str, Any] = {
        "row": row,
        "patient": row.patient,
        "facts": _facts(row),
        "clock": rules.clock_of(row.due_at, clock.now(), row.location.zone),
        "papers": [_paper(each, row, at == 0) for at, each in enumerate(versions)],
        "data": data,
        "lines": lines,
        "total": total,
        "others": range(typing.OTHERS),
        "providers": [(str(one.pk), one.name) for one in providers()],
        "languages": LANGUAGES,
        "may": request.actor.can("billing.write_papers"),
        "tin": queries.paper_numbers().tin,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
        "oob": False,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/billing/estimate.html", context, status=status)


def _facts(row: Estimate) -> list[tuple[str, str]]:
    visit = row.appointment
    kind = visit.visit_type if visit else row.visit_type
    when = ""
    if visit:
        wall = to_wall(visit.starts, visit.zone)
        when = f"{short_day(wall.date())}, {wall_time(wall)}"
    who = visit.provider.name if visit and visit.provider else ""
    said = [
        ("Why", Estimate.Why(row.why).label),
        ("Asked", row.asked_words),
        ("Visit", " · ".join(filter(None, [when, kind.name if kind else "", who])) or "Not booked yet"),
        ("Where", row.location.name),
        ("Not needed", row.ended_why),
    ]
    return [(name, words) for name, words in said if words]


def _paper(version: Any, row: Estimate, is_newest: bool) -> Paper:
    zone = row.location.zone
    given = [
        f"{EstimateGiven.How(each.how).label}{f' to {each.to}' if each.to else ''}, "
        f"{us_date(to_wall(each.at, zone).date())}, {wall_time(to_wall(each.at, zone))}, {each.by_name}"
        for each in EstimateGiven.objects.filter(version=version).order_by("id")
    ]
    wall = to_wall(version.made_at, zone)
    return Paper(
        version.pk, f"No. {version.number}, version {version.version}", f"{us_date(wall.date())}, {wall_time(wall)}, {version.made_by}",
        dollars(version.cents), version.reason, given, is_newest,
    )  # fmt: skip
