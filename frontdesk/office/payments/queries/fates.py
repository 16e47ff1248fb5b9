"""What became of payments afterwards, read from the ledger and the rows of what was given back."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import F, Sum

from frontdesk.office.ledger.models import Entry
from frontdesk.office.patients.queries import charts_of
from frontdesk.office.payments.models import CardRefund, Payment, Refund, ReturnedCheck


@dataclass(slots=True)
class Fate:
    """Of one payment: whether it was taken back and why, what was refunded by tender, which of its checks came back."""

    taken_back: str = ""
    refunded: Counter[int] = field(default_factory=Counter)
    returned: dict[int, int] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """The cents of it that are gone again; a payment taken back is gone whole, which the caller knows."""
        return sum(self.refunded.values()) + sum(self.returned.values())


def fates(payments: Collection[Payment]) -> dict[int, Fate]:
    """Return what became of each; four queries however many. What is on its way back to a card is gone already."""
    found = {one.pk: Fate() for one in payments}
    entries = {one.entry_id: one.pk for one in payments}
    for entry, reason in Entry.objects.filter(reverses__in=entries).values_list("reverses_id", "reason"):
        found[entries[entry]].taken_back = reason
    sums = Refund.objects.filter(payment__in=found).values_list("payment_id", "tender_id")
    for payment, tender, cents in sums.annotate(total=Sum("cents")):
        found[payment].refunded[tender] += cents
    cards = CardRefund.objects.filter(payment__in=found).exclude(state=CardRefund.State.FAILED)
    by_card = cards.filter(payment__tenders__processor=F("charge__processor"))
    for payment, tender, cents in by_card.values_list("payment_id", "payment__tenders", "cents"):
        found[payment].refunded[tender] += cents
    back = ReturnedCheck.objects.filter(tender__payment__in=found)
    for payment, tender, cents in back.values_list("tender__payment_id", "tender_id", "tender__cents"):
        found[payment].returned[tender] = cents
    return found


def had_check_returned(patient_id: int) -> bool:
    """Say whether a check of this patient ever came back unpaid."""
    return ReturnedCheck.objects.filter(patient_id__in=charts_of(patient_id)).exists()
