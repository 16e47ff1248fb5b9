"""The line a clerk reads: "ACTIVE · Aetna POS · $35 copay (office, in network) · deductible $410 of $1,500 left"."""

from decimal import Decimal

from frontdesk.office.coverage.rules import service_types, wording
from frontdesk.office.coverage.rules.accumulators import Figure, Figures
from frontdesk.office.coverage.rules.allowances import PERIODS, UNITS, Allowance
from frontdesk.office.coverage.rules.charges import VISIT, Charge

_ZERO = Decimal(0)
AUTHORIZATION_NEEDED, REFERRAL_NEEDED, NO_REFERRAL = "authorization needed", "referral needed", "no referral"
"""The parts of the line that say what a payer wants before a visit; `wants` reads them again."""


def wanted(authorization: bool | None, referral: bool | None) -> list[str]:
    """Say what the payer wants before the visit; of an authorization it does not want nothing is said."""
    return [
        AUTHORIZATION_NEEDED if authorization else "",
        {True: REFERRAL_NEEDED, False: NO_REFERRAL, None: ""}[referral],
    ]


def wants(words: str) -> tuple[bool | None, bool | None]:
    """Return whether a line says that an authorization, and a referral, is needed; None where it does not say."""
    parts = words.split(" · ")
    referral = True if REFERRAL_NEEDED in parts else False if NO_REFERRAL in parts else None
    return (True if AUTHORIZATION_NEEDED in parts else None), referral


def copay(charge: Charge | None, in_network: bool | None) -> str:
    """Say the copay: $35 copay (office, in network); a range where it has to be asked; or that it was not told."""
    if charge is None:
        return "copay not told"
    of = _of(charge, in_network)
    if charge.amount is not None:
        return f"{wording.money(charge.amount)} copay ({of})"
    return f"{wording.money(charge.low)} to {wording.money(charge.high)} copay ({of}), ask which"


def coinsurance(charge: Charge | None, beside: Charge | None, in_network: bool | None) -> str:
    """Say the patient's share; of what, only where the copay `beside` it does not say the same."""
    if charge is None or (charge.high == 0 and beside is not None):
        return ""
    share = wording.percent(charge.low)
    if charge.amount is None:
        share = f"{share} to {wording.percent(charge.high)}"
    same = beside is not None and (beside.service, beside.network) == (charge.service, charge.network)
    return f"{share} coinsurance" if same else f"{share} coinsurance ({_of(charge, in_network)})"


def _of(charge: Charge, in_network: bool | None) -> str:
    network = wording.NETWORKS.get(charge.network, "")
    if network and in_network is None:
        network = f"if {network}"
    period = wording.PERIODS.get(charge.period, "") if charge.period != VISIT else ""
    return ", ".join(filter(None, [service_types.named(charge.service), network, period]))


def deductible(figures: Figures, in_network: bool | None) -> list[str]:
    """Say what is left of the deductible; of the family's too, where less is left of it than of the person's own."""
    own, family = figures.individual, figures.family
    if own is None:
        return [_left("family deductible", family, in_network)] if family else []
    said = [_left("deductible", own, in_network)]
    same = family is not None and family.network == own.network
    if family and same and family.left is not None and own.left is not None and family.left < own.left:
        said.append(_left("family deductible", family, in_network))
    return said


def _left(name: str, figure: Figure, in_network: bool | None) -> str:
    mark = ""
    if figure.network in {"Y", "N"} and in_network is not (figure.network == "Y"):
        words = wording.NETWORKS[figure.network]
        mark = f" ({words})" if in_network is not None else f" (if {words})"
    if not figure.certain:
        return f"{name} told in two ways, look at the lines{mark}"
    total, left = figure.total, figure.left
    if total == 0:
        return f"no {name}{mark}"
    if total is None:
        return f"{name} {wording.money(left or _ZERO)} left{mark}"
    if left is None:
        return f"{name} {wording.money(total)}, what is left not told{mark}"
    if left == 0:
        return f"{name} {wording.money(total)} met{mark}"
    return f"{name} {wording.money(left)} of {wording.money(total)} left{mark}"


def out_of_pocket(figures: Figures) -> str:
    """Say that the most a patient pays in a year is reached, by the person or the family; nothing otherwise."""
    reached = any(
        each is not None and each.certain and each.left == 0 and each.total != 0
        for each in (figures.individual, figures.family)
    )
    return "out-of-pocket maximum met" if reached else ""


def allowance(limit: Allowance) -> str:
    """Say a limit: 12 of 20 visits left, at most 20 visits (year), $500 left."""
    unit = UNITS.get(limit.unit, "")
    if limit.unit == "":
        total, left = _maybe(limit.total), _maybe(limit.left)
    else:
        total = wording.count(limit.total) if limit.total is not None else ""
        left = wording.count(limit.left) if limit.left is not None else ""
    service = service_types.named(limit.service)
    if left and total:
        return " ".join(filter(None, [f"{service} {left} of {total}", unit, "left"]))
    if left:
        return " ".join(filter(None, [f"{service} {left}", unit, "left"]))
    period = PERIODS.get(limit.period, "")
    return " ".join(filter(None, [f"{service} at most {total}", unit, f"({period})" if period else ""]))


def _maybe(amount: Decimal | None) -> str:
    return wording.money(amount) if amount is not None else ""
