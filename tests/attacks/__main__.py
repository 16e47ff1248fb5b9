"""`make attack`: the probes, then sqlmap, wapiti and schemathesis against a demo practice of its own; a dated result.

Everything happens in a temporary folder and on a port of this machine. The scanners come into a throw-away environment
from the usual package index; one that cannot be had is named as not run, and nothing is said in its place.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.attacks import scanners
from tests.attacks.scanners import Result, Target
from tests.soak import book
from tests.soak.site import Clerk, Site

PASSWORD = "correct horse at the desk"  # of the demo's Rosa, who works at the desk
PORT = 8177
PROOF = Path(__file__).parents[2] / "docs" / "proof"


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    ask.add_argument(
        "names", nargs="*", default=["probes", *scanners.ALL], help="which of them (default: all)"
    )
    ask.add_argument("--minutes", type=float, default=10, help="each scanner may take")
    ask.add_argument("--port", type=int, default=PORT)
    ask.add_argument("--processes", default="auto", help="that run the probes")
    ask.add_argument("--tools", type=Path, help="an environment with the scanners, instead of making one")
    ask.add_argument("--keep", type=Path, help="a folder for what the scanners wrote")
    ask.add_argument("--to", type=Path, default=PROOF, help="where the result is written")
    given = ask.parse_args()
    begun, results = datetime.now(UTC), []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if "probes" in given.names:
            results.append(probes(folder, given.processes))
            print(results[-1].line(), flush=True)
        wanted = [name for name in scanners.ALL if name in given.names]
        tools = given.tools or (scanners.environment(folder / "tools") if wanted else folder)
        site = Site(folder / "data", given.port, log=folder / "log")
        site.furnish()
        site.up()
        try:
            for name in wanted:
                target = signed_in(site, folder / name, given.minutes * 60)
                results.append(scanners.ALL[name](tools, target))
                print(results[-1].line(), flush=True)
        finally:
            site.down()
        if given.keep:
            shutil.copytree(
                folder,
                given.keep,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("tools", "data", "probes"),
            )
        server, verdict = heard(folder / "log"), site.check()
    text = written(begun, results, server, verdict)
    file = given.to / f"attack-{begun:%Y-%m-%d}.md"
    file.write_text(text)
    print(
        f"{file}: {server.requests:,} requests, {len(server.broken)} answered with an error of ours; check {verdict}"
    )
    sys.exit(any(one.findings for one in results) or bool(server.broken) or verdict != "clean")


def probes(folder: Path, processes: str) -> Result:
    """Run tests/attacks: what each probe of the list is answered with."""
    line = [sys.executable, "-m", "pytest", "-q", "-n", processes, "--dist", "loadfile", "tests/attacks"]
    started = time.monotonic()
    environment = {**os.environ, "FRONTDESK_DATA": str(folder / "probes"), "FRONTDESK_WHOLE": "true"}
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment)
    last = (done.stdout.strip().splitlines() or [done.stderr[-500:]])[-1].strip("= ")
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.M) or ([last] if done.returncode else [])
    return Result("probes", "tests/attacks", time.monotonic() - started, last, tuple(failed))


def signed_in(site: Site, folder: Path, seconds: float) -> Target:
    """Return what a scanner is given: Rosa's session, whom it may look at, and for how long."""
    folder.mkdir()
    clerk = Clerk(site, 1, "rosa", PASSWORD)
    clerk.sign_in()
    clerk.get("/")
    book.connect(site.folder)
    from frontdesk.kit import clock
    from frontdesk.office.scheduling.models import Appointment

    visit = (
        Appointment.objects.filter(starts__lt=clock.now(), location__isnull=False).order_by("-starts").first()
    )
    cookies = {one.name: one.value or "" for one in clerk.jar}
    return Target(site, clerk, cookies, visit.patient_id, visit.pk, folder, seconds)


class Heard:
    """What the server wrote in its log: how many requests, with which answers, and where it broke."""

    def __init__(self) -> None:
        self.requests = 0
        self.answers: Counter[int] = Counter()
        self.routes: set[str] = set()
        self.broken: Counter[str] = Counter()


def heard(log: Path) -> Heard:
    found = Heard()
    for text in log.read_text(errors="replace").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if not isinstance(line, dict):
            continue
        if line.get("logger") == "frontdesk.request":
            found.requests += 1
            found.answers[line["status"]] += 1
            found.routes.add(line["route"])
            if line["status"] >= 500:
                found.broken[f"{line['method']} {line['route']}"] += 1
        elif line.get("logger") == "frontdesk.error":
            found.broken[f"{line.get('exception')} at {line.get('place')}"] += 1
    return found


def written(begun: datetime, results: list[Result], server: Heard, verdict: str) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    lines = [
        f"# Attacked on {begun:%Y-%m-%d}",
        "",
        f"`make attack`, {begun:%H:%M} UTC, commit {commit}: a demo practice of its own, asked as somebody at the desk.",
        "",
        "| what | version | minutes | what it says | findings |",
        "|---|---|---|---|---|",
        *(one.row() for one in results),
        "",
        f"The server answered {server.requests:,} requests at {len(server.routes)} kinds of address: "
        + ", ".join(f"{n:,} with {status}" for status, n in sorted(server.answers.items()))
        + ".",
        f"Errors of ours (5xx) in its log: {sum(server.broken.values())}."
        + "".join(f"\n- {n} × {what}" for what, n in server.broken.most_common()),
        f"`frontdesk check` afterwards: {verdict}.",
        "",
    ]
    for one in results:
        if one.findings:
            lines += [f"## {one.name}: found", "", *(f"- {words}" for words in one.findings), ""]
        if one.aside:
            lines += [
                f"## {one.name}: set aside, so on purpose",
                "",
                *(f"- {words}" for words in one.aside),
                "",
            ]
    return "\n".join(lines)


main()
