"""Money, shares, days and kinds of insurance as a clerk says them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# EB04, X12 code list 1336, where the kind of plan changes what a clerk asks next.
INSURANCE = {
    "12": "Medicare secondary, working aged",
    "13": "Medicare secondary, kidney disease",
    "14": "Medicare secondary, no-fault",
    "15": "Medicare secondary, workers' compensation",
    "16": "Medicare secondary, federal agency",
    "41": "Medicare secondary, black lung",
    "42": "Medicare secondary, Veterans Affairs",
    "43": "Medicare secondary, disabled",
    "47": "Medicare secondary, liability",
    "C1": "commercial",
    "CO": "COBRA",
    "EP": "EPO",
    "GP": "group policy",
    "HM": "HMO",
    "HN": "Medicare Advantage HMO",
    "HS": "special low-income Medicare",
    "IN": "indemnity",
    "IP": "individual policy",
    "LC": "long-term care",
    "MA": "Medicare Part A",
    "MB": "Medicare Part B",
    "MC": "Medicaid",
    "MH": "Medigap A",
    "MI": "Medigap B",
    "MP": "Medicare primary",
    "PR": "PPO",
    "PS": "POS",
    "QM": "qualified Medicare beneficiary",
    "SP": "supplemental",
    "WC": "workers' compensation",
}
NETWORKS = {"Y": "in network", "N": "out of network"}
PERIODS = {
    "6": "an hour",
    "7": "a day",
    "13": "24 hours",
    "21": "in years",
    "22": "a service year",
    "23": "a year",
    "25": "a contract",
    "26": "an episode",
    "28": "outlier",
    "32": "in a lifetime",
    "34": "a month",
    "35": "a week",
    "36": "an admission",
}


def money(amount: Decimal) -> str:
    """Return $35, $35.50 or $1,500."""
    cents = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"${cents:,.0f}" if cents == cents.to_integral_value() else f"${cents:,.2f}"


def percent(fraction: Decimal) -> str:
    """Return 20 % for .2."""
    return f"{_short(fraction * 100)} %"


def count(number: Decimal) -> str:
    """Return 20 for 20.0."""
    return _short(number)


def day(on: date) -> str:
    """Return 3/15/2026."""
    return f"{on.month}/{on.day}/{on.year}"


def _short(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"
