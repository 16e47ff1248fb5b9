"""A patient's referrals and authorizations: a part of their insurance; note one, correct it, end it, ask the payer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, days, draw, draw_again, texts
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.referrals.wording import card
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.sensitivity import sees
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.queries import policies_of
from frontdesk.office.practice.queries import providers
from frontdesk.office.referrals import queries
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.models import Authorization, Kind
from frontdesk.office.referrals.queries import Line
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.queries import visit_types

_TEXTS = ("kind", "number", "referred_by", "referred_npi", "note", "state")
_PICKS = ("policy_id", "visit_type_id", "also_for_id", "provider_id")
_COUNTS = ("allowed", "used_before")
ANY = "any"
_STATES = (
    ("approved", "Approved: it is here"),
    ("draft", "Still to be asked for"),
    ("pending", "Asked for, waiting"),
)


def shown(request: DeskRequest, patient_id: int) -> dict[str, Any]:
    """Return what the part of the insurance tab shows; nothing where it is not to be seen."""
    if not request.actor.can("referrals.view"):
        return {"referred": None}
    zone = request.location.zone
    lines = referrals.open_referrals(request.actor, patient_id=patient_id)
    home = f"/patients/{patient_id}/referrals"
    cards = [card(one, clock.today(zone), home, zone) for one in lines]
    return {
        "referred": [one for one in cards if not one.is_over],
        "referred_before": [one for one in cards if one.is_over],
        "referrals_home": home,
        "follows": next((one.follows for one in cards if one.follows), ""),
        "awaited": next((one.request_id for one in cards if one.follows), None),
    }


@desk_view()
def part(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Answer with the part once the request `asked` is answered; until then with nothing, and no look on record."""
    asked = number(request.GET.get("asked"))
    if asked and queries.waits_still(request.actor, asked):
        return HttpResponse(status=204)
    chart = open_unmerged(request, patient_id, "referrals")
    context = {"patient": chart.patient, "settled": True, **shown(request, patient_id)}
    return page(request, "desk/referrals/_patient.html", context)


@desk_view(("GET", "POST"))
def add(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the form that notes a referral or an authorization, and note it."""
    open_unmerged(request, patient_id, "referrals: add")
    policies = [
        (str(one.policy.pk), one.payer) for one in policies_of(patient_id) if one.policy.ended_at is None
    ]
    if not policies:
        return draw(
            request, Panel("Add a referral", (), "Add the patient’s insurance first."), patient_id=patient_id
        )
    begun = _begun(request, patient_id, policies) if request.method == "GET" else {}
    fields = _fields(request, policies, begun)
    ask = Panel("Add a referral or authorization", (Form("add", "", "Add it", fields),))
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    try:
        made = referrals.add(request.actor, patient_id=patient_id, **_given(request))
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    uses = f" {made.used} of the visits ahead use it." if made.used else ""
    return done(request, f"/patients/{patient_id}/insurance", f"{Kind(made.kind).label} noted.{uses}")


@desk_view(("GET", "POST"))
def one(request: DeskRequest, patient_id: int, authorization_id: int) -> HttpResponse:
    """Show one with the visits that use it: correct it, choose a visit that uses it, end it."""
    line = _found(request, patient_id, authorization_id, "referrals: one")
    words = card(line, clock.today(request.location.zone), "", request.location.zone)
    facts = (
        ("Stands", f"{words.state}, {words.counted}"),
        *words.facts,
        *(("Visit", use) for use in words.uses),
    )
    may = request.actor.can("referrals.change") and line.row.state != "ended"
    ask = Panel(words.title, _forms(request, line) if may else (), facts=tuple(facts))
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id, version=line.row.version)
    try:
        said = _do(request, line)
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id, version=line.row.version)
    return done(request, f"/patients/{patient_id}/insurance", said)


@desk_view(("GET", "POST"))
def ask(request: DeskRequest, patient_id: int, authorization_id: int) -> HttpResponse:
    """Show what the payer would be asked, and ask it."""
    line = _found(request, patient_id, authorization_id, "referrals: ask")
    words = card(line, clock.today(request.location.zone), "", request.location.zone)
    wish = "as many visits as needed" if line.row.allowed is None else f"{line.row.allowed} visits"
    word = Field("message", "A word to their reviewer", hint="Goes to the payer with the request", width="l")
    panel = Panel(
        f"Ask {line.payer}",
        (Form("ask", "", "Ask now", (word,)),),
        f"{Kind(line.row.kind).label} for {wish}",
        tuple(words.facts),
    )
    if request.method == "GET":
        return draw(request, panel, patient_id=patient_id, version=line.row.version)
    try:
        version = number(request.POST.get("version"))
        referrals.ask(
            request.actor,
            authorization_id=authorization_id,
            message=request.POST.get("message", ""),
            version=version,
        )
    except Refusal as refusal:
        return draw_again(request, panel, refusal, patient_id=patient_id, version=line.row.version)
    return done(request, f"/patients/{patient_id}/insurance", "The payer is being asked.")


def _found(request: DeskRequest, patient_id: int, authorization_id: int, why: str) -> Line:
    """Return one of the patient's, both looks on record. One of somebody else's, or a hidden one, is none of theirs."""
    open_unmerged(request, patient_id, why)
    lines = referrals.open_referrals(request.actor, patient_id=patient_id)
    line = next((each for each in lines if each.row.pk == authorization_id and not each.is_hidden), None)
    if line is None:
        raise Http404
    return line


def _do(request: DeskRequest, line: Line) -> str:
    by, data = request.actor, request.POST
    version = number(data.get("version")) or 0
    match data.get("do", ""):
        case "change":
            changes = {name: value for name, value in _given(request).items() if name != "state"}
            referrals.change(by, authorization_id=line.row.pk, changes=changes, version=version)
            return "Changed."
        case "state":
            state = data.get("state", "")
            if state not in dict(_STATES):
                raise Invalid("Choose how it stands.", fields={"state": "Choose how it stands."})
            referrals.change(by, authorization_id=line.row.pk, changes={"state": state}, version=version)
            return "Changed."
        case "use":
            visit = number(data.get("appointment"))
            if not visit:
                raise Invalid("Choose the visit.", fields={"appointment": "Choose the visit."})
            referrals.use(by, appointment_id=visit, authorization_id=line.row.pk)
            return "The visit uses it now."
        case "end":
            referrals.end(by, authorization_id=line.row.pk, version=version, reason=data.get("reason", ""))
            return "It is no longer used."
    raise Invalid("Say what is to be done with it.")


def _forms(request: DeskRequest, line: Line) -> tuple[Form, ...]:
    policies = [
        (str(each.policy.pk), each.payer)
        for each in policies_of(line.row.patient_id)
        if each.policy.ended_at is None or each.policy.pk == line.row.policy_id
    ]
    own = {use.appointment_id for use in line.uses}
    ahead = [
        (str(row.pk), _visit_words(row)) for row in _ahead(request, line.row.patient_id) if row.pk not in own
    ]
    forms = [Form("change", "", "Save", _fields(request, policies, _values(line.row), new=False))]
    if line.row.state != "approved":
        states = Field("state", "It is", "select", _STATES, value=line.row.state, width="m")
        forms.append(Form("state", "What became of it", "Keep it", (states,)))
    elif ahead:
        forms.append(
            Form("use", "A visit that is to use it", "Use it for this visit",
                 (Field("appointment", "Visit", "select", tuple(ahead), width="l"),))
        )  # fmt: skip
    why = Field("reason", "Why", hint="Replaced by another, noted by mistake, …", width="l")
    return (*forms, Form("end", "No longer used", "Take it out of use", (why,), danger=True))


def _ahead(request: DeskRequest, patient_id: int) -> list[Appointment]:
    rows = Appointment.objects.filter(
        patient_id=patient_id, status__in=("scheduled", "confirmed"), starts__gt=clock.now()
    ).select_related("visit_type")
    return [row for row in rows.order_by("starts")[:20] if sees(request.actor, row.visit_type.labels)]


def _visit_words(row: Appointment) -> str:
    wall = to_wall(row.starts, row.zone)
    return f"{short_day(wall.date())}, {wall_time(wall)}: {row.visit_type.name}"


def _begun(request: DeskRequest, patient_id: int, policies: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what the form begins with: the first insurance, and the kind of visit it was opened for."""
    begun = {"policy_id": policies[0][0], "kind": "referral", "state": "approved"}
    visit_id = number(request.GET.get("for"))
    row = (
        Appointment.objects.filter(pk=visit_id or 0, patient_id=patient_id)
        .select_related("visit_type")
        .first()
    )
    if row is not None and sees(request.actor, row.visit_type.labels):
        begun["visit_type_id"] = str(row.visit_type_id)
        stand = queries.stand_of(
            patient_id, row.visit_type, to_wall(row.starts, row.zone).date(), appointment_id=row.pk
        )
        begun["kind"] = stand.cautions[0].kind if stand.cautions else "referral"
    if request.GET.get("kind") in Kind.values:
        begun["kind"] = request.GET["kind"]
    return begun


def _values(row: Authorization) -> dict[str, str]:
    found = {}
    for name in (*_TEXTS, *_PICKS, *_COUNTS, "begins", "ends"):
        value = getattr(row, name)
        found[name] = us_date(value) if isinstance(value, date) else "" if value is None else str(value)
    return found


def _fields(
    request: DeskRequest, policies: Sequence[tuple[str, str]], of: dict[str, str], *, new: bool = True
) -> tuple[Field, ...]:
    kinds = tuple((str(kind.pk), kind.name) for kind in visit_types() if sees(request.actor, kind.labels))
    who = tuple((str(each.pk), each.name) for each in providers())
    whom = ((ANY, "Any visit"), *kinds)
    state = (
        (Field("state", "It is", "select", _STATES, value=of.get("state", "approved"), width="m"),)
        if new
        else ()
    )
    return (
        Field("kind", "What it is", "select", tuple(Kind.choices), value=of.get("kind", "referral"), width="m"),
        Field("number", "Number", value=of.get("number", ""), width="m", hint="Empty where there is none"),
        Field("allowed", "Visits", value=of.get("allowed", ""), width="s", hint="Empty: not counted"),
        Field("begins", "First day", "date", value=of.get("begins", "")),
        Field("ends", "Last day", "date", value=of.get("ends", "")),
        Field("visit_type_id", "For", "select", whom, value=of.get("visit_type_id") or ANY, width="m"),
        Field("also_for_id", "And for", "select", (("none", "Nothing else"), *kinds), value=of.get("also_for_id") or "none", width="m"),
        *state,
        Field("policy_id", "Insurance", "select", tuple(policies), value=of.get("policy_id", ""), width="m"),
        Field("used_before", "Used elsewhere already", value=of.get("used_before", "") or "0", width="s"),
        Field("referred_by", "Referred by", value=of.get("referred_by", ""), width="m"),
        Field("referred_npi", "Their NPI", value=of.get("referred_npi", ""), width="m"),
        Field("provider_id", "With", "select", ((ANY, "Anybody here"), *who), value=of.get("provider_id") or ANY, width="m"),
        Field("note", "Note", "area", value=of.get("note", "")),
    )  # fmt: skip


def _given(request: DeskRequest) -> dict[str, Any]:
    data = request.POST
    given: dict[str, Any] = {**texts(data, _TEXTS), **days(data, "begins", "ends")}
    given |= {name: number(data.get(name)) for name in _PICKS}
    if not given["state"]:
        del given["state"]
    wrong = {}
    for name in _COUNTS:
        typed = data.get(name, "").strip()
        given[name] = number(typed)
        if typed and given[name] is None:
            wrong[name] = "Write a number: 12."
    if wrong:
        raise Invalid("Write a number.", fields=wrong)
    if not given["policy_id"]:
        raise Invalid("Choose the insurance.", fields={"policy_id": "Choose the insurance."})
    return given | {"used_before": given["used_before"] or 0}
