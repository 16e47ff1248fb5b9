"""Forms of the side panel as data: which fields, in which words; one template draws them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest
from frontdesk.entrypoints.desk.patients.typing import any_date
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal

WRONG_DATE = "Write the day in full: 3/14/2026."


@dataclass(frozen=True, slots=True)
class Field:
    """One field: text, area, date, select, check, or lookup: text that is offered what fits from `source`."""

    name: str
    label: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    needed: bool = False
    value: str = ""
    width: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a panel. `do` tells it from its neighbours; `plain` forms answer with a file, not with a part."""

    do: str
    legend: str
    submit: str
    fields: tuple[Field, ...] = ()
    danger: bool = False
    plain: bool = False
    action: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel shows: facts, the address of a paper to print, its forms, and another panel to go on to (words, address).

    That other panel is about the facts where it is an `aside`, and stands with them; else it comes after the forms.
    """

    title: str
    forms: tuple[Form, ...]
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    say: str = ""
    paper: str = ""
    link: tuple[str, str] = ("", "")
    aside: bool = False


def draw(
    request: DeskRequest,
    shown: Panel,
    *,
    patient_id: int | None = None,
    version: int | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Draw a panel; after a refusal the form that was sent keeps what was typed and says what is wrong."""
    context = {
        "p": shown,
        "patient_id": patient_id,
        "version": version,
        "here": request.path,
        "sent": request.POST.get("do", "") if refusal else "",
        "data": request.POST if refusal else {},
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/form_panel.html", context, title=shown.title, status=status)


def draw_again(
    request: DeskRequest,
    shown: Panel,
    refusal: Refusal,
    *,
    patient_id: int | None = None,
    version: int | None = None,
) -> HttpResponse:
    """Draw a panel whose form was refused. What is not there, or not for who asks, is no matter of a form: it is raised."""
    if isinstance(refusal, NotPermitted | NotFound):
        raise refusal
    return draw(request, shown, patient_id=patient_id, version=version, refusal=refusal)


def days(data: Mapping[str, str], *names: str) -> dict[str, date | None]:
    """Return the days that were typed; raise `Invalid` for what is none. A blank is None."""
    found: dict[str, date | None] = {}
    wrong: dict[str, str] = {}
    for name in names:
        text = data.get(name, "").strip()
        found[name] = any_date(text) if text else None
        if text and found[name] is None:
            wrong[name] = WRONG_DATE
    if wrong:
        raise Invalid(WRONG_DATE, fields=wrong)
    return found


def day(data: Mapping[str, str], name: str) -> date:
    """Return a day that must be there; raise `Invalid`."""
    found = days(data, name)[name]
    if found is None:
        raise Invalid(WRONG_DATE, fields={name: WRONG_DATE})
    return found


def texts(data: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return fields of text as they were typed."""
    return {name: data.get(name, "") for name in names}


Act = Callable[[DeskRequest, int], Any]
