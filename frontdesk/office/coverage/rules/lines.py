"""Each line of an answer in plain words, for whoever wants to read all that the payer told."""

from decimal import Decimal

from frontdesk.office.coverage.rules import rejections, service_types, wording
from frontdesk.office.coverage.rules.allowances import UNITS
from frontdesk.office.coverage.rules.benefits import Benefit, Dates, Delivery, Entity

# EB01, X12 code list 1390.
INFORMATION = {
    "1": "Active",
    "2": "Active, full risk capitation",
    "3": "Active, services capitated",
    "4": "Active, capitated to the primary care physician",
    "5": "Active, under investigation",
    "6": "Inactive",
    "7": "Inactive, waiting for an update",
    "8": "Inactive, under investigation",
    "A": "Co-insurance",
    "B": "Copay",
    "C": "Deductible",
    "CB": "Basis of coverage",
    "D": "Benefit",
    "E": "Exclusions",
    "F": "Limit",
    "G": "Out-of-pocket maximum",
    "H": "Unlimited",
    "I": "Not covered",
    "J": "Cost containment",
    "K": "Reserve",
    "L": "Primary care provider",
    "M": "Pre-existing condition",
    "MC": "Managed care coordinator",
    "N": "Only through a provider",
    "O": "Not medically necessary",
    "P": "Disclaimer",
    "Q": "Second surgical opinion",
    "R": "Other payer",
    "S": "Earlier years",
    "T": "Card lost or stolen",
    "U": "Ask another payer",
    "V": "Could not be answered",
    "W": "Other source",
    "X": "Facility",
    "Y": "Spend-down",
}
LEVELS = {
    "CHD": "children",
    "DEP": "dependents",
    "ECH": "employee and children",
    "EMP": "employee",
    "ESP": "employee and spouse",
    "FAM": "family",
    "IND": "individual",
    "SPC": "spouse and children",
    "SPO": "spouse",
}
_NETWORKS = {**wording.NETWORKS, "W": "in and out of network"}
_PERIODS = {
    **wording.PERIODS,
    "24": "spent this year",
    "27": "a visit",
    "29": "left",
    "30": "exceeded",
    "33": "left in a lifetime",
}
_AUTHORIZATION = {"Y": "authorization needed", "N": "no authorization"}
_DATES = {
    "291": "plan",
    "292": "benefit",
    "307": "eligible",
    "346": "plan begins",
    "347": "plan ends",
    "348": "benefit begins",
    "349": "benefit ends",
    "356": "eligible from",
    "357": "eligible to",
    "290": "with other insurance",
    "343": "premiums paid to",
    "442": "died",
}


def described(line: Benefit) -> str:
    """Return a line in plain words, its parts joined by " · "; codes nobody knows stand as they are."""
    services = ", ".join(service_types.named(each) for each in line.services)
    procedure = "-".join(filter(None, [line.procedure, *line.modifiers]))
    parts = [
        INFORMATION.get(line.information, line.information),
        services,
        f"procedure {procedure}" if procedure else "",
        line.plan or wording.INSURANCE.get(line.insurance, ""),
        *_amounts(line),
        _PERIODS.get(line.period, line.period),
        LEVELS.get(line.level, line.level),
        _NETWORKS.get(line.network, ""),
        _AUTHORIZATION.get(line.authorization, ""),
        *(_delivered(each) for each in line.limits),
        *(_dated(each) for each in line.dates),
        *(f"place {each.code}" if each.kind == "ZZ" else each.words or each.code for each in line.places),
        *(" ".join(filter(None, [each.number, each.words])) for each in line.references),
        *(_entity(each) for each in line.entities),
        *(rejections.why(each).words for each in line.rejections),
        *line.messages,
    ]
    return " · ".join(filter(None, parts))


def _amounts(line: Benefit) -> list[str]:
    unit = UNITS.get(line.quantity_kind, line.quantity_kind)
    return [
        wording.money(line.amount) if line.amount is not None else "",
        wording.percent(line.percent if line.percent <= 1 else line.percent / 100)
        if line.percent is not None
        else "",
        _counted(line.quantity, unit) if not line.limits else "",
    ]


def _counted(number: Decimal | None, unit: str) -> str:
    return f"{wording.count(number)} {unit}".strip() if number is not None else ""


def _delivered(limit: Delivery) -> str:
    period = _PERIODS.get(limit.period, limit.period)
    return " ".join(filter(None, [_counted(limit.quantity, UNITS.get(limit.kind, limit.kind)), period]))


def _dated(each: Dates) -> str:
    if each.begins is None:
        return ""
    until = f" to {wording.day(each.ends)}" if each.ends else ""
    return f"{_DATES.get(each.kind, f'date {each.kind}')} {wording.day(each.begins)}{until}"


def _entity(each: Entity) -> str:
    name = " ".join(filter(None, [each.first, each.name]))
    return " ".join(filter(None, [name, each.id, each.phone]))
