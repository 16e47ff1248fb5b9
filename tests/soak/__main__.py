"""Run the long proofs and print what they showed, with the date and the commit."""

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.soak import (
    backups,
    books,
    charges,
    clocks,
    edits,
    kills,
    night,
    notices,
    race,
    replays,
    tabs,
    tampers,
    visit_day,
    x12_fuzz,
    x12_peer,
)


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    ask.add_argument(
        "names",
        nargs="*",
        default=[
            *("clocks", "race", "kills", "visit-day", "notices", "backups", "tampers"),
            *("conflicts", "wrong-tabs", "x12-fuzz", "night", "ledger", "cards", "replays"),
        ],
        help="which of them (default: all)",
    )
    ask.add_argument("--clients", type=int, default=64)
    ask.add_argument("--each", type=int, default=1000, help="operations of each client in the race")
    ask.add_argument("--kills", type=int, default=50)
    ask.add_argument("--bookings", type=int, default=1000, help="bookings during all the kills together")
    ask.add_argument("--visits", type=int, default=200, help="visits of the day that is worked")
    ask.add_argument("--clerks", type=int, default=8, help="who works them")
    ask.add_argument("--browsers", type=int, default=2, help="how many of these in a browser, by keyboard")
    ask.add_argument("--stale", type=int, default=1000, help="milliseconds a screen may be behind")
    ask.add_argument(
        "--port",
        type=int,
        default=8174,
        help="where the day's server listens; those of the edits and tabs after it",
    )
    ask.add_argument("--worker-kills", type=int, default=200, help="of the worker, while notices go out")
    ask.add_argument("--notices", type=int, default=2000, help="that a mail server takes during these kills")
    ask.add_argument("--size", default="group", help="of the practice that is backed up")
    ask.add_argument("--flips", type=int, default=1000, help="bits of the backup")
    ask.add_argument("--tampers", type=int, default=10_000, help="with the sealed record of deeds")
    ask.add_argument("--inputs", type=int, default=100_000, help="damaged X12 files (a million takes hours)")
    ask.add_argument("--edits", type=int, default=10_000, help="of the same records by many clerks at once")
    ask.add_argument("--editors", type=int, default=16, help="who make them")
    ask.add_argument("--charts", type=int, default=12, help="that they edit")
    ask.add_argument("--tabs", type=int, default=1000, help="forms sent from another patient's page")
    ask.add_argument("--verified", type=int, default=2000, help="visits whose insurance the night verifies")
    ask.add_argument("--steps", type=int, default=1_000_000, help="random deeds on the books")
    ask.add_argument("--times", type=int, default=50, help="that each form is sent at once")
    ask.add_argument("--bookkeepers", type=int, default=4, help="who do them")
    ask.add_argument("--night-kills", type=int, default=20, help="of the worker meanwhile")
    ask.add_argument(
        "--night-by", choices=("realtime", "batch", "sftp"), default="realtime", help="how payers are asked"
    )
    given = ask.parse_args()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    database = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit}, {database}", flush=True)
    proofs = {
        "clocks": lambda folder: clocks.prove(),
        "race": lambda folder: race.prove(folder, given.clients, given.each),
        "notices": lambda folder: notices.prove(folder, given.worker_kills, given.notices),
        "backups": lambda folder: backups.prove(folder, given.size, given.flips),
        "tampers": lambda folder: tampers.prove(folder, given.tampers),
        "x12-peer": x12_peer.prove,
        "x12-fuzz": lambda folder: x12_fuzz.prove(given.inputs),
        "conflicts": lambda folder: edits.prove(
            folder, given.edits, given.editors, given.charts, given.port + 1
        ),
        "night": lambda folder: night.prove(
            folder, given.verified, given.night_kills, 0.05, given.port + 3, given.night_by
        ),
        "cards": lambda folder: charges.prove(folder, given.kills, given.port + 5),
        "ledger": lambda folder: books.prove(folder, given.steps, given.bookkeepers),
        "replays": lambda folder: replays.prove(folder, given.times, given.port + 4),
        "wrong-tabs": lambda folder: tabs.prove(folder, given.tabs, given.port + 2),
        "kills": lambda folder: kills.prove(folder, given.kills, given.bookings),
        "visit-day": lambda folder: visit_day.prove(
            folder, given.visits, given.clerks, given.browsers, given.port, given.stale
        ),
    }
    failed = False
    for name in given.names:
        with tempfile.TemporaryDirectory() as folder:
            words, good = proofs[name](Path(folder) / "data")
        print(f"{'ok  ' if good else 'FAIL'} {name}: {words}", flush=True)
        failed |= not good
    sys.exit(failed)


main()
