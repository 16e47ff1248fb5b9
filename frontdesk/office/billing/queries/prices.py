"""What services cost on a day: the practice's fees, payers' agreed rates, and what a visit is usually made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from frontdesk.kit.rows import fetch, marks
from frontdesk.office.billing.models import UsualService
from frontdesk.office.billing.rules import Service
from frontdesk.office.coverage.rules import search_key

Code = tuple[str, str]
_FEES = "SELECT 'fee', x.id, 0, x.code, x.modifier, x.words, x.cents, x.begins, x.ends FROM billing_fee x"
_USUAL = (
    "SELECT 'usual', x.id, x.visit_type_id, x.code, x.modifier, '', x.units, CAST(NULL AS date), CAST(NULL AS date) "
    "FROM billing_usualservice x"
)
_RATES = "SELECT 'rate', x.id, x.payer_id, x.code, x.modifier, x.plan, x.cents, x.begins, x.ends FROM billing_contractrate x"


@dataclass(frozen=True, slots=True)
class Price:
    """A price in cents from a day on, up to a day. `words` are the service's; of a rate the plan's, as it is searched for."""

    words: str
    cents: int
    begins: date
    ends: date | None


@dataclass(slots=True)
class Prices:
    """Fees and rates that may be asked for, at hand; looking one up is no query."""

    fees: dict[Code, list[Price]] = field(default_factory=lambda: defaultdict(list))
    rates: dict[tuple[int, str, str], list[Price]] = field(default_factory=lambda: defaultdict(list))
    usual: dict[int, list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))

    def usual_of(
        self, visit_type_id: int, day: date, payer_id: int | None = None, plan: str = ""
    ) -> tuple[Service, ...]:
        """Return what a visit of a type is usually made of, with its prices on `day`."""
        return tuple(
            self.service(code, modifier, units, day, payer_id, plan)
            for code, modifier, units in self.usual.get(visit_type_id, ())
        )

    def service(
        self, code: str, modifier: str, units: int, day: date, payer_id: int | None = None, plan: str = ""
    ) -> Service:
        """Return one service with its prices on `day`; without its modifier where there is no price with it."""
        fee = self.fee(code, modifier, day)
        allowed = None if payer_id is None else self._rate(payer_id, plan, code, modifier, day)
        return Service(code, modifier, fee.words if fee else "", units, fee.cents if fee else None, allowed)

    def fee(self, code: str, modifier: str, day: date) -> Price | None:
        """Return the fee of a service on `day`."""
        return _on(self.fees.get((code, modifier), ()), day) or _on(self.fees.get((code, ""), ()), day)

    def _rate(self, payer_id: int, plan: str, code: str, modifier: str, day: date) -> int | None:
        """Return what is agreed: of this plan before every plan, with the modifier before without."""
        wanted = search_key(plan) if plan else ""
        for sign in dict.fromkeys((modifier, "")):
            rows = self.rates.get((payer_id, code, sign), ())
            own = [one for one in rows if one.words and one.words == wanted]
            found = _on(own, day) or _on([one for one in rows if not one.words], day)
            if found is not None:
                return found.cents
        return None


def prices(
    *, visit_type_ids: Collection[int] = (), payer_ids: Collection[int] = (), codes: Collection[str] = ()
) -> Prices:
    """Return the prices of the usual services of these visit types, and of these codes; one query, or none."""
    made = Prices()
    if not visit_type_ids and not codes:
        return made
    usual = (
        f"SELECT u.code FROM billing_usualservice u WHERE u.visit_type_id IN ({marks(len(visit_type_ids))})"  # noqa: S608 - places only
    )
    picked = " OR ".join(
        [f"x.code IN ({usual})"] * bool(visit_type_ids) + [f"x.code IN ({marks(len(codes))})"] * bool(codes)
    )
    wanted = [*visit_type_ids, *codes]
    asked: list[tuple[str, Sequence[object]]] = [(f"{_FEES} WHERE {picked}", wanted)]
    if visit_type_ids:
        asked.append((f"{_USUAL} WHERE x.visit_type_id IN ({marks(len(visit_type_ids))})", [*visit_type_ids]))
    if payer_ids:
        payers = f"{_RATES} WHERE x.payer_id IN ({marks(len(payer_ids))}) AND ({picked})"
        asked.append((payers, [*payer_ids, *wanted]))
    rows = fetch(
        f"{' UNION ALL '.join(one for one, _ in asked)} ORDER BY 2",
        [each for _, values in asked for each in values],
    )
    for what, _, of, code, modifier, words, number, begins, ends in rows:
        if what == "usual":
            made.usual[of].append((code, modifier, number))
            continue
        price = Price(words, number, _day(begins), _day(ends) if ends else None)
        if what == "fee":
            made.fees[code, modifier].append(price)
        else:
            key = search_key(words) if words else ""
            made.rates[of, code, modifier].append(replace(price, words=key))
    return made


def usual_services(visit_type_id: int | None) -> list[UsualService]:
    """Return what a visit of a type usually is made of, in the order it was noted; one query."""
    return list(UsualService.objects.filter(visit_type_id=visit_type_id).order_by("id"))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _on(rows: Iterable[Price], day: date) -> Price | None:
    """Return the price of a day: of those that hold, the one that began last."""
    held = [one for one in rows if one.begins <= day and (one.ends is None or one.ends >= day)]
    return max(held, key=lambda one: one.begins, default=None)


def holding(day: date) -> Q:
    """Return what picks the prices that hold on a day."""
    return Q(begins__lte=day) & (Q(ends=None) | Q(ends__gte=day))
