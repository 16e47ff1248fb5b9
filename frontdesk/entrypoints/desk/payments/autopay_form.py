"""The fields autopay is set with: on the form of a new plan, and on a panel of their own."""

from dataclasses import replace

from frontdesk.entrypoints.desk.forms import Field
from frontdesk.entrypoints.desk.payments.plan_words import card_words
from frontdesk.office.payments import queries
from frontdesk.office.payments.rules.autopay import WORDS

READ_ALOUD = (("Read aloud for autopay", WORDS["en"]), ("En español", WORDS["es"]))
AGREES = Field("agreed", "The words were read aloud, and the patient agrees", "check")
AT_THE_END = replace(AGREES, hint=f"For autopay, read aloud: “{WORDS['en']}” En español: “{WORDS['es']}”")
"""The same where most have no card to choose: the words stand beneath it, and hide nothing above."""
NO_CARD = "none"


def card_field(patient_id: int, *, may_be_none: bool = False) -> Field | None:
    """Return the field that chooses a card on file, None where there is none to choose."""
    cards = tuple((str(one.pk), card_words(one)) for one in queries.cards_on_file(patient_id))
    if not cards:
        return None
    options = ((NO_CARD, "No: paid at the desk or with a link"), *cards) if may_be_none else cards
    return Field(
        "card", "Autopay" if may_be_none else "Card", "select", options, value=options[0][0], needed=not may_be_none,
        hint="The card is charged with each part on the day it is due.",
    )  # fmt: skip
