"""The network itself: payment intents, readers, refunds, disputes, links. Pure of HTTP; every deed inside one transaction."""

import time
from collections.abc import Callable
from typing import Any

from frontdesk.outside.cardnet import scenarios
from frontdesk.outside.cardnet.scenarios import CARDS, METHODS, USUAL, Card
from frontdesk.outside.cardnet.store import Store, Thing

Given = dict[str, Any]
READERS = {"tmr_front": "Front desk", "tmr_back": "Back desk"}
_OPEN = {"requires_payment_method", "requires_confirmation", "requires_action"}


class Wrong(Exception):
    """An error as Stripe tells it."""

    def __init__(
        self, message: str, *, status: int = 400, kind: str = "invalid_request_error", **more: object
    ) -> None:
        super().__init__(message)
        self.status = status
        self.told = {"type": kind, "message": message, **more}


class Network:
    """What a card network does, on a `Store`. `tap` is after how many seconds a reader's patient taps by themselves, None never."""

    def __init__(
        self,
        store: Store,
        *,
        tap: float | None = 2.0,
        now: Callable[[], float] = time.time,
        address: str = "",
    ) -> None:
        self.store, self.tap, self.now, self.address = store, tap, now, address
        with store:
            for name, label in READERS.items():
                if store.get(name) is None:
                    store.put(
                        {
                            "id": name, "object": "terminal.reader", "label": label, "status": "online", "action": None,
                            "device_type": "simulated_wisepos_e", "livemode": False, "location": "tml_practice",
                            "metadata": {}, "serial_number": name, "ip_address": None, "device_sw_version": "1",
                        }
                    )  # fmt: skip

    # Objects.

    def thing(self, name: str, kind: str) -> Thing:
        """Return an object of a kind. Raises `Wrong` where there is none."""
        found = self.store.get(name)
        if found is None or found["object"] != kind:
            msg = f"No such {kind}: '{name}'"
            raise Wrong(msg, status=404, code="resource_missing", param="id")
        return found

    def _made(self, prefix: str, kind: str, **fields: object) -> Thing:
        return self.store.put(
            {
                "id": self.store.next_id(prefix),
                "object": kind,
                "created": int(self.now()),
                "livemode": False,
                **fields,
            }
        )

    def tell(self, kind: str, about: Thing, cents: int = 0) -> None:
        """Make an event, and have it told: at once, or as the amount's scenario has it."""
        event = self._made(
            "evt", "event", type=kind, data={"object": about}, api_version=None, pending_webhooks=1
        )
        now, how = self.now(), scenarios.scenario(cents)
        if how == scenarios.TOLD_LATE:
            self.store.post(event["id"], now + 2)
        elif how == scenarios.UNTIDY:
            # The later of two comes first, and each comes twice.
            wait = 0.6 if self.store.first_time(f"untidy {about['id']}") else 0.0
            self.store.post(event["id"], now + wait)
            self.store.post(event["id"], now + wait + 0.3)
        else:
            self.store.post(event["id"], now)

    # Payment intents.

    def create_intent(self, given: Given) -> Thing:
        """Make a payment intent; with `confirm` it is charged at once."""
        cents = _cents(given.get("amount"))
        made = self._made(
            "pi", "payment_intent", amount=cents, amount_received=0, amount_capturable=0, currency=given.get("currency", "usd"),
            status="requires_payment_method", metadata=given.get("metadata") or {}, latest_charge=None,
            payment_method=None, payment_method_types=given.get("payment_method_types") or ["card"],
            capture_method="automatic", confirmation_method="automatic", last_payment_error=None, canceled_at=None,
            cancellation_reason=None, customer=given.get("customer"), description=given.get("description"),
            setup_future_usage=given.get("setup_future_usage"),
            client_secret="pi_secret_of_the_stand_in",  # noqa: S106 - it opens nothing
        )  # fmt: skip
        if method := given.get("payment_method"):
            made["payment_method"], made["status"] = method, "requires_confirmation"
            self.store.put(made)
        self.tell("payment_intent.created", made, cents)
        return self.confirm(made["id"], given) if given.get("confirm") == "true" else made

    def confirm(self, name: str, given: Given) -> Thing:
        """Charge an intent's payment method. Raises `Wrong`, with the intent as it then is."""
        intent = self.thing(name, "payment_intent")
        self._must_be_open(intent)
        method = given.get("payment_method") or intent["payment_method"]
        card = self._card_of(method)
        if card is None:
            msg = "A payment intent needs a payment method to be confirmed."
            raise Wrong(msg, code="payment_intent_unexpected_state", payment_intent=intent)
        intent["payment_method"] = method
        intent = self._charge(intent, card, "card")
        if intent["last_payment_error"]:
            raise Wrong(
                "Your card was declined.", status=402, kind="card_error", code="card_declined",
                decline_code=intent["last_payment_error"]["decline_code"], payment_intent=intent,
            )  # fmt: skip
        return intent

    def cancel(self, name: str) -> Thing:
        """End an intent: it is never charged from now on. Raises `Wrong` where it was."""
        intent = self.thing(name, "payment_intent")
        self._must_be_open(intent)
        for reader in self.store.all("terminal.reader"):
            if _at(reader) == name:
                self.store.put({**reader, "action": None})
        intent |= {"status": "canceled", "canceled_at": int(self.now())}
        self.tell("payment_intent.canceled", intent, intent["amount"])
        return self.store.put(intent)

    def _must_be_open(self, intent: Thing) -> None:
        if intent["status"] not in _OPEN:
            msg = f"This PaymentIntent has a status of {intent['status']}."
            raise Wrong(msg, code="payment_intent_unexpected_state", payment_intent=intent)

    def _charge(self, intent: Thing, card: Card, how: str) -> Thing:
        """Charge a card, once for each intent: whoever comes a second time finds it succeeded."""
        cents, refused = intent["amount"], scenarios.declined(intent["amount"], card)
        shown = {
            "brand": card.brand,
            "last4": card.last4,
            "exp_month": 12,
            "exp_year": 2034,
            "network": card.brand,
        }
        if how == "card_present" and intent.get("setup_future_usage") and not refused:
            shown["generated_card"] = self._method(card, intent["customer"])["id"]
        charge = self._made(
            "ch", "charge", amount=cents, amount_refunded=0, currency=intent["currency"], captured=not refused,
            paid=not refused, status="failed" if refused else "succeeded", payment_intent=intent["id"],
            metadata=intent["metadata"], refunded=False, disputed=False, failure_code="card_declined" if refused else None,
            payment_method_details={"type": how, how: shown}, balance_transaction=None, customer=intent["customer"],
            authorization_code=None,
        )  # fmt: skip
        if not refused:
            charge["authorization_code"] = f"{int(charge['id'][-6:]):06d}"
            self.store.put(charge)
        intent["latest_charge"] = charge["id"]
        if refused:
            intent |= {
                "status": "requires_payment_method", "payment_method": None,
                "last_payment_error": {
                    "type": "card_error", "code": "card_declined", "decline_code": refused,
                    "message": "Your card was declined.", "charge": charge["id"],
                },
            }  # fmt: skip
            self.tell("payment_intent.payment_failed", intent, cents)
        else:
            intent |= {"status": "succeeded", "amount_received": cents, "last_payment_error": None}
            self._count(intent["id"])
            self.store.put(intent)
            self.tell("charge.succeeded", charge, cents)
            self.tell("payment_intent.succeeded", intent, cents)
            if card.disputed or scenarios.scenario(cents) == scenarios.DISPUTED:
                self._dispute(charge)
        return self.store.put(intent)

    def _count(self, name: str) -> None:
        counted = self.store.get("count") or {"id": "count", "object": "count", "of": {}}
        counted["of"][name] = counted["of"].get(name, 0) + 1
        self.store.put(counted)

    def counts(self) -> dict[str, int]:
        """Return how often each intent was charged."""
        return dict((self.store.get("count") or {"of": {}})["of"])

    def _dispute(self, charge: Thing) -> None:
        made = self._made(
            "dp", "dispute", amount=charge["amount"], charge=charge["id"], currency=charge["currency"],
            payment_intent=charge["payment_intent"], reason="fraudulent", status="needs_response", metadata={},
            evidence_details={"due_by": int(self.now()) + 7 * 86400, "has_evidence": False, "past_due": False},
        )  # fmt: skip
        self.store.put({**charge, "disputed": True})
        self.tell("charge.dispute.created", made, charge["amount"])

    # Readers.

    def process(self, reader_name: str, given: Given) -> Thing:
        """Have a reader ask for a card. Raises `Wrong` while it asks for another."""
        reader = self.thing(reader_name, "terminal.reader")
        what = "setup_intent" if "setup_intent" in given else "payment_intent"
        intent = self.thing(str(given.get(what)), what)
        self._must_be_open(intent)
        if _at(reader) not in ("", intent["id"]):
            msg = "Reader is currently busy processing another request."
            raise Wrong(msg, code="terminal_reader_busy")
        action: Thing = {
            "type": f"process_{what}", "status": "in_progress", f"process_{what}": {what: intent["id"]},
            "failure_code": None, "failure_message": None,
        }  # fmt: skip
        if self.tap is not None:
            action["taps_at"] = self.now() + self.tap
        return self.store.put({**reader, "action": action})

    def present(self, reader_name: str, given: Given) -> Thing:
        """Tap a card at a reader: the usual one, or the one of that number."""
        reader = self.thing(reader_name, "terminal.reader")
        name = _at(reader)
        if not name:
            msg = "The reader asks for no card."
            raise Wrong(msg, code="terminal_reader_action_not_allowed")
        number = (given.get("card_present") or given.get("card") or {}).get("number", USUAL.number)
        card = CARDS.get(number, USUAL)
        kind = "setup_intent" if name.startswith("seti") else "payment_intent"
        intent = self.thing(name, kind)
        if kind == "setup_intent":
            self._save_card(intent, card, "card_present")
            failed = ""
        else:
            failed = (self._charge(intent, card, "card_present")["last_payment_error"] or {}).get("code", "")
        action = {
            **reader["action"],
            "status": "failed" if failed else "succeeded",
            "failure_code": failed or None,
        }
        action.pop("taps_at", None)
        return self.store.put({**reader, "action": action})

    def cancel_action(self, reader_name: str) -> Thing:
        """Have a reader ask for nothing."""
        reader = self.thing(reader_name, "terminal.reader")
        return self.store.put({**reader, "action": None})

    def ripen(self) -> None:
        """Tap where a card is to be tapped by itself by now, and fail the refunds that fail."""
        now = self.now()
        for reader in self.store.all("terminal.reader"):
            if _at(reader) and reader["action"].get("taps_at", now + 1) <= now:
                self.present(reader["id"], {})

    # Cards on file.

    def _method(self, card: Card, customer: str | None = None) -> Thing:
        shown = {"brand": card.brand, "last4": card.last4, "exp_month": 12, "exp_year": 2034}
        made = self._made("pm", "payment_method", type="card", card=shown, customer=customer, metadata={})
        return self.store.put({**made, "number": card.number})

    def _card_of(self, method: str | None) -> Card | None:
        known = METHODS.get(
            (method or "").partition("#")[0]
        )  # "pm_card_visa#7": one of its own for each who has it
        if known:
            return CARDS[known]
        found = self.store.get(method or "")
        return CARDS.get(found.get("number", ""), USUAL) if found and found.get("type") == "card" else None

    def create_customer(self, given: Given) -> Thing:
        """Make a customer: a name for whose card it is."""
        return self._made(
            "cus", "customer", metadata=given.get("metadata") or {}, name=given.get("name"), email=None
        )

    def create_setup(self, given: Given) -> Thing:
        """Make an intent to keep a card."""
        return self._made(
            "seti", "setup_intent", status="requires_payment_method", customer=given.get("customer"), latest_attempt=None,
            metadata=given.get("metadata") or {}, payment_method=given.get("payment_method"), usage="off_session",
            payment_method_types=given.get("payment_method_types") or ["card"], last_setup_error=None,
        )  # fmt: skip

    def confirm_setup(self, name: str, given: Given) -> Thing:
        """Keep a card."""
        intent = self.thing(name, "setup_intent")
        card = self._card_of(given.get("payment_method") or intent["payment_method"])
        if card is None:
            msg = "A setup intent needs a payment method to be confirmed."
            raise Wrong(msg, code="setup_intent_unexpected_state")
        return self._save_card(intent, card, "card")

    def _save_card(self, intent: Thing, card: Card, how: str) -> Thing:
        kept = self._method(card, intent["customer"])
        shown = {"brand": card.brand, "last4": card.last4, "generated_card": kept["id"]}
        attempt = self._made(
            "setatt", "setup_attempt", payment_method_details={"type": how, how: shown}, status="succeeded",
            setup_intent=intent["id"], customer=intent["customer"],
        )  # fmt: skip
        intent |= {"status": "succeeded", "latest_attempt": attempt["id"], "payment_method": kept["id"]}
        self.tell("setup_intent.succeeded", intent)
        return self.store.put(intent)

    def detach(self, name: str) -> Thing:
        """Forget a card."""
        return self.store.put({**self.thing(name, "payment_method"), "customer": None, "number": "0"})

    # Links.

    def create_session(self, given: Given) -> Thing:
        """Make a page where somebody pays in their browser."""
        items = given.get("line_items") or []
        cents = sum(_cents(one["price_data"]["unit_amount"]) * int(one.get("quantity", 1)) for one in items)
        kept = given.get("payment_intent_data") or {}
        made = self._made(
            "cs", "checkout.session", amount_total=cents, currency="usd", mode=given.get("mode", "payment"), status="open",
            payment_status="unpaid", payment_intent=None, setup_intent=None, customer=given.get("customer"),
            metadata=given.get("metadata") or {}, intent_metadata=kept.get("metadata") or {},
            success_url=given.get("success_url"), cancel_url=given.get("cancel_url"),
            expires_at=int(given.get("expires_at") or self.now() + 86400),
            what=[one["price_data"].get("product_data", {}).get("name", "") for one in items],
        )  # fmt: skip
        return self.store.put({**made, "url": f"{self.address}/pay/{made['id']}"})

    def session(self, name: str) -> Thing:
        """Return a link as it is now: its time may be over."""
        found = self.thing(name, "checkout.session")
        return (
            self._expired(found) if found["status"] == "open" and found["expires_at"] <= self.now() else found
        )

    def expire(self, name: str) -> Thing:
        """End a link. Raises `Wrong` where it is not open."""
        found = self.session(name)
        if found["status"] != "open":
            msg = (
                f"Only Checkout Sessions with a status of open can be expired; this one is {found['status']}."
            )
            raise Wrong(msg)
        return self._expired(found)

    def _expired(self, found: Thing) -> Thing:
        found |= {"status": "expired", "url": None}
        self.tell("checkout.session.expired", found)
        return self.store.put(found)

    def pay(self, name: str, number: str) -> tuple[Thing, str]:
        """Pay a link with a card, in its own page; return it, and why the card was declined ("" when it was not)."""
        found = self.session(name)
        card = CARDS.get("".join(c for c in number if c.isdecimal()))
        if found["status"] != "open":
            return found, "over"
        if card is None:
            return found, "not_a_test_card"
        if found["mode"] == "setup":
            intent = self.create_setup({"customer": found["customer"], "metadata": found["metadata"]})
            self._save_card(intent, card, "card")
            found |= {
                "status": "complete",
                "payment_status": "no_payment_required",
                "setup_intent": intent["id"],
            }
        else:
            kept = self.store.get(found["payment_intent"] or "") or self.create_intent(
                {"amount": found["amount_total"], "metadata": found["intent_metadata"]}
            )
            found["payment_intent"] = kept["id"]
            failed = self._charge(kept, card, "card")["last_payment_error"]
            if failed:
                self.store.put(found)
                return found, failed["decline_code"]
            found |= {"status": "complete", "payment_status": "paid", "url": None}
        self.tell("checkout.session.completed", found, found["amount_total"])
        return self.store.put(found), ""

    # Refunds.

    def create_refund(self, given: Given) -> Thing:
        """Give back what was charged, or a part of it. Raises `Wrong` where more is asked than is left."""
        intent = self.thing(str(given.get("payment_intent")), "payment_intent")
        charge = self.thing(str(intent["latest_charge"]), "charge")
        left = charge["amount"] - charge["amount_refunded"] if charge["paid"] else 0
        cents = _cents(given["amount"]) if "amount" in given else left
        if not 0 < cents <= left:
            msg = "Refund amount is greater than unrefunded amount on charge."
            raise Wrong(
                msg, code="charge_already_refunded" if not left else "amount_too_large", param="amount"
            )
        card = next((one for one in CARDS.values() if one.last4 == _shown(charge)["last4"]), USUAL)
        fails = card.refund_fails or scenarios.scenario(charge["amount"]) == scenarios.REFUND_FAILS
        charge["amount_refunded"] += 0 if fails else cents
        self.store.put({**charge, "refunded": charge["amount_refunded"] == charge["amount"]})
        made = self._made(
            "re", "refund", amount=cents, charge=charge["id"], payment_intent=intent["id"], currency="usd",
            status="pending" if fails else "succeeded", metadata=given.get("metadata") or {}, reason=None,
            failure_reason=None,
        )  # fmt: skip
        self.tell("refund.created", made, charge["amount"])
        return made

    def refund(self, name: str) -> Thing:
        """Return a refund as it is now; one that fails has failed by the time somebody asks."""
        found = self.thing(name, "refund")
        if found["status"] == "pending":
            found |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
            self.tell("refund.failed", found)
            self.store.put(found)
        return found


def _cents(given: object) -> int:
    text = str(given)
    if not text.isdecimal() or not 50 <= int(text) <= 99_999_999:
        msg = "Amount must be at least $0.50 usd and no more than $999,999.99"
        raise Wrong(msg, code="amount_too_small", param="amount")
    return int(text)


def _at(reader: Thing) -> str:
    """Return the intent a reader is asking a card for, "" for none."""
    action = reader["action"] or {}
    if action.get("status") != "in_progress":
        return ""
    return str(next(iter(action[action["type"]].values())))


def _shown(charge: Thing) -> Thing:
    details = charge["payment_method_details"]
    found: Thing = details[details["type"]]
    return found
