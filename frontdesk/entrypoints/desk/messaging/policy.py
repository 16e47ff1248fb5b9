"""What the practice sends, and when: kinds, reminders, the hours in which a telephone may ring, neutral names."""

import re
from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.messaging.wording import KINDS
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.messaging import queries
from frontdesk.office.messaging import services as messaging
from frontdesk.office.scheduling.queries import visit_types

# Half hours of any day between which the law lets a telephone ring.
HOURS = [
    datetime(2000, 1, 1, hour, minute, tzinfo=UTC)
    for hour in range(8, 22)
    for minute in (0, 30)
    if (hour, minute) <= (21, 0)
]


@desk_view(("GET", "POST"))
def policy(request: DeskRequest) -> HttpResponse:
    """Show the rules of sending, and keep them."""
    messaging.open_list(request.actor, name="policy", patient_ids=())
    if request.method == "GET":
        return _form(request, _kept())
    try:
        given = _given(request)
        messaging.set_policy(request.actor, changes=given, version=number(request.POST.get("version")))
    except Refusal as refusal:
        if refusal.kind == "not_permitted":
            raise
        return _form(request, _typed(request), refusal)
    return done(request, "/messages/policy", "Kept.")


def _kept() -> dict[str, Any]:
    now = queries.policy()
    return {
        "off": set(now.off),
        "days": ", ".join(_spoken(hours) for hours in now.reminder_hours),
        "text_from": f"{now.text_from:%H:%M}",
        "text_to": f"{now.text_to:%H:%M}",
        "neutral_name": now.neutral_name,
        "neutral_locations": set(now.neutral_locations),
        "neutral_visit_types": set(now.neutral_visit_types),
        "version": now.version if now.pk else 0,
    }


def _typed(request: DeskRequest) -> dict[str, Any]:
    given = request.POST
    return {
        "off": set(KINDS) - set(given.getlist("sent")),
        "days": given.get("days", ""),
        "text_from": given.get("text_from", ""),
        "text_to": given.get("text_to", ""),
        "neutral_name": given.get("neutral_name", ""),
        "neutral_locations": _ids(given.getlist("neutral_locations")),
        "neutral_visit_types": _ids(given.getlist("neutral_visit_types")),
        "version": number(given.get("version")) or 0,
    }


def _given(request: DeskRequest) -> dict[str, Any]:
    typed = _typed(request)
    return {
        "off": sorted(typed["off"]),
        "reminder_hours": _hours(typed["days"]),
        "text_from": _time(typed["text_from"], "text_from"),
        "text_to": _time(typed["text_to"], "text_to"),
        "neutral_name": typed["neutral_name"].strip(),
        "neutral_locations": sorted(typed["neutral_locations"]),
        "neutral_visit_types": sorted(typed["neutral_visit_types"]),
    }


def _hours(words: str) -> list[int]:
    """Read "3 days, 24 hours" (a bare number is days) as hours before the visit."""
    found = []
    for part in filter(None, (one.strip().lower() for one in words.split(","))):
        fits = re.fullmatch(r"(\d{1,3})\s*(d|days?|h|hours?)?", part, re.ASCII)
        if not fits:
            msg = "Write when to remind like this: 3 days, 24 hours."
            raise Invalid(msg, fields={"days": msg})
        found.append(int(fits[1]) * (1 if (fits[2] or "d").startswith("h") else 24))
    return found


def _spoken(hours: int) -> str:
    count, word = (hours // 24, "day") if hours % 24 == 0 else (hours, "hour")
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _time(text: str, field: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        msg = "Choose an hour."
        raise Invalid(msg, fields={field: msg}) from None


def _ids(given: list[str]) -> set[int]:
    return {pk for pk in map(number, given) if pk is not None}


def _form(request: DeskRequest, p: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "p": p,
        "kinds": list(KINDS.items()),
        "hours": [(f"{at:%H:%M}", wall_time(at)) for at in HOURS],
        "types": [(one.pk, one.name) for one in visit_types()],
        "may": request.actor.can("messaging.policy"),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    return page(
        request, "desk/messaging/policy.html", context, status=STATUS[refusal.kind] if refusal else 200
    )
