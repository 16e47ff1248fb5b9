"""What a payer answered: every line of it in words, what was sent and came, what it said before; and what it said by phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.coverage import answer_lines
from frontdesk.entrypoints.desk.coverage.figures import Figure, figures
from frontdesk.entrypoints.desk.coverage.verdicts import STATES, age, checked, tasks
from frontdesk.entrypoints.desk.coverage.verifying import found
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, day, draw, texts
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.patients.frame import frame
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound, NotPermitted, Refusal
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.rules.benefits import Told, from_json
from frontdesk.office.coverage.rules.cover import ACTIVE, INACTIVE, UNKNOWN, WAITING

LONGEST = 2000
"""So many lines of a raw answer are shown; the longest of real ones have some hundred."""
_SAID = (
    (ACTIVE, "Active: covered on that day"),
    (INACTIVE, "Inactive: not covered"),
    (UNKNOWN, "They could not tell"),
)


@dataclass(frozen=True, slots=True)
class Before:
    """One question of a policy, in its history."""

    check_id: int
    state: str
    tone: str
    picture: str
    words: str
    when: str
    about: str
    here: bool


@desk_view()
def answer(request: DeskRequest, patient_id: int, policy_id: int, check_id: int) -> HttpResponse:
    """Show one answer."""
    chart, line = found(request, patient_id, policy_id, "insurance: answer")
    row = coverage.open_check(request.actor, check_id=check_id)
    if row.policy_id != policy_id:
        raise Http404
    zone = request.location.zone
    verdict = queries.judged(row, line.policy, chart.patient)
    told = from_json(row.told) if row.told else None
    state, tone, picture = STATES[row.verdict or WAITING]
    shown: tuple[Figure, ...] = figures(verdict) if verdict and row.verdict == ACTIVE else ()
    context = frame(request, chart, "/insurance") | {
        "home": f"/patients/{patient_id}/insurance",
        "payer": line.payer,
        "policy": line.policy,
        "row": row,
        "state": (state, tone, picture),
        "checked": checked(row, zone),
        "figures": shown,
        "tasks": [one.words for one in tasks(verdict)] if verdict else [],
        "facts": _facts(row, told, zone),
        "lines": answer_lines.lines(told, verdict.chosen if verdict else ()) if told else [],
        "question": list(islice(readable(row.question), LONGEST)),
        "answer": list(islice(readable(row.answer), LONGEST)),
        "before": [_before(one, check_id, zone) for one in queries.checks_of([policy_id])],
    }
    return page(request, "desk/coverage/answer.html", context)


@desk_view(("GET", "POST"))
def by_phone(request: DeskRequest, patient_id: int, policy_id: int) -> HttpResponse:
    """Show the form that notes what a payer's representative said, and note it."""
    _, line = found(request, patient_id, policy_id, "insurance: by phone")
    today = clock.today(request.location.zone)
    call = f"Call {line.policy.payer.phone}" if line.policy.payer.phone else ""
    ask = Panel(
        f"Verified by phone: {line.payer}", (Form("phone", "", "Note it", _fields(us_date(today))),), call
    )
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    try:
        given = texts(request.POST, ("verdict", "representative", "reference", "said"))
        about = day(request.POST, "day")
        coverage.note_by_phone(request.actor, policy_id=policy_id, day=about, **given)
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return draw(request, ask, patient_id=patient_id, refusal=refusal)
    return done(request, f"/patients/{patient_id}/insurance", "Noted.")


def _fields(today: str) -> tuple[Field, ...]:
    return (
        Field("verdict", "They said", "select", _SAID, needed=True, width="l"),
        Field("representative", "Whom you spoke to", needed=True, width="m"),
        Field("reference", "Reference number of the call", width="m"),
        Field("day", "Asked about", "date", value=today, needed=True),
        Field(
            "said", "What they said", "area", hint="Copay, deductible, referral, authorization", needed=True
        ),
    )


def _facts(row: EligibilityCheck, told: Told | None, zone: str) -> list[tuple[str, str]]:
    """Tell who asked, when and what about, and how the payer knows the person."""
    who = told.person if told else None
    name = " ".join(part for part in (who.first, who.middle, who.last) if part) if who else ""
    group = " ".join(part for part in (who.group_number, who.group_name) if part) if who else ""
    rows = [
        ("Asked about", short_day(row.day)),
        ("Asked", f"{age(row.asked_at, zone)}, by {row.asked_by}"),
        ("Why", EligibilityCheck.Why(row.why).label),
        ("Spoken to", row.representative),
        ("Reference", row.reference),
        ("Answered as", told.payer if told else ""),
        ("Known there as", name),
        ("Birth date", us_date(who.birth_date) if who else ""),
        ("Member ID", who.member_id if who else ""),
        ("Group", group),
        ("Payer’s number of the answer", told.reference if told else ""),
        *(answer_lines.spans(told.dates) if told else ()),
    ]
    return [(name, words) for name, words in rows if words]


def readable(raw: str) -> Iterator[str]:
    """Yield what went over the wire: as a tree where it can be read as X12, else as it is."""
    if not raw.strip():
        return
    told = iter(x12.tree(raw.encode()))
    first = next(told, None)
    if first is None:
        yield from raw.splitlines()
        return
    yield first
    yield from told


def _before(row: EligibilityCheck, here: int, zone: str) -> Before:
    state, tone, picture = STATES[row.verdict or WAITING]
    return Before(
        row.pk, state, tone, picture, row.words, age(row.done_at or row.asked_at, zone),
        f"for {short_day(row.day)}", row.pk == here,
    )  # fmt: skip
