"""What is not collected at a visit: waived, for good and with a reason; or noted, and still owed."""

from collections.abc import Sequence
from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.money import dollars
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing import rules
from frontdesk.office.billing.errors import NotOwed
from frontdesk.office.billing.models import Uncollected
from frontdesk.office.billing.queries.expecting import Known
from frontdesk.office.billing.services._visits import visit_for
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.rules import Leg, adjustment
from frontdesk.office.patients.fields import tidy
from frontdesk.office.payments.queries import owed_items, today_at
from frontdesk.office.payments.services import day_now

WAIVED = "copay waived"
"""What the books call what was waived (an adjustment's code)."""
Why = Uncollected.Why


@service("billing.waive")
def waive(by: Actor, /, *, appointment_id: int, cents: int, reason: str, key: str) -> Uncollected:
    """Waive so much of what a visit costs the patient; where it is charged it is written off at once, else with the charge.

    Waiving copays as a habit is a breach of contracts and of 42 USC 1320a-7a(i)(6): so it takes a permission of its own and
    a reason, and is reported. Raises `Invalid`, `NotOwed`, `NotFound`.
    """
    one, words = visit_for(by, appointment_id, posting=True), tidy(reason)
    told = rules.expected(one.facts)
    if not words or len(words) > 300:
        msg = "Say why it is waived, in a sentence."
        raise Invalid(msg, fields={"reason": msg})
    if not 0 < cents <= told.of_visit():
        msg = f"Of this visit {dollars(told.of_visit())} is left to be paid: no more can be waived."
        raise NotOwed(msg)
    purpose = next(line.purpose for line in told.due if line.purpose not in rules.NOT_OF_VISIT)
    made = _note(by, one, purpose, cents, Why.WAIVED, words, None)
    if one.facts.charged is not None:
        _write_off(by, one, cents, words, key)
    record(by, subject=made, patient_id=one.patient_id, after={"waived": cents}, reason=words)
    return made


@service("billing.note_uncollected")
def note_uncollected(
    by: Actor,
    /,
    *,
    appointment_id: int,
    why: str,
    words: str = "",
    promised_on: date | None = None,
    purposes: Sequence[str] = (),
) -> list[Uncollected]:
    """Note why what is due at a visit was not collected: all of it, or what is due for some `purposes`. It stays owed.

    Raises `Invalid`, `NotOwed` where nothing is due, `NotFound`.
    """
    one, words = visit_for(by, appointment_id), tidy(words)
    wrong = {}
    if why not in Why.values or why == Why.WAIVED:
        wrong["why"] = "Choose from the list."
    if why == Why.PROMISED and (promised_on is None or promised_on < today_at(one.location_id)):
        wrong["promised_on"] = "Say by when they will pay."
    if len(words) > 300:
        wrong["words"] = "That is longer than 300 characters."
    if wrong:
        msg = "Some of this cannot be right."
        raise Invalid(msg, fields=wrong)
    due = [
        line
        for line in rules.expected(one.facts).due
        if line.cents and (not purposes or line.purpose in purposes)
    ]
    if not due:
        msg = "Nothing is to be collected for this visit any more."
        raise NotOwed(msg)
    promised = promised_on if why == Why.PROMISED else None
    made = [_note(by, one, line.purpose, line.cents, why, words, promised) for line in due]
    told = {"why": why, "cents": sum(row.cents for row in made), "promised_on": promised}
    record(by, subject=made[0], patient_id=one.patient_id, after=told, reason=words)
    return made


def _note(
    by: Actor, one: Known, purpose: str, cents: int, why: str, words: str, promised_on: date | None
) -> Uncollected:
    return Uncollected.objects.create(
        appointment_id=one.id, patient_id=one.patient_id, location_id=one.location_id, day=one.day, purpose=purpose,
        cents=cents, why=why, words=words, promised_on=promised_on, at=clock.now(), by_name=by.name,
    )  # fmt: skip


def _write_off(by: Actor, one: Known, cents: int, words: str, key: str) -> None:
    """Write so much off what is owed of the visit, on whichever merged chart's account it stands. Raises `NotOwed`."""
    day = day_now(one.location_id)
    for number, line in enumerate(owed_items(one.patient_id)):
        part = min(cents, line.left) if line.about == one.facts.about else 0
        cents -= part
        if part:
            draft = adjustment(
                key=f"waived:{key}:{number}"[:100], day=day, amount=part,
                owed=Leg(Account.Kind.RECEIVABLE, line.account, part, line.line_id), why=WAIVED, reason=words,
                about=one.facts.about, patient_id=one.patient_id,
            )  # fmt: skip
            ledger.post(by, draft=draft)
    if cents:
        msg = "So much is not owed of this visit any more."
        raise NotOwed(msg)
