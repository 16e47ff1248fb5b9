"""The Medicare notice (ABN): write it for a visit, print it, note what the patient chose."""

from datetime import date

from django.http import HttpResponse

from frontdesk.entrypoints.desk.billing.money import WRONG, typed
from frontdesk.entrypoints.desk.billing.notice_words import line
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, days, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.entrypoints.desk.visits.papers import pdf as answered
from frontdesk.exchange.notices.pdf import draw as drawn
from frontdesk.kit import clock
from frontdesk.kit.errors import Refusal
from frontdesk.kit.money import dollars
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.models import Abn
from frontdesk.office.billing.services import Noticed
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.scheduling import services as scheduling

LINES = 3
REASONS = (
    ("Medicare does not pay for this for your condition", "Not for this condition"),
    ("Medicare does not pay for this as often as this (denied as too frequent)", "Too often"),
    ("Medicare does not pay for experimental or research use services", "Experimental"),
    ("Medicare never pays for this", "Never covered (voluntary notice)"),
)
WANTS = (("yes", "Wants it all the same"), ("no", "Does not want it then"))


@desk_view(("GET", "POST"))
def write(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Write a notice for a visit."""
    visit = scheduling.open_appointment(request.actor.keyless(), appointment_id=appointment_id, bare=True)
    speaks = find_patient(request.actor, visit.patient_id).language
    fields: list[Field] = []
    for at in range(LINES):
        after = f" {at + 1}" if at else ""
        fields += [
            Field(f"words-{at}", f"D. Service{after}", needed=not at, width="l"),
            Field(f"reason-{at}", f"E. Why Medicare may not pay{after}", "select", (*REASONS, ("", "—")), value=REASONS[0][0], width="m"),
            Field(f"amount-{at}", f"F. Estimated cost{after}", needed=not at, width="s"),
        ]  # fmt: skip
    fields += [
        Field("more", "H. More the patient should know", width="l"),
        Field("language", "Language", "select", (("en", "English"), ("es", "Spanish")), value="es" if speaks == "es" else "en", width="s"),
    ]  # fmt: skip
    note = "Within $100 or 25 percent is a good estimate. The patient ticks a box and signs on paper"
    ask = Panel("Medicare notice (ABN)", (Form("write", "", "Write the notice", tuple(fields)),), note)
    if request.method == "GET":
        return draw(request, ask, patient_id=visit.patient_id)
    data = request.POST
    filled = [at for at in range(LINES) if data.get(f"words-{at}", "").strip() or not at]
    items = [Noticed(data.get(f"words-{at}", ""), data.get(f"reason-{at}", ""), _amount(data.get(f"amount-{at}", ""))) for at in filled]  # fmt: skip
    voluntary = bool(items) and all(one.reason == REASONS[-1][0] for one in items)
    try:
        made = billing.make_abn(
            request.actor, appointment_id=appointment_id, items=items, more=data.get("more", ""), is_voluntary=voluntary,
            language=data.get("language", "en"),
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=visit.patient_id)
    return done(request, f"/patients/{made.patient_id}/estimates", f"Written: ABN {made.number}. Print it, and go through it with the patient.")  # fmt: skip


@desk_view(("GET", "POST"))
def one(request: DeskRequest, abn_id: int) -> HttpResponse:
    """Show a notice; note what the patient chose, or take it out of use."""
    row = billing.open_abn(request.actor.keyless(), abn_id=abn_id)
    ask = _panel(request, row)
    if request.method == "GET":
        return draw(request, ask, patient_id=row.patient_id, version=row.version)
    data, version = request.POST, number(request.POST.get("version")) or 0
    try:
        if data.get("do") == "end":
            billing.end_abn(request.actor, abn_id=abn_id, version=version, reason=data.get("reason", ""))
            said = "Taken out of use."
        else:
            billing.note_choice(
                request.actor, abn_id=abn_id, version=version, choice=data.get("choice", ""), signer=data.get("signer", ""),
                witness=data.get("witness", ""), wants_it={"yes": True, "no": False}.get(data.get("wants_it", "")),
                copy_given=bool(data.get("copy_given")), **_signed(request),
            )  # fmt: skip
            said = "Noted."
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=row.patient_id, version=row.version)
    return done(request, f"/patients/{row.patient_id}/estimates", said)


@desk_view()
def pdf(request: DeskRequest, abn_id: int) -> HttpResponse:
    """Answer with the form to sign: the same each time, its boxes empty."""
    return answered("notice", drawn(billing.open_abn(request.actor, abn_id=abn_id)))


def _signed(request: DeskRequest) -> dict[str, date | None]:
    return days(request.POST, "signed_on")


def _amount(text: str) -> int | None:
    cents = typed(text)
    return None if cents == WRONG else cents


def _panel(request: DeskRequest, row: Abn) -> Panel:
    words = line(row)
    facts = [
        *(("Service", f"{item['words']}: {item['reason']}. {dollars(item['cents'])}") for item in row.items),
        ("Stands", words.state),
        ("So", words.decides),
        ("Signed", us_date(row.signed_on)),
        ("Signed by", row.signer),
        ("Witness", row.witness),
        ("Why not used", row.ended_why),
    ]
    forms: list[Form] = []
    if request.actor.can("billing.write_papers") and not row.ended_at:
        if not row.choice:
            forms.append(Form("choice", "What the patient chose", "Note it", _choice(request)))
        why = Field(
            "reason", "Why", needed=True, width="l", hint="Written by mistake, another took its place, …"
        )
        forms.append(Form("end", "No longer used", "Take it out of use", (why,), danger=True))
    shown_facts = tuple((name, said) for name, said in facts if said)
    return Panel(f"ABN {row.number}", tuple(forms), facts=shown_facts, paper=f"/abns/{row.pk}.pdf")


def _choice(request: DeskRequest) -> tuple[Field, ...]:
    today = us_date(clock.today(request.location.zone))
    options = tuple(
        (code, f"Option {code}: {words}" if code.isdigit() else words) for code, words in Abn.Choice.choices
    )
    return (
        Field("choice", "The box they ticked", "select", options, needed=True, width="l"),
        Field("signed_on", "Signed on", "date", value=today),
        Field("signer", "Signed by, if not the patient", width="m", hint="Name, and what they are to the patient"),
        Field("copy_given", "The patient has a copy", "check"),
        Field("witness", "Would not sign: who saw it", width="m"),
        Field("wants_it", "Would not sign: and", "select", (("", "—"), *WANTS), width="m"),
    )  # fmt: skip
