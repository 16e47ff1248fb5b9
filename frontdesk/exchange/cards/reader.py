"""Reads the cards that wait, one at a time, and hands what it proposes to the office; a person looks at it there.

A card is leased (committed), read outside of any transaction, and settled (committed). A crash between reads it again.
"""

import logging
import traceback
from collections.abc import Sequence

from frontdesk.exchange.cards import fields, sight
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import queries, scanning
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import CardScan
from frontdesk.office.coverage.rules import PATIENT, Proposed, may_be
from frontdesk.office.coverage.scanning import ToRead

Outcome = CardScan.Outcome
log = logging.getLogger(__name__)


class Reader:
    """One for each worker."""

    def __init__(self, worker: str) -> None:
        self.worker = worker

    def round(self) -> int:
        """Read the card that has waited longest; return whether there was one."""
        card = scanning.lease(self.worker) if scanning.anything_to_read() else None
        if card is None:
            return 0
        outcome, proposed = read(card)
        coverage.settle_card(SYSTEM, card_id=card.id, worker=self.worker, outcome=outcome, proposed=proposed)
        return 1


def read(card: ToRead) -> tuple[str, list[Proposed]]:
    """Return what became of a card, and what is proposed from it. Raises nothing: a picture may be anything."""
    if card.is_last:
        return Outcome.FAILED, []
    try:
        seen = [sight.words(one) for one in card.pictures]
        found = proposals(seen, card)
    except sight.NoReader:
        return Outcome.NO_READER, []
    except sight.NotRead:
        return Outcome.FAILED, []
    except Exception as failure:  # noqa: BLE001 - whatever a picture does, the next one is read
        place = traceback.extract_tb(failure.__traceback__)[-1]
        log.warning("cards: %s in %s, line %s", type(failure).__name__, place.name, place.lineno)
        return Outcome.FAILED, []
    return (Outcome.READ if found else Outcome.NOTHING), found


def proposals(sides: Sequence[Sequence[sight.Word]], card: ToRead) -> list[Proposed]:
    """Return what is proposed from the words on the sides of a card: its payer is one of the practice's list."""
    told = fields.together(*(fields.read(words) for words in sides))
    found = [_named(one, card) if one.field == "subscriber" else _kept(one) for one in told]
    number = next((one.value for one in told if one.field == "payer_number"), "")
    names = [name for words in sides for name in fields.payer_names(words)]
    payer = queries.meant(names, number)
    if payer is None and found and names:
        found.append(
            Proposed("payer_name", names[0], names[0], 0)
        )  # for the eye: nobody on the list is called so
    if payer:
        sure = min(100, round(95 * payer.share))
        found.append(Proposed("payer_id", str(payer.payer_id), payer.words, sure))
    return found


def _kept(one: fields.Read) -> Proposed:
    return Proposed(one.field, one.value, one.printed, _percent(one.sure))


def _named(one: fields.Read, card: ToRead) -> Proposed:
    """Return whom a card names; the patient where it may be theirs, though it was read with a letter run together."""
    if may_be(one.printed, card.first, card.last) or may_be(one.value, card.first, card.last):
        return Proposed("name", PATIENT, one.printed, 95)
    return Proposed("name", one.value, one.printed, _percent(one.sure))


def _percent(sure: float) -> int:
    return max(0, min(100, round(sure * 100)))
