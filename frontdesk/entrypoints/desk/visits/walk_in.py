"""Somebody without an appointment: found or registered, a word why they came, and the first time that is free today."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries as book
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.errors import NothingFree

# What people come in for unannounced, most often first; the first of these a practice has is what the form offers.
USUAL = ("walk-in", "sick", "urgent", "nurse")


@desk_view(("GET", "POST"))
def walk_in(request: DeskRequest) -> HttpResponse:
    """Ask who and why, and take them in: they have arrived, and the wait until their time is told."""
    if request.method == "GET":
        return _form(request, request.GET.dict())
    data = request.POST
    patient_id, kind = number(data.get("patient")), number(data.get("type"))
    try:
        if patient_id is None or kind is None:
            missing = {
                **({} if patient_id else {"patient": "Choose the patient."}),
                **({} if kind else {"type": "Choose the visit."}),
            }
            raise Invalid("Something is missing.", fields=missing)
        visit = visits.walk_in(
            request.actor,
            patient_id=patient_id,
            visit_type_id=kind,
            location_id=request.location.pk,
            provider_id=number(data.get("provider")),
            reason=data.get("reason", ""),
            companion=data.get("companion", ""),
            override_reason=data.get("override_reason", ""),
        )
    except Refusal as refusal:
        return _form(request, data.dict(), refusal)
    wait = visit.promised_minutes or 0
    words = (
        f"Arrived. Tell them: about {5 * -(-wait // 5)} minutes."
        if wait
        else "Arrived. They can be seen now."
    )
    if not request.is_fragment:
        return done(request, f"/visits/{visit.appointment_id}", words)
    answer = tell(HttpResponse(status=204), words, close=True)
    answer["X-Chosen"] = str(visit.appointment_id)
    return answer


def _form(request: DeskRequest, data: dict[str, str], refusal: Refusal | None = None) -> HttpResponse:
    kinds = [kind for kind in book.visit_types() if kind.is_active]
    only = kinds[0] if len(kinds) == 1 else None
    usual = next((kind for word in USUAL for kind in kinds if word in kind.name.lower()), only)
    chosen = number(data.get("patient"))
    context = {
        "who": person(request, chosen) if chosen else None,
        "types": [(kind.pk, kind.name) for kind in kinds],
        "type": number(data.get("type")) or (usual.pk if usual else ""),
        "providers": [(one.pk, one.spoken_name) for one in providers()],
        "data": data,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
        "may_put_in": isinstance(refusal, NothingFree) and request.actor.can("scheduling.override_capacity"),
    }
    return panel(
        request,
        "desk/visits/walk_in_panel.html",
        context,
        title="Walk-in",
        status=STATUS[refusal.kind] if refusal else 200,
    )
