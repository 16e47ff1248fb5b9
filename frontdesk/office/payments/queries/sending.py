"""What a patient is written about money: of a receipt and of a link, in the facts of messaging; and whether it is still so.

Never what it was for, who saw them, or when they came (docs/decisions/0028). Where the kind of visit or its place is one
whose very name would tell, its labels go along, so that the message speaks of a neutral name and is hidden as the visit is.
"""

from collections.abc import Iterable
from dataclasses import replace

from frontdesk.kit.refs import Ref
from frontdesk.kit.sensitivity import codes, text_of
from frontdesk.office.messaging import queries as messages
from frontdesk.office.messaging.queries import at_place
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.patients.models import Patient
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.payments.queries.fates import fates
from frontdesk.office.payments.queries.receipts import slip, visit_number
from frontdesk.office.payments.rules.receipts import paid_with
from frontdesk.office.scheduling.queries import outlook

PAYMENT, CHARGE = "payments.payment", "payments.cardcharge"


def receipt_ref(payment_id: int) -> Ref:
    """Return what a receipt's message is about."""
    return Ref(PAYMENT, payment_id)


def link_ref(charge_id: int) -> Ref:
    """Return what a payment link's message is about."""
    return Ref(CHARGE, charge_id)


def receipt_facts(row: Payment) -> Facts:
    """Return what a patient is written of a payment, in the language of its receipt."""
    told = slip(row)
    facts = Facts(
        zone=told.house.zone, cents=row.cents, receipt=row.receipt, paid_on=row.day,
        paid_with=paid_with(told.paid, told.language), language=told.language,
    )  # fmt: skip
    facts = _quiet(facts, [one.about for one in row.towards.all()])
    return at_place(_of_family(facts, row), row.location)


def link_facts(row: CardCharge) -> Facts:
    """Return what a patient is written of a payment link; its address is asked for as the message goes out."""
    facts = Facts(zone=row.location.zone, cents=row.cents, until=row.over_at)
    return at_place(_quiet(facts, [one["about"] for one in row.sheet["parts"]]), row.location)


def receipt_stands(payment_id: int, told: Facts) -> bool:
    """Say whether a payment still is what its receipt says: not taken back, and not given back whole."""
    row = Payment.objects.filter(pk=payment_id).first()
    return row is not None and row.cents == told.cents and not is_gone(row)


def is_gone(row: Payment) -> bool:
    """Say whether nothing is left of a payment; five queries."""
    fate = fates([row])[row.pk]
    return bool(fate.taken_back) or fate.lost >= row.cents


def link_stands(charge_id: int, told: Facts) -> bool:
    """Say whether a link can be paid, for that amount."""
    row = CardCharge.objects.filter(pk=charge_id).first()
    return row is not None and row.cents == told.cents and can_be_paid(row)


def can_be_paid(row: CardCharge) -> bool:
    """Say whether a charge is a link that is open and known."""
    return row.state == CardCharge.State.LINK and row.ended_at is None and bool(row.link)


def page_to_pay_at(charge_id: int) -> str:
    """Return the address of a link that can be paid, "" for another."""
    row = CardCharge.objects.filter(pk=charge_id).first()
    return row.link if row is not None and can_be_paid(row) else ""


def _of_family(facts: Facts, row: Payment) -> Facts:
    """Add the labels of everybody a payment was put towards: its amount tells of each."""
    ids = {one.patient_id for one in row.towards.all()} - {row.patient_id}
    return (
        _labelled(facts, Patient.objects.filter(pk__in=ids).values_list("labels", flat=True))
        if ids
        else facts
    )


def _quiet(facts: Facts, abouts: Iterable[str]) -> Facts:
    """Add the labels of the visits it is about; and of their kinds the one that is to be written of under a neutral name."""
    numbers = sorted({number for about in abouts if (number := visit_number(about))})
    visits = [found for number in numbers if (found := outlook(number))]
    neutral = set(messages.policy().neutral_visit_types)
    kinds = sorted((one.visit_type_id for one in visits), key=lambda pk: pk not in neutral)
    told = replace(facts, visit_type_id=kinds[0] if kinds else None)
    return _labelled(told, (one.labels for one in visits))


def _labelled(facts: Facts, labels: Iterable[str]) -> Facts:
    found = {code for one in (facts.labels, *labels) for code in codes(one)}
    return replace(facts, labels=text_of(found))
