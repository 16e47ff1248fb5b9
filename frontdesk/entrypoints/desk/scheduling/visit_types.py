"""Kinds of visit: a list, and a form for how long, what is needed, who may have it and what people are told."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.services import StepRule

WHO = [("", "Anyone"), ("new", "New patients"), ("established", "Established patients")]
SEXES = [("", "Anyone"), ("female", "Female patients"), ("male", "Male patients")]
NEWNESS = {"new": True, "established": False}
WHOLE = ("minutes", "start_every", "min_age", "max_age", "arrive_early_minutes", "late_cancel_hours")
TEXT = ("name", "sex", "service_types", "patient_instructions", "internal_note")
TICKS = ("bookable_by_patients", "telehealth", "is_active")
NEW = {
    "service_types": "98", "minutes": "20", "start_every": "10", "arrive_early_minutes": "10", "late_cancel_hours": "24",
    "is_active": "on",
}  # fmt: skip
SPARE = 2


@dataclass(slots=True)
class Draft:
    """The form as it is typed: single fields, steps as (pool, offset, minutes), minutes by provider."""

    id: int | None
    version: int | None
    given: dict[str, str]
    steps: list[tuple[str, str, str]]
    lengths: dict[int, str]
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@desk_view()
def visit_types(request: DeskRequest) -> HttpResponse:
    """Show every kind of visit, and the lanes."""
    _must_change(request)
    return _list(request, {"name": "", "seats": "1", "problem": "", "errors": {}})


@desk_view(("POST",))
def add_lane(request: DeskRequest) -> HttpResponse:
    """Add a lane: some kinds of visit, and how many at the same time."""
    _must_change(request)
    data = request.POST
    try:
        scheduling.add_lane(
            request.actor,
            name=data.get("name", ""),
            seats=number(data.get("seats")) or 0,
            visit_type_ids=[pk for text in data.getlist("kinds") if (pk := number(text))],
        )
    except Refusal as refusal:
        lane = {"name": data.get("name", ""), "seats": data.get("seats", ""), "problem": refusal.sentence}
        errors = refusal.fields if isinstance(refusal, Invalid) else {}
        return _list(request, lane | {"errors": errors}, STATUS[refusal.kind])
    return done(request, "/visit-types", "The lane is added.")


@desk_view(("GET", "POST"))
def edit(request: DeskRequest, visit_type_id: int | None = None) -> HttpResponse:
    """Show one kind of visit, or an empty form for a new one; posted, keep it."""
    _must_change(request)
    if request.method == "GET":
        return _form(request, _stored(visit_type_id) if visit_type_id else _empty())
    draft = _typed(request.POST, visit_type_id)
    try:
        wish = _wish(draft)
        if visit_type_id:
            scheduling.change_visit_type(
                request.actor, visit_type_id=visit_type_id, version=draft.version, **wish
            )
        else:
            scheduling.add_visit_type(request.actor, code=_code(wish["name"]), **wish)
    except Refusal as refusal:
        draft.problem, draft.errors = refusal.sentence, refusal.fields if isinstance(refusal, Invalid) else {}
        return _form(request, draft, status=STATUS[refusal.kind])
    return done(request, "/visit-types", f"{wish['name']} is saved.")


def _list(request: DeskRequest, lane: dict[str, Any], status: int = 200) -> HttpResponse:
    kinds = queries.visit_kinds()
    rows = [{"kind": one.kind, "needs": _needs(one), "who": _who(one)} for one in kinds]
    context = {"rows": rows, "lanes": queries.lanes(), "lane": lane}
    return page(request, "desk/scheduling/visit_types.html", context, status=status)


def _must_change(request: DeskRequest) -> None:
    if not request.actor.can("scheduling.change_templates"):
        msg = "Your role does not change kinds of visit. Ask a lead or the practice manager."
        raise NotPermitted(msg, "scheduling.change_templates")


def _form(request: DeskRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    while len([step for step in draft.steps if not step[0]]) < SPARE:
        draft.steps.append(("", "", ""))
    context = {
        "d": draft, "who": WHO, "sexes": SEXES, "pools": [(one, one.replace("-", " ")) for one in queries.pools()],
        "people": [(one.pk, one.name, draft.lengths.get(one.pk, "")) for one in providers()],
    }  # fmt: skip
    return page(request, "desk/scheduling/visit_type.html", context, status=status)


def _needs(one: queries.VisitKind) -> str:
    """Say in words what a visit needs: "nurse 10 min, then provider 20 min"."""
    if not one.steps:
        return "provider"
    words = [
        f"{step.pool.replace('-', ' ')}{f' {step.minutes} min' if step.minutes else ''}" for step in one.steps
    ]
    together = len({step.offset for step in one.steps}) == 1
    return (" with " if together else ", then ").join(words)


def _who(one: queries.VisitKind) -> str:
    kind = one.kind
    newness = {True: "new patients", False: "established patients", None: ""}[kind.new_patients]
    low, high = kind.min_age, kind.max_age
    if low is not None and high is not None:
        ages = f"{low} to {high} years"
    else:
        ages = f"from {low} years" if low is not None else f"up to {high} years" if high is not None else ""
    return ", ".join(part for part in (newness, ages, kind.sex) if part) or "anyone"


def _empty() -> Draft:
    blank = dict.fromkeys((*WHOLE, *TEXT, *TICKS, "who"), "")
    return Draft(None, None, blank | NEW, [("provider", "0", "0")], {})


def _stored(visit_type_id: int) -> Draft:
    found = next((one for one in queries.visit_kinds() if one.kind.pk == visit_type_id), None)
    if found is None:
        msg = "There is no such kind of visit."
        raise NotFound(msg)
    kind = found.kind
    given = {name: _shown(getattr(kind, name)) for name in (*WHOLE, *TEXT)}
    given |= {name: "on" if getattr(kind, name) else "" for name in TICKS}
    given["who"] = {True: "new", False: "established", None: ""}[kind.new_patients]
    steps = [(step.pool, str(step.offset), str(step.minutes)) for step in found.steps]
    lengths = {provider: str(minutes) for provider, minutes in found.lengths.items()}
    return Draft(kind.pk, kind.version, given, steps or [("provider", "0", "0")], lengths)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _typed(data: QueryDict, visit_type_id: int | None) -> Draft:
    given = {name: data.get(name, "").strip() for name in (*WHOLE, *TEXT, *TICKS, "who")}
    columns = [data.getlist(name) for name in ("pool", "offset", "length")]
    lengths = dict(zip(data.getlist("provider"), data.getlist("own"), strict=False))
    return Draft(
        visit_type_id,
        number(data.get("version")),
        given,
        [step for step in zip(*columns, strict=False) if step[0]],
        {known: text.strip() for pk, text in lengths.items() if (known := number(pk)) and text.strip()},
    )


def _wish(draft: Draft) -> dict[str, Any]:
    """Return what the verbs take; raise `Invalid` with a sentence beside each field that is no number."""
    wrong: dict[str, str] = {}
    whole = {name: _number(draft.given[name], name, wrong) for name in WHOLE}
    for name in ("minutes", "start_every", "arrive_early_minutes", "late_cancel_hours"):
        if whole[name] is None and name not in wrong:
            wrong[name] = "A number is needed here."
    steps = [
        StepRule(
            pool, _number(offset or "0", "steps", wrong) or 0, _number(length or "0", "steps", wrong) or 0
        )
        for pool, offset, length in draft.steps
    ]
    lengths = {pk: _number(text, "lengths", wrong) or 0 for pk, text in draft.lengths.items()}
    if wrong:
        raise Invalid("Some of this cannot be yet.", fields=wrong)
    return {
        **whole,
        **{name: draft.given[name] for name in TEXT},
        **{name: draft.given[name] == "on" for name in TICKS},
        "new_patients": NEWNESS.get(draft.given["who"]),
        "steps": steps,
        "lengths": lengths,
    }


def _number(text: str, name: str, wrong: dict[str, str]) -> int | None:
    if not text:
        return None
    found = number(text)
    if found is None or found > 1000:
        wrong[name] = "A whole number, please."
        return None
    return found


def _code(name: str) -> str:
    """Return a code for the interfaces, out of the name: "Well child" is "well-child"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:24] or "visit"
