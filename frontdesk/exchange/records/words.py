"""What the tables and columns of a record are called in its PDF."""

from datetime import date, datetime
from typing import Any

TITLES = {
    "patients.patient": "Who the patient is",
    "patients.patientname": "Other names",
    "patients.socialsecuritynumber": "Social security number",
    "patients.identifier": "Numbers other systems use",
    "patients.address": "Addresses",
    "patients.contact": "Telephones and e-mail",
    "patients.relatedperson": "People who belong to the patient",
    "patients.alert": "Alerts",
    "patients.confirmation": "When the record was confirmed",
    "patients.mergerecord": "Charts merged",
    "scheduling.appointment": "Appointments",
    "scheduling.series": "Series of appointments",
    "scheduling.leg": "What appointments occupied",
    "scheduling.waitlistentry": "Waitlist",
    "scheduling.recall": "Recalls",
    "scheduling.contactattempt": "Attempts to reach the patient",
    "visits.visit": "Visits",
    "visits.step": "Steps of visits",
    "visits.check": "Checks at the desk",
    "visits.followup": "Follow-ups ordered",
    "billing.chargeline": "What visits were charged: services",
    "billing.slidingplace": "Household and income for the sliding fee",
    "billing.uncollected": "What was waived or not collected",
    "billing.visitcharge": "What visits were charged",
    "billing.abn": "Medicare notices (ABN)",
    "billing.estimate": "Cost estimates due and given",
    "billing.estimategiven": "How cost estimates were given",
    "billing.estimateitem": "Cost estimates: services",
    "billing.estimateprovider": "Cost estimates: who does what",
    "billing.estimateversion": "Cost estimates as written",
    "coverage.cardscan": "Insurance cards",
    "coverage.cardpicture": "Pictures of insurance cards",
    "coverage.cardproposal": "What was read on insurance cards",
    "ledger.entry": "Money: charges, payments and what they were applied to",
    "ledger.line": "Money: the lines of each entry",
    "messaging.message": "Messages",
    "messaging.optout": "Messages stopped",
    "payments.autopay": "Cards the patient lets us charge with the parts of a plan",
    "payments.autopaycharge": "Parts of plans charged by themselves",
    "payments.cardcharge": "Cards charged, or that were to be",
    "payments.cardonfile": "Cards the patient lets us charge",
    "payments.cardrefund": "Given back to cards",
    "payments.dispute": "Charges the cardholder disputed",
    "payments.payment": "Payments",
    "payments.plan": "Payment plans",
    "payments.instalment": "Parts of payment plans",
    "payments.receipt": "Receipts",
    "payments.refund": "Money given back",
    "payments.returnedcheck": "Checks that came back",
    "payments.tender": "What payments were made with",
    "payments.toward": "What payments were for",
    "privacy.recordrequest": "What the patient asked about the record",
    "privacy.restriction": "Restrictions",
    "privacy.legalpaper": "Legal papers",
    "privacy.verification": "Who was verified",
    "privacy.disclosure": "Disclosures",
    "privacy.consent": "Consents to disclose",
    "privacy.acknowledgement": "Privacy notice",
    "audit.auditentry": "Who did what, and who looked",
}
LONGEST = 400


def title(label: str) -> str:
    """Return what a table is called."""
    return TITLES.get(label, label.partition(".")[2].capitalize())


def column(name: str) -> str:
    """Return what a column is called: "legal_first" is "Legal first"."""
    return name.replace("_", " ").capitalize()


def value(found: Any) -> str:
    """Return a value as it is read; nothing for what is not recorded."""
    match found:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "yes" if found else "no"
        case datetime():
            return f"{found:%Y-%m-%d %H:%M} UTC"
        case date():
            return f"{found:%Y-%m-%d}"
        case bytes() | memoryview():
            return f"a picture, {len(found):,} bytes"
    text = str(found)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
