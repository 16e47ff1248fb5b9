"""Put a credit against what is owed."""

from collections import defaultdict
from collections.abc import Mapping

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.rules import Leg, application
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment
from frontdesk.office.payments.queries import credits_of, owed_items
from frontdesk.office.payments.services.today import day_now
from frontdesk.office.payments.services.whose import must_be_here


@service("payments.apply_credit", permission="payments.apply")
def apply_credit(
    by: Actor, /, *, patient_id: int, location_id: int, onto: Mapping[int, int], key: str
) -> int:
    """Put a patient's credit against what they owe: so many cents `onto` each open line. Return the cents applied.

    The oldest credit is used up first, and what was paid for a visit goes to it before anything else. Each payment's part is an
    entry of its own, so that one payment can be taken back without the others. Raises `BeyondWhatIsLeft`, `Invalid`.
    """
    must_be_here(by, location_id)
    patient = find_patient(by, patient_id)
    wanted = {line: cents for line, cents in onto.items() if cents}
    if not wanted or any(cents < 0 for cents in wanted.values()):
        msg = "Say how much of the credit goes where."
        raise Invalid(msg, fields={"amount": msg})
    day = day_now(location_id)
    owed = {one.line_id: one for one in owed_items(patient.pk)}
    if wanted.keys() - owed.keys():
        msg = "That is not owed any more. Look at what is open now."
        raise NoSuchPayment(msg)
    parts: dict[int, list[tuple[Leg, Leg]]] = defaultdict(list)
    held = credits_of(patient.pk)
    left = {one.line_id: one.left for one in held}
    for line, cents in wanted.items():
        target, rest = owed[line], cents
        if cents > target.left:
            msg = "More was to be put there than is owed."
            raise BeyondWhatIsLeft(msg)
        for one in sorted(
            held, key=lambda one: (not one.about or one.about != target.about, one.day, one.line_id)
        ):
            amount = min(left[one.line_id], rest)
            if amount > 0:
                left[one.line_id] -= amount
                rest -= amount
                parts[one.entry_id].append(
                    (
                        Leg(Account.Kind.CREDIT, one.account, amount, one.line_id, one.about),
                        Leg(Account.Kind.RECEIVABLE, target.account, -amount, line, target.about),
                    )
                )
        if rest:
            msg = "More was to be put there than there is credit."
            raise BeyondWhatIsLeft(msg)
    for entry_id, pairs in sorted(parts.items()):
        ledger.post(
            by,
            draft=application(
                key=f"apply:{key}:{entry_id}",
                day=day,
                parts=pairs,
                about=pairs[0][1].about,
                patient_id=patient.pk,
            ),
        )
    total = sum(wanted.values())
    record(by, subject=patient, patient_id=patient.pk, after={"cents": total})
    return total
