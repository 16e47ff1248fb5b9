"""Run by `bench x12` in a process of its own: read or test one file, and print the seconds and megabytes it took."""

import json
import resource
import sys
import time
from pathlib import Path

from frontdesk.formats import x12


def main(kind: str, path: Path) -> dict[str, float]:
    """Return what reading alone takes, and reading, testing and typing every claim with its lines."""
    began = time.process_time()
    segments = sum(1 for _ in x12.Reader(path))
    read = time.process_time() - began
    found: list[x12.Finding] = []
    began = time.process_time()
    count = _remittance(path, found) if kind == "835" else _claims(path, found)
    checked = time.process_time() - began
    return {
        "segments": segments,
        "read": read,
        "checked": checked,
        "claims": count,
        "findings": len(found),
        "memory": _most(),
    }


def _most() -> float:
    """Return the most memory this process has had, in MB; its parent's, which getrusage counts in, left out."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _remittance(path: Path, found: list[x12.Finding]) -> int:
    count = 0
    for claim in x12.stream_835(path, found.append):
        assert claim.patient is not None
        assert claim.paid is not None
        assert claim.patient.last
        assert all(line.charge is not None and line.procedure and line.adjustments for line in claim.services)
        count += 1
    return count


def _claims(path: Path, found: list[x12.Finding]) -> int:
    count = 0
    for claim in x12.stream_837p(path, found.append):
        assert claim.charge is not None
        assert claim.diagnoses
        assert claim.patient_control_number
        assert all(line.service and line.service.procedure and line.dates[0].start for line in claim.lines)
        count += 1
    return count


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
