"""Who pays for a visit, in words, as its card shows it beside the verdict."""

from dataclasses import dataclass

from frontdesk.entrypoints.desk.coverage.case_words import dollars
from frontdesk.entrypoints.desk.templating import phone, us_date
from frontdesk.entrypoints.desk.visits.choosing_payer import INSURANCE
from frontdesk.office.coverage.rules import CASE
from frontdesk.office.coverage.rules.cases import KINDS, who_pays
from frontdesk.office.visits.queries import Line


@dataclass(frozen=True, slots=True)
class Paid:
    """Who pays for a visit, as its card shows it beside the verdict. `facts` are of the case alone."""

    how: str
    title: str
    words: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    case_href: str = ""


def paid(line: Line) -> Paid:
    """Put into words who pays for a visit; of a case nothing but what concerns this injury."""
    case = line.paying.case
    if case is not None:
        # Where the carrier pays, the verdict has its claim and adjuster already.
        told = line.cover is not None and line.cover.state == CASE
        facts = (
            (
                "Injury",
                f"{case.injury}, {us_date(case.happened_on)}{f', {case.state}' if case.state else ''}",
            ),
            ("Claim", "" if told else case.claim_number),
            ("Adjuster", "" if told else " ".join(filter(None, [case.adjuster, phone(case.adjuster_phone)]))),
            ("Authorized", case.authorization),
            ("Left to pay", dollars(case.limit_cents)),
            ("Note", case.note),
        )
        opens = f"/patients/{line.patient_id}/insurance/cases/{line.paying.case_id}"
        words = f"{who_pays(case, line.wall.date()).words}."
        return Paid(
            "case", KINDS[case.kind], words, tuple((name, said) for name, said in facts if said), opens
        )
    if line.paying.reason:
        return Paid("self_pay", "the patient")
    return Paid(INSURANCE, "insurance as on file")
