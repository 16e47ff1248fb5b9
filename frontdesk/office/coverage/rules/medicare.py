"""Who pays before Medicare: the questions to a Medicare patient, and what follows from the answers.

The questions follow the model admission questionnaire of the Medicare Secondary Payer Manual (CMS publication 100-05),
chapter 3, section 20.2.1; the rules 42 CFR 411.100 to 411.206. Codes are those of X12 SBR05 in an 837.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

EDITION = "2026-1"
AGAIN_AFTER = timedelta(days=90)
"""So long what was answered holds; then it is asked again (recurring services: every 90 days)."""
MONTHS = 30
"""How long a group health plan pays before Medicare for kidney failure (42 CFR 411.162)."""
PRIMARY, SECONDARY, UNKNOWN = "primary", "secondary", "unknown"
YES, NO, NOT_KNOWN = "yes", "no", "unknown"
YES_NO = ((YES, "Yes"), (NO, "No"))
MAY_NOT_KNOW = (*YES_NO, (NOT_KNOWN, "They do not know"))
REASONS = (
    ("age", "65 or older"),
    ("disability", "A disability"),
    ("kidney", "Kidney failure"),
    ("age_kidney", "65 or older, and kidney failure"),
    ("disability_kidney", "A disability, and kidney failure"),
)
WHOSE = (("own", "Their own"), ("spouse", "Their spouse's"), ("family", "Another family member's"))
KINDS = {"medicare", "medicare_advantage"}
"""Kinds of payers whose patients are asked."""
CODES = {
    "12": "working, or with a working spouse, 65 or older",
    "13": "kidney failure, in the 30 months of coordination",
    "14": "no-fault insurance, auto too",
    "15": "workers' compensation",
    "16": "another federal program",
    "41": "black lung",
    "42": "Veterans Affairs",
    "43": "disabled, under 65, with a large group health plan",
    "47": "liability insurance",
}
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, in words to be read aloud. `kind`: choice (one of `options`), day (ISO 8601), or text; the last two may stay blank."""

    code: str
    part: str
    words: str
    matters: Callable[[Answers], bool]
    kind: str = "choice"
    options: tuple[tuple[str, str], ...] = YES_NO
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Partly:
    """Who pays before Medicare, but only for some care: that of one injury, or what somebody has authorized."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows. `state`: primary, secondary or unknown (`words` then say what to find out).

    `to` is whose plan pays before Medicare: own, spouse, family, any (whichever the patient has), or "". `code` is X12
    SBR05 of a claim to Medicare, "" where Medicare is primary. `partly` are those that pay first for some care only.
    """

    state: str
    words: str
    to: str = ""
    code: str = ""
    partly: tuple[Partly, ...] = ()

    @property
    def line(self) -> str:
        """The whole in one sentence or more."""
        said = {PRIMARY: "Medicare pays first", SECONDARY: "Medicare pays second", UNKNOWN: "Not determined"}
        code = f" (code {self.code})" if self.code else ""
        return " ".join(
            [f"{said[self.state]}{code}: {self.words}.", *(f"{one.words}." for one in self.partly)]
        )


def _is(code: str, *values: str) -> Callable[[Answers], bool]:
    return lambda said: said.get(code) in (values or (YES,))


def _works(said: Answers) -> bool:
    """Say whether the questions about work and the plans through it are asked: not of those with kidney failure alone."""
    if said.get("reason") in {"age", "disability"}:
        return True
    # Of both kinds of entitlement, work decides only where Medicare did not begin with the kidneys.
    return said.get("reason") in {"age_kidney", "disability_kidney"} and said.get("kidney_first") == NO


def _aged(said: Answers) -> bool:
    return _works(said) and said.get("reason", "").startswith("age")


def _disabled(said: Answers) -> bool:
    return _works(said) and said.get("reason", "").startswith("disability")


def _kidney(said: Answers) -> bool:
    return "kidney" in said.get("reason", "")


ABOUT_CARE, ABOUT_ACCIDENTS, ABOUT_MEDICARE = "Who else pays for care", "Accidents", "Why they have Medicare"
ABOUT_WORK, ABOUT_KIDNEYS = "Work and health plans", "Kidney failure"
QUESTIONS: tuple[Question, ...] = (
    Question("black_lung", ABOUT_CARE, "Do you get benefits for black lung disease?", lambda _: True),
    Question("research", ABOUT_CARE, "Is today's care paid for by a government research program?", lambda _: True),
    Question(
        "va", ABOUT_CARE, "Has the Department of Veterans Affairs agreed to pay for your care here?", lambda _: True
    ),
    Question(
        "work_injury", ABOUT_ACCIDENTS, "Are you here because of an accident or an illness from work?", lambda _: True
    ),
    Question(
        "work_injury_on", ABOUT_ACCIDENTS, "When was that?", _is("work_injury"), "day", (), "The day of the accident."
    ),
    Question(
        "work_carrier", ABOUT_ACCIDENTS, "Which insurance of the employer, and which claim number?",
        _is("work_injury"), "text", (),
    ),
    Question(
        "accident", ABOUT_ACCIDENTS, "Are you here because of another accident, in a car or at somebody's place?",
        _is("work_injury", NO),
    ),
    Question("accident_on", ABOUT_ACCIDENTS, "When was that?", _is("accident"), "day", ()),
    Question(
        "no_fault", ABOUT_ACCIDENTS, "Is there insurance that pays whoever was at fault, as a car's or a home's may?",
        _is("accident"), hint="Personal injury protection, medical payments.",
    ),
    Question("no_fault_name", ABOUT_ACCIDENTS, "Which one, and which claim number?", _is("no_fault"), "text", ()),
    Question(
        "liability", ABOUT_ACCIDENTS, "Is somebody else's insurance responsible for it?", _is("accident"),
        hint="Or is there a claim, or a lawyer?",
    ),
    Question("liability_name", ABOUT_ACCIDENTS, "Which one, and which claim number?", _is("liability"), "text", ()),
    Question(
        "reason", ABOUT_MEDICARE, "Why do you have Medicare: your age, a disability, or kidney failure?", lambda _: True,
        options=REASONS,
    ),
    Question(
        "group_plan", ABOUT_KIDNEYS,
        "Do you have a health plan through an employer or a union, yours or somebody's in your family?",
        _kidney, hint="Also one from a former job, or COBRA.",
    ),
    Question(
        "whose", ABOUT_KIDNEYS, "Whose employer or union is that?", lambda said: _kidney(said) and said.get("group_plan") == YES,
        options=WHOSE,
    ),
    Question(
        "dialysis_on", ABOUT_KIDNEYS, "When did regular dialysis begin?",
        lambda said: _kidney(said) and said.get("group_plan") == YES, "day", (), "Leave it empty if there was none.",
    ),
    Question(
        "training_on", ABOUT_KIDNEYS, "When were you trained to do dialysis yourself?",
        lambda said: _kidney(said) and bool(said.get("dialysis_on")) and said.get("group_plan") == YES, "day", (),
        "Leave it empty if you were not.",
    ),
    Question(
        "transplant_on", ABOUT_KIDNEYS, "When did you get a new kidney?",
        lambda said: _kidney(said) and said.get("group_plan") == YES, "day", (), "Leave it empty if there was none.",
    ),
    Question(
        "kidney_first", ABOUT_KIDNEYS, "Did you first get Medicare because of your kidneys?",
        lambda said: said.get("reason") in {"age_kidney", "disability_kidney"} and said.get("group_plan") == YES,
    ),
    Question("employed", ABOUT_WORK, "Do you work at present?", _works),
    Question(
        "retired_on", ABOUT_WORK, "When did you retire?",
        lambda said: _works(said) and said.get("employed") == NO, "day", (), "Leave it empty if they never worked.",
    ),
    Question(
        "spouse_employed", ABOUT_WORK, "Does your husband or wife work at present?", _works, hint="Not married: no."
    ),
    Question(
        "plan_own", ABOUT_WORK, "Do you have a health plan through your work?",
        lambda said: _works(said) and said.get("employed") == YES,
    ),
    Question(
        "own_20", ABOUT_WORK, "Do 20 or more people work for your employer?",
        lambda said: _aged(said) and said.get("employed") == said.get("plan_own") == YES, options=MAY_NOT_KNOW,
        hint="A plan of several employers: it is enough that one of them has 20.",
    ),
    Question(
        "own_100", ABOUT_WORK, "Do 100 or more people work for your employer?",
        lambda said: _disabled(said) and said.get("employed") == said.get("plan_own") == YES, options=MAY_NOT_KNOW,
        hint="A plan of several employers: it is enough that one of them has 100.",
    ),
    Question(
        "plan_spouse", ABOUT_WORK, "Are you on a health plan through your husband's or wife's work?",
        lambda said: _works(said) and said.get("spouse_employed") == YES and not _large(said, "own"),
    ),
    Question(
        "spouse_20", ABOUT_WORK, "Do 20 or more people work for that employer?",
        lambda said: _aged(said) and said.get("spouse_employed") == said.get("plan_spouse") == YES and not _large(said, "own"),
        options=MAY_NOT_KNOW, hint="A plan of several employers: it is enough that one of them has 20.",
    ),
    Question(
        "spouse_100", ABOUT_WORK, "Do 100 or more people work for that employer?",
        lambda said: _disabled(said) and said.get("spouse_employed") == said.get("plan_spouse") == YES and not _large(said, "own"),
        options=MAY_NOT_KNOW, hint="A plan of several employers: it is enough that one of them has 100.",
    ),
    Question(
        "plan_family", ABOUT_WORK, "Are you on a health plan through the work of somebody else in your family?",
        lambda said: _disabled(said) and not _large(said, "own") and not _large(said, "spouse"),
        hint="A parent's, for example.",
    ),
    Question(
        "family_100", ABOUT_WORK, "Do 100 or more people work for that employer?",
        lambda said: _disabled(said) and said.get("plan_family") == YES and not _large(said, "own") and not _large(said, "spouse"),
        options=MAY_NOT_KNOW,
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in QUESTIONS}


def _large(said: Answers, whose: str) -> bool:
    """Say whether somebody's plan is of an employer large enough: then nothing more has to be asked."""
    return YES in (said.get(f"{whose}_20"), said.get(f"{whose}_100")) and said.get(f"plan_{whose}") == YES


def mattering(answers: Answers) -> list[Question]:
    """Return the questions that matter after these answers, in order, answered or not."""
    kept: dict[str, str] = {}
    found: list[Question] = []
    for one in QUESTIONS:
        if one.matters(kept):
            found.append(one)
            if one.code in answers:
                kept[one.code] = answers[one.code]
    return found


def next_question(answers: Answers) -> Question | None:
    """Return the first question that matters and has no answer; None when all are answered."""
    return next((one for one in mattering(answers) if one.code not in answers), None)


def settled(answers: Answers) -> dict[str, str]:
    """Return the answers that still matter: what hung on an answer since changed is dropped."""
    return {one.code: answers[one.code] for one in mattering(answers) if one.code in answers}


def is_good(question: Question, value: str) -> bool:
    """Say whether `value` answers a question."""
    if question.kind == "choice":
        return value in dict(question.options)
    if question.kind == "day":
        return not value or _day(value) is not None
    return len(value) <= 200


def is_due(asked_on: date | None, day: date) -> bool:
    """Say whether a Medicare patient is to be asked on `day`: never asked, or longer ago than `AGAIN_AFTER`."""
    return asked_on is None or day - asked_on > AGAIN_AFTER


def judge(answers: Answers, day: date) -> Judgement:
    """Say who pays before Medicare for care on `day`. Pure; what is not answered yet leaves it unknown."""
    said = settled(answers)
    open_still = next_question(said)
    if open_still is not None:
        return Judgement(UNKNOWN, f"still to be asked: {open_still.words}")
    partly = tuple(_partly(said))
    found = _by_kidneys(said, day) if _kidney(said) else _by_work(said)
    return Judgement(found.state, found.words, found.to, found.code, partly)


def _partly(said: Answers) -> Sequence[Partly]:
    rows = (
        ("black_lung", "41", "The black lung program pays first for care of that disease"),
        ("research", "16", "The research program pays first for its own care"),
        ("va", "42", "Veterans Affairs pays first for the care it has authorized"),
        ("work_injury", "15", "Workers' compensation pays first for the injury from work"),
        ("no_fault", "14", "The no-fault insurance pays first for care of the accident"),
        ("liability", "47", "The liability insurance pays first for care of the accident"),
    )
    return [Partly(code, words) for answer, code, words in rows if said.get(answer) == YES]


def _by_work(said: Answers) -> Judgement:
    aged = said["reason"].startswith("age")
    least, code = ("20", "12") if aged else ("100", "43")
    plans = (
        ("own", "the plan of the patient's own employer, for whom"),
        ("spouse", "the plan of the spouse's employer, for whom"),
        ("family", "the plan of a family member's employer, for whom"),
    )
    for whose, words in plans:
        if said.get(f"{whose}_{least}") == YES:
            return Judgement(SECONDARY, f"{words} {least} or more people work, pays first", whose, code)
    for whose, words in plans:
        if said.get(f"{whose}_{least}") == NOT_KNOWN:
            return Judgement(
                UNKNOWN, f"ask how many people work for the employer of {words.split(', for')[0]}", whose
            )
    if any(said.get(f"plan_{whose}") == YES for whose, _ in plans):
        return Judgement(
            PRIMARY, f"fewer than {least} people work for the employer whose plan the patient has"
        )
    if aged and NO == said.get("employed") == said.get("spouse_employed"):
        return Judgement(PRIMARY, "neither the patient nor a spouse works")
    return Judgement(PRIMARY, "there is no health plan through present work")


def _by_kidneys(said: Answers, day: date) -> Judgement:
    if said.get("group_plan") != YES:
        return Judgement(PRIMARY, "there is no health plan of an employer or union")
    found = coordination(
        dialysis=_day(said.get("dialysis_on", "")),
        training=_day(said.get("training_on", "")),
        transplant=_day(said.get("transplant_on", "")),
    )
    if found is None:
        return Judgement(
            UNKNOWN, "ask the dialysis center when dialysis began: 30 months count from then", said["whose"]
        )
    _, ends = found
    if day >= ends:
        return Judgement(PRIMARY, f"the 30 months of coordination ended {_said(ends - timedelta(days=1))}")
    if said.get("kidney_first") == NO:
        before = _by_work(said)
        if before.state != SECONDARY:
            # Medicare was first before the kidneys failed, and stays so (42 CFR 411.163(b)(4)).
            why = f"Medicare came before the kidney failure, and {before.words}"
            return Judgement(before.state, why if before.state == PRIMARY else before.words, before.to)
    words = f"the group health plan pays first until {_said(ends - timedelta(days=1))}, 30 months for kidney failure"
    return Judgement(SECONDARY, words, said["whose"], "13")


def coordination(
    *, dialysis: date | None = None, training: date | None = None, transplant: date | None = None
) -> tuple[date, date] | None:
    """Return the first day of the 30 months in which a group health plan pays before Medicare, and the day after the last.

    They begin with the fourth month of dialysis; with the first, where training to do it oneself began in the first
    three; with the month of a transplant, where that is earlier. None where there was neither.
    """
    starts: list[date] = []
    if dialysis is not None:
        waited = _months(dialysis.replace(day=1), 3)
        trained = training is not None and training < waited
        starts.append(dialysis.replace(day=1) if trained else waited)
    if transplant is not None:
        starts.append(transplant.replace(day=1))
    if not starts:
        return None
    begins = min(starts)
    return begins, _months(begins, MONTHS)


def _months(first: date, count: int) -> date:
    whole = first.year * 12 + first.month - 1 + count
    return date(whole // 12, whole % 12 + 1, 1)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # As far as a form takes days: months are counted from them, and the calendar has an end.
    return found if 1900 <= found.year <= 2199 else None


def _said(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"
