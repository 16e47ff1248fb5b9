"""Measure the X12 library on files of 10,000 claims, beside pyx12 where there is one.

pyx12 is no dependency: `FRONTDESK_PYX12` names a Python that has it (`python -m venv p && p/bin/pip install pyx12==4.0.0`).
Without it the figures once measured of it (835: 845 claims/s, 837P: 553, its reader 17,300 and 11,600) stand in. All
seconds are of the processor, so that a busy machine changes little. LinuxForHealth's is beside it in `x12_lfh`.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from frontdesk.entrypoints.commands.bench import x12_child, x12_files, x12_lfh
from frontdesk.entrypoints.commands.bench.measure import Result, timed_by_turns
from frontdesk.formats import x12

CLAIMS, PEERS_CLAIMS = 10_000, 1_000
RECORDED = {"835": (17_300.0, 845.0), "837p": (11_600.0, 553.0)}
MEMORY = 60  # MB
WARM = 2.0  # ms of one answer
_PEER = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
import pyx12.params, pyx12.x12file, pyx12.x12n_document
began = time.process_time()
for _ in pyx12.x12file.X12Reader(sys.argv[1]): pass
read = time.process_time() - began
began = time.process_time()
valid = pyx12.x12n_document.x12n_document(pyx12.params.params(), sys.argv[1], None, None)
print(json.dumps({"read": read, "checked": time.process_time() - began, "valid": bool(valid)}))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """How many claims a second pyx12 reads, and how many it validates."""

    read: float
    checked: float
    notes: tuple[str, ...]


def figures(seed: int, rounds: int) -> list[Result]:
    """Return reading, testing with typing, memory, and one warm 271."""
    with tempfile.TemporaryDirectory() as folder:
        results = [
            result
            for kind, make in (("835", x12_files.remittance), ("837p", x12_files.claims))
            for result in _of(kind, make, Path(folder), seed, rounds)
        ]
    return [*_largest(results), _answer(rounds), x12_lfh.beside()]


def _of(kind: str, make: object, folder: Path, seed: int, rounds: int) -> list[Result]:
    assert callable(make)
    large, small = folder / f"{kind}.edi", folder / f"{kind}-small.edi"
    make(large, CLAIMS, seed)
    make(small, PEERS_CLAIMS, seed)
    runs, peers = [], []
    for _ in range(rounds):
        runs.append(_run([sys.executable, "-m", x12_child.__name__, kind, str(large)]))
        peers.append(_peer(kind, small))
    peer = max(peers, key=lambda one: one.checked)
    results = []
    for what, floor, times, limit in (
        ("read", peer.read, 1, "no slower than pyx12's reader"),
        ("checked", peer.checked, 10, "10 times pyx12's validator"),
    ):
        speeds = sorted(CLAIMS / run[what] for run in runs)
        middle = speeds[len(speeds) // 2]
        sound = all(run["claims"] == CLAIMS and not run["findings"] for run in runs)
        results.append(
            Result(
                f"x12_{'read' if what == 'read' else 'check'}_{kind}", "claims/s", middle, speeds[0], floor, middle / floor, rounds,
                "none", sound and middle >= times * floor, limit, list(peer.notes) if what == "checked" else [],
            )
        )  # fmt: skip
    results.append(
        Result("x12_memory", "MB", max(run["memory"] for run in runs), 0, 0, 0, rounds, "none", passed=True)
    )
    return results


def _largest(results: list[Result]) -> list[Result]:
    """Put the memory of both files into one figure."""
    memory = [result for result in results if result.name == "x12_memory"]
    most = max(result.p50 for result in memory)
    one = Result(
        "x12_memory", "MB", most, most, MEMORY, most / MEMORY, sum(r.n for r in memory), "none", most <= MEMORY,
        f"at most {MEMORY} MB for {CLAIMS:,} claims in one set",
    )  # fmt: skip
    return [*(result for result in results if result.name != "x12_memory"), one]


def _run(words: list[str]) -> dict[str, float]:
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - our own program, and a named one
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _peer(kind: str, path: Path) -> Peer:
    python = os.environ.get("FRONTDESK_PYX12", "")
    if not python:
        read, checked = RECORDED[kind]
        return Peer(
            read, checked, ("pyx12 was NOT MEASURED here: its recorded figure stands in (FRONTDESK_PYX12)",)
        )
    known = path.with_suffix(".known")
    known.write_text(path.read_text().replace("005010X222A2", "005010X222A1"))  # it has no map of A2
    found = _run([python, "-c", _PEER, str(known)])
    note = f"pyx12 calls the file {'valid' if found['valid'] else 'NOT valid'}"
    return Peer(PEERS_CLAIMS / found["read"], PEERS_CLAIMS / found["checked"], (note,))


def _read(content: bytes) -> None:
    found: list[x12.Finding] = []
    (answer,) = x12.parse_271(content, found.append)
    assert not found
    assert [benefit.amount for person in answer.people for benefit in person.benefits]


def _split(content: bytes) -> None:
    assert [row.split("*") for row in content.decode().split("~")]


def _answer(rounds: int) -> Result:
    """Measure one eligibility answer, warm: tested, typed, its benefits read."""
    contents = [x12_files.answer(number) for number in range(50 * rounds + 80)]  # none is met twice
    for content in contents[:80]:
        _read(content)
    work = [partial(_read, content) for content in contents[80:]]
    mine, floor = timed_by_turns(work, [partial(_split, content) for content in contents[80:]], warm=0)
    return Result(
        "x12_271", "ms", mine.p50, mine.p95, floor.p50, mine.p50 / floor.p50, 50 * rounds, "none", mine.p50 <= WARM,
        f"{WARM:.0f} ms warm", [f"{contents[0].count(b'~'):,} segments; floor: split alone"],
    )  # fmt: skip
