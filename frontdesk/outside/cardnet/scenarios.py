"""What becomes of a charge: by its last two digits in cents, as at a test terminal, or by a card as in Stripe's test mode."""

from dataclasses import dataclass

# Cents of an amount -> why a card is declined (the first six as Stripe's test terminals have it).
DECLINES = {
    1: "call_issuer",
    5: "generic_decline",
    51: "insufficient_funds",
    54: "expired_card",
    55: "incorrect_pin",
    75: "pin_try_exceeded",
}
LOST, LATE, UNTIDY, REFUND_FAILS, DISPUTED, TOLD_LATE = 91, 92, 93, 94, 95, 96
"""Cents: the answer is lost after the deed; it comes late; webhooks come twice and in the wrong order; a refund fails;
the cardholder disputes it; webhooks come late."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the stand-in. `declines` is why it is refused, "" when it is good."""

    number: str
    brand: str = "visa"
    declines: str = ""
    refund_fails: bool = False
    disputed: bool = False

    @property
    def last4(self) -> str:
        """What a receipt shows."""
        return self.number[-4:]


CARDS = {
    one.number: one
    for one in (
        Card("4242424242424242"),
        Card("5555555555554444", "mastercard"),
        Card("378282246310005", "amex"),
        Card("6011111111111117", "discover"),
        Card("4000000000000002", declines="generic_decline"),
        Card("4000000000009995", declines="insufficient_funds"),
        Card("4000000000000069", declines="expired_card"),
        Card("4000000000005126", refund_fails=True),
        Card("4000000000000259", disputed=True),
    )
}
USUAL = CARDS["4242424242424242"]
# Payment methods that are always there, as in Stripe's test mode.
METHODS = {
    "pm_card_visa": USUAL.number,
    "pm_card_mastercard": "5555555555554444",
    "pm_card_amex": "378282246310005",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_createDispute": "4000000000000259",
}


def scenario(cents: int) -> int:
    """Return what an amount asks for: its last two digits."""
    return cents % 100


def declined(cents: int, card: Card) -> str:
    """Return why a charge is declined, "" when it is not."""
    return card.declines or DECLINES.get(scenario(cents), "")
