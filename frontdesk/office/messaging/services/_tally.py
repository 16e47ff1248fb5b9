"""Counting how often something was asked for lately, in the database: all processes count together."""

import hashlib
from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch
from frontdesk.office.messaging.models import Tally

# One statement, so that of two processes each sees the other's count; beyond the limit nothing is written any more.
# A count whose end lies further off than a window was begun before the clock was set back, and is over too.
_COUNT = """
    INSERT INTO messaging_tally (digest, until, count) VALUES (%s, %s, 1)
    ON CONFLICT (digest) DO UPDATE SET
        count = CASE WHEN messaging_tally.until BETWEEN %s AND excluded.until THEN messaging_tally.count + 1 ELSE 1 END,
        until = CASE WHEN messaging_tally.until BETWEEN %s AND excluded.until THEN messaging_tally.until
                ELSE excluded.until END
    WHERE messaging_tally.count < %s OR messaging_tally.until NOT BETWEEN %s AND excluded.until
    RETURNING count
"""


def one_too_many(what: str, most: int, window: timedelta) -> bool:
    """Count one asking for `what`; say whether it was one too many: more than `most` since the first in `window`.

    What is counted is kept as a digest only.
    """
    now = clock.now()
    digest = hashlib.sha256(what.encode()).hexdigest()
    return not fetch(_COUNT, [digest, now + window, now, now, most, now])


def forget() -> int:
    """Remove counts whose time is over; return how many."""
    gone, _ = Tally.objects.filter(until__lt=clock.now()).delete()
    return gone
