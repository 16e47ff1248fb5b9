"""Money in words: what was paid for, with what, and what happened on an account."""

from datetime import date

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.money import dollars
from frontdesk.office.ledger.models import Entry
from frontdesk.office.payments.models import Tender, Toward
from frontdesk.office.payments.queries import Movement
from frontdesk.office.payments.rules.writing_off import WHY

KIND, PURPOSE, K = Tender.Kind, Toward.Purpose, Entry.Kind
TENDERS = (
    (KIND.CASH, "Cash", "c"),
    (KIND.CHECK, "Check", "k"),
    (KIND.CARD, "Card", "d"),
    (KIND.HEALTH_ACCOUNT, "Health account", "h"),
    (KIND.MONEY_ORDER, "Money order", "o"),
)
LANGUAGES = (("en", "English"), ("es", "Spanish"))


def purpose(code: str) -> str:
    """Return what a part of a payment is for, in words."""
    return str(PURPOSE(code).label)


def tender(one: Tender) -> str:
    """Say what was paid with: "Check 1042", "Visa ending 4242"."""
    if one.kind in {KIND.CHECK, KIND.MONEY_ORDER}:
        return f"{KIND(one.kind).label} {one.reference}"
    if one.kind in {KIND.CARD, KIND.HEALTH_ACCOUNT} and one.last4:
        return f"{one.brand or KIND(one.kind).label} ending {one.last4}"
    return str(KIND(one.kind).label)


def said(one: Movement) -> str:
    """Say what a movement was, as somebody at a desk would."""
    visit = f" of {_day(one.visit)}" if one.visit else ""
    match one.kind:
        case K.CHARGE:
            return f"Visit{visit} charged" if visit else "Charged"
        case K.PAYMENT:
            return f"Payment, receipt {one.receipt}" if one.receipt else "Payment"
        case K.APPLICATION:
            return f"Put against the visit{visit}" if visit else "Put against what was owed"
        case K.TRANSFER:
            whose = "to the patient" if one.owed > 0 else "to the payer"
            return f"Visit{visit} moved {whose}" if visit else f"Moved {whose}"
        case K.ADJUSTMENT:
            return f"Written off: {WHY.get(one.why, one.why.replace('_', ' ')).lower()}"
        case K.REFUND:
            return "Given back"
        case K.RETURNED:
            return "A check came back unpaid"
        case K.REVERSAL:
            return f"{_TAKEN[K(one.of)]} taken back" if one.of else "Taken back"
    return "Moved"


_TAKEN = {
    K.CHARGE: "Charge",
    K.PAYMENT: "Payment",
    K.APPLICATION: "What was put against it,",
    K.TRANSFER: "Move",
    K.ADJUSTMENT: "Write-off",
    K.REFUND: "Refund",
    K.RETURNED: "Returned check",
    K.MOVE: "Move",
    K.REVERSAL: "Reversal",
}


def _day(iso: str) -> str:
    return us_date(date.fromisoformat(iso))


def about(code: str, days: dict[str, str]) -> str:
    """Say what an open amount is about: the day of its visit, else that it is an amount of its own."""
    return (
        f"Visit of {_day(days[code])}"
        if code in days
        else "Fee"
        if code.startswith("payments.")
        else "Balance"
    )


def signed(cents: int) -> str:
    """Write by how much something went up or down: +$35.00, −$35.00; nothing for nothing."""
    return "" if not cents else f"+{dollars(cents)}" if cents > 0 else dollars(cents)
