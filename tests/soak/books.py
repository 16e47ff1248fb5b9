"""Several clerks at once do random deeds on the same books: afterwards each balance and each open line is what arithmetic says."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.soak import book
from tests.soak.site import Site

COMPARE = 2500
"""After so many deeds a clerk holds the books against the arithmetic, and balances are noted anew."""


def prove(folder: Path, steps: int, clerks: int) -> tuple[str, bool]:
    """Let the clerks share so many steps; good when no clerk found a difference and `check` finds none."""
    site = Site(folder, 0)
    site.migrate()
    begun = time.monotonic()
    line = [sys.executable, "-m", "tests.soak.books", str(folder), str(steps // clerks)]
    working = [
        subprocess.Popen([*line, f"c{one}."], env=site.environment, stdout=subprocess.PIPE, text=True)
        for one in range(clerks)
    ]
    told = [json.loads(one.communicate()[0] or "{}") for one in working]
    failed = sum(one.returncode != 0 for one in working)
    done: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for one in told:
        done.update(one.get("done", {}))
        for kind, of, cents in one.get("shared", ()):
            shared[kind, of] += cents
    os.environ |= site.environment
    book.connect(folder)
    from frontdesk.office.ledger import queries

    off = sum(abs(cents - shared[account]) for account, cents in queries.balances(list(shared)).items())
    checked = site.command("check")
    words = (
        f"{sum(done.values()):,} steps by {clerks} clerks in {time.monotonic() - begun:,.0f} s; {failed} clerks whose books differ, "
        f"{off} cents off in the accounts all use; "
        f"check {'clean' if checked.returncode == 0 else checked.stdout}; "
        + ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in sorted(done.items()))
    )
    return words, not failed and not off and checked.returncode == 0


def _work(folder: str, steps: int, seed: str) -> None:
    book.connect(Path(folder))
    from frontdesk.kit.actor import SYSTEM
    from frontdesk.office.ledger import services as ledger
    from tests.office.ledger.steps import Clerk

    clerk = Clerk(seed)
    for step in range(1, steps + 1):
        clerk.step()
        if step % COMPARE == 0 or step == steps:
            clerk.compare()
            ledger.note_sums(SYSTEM)
            clerk.go_on()
    shared = [(*account, cents) for account, cents in clerk.shared.items()]
    print(json.dumps({"done": clerk.done, "shared": shared}))


if __name__ == "__main__":
    os.environ.setdefault("FRONTDESK_LOG_LEVEL", "CRITICAL")
    _work(sys.argv[1], int(sys.argv[2]), sys.argv[3])
