"""The Medicare questions, read aloud one by one: only what still matters is asked, and what follows is said at the end."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.forms import WRONG_DATE
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.patients.typing import any_date
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import MedicareAnswers
from frontdesk.office.coverage.rules import medicare as rules
from frontdesk.office.patients.rules import age_on

# The letter under which a choice is answered; none of those that the banner of a record has (a: arrived, x: cancel).
KEYS = {
    "yes": "y",
    "no": "n",
    "unknown": "d",
    "own": "t",
    "spouse": "s",
    "family": "f",
    "age": "o",
    "disability": "d",
    "kidney": "k",
    "age_kidney": "l",
    "disability_kidney": "j",
}
OLD = 65


@dataclass(frozen=True, slots=True)
class Said:
    """One question that was answered, and how."""

    words: str
    answer: str
    part: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How far the questions are. `question` is None when all are answered; `line` then says what follows."""

    answers: list[tuple[str, str]]
    said: list[Said]
    question: rules.Question | None
    choices: list[tuple[str, str, str]]
    number: int
    line: str = ""
    tone: str = ""
    problem: str = ""
    typed: str = ""
    likely: str = ""


@desk_view(("GET", "POST"))
def ask(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the questions, take an answer and show the next, and keep them all at the end."""
    chart = open_unmerged(request, patient_id, "insurance: Medicare questions")
    last = coverage.open_medicare(request.actor, patient_id=patient_id)
    today = clock.today(request.location.zone)
    answers, problem, typed = _answers(request.POST), "", ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "keep":
                made = coverage.answer_medicare(
                    request.actor,
                    patient_id=patient_id,
                    answers=answers,
                    answered_by=request.POST.get("answered_by", ""),
                )
                return done(request, f"/patients/{patient_id}/insurance", made.words[:180])
            answers = _next(request.POST, answers)
        except Refusal as refusal:
            problem, typed = refusal.sentence, request.POST.get("value", "")
    state = _asking(answers, today, age_on(chart.patient.birth_date, today), problem, typed)
    context = frame(request, chart, "/insurance") | {
        "home": f"/patients/{patient_id}/insurance",
        "q": state,
        "last": _last(last),
        "askings": [
            (us_date(one.asked_on), one.asked_by, one.answered_by, one.words, one.unchanged_id is not None)
            for one in queries.askings_of(patient_id)
        ],
    }
    block = "asking" if request.is_fragment else None
    status = 422 if problem else 200
    return page(request, "desk/coverage/medicare.html", context, block=block, status=status)


@desk_view(("POST",))
def unchanged(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Note that the patient was asked today and nothing has changed."""
    open_unmerged(request, patient_id, "insurance: Medicare unchanged")
    coverage.medicare_unchanged(request.actor, patient_id=patient_id)
    return done(request, f"/patients/{patient_id}/insurance", "Medicare: asked today, unchanged.")


def _answers(data: QueryDict) -> dict[str, str]:
    """Return what was answered so far: it travels in the form, and is kept only at the end."""
    return {
        code: value
        for code in rules.BY_CODE
        if (value := data.get(f"a-{code}")) is not None and rules.is_good(rules.BY_CODE[code], value)
    }


def _next(data: QueryDict, answers: dict[str, str]) -> dict[str, str]:
    """Return the answers with the one just given, or without the last. Raises `Invalid`."""
    known = rules.settled(answers)
    if data.get("do") == "back":
        return dict(list(known.items())[:-1])
    question = rules.next_question(known)
    if question is None:
        return known
    value = data.get("value", "").strip()
    if question.kind == "day" and value:
        day = any_date(value)
        if day is None:
            raise Invalid(WRONG_DATE, fields={"value": WRONG_DATE})
        value = day.isoformat()
    if not rules.is_good(question, value):
        msg = "Choose one of the answers." if question.kind == "choice" else "That is too long."
        raise Invalid(msg, fields={"value": msg})
    return {**known, question.code: value}


def _asking(answers: dict[str, str], today: date, age: int, problem: str, typed: str) -> Asking:
    known = rules.settled(answers)
    question = rules.next_question(known)
    said = [
        Said(one.words, _spoken(one, known[one.code]), one.part)
        for one in rules.mattering(known)
        if one.code in known
    ]
    line, tone = "", ""
    if question is None:
        found = rules.judge(known, today)
        line = found.line
        tone = {rules.PRIMARY: "good", rules.SECONDARY: "accent", rules.UNKNOWN: "warn"}[found.state]
    choices = [(code, words, KEYS[code]) for code, words in question.options] if question else []
    likely = ""
    if question is not None and question.code == "reason":
        likely = "age" if age >= OLD else "disability"
    return Asking(
        list(known.items()), said, question, choices, len(said) + 1, line, tone, problem, typed, likely
    )


def _spoken(question: rules.Question, value: str) -> str:
    if question.kind == "choice":
        return dict(question.options)[value]
    if question.kind == "day" and value:
        year, month, day = value.split("-")
        return f"{int(month)}/{int(day)}/{year}"
    return value or "Not said"


def _last(row: MedicareAnswers | None) -> dict[str, object]:
    if row is None:
        return {}
    return {
        "on": us_date(row.asked_on),
        "by": row.asked_by,
        "words": row.words,
        "answered_by": row.answered_by,
        "same": row.edition == rules.EDITION,
    }
