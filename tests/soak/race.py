"""Many clerks over HTTP fight for the same few times: book, hold, move, cancel."""

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.soak import book
from tests.soak.site import Clerk, Site

HOLD = re.compile(r"/openings/hold/(\d+)")


def prove(folder: Path, clients: int, each: int) -> tuple[str, bool]:
    site = Site(folder, 8171)
    site.furnish()
    book.connect(folder)
    ground = book.ground(times=60, patients=clients * 4)
    site.up()
    try:
        begun = time.monotonic()
        with ThreadPoolExecutor(clients) as pool:
            counts = sum(pool.map(lambda n: work(site, ground, n, each), range(clients)), Counter())
        seconds = time.monotonic() - begun
    finally:
        site.down()
    missing, verdict = book.lost(ground.acknowledged), site.check()
    broken = sum(n for what, n in counts.items() if what.endswith((" 500", " 0")))
    words = (
        f"{clients} clients x {each:,} operations on {len(ground.tokens)} times in {seconds:,.0f} s; "
        f"{len(ground.acknowledged):,} bookings acknowledged, {missing} lost; {broken} server errors; check {verdict}; "
        + ", ".join(f"{what}: {n:,}" for what, n in sorted(counts.items()))
    )
    return words, not missing and not broken and verdict == "clean"


def work(site: Site, ground: book.Ground, number: int, each: int) -> Counter[str]:
    clerk = Clerk(site, number)
    clerk.sign_in()
    counts: Counter[str] = Counter()
    patients = ground.patients[number::64] or ground.patients
    mine: list[int] = []
    for _ in range(each):
        deed = clerk.rng.choices(("book", "hold", "move", "cancel"), (40, 20, 20, 20))[0]
        token, patient = clerk.rng.choice(ground.tokens), clerk.rng.choice(patients)
        if deed == "book":
            status, said = clerk.post("/openings/book", offer=token, patient=patient, type=ground.visit_type)
            found = re.search(r"/appointments/(\d+)", said)
            if status == 200 and found:
                ground.acknowledged.append((patient, token))
                mine.append(int(found[1]))
        elif deed == "hold":
            status, said = clerk.post("/openings/hold", offer=token, patient=patient, type=ground.visit_type)
            if status == 200 and (found := HOLD.search(said)) and clerk.rng.random() < 0.8:
                clerk.post(f"/openings/hold/{found[1]}/release", from_tray="1")
        elif not mine:
            continue
        elif deed == "move":
            one = mine.pop(clerk.rng.randrange(len(mine)))
            status, said = clerk.post(
                f"/appointments/{one}/reschedule", offer=token, reason_code=ground.reason
            )
            found = re.search(r"/appointments/(\d+)", said)
            mine.append(int(found[1]) if status == 200 and found else one)
        else:
            one = mine.pop(clerk.rng.randrange(len(mine)))
            status, said = clerk.post(f"/appointments/{one}/cancel", reason_code=ground.reason, scope="this")
        counts[f"{deed} {status}"] += 1
    return counts
