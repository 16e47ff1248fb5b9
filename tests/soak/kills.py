"""Server and worker are killed outright, again and again, while bookings come in and the worker has work."""

import random
import threading
import time
from pathlib import Path

from tests.soak import book
from tests.soak.site import Clerk, Site

CLERKS = 4
# No round waits longer for its bookings than this before the axe falls all the same.
PATIENCE = 60.0
# A killed worker's lease runs out after a minute; then another takes the job up.
LEASED = 180.0


def prove(folder: Path, kills: int, bookings: int) -> tuple[str, bool]:
    site = Site(folder, 8172)
    site.furnish()
    book.connect(folder)
    ground = book.ground(times=bookings * 2, patients=2000, apart=True)
    asked, before = book.ask_for_work(ground.patients), book.deeds_of_the_worker()
    clerks, rng, dirty = [Clerk(site, number) for number in range(CLERKS)], random.Random(7), []
    site.up()
    for clerk in clerks:
        clerk.sign_in()
    for number in range(kills):
        goal = bookings * (number + 1) // kills
        _book_until(site, ground, clerks, goal - rng.randrange(-(-bookings // kills)), kill=True)
        if (number + 1) % 10 == 0 and (verdict := site.check()) != "clean":
            dirty.append(verdict)
        site.up()
    _book_until(site, ground, clerks, bookings, kill=False)
    open_jobs = _wait_for_the_worker()
    site.down()
    missing, verdict = book.lost(ground.acknowledged), site.check()
    done = book.deeds_of_the_worker() - before
    words = (
        f"{kills} kills; {len(ground.acknowledged):,} bookings acknowledged, {missing} lost; "
        f"{asked:,} jobs, {done:,} done, {open_jobs} left; check {dirty[0] if dirty else verdict}"
    )
    good = not missing and not open_jobs and done == asked and verdict == "clean" and not dirty
    return words, good and len(ground.acknowledged) >= bookings


def _book_until(site: Site, ground: book.Ground, clerks: list[Clerk], goal: int, *, kill: bool) -> None:
    """Let the clerks book until so many bookings are acknowledged in all; then, perhaps, kill with others under way."""
    stop = threading.Event()
    threads = [threading.Thread(target=_work, args=(ground, clerk, stop)) for clerk in clerks]
    for thread in threads:
        thread.start()
    upto = time.monotonic() + PATIENCE
    while len(ground.acknowledged) < goal and time.monotonic() < upto:
        time.sleep(0.002)
    if kill:
        site.kill()
    stop.set()
    for thread in threads:
        thread.join()


def _work(ground: book.Ground, clerk: Clerk, stop: threading.Event) -> None:
    while not stop.is_set() and ground.tokens:
        token, patient = ground.tokens.pop(0), clerk.rng.choice(ground.patients)
        status, said = clerk.post("/openings/book", offer=token, patient=patient, type=ground.visit_type)
        if status == 200 and "/appointments/" in said:
            ground.acknowledged.append((patient, token))


def _wait_for_the_worker() -> int:
    upto = time.monotonic() + LEASED
    while (left := book.jobs_left()) and time.monotonic() < upto:
        time.sleep(0.5)
    return left
