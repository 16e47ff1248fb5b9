"""The forms that add something to a patient's privacy record: what they ask, and the verb they call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, day, days, texts
from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.privacy import queries
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Disclosure, LegalPaper, RecordRequest, Restriction
from frontdesk.office.privacy.rules import clocks, part_two, telling


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form, who may open it, and what is done with what was typed; `act` returns what is said afterwards."""

    permission: str
    shown: Callable[[DeskRequest, int], Panel]
    act: Callable[[DeskRequest, int, QueryDict], str]


def _today(request: DeskRequest) -> str:
    return us_date(clock.today(request.location.zone))


def _notice(request: DeskRequest, _patient_id: int) -> Panel:
    current = queries.current_notice(clock.today(request.location.zone))
    label = f"version {current.label}, in force since {us_date(current.effective)}" if current else ""
    how = Field("how", "What came of it", "select", tuple(clocks.HOWS.items()), needed=True, width="m")
    why = Field(
        "reason",
        "What was tried, and why there is no signature",
        hint="Asked for unless it is signed",
        width="l",
    )
    form = Form("notice", "", "Note it", (how, why))
    say = "" if current else "No privacy notice is published yet. The privacy officer publishes one."
    return Panel("Privacy notice", (form,) if current else (), label, say=say)


def _acknowledge(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    how, reason = data.get("how", ""), data.get("reason", "")
    privacy.acknowledge(request.actor, patient_id=patient_id, how=how, reason=reason)
    return "Noted."


def _phrase(_request: DeskRequest, patient_id: int) -> Panel:
    stands = queries.has_phrase(patient_id)
    new = Form(
        "set",
        "Set a new phrase" if stands else "",
        "Set the phrase",
        (
            Field(
                "password_phrase", "Phrase", needed=True, width="l", hint="The patient chooses it. It is kept so that nobody can read it."
            ),
        ),
    )  # fmt: skip
    gone = Form(
        "end", "Take it away", "Take it away", (Field("reason", "Why", needed=True, width="l"),), danger=True
    )
    note = "Everybody who speaks for the patient must say it"
    return Panel("Password phrase", (new, gone) if stands else (new,), note)


def _set_phrase(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    if data.get("do") == "end":
        privacy.end_phrase(request.actor, patient_id=patient_id, reason=data.get("reason", ""))
        return "The phrase is gone."
    try:
        # Named like a password: no fingerprint of a form is made of it (desk/http.py).
        privacy.set_phrase(request.actor, patient_id=patient_id, phrase=data.get("password_phrase", ""))
    except Invalid as refusal:
        raise Invalid(refusal.sentence, fields={"password_phrase": refusal.sentence}) from refusal
    return "The phrase is set."


def _paper(_request: DeskRequest, _patient_id: int) -> Panel:
    effects = (
        (LegalPaper.Effect.MAY_NOT.value, "Bars them: may not be told"),
        (LegalPaper.Effect.MAY_ACT.value, "Lets them act for the patient"),
    )
    fields = (
        Field("effect", "What the paper does", "select", effects, needed=True, width="l"),
        Field("first", "First name", width="m"),
        Field("last", "Last name", needed=True, width="m"),
        Field("relationship", "To the patient", width="m"),
        Field("document", "Which paper", needed=True, width="m", hint="Custody decree, letters testamentary"),
        Field("begins", "Holds from", "date"),
        Field("ends", "Until", "date"),
        Field("note", "A word more", width="l"),
    )
    return Panel(
        "A legal paper", (Form("paper", "", "Note it", fields),), "You have seen it, and a copy is on file"
    )


def _add_paper(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    names = ("effect", "first", "last", "relationship", "document", "note")
    span = days(data, "begins", "ends")
    privacy.add_paper(request.actor, patient_id=patient_id, **texts(data, names), **span)
    return "Noted."


def _disclose(request: DeskRequest, patient_id: int) -> Panel:
    bases = tuple((code, basis.words) for code, basis in telling.BASES.items())
    known = (
        (Disclosure.Identity.PAPER.value, "By a badge, a letterhead or an order"),
        (Disclosure.Identity.CALL.value, "They were verified on this call"),
    )
    fields = (
        Field("on", "Day", "date", value=_today(request), needed=True),
        Field("basis", "On what ground", "select", bases, needed=True, width="m"),
        Field("recipient", "Told to", needed=True, width="m"),
        Field("address", "Their address, if known", width="m"),
        Field("what", "What was told", "area", needed=True, hint="A few words: which part, of which dates"),
        Field("purpose", "What for", needed=True, width="l"),
        Field("identity", "How you knew who they are", "select", known, value="paper", width="m"),
        Field("seen", "What you looked at", width="m", hint="Badge or order number"),
        Field(
            "part_two",
            "It tells of substance use (42 CFR Part 2)",
            "check",
            hint="Then the patient’s consent to this recipient must be on file; a record so labelled always needs it",
        ),
        Field("suspended_until", "Hidden from the patient until", "date", hint="An agency asked for it"),
        Field("suspended_on", "Asked for on", "date"),
        Field("suspended_orally", "They only said so", "check", hint="Then it holds for thirty days at most"),
    )
    denied = queries.disagreements_of(patient_id)
    goes = tuple(("Goes with it", f"{one.about or one.what}: {one.disagreement}") for one in denied)
    return Panel(
        "A disclosure", (Form("disclose", "", "Put it on record", fields),), "What was told outside treatment, payment and operations", goes
    )  # fmt: skip


def _add_disclosure(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    names = ("recipient", "address", "what", "purpose", "basis", "identity", "seen")
    told: dict[str, Any] = texts(data, names) | days(data, "suspended_until", "suspended_on")
    made = privacy.disclose(
        request.actor,
        patient_id=patient_id,
        on=day(data, "on"),
        suspended_orally=bool(data.get("suspended_orally")),
        part_two=bool(data.get("part_two")),
        **told,
    )
    if made.part_two:
        return "On record. Print its sheet: the statement of 42 CFR 2.32 goes with what leaves."
    return "On record, and in the accounting." if made.accountable else "On record; it is not accounted for."


def _consent(request: DeskRequest, _patient_id: int) -> Panel:
    fields = (
        Field(
            "recipient",
            "Who may be told",
            needed=True,
            width="m",
            hint="Or: my treating providers, health plans and payers",
        ),
        Field("purpose", "What for", "select", tuple(part_two.PURPOSES.items()), needed=True, width="m"),
        Field("about", "The purpose, as the consent has it", width="l"),
        Field("what", "How much, and of what kind", "area", needed=True),
        Field("signed_on", "Signed on", "date", value=_today(request), needed=True),
        Field("signed_by", "Signed by", needed=True, width="m", hint="The patient, or who signs for them"),
        Field("expires", "Ends on", "date"),
        Field("ends_with", "Or ends with", width="m", hint="End of treatment; the end of the case"),
    )
    note = "42 CFR Part 2: without it nothing about substance use leaves. The signed paper is on file"
    return Panel("A consent to disclose", (Form("consent", "", "Note it", fields),), note)


def _give_consent(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    names = ("recipient", "purpose", "about", "what", "signed_by", "ends_with")
    privacy.give_consent(
        request.actor,
        patient_id=patient_id,
        signed_on=day(data, "signed_on"),
        expires=days(data, "expires")["expires"],
        **texts(data, names),
    )
    return "On file. It holds until it ends or is revoked."


def _request(request: DeskRequest, _patient_id: int) -> Panel:
    forms = (("Paper", "Paper"), ("PDF", "PDF"), ("Files", "Files to take elsewhere (JSON, CSV)"))
    fields = (
        Field("kind", "They ask for", "select", tuple(clocks.KINDS.items()), needed=True, width="m"),
        Field("asked_on", "Asked on", "date", value=_today(request), needed=True),
        Field("what", "In their words", "area", needed=True),
        Field("about", "For a correction: which part", width="m"),
        Field("form", "For a copy: in which form", "select", forms, width="m"),
        Field("asked_by", "Asked by, if not the patient", width="m"),
        Field("to_whom", "Send it to, if not to them", width="m"),
    )
    return Panel("What does the patient ask for?", (Form("request", "", "Take it down", fields),))


def _take_request(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    names = ("kind", "what", "about", "form", "asked_by", "to_whom")
    made: RecordRequest = privacy.take_request(
        request.actor, patient_id=patient_id, asked_on=day(data, "asked_on"), **texts(data, names)
    )
    return f"Taken down. The answer is due {us_date(made.due)}."


def _restriction(request: DeskRequest, _patient_id: int) -> Panel:
    kinds = (
        (Restriction.Kind.PAID_IN_FULL.value, "Paid in full: never to a payer"),
        (Restriction.Kind.OTHER.value, "Something else"),
    )
    fields = (
        Field("kind", "Which kind", "select", kinds, needed=True, width="m"),
        Field("asked_on", "Asked on", "date", value=_today(request), needed=True),
        Field("what", "Which service, or what is not to be told", "area", needed=True),
        Field("payer", "Which payer", width="m"),
    )
    note = "What was paid in full out of pocket holds at once; anything else is answered by the privacy desk"
    return Panel("A restriction", (Form("restriction", "", "Take it down", fields),), note)


def _ask_restriction(request: DeskRequest, patient_id: int, data: QueryDict) -> str:
    made = privacy.ask_restriction(
        request.actor,
        patient_id=patient_id,
        asked_on=day(data, "asked_on"),
        **texts(data, ("kind", "what", "payer")),
    )
    return (
        "It holds from now on."
        if made.status == Restriction.Status.ACCEPTED
        else "Taken down for the privacy desk."
    )


def _export(_request: DeskRequest, patient_id: int) -> Panel:
    grounds = tuple((code, basis.words) for code, basis in telling.BASES.items())
    form = Form(
        "export",
        "",
        "Take it out",
        (
            Field("reason", "Why, and for whom", needed=True, width="l"),
            Field("recipient", "Who gets it, if not the patient", width="m"),
            Field("basis", "On what ground", "select", grounds, value="individual", width="m"),
        ),
        plain=True,
        action=f"/patients/{patient_id}/privacy/record",
    )
    say = "One ZIP with a PDF to read, JSON to take elsewhere, and a list of every table. It is on record that you took it."
    return Panel("The whole record", (form,), say=say)


def _no_act(_request: DeskRequest, _patient_id: int, _data: QueryDict) -> str:
    return ""


SHEETS = {
    "notice": Sheet("privacy.acknowledge", _notice, _acknowledge),
    "phrase": Sheet("privacy.phrase", _phrase, _set_phrase),
    "add-paper": Sheet("privacy.papers", _paper, _add_paper),
    "consent": Sheet("privacy.consent", _consent, _give_consent),
    "disclose": Sheet("privacy.disclose", _disclose, _add_disclosure),
    "ask": Sheet("privacy.take_request", _request, _take_request),
    "restrict": Sheet("privacy.take_request", _restriction, _ask_restriction),
    "take-out": Sheet("privacy.export", _export, _no_act),
}
