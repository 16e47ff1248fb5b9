"""What the card processor said of a charge, in the office's words: how it stands, what to tell the patient, what to do."""

from dataclasses import dataclass, replace
from datetime import timedelta

from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.rules.sheet import BY_CARD, KIND, PURPOSE, Given, Part, Sheet

State = CardCharge.State
LONGEST = timedelta(seconds=30)
"""So long, at the most, between two questions about what is in doubt."""
CONSENT = (
    "I let the practice keep this card with its card processor and charge it for what I owe: the parts of a payment plan I agreed "
    "to, and balances I was told of. I can end this at any time by telling the practice. The card’s number is not kept by the practice."
)
"""What is read to a patient whose card is kept (card brands want it agreed to, in words, before a card is charged later)."""
_PAUSE, _AT_READER, _LINK = timedelta(milliseconds=500), timedelta(milliseconds=350), timedelta(minutes=2)
# What may become of what. A charge in doubt may turn out to be anything; what is settled stays.
FOLLOWS = {
    State.WAITING: {State.WAITING, State.AT_READER, State.LINK, State.DOUBT, State.SUCCEEDED, State.DECLINED, State.CANCELLED},
    State.AT_READER: {State.AT_READER, State.DOUBT, State.SUCCEEDED, State.DECLINED, State.CANCELLED},
    State.LINK: {State.LINK, State.DOUBT, State.SUCCEEDED, State.CANCELLED},
    State.DOUBT: {State.WAITING, State.AT_READER, State.LINK, State.DOUBT, State.SUCCEEDED, State.DECLINED, State.CANCELLED},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a charge or a refund stands, as the processor tells when it is asked. `state` is that of its row."""

    state: str
    processor: str = ""
    code: str = ""
    cents: int = 0
    brand: str = ""
    last4: str = ""
    authorization: str = ""
    page: str = ""
    link: str = ""
    customer: str = ""
    method: str = ""


def pause(state: str, attempts: int) -> timedelta:
    """Return how long to wait before the next question: short while somebody stands at the reader, longer in doubt."""
    if state == State.DOUBT:
        return min(_PAUSE * (1 << min(attempts, 10)), LONGEST)
    if state == State.LINK:
        return _LINK
    return _AT_READER if state == State.AT_READER else timedelta(0)


def charged(sheet: Sheet, outcome: Outcome) -> Sheet:
    """Return a sheet with what a receipt shows of its card."""
    return replace(
        sheet,
        tenders=tuple(_shown(one, outcome) if one.kind in BY_CARD else one for one in sheet.tenders),
    )


def as_credit(sheet: Sheet, outcome: Outcome) -> Sheet:
    """Return what was charged as the patient's credit: for a charge whose sheet cannot be posted any more."""
    kind = next((one.kind for one in sheet.tenders if one.kind in BY_CARD), KIND.CARD)
    return Sheet(
        sheet.patient_id, sheet.location_id, (_shown(Given(kind, outcome.cents), outcome),),
        (Part(sheet.patient_id, PURPOSE.PREPAYMENT, outcome.cents),),
        paid_by=sheet.paid_by[:120], language="es" if sheet.language == "es" else "en",
    )  # fmt: skip


def _shown(one: Given, outcome: Outcome) -> Given:
    return replace(
        one, brand=outcome.brand[:24], last4=outcome.last4[-4:], authorization=outcome.authorization[:24],
        processor=outcome.processor,
    )  # fmt: skip


_OTHER = "Ask for another card, or take cash."
_WORDS = {
    "insufficient_funds": ("There is not enough money on this card.", _OTHER),
    "expired_card": ("This card has expired.", _OTHER),
    "incorrect_pin": ("The PIN was wrong.", "Let the patient try again, or take another card."),
    "pin_try_exceeded": ("The PIN was wrong too often.", _OTHER),
    "call_issuer": ("The patient’s bank wants to be called.", "The number is on the card. Meanwhile: another card, or cash."),
    "lost_card": ("The bank does not take this card.", _OTHER),
    "stolen_card": ("The bank does not take this card.", _OTHER),
    "fraudulent": ("The bank does not take this card.", _OTHER),
    "customer_canceled": ("The patient called it off at the reader.", "Start again, or take cash."),
    "authentication_required": ("The bank wants the patient to be there.", "Send a payment link, or charge the card at the desk."),
    "terminal_reader_busy": ("The reader is busy with another charge.", "Wait until that is done, and start again."),
    "terminal_reader_offline": ("The reader is switched off or has no network.", "Look at the reader, start again, or take cash."),
    "terminal_reader_timeout": ("The reader did not answer.", "Look at the reader, start again, or take cash."),
    "resource_missing": ("The card processor does not know this reader.", "Tell the manager: the reader is to be set up anew."),
    "not_set_up": ("No card processor is set up.", "Take cash or a check, and tell the manager."),
    "not_let_in": ("The card processor did not let us in.", "Take cash or a check, and tell the manager: the key is wrong."),
    "called_off": ("It was called off. The card was not charged.", "Start again, or take cash."),
    "expired": ("The link’s time was over. The card was not charged.", "Send a new one."),
    "ended": ("The link was withdrawn. The card was not charged.", "Send a new one, if it is still to be paid."),
    "deceased": ("The patient has died.", "Speak with the family, and end the plan."),
    "not_in_force": ("The patient does not let us charge this card any more.", "Ask the patient for a card."),
}  # fmt: skip


def why_not(code: str) -> tuple[str, str]:
    """Return what to tell the patient about a card that was not charged, and what to do."""
    return _WORDS.get(code, ("The card was declined.", _OTHER))
