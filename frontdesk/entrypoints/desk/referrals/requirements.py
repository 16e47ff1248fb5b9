"""What a payer wants before which visit: the practice's own table, a page of the payer."""

from django.http import Http404, HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.kit.errors import Refusal
from frontdesk.kit.sensitivity import sees
from frontdesk.office.coverage.queries import payer_page
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.queries import Asks, asks_of
from frontdesk.office.referrals.rules import KINDS, PLANS
from frontdesk.office.scheduling.queries import visit_types

SAID = {"": "Nothing is said", "yes": "Needed", "no": "Not needed"}
_MEANT = {"yes": True, "no": False}


@desk_view(("GET", "POST"))
def requirements(request: DeskRequest, payer_id: int) -> HttpResponse:
    """Show the table for a kind of plan, and keep it."""
    payer = payer_page(payer_id)
    if payer is None or payer.merged_into_id:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    plan = data.get("plan", "") if data.get("plan", "") in PLANS else ""
    problem = ""
    if request.method == "POST":
        try:
            said, notes = _said(request, data)
            referrals.set_requirements(request.actor, payer_id=payer_id, plan=plan, said=said, notes=notes)
            return done(request, f"/payers/{payer_id}/referrals?plan={plan}", "Kept.")
        except Refusal as refusal:
            problem = refusal.sentence
    hidden = {kind.pk for kind in visit_types() if not sees(request.actor, kind.labels)}
    context = {
        "payer": payer,
        "plan": plan,
        "plans": [("", "Every plan"), *PLANS.items()],
        "options": list(SAID.items()),
        "rows": [_row(one) for one in asks_of(payer_id, plan) if one.visit_type_id not in hidden],
        "problem": problem,
        "may": request.actor.can("referrals.change_rules") and payer.ended_at is None,
    }
    return page(request, "desk/referrals/requirements.html", context)


def _row(one: Asks) -> dict[str, object]:
    said = {
        kind: {True: "yes", False: "no"}.get(one.said[kind], "") if kind in one.said else "" for kind in KINDS
    }
    return {"id": one.visit_type_id, "name": one.visit_type, **said, "note": one.note, "by": one.by}


def _said(request: DeskRequest, data: QueryDict) -> tuple[dict[int, dict[str, bool | None]], dict[int, str]]:
    """Read the table as it was sent; a kind of visit that is not for whoever asks is left as it is."""
    seen = {kind.pk for kind in visit_types() if sees(request.actor, kind.labels)}
    said: dict[int, dict[str, bool | None]] = {}
    notes: dict[int, str] = {}
    for name, value in data.items():
        kind, _, pk = str(name).rpartition("-")
        row = number(pk)
        if row in seen and row is not None and kind in KINDS:
            said.setdefault(row, {})[kind] = _MEANT.get(str(value))
        elif row in seen and row is not None and kind == "note":
            notes[row] = str(value)
    return said, notes
