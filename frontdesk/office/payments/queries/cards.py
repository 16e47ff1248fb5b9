"""Charges as the desk follows them, what of cards somebody must see to, and what must always be true of them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from frontdesk.office.ledger.models import Entry
from frontdesk.office.patients.queries import charts_of
from frontdesk.office.payments.models import CardCharge, CardOnFile, CardRefund, Dispute, Tender
from frontdesk.office.payments.models.cards import UNDER_WAY
from frontdesk.office.payments.rules.sheet import BY_CARD, Part

State = CardCharge.State
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Watched:
    """The lists of the page about cards: charges under way or in doubt, open links, refunds that failed, disputes."""

    doubt: list[CardCharge]
    links: list[CardCharge]
    credits: list[CardCharge]
    refunds: list[CardRefund]
    disputes: list[Dispute]


def stamp(row: CardCharge) -> str:
    """Return a word that changes whenever what the desk sees of a charge does."""
    return f"{row.state}.{row.code}.{int(row.ended_at is not None)}.{int(bool(row.link))}"


def charge_stamp(charge_id: int) -> str:
    """Return a charge's `stamp`, "" for none; one query, and no look at whose it is."""
    row = CardCharge.objects.only("state", "code", "ended_at", "link").filter(pk=charge_id).first()
    return stamp(row) if row else ""


def watched(location_id: int) -> Watched:
    """Return what is to be seen to at a location; five queries."""
    here = CardCharge.objects.filter(location=location_id).select_related("patient").order_by("at", "id")
    failed = CardRefund.objects.filter(
        charge__location=location_id, seen_at=None, state=CardRefund.State.FAILED
    )
    disputes = Dispute.objects.filter(charge__location=location_id, seen_at=None)
    return Watched(
        doubt=list(here.filter(state__in=UNDER_WAY).exclude(how=CardCharge.How.LINK)[:SHOWN]),
        links=list(here.filter(state__in=UNDER_WAY, how=CardCharge.How.LINK)[:SHOWN]),
        credits=list(here.filter(state=State.SUCCEEDED, sheet__posted_as="credit").order_by("-id")[:20]),
        refunds=list(failed.select_related("patient", "charge").order_by("at")[:SHOWN]),
        disputes=list(disputes.select_related("charge__patient").order_by("respond_by", "id")[:SHOWN]),
    )


def booked_moves(references: Collection[str]) -> dict[str, tuple[int, date]]:
    """Return the location and business day that charges and refunds are booked to, by the processor's name; three queries."""
    charges = CardCharge.objects.filter(processor__in=references, payment__isnull=False)
    found = {
        name: (place, day)
        for name, place, day in charges.values_list("processor", "payment__location_id", "payment__day")
    }
    refunds = CardRefund.objects.filter(processor__in=references, paid_entry_id__isnull=False)
    paid = refunds.values_list("processor", "payment__location_id", "paid_entry_id")
    given = [(name, place, pk) for name, place, pk in paid if pk is not None]
    days = dict(Entry.objects.filter(pk__in=[pk for *_, pk in given]).values_list("pk", "day"))
    return found | {name: (place, days[pk]) for name, place, pk in given}


def open_charges(patient_id: int) -> list[CardCharge]:
    """Return the links that can still be paid and the cards under way of a patient and of the charts merged into theirs."""
    rows = CardCharge.objects.filter(patient__in=charts_of(patient_id), state__in=UNDER_WAY)
    return list(rows.order_by("id"))


def card_under_way_for(parts: Iterable[Part]) -> CardCharge | None:
    """Return the charge under way that pays one of these parts, None without; one query.

    A link nobody waits for is none; nor is a charge that was called off: if it was charged, it is given back by itself.
    """
    wanted = {(one.patient_id, one.purpose, one.about) for one in parts}
    rows = CardCharge.objects.filter(state__in=UNDER_WAY, ended_at=None).exclude(how=CardCharge.How.LINK)
    for row in rows.order_by("id"):
        if wanted & {(one["patient_id"], one["purpose"], one["about"]) for one in row.sheet["parts"]}:
            return row
    return None


def cards_on_file(patient_id: int) -> list[CardOnFile]:
    """Return the cards a patient lets us charge, the newest first; one query."""
    return list(CardOnFile.objects.filter(patient=patient_id, ended_at=None).order_by("-id"))


def card_invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs about cards by name; each lists its breaches."""
    return {
        "payments.charged_cards_are_posted_once": _posted,
        "payments.card_refunds_stay_within_their_charge": _within,
    }


def _posted() -> list[str]:
    """Each charge that succeeded has its payment, with a card's tender of the processor's reference; and the other way."""
    charged = CardCharge.objects.filter(state=State.SUCCEEDED)
    # A payment that was found by its key, and is one in cash, has no such tender.
    tender = Tender.objects.filter(
        payment=OuterRef("payment"), processor=OuterRef("processor"), kind__in=BY_CARD
    )
    right = charged.filter(Exists(tender), payment__key=Concat(Value("card:"), F("key")))
    wrong = charged.exclude(pk__in=right.values("pk")).values_list("pk", flat=True)[:100]
    charge = charged.filter(payment=OuterRef("payment"), processor=OuterRef("processor"))
    alone = Tender.objects.exclude(processor="").exclude(Exists(charge)).values_list("pk", flat=True)[:100]
    return [
        *(f"charge {pk}: charged, and not posted as what it is" for pk in wrong),
        *(f"tender {pk}: posted, and no card was charged" for pk in alone),
    ]


def _within() -> list[str]:
    given: dict[int, int] = {}
    cents = dict(CardCharge.objects.filter(refunds__isnull=False).values_list("pk", "cents"))
    for charge, part in CardRefund.objects.filter(~Q(state=CardRefund.State.FAILED)).values_list(
        "charge", "cents"
    ):
        given[charge] = given.get(charge, 0) + part
    return [
        f"charge {pk}: {total} cents given back of {cents[pk]}"
        for pk, total in given.items()
        if total > cents[pk]
    ]
