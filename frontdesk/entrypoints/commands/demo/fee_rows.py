"""What care costs in the synthetic practice: the fees of a family practice, what its payers agreed to, a sliding scale.

Codes are CPT's and HCPCS's numbers; the words beside them are the practice's own. All amounts are invented.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.models import ContractRate

# (code, modifier, words, dollars)
FEES = (
    ("99202", "", "New patient, short visit", 150),
    ("99203", "", "New patient, usual visit", 215),
    ("99204", "", "New patient, long visit", 320),
    ("99205", "", "New patient, longest visit", 420),
    ("99211", "", "Visit with a nurse", 45),
    ("99212", "", "Known patient, short visit", 95),
    ("99213", "", "Known patient, usual visit", 160),
    ("99213", "95", "Known patient, usual visit by video", 160),
    ("99214", "", "Known patient, long visit", 235),
    ("99215", "", "Known patient, longest visit", 330),
    ("99381", "", "First check-up, under 1 year", 220),
    ("99382", "", "First check-up, 1 to 4", 230),
    ("99385", "", "First check-up, 18 to 39", 260),
    ("99386", "", "First check-up, 40 to 64", 300),
    ("99391", "", "Check-up, under 1 year", 190),
    ("99392", "", "Check-up, 1 to 4", 200),
    ("99393", "", "Check-up, 5 to 11", 205),
    ("99394", "", "Check-up, 12 to 17", 220),
    ("99395", "", "Check-up, 18 to 39", 235),
    ("99396", "", "Check-up, 40 to 64", 255),
    ("99397", "", "Check-up, 65 and older", 270),
    ("G0438", "", "Medicare wellness visit, first", 260),
    ("G0439", "", "Medicare wellness visit, each year", 190),
    ("99024", "", "Check after an operation", 0),
    ("90471", "", "Giving a vaccine", 35),
    ("90472", "", "Giving a further vaccine", 25),
    ("90686", "", "Flu vaccine", 32),
    ("90715", "", "Tetanus, diphtheria and whooping cough vaccine", 68),
    ("G0008", "", "Giving a flu vaccine, Medicare", 35),
    ("36415", "", "Drawing blood", 18),
    ("80053", "", "Blood chemistry panel", 42),
    ("80061", "", "Cholesterol panel", 52),
    ("83036", "", "Long-term blood sugar", 38),
    ("85025", "", "Blood count", 30),
    ("81002", "", "Urine test strip", 12),
    ("87880", "", "Strep test", 34),
    ("87804", "", "Flu test", 36),
    ("93000", "", "Electrocardiogram", 62),
    ("94640", "", "Breathing treatment", 45),
    ("96127", "", "Short questionnaire on mood", 15),
    ("20610", "", "Injection into a large joint", 175),
    ("17110", "", "Removing warts, up to 14", 210),
    ("11102", "", "Taking a sample of skin", 190),
    ("12001", "", "Stitching a small wound", 265),
    ("76700", "", "Ultrasound of the belly", 310),
    ("99050", "", "Visit outside of hours", 40),
)
USUAL = {
    "new": [("99203", "", 1)],
    "follow-up": [("99213", "", 1)],
    "physical": [("99396", "", 1), ("36415", "", 1), ("80061", "", 1)],
    "sick": [("99213", "", 1)],
    "telehealth": [("99213", "95", 1)],
    "ultrasound": [("76700", "", 1)],
    "nurse": [("90686", "", 1), ("90471", "", 1)],
    "procedure": [("99212", "", 1), ("11102", "", 1)],
}
# What each payer of `coverage_rows.INSURERS` pays of a fee in percent, 0 where there is no contract; and plans of their own.
AGREED = (62, 44, 78, 74, 71, 69, 80, 61, 0, 46, 88, 0)
OWN_PLANS = {(2, "Saver"): 70, (3, "Choice PPO"): 79}
BANDS = [(100, "flat", 2000), (133, "percent", 25), (166, "percent", 50), (200, "percent", 75)]


def add_fees(payers: Sequence[int], visit_types: Mapping[str, int], today: date) -> None:
    """Set the fees by their verb, pour the agreed rates, and say what visits are usually made of."""
    begins = date(today.year - 1, 1, 1)
    for code, modifier, words, dollars in FEES:
        billing.set_fee(SYSTEM, code=code, modifier=modifier, words=words, cents=dollars * 100, begins=begins)
    agreed = [(payers[n], "", percent) for n, percent in enumerate(AGREED) if percent]
    agreed += [(payers[n], plan, percent) for (n, plan), percent in OWN_PLANS.items()]
    ContractRate.objects.bulk_create(
        ContractRate(
            payer_id=payer, plan=plan, code=code, modifier=modifier, cents=dollars * percent, begins=begins
        )
        for payer, plan, percent in agreed
        for code, modifier, _, dollars in FEES
        if dollars
    )
    for kind, services in USUAL.items():
        if kind in visit_types:
            billing.set_usual(SYSTEM, visit_type_id=visit_types[kind], services=services)
    # The guideline of 2025 for the 48 states: $15,650 for one, $5,500 for each further person (90 FR 5917).
    billing.set_scale(SYSTEM, begins=begins, person_cents=1_565_000, more_cents=550_000, bands=BANDS)
    billing.set_balance_rule(SYSTEM, whole_upto_cents=20_000, part_percent=25)
