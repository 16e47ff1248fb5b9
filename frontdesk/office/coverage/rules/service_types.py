"""Kinds of service a payer speaks of (X12 code list 1365), in plain words, and which broader kind speaks for which.

A broader kind stands in only where a payer means it by that: 30 is the plan as a whole, and CAQH CORE rule 154 lets a
plan-wide deductible be told under 30 alone; 96 is a physician's service anywhere, 98 the same in an office. Nothing
stands in sideways: an office visit never takes the copay of urgent care (UC), nor the other way round, and a check-up
(BZ, 81) not that of a sick visit, since it mostly costs nothing (45 CFR 147.130). Dental, pharmacy and vision are carved
out of most medical plans (CORE 154 leaves their costs to the payer), so the plan's own costs do not speak for them.
"""

PLAN = "30"
SERVICES = {
    "1": "medical care",
    "2": "surgery",
    "3": "consultation",
    "4": "X-ray",
    "5": "laboratory",
    "6": "radiation therapy",
    "7": "anesthesia",
    "12": "equipment bought",
    "18": "equipment rented",
    "30": "whole plan",
    "33": "chiropractic",
    "34": "chiropractic office",
    "35": "dental",
    "42": "home health",
    "45": "hospice",
    "47": "hospital",
    "48": "hospital stay",
    "50": "hospital outpatient",
    "51": "emergency accident",
    "52": "emergency medical",
    "53": "surgery center",
    "54": "long-term care",
    "60": "general benefits",
    "62": "MRI or CT",
    "64": "acupuncture",
    "65": "newborn care",
    "67": "smoking cessation",
    "68": "well baby",
    "69": "maternity",
    "73": "diagnostic tests",
    "76": "dialysis",
    "78": "chemotherapy",
    "79": "allergy testing",
    "80": "immunizations",
    "81": "routine physical",
    "82": "family planning",
    "86": "emergency",
    "88": "pharmacy",
    "93": "podiatry",
    "96": "physician",
    "98": "office",
    "99": "physician in hospital",
    "A0": "physician outpatient",
    "A1": "physician in nursing home",
    "A2": "physician in skilled nursing",
    "A3": "home visit",
    "A4": "psychiatric",
    "A5": "psychiatric room and board",
    "A6": "psychotherapy",
    "A7": "psychiatric inpatient",
    "A8": "psychiatric outpatient",
    "A9": "rehabilitation",
    "AD": "occupational therapy",
    "AE": "physical medicine",
    "AF": "speech therapy",
    "AG": "skilled nursing",
    "AI": "substance abuse",
    "AJ": "alcoholism",
    "AK": "drug addiction",
    "AL": "vision",
    "AM": "frames",
    "AO": "lenses",
    "BG": "cardiac rehabilitation",
    "BH": "pediatric",
    "BT": "gynecology",
    "BU": "obstetrics",
    "BV": "obstetrics and gynecology",
    "BY": "sick visit",
    "BZ": "check-up",
    "CE": "mental health inpatient",
    "CF": "mental health outpatient",
    "DM": "medical equipment",
    "GY": "allergy",
    "MH": "mental health",
    "PT": "physical therapy",
    "UC": "urgent care",
}
_OFFICE = ("96", "1", PLAN)
_BROADER = {
    "3": _OFFICE,
    "98": _OFFICE,
    "BY": ("98", *_OFFICE),
    "96": ("1", PLAN),
    "99": ("96", PLAN),
    "A0": ("96", PLAN),
    "A1": ("96", PLAN),
    "A2": ("96", PLAN),
    "A3": ("96", PLAN),
    "34": ("33", PLAN),
    "4": ("73", PLAN),
    "5": ("73", PLAN),
    "62": ("73", PLAN),
    "48": ("47", PLAN),
    "50": ("47", PLAN),
    "51": ("86", PLAN),
    "52": ("86", PLAN),
    "A4": ("MH", PLAN),
    "A6": ("MH", PLAN),
    "A7": ("MH", PLAN),
    "A8": ("MH", PLAN),
    "CE": ("MH", PLAN),
    "CF": ("MH", PLAN),
    "AJ": ("AI", PLAN),
    "AK": ("AI", PLAN),
    "PT": ("AE", PLAN),
}
CARVED_OUT = frozenset({"35", "88", "AL", "AM", "AO"})
# Paid by Medicare Part A, or outside an office: for these a place of service is not guessed, nor Part B asked for.
HOSPITAL = frozenset(
    {"42", "45", "47", "48", "50", "51", "52", "53", "54", "86", "99", "A1", "A2", "A5", "A7", "AG", "CE"}
)


def named(service: str) -> str:
    """Return a kind of service in plain words; its code where it has none here."""
    return SERVICES.get(service or PLAN, f"service {service}")


def titled(service: str) -> str:
    """Return it as a sentence begins."""
    words = named(service)
    return words[:1].upper() + words[1:]


def order(services: tuple[str, ...]) -> tuple[str, ...]:
    """Return which kinds of service speak for a visit, the nearest first and the plan as a whole last.

    A visit without a kind of service is one of the plan as a whole.
    """
    asked = services or (PLAN,)
    broader = [wide for own in asked for wide in _BROADER.get(own, () if own in CARVED_OUT else (PLAN,))]
    found = dict.fromkeys([*asked, *broader])
    whole = [PLAN] if PLAN in found else []
    return (*(service for service in found if service != PLAN), *whole)


def places(services: tuple[str, ...]) -> frozenset[str]:
    """Return the places of service (CMS) such a visit is at; none where it cannot be said."""
    if not services or set(services) & HOSPITAL:
        return frozenset()
    return frozenset({"20", "11"}) if "UC" in services else frozenset({"11"})
