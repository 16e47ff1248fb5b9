"""Who of the practice is in a payer's network, or in that of one of its plans, from when until when."""

from datetime import date

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.coverage.payers import NETWORK
from frontdesk.entrypoints.desk.forms import days
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import NetworkRow, Payer
from frontdesk.office.practice.queries import providers

EVERYBODY = "all"
INSIDE = (("in", "In network"), ("out", "Out of network"))


@desk_view(("GET", "POST"))
def listed(request: DeskRequest, payer_id: int) -> HttpResponse:
    """Show a payer's networks, and add a row."""
    row = queries.payer_page(payer_id)
    if row is None or row.merged_into_id:
        raise Http404
    if request.method == "GET":
        return _page(request, row)
    try:
        _add(request, payer_id)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return _page(request, row, refusal)
    return done(request, f"/payers/{payer_id}/networks", "Noted.")


@desk_view(("POST",))
def end(request: DeskRequest, payer_id: int, network_id: int) -> HttpResponse:
    """Take a row off the list."""
    if network_id not in {row.pk for row in queries.networks_of(payer_id)}:
        raise Http404
    coverage.end_network(
        request.actor, network_id=network_id, version=number(request.POST.get("version")) or 0
    )
    return done(request, f"/payers/{payer_id}/networks", "Taken off the list.")


def _add(request: DeskRequest, payer_id: int) -> None:
    data = request.POST
    inside, who = data.get("inside", ""), data.get("provider", "")
    if inside not in dict(INSIDE):
        msg = "Say whether they are in the network, or out of it."
        raise Invalid(msg, fields={"inside": msg})
    coverage.add_network(
        request.actor,
        payer_id=payer_id,
        inside=inside == "in",
        provider_id=None if who == EVERYBODY else number(who) or 0,
        plan=data.get("plan", ""),
        **days(data, "begins", "ends"),
    )


def _page(request: DeskRequest, payer: Payer, refusal: Refusal | None = None) -> HttpResponse:
    known = "unknown" if payer.in_network is None else "in" if payer.in_network else "out"
    context = {
        "payer": payer,
        "usual": dict(NETWORK)[known],
        "rows": [_line(row) for row in queries.networks_of(payer.pk)],
        "whom": [(EVERYBODY, "Everybody"), *((str(one.pk), one.name) for one in providers())],
        "inside": INSIDE,
        "data": request.POST if refusal else {},
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/coverage/networks.html", context, status=status)


def _line(row: NetworkRow) -> dict[str, object]:
    return {
        "id": row.pk,
        "version": row.version,
        "who": row.provider.name if row.provider else "Everybody",
        "plan": row.plan or "Every plan",
        "inside": row.inside,
        "when": _span(row.begins, row.ends),
        "by": row.noted_by,
    }


def _span(begins: date | None, ends: date | None) -> str:
    if begins and ends:
        return f"{us_date(begins)} to {us_date(ends)}"
    if begins:
        return f"from {us_date(begins)}"
    return f"until {us_date(ends)}" if ends else "at all times"
