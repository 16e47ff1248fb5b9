"""What services cost on a day: the practice's fees, payers' agreed rates, and what a visit is usually made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Q

from frontdesk.office.billing.models import ContractRate, Fee, UsualService
from frontdesk.office.billing.rules import Service
from frontdesk.office.coverage.rules import search_key

Code = tuple[str, str]
P = TypeVar("P", Fee, ContractRate)


@dataclass(slots=True)
class Prices:
    """Fees and rates that may be asked for, at hand; looking one up is no query."""

    fees: dict[Code, list[Fee]] = field(default_factory=lambda: defaultdict(list))
    rates: dict[tuple[int, str, str], list[ContractRate]] = field(default_factory=lambda: defaultdict(list))
    usual: dict[int, list[UsualService]] = field(default_factory=lambda: defaultdict(list))

    def usual_of(
        self, visit_type_id: int, day: date, payer_id: int | None = None, plan: str = ""
    ) -> tuple[Service, ...]:
        """Return what a visit of a type is usually made of, with its prices on `day`."""
        return tuple(
            self.service(one.code, one.modifier, one.units, day, payer_id, plan)
            for one in self.usual.get(visit_type_id, ())
        )

    def service(
        self, code: str, modifier: str, units: int, day: date, payer_id: int | None = None, plan: str = ""
    ) -> Service:
        """Return one service with its prices on `day`; without its modifier where there is no price with it."""
        fee = self.fee(code, modifier, day)
        allowed = None if payer_id is None else self._rate(payer_id, plan, code, modifier, day)
        return Service(code, modifier, fee.words if fee else "", units, fee.cents if fee else None, allowed)

    def fee(self, code: str, modifier: str, day: date) -> Fee | None:
        """Return the fee of a service on `day`."""
        return _on(self.fees.get((code, modifier), ()), day) or _on(self.fees.get((code, ""), ()), day)

    def _rate(self, payer_id: int, plan: str, code: str, modifier: str, day: date) -> int | None:
        """Return what is agreed: of this plan before every plan, with the modifier before without."""
        wanted = search_key(plan) if plan else ""
        for sign in dict.fromkeys((modifier, "")):
            rows = self.rates.get((payer_id, code, sign), ())
            own = [one for one in rows if one.plan and search_key(one.plan) == wanted]
            found = _on(own, day) or _on([one for one in rows if not one.plan], day)
            if found is not None:
                return found.cents
        return None


def prices(
    *, visit_type_ids: Collection[int] = (), payer_ids: Collection[int] = (), codes: Collection[str] = ()
) -> Prices:
    """Return the prices of the usual services of these visit types, and of these codes; three queries at the most."""
    made = Prices()
    if visit_type_ids:
        for usual in UsualService.objects.filter(visit_type__in=visit_type_ids).order_by("id"):
            made.usual[usual.visit_type_id].append(usual)
    wanted = {*codes, *(one.code for rows in made.usual.values() for one in rows)}
    if not wanted:
        return made
    for fee in Fee.objects.filter(code__in=wanted):
        made.fees[fee.code, fee.modifier].append(fee)
    if payer_ids:
        for rate in ContractRate.objects.filter(payer__in=payer_ids, code__in=wanted):
            made.rates[rate.payer_id, rate.code, rate.modifier].append(rate)
    return made


def usual_services(visit_type_id: int | None) -> list[UsualService]:
    """Return what a visit of a type usually is made of, in the order it was noted; one query."""
    return list(UsualService.objects.filter(visit_type_id=visit_type_id).order_by("id"))


def _on(rows: Iterable[P], day: date) -> P | None:
    """Return the price of a day: of those that hold, the one that began last."""
    held = [one for one in rows if one.begins <= day and (one.ends is None or one.ends >= day)]
    return max(held, key=lambda one: one.begins, default=None)


def holding(day: date) -> Q:
    """Return what picks the prices that hold on a day."""
    return Q(begins__lte=day) & (Q(ends=None) | Q(ends__gte=day))
