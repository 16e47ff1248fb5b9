"""Register somebody: in place of whatever was going on, the likely duplicates beside it while it is typed."""

import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients import register_form as forms
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.patients.register_form import RegisterForm
from frontdesk.entrypoints.desk.patients.typing import prefill
from frontdesk.entrypoints.desk.templating import phone, us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.patients import rules
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import LikelyDuplicate
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import Candidate, duplicates_for
from frontdesk.office.scheduling import services as scheduling

DRAFT = "register"
BOOSTED = {
    "hx-boost": "true",
    "hx-target": "#page",
    "hx-select": "#page",
    "hx-swap": "outerHTML show:window:top",
}
TO_PAGE = {"target": "#page", "select": "#page", "swap": "outerHTML show:window:top"}


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody registered who may be meant, in words; `href` opens the chart or goes on with them."""

    id: int
    name: str
    birth: str
    sex: str
    mrn: str
    percent: int
    why: str
    stops: bool
    href: str
    attrs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Scan:
    """What came of a license that was scanned: what is wrong with it, or which fields it filled and what to look at."""

    problem: str = ""
    filled: str = ""
    notes: tuple[str, ...] = ()


NOT_SCANNED = Scan()


@desk_view(("GET", "POST"))
def register(request: DeskRequest) -> HttpResponse:
    """Show the form, begun with what was searched for (`q`) or left (`draft`), and register who is in it."""
    _must(request, "patients.register")
    data = request.POST if request.method == "POST" else request.GET
    back = safe_back(data.get("back", ""))
    if request.method == "POST" and "legal_last" in request.POST:
        return _register(request, back)
    left = patients.load_draft(request.actor, name=DRAFT)
    values = {name: texts[0] for name, texts in left.items() if texts} if data.get("draft") else {}
    if request.method == "POST":
        text = request.POST.get("q", "").strip().removeprefix("book ")
        values = prefill(text, clock.today(request.location.zone))
    form = forms.begun(values, back, place_of(request))
    return draw_form(request, form, left={} if data.get("draft") else left)


@desk_view(("POST",))
def check(request: DeskRequest) -> HttpResponse:
    """Answer who is registered already and may be meant by what is typed so far."""
    _must(request, "patients.register")
    values = forms.typed(request.POST)
    form = forms.begun(values, safe_back(request.POST.get("back", "")), place_of(request))
    return page(request, "desk/patients/register.html", _beside(request, form), block="beside")


@desk_view(("POST",))
def family(request: DeskRequest) -> HttpResponse:
    """Fill in what a family shares: telephone, language, address; what is typed already stays."""
    _must(request, "patients.register")
    values = forms.typed(request.POST)
    given = number(request.POST.get("relative") or values["copy_from"])
    if given is None:
        raise Invalid(
            "Choose somebody of the family.", fields={"copy_from": "Choose somebody of the family."}
        )
    chart = patients.open_chart(request.actor, given, purpose="copy for a family member")
    home = next((one for one in chart.addresses if one.use == "home" and one.ends is None), None)
    numbers = [one for one in chart.contacts if one.system == "phone" and one.ends is None]
    shared = {"phone": phone(numbers[0].value) if numbers else "", "language": chart.patient.language}
    if home:
        shared |= {name: getattr(home, name) for name in ("line", "line2", "city", "state", "zip")}
    filled = {**values, **{name: value for name, value in shared.items() if value and not values.get(name)}}
    filled["copy_from"] = str(chart.patient.pk)
    who = f"{chart.patient.name} · {us_date(chart.patient.birth_date)}"
    form = replace(forms.begun(filled), relative=who)
    return page(request, "desk/patients/register.html", {**_choices(), "f": form}, block="reach")


def safe_back(text: str) -> str:
    """Return where to go on afterwards if that is a place of the desk; nothing otherwise."""
    parts = urlsplit(text)
    ours = (
        text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    )
    return text if ours and "\n" not in text and len(text) <= 600 else ""


def _register(request: DeskRequest, back: str) -> HttpResponse:
    values = forms.typed(request.POST)
    form = forms.begun(values, back, place_of(request))
    wrong = forms.missing(values, clock.today(request.location.zone))
    if wrong:
        return draw_form(request, form.wrong(wrong, "A few things are missing."), status=422)
    try:
        made = patients.register(
            request.actor,
            details=forms.details(values),
            confirmed_distinct=request.POST.get("distinct") == "yes",
        )
    except LikelyDuplicate as stop:
        return _stop(request, form, stop)
    except Invalid as refusal:
        return draw_form(request, form.wrong(refusal.fields, refusal.sentence), status=STATUS[refusal.kind])
    patients.discard_draft(replace(request.actor, key=None), name=DRAFT)
    return _go_on(request, made, back)


def _go_on(request: DeskRequest, patient: Patient, back: str) -> HttpResponse:
    """Return into what was going on, now for this patient; else open the new chart, without a page load."""
    if back:
        return HttpResponseRedirect(onward(back, patient.pk))
    words = f"Registered. The MRN is {patient.mrn}."
    to = f"/patients/{patient.pk}"
    if not request.is_fragment:
        request.session["said"] = words
        return HttpResponseRedirect(to)
    answer = HttpResponse(status=200)
    answer["HX-Location"] = json.dumps({"path": to, **TO_PAGE, "headers": {"HX-Boosted": "true"}})
    answer["HX-Trigger"] = json.dumps({"said": {"words": words, "tone": "good"}})
    answer["HX-Reswap"] = "none"
    return answer


def onward(back: str, patient_id: int) -> str:
    """Return the address of what was going on, with the patient it is for now."""
    return f"{back}{'&' if '?' in back else '?'}patient={patient_id}"


def _stop(request: DeskRequest, form: RegisterForm, stop: LikelyDuplicate) -> HttpResponse:
    likely = [_likely(one, form) for one in stop.about if isinstance(one, Candidate)]
    context = {"f": replace(form, focus=""), "stopped": likely[:3], "left": {}, "scan": NOT_SCANNED}
    return _draw(request, {**_choices(), **_beside(request, form), **context}, status=409)


def draw_form(
    request: DeskRequest,
    form: RegisterForm,
    *,
    left: dict[str, list[str]] | None = None,
    status: int = 200,
    scan: Scan = NOT_SCANNED,
) -> HttpResponse:
    """Draw the form as it stands; `scan` is what came of a license."""
    context = {"f": form, "stopped": [], "left": _left(left or {}), "scan": scan}
    return _draw(request, {**_choices(), **_beside(request, form), **context}, status=status)


def place_of(request: DeskRequest) -> str:
    """Say where the form stands: in the sheet when it was asked for from there, else on its page."""
    asked = request.headers.get("HX-Target") == "sheet-body"
    return "sheet" if asked or request.POST.get("place") == "sheet" else "page"


def _draw(request: DeskRequest, context: dict[str, Any], status: int) -> HttpResponse:
    block = None
    if request.is_fragment:
        block = "panel" if context["f"].place == "sheet" else "body"
    return page(request, "desk/patients/register.html", context, block=block, status=status)


def _left(left: dict[str, list[str]]) -> dict[str, str]:
    """Return who the form was about that was left, when it is worth taking up."""
    first = {name: texts[0] for name, texts in left.items() if texts and texts[0].strip()}
    who = " ".join(first[name] for name in ("legal_first", "legal_last", "birth_date") if name in first)
    return {"who": who} if who else {}


def _beside(request: DeskRequest, form: RegisterForm) -> dict[str, Any]:
    """Return who is registered already and may be meant, and whether a guardian belongs on the form."""
    new = forms.details(form.values)
    enough = bool((new.legal_last or new.legal_first) and (new.birth_date or new.phone))
    found = duplicates_for(new)[:6] if enough else []
    if found:
        names = [one.id for one in found]
        scheduling.open_list(
            request.actor, name="registered already", location_id=request.location.pk, patient_ids=names
        )
    minor = bool(new.birth_date) and rules.is_minor(new.birth_date, clock.now().date())
    return {"likely": [_likely(one, form) for one in found], "enough": enough, "minor": minor}


def _likely(one: Candidate, form: RegisterForm) -> Likely:
    to = onward(form.back, one.id) if form.back else f"/patients/{one.id}"
    into_sheet = {"hx-get": to, "hx-target": "#sheet-body", "hx-swap": "innerHTML"}
    return Likely(
        id=one.id,
        name=one.name,
        birth=us_date(one.birth_date),
        sex=wording.sex(one.sex),
        mrn=one.mrn,
        percent=round(one.score * 100),
        why=", ".join(one.why),
        stops=one.score >= rules.STOP,
        href=to,
        attrs=into_sheet if form.back and form.place == "sheet" else BOOSTED,
    )


def _choices() -> dict[str, Any]:
    return {
        "sexes": list(rules.SEXES.items()),
        "languages": list(rules.LANGUAGES.items()),
        "yes_no": [("yes", "Yes"), ("no", "No")],
    }


def _must(request: DeskRequest, permission: str) -> None:
    if not request.actor.can(permission):
        msg = "Your role does not allow this. Ask a lead or the practice manager."
        raise NotPermitted(msg, permission)
