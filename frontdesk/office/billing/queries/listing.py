"""The fees and rates as screens list them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from frontdesk.office.billing.models import ContractRate, Fee, SlidingPlace, UsualService, VisitCharge
from frontdesk.office.billing.queries.prices import holding

PAGE, MOST = 50, 300


@dataclass(frozen=True, slots=True)
class Listed:
    """A fee that holds, and how many agreed rates hold for its code."""

    code: str
    modifier: str
    words: str
    cents: int
    begins: date
    rates: int


@dataclass(frozen=True, slots=True)
class OfCode:
    """All prices of a code, the newest first, and the kinds of visit it is usually part of."""

    fees: list[Fee]
    rates: list[ContractRate]
    usual: list[str]


def fee_list(typed: str, day: date, *, page: int = 1) -> tuple[list[Listed], bool]:
    """Return the fees that hold on a day and fit what was typed, by code, and whether there are more; two queries."""
    rows = Fee.objects.filter(holding(day))
    for word in typed.split():
        rows = rows.filter(Q(code__istartswith=word) | Q(words__icontains=word))
    start = (page - 1) * PAGE
    found = list(rows.order_by("code", "modifier")[start : start + PAGE + 1])
    codes = {one.code for one in found}
    rates = Counter(ContractRate.objects.filter(holding(day), code__in=codes).values_list("code", flat=True))
    listed = [
        Listed(one.code, one.modifier, one.words, one.cents, one.begins, rates[one.code])
        for one in found[:PAGE]
    ]
    return listed, len(found) > PAGE


def prices_of(code: str) -> OfCode:
    """Return all prices of a code; three queries."""
    fees = list(Fee.objects.filter(code=code).order_by("modifier", "-begins")[:MOST])
    rates = (
        ContractRate.objects.filter(code=code)
        .select_related("payer")
        .order_by("payer__name", "plan", "-begins")
    )
    usual = UsualService.objects.filter(code=code).select_related("visit_type").order_by("visit_type__name")
    return OfCode(fees, list(rates[:MOST]), [one.visit_type.name for one in usual])


def charges_of(appointment_id: int) -> list[VisitCharge]:
    """Return a visit's charges, the one that stands first; two queries."""
    rows = VisitCharge.objects.filter(appointment=appointment_id).prefetch_related("lines").order_by("-id")
    return sorted(rows, key=lambda row: row.taken_back_at is not None)


def places_of(patient_id: int) -> list[SlidingPlace]:
    """Return where a patient's household was found to be, newest first; one query."""
    return list(SlidingPlace.objects.filter(patient=patient_id).order_by("-id")[:20])
