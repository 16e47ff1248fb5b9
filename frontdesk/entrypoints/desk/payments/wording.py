"""Money in words: what was paid for, with what, and what happened on an account."""

from collections.abc import Sequence
from datetime import date

from frontdesk.entrypoints.desk.messaging.wording import CHANNELS, is_kept
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.money import dollars
from frontdesk.office.ledger.models import Entry
from frontdesk.office.messaging.queries import Line
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


_ON_ITS_WAY = {"email": "e-mail on its way", "text": "text on its way"}
_SENT = {
    "sent": {"email": "e-mailed", "text": "texted"},
    "kept": {"email": "the e-mail was kept here", "text": "the text was kept here"},
    "queued": _ON_ITS_WAY,
    "sending": _ON_ITS_WAY,
    "failed": {"email": "the e-mail did not arrive", "text": "the text did not arrive"},
    "in_doubt": {"email": "the e-mail may not have arrived", "text": "the text may not have arrived"},
}


def sent(lines: Sequence[Line]) -> str:
    """Say by which ways a receipt went out or is on its way, and that one did not arrive: "e-mailed", "the text did not arrive"."""
    newest = {line.channel: "kept" if is_kept(line) else line.state for line in reversed(lines)}
    said = (_SENT.get(newest.get(channel, ""), {}).get(channel, "") for channel in CHANNELS)
    return ", ".join(filter(None, said))


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
