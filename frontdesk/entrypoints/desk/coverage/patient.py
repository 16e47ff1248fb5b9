"""A patient's insurance: which policies, in which order; note one, correct it, put it first, take it out of use."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpResponse, QueryDict

from frontdesk.entrypoints.desk.coverage.card_faces import NONE_YET, card_shown
from frontdesk.entrypoints.desk.coverage.order import beside
from frontdesk.entrypoints.desk.coverage.verifying import strips, suggested
from frontdesk.entrypoints.desk.coverage.wording import card, shown
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, days, draw, draw_again, texts
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.http import page as drawn
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.patients.record import moved
from frontdesk.entrypoints.desk.referrals.patient import shown as shown_referrals
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import Policy
from frontdesk.office.coverage.rules import search_key
from frontdesk.office.patients import services as patients

_TEXTS = (
    "member_id",
    "group_number",
    "plan_name",
    "relationship",
    "subscriber_first",
    "subscriber_last",
    "note",
)
_DAYS = ("subscriber_birth_date", "begins", "ends")
_ROW = re.compile(r"\[(\d+)\]$")


@desk_view()
def tab(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show a patient's policies, in the order they are asked."""
    chart = patients.open_chart(request.actor, patient_id, purpose="record: insurance")
    if chart.patient.pk != patient_id:
        return moved(request, chart, "/insurance")
    day, home = clock.today(request.location.zone), f"/patients/{patient_id}/insurance"
    lines = coverage.open_coverage(request.actor, patient_id=patient_id)
    cards = [card(one, day, home) for one in lines]
    held = [one for one in lines if one.policy.ended_at is None]
    pictured, zone = queries.cards_of(patient_id), request.location.zone
    context = frame(request, chart, "/insurance") | {
        "home": home,
        "policies": [one for one in cards if not one.ended],
        "former": [one for one in cards if one.ended],
        "strips": strips(request, chart.patient, held),
        "pictured": {one.id: card_shown(home, pictured.get(one.id, NONE_YET), zone) for one in cards},
        "loose": card_shown(home, pictured.get(None, NONE_YET), zone),
        **shown_referrals(request, patient_id),
        **beside(request, chart.patient),
    }
    return drawn(request, "desk/coverage/patient.html", context)


@desk_view(("GET", "POST"))
def add(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the form that notes a policy, and note it."""
    open_unmerged(request, patient_id, "insurance: add")
    known = suggested(request, patient_id) if request.method == "GET" else {}
    ask = Panel("Add insurance", (Form("add", "", "Add it", policy_fields(known=known)),))
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    try:
        payer_id, given = payer_typed(request.POST), policy_given(request.POST)
        coverage.add_policy(request.actor, patient_id=patient_id, payer_id=payer_id, **given)
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    return done(request, f"/patients/{patient_id}/insurance", "Insurance added.")


@desk_view(("GET", "POST"))
def policy(request: DeskRequest, patient_id: int, policy_id: int) -> HttpResponse:
    """Show a policy to correct it or take it out of use. One of somebody else's is none of this page's."""
    open_unmerged(request, patient_id, "insurance: policy")
    lines = coverage.open_coverage(request.actor, patient_id=patient_id)
    line = next((one for one in lines if one.policy.pk == policy_id), None)
    if line is None:
        raise Http404
    words = card(line, clock.today(request.location.zone), "")
    facts = (("Stands", words.state), *words.facts) if words.ended else ()
    forms = () if words.ended or not request.actor.can("coverage.change") else _forms(line.policy)
    ask = Panel(f"{line.payer}", forms, words.rank, facts or (() if forms else tuple(words.facts)))
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id, version=line.policy.version)
    version = number(request.POST.get("version")) or 0
    try:
        said = _do(request, policy_id, version)
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id, version=line.policy.version)
    return done(request, f"/patients/{patient_id}/insurance", said)


@desk_view(("POST",))
def first(request: DeskRequest, patient_id: int, policy_id: int) -> HttpResponse:
    """Make a policy the primary one; the others keep their order behind it."""
    open_unmerged(request, patient_id, "insurance: order")
    lines = coverage.open_coverage(request.actor, patient_id=patient_id)
    order = [one.policy.pk for one in lines if one.policy.ended_at is None]
    if policy_id not in order:
        raise Http404
    order.sort(key=lambda pk: pk != policy_id)
    coverage.reorder(request.actor, patient_id=patient_id, policy_ids=order, reason="made primary")
    return done(request, f"/patients/{patient_id}/insurance", "It is primary now.")


def _do(request: DeskRequest, policy_id: int, version: int) -> str:
    match request.POST.get("do", ""):
        case "change":
            changes = {"payer_id": payer_typed(request.POST), **policy_given(request.POST)}
            coverage.change_policy(request.actor, policy_id=policy_id, changes=changes, version=version)
            return "Insurance changed."
        case "end":
            reason = request.POST.get("reason", "")
            coverage.end_policy(request.actor, policy_id=policy_id, version=version, reason=reason)
            return "It is no longer used."
    msg = "Say what is to be done with it."
    raise Invalid(msg)


def _forms(row: Policy) -> tuple[Form, ...]:
    why = Field("reason", "Why", hint="Replaced by another, never theirs, …", width="l")
    return (
        Form("change", "", "Save", policy_fields(row)),
        Form("end", "No longer theirs", "Take it out of use", (why,), danger=True),
    )


def policy_fields(
    row: Policy | None = None, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[Field, ...]:
    """Return the form of a policy: of one on file, or of a new one with what is `known` of it."""

    def of(name: str) -> str:
        value = getattr(row, name) if row else known.get(name)
        return us_date(value) if isinstance(value, date) else str(value or "")

    whose = tuple((code, words) for code, words in Policy.Relationship.choices)
    asked = "Asked where the patient is not the subscriber"
    payer = shown(row.payer) if row else known.get("payer", "")
    return (
        Field("payer", "Payer", "lookup", needed=True, value=payer, width="l", source="/payers/offer"),
        Field("member_id", "Member ID", needed=True, value=of("member_id"), width="m"),
        Field("group_number", "Group", value=of("group_number"), width="m"),
        Field("plan_name", "Plan", value=of("plan_name"), width="m"),
        Field("relationship", "Subscriber", "select", whose, value=of("relationship") or "self", width="m"),
        Field("subscriber_first", "Subscriber's first name", value=of("subscriber_first"), width="m"),
        Field(
            "subscriber_last", "Subscriber's last name", hint=asked, value=of("subscriber_last"), width="m"
        ),
        Field("subscriber_birth_date", "Subscriber's birth date", "date", value=of("subscriber_birth_date")),
        Field("begins", "In force from", "date", value=of("begins")),
        Field("ends", "Last day", "date", value=of("ends")),
        Field("note", "Note", "area", value=of("note")),
    )


def policy_given(data: QueryDict) -> dict[str, Any]:
    """Return what was typed into the form of a policy, but for its payer; raise `Invalid` for a day that is none."""
    return {**texts(data, _TEXTS), **days(data, *_DAYS)}


def payer_typed(data: QueryDict) -> int:
    """Return the payer that was chosen or typed; raise `Invalid` where several fit, or none."""
    typed = data.get("payer", "").strip()
    chosen = _ROW.search(typed)
    if chosen:
        return int(chosen[1][:12])
    found = queries.offered(typed)
    exact = [one for one in found if search_key(one.name) == search_key(typed)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].pk
    msg = "Choose the payer from the list."
    if found:
        msg = f"Several payers fit: {', '.join(one.name for one in found[:3])}. Choose one from the list."
    elif typed:
        msg = "No payer fits. Try another word of its name, or the payer ID on the card."
    raise Invalid(msg, fields={"payer": msg})
