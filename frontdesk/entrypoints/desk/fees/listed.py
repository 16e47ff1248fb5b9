"""The practice's fees: the list of the day, one code with its history and its payers' rates, what visits are made of."""

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.fees.wording import cents, code_of, read_lines, span, written
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, day, days, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.money import dollars
from frontdesk.office.billing import queries
from frontdesk.office.billing import services as billing
from frontdesk.office.coverage.queries import offered
from frontdesk.office.scheduling.queries import visit_types

FROM = "From"


@desk_view()
def listed(request: DeskRequest) -> HttpResponse:
    """Show the fees that hold today, or those that fit what was typed."""
    text, at = request.GET.get("q", "")[:80], number(request.GET.get("page")) or 1
    rows, more = queries.fee_list(text, clock.today(request.location.zone), page=at)
    context = {
        "rows": [
            {"code": one.code, "shown": code_of(one.code, one.modifier), "words": one.words, "fee": dollars(one.cents),
             "since": us_date(one.begins), "rates": one.rates}
            for one in rows
        ],
        "typed": text,
        "page": at,
        "more": more,
    }  # fmt: skip
    return page(request, "desk/fees/listed.html", context, block="found" if request.is_fragment else None)


@desk_view(("GET", "POST"))
def add(request: DeskRequest) -> HttpResponse:
    """Show the form that sets a fee, and set it."""
    ask = _fee_panel(request)
    if request.method == "GET":
        return draw(request, ask)
    data = request.POST
    try:
        row = billing.set_fee(
            request.actor, code=data.get("code", ""), modifier=data.get("modifier", ""), words=data.get("words", ""),
            cents=cents(data.get("cents", ""), "cents"), begins=day(data, "begins"),
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal)
    return done(request, f"/fees/codes/{row.code}", "The fee is set.")


@desk_view(("GET", "POST"))
def code(request: DeskRequest, code: str) -> HttpResponse:
    """Show a code's fees and rates, from when until when; set a payer's rate, or end a price."""
    found = queries.prices_of(code)
    if not found.fees:
        raise Http404
    if request.method == "POST":
        return _change(request, code)
    today = clock.today(request.location.zone)
    context = {
        "code": code,
        "words": found.fees[0].words,
        "fees": [
            {"id": one.pk, "shown": code_of(one.code, one.modifier), "amount": dollars(one.cents),
             "span": span(one.begins, one.ends), "holds": one.begins <= today and (one.ends is None or one.ends >= today),
             "open": one.ends is None}
            for one in found.fees
        ],
        "rates": [
            {"id": one.pk, "payer": one.payer.name, "plan": one.plan or "Every plan", "shown": code_of(one.code, one.modifier),
             "amount": dollars(one.cents), "span": span(one.begins, one.ends), "open": one.ends is None}
            for one in found.rates
        ],
        "usual": found.usual,
    }  # fmt: skip
    return page(request, "desk/fees/code.html", context)


@desk_view(("GET", "POST"))
def rate(request: DeskRequest, code: str) -> HttpResponse:
    """Show the form that notes what a payer has agreed to for a code, and note it."""
    ask = Panel(
        f"Agreed rate of {code}",
        (
            Form("rate", "", "Note it", (
                Field("payer", "Payer", "lookup", needed=True, width="l", source="/payers/offer"),
                Field("plan", "Plan", hint="As the policy names it; empty: every plan", width="m"),
                Field("modifier", "Modifier", width="s"),
                Field("cents", "Agreed amount", needed=True, hint="Dollars a unit", width="s"),
                Field("begins", FROM, "date", needed=True, value=us_date(clock.today(request.location.zone))),
            )),
        ),
    )  # fmt: skip
    if request.method == "GET":
        return draw(request, ask)
    data = request.POST
    try:
        billing.set_rate(
            request.actor, payer_id=_payer(data.get("payer", "")), code=code, plan=data.get("plan", ""),
            modifier=data.get("modifier", ""), cents=cents(data.get("cents", ""), "cents"), begins=day(data, "begins"),
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal)
    return done(request, f"/fees/codes/{code}", "The rate is noted.")


@desk_view()
def usual(request: DeskRequest) -> HttpResponse:
    """Show what each kind of visit is usually made of, and what that costs."""
    today = clock.today(request.location.zone)
    kinds = visit_types()
    at_hand = queries.prices(visit_type_ids=[kind.pk for kind in kinds])
    rows = []
    for kind in kinds:
        made = at_hand.usual_of(kind.pk, today)
        fees = [one.fee for one in made]
        total = None if None in fees or not fees else sum((one.fee or 0) * one.units for one in made)
        lines = written((one.code, one.modifier, one.units) for one in made)
        rows.append(
            {
                "id": kind.pk,
                "name": kind.name,
                "lines": lines,
                "total": dollars(total) if total is not None else "",
            }
        )
    return page(request, "desk/fees/usual.html", {"rows": rows})


@desk_view(("GET", "POST"))
def usual_of(request: DeskRequest, visit_type_id: int) -> HttpResponse:
    """Show what a kind of visit is usually made of, and change it."""
    kind = next((one for one in visit_types() if one.pk == visit_type_id), None)
    if kind is None:
        raise Http404
    made = queries.prices(visit_type_ids=[kind.pk]).usual_of(kind.pk, clock.today(request.location.zone))
    lines = written((one.code, one.modifier, one.units) for one in made)
    field = Field(
        "lines",
        "Usually done",
        value=lines,
        hint="Codes with commas between them: 99213-25, 80053 x2",
        width="l",
    )
    ask = Panel(
        kind.name, (Form("usual", "", "Keep it", (field,)),), "What a visit of this kind is usually made of"
    )
    if request.method == "GET":
        return draw(request, ask)
    try:
        billing.set_usual(
            request.actor, visit_type_id=visit_type_id, services=read_lines(request.POST.get("lines", ""))
        )
    except Refusal as refusal:
        if isinstance(refusal, Invalid):
            refusal.fields = {"lines": "; ".join(refusal.fields.values())}
        return draw_again(request, ask, refusal)
    return done(request, "/fees/usual", "Kept.")


def _change(request: DeskRequest, code: str) -> HttpResponse:
    """End a fee or a rate of this code: with today, or the last day that was sent."""
    data, found = request.POST, queries.prices_of(code)
    row_id, last = (
        number(data.get("row")),
        days(data, "last_day")["last_day"] or clock.today(request.location.zone),
    )
    if data.get("do") == "end_fee" and row_id in {one.pk for one in found.fees}:
        billing.end_fee(request.actor, fee_id=row_id or 0, last_day=last)
    elif data.get("do") == "end_rate" and row_id in {one.pk for one in found.rates}:
        billing.end_rate(request.actor, rate_id=row_id or 0, last_day=last)
    else:
        raise Http404
    return done(request, f"/fees/codes/{code}", f"It ends {us_date(last)}.")


def _payer(text: str) -> int:
    found = offered(text[:80])
    exact = [one for one in found if one.name.casefold() == text.strip().casefold()] or found
    if not text.strip() or len(exact) != 1:
        msg = "Choose one payer from the list."
        raise Invalid(msg, fields={"payer": msg})
    return exact[0].pk


def _fee_panel(request: DeskRequest) -> Panel:
    known = queries.prices_of(request.GET.get("code", "")[:5]).fees[:1]
    fields = (
        Field(
            "code",
            "Code",
            needed=True,
            hint="CPT or HCPCS, like 99213",
            value=known[0].code if known else "",
            width="s",
        ),
        Field("modifier", "Modifier", width="s"),
        Field("words", "In words", needed=True, value=known[0].words if known else "", width="l"),
        Field("cents", "Fee", needed=True, hint="Dollars a unit", width="s"),
        Field("begins", FROM, "date", needed=True, value=us_date(clock.today(request.location.zone))),
    )
    note = "A fee before it ends the day before; what was charged stays as it was."
    return Panel("Set a fee", (Form("fee", "", "Set it", fields),), note)
