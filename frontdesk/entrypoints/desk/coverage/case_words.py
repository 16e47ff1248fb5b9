"""How cases are put into words."""

from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.templating import phone, us_date
from frontdesk.office.coverage.models import Case
from frontdesk.office.coverage.queries import case_facts
from frontdesk.office.coverage.rules.cases import KINDS, who_pays


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One case as the record shows it."""

    id: int
    title: str
    state: str
    tone: str
    words: str
    missing: str
    facts: list[tuple[str, str]]
    opens: str
    closed: bool


def named(row: Case) -> str:
    """Return a case in one line: what kind, which injury, when, whose carrier."""
    carrier = f" ({row.payer.name})" if row.payer else ""
    return f"{KINDS[row.kind]}: {row.injury}, {us_date(row.happened_on)}{carrier}"


def card(row: Case, day: date, home: str) -> CaseCard:
    """Put a case into words as it stands on `day`."""
    pays = who_pays(case_facts(row), day)
    closed = row.closed_at is not None
    state, tone = (
        ("Closed", "quiet") if closed else ("Denied", "bad") if row.denied_on else ("Open", "accent")
    )
    return CaseCard(
        id=row.pk,
        title=f"{KINDS[row.kind]}: {row.injury}",
        state=state,
        tone=tone,
        words="" if closed else f"{pays.words}.",
        missing="" if closed or not pays.missing else f"Ask for {', '.join(pays.missing)}.",
        facts=_facts(row),
        opens=f"{home}/cases/{row.pk}",
        closed=closed,
    )


def dollars(cents: int | None) -> str:
    """Write an amount: $10,000, or $35.50."""
    return "" if cents is None else f"${cents / 100:,.2f}".removesuffix(".00")


def _facts(row: Case) -> list[tuple[str, str]]:
    when = " ".join(
        filter(
            None,
            [us_date(row.happened_on), f"{row.happened_at:%-I:%M %p}".lower() if row.happened_at else ""],
        )
    )
    told = (
        ("Happened", ", ".join(filter(None, [when, row.state]))),
        ("Carrier", row.payer.name if row.payer else ""),
        ("Claim number", row.claim_number),
        ("Adjuster", " ".join(filter(None, [row.adjuster, phone(row.adjuster_phone)]))),
        ("Adjuster’s fax", phone(row.adjuster_fax)),
        ("Employer", ", ".join(filter(None, [row.employer, row.employer_contact]))),
        (
            "First report",
            "" if row.first_report == Case.Report.UNKNOWN else Case.Report(row.first_report).label,
        ),
        ("Authorized", row.authorization),
        ("Left to pay", dollars(row.limit_cents)),
        ("Attorney", row.attorney),
        ("Letter of protection", "On file" if row.letter_of_protection else ""),
        ("Police report", row.police_report),
        ("Denied", us_date(row.denied_on)),
        ("Note", row.note),
        ("Closed", row.closed_why),
    )
    return [(name, words) for name, words in told if words]
