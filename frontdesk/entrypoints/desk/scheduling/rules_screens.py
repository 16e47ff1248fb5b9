"""When who can be booked, as rules: a list, an editor that says whom a change would strand, time off, holidays."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.days import WEEKDAYS, read_day
from frontdesk.entrypoints.desk.scheduling.line import read_clock
from frontdesk.entrypoints.desk.scheduling.wording import short_day, when
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.practice.models import Holiday
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment, Lane, Resource, Template, TimeOff
from frontdesk.office.scheduling.services import BlockRule

DAYS = [(n, name.title()) for n, name in enumerate(WEEKDAYS)]
WEEKS = [("every", "every week"), ("odd", "odd weeks"), ("even", "even weeks"), ("1", "1st of the month"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("5", "5th")]  # fmt: skip
SPARE = 2


@dataclass(slots=True)
class Row:
    """One rule as it stands in the editor, in words as typed."""

    weekday: str = ""
    begins: str = ""
    ends: str = ""
    lane: str = ""
    weeks: str = "every"
    error: str = ""


@dataclass(slots=True)
class Draft:
    """The editor: what is typed, what it means, what went wrong."""

    rows: list[Row] = field(default_factory=list)
    name: str = ""
    from_text: str = ""
    until_text: str = ""
    template_id: int | None = None
    version: int | None = None
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    strands: list[dict[str, Any]] | None = None


@desk_view()
def providers_list(request: DeskRequest) -> HttpResponse:
    """Show everyone and everything that can be booked here, and by which rules."""
    scheduling_rows = Resource.objects.filter(location=request.location, is_active=True).select_related(
        "provider"
    )
    order = {"provider": 0, "staff": 1, "room": 2, "device": 3}
    resources = sorted(scheduling_rows, key=lambda r: (order.get(r.kind, 9), r.name))
    rules = queries.present_rules(one.pk for one in resources)
    rows = [(one, _summary(rules.get(one.pk))) for one in resources]
    today = clock.today(request.location.zone)
    holidays = Holiday.objects.filter(day__gte=today).order_by("day")[:12]
    return page(
        request,
        "desk/scheduling/rules.html",
        {"rows": rows, "holidays": [(short_day(h.day), h.name) for h in holidays]},
    )


@desk_view(("GET", "POST"))
def edit(request: DeskRequest, resource_id: int) -> HttpResponse:
    """Show one resource's rules; posted, say whom the change would strand, or make it."""
    resource = _resource(request, resource_id)
    if request.method == "GET":
        chosen = next(
            (
                r
                for r in queries.templates_of(resource_id)
                if str(r.template.pk) == request.GET.get("template")
            ),
            None,
        )
        rule = chosen or next(iter(queries.templates_of(resource_id)), None)
        draft = (
            _draft_of(rule.template, rule.blocks) if rule and not request.GET.get("new") else _new(request)
        )
        return _edit(request, resource, draft)
    draft = _typed(request.POST)
    try:
        wish = _wish(draft, clock.today(resource.location.zone))
        if request.POST.get("deed") != "save":
            found = scheduling.preview_template(
                request.actor, resource_id=resource_id, template_id=draft.template_id, **wish
            )
            draft.strands = [_strand(one) for one in found]
            return _edit(request, resource, draft)
        scheduling.set_template(
            request.actor,
            resource_id=resource_id,
            template_id=draft.template_id,
            version=draft.version,
            name=draft.name,
            **wish,
        )
    except Refusal as refusal:
        draft.problem, draft.errors = refusal.sentence, refusal.fields if isinstance(refusal, Invalid) else {}
        return _edit(request, resource, draft, status=STATUS[refusal.kind])
    return done(request, f"/templates/{resource_id}", "The rules are saved.")


@desk_view(("POST",))
def time_off(request: DeskRequest, resource_id: int) -> HttpResponse:
    """Enter time off, or take it back."""
    resource, data = _resource(request, resource_id), request.POST
    if drop := number(data.get("drop")):
        scheduling.remove_time_off(request.actor, time_off_id=drop)
        return done(request, f"/templates/{resource_id}", "Taken back.")
    try:
        begins, ends = _span(data, clock.today(resource.location.zone))
        scheduling.add_time_off(
            request.actor,
            resource_id=resource_id,
            begins=begins,
            ends=ends,
            reason=data.get("reason", "").strip(),
            opens=data.get("what") == "here",
            lane_id=number(data.get("off_lane")) if data.get("what") == "here" else None,
        )
    except Refusal as refusal:
        rule = next(iter(queries.templates_of(resource_id)), None)
        draft = _draft_of(rule.template, rule.blocks) if rule else _new(request)
        errors = refusal.fields if isinstance(refusal, Invalid) else {}
        return _edit(
            request,
            resource,
            draft,
            status=STATUS[refusal.kind],
            off={"problem": refusal.sentence, "errors": errors, "given": data},
        )
    return done(request, f"/templates/{resource_id}", "Entered. Who is stranded by it stands on the list.")


def _edit(
    request: DeskRequest,
    resource: Resource,
    draft: Draft,
    *,
    status: int = 200,
    off: dict[str, Any] | None = None,
) -> HttpResponse:
    while len([row for row in draft.rows if not row.begins]) < SPARE:
        draft.rows.append(Row())
    rules = [(r.template.pk, _span_words(r.template)) for r in queries.templates_of(resource.pk)]
    context = {
        "resource": resource, "d": draft, "rules": rules, "days": DAYS, "weeks": WEEKS,
        "lanes": [(lane.pk, f"{lane.name}{f' × {lane.seats}' if lane.seats > 1 else ''}") for lane in Lane.objects.order_by("name")],
        "off": off or {"problem": "", "errors": {}, "given": {}},
        "away": [_away(one, resource.location.zone) for one in queries.time_off_of(resource.pk)],
    }  # fmt: skip
    return page(request, "desk/scheduling/rules_edit.html", context, status=status)


def _resource(request: DeskRequest, resource_id: int) -> Resource:
    found = Resource.objects.select_related("location", "provider").filter(pk=resource_id).first()
    if found is None or not request.actor.works_at(found.location_id):
        raise NotFound("There is no such provider, room or device.")
    return found


def _summary(rule: queries.TemplateRule | None) -> list[str]:
    if rule is None:
        return []
    byday: dict[int, list[list[time]]] = {}
    for block in rule.blocks:
        spans = byday.setdefault(block.weekday, [])
        if spans and spans[-1][1] >= block.begins:
            spans[-1][1] = max(spans[-1][1], block.ends)
        else:
            spans.append([block.begins, block.ends])
    return [
        f"{DAYS[n][1][:2]} {', '.join(f'{_hour(a)}–{_hour(b)}' for a, b in spans)}"
        for n, spans in sorted(byday.items())
    ]


def _hour(at: time) -> str:
    return f"{(at.hour - 1) % 12 + 1}{f':{at.minute:02d}' if at.minute else ''}"


def _draft_of(template: Template, blocks: list[Any]) -> Draft:
    rows = [
        Row(str(b.weekday), _typed_time(b.begins), _typed_time(b.ends), str(b.lane_id), b.weeks)
        for b in blocks
    ]
    return Draft(
        rows,
        template.name,
        us_date(template.effective_from),
        us_date(template.effective_until),
        template.pk,
        template.version,
    )


def _new(request: DeskRequest) -> Draft:
    return Draft(from_text=us_date(clock.today(request.location.zone)))


def _typed(data: QueryDict) -> Draft:
    columns = [data.getlist(name) for name in ("weekday", "begins", "ends", "lane", "weeks")]
    rows = [Row(*cells) for cells in zip(*columns, strict=False)]
    return Draft(
        rows,
        data.get("name", "").strip(),
        data.get("from", "").strip(),
        data.get("until", "").strip(),
        number(data.get("template")),
        number(data.get("version")),
    )


def _wish(draft: Draft, today: date) -> dict[str, Any]:
    """Return what the verbs take; raise `Invalid` with a sentence beside each line that cannot be."""
    wrong: dict[str, str] = {}
    begins, until = read_day(draft.from_text, today), read_day(draft.until_text, today)
    if begins is None:
        wrong["from"] = "Say from which day: today, 3/14."
    if draft.until_text and until is None:
        wrong["until"] = "That is not a day."
    blocks = [rule for row in draft.rows if (rule := _rule(row)) is not None]
    if any(row.error for row in draft.rows):
        wrong["begins"] = "Some lines are not complete; each says what it lacks."
    if wrong or begins is None:
        raise Invalid("Some of this cannot be yet.", fields=wrong)
    return {"blocks": blocks, "effective_from": begins, "effective_until": until}


def _rule(row: Row) -> BlockRule | None:
    if not (row.begins or row.ends):
        return None
    first, last = (
        read_clock(row.begins.lower().replace(" ", "")),
        read_clock(row.ends.lower().replace(" ", "")),
    )
    lane, weekday = number(row.lane), number(row.weekday)
    if first is None or last is None or lane is None or weekday is None or weekday > 6:
        row.error = "Needs a day, two times and a lane."
        return None
    if last <= first:
        row.error = "It ends before it begins."
        return None
    return BlockRule(weekday, first, last, lane, row.weeks)


def _span(data: QueryDict, today: date) -> tuple[datetime, datetime]:
    first = read_day(data.get("off_from", ""), today)
    last = read_day(data.get("off_to", ""), today) or first
    begins, ends = _clock(data, "off_begins", time(0)), _clock(data, "off_ends", time(23, 55))
    if first is None or last is None:
        raise Invalid("Say the first day.", fields={"off_from": "Say the first day: fri, 3/14."})
    if data.get("what") == "here" and not (data.get("off_begins") and data.get("off_ends")):
        raise Invalid("Say from when to when.", fields={"off_begins": "Extra hours need both times."})
    return datetime.combine(first, begins), datetime.combine(last, ends)


def _clock(data: QueryDict, name: str, usual: time) -> time:
    """Return the time typed, `usual` when none is; never guess at what cannot be read."""
    typed = data.get(name, "").lower().replace(" ", "")
    found = read_clock(typed) if typed else usual
    if found is None:
        raise Invalid("That is not a time of day.", fields={name: "Say it like 8:30 or 1pm."})
    return found


def _typed_time(at: time) -> str:
    return wall_time(clock.now().replace(hour=at.hour, minute=at.minute))


def _span_words(template: Template) -> str:
    begins, until = us_date(template.effective_from), us_date(template.effective_until)
    return f"{template.name or 'Rules'} from {begins}" + (f" until {until}" if until else "")


def _strand(one: Appointment) -> dict[str, Any]:
    queries.veil(one)
    return {
        "id": one.pk,
        "name": one.patient.name,
        "when": when(one.starts, one.zone),
        "what": one.visit_type.name,
    }


def _away(one: TimeOff, zone: str) -> dict[str, Any]:
    begins, ends = to_wall(one.begins, zone), to_wall(one.ends, zone)
    whole = begins.time() == time(0) and ends.hour == 23
    words = f"{short_day(begins.date())}" if whole else f"{short_day(begins.date())}, {wall_time(begins)}"
    if ends.date() != begins.date() or not whole:
        words += f" to {short_day(ends.date()) if whole else f'{short_day(ends.date())}, {wall_time(ends)}'}"
    return {"id": one.pk, "words": words, "reason": one.reason, "opens": one.opens}
