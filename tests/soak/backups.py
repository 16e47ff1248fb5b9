"""A backup of a large practice while bookings go on; put back on an empty place, counted, checked; bits flipped."""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.soak import book
from tests.soak.kills import CLERKS, _work
from tests.soak.site import Clerk, Site

STILL_THERE = """
import json, os, sys
from pathlib import Path
from tests.soak import book
book.connect(Path(os.environ["FRONTDESK_DATA"]))
print(book.lost([tuple(pair) for pair in json.load(sys.stdin)]))
"""


def prove(folder: Path, size: str, flips: int) -> tuple[str, bool]:
    site = Site(folder, 8176)
    made = site.command("demo", "--no-serve", "--size", size)
    assert made.returncode == 0, made.stdout + made.stderr
    book.connect(folder)
    ground = book.ground(times=3000, patients=2000, apart=True)
    file, elsewhere = folder.parent / "one.backup", Site(folder.parent / "elsewhere", 8177)
    site.up()
    try:
        sure, during, seconds, said = _copy_while_they_book(site, ground, file)
    finally:
        site.down()
    elsewhere.environment["DATABASE_URL"] = _empty_database()
    elsewhere.folder.mkdir()
    shutil.copy(folder / "backup_key", elsewhere.folder / "backup_key")
    back = elsewhere.command("restore", str(file), "--yes")
    missing, verdict = _missing(elsewhere, sure), elsewhere.check()
    found = _flipped(file, folder, flips)
    words = (
        f"{size}, {file.stat().st_size / 1e6:,.0f} MB written and read again in {seconds:,.0f} s while {during:,} bookings "
        f"were acknowledged; put back on an empty place: {back.stdout.strip().partition(':')[2].partition('.')[0].strip()}; "
        f"{len(sure):,} bookings acknowledged before, {missing} missing; check {verdict}; {found:,} of {flips:,} flipped bits found"
    )
    good = not missing and verdict == "clean" and found == flips and during > 0
    return words, good and "whole" in said and "every one counted" in back.stdout


def _copy_while_they_book(
    site: Site, ground: book.Ground, file: Path
) -> tuple[list[tuple[int, str]], int, float, str]:
    """Return what was acknowledged before the copy began, how many while it was made, its seconds, and its words."""
    clerks, stop = [Clerk(site, number) for number in range(CLERKS)], threading.Event()
    for clerk in clerks:
        clerk.sign_in()
    threads = [threading.Thread(target=_work, args=(ground, clerk, stop)) for clerk in clerks]
    for thread in threads:
        thread.start()
    while len(ground.acknowledged) < 50:
        time.sleep(0.05)
    sure, begun = list(ground.acknowledged), time.monotonic()
    done = site.command("backup", str(file))
    seconds, during = time.monotonic() - begun, len(ground.acknowledged) - len(sure)
    stop.set()
    for thread in threads:
        thread.join()
    assert done.returncode == 0, done.stdout + done.stderr
    return sure, during, seconds, done.stdout


def _empty_database() -> str:
    """An empty database beside the present one; for SQLite the folder is enough."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return ""
    import psycopg

    name = urlsplit(url).path.strip("/") + "_elsewhere"
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _missing(site: Site, sure: list[tuple[int, str]]) -> int:
    """How many of these bookings the restored database does not know: asked in a process that stands on it."""
    done = subprocess.run(
        [sys.executable, "-c", STILL_THERE],
        env=site.environment,
        input=json.dumps(sure),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def _flipped(file: Path, folder: Path, flips: int) -> int:
    """Flip a bit of the backup, read it, flip it back; return how often that was noticed."""
    from frontdesk.exchange.backups.sealing import BLOCK, CannotBeOpened, SealedReader, backup_key

    key, rng, found, size = backup_key(folder, make=False), random.Random(11), 0, file.stat().st_size
    with file.open("r+b") as raw:
        for _ in range(flips):
            place, bit = rng.randrange(size), 1 << rng.randrange(8)
            for turn in range(2):
                raw.seek(place)
                [byte] = raw.read(1)
                raw.seek(place)
                raw.write(bytes([byte ^ bit]))
                raw.flush()
                try:
                    with SealedReader(file, key) as reader:
                        while turn == 0 and reader.read(BLOCK):
                            pass
                except CannotBeOpened:
                    found += turn == 0
    return found
