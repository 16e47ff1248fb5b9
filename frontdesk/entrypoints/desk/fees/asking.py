"""The sliding fee scale and how earlier balances are asked for; and where a patient's household is on the scale."""

from datetime import timedelta

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.fees.wording import cents
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, day, draw, draw_again
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import plain
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import queries, rules
from frontdesk.office.billing import services as billing
from frontdesk.office.patients.services import open_chart

STEPS = 6
KINDS = ((rules.FLAT, "Flat fee, dollars"), (rules.PERCENT, "Percent of the fee"))


@desk_view(("GET", "POST"))
def asking(request: DeskRequest) -> HttpResponse:
    """Show the scale and the rule of balances; set either."""
    if request.method == "GET":
        return _page(request)
    try:
        _set(request)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return _page(request, refusal)
    return done(request, "/fees/asking", "Kept.")


@desk_view(("GET", "POST"))
def household(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show where a patient's household is on the scale, and note it anew."""
    open_chart(request.actor, patient_id=patient_id, purpose="sliding fee")
    ask = _household(request, patient_id)
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    data = request.POST
    try:
        billing.place_on_scale(
            request.actor, patient_id=patient_id, people=number(data.get("people")) or 0,
            income_cents=cents(data.get("income", ""), "income"), begins=day(data, "begins"), ends=day(data, "ends"),
            proof=data.get("proof", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    return done(request, f"/patients/{patient_id}", "The household is noted.")


def _household(request: DeskRequest, patient_id: int) -> Panel:
    today = clock.today(request.location.zone)
    scale, places = queries.scale_on(today), queries.places_of(patient_id)
    facts = []
    for row in places[:5]:
        stands = f"{row.people} at {rules.short(row.income_cents)} a year, until {us_date(row.ends)}"
        if scale:
            share = rules.poverty_percent(
                row.income_cents, row.people, person=scale.person_cents, more=scale.more_cents
            )
            band = rules.band_of(rules.read_bands(scale.bands), share)
            stands += f": {share} % of the guideline, {rules.said(band) if band else 'above the scale'}"
        noted = to_wall(row.noted_at, request.location.zone).date()
        facts.append((f"Noted {us_date(noted)} by {row.noted_by}", stands))
    fields = (
        Field("people", "People in the household", needed=True, width="s"),
        Field("income", "Income of a year", needed=True, hint="Dollars, of all of them", width="m"),
        Field("begins", "From", "date", needed=True, value=us_date(today)),
        Field("ends", "Last day", "date", needed=True, value=us_date(today + timedelta(days=364))),
        Field("proof", "What was shown", hint="Pay slips, tax return, own word", width="l"),
    )
    note = "Asked of patients who pay themselves." if scale else "The practice has no sliding fee scale yet."
    return Panel("Sliding fee", (Form("place", "", "Note it", fields),), note, tuple(facts))


def _set(request: DeskRequest) -> None:
    data = request.POST
    if data.get("do") == "balance":
        billing.set_balance_rule(
            request.actor,
            whole_upto_cents=cents(data.get("whole", ""), "whole"),
            part_percent=_count(data, "part"),
        )
        return
    bands = []
    for step in range(1, STEPS + 1):
        upto = data.get(f"upto-{step}", "").strip()
        if upto:
            kind, amount = data.get(f"kind-{step}", ""), data.get(f"amount-{step}", "")
            value = cents(amount, "bands") if kind == rules.FLAT else _count(data, f"amount-{step}", "bands")
            bands.append((_count(data, f"upto-{step}", "bands"), kind, value))
    billing.set_scale(
        request.actor, begins=day(data, "begins"), person_cents=cents(data.get("person", ""), "person"),
        more_cents=cents(data.get("more", ""), "more"), bands=bands,
    )  # fmt: skip


def _count(data: QueryDict, name: str, field: str = "") -> int:
    found = number(data.get(name, "").replace("%", "").strip())
    if found is None:
        msg = "Write a whole number of percent."
        raise Invalid(msg, fields={field or name: msg})
    return found


def _page(request: DeskRequest, refusal: Refusal | None = None) -> HttpResponse:
    today = clock.today(request.location.zone)
    scale, rule = queries.scale_on(today), queries.balance_rule()
    bands = list(rules.read_bands(scale.bands)) if scale else []
    data = request.POST if refusal else {}
    steps = [
        {
            "n": n + 1,
            "upto": data.get(f"upto-{n + 1}", str(bands[n].upto) if n < len(bands) else ""),
            "kind": data.get(f"kind-{n + 1}", bands[n].kind if n < len(bands) else rules.PERCENT),
            "amount": data.get(f"amount-{n + 1}", _amount(bands[n]) if n < len(bands) else ""),
        }
        for n in range(STEPS)
    ]
    context = {
        "scale": scale,
        "said": [rules.said(band) for band in bands],
        "rule": rule,
        "whole": rules.short(rule.whole_upto_cents) if rule else "",
        "steps": steps,
        "kinds": KINDS,
        "guideline": data.get("person", plain(scale.person_cents) if scale else ""),
        "more": data.get("more", plain(scale.more_cents) if scale else ""),
        "begins": data.get("begins", us_date(today)),
        "whole_typed": data.get("whole", plain(rule.whole_upto_cents) if rule else ""),
        "part_typed": data.get("part", str(rule.part_percent) if rule else ""),
        "sent": data.get("do", ""),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/fees/asking.html", context, status=status)


def _amount(band: rules.Band) -> str:
    return plain(band.amount) if band.kind == rules.FLAT else str(band.amount)
