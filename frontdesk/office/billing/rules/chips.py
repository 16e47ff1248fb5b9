"""What is to be collected in one line: for a chip, the check-in list and whoever reads over a shoulder."""

from frontdesk.kit.money import dollars
from frontdesk.office.billing.rules.due import Expected
from frontdesk.office.payments.models import Toward
from frontdesk.office.visits.rules.readiness import COLLECT, NOTHING, UNKNOWN


def chip(told: Expected) -> tuple[str, str]:
    """Return (state, words): "Collect $35.00: copay", "Nothing to collect", "Not known: ask"."""
    asked = [one for one in told.due if one.cents or not one.certain]
    if asked:
        what = " and ".join(dict.fromkeys(str(Toward.Purpose(one.purpose).label).lower() for one in asked))
        which = "" if all(one.certain for one in asked) and not told.unknown else "; ask which"
        return COLLECT, f"Collect {dollars(sum(one.cents for one in asked))}: {what}{which}"
    if told.unknown and not (told.paid or told.waived or told.noted):
        return UNKNOWN, f"Not known: ask. {told.unknown[0]}"
    if told.noted:
        return NOTHING, f"Nothing more to collect: {dollars(told.noted)} noted as not collected"
    if told.paid:
        return NOTHING, f"Nothing more to collect: {dollars(told.paid)} paid"
    return NOTHING, f"Nothing to collect: {told.nothing}" if told.nothing else "Nothing to collect"
