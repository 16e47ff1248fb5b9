"""A million damaged X12 files: each a result or findings, none an exception, none slow, none large."""

import os
import resource
import time
from multiprocessing import Pool

from tests.formats.x12 import mutate
from tests.formats.x12.test_damage import looked_into

SLOW = 2.0  # seconds of one processor that one file may take
LARGE = 512  # megabytes of the process
PART = 2000


def prove(inputs: int) -> tuple[str, bool]:
    """Look into so many damaged files, on every processor."""
    began = time.monotonic()
    parts = [(first, min(first + PART, inputs)) for first in range(0, inputs, PART)]
    with Pool(int(os.environ.get("SOAK_PROCESSES", "2"))) as pool:
        results = list(pool.imap_unordered(_part, parts))
    failed = [seed for one in results for seed in one[0]]
    slowest = max(one[1] for one in results)
    largest = max(one[2] for one in results)
    found = sum(one[3] for one in results)
    words = (
        f"{inputs:,} damaged files, {found:,} with findings; {len(failed)} raised{f' (seeds {failed[:5]})' if failed else ''}; "
        f"slowest {slowest:.2f} s, largest process {largest} MB, in {time.monotonic() - began:.0f} s"
    )
    return words, not failed and slowest < SLOW and largest < LARGE


def _part(seeds: tuple[int, int]) -> tuple[list[int], float, int, int]:
    failed, slowest, found = [], 0.0, 0
    for seed in range(*seeds):
        content = mutate.mutated(seed)
        start = time.process_time()
        try:
            found += bool(looked_into(content)[0])
        except Exception:
            failed.append(seed)
        slowest = max(slowest, time.process_time() - start)
    return failed, slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, found
