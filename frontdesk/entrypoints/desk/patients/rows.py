"""What a patient has several of: numbers, addresses, people, alerts, names, numbers elsewhere. Each is added, corrected and ended in its card."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view
from frontdesk.entrypoints.desk.patients import section_form as forms
from frontdesk.entrypoints.desk.patients.frame import open_unmerged, with_banner
from frontdesk.entrypoints.desk.patients.section_form import Clash, SectionForm
from frontdesk.entrypoints.desk.patients.sections import SECTIONS, draw, say
from frontdesk.kit.errors import Invalid, NotFound, StaleVersion
from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import IdentifierTaken
from frontdesk.office.patients.services import Chart

PHONE = ("value", "use", "may_call", "may_text", "may_leave_voicemail", "is_preferred", "is_confidential")
ADDRESS = ("use", "line", "line2", "city", "state", "zip", "begins", "ends")
RELATED = ("role", "first", "last", "relationship", "phone", "scope", "expires", "note")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its fields, the card it stands in, and the verbs of the office for it."""

    section: str
    fields: tuple[str, ...]
    rows: str
    id_name: str
    add: Callable[..., Any]
    change: Callable[..., Any] | None
    end: Callable[..., Any]
    fixed: tuple[tuple[str, str], ...] = ()
    first: str = ""
    ended: str = "Ended. It stays in the history."


KINDS: dict[str, Kind] = {
    "phone": Kind(
        "contact",
        PHONE,
        "contacts",
        "contact_id",
        patients.add_contact,
        patients.change_contact,
        patients.end_contact,
        (("system", "phone"),),
        "value",
    ),
    "email": Kind(
        "contact",
        ("value", "use", "is_confidential"),
        "contacts",
        "contact_id",
        patients.add_contact,
        patients.change_contact,
        patients.end_contact,
        (("system", "email"),),
        "value",
    ),
    "address": Kind(
        "contact",
        ADDRESS,
        "addresses",
        "address_id",
        patients.add_address,
        patients.change_address,
        patients.end_address,
        (),
        "line",
    ),
    "person": Kind(
        "people",
        RELATED,
        "people",
        "related_id",
        patients.add_related,
        patients.change_related,
        patients.end_related,
        (),
        "first",
    ),
    "alert": Kind(
        "alerts",
        ("words", "show", "expires"),
        "alerts",
        "alert_id",
        patients.add_alert,
        patients.change_alert,
        patients.end_alert,
        (),
        "words",
    ),
    "name": Kind(
        "identity",
        ("use", "first", "last", "begins", "ends"),
        "names",
        "name_id",
        patients.add_name,
        patients.change_name,
        patients.end_name,
        (),
        "first",
    ),
    "number": Kind(
        "identity",
        ("system", "value"),
        "identifiers",
        "identifier_id",
        patients.add_identifier,
        None,
        patients.remove_identifier,
        (),
        "value",
        "Taken away. It stays in the history.",
    ),
}
BLANK = {"use": "mobile", "role": "emergency", "show": "always", "scope": "schedule"}


@desk_view(("GET", "POST"))
def add(request: DeskRequest, patient_id: int, kind: str) -> HttpResponse:
    """Show an empty row of a kind, and add what was typed into it."""
    which = _known(kind)
    if request.method == "GET":
        form = SectionForm(values=_blank(kind, request.GET.get("role", "")), focus=which.first)
        return _form(request, patient_id, kind, 0, form)
    open_unmerged(request, patient_id, f"add: {kind}")
    typed = forms.posted(request.POST, which.fields)
    try:
        values = {**forms.understood(typed), **dict(which.fixed)}
        which.add(request.actor, patient_id=patient_id, **values)
    except (Invalid, IdentifierTaken) as refusal:
        wrong = refusal.fields if isinstance(refusal, Invalid) else {which.first: refusal.sentence}
        form = SectionForm(values=typed, focus=which.first).wrong(wrong, refusal.sentence)
        return _form(request, patient_id, kind, 0, form, STATUS[refusal.kind])
    return _done(request, patient_id, which, "Added.")


@desk_view(("GET", "POST"))
def change(request: DeskRequest, patient_id: int, kind: str, row_id: int) -> HttpResponse:
    """Show a row as a form, and write what was changed in it."""
    which = _known(kind)
    chart = patients.open_chart(request.actor, patient_id, purpose=f"change: {kind}")
    row = _row(chart, which, row_id)
    if which.change is None:
        msg = "This is not changed; end it and add it anew."
        raise NotFound(msg)
    if request.method == "GET":
        values = forms.shown(row, which.fields)
        form = SectionForm(values, forms.write_base(values), row.version, focus=which.first)
        return _form(request, patient_id, kind, row_id, form)
    typed, base = forms.posted(request.POST, which.fields), request.POST.get("base", "")
    form = SectionForm(typed, base, forms.read_version(request.POST), focus=which.first)
    try:
        changes = forms.understood(typed)
        which.change(
            request.actor,
            **{which.id_name: row_id},
            changes=changes,
            version=forms.read_version(request.POST),
        )
    except Invalid as refusal:
        form = form.wrong(refusal.fields, refusal.sentence)
        return _form(request, patient_id, kind, row_id, form, STATUS[refusal.kind])
    except StaleVersion as conflict:
        # What somebody else wrote may be newer than what was read above.
        newest = _row(
            patients.open_chart(request.actor, patient_id, purpose=f"change: {kind}"), which, row_id
        )
        form = _both(form, newest, which, conflict)
        return _form(request, patient_id, kind, row_id, form, STATUS[conflict.kind])
    return _done(request, patient_id, which, "Saved.")


@desk_view(("POST",))
def end(request: DeskRequest, patient_id: int, kind: str, row_id: int) -> HttpResponse:
    """Say that a row holds no longer; it stays in the history."""
    which = _known(kind)
    chart = patients.open_chart(request.actor, patient_id, purpose=f"end: {kind}")
    row = _row(chart, which, row_id)
    version = {"version": forms.read_version(request.POST)} if isinstance(row, Versioned) else {}
    which.end(request.actor, **{which.id_name: row_id}, **version)
    return _done(request, patient_id, which, which.ended)


@desk_view(("POST",))
def read(request: DeskRequest, patient_id: int, row_id: int) -> HttpResponse:
    """Say that an alert which shows until it is read has been read."""
    chart = patients.open_chart(request.actor, patient_id, purpose="read: alert")
    row = _row(chart, KINDS["alert"], row_id)
    patients.read_alert(request.actor, alert_id=row.pk, version=forms.read_version(request.POST))
    return _done(request, patient_id, KINDS["alert"], "Read. It stands here until somebody ends it.")


def _both(form: SectionForm, row: Any, which: Kind, conflict: StaleVersion) -> SectionForm:
    """Return the form on the row's newest version: what was typed stays beside what is on record, the rest is the record's.

    A field that was left as it had been drawn is no word of theirs: saving again must not take it back.
    """
    now, base = forms.shown(row, which.fields), forms.read_base(form.base, which.fields)
    mine = {name: value for name, value in form.values.items() if value != base.get(name, None)}
    clashes = {
        name: Clash(str(now[name]) or "nothing", str(value) or "nothing")
        for name, value in mine.items()
        if now[name] != value
    }
    words = f"{conflict.sentence} Your words are still in the form; saving again writes them."
    return replace(
        form,
        values={**now, **mine},
        base=forms.write_base(now),
        version=row.version,
        clashes=clashes,
        problem=words,
    )


def _form(
    request: DeskRequest, patient_id: int, kind: str, row_id: int, form: SectionForm, status: int = 200
) -> HttpResponse:
    which = KINDS[kind]
    edit = f"{kind}-{row_id}" if row_id else f"add-{kind}"
    if not request.is_fragment and request.method == "GET":
        return HttpResponseRedirect(f"/patients/{patient_id}{SECTIONS[which.section].tab}")
    chart = patients.open_chart(request.actor, patient_id, purpose=f"section: {which.section}")
    return draw(request, chart, which.section, edit=edit, form=form, status=status)


def _done(request: DeskRequest, patient_id: int, which: Kind, words: str) -> HttpResponse:
    if not request.is_fragment:
        return HttpResponseRedirect(f"/patients/{patient_id}{SECTIONS[which.section].tab}")
    chart = patients.open_chart(request.actor, patient_id, purpose=f"section: {which.section}")
    return say(with_banner(request, chart, draw(request, chart, which.section, focus=True)), words)


def _known(kind: str) -> Kind:
    if kind not in KINDS:
        msg = "There is no such part of the record."
        raise NotFound(msg)
    return KINDS[kind]


def _row(chart: Chart, which: Kind, row_id: int) -> Any:
    """Return the row if it belongs to this chart; a row of somebody else is none."""
    found = next((row for row in getattr(chart, which.rows) if row.pk == row_id), None)
    if found is None:
        msg = "That entry is no longer there."
        raise NotFound(msg)
    return found


def _blank(kind: str, role: str) -> dict[str, Any]:
    values = {name: BLANK.get(name, "") for name in KINDS[kind].fields}
    if kind == "address":
        values["use"] = "home"
    if kind == "name":
        values["use"] = "previous"
    if role:
        values["role"] = role
    return values
