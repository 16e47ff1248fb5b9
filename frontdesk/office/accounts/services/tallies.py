"""How often something was tried within a while, counted once for all processes.

Not Django's cache: its database cache reads, adds and writes back, so two processes lose each other's counts, and it
throws rows away at random when it is full, which an attacker can bring about. Here each try is one statement that adds
and answers, and keys are drawn from a bounded number, so that trying a million names makes no million rows.
"""

from datetime import timedelta

from django.db import connection

from frontdesk.kit import clock
from frontdesk.office.accounts.errors import TooManyTries
from frontdesk.office.accounts.models import Tally
from frontdesk.office.accounts.services.sealing import digest

UNKNOWN = 4096
"""Keys that all names and addresses nobody has share between them."""
_ADD = """
    INSERT INTO accounts_tally (key, count, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN accounts_tally.ends_at > %s THEN accounts_tally.count + 1 ELSE 1 END,
        ends_at = CASE WHEN accounts_tally.ends_at > %s THEN accounts_tally.ends_at ELSE excluded.ends_at END
    RETURNING count
"""


def take(key: str, *, most: int, within: timedelta, sentence: str) -> None:
    """Count a try before it is looked at; raise `TooManyTries` with `sentence` for one too many.

    Called outside of a transaction, so that the count stays whatever becomes of the try.
    """
    now = clock.now()
    values = [connection.ops.adapt_datetimefield_value(moment) for moment in (now + within, now, now)]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [key, *values])
        row = cursor.fetchone()
    if row and row[0] > most:
        raise TooManyTries(sentence)


def forget(*keys: str) -> None:
    """It was right: the tries before no longer count."""
    Tally.objects.filter(pk__in=keys).delete()


def bounded(purpose: str, text: str) -> str:
    """Return one of a bounded number of keys for a text anybody may make up."""
    return f"{purpose}:{int(digest(text, 'tally')[:8], 16) % UNKNOWN}"
