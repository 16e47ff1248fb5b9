"""The payment sheet: what is paid, with what, and what it is for. The one shape of a payment before it is one."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import TooLong, must_fit
from frontdesk.kit.money import dollars
from frontdesk.office.payments.errors import NotCovered
from frontdesk.office.payments.models import Payment, Tender, Toward

KIND, PURPOSE = Tender.Kind, Toward.Purpose
IN_DRAWER = frozenset({KIND.CASH, KIND.CHECK, KIND.MONEY_ORDER})
BY_CARD = frozenset({KIND.CARD, KIND.HEALTH_ACCOUNT})


@dataclass(frozen=True, slots=True)
class Given:
    """One tender. `cents` is what stays of it; `handed` what was handed over in cash, 0 when just that."""

    kind: str
    cents: int
    handed: int = 0
    reference: str = ""
    bearer: str = ""
    brand: str = ""
    last4: str = ""
    authorization: str = ""
    processor: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What some of it is for: whose account, what was expected, and the visit it is about."""

    patient_id: int
    purpose: str
    cents: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A payment as it stands on the sheet: at whose page, where, with what, for what, and who pays if not the patient."""

    patient_id: int
    location_id: int
    tenders: tuple[Given, ...]
    parts: tuple[Part, ...]
    paid_by: str = ""
    language: str = field(default="en")

    @property
    def cents(self) -> int:
        """What is paid in all."""
        return sum(part.cents for part in self.parts)

    @property
    def by_card(self) -> int:
        """What of it a card is to be charged with."""
        return sum(one.cents for one in self.tenders if one.kind in BY_CARD)


def refuse_wrong(sheet: Sheet) -> None:
    """Refuse a sheet that cannot be a payment. Raises `NotCovered`, `Invalid`; of the second tender the fields end in 2."""
    if not sheet.tenders or not sheet.parts:
        msg = "Say what is paid, and with what."
        raise Invalid(msg, fields={"amount": msg})
    amounts = [*(one.cents for one in sheet.tenders), *(one.cents for one in sheet.parts)]
    if min(amounts) <= 0:
        msg = "An amount is more than nothing."
        raise Invalid(msg, fields={"amount": msg})
    if sum(one.kind in BY_CARD for one in sheet.tenders) > 1:
        msg = "Two cards are two payments: take the first one alone."
        raise Invalid(msg, fields={"tender2": msg})
    # Before a card is charged: what could not be written down afterwards is refused now.
    must_fit(Payment, {"paid_by": sheet.paid_by, "language": sheet.language})
    for at, given in enumerate(sheet.tenders, 1):
        _refuse_wrong_tender(given, "" if at == 1 else str(at))
    for part in sheet.parts:
        must_fit(Toward, asdict(part))
    if sum(one.cents for one in sheet.tenders) != sheet.cents:
        msg = "What is given and what is to be paid are not the same amount."
        raise NotCovered(msg)


def _refuse_wrong_tender(given: Given, at: str) -> None:
    if given.kind == KIND.CASH and given.handed and given.handed < given.cents:
        msg = f"That is less than {dollars(given.cents)}."
        raise Invalid(msg, fields={f"handed{at}": msg})
    if given.kind in {KIND.CHECK, KIND.MONEY_ORDER} and not given.reference:
        msg = "Type its number."
        raise Invalid(msg, fields={f"reference{at}": msg})
    try:
        must_fit(Tender, asdict(given))
    except TooLong as refusal:
        raise TooLong(
            refusal.sentence, fields={f"{name}{at}": said for name, said in refusal.fields.items()}
        ) from None


def needs_drawer(sheet: Sheet) -> bool:
    """Say whether something of it goes into a drawer."""
    return any(one.kind in IN_DRAWER for one in sheet.tenders)


def written(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as it is kept in a row; `sheet_of` reads it again."""
    return asdict(sheet)


def sheet_of(kept: Mapping[str, Any]) -> Sheet:
    """Return the sheet that `written` kept."""
    tenders: Iterable[Mapping[str, Any]] = kept["tenders"]
    parts: Iterable[Mapping[str, Any]] = kept["parts"]
    return Sheet(
        patient_id=kept["patient_id"],
        location_id=kept["location_id"],
        tenders=tuple(Given(**one) for one in tenders),
        parts=tuple(Part(**one) for one in parts),
        paid_by=kept["paid_by"],
        language=kept["language"],
    )
