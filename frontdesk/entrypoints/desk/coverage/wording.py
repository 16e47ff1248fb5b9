"""How policies and payers are put into words."""

from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.models import Payer, Policy
from frontdesk.office.coverage.queries import PolicyLine

STANDS = {
    "holds": ("In force", "good"),
    "not_yet": ("Not yet in force", "warn"),
    "over": ("Has run out", "bad"),
    "ended": ("No longer used", "quiet"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One policy as the record shows it."""

    id: int
    version: int
    rank: str
    payer: str
    state: str
    tone: str
    facts: list[tuple[str, str]]
    opens: str
    goes_first: str
    ended: bool


def card(line: PolicyLine, day: date, home: str) -> Card:
    """Put a policy into words as it stands on `day`; `home` is the address of the tab it stands on."""
    row = line.policy
    state, tone = STANDS[line.stands(day)]
    ended = row.ended_at is not None
    return Card(
        id=row.pk,
        version=row.version,
        rank="" if ended else rules.rank_words(row.rank),
        payer=line.payer,
        state=state,
        tone=tone,
        facts=_facts(row, line.kind),
        opens=f"{home}/{row.pk}",
        goes_first="" if ended or row.rank == 1 else f"{home}/{row.pk}/first",
        ended=ended,
    )


def _facts(row: Policy, kind: str) -> list[tuple[str, str]]:
    whose = "" if row.relationship == Policy.Relationship.SELF else _subscriber(row)
    days = " to ".join(
        words
        for words in (
            us_date(row.begins) if row.begins else "",
            us_date(row.ends) if row.ends else "",
        )
        if words
    )
    told = (
        ("Member ID", row.member_id),
        ("Group", row.group_number),
        ("Plan", row.plan_name),
        ("Kind", kind),
        ("Subscriber", whose),
        (
            "From" if row.begins and not row.ends else "Until" if row.ends and not row.begins else "In force",
            days,
        ),
        ("Note", row.note),
        ("Taken out of use", row.ended_why),
    )
    return [(name, words) for name, words in told if words]


def _subscriber(row: Policy) -> str:
    who = f"{row.subscriber_first} {row.subscriber_last}".strip()
    born = f", born {us_date(row.subscriber_birth_date)}" if row.subscriber_birth_date else ""
    return f"{who}{born} ({Policy.Relationship(row.relationship).label.split(' (')[0].lower()})"


def shown(payer: Payer) -> str:
    """Return a payer as it is offered and typed: its name, then its row in brackets so that no two are alike."""
    return f"{payer.name} [{payer.pk}]"
