"""Insurance cards at the desk: scan one, look at its picture beside its fields, confirm what was read, or use nothing of it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.coverage import card_faces
from frontdesk.entrypoints.desk.coverage.patient import payer_typed, policy_fields, policy_given
from frontdesk.entrypoints.desk.coverage.verdicts import follows
from frontdesk.entrypoints.desk.forms import Field
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.exchange.cards import pictures
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.office.coverage import queries, rules
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import CardScan, Policy
from frontdesk.office.coverage.queries import PolicyLine
from frontdesk.office.patients.services import Chart

SIDES = ("front", "back")
NEW = "new"
# Opened by itself it is a picture and nothing else, and no cache keeps it: each look is asked for, and on record.
_ALONE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Content-Disposition": "inline",
}


@desk_view(("GET", "POST"))
def scan(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the form that takes a card's pictures, and keep them."""
    open_unmerged(request, patient_id, "insurance: scan a card")
    lines = [
        one for one in coverage.open_coverage(request.actor, patient_id=patient_id) if not one.policy.ended_at
    ]
    if request.method == "GET":
        return _scan_panel(request, patient_id, lines)
    try:
        sides = {side: _sent(request, side) for side in SIDES}
        policy_id = number(request.POST.get("policy"))
        made = coverage.scan_card(request.actor, patient_id=patient_id, policy_id=policy_id, **sides)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted):
            raise
        return _scan_panel(request, patient_id, lines, refusal)
    return done(
        request, f"/patients/{patient_id}/insurance/cards/{made.pk}{_back(request.POST.get('visit'))}"
    )


@desk_view(("GET", "POST"))
def card(request: DeskRequest, patient_id: int, card_id: int) -> HttpResponse:
    """Show a card beside the form it proposes to fill; confirm what stands in the form."""
    chart, row = _found(request, patient_id, card_id, "insurance: card")
    if request.method == "POST":
        return _confirm(request, chart, row)
    context = (
        frame(request, chart, "/insurance") | _looked_at(request, chart, row) | _reading(request, chart, row)
    )
    return page(request, "desk/coverage/card.html", context)


@desk_view()
def reading(request: DeskRequest, patient_id: int, card_id: int) -> HttpResponse:
    """Answer with what was read on a card; until then with nothing, and no look on record."""
    if queries.is_being_read(request.actor, card_id):
        return HttpResponse(status=204)
    chart, row = _found(request, patient_id, card_id, "insurance: card")
    context = {"patient": chart.patient, **_looked_at(request, chart, row), **_reading(request, chart, row)}
    return page(request, "desk/coverage/card.html", context | {"arrived": True}, block="reading")


@desk_view(("POST",))
def dismiss(request: DeskRequest, patient_id: int, card_id: int) -> HttpResponse:
    """Use nothing of a card."""
    _found(request, patient_id, card_id, "insurance: card")
    coverage.dismiss_card(request.actor, card_id=card_id)
    return done(request, _onward(request, patient_id), "Nothing of the card was used. It stays on record.")


@desk_view()
def picture(request: DeskRequest, patient_id: int, picture_id: int) -> HttpResponse:
    """Answer one side of a card; the look is on record."""
    image, kind = coverage.see_card(request.actor, patient_id=patient_id, picture_id=picture_id)
    return HttpResponse(image, content_type=kind, headers=_ALONE)


def _sent(request: DeskRequest, side: str) -> bytes:
    """Return one side as it is kept, b"" where none was sent. Raises `Invalid` for what is no usable picture."""
    sent = request.FILES.get(side)
    if not isinstance(sent, UploadedFile):
        return b""
    try:
        # A byte more than fits is enough to see that it is too large.
        return pictures.tidied(sent.read(pictures.LARGEST + 1))
    except pictures.CannotBeUsed as wrong:
        raise Invalid(str(wrong), fields={side: str(wrong)}) from wrong


def _scan_panel(
    request: DeskRequest, patient_id: int, lines: list[PolicyLine], refusal: Refusal | None = None
) -> HttpResponse:
    data = request.POST if refusal else request.GET
    choices = [(str(one.policy.pk), f"{rules.rank_words(one.policy.rank)}: {one.payer}") for one in lines]
    context = {
        "patient_id": patient_id,
        "choices": [*choices, ("", "A policy that is not noted yet")],
        "chosen": data.get("policy", choices[0][0] if choices else ""),
        "visit": number(data.get("visit")) or "",
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(
        request, "desk/coverage/scan_panel.html", context, title="Scan the insurance card", status=status
    )


def _found(request: DeskRequest, patient_id: int, card_id: int, why: str) -> tuple[Chart, CardScan]:
    """Return a card with its patient's chart, both looks on record. One of somebody else's is none of this page's."""
    chart = open_unmerged(request, patient_id, why)
    row = coverage.open_card(request.actor, card_id=card_id)
    if row.patient_id != patient_id:
        raise Http404
    return chart, row


def _looked_at(request: DeskRequest, chart: Chart, row: CardScan) -> dict[str, Any]:
    home, zone = f"/patients/{chart.patient.pk}/insurance", request.location.zone
    return {
        "home": home,
        "row": row,
        "sides": [card_faces.side(home, one, zone) for one in queries.faces_of(row.pk)],
        "earlier": card_faces.earlier(queries.scans_of(chart.patient.pk, row.policy_id), row.pk, zone),
        "visit": number(request.GET.get("visit") or request.POST.get("visit")) or "",
    }


def _reading(
    request: DeskRequest, chart: Chart, row: CardScan, refusal: Refusal | None = None
) -> dict[str, Any]:
    """Return what stands beside the pictures: that it is being read, the form, or how it was settled."""
    lines = [
        one
        for one in coverage.open_coverage(request.actor, patient_id=chart.patient.pk)
        if not one.policy.ended_at
    ]
    told = queries.proposed(row.pk)
    policy = _target(request, row, lines)
    waits = row.state != CardScan.State.DONE and "by_hand" not in request.GET and refusal is None
    hints = card_faces.hints(told, policy)
    fields = policy_fields(policy) if policy else policy_fields(known=card_faces.known(told))
    differs = [one for one in hints.values() if one.how != "same"]
    return {
        "waits": waits,
        "follows": follows(row.scanned_at),
        "settled": card_faces.settled(row, request.location.zone),
        "outcome": card_faces.OUTCOMES.get(row.outcome, ("", "quiet", "circle")),
        "fields": _typed_again(fields, request) if refusal else fields,
        "facts": [(one.label, one.value) for one in fields if one.value and one.kind != "select"],
        "hints": hints,
        "policy": policy,
        "policies": [(one.policy.pk, f"{rules.rank_words(one.policy.rank)}: {one.payer}") for one in lines],
        "differs": len(differs) if policy else 0,
        "all_sure": bool(differs) and all(one.sure for one in differs),
        "printed": card_faces.printed(told),
        "named": card_faces.named(told),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
        "may_change": request.actor.can("coverage.change"),
        "arrived": False,
    }


def _target(request: DeskRequest, row: CardScan, lines: list[PolicyLine]) -> Policy | None:
    """Return the policy the form is about: the one that was chosen, else the card's own; None for a new one."""
    asked = request.POST.get("policy") or request.GET.get("policy") or ""
    wanted = None if asked == NEW else number(asked) or queries.policy_of_card(row)
    return next((one.policy for one in lines if one.policy.pk == wanted), None)


def _confirm(request: DeskRequest, chart: Chart, row: CardScan) -> HttpResponse:
    lines = coverage.open_coverage(request.actor, patient_id=chart.patient.pk)
    policy = _target(request, row, [one for one in lines if not one.policy.ended_at])
    if policy is None and request.POST.get("policy", "") not in {"", NEW}:
        raise Http404
    try:
        given = {"payer_id": payer_typed(request.POST), **policy_given(request.POST)}
        if policy is not None and request.POST.get("take") == "all":
            given |= _as_read(row, policy)
        coverage.confirm_card(
            request.actor,
            card_id=row.pk,
            policy_id=policy.pk if policy else None,
            version=number(request.POST.get("version")),
            fields=given,
        )
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        context = frame(request, chart, "/insurance") | _looked_at(request, chart, row)
        context |= _reading(request, chart, row, refusal)
        block = "reading" if request.is_fragment else None
        return page(request, "desk/coverage/card.html", context, block=block, status=STATUS[refusal.kind])
    return done(request, _onward(request, chart.patient.pk), "The card is confirmed.")


def _as_read(row: CardScan, policy: Policy) -> dict[str, Any]:
    """Return what differs from the policy as it was read on the card: the page showed each of them."""
    told = queries.proposed(row.pk)
    differs = {name: one for name, one in told.items() if name in rules.PROPOSED}
    return {
        name: rules.kept(one)
        for name, one in differs.items()
        if rules.stands(one, getattr(policy, name)) != "same"
    }


def _typed_again(fields: tuple[Field, ...], request: DeskRequest) -> tuple[Field, ...]:
    """Return the form as it was sent, after a refusal."""
    return tuple(
        Field(
            one.name, one.label, one.kind, one.options, one.hint, one.needed, request.POST.get(one.name, one.value),
            one.width, one.source,
        )
        for one in fields
    )  # fmt: skip


def _back(visit: str | None) -> str:
    return f"?visit={found}" if (found := number(visit)) else ""


def _onward(request: DeskRequest, patient_id: int) -> str:
    """Return where to go on: to the visit the card was scanned for, else to the tab."""
    visit = number(request.POST.get("visit"))
    return f"/visits/{visit}" if visit else f"/patients/{patient_id}/insurance"
