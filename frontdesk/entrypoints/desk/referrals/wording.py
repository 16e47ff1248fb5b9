"""How referrals and authorizations, and what payers said of them, are put into words."""

from dataclasses import dataclass, field
from datetime import date

from frontdesk.entrypoints.desk.coverage.verdicts import SOON, age, follows
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.office.referrals.models import Authorization, AuthorizationRequest
from frontdesk.office.referrals.queries import Line
from frontdesk.office.referrals.rules import OUTCOMES, Held, counted, named, span

STATES = {
    "draft": ("Not asked for yet", "quiet", "circle"),
    "pending": ("Waiting for an answer", "accent", "hourglass"),
    "approved": ("Approved", "good", "circle-check"),
    "denied": ("Denied", "bad", "circle-x"),
    "ended": ("No longer used", "quiet", "circle"),
}
TONES = {
    "certified": "good",
    "partial": "warn",
    "modified": "warn",
    "denied": "bad",
    "pended": "accent",
    "not_needed": "good",
}
_ASKABLE = {"draft", "pending", "denied"}


@dataclass(frozen=True, slots=True)
class Card:
    """One referral or authorization as the record shows it. `share` is (used, allowed) where visits are counted."""

    id: int
    version: int
    title: str
    state: str
    tone: str
    picture: str
    words: str
    share: tuple[int, int] | None
    counted: str
    facts: list[tuple[str, str]]
    uses: list[str]
    opens: str
    can_ask: bool = False
    asked: str = ""
    answer: str = ""
    advice: str = ""
    request_id: int | None = None
    follows: str = ""
    is_hidden: bool = False
    is_over: bool = False
    also: list[tuple[str, str]] = field(default_factory=list)


def card(line: Line, day: date, home: str, zone: str) -> Card:
    """Put one into words as it stands on `day`; `home` is the address of the patient's referrals."""
    row, last = line.row, line.last
    state, tone, picture = standing(line.held, day)
    if line.is_hidden:
        return Card(
            row.pk, row.version, "Restricted", state, tone, picture, span(row.begins, row.ends), None, "", [], [], "",
            is_hidden=True, is_over=row.state in {"ended", "denied"},
        )  # fmt: skip
    allowed = row.allowed
    waits = last is not None and last.state != AuthorizationRequest.State.DONE
    return Card(
        id=row.pk,
        version=row.version,
        title=named(line.held),
        state="Being asked…" if waits else state,
        tone="accent" if waits else tone,
        picture="hourglass" if waits else picture,
        words=" · ".join(filter(None, [line.visits, span(row.begins, row.ends), _from(row)])),
        share=None if allowed is None else (min(line.held.used, allowed), allowed),
        counted=counted(line.held),
        facts=_facts(line),
        uses=[f"{short_day(one.wall.date())}, {wall_time(one.wall)}: {one.visit_type}" for one in line.uses],
        opens=f"{home}/{row.pk}",
        can_ask=row.state in _ASKABLE and not waits,
        asked="" if last is None else f"asked {age(last.asked_at, zone)} by {last.asked_by}",
        answer="" if last is None or waits else _answer(last),
        advice="" if last is None or waits or row.state == "approved" else last.advice,
        request_id=last.pk if last else None,
        follows=(follows(last.asked_at) or SOON) if waits and last else "",
        is_over=row.state in {"ended", "denied"} or bool(row.ends and row.ends < day),
    )


def standing(held: Held, day: date) -> tuple[str, str, str]:
    """Say how one stands on a day: its state, or that it is used up, over, or not begun."""
    if held.state == "approved":
        if held.ends is not None and held.ends < day:
            return "Ran out", "bad", "calendar-x"
        if held.left == 0:
            return "Used up", "bad", "circle-x"
        if held.begins is not None and held.begins > day:
            return "Not begun yet", "warn", "clock"
        if held.left == 1:
            return "One visit left", "warn", "triangle-alert"
    return STATES[held.state]


def _answer(last: AuthorizationRequest) -> str:
    return ": ".join(filter(None, [OUTCOMES.get(last.outcome, last.outcome), last.words]))


def _from(row: Authorization) -> str:
    return f"from {row.referred_by}" if row.referred_by else ""


def _facts(line: Line) -> list[tuple[str, str]]:
    row = line.row
    told = (
        ("Insurance", line.payer + (" (no longer used)" if line.policy_ended else "")),
        ("For", line.visits),
        ("Good", span(row.begins, row.ends) or "always"),
        ("Referred by", row.referred_by + (f", NPI {row.referred_npi}" if row.referred_npi else "")),
        ("With", row.provider.spoken_name if row.provider else ""),
        ("Note", row.note),
        ("Taken out of use", row.ended_why),
    )
    return [(name, words) for name, words in told if words.strip(" ,")]
