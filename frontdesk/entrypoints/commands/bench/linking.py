"""Measure how well and how fast duplicates are found, on the public FEBRL files (truth in `rec_id`)."""

import os
import time
from pathlib import Path

from frontdesk.entrypoints.commands.bench.measure import Result
from frontdesk.kit.errors import NotFound
from frontdesk.office.patients import linkage

RECALL, PRECISION = 0.95, 0.99
# The sets the promise is made of; smaller ones that are there are measured too, and not judged.
PROMISED = ("dataset3", "dataset4")


def duplicates(seed: int, rounds: int) -> list[Result]:
    """Link every FEBRL file there is; the floor is grouping the same records by exact equality.

    Times are seconds; it passes by recall and precision, which are among the notes. A promised set that is not there
    is named as not measured, and nothing passes when none of them is.
    """
    del seed, rounds
    files = _files()
    scores = {path: linkage.evaluate(path) for path in files}
    judged = {name: score for path, score in scores.items() for name in PROMISED if name in path.name}
    missing = [name for name in PROMISED if name not in judged]
    seconds = sorted(score.seconds for score in scores.values())
    floor = max(_by_equality(path) for path in files)
    kept = (score.recall >= RECALL and score.precision >= PRECISION for score in judged.values())
    passed = bool(judged) and all(kept)
    notes = [
        f"{path.stem}: recall {score.recall:.3f}, precision {score.precision:.3f}, {score.pairs:,} pairs in {score.seconds:.1f} s"
        for path, score in scores.items()
    ]
    notes += [f"{_spoken(name)} is NOT MEASURED: there is no such file in {_folder()}" for name in missing]
    sets = " and ".join(_spoken(name) for name in judged) or "no promised set"
    limit = f"recall 0.95 at precision 0.99 on {sets}" + (
        "".join(f"; {_spoken(name)} not measured" for name in missing)
    )
    return [
        Result(
            "duplicates", "s", seconds[len(seconds) // 2], seconds[-1], floor, seconds[-1] / floor, len(files), "none",
            passed, limit, notes,
        )
    ]  # fmt: skip


def _spoken(name: str) -> str:
    return f"FEBRL {name.removeprefix('dataset')}"


def _folder() -> Path:
    return Path(os.environ.get("FRONTDESK_CASES", "../shared/cases")) / "patient-matching"


def _files() -> list[Path]:
    folder = _folder()
    found = sorted(folder.glob("*.csv"))
    if not found:
        msg = f"There are no FEBRL files in {folder}; set FRONTDESK_CASES to the folder of sample files."
        raise NotFound(msg)
    return found


def _by_equality(path: Path) -> float:
    """Return the seconds it takes to group a file's records by name and date of birth."""
    records = list(linkage.read_febrl(path))
    began = time.perf_counter()
    groups: dict[tuple[str, str, str], list[str]] = {}
    for record in records:
        groups.setdefault((record.first, record.last, record.birth), []).append(record.id)
    return time.perf_counter() - began
