"""LinuxForHealth's X12 library beside ours, on a 271: the one of our transactions both read whole and that it has a guide for.

It is no dependency and cannot be one: 0.57.0 asks for `pydantic>=1.9` and does not import beside pydantic 2. With 1.10 it does:
`python -m venv l && l/bin/pip install linuxforhealth-x12==0.57.0 pydantic==1.10.27`, and `FRONTDESK_LFH=l/bin/python`. It
tests elements, code lists, required segments, levels and the count of a set; not the envelope's counts and control
numbers, nor check digits, and at an unknown code or segment it ends with a KeyError where we tell a finding.
"""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from frontdesk.entrypoints.commands.bench import x12_files
from frontdesk.entrypoints.commands.bench.measure import Result
from frontdesk.formats import x12

NAME = "x12_271_beside"
WARMING, ANSWERS = 20, 50
_PEER = """
import json, logging, pathlib, sys, time
logging.disable(logging.CRITICAL)
from linuxforhealth.x12.io import X12ModelReader
took = []
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    text = path.read_text()
    began = time.process_time()
    with X12ModelReader(text) as reader:
        (model,) = reader.models()
        amounts = [one.eb_segment.benefit_amount
                   for source in model.loop_2000a for receiver in source.loop_2000b
                   for subscriber in receiver.loop_2000c for one in subscriber.loop_2100c.loop_2110c]
    took.append((time.process_time() - began) * 1000)
    assert len(amounts) > 40
print(json.dumps(took))
"""


def beside() -> Result:
    """Return how long one warm answer takes us, and LinuxForHealth's; where it is not there or does not run, that in words."""
    contents = [x12_files.answer(number) for number in range(WARMING + ANSWERS)]
    mine = sorted([_ours(content) for content in contents][WARMING:])
    p50, p95 = _at(mine, 0.5), _at(mine, 0.95)
    theirs, note = _theirs(contents)
    if theirs is None:
        return Result(NAME, "ms", p50, p95, 0, 0, len(mine), "none", passed=True, notes=[note])
    limit = "no slower than LinuxForHealth's"
    return Result(NAME, "ms", p50, p95, theirs, p50 / theirs, len(mine), "none", p50 <= theirs, limit, [note])


def _ours(content: bytes) -> float:
    found: list[x12.Finding] = []
    began = time.process_time()
    (answer,) = x12.parse_271(content, found.append)
    amounts = [benefit.amount for person in answer.people for benefit in person.benefits]
    took = (time.process_time() - began) * 1000
    assert len(amounts) > 40
    assert not found
    return took


def _theirs(contents: list[bytes]) -> tuple[float | None, str]:
    """Return its median in milliseconds, or None; and what is to be said of it."""
    python = os.environ.get("FRONTDESK_LFH", "")
    if not python:
        return None, "LinuxForHealth's library was NOT MEASURED: FRONTDESK_LFH names no Python that has it"
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"{number:04}.271").write_bytes(content)
        try:
            words = [python, "-c", _PEER, folder]
            done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)  # noqa: S603 - a named program
            took = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as wrong:
            said = (getattr(wrong, "stderr", "") or str(wrong)).strip().splitlines()
            why = said[-1][:120] if said else type(wrong).__name__
            return None, f"LinuxForHealth's library did NOT RUN (it needs pydantic 1.10): {why}"
    return _at(
        sorted(took[WARMING:]), 0.5
    ), "floor: LinuxForHealth's library reads and tests the same answers"


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]
