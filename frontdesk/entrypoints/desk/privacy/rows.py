"""One request, restriction, disclosure or paper: what it says, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.privacy import wording
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound, NotPermitted, Refusal
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Consent, Disclosure, LegalPaper, RecordRequest, Restriction
from frontdesk.office.privacy.rules import clocks, part_two, telling

MODELS: dict[str, type[RecordRequest | Restriction | Disclosure | LegalPaper | Consent]] = {
    "consent": Consent,
    "request": RecordRequest,
    "restriction": Restriction,
    "disclosure": Disclosure,
    "paper": LegalPaper,
}
REASON = Field("reason", "Why", needed=True, width="l")


@desk_view(("GET", "POST"))
def row(request: DeskRequest, patient_id: int, kind: str, row_id: int) -> HttpResponse:
    """Show one row, and do one thing with it. A row of somebody else's is none of this page's."""
    if kind not in MODELS:
        raise Http404
    open_unmerged(request, patient_id, f"privacy: {kind}")
    privacy.open_record(request.actor, patient_id=patient_id)
    found: Any = MODELS[kind]._default_manager.filter(pk=row_id, patient_id=patient_id).first()
    if found is None:
        raise Http404
    if request.method == "GET":
        return draw(request, _shown(request, found), patient_id=patient_id, version=found.version)
    do, version = request.POST.get("do", ""), number(request.POST.get("version")) or 0
    if do not in BY_KIND[kind]:
        raise Http404
    try:
        words = BY_KIND[kind][do](request, row_id, version)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        found.refresh_from_db()
        shown = _shown(request, found)
        return draw(request, shown, patient_id=patient_id, version=found.version, refusal=refusal)
    return done(request, f"/patients/{patient_id}/privacy", words)


def _shown(request: DeskRequest, found: Any) -> Panel:
    match found:
        case RecordRequest():
            return _request(request, found)
        case Restriction():
            return _restriction(request.actor, found)
        case Disclosure():
            return _disclosure(request.actor, found)
        case Consent():
            return _consent(request.actor, found)
    return _paper(request.actor, found)


def _request(request: DeskRequest, one: RecordRequest) -> Panel:
    by, day = request.actor, clock.today(request.location.zone)
    facts = [
        ("In their words", one.what),
        ("Asked", f"{us_date(one.asked_on)}{f' by {one.asked_by}' if one.asked_by else ''}"),
        ("Due", us_date(one.due)),
    ]
    more = (
        ("Which part", one.about),
        ("Form", one.form),
        ("Send it to", one.to_whom),
        ("Extended", f"{us_date(one.extended_on)}: {one.extension_why}" if one.extended_on else ""),
        ("Answer", f"{us_date(one.answered_on)}, {one.answered_by}: {one.answer}" if one.answered_on else ""),
        ("Stands now", one.linked),
        ("They disagree", one.disagreement),
        ("We say", one.rebuttal),
    )
    facts += [(name, words) for name, words in more if words]
    is_open = one.status == RecordRequest.Status.OPEN
    note = clocks.clock_of(one.due, day).words if is_open else clocks.ANSWER_WORDS[one.status]
    return Panel(clocks.KINDS[one.kind], tuple(_request_forms(by, one, day)), note, tuple(facts))


def _request_forms(by: Actor, one: RecordRequest, day: Any) -> list[Form]:
    forms = []
    if one.status == RecordRequest.Status.OPEN and by.can("privacy.decide"):
        answers = tuple((code, clocks.ANSWER_WORDS[code]) for code in clocks.ANSWERS[one.kind])
        fields = [
            Field("status", "Answer", "select", answers, needed=True, width="m"),
            Field("answer", "In words the patient is given", "area"),
        ]
        if one.kind == clocks.AMENDMENT:
            fields.append(Field("linked", "Where the correction stands now", width="l"))
        forms.append(Form("answer", "Answer it", "Answer", tuple(fields)))
        if not clocks.no_extension(one.kind, one.asked_on, day, extended=one.extended_on is not None):
            why = Field("reason", "The reason the patient is told", needed=True, width="l")
            forms.append(Form("extend", "Take thirty days more, once", "Extend", (why,)))
    denied = one.status in {clocks.DENIED, clocks.PARTLY} and one.kind == clocks.AMENDMENT
    if denied and by.can("privacy.take_request"):
        fields = [
            Field("disagreement", "In the patient's words", "area", needed=True, value=one.disagreement),
            Field("rebuttal", "What we say to it", "area", value=one.rebuttal),
        ]
        forms.append(Form("disagree", "Statement of disagreement", "Keep it", tuple(fields)))
    return forms


def _restriction(by: Actor, one: Restriction) -> Panel:
    line = wording.restriction(one, "")
    facts = [("What", one.what), ("Asked", us_date(one.asked_on)), ("Stands", line.state)]
    facts += [
        (n, w) for n, w in (("Payer", one.payer), ("Reason", one.reason), ("Ended", one.ended_why)) if w
    ]
    forms: list[Form] = []
    if by.can("privacy.decide") and one.ended_at is None:
        if one.status == Restriction.Status.ASKED:
            why = Field("reason", "Why, in words the patient is given", needed=True, width="l")
            forms += [
                Form("accept", "Keep it", "Accept"),
                Form("decline", "Or decline it", "Decline", (why,), danger=True),
            ]
        elif one.status == Restriction.Status.ACCEPTED:
            forms.append(Form("end-restriction", "End it", "End it", (REASON,), danger=True))
    return Panel(line.title, tuple(forms), "", tuple(facts))


def _disclosure(by: Actor, one: Disclosure) -> Panel:
    facts = [
        ("Day", us_date(one.on)),
        ("Told to", ", ".join(part for part in (one.recipient, one.address) if part)),
        ("What", one.what),
        ("What for", one.purpose),
        ("Ground", telling.BASES[one.basis].words),
        ("Accounted for", "Yes" if one.accountable else "No"),
        ("Known by", one.seen or "verified on a call"),
        ("Noted by", one.by_name),
    ]
    if one.suspended_until:
        facts.append(("Hidden until", us_date(one.suspended_until)))
    if one.part_two:
        facts.append(
            ("Substance use", one.consent.recipient if one.consent else part_two.WITHOUT.get(one.basis, ""))
        )
    if one.statements:
        facts.append(("Went with it", f"{len(one.statements)} statement(s) of disagreement"))
    if one.retracted_at:
        facts.append(("Taken back", f"{one.retracted_by}: {one.retracted_why}"))
    may = by.can("privacy.decide") and one.retracted_at is None
    forms = (Form("retract", "It never happened", "Take it back", (REASON,), danger=True),) if may else ()
    prints = by.can("privacy.disclose") and one.retracted_at is None
    paper = f"/patients/{one.patient_id}/privacy/disclosures/{one.pk}" if prints else ""
    return Panel("A disclosure", forms, "", tuple(facts), paper=paper)


def _consent(by: Actor, one: Consent) -> Panel:
    facts = [
        ("May be told", one.recipient),
        ("What", one.what),
        ("What for", one.about or part_two.PURPOSES[one.purpose]),
        ("Signed", f"{us_date(one.signed_on)} by {one.signed_by}"),
        ("Ends", us_date(one.expires) if one.expires else one.ends_with or "Not by itself"),
        ("Noted by", one.noted_by),
    ]
    if one.revoked_on:
        facts.append(("Revoked", f"{us_date(one.revoked_on)}, {one.revoked_by}: {one.revoked_why}"))
    may = by.can("privacy.consent") and one.revoked_at is None
    how = Field("reason", "How the patient took it back", needed=True, width="l")
    forms = (Form("revoke", "The patient takes it back", "Revoke it", (how,), danger=True),) if may else ()
    return Panel("A consent to disclose", forms, "42 CFR Part 2", tuple(facts))


def _paper(by: Actor, one: LegalPaper) -> Panel:
    line = wording.paper(one, "")
    facts = (("Name", line.title), ("It says", line.state), ("Paper", line.about), ("Noted by", one.noted_by))
    may = by.can("privacy.papers") and one.ended_at is None
    return Panel(
        "A legal paper", (Form("end-paper", "", "It holds no longer", danger=True),) if may else (), "", facts
    )


def _answer(request: DeskRequest, pk: int, version: int) -> str:
    given = {name: request.POST.get(name, "") for name in ("status", "answer", "linked")}
    privacy.answer_request(request.actor, request_id=pk, version=version, **given)
    return "Answered."


def _extend(request: DeskRequest, pk: int, version: int) -> str:
    made = privacy.extend_request(
        request.actor, request_id=pk, version=version, reason=request.POST.get("reason", "")
    )
    return f"The answer is due {us_date(made.due)} now."


def _disagree(request: DeskRequest, pk: int, version: int) -> str:
    said, ours = request.POST.get("disagreement", ""), request.POST.get("rebuttal", "")
    privacy.add_disagreement(request.actor, request_id=pk, version=version, statement=said, rebuttal=ours)
    return "It goes with what is disclosed from now on."


def _accept(request: DeskRequest, pk: int, version: int) -> str:
    privacy.answer_restriction(request.actor, restriction_id=pk, version=version, accept=True)
    return "It holds from now on."


def _decline(request: DeskRequest, pk: int, version: int) -> str:
    privacy.answer_restriction(
        request.actor, restriction_id=pk, version=version, accept=False, reason=request.POST.get("reason", "")
    )
    return "Declined."


def _end_restriction(request: DeskRequest, pk: int, version: int) -> str:
    privacy.end_restriction(
        request.actor, restriction_id=pk, version=version, reason=request.POST.get("reason", "")
    )
    return "It has ended."


def _retract(request: DeskRequest, pk: int, version: int) -> str:
    privacy.retract_disclosure(
        request.actor, disclosure_id=pk, version=version, reason=request.POST.get("reason", "")
    )
    return "Taken back; it stays on record."


def _revoke(request: DeskRequest, pk: int, version: int) -> str:
    privacy.revoke_consent(
        request.actor, consent_id=pk, version=version, reason=request.POST.get("reason", "")
    )
    return "Revoked: nothing leaves by it from now on."


def _end_paper(request: DeskRequest, pk: int, version: int) -> str:
    privacy.end_paper(request.actor, paper_id=pk, version=version)
    return "It holds no longer."


# A deed belongs to one kind of row: the verb looks its row up in that table, and the view has seen whose it is.
BY_KIND: dict[str, dict[str, Callable[[DeskRequest, int, int], str]]] = {
    "request": {"answer": _answer, "extend": _extend, "disagree": _disagree},
    "restriction": {"accept": _accept, "decline": _decline, "end-restriction": _end_restriction},
    "disclosure": {"retract": _retract},
    "paper": {"end-paper": _end_paper},
    "consent": {"revoke": _revoke},
}
