"""How often one link may be opened: enough for a person, too little for a machine that tries things."""

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from frontdesk.kit import clock

WINDOW, MOST, KEPT = timedelta(minutes=10), 60, 20_000


class Bounds:
    """Counts in this process only, by a digest of the link's word; the oldest counts are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._counts: OrderedDict[bytes, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def is_over(self, token: str) -> bool:
        """Count one opening of a link; say whether it was one too many within the window."""
        key, now = hashlib.sha256(token.encode()).digest(), clock.now()
        with self._lock:
            since, count = self._counts.pop(key, (now, 0))
            if not timedelta() <= now - since < WINDOW:
                since, count = now, 0
            self._counts[key] = since, count + 1
            while len(self._counts) > KEPT:
                self._counts.popitem(last=False)
        return count >= self._most


bounds = Bounds()
