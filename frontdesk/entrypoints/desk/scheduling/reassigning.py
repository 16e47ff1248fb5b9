"""Give a visit to another provider at the same time, or another room or device: this visit, or its whole series."""

from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.appointments import card_again
from frontdesk.entrypoints.desk.scheduling.cards import Card, card
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.entrypoints.desk.scheduling.wording import how_many
from frontdesk.kit.errors import Conflict, Invalid, Refusal
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling


@desk_view(("GET", "POST"))
def reassign(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Ask who or which room takes the visit, and give it to them."""
    a = card(request, appointment_id)
    if request.method == "GET":
        return _form(request, a)
    try:
        return _reassign(request, a)
    except (Conflict, Refusal) as refusal:
        return _form(request, a, refusal)


def _reassign(request: DeskRequest, a: Card) -> HttpResponse:
    data, wanted = request.POST, number(request.POST.get("provider"))
    swaps = [
        (has, gets) for has, gets in ((has, number(data.get(f"swap-{has}"))) for has in _held(a)) if gets
    ]
    why, scope = data.get("reason", "").strip(), data.get("scope", "this")
    if wanted is None and not swaps:
        raise Invalid("One thing is missing.", fields={"provider": "Choose who or what takes it."})
    if len(swaps) + (wanted is not None) > 1:
        raise Invalid("One change at a time.", fields={"provider": "Change the provider or one room."})
    if not why:
        raise Invalid("One thing is missing.", fields={"reason": "Say why in a few words."})
    wish: dict[str, Any] = {
        "appointment_id": a.id,
        "version": number(data.get("version")),
        "override_reason": why,
    }
    if wanted is not None and a.series and scope in {"following", "all"}:
        skip = bool(data.get("skip"))
        many = scheduling.reassign_series(
            request.actor, **wish, provider_id=wanted, scope=scope, skip_conflicts=skip
        )
        return card_again(request, many[0], f"Reassigned {how_many(len(many), 'visit')}.")
    made = scheduling.reassign(request.actor, **wish, provider_id=wanted, swap=swaps[0] if swaps else None)
    return card_again(request, made, "Reassigned.")


def _held(a: Card) -> list[int]:
    return [one.resource_id for one in queries.stand_ins(a.id)]


def _form(request: DeskRequest, a: Card, refusal: Refusal | None = None) -> HttpResponse:
    data = request.POST
    others = [(one.pk, one.name) for one in providers() if one.pk != a.provider_id]
    context = {
        "a": a,
        "providers": others if a.provider_id else [],
        "rooms": queries.stand_ins(a.id),
        "given": {name: data.get(name, "") for name in ("provider", "reason")}
        | {"scope": data.get("scope", "this")}
        | {name: value for name, value in data.items() if name.startswith("swap-")},
        "may_skip": refusal is not None and data.get("scope", "this") != "this",
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/scheduling/reassign_panel.html", context, title="Reassign", status=status)
