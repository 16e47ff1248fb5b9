"""What the worker forgets of accounts by itself: tries that no longer count, sign-ins that ended long ago."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from frontdesk.kit import clock
from frontdesk.office.accounts.models import SignIn, Tally

KEPT = timedelta(days=90)
LONGEST = timedelta(hours=13)


def sweep() -> int:
    """Drop tallies that no longer hold, close sign-ins whose session ran out, forget old ones; the record keeps them.

    Returns how many rows went.
    """
    now = clock.now()
    alive = Session.objects.filter(expire_date__gt=now).values("pk")
    out = SignIn.objects.filter(ended_at=None, began_at__lt=now - LONGEST).exclude(session_key__in=alive)
    out.update(ended_at=now, ended_why="ran out", session_key="")
    gone = SignIn.objects.filter(ended_at__lt=now - KEPT).delete()[0]
    Session.objects.filter(expire_date__lt=now).delete()
    return gone + Tally.objects.filter(ends_at__lt=now).delete()[0]
