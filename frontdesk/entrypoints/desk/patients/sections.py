"""The sections of a record, edited where they stand: each is a card that turns into a form and back."""

import json
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients import section_form as forms
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.patients.frame import open_unmerged, with_banner
from frontdesk.entrypoints.desk.patients.section_form import Clash, SectionForm
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, StaleVersion
from frontdesk.office.patients import rules
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import EditConflict
from frontdesk.office.patients.queries import history, ssn_shown
from frontdesk.office.patients.services import SCOPES, Chart


@dataclass(frozen=True, slots=True)
class Section:
    """One section: where it stands and which fields of the patient it holds. `confirms` is its name in the office."""

    title: str
    picture: str
    tab: str
    fields: tuple[str, ...] = ()
    confirms: str = ""
    first: str = ""


SECTIONS: dict[str, Section] = {
    "identity": Section(
        "Name and person",
        "user",
        "/person",
        (
            *("legal_first", "legal_middle", "legal_last", "suffix", "preferred_name", "birth_date", "sex"),
            *("gender_identity", "pronouns", "is_deceased", "deceased_on"),
        ),
        "identity",
        "legal_first",
    ),
    "needs": Section(
        "Language and needs",
        "languages",
        "/person",
        ("language", "interpreter_needed", "races", "ethnicity", "confidential", "confidential_note"),
        "needs",
        "language",
    ),
    "contact": Section("Telephones and addresses", "phone", "/contacts", confirms="contact"),
    "people": Section("Their people", "users", "/contacts", confirms="people"),
    "alerts": Section("What colleagues should know", "bell", "/alerts"),
}


@desk_view(("GET", "POST"))
def section(request: DeskRequest, patient_id: int, code: str) -> HttpResponse:
    """Show a section, as a form with `edit`, and write what was changed in it."""
    which = _known(code)
    if request.method == "POST":
        return _save(request, patient_id, code)
    edit = request.GET.get("edit", "")
    if not request.is_fragment:
        return HttpResponseRedirect(f"/patients/{patient_id}{which.tab}" + (f"?edit={edit}" if edit else ""))
    chart = patients.open_chart(request.actor, patient_id, purpose=f"section: {code}")
    return draw(request, chart, code, edit=edit, focus=not edit)


@desk_view(("POST",))
def confirm(request: DeskRequest, patient_id: int, code: str) -> HttpResponse:
    """Note that a section was gone through with the patient and is right: one key."""
    which = _known(code)
    open_unmerged(request, patient_id, f"confirm: {code}")
    patients.confirm_section(request.actor, patient_id=patient_id, section=which.confirms)
    if not request.is_fragment:
        return HttpResponseRedirect(f"/patients/{patient_id}{which.tab}")
    chart = patients.open_chart(request.actor, patient_id, purpose=f"section: {code}")
    return say(draw(request, chart, code, focus=True), f"{which.title}: unchanged, noted.")


@desk_view(("POST",))
def confirm_all(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Note that everything was gone through and is right; each section is a deed of its own on the record."""
    by = request.actor
    open_unmerged(request, patient_id, "confirm")
    for which in SECTIONS.values():
        if which.confirms:
            mine = by.keyed(f"{by.key}-{which.confirms}"[-64:], by.body) if by.key else by
            patients.confirm_section(mine, patient_id=patient_id, section=which.confirms)
    if not request.is_fragment:
        return HttpResponseRedirect(f"/patients/{patient_id}")
    chart = patients.open_chart(request.actor, patient_id, purpose="confirmed")
    context = {"patient": chart.patient, "right": still_right(request, chart), "focus": True}
    return say(page(request, "desk/patients/_right.html", context), "All unchanged, noted.")


@dataclass(frozen=True, slots=True)
class Still:
    """One thing to ask a caller about: what is on record, where it is changed, when it was last confirmed."""

    label: str
    value: str
    href: str
    note: str
    stale: bool


def still_right(request: DeskRequest, chart: Chart) -> dict[str, Any]:
    """Return what to go through with the patient, in the order it is asked."""
    zone, today = request.location.zone, clock.today(request.location.zone)
    home = f"/patients/{chart.patient.pk}"
    numbers = [one for one in chart.contacts if one.ends is None or one.ends > today]
    phones = ", ".join(wording.number(one) for one in numbers if one.system == "phone")
    emails = ", ".join(wording.number(one) for one in numbers if one.system == "email")
    homes = "; ".join(wording.address(a) for a in chart.addresses if a.ends is None or a.ends > today)
    emergency = "; ".join(wording.person(one) for one in chart.people if one.role == "emergency")
    told = "; ".join(
        f"{wording.person(one)} ({wording.permission(one, today)})"
        for one in chart.people
        if one.role == "authorized"
    )
    asked = (
        ("Address", homes, "/contacts", "contact"),
        ("Telephone", phones, "/contacts", "contact"),
        ("E-mail", emails, "/contacts", "contact"),
        ("Emergency contact", emergency, "/contacts", "people"),
        ("May be told", told or "nobody else", "/contacts", "people"),
        (
            "Name and sex",
            f"{chart.patient.legal_name}, {wording.sex(chart.patient.sex)}",
            "/person",
            "identity",
        ),
        ("Language", rules.LANGUAGES.get(chart.patient.language, chart.patient.language), "/person", "needs"),
    )
    notes = {code: wording.confirmed(chart.confirmed.get(code), zone) for *_, code in asked}
    lines = [Still(label, value, home + tab, *notes[code]) for label, value, tab, code in asked]
    dated = [one.at for one in chart.confirmed.values()]
    return {
        "lines": lines,
        "stale": any(stale for _, stale in notes.values()),
        "note": f"last confirmed {wording.short_date(max(dated), zone)}" if dated else "never confirmed",
        "can_confirm": request.actor.can("patients.confirm"),
    }


def draw(
    request: DeskRequest,
    chart: Chart,
    code: str,
    *,
    edit: str = "",
    form: SectionForm | None = None,
    focus: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Draw a section's card alone; when it was saved, the banner is replaced along with it."""
    context = {
        "chart": chart,
        "patient": chart.patient,
        code: card_context(request, chart, code, edit=edit, form=form, focus=focus),
    }
    return page(request, f"desk/patients/_{code}.html", context, status=status)


def card_context(
    request: DeskRequest,
    chart: Chart,
    code: str,
    *,
    edit: str = "",
    form: SectionForm | None = None,
    focus: bool = False,
) -> dict[str, Any]:
    """Return what a section's card is drawn with; `edit` names what of it is a form now."""
    which, zone = SECTIONS[code], request.location.zone
    can_change = request.actor.can("patients.change")
    edit = edit if can_change else ""
    note, stale = (
        wording.confirmed(chart.confirmed.get(which.confirms), zone) if which.confirms else ("", False)
    )
    return {
        "code": code,
        "title": which.title,
        "picture": which.picture,
        "note": note,
        "stale": stale,
        "edit": edit,
        "form": form or (_form_of(chart, which) if edit == code else None),
        "focus": focus,
        "can_change": can_change,
        "can_confirm": bool(which.confirms) and request.actor.can("patients.confirm"),
        "today": clock.today(zone),
        "words": wording,
        "choices": CHOICES,
        "ssn": ssn_shown(request.actor, chart.patient.pk) if code == "identity" else "",
        "may_change_ssn": request.actor.can("patients.change_ssn"),
        "may_reveal_ssn": request.actor.can("patients.reveal_ssn"),
    }


CHOICES: dict[str, list[tuple[str, str]]] = {
    "sex": list(rules.SEXES.items()),
    "language": list(rules.LANGUAGES.items()),
    "races": list(rules.RACES.items()),
    "ethnicity": list(rules.ETHNICITIES.items()),
    "yes_no": [("yes", "Yes"), ("no", "No"), ("", "Not asked")],
    "use": list(wording.USES.items()),
    "address_use": list(wording.ADDRESS_USES.items()),
    "name_use": list(wording.NAME_USES.items()),
    "role": list(wording.ROLES.items()),
    "show": list(wording.SHOWS.items()),
    "scope": list(SCOPES.items()),
}


def say(answer: HttpResponse, words: str, tone: str = "good") -> HttpResponse:
    """Have the page say and show a sentence."""
    answer["HX-Trigger"] = json.dumps({"said": {"words": words, "tone": tone}})
    return answer


def _known(code: str) -> Section:
    if code not in SECTIONS:
        msg = "There is no such part of the record."
        raise NotFound(msg)
    return SECTIONS[code]


def _form_of(chart: Chart, which: Section) -> SectionForm:
    values = forms.shown(chart.patient, which.fields)
    base, version = forms.write_base(values), chart.patient.version
    return SectionForm(values=values, base=base, version=version, focus=which.first)


def _save(request: DeskRequest, patient_id: int, code: str) -> HttpResponse:
    which = SECTIONS[code]
    open_unmerged(request, patient_id, f"change: {code}")
    typed = forms.posted(request.POST, which.fields)
    based = forms.read_base(request.POST.get("base", ""), which.fields)
    version = forms.read_version(request.POST)
    form = SectionForm(values=typed, base=forms.write_base(based), version=version, focus=which.first)
    try:
        typed = _settled(request, typed, based)
        patients.update_demographics(
            request.actor,
            patient_id=patient_id,
            changes=forms.understood(typed),
            base=forms.understood(based),
            version=version,
        )
    except Invalid as refusal:
        form = form.wrong(refusal.fields, refusal.sentence)
        return _again(request, patient_id, code, form, STATUS[refusal.kind])
    except (EditConflict, StaleVersion) as conflict:
        return _conflict(request, patient_id, code, form, conflict)
    chart = patients.open_chart(request.actor, patient_id, purpose=f"section: {code}")
    if not request.is_fragment:
        return HttpResponseRedirect(f"/patients/{patient_id}{which.tab}")
    return say(with_banner(request, chart, draw(request, chart, code, focus=True)), "Saved.")


def _settled(request: DeskRequest, typed: dict[str, Any], based: dict[str, Any]) -> dict[str, Any]:
    """Apply the choices made between two people's values: theirs stands, or mine is written on purpose."""
    for name in typed:
        choice = request.POST.get(f"choose_{name}", "")
        if choice == "theirs":
            typed[name] = based[name]
        elif request.POST.get(f"clash_{name}") and not choice:
            msg = "Choose one of the two, then save."
            raise Invalid(msg, fields={name: "Choose one of the two."})
    return typed


def _conflict(
    request: DeskRequest, patient_id: int, code: str, form: SectionForm, conflict: EditConflict | StaleVersion
) -> HttpResponse:
    """Draw the form on the newest record, with both values wherever two people changed the same."""
    which = SECTIONS[code]
    chart = patients.open_chart(request.actor, patient_id, purpose=f"section: {code}")
    newest = _form_of(chart, which)
    before = forms.read_base(form.base, which.fields)
    mine = {name: value for name, value in form.values.items() if value != before.get(name)}
    who = _last_hands(chart.patient.pk)
    both = [name for name in mine if newest.values[name] not in (before.get(name), mine[name])]
    clashes = {n: Clash(_words(n, newest.values[n]), _words(n, mine[n]), who.get(n, "")) for n in both}
    merged = replace(
        newest,
        values={**newest.values, **mine},
        clashes=clashes,
        problem=conflict.sentence,
        focus=both[0] if both else newest.focus,
    )
    return _again(request, patient_id, code, merged, STATUS[conflict.kind], chart)


def _again(
    request: DeskRequest,
    patient_id: int,
    code: str,
    form: SectionForm,
    status: int,
    chart: Chart | None = None,
) -> HttpResponse:
    chart = chart or patients.open_chart(request.actor, patient_id, purpose=f"section: {code}")
    return draw(request, chart, code, edit=code, form=form, status=status)


def _last_hands(patient_id: int) -> dict[str, str]:
    """Return for each field who changed it last."""
    hands: dict[str, str] = {}
    for change in history(patient_id, limit=10):
        for name, _, _ in change.fields:
            hands.setdefault(name, change.who)
    return hands


def _words(name: str, value: Any) -> str:
    """Say a form's value in words."""
    if isinstance(value, list):
        return wording.race(value) or "nothing"
    if name in forms.SWITCHES:
        return "yes" if value else "no"
    options = dict(CHOICES.get(name, ()))
    return str(options.get(value, value) or "nothing")
