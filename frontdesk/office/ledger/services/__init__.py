"""The verbs of the ledger."""

from frontdesk.office.ledger.services.keeping import begin_series, note_sums
from frontdesk.office.ledger.services.posting import alone, next_number, post
from frontdesk.office.ledger.services.reversing import reverse

__all__ = ["alone", "begin_series", "next_number", "note_sums", "post", "reverse"]
