"""How often one link may be opened: enough for a person, too little for a machine that tries things.

Asked before anything is read or put on record. Counted by the link alone, never by where a request comes from: a whole
clinic, a school or a telephone company may stand behind one address.
"""

from datetime import timedelta

from frontdesk.office.messaging.services._tally import forget as forget
from frontdesk.office.messaging.services._tally import one_too_many
from frontdesk.office.messaging.services._tokens import is_ours

WINDOW, MOST = timedelta(minutes=10), 60


def opened_too_often(token: str) -> bool:
    """Count one opening of a link; say whether it was one too many.

    What was never a link of ours is not counted: it leads nowhere, and guesses would fill the table.
    """
    return is_ours(token) and one_too_many(f"link {token}", MOST, WINDOW)
