"""The worker verifies tomorrow's insurance and is killed outright, again and again, while the payer drops connections.

Afterwards: each visit has exactly one current verdict, none is lost, and nothing was asked a second time but because its
connection was dropped or its worker killed.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from datetime import timedelta
from pathlib import Path

import asyncssh

from tests.soak import book
from tests.soak.site import Site

PATIENCE = 3600.0
AT_ONCE = 8  # questions one worker may have on their way


def prove(
    folder: Path, visits: int, kills: int, drop: float, port: int, by: str = "realtime"
) -> tuple[str, bool]:
    """Verify so many visits; good when each has its one verdict and none was asked without reason.

    `by` is realtime, batch or sftp. A payer that loses answer files has its questions given up after hours; so over SFTP
    none is dropped.
    """
    site = Site(folder, port)
    more = ["--sftp", str(port + 40), "--sftp-folder", str(folder / "payer")] if by == "sftp" else []
    payer = _payer(port, 0.0 if by == "sftp" else drop, more)
    site.environment = {
        **site.environment,
        "FRONTDESK_PAYER_USER": "practice",
        "FRONTDESK_PAYER_PASSWORD": "stand-in",
        **_way(folder, port, by),
    }
    os.environ |= site.environment
    try:
        site.migrate()
        book.connect(folder)
        ground(visits)
        begun = time.monotonic()
        killed = _night(site, visits, kills)
        return _verdict(visits, killed, time.monotonic() - begun, port)
    finally:
        payer.kill()
        payer.wait()


def _way(folder: Path, port: int, by: str) -> dict[str, str]:
    if by == "sftp":
        key = asyncssh.read_private_key(str(folder / "payer" / "host_key")).export_public_key().decode()
        return {
            "FRONTDESK_PAYER_URL": f"sftp://127.0.0.1:{port + 40}",
            "FRONTDESK_PAYER_HOST_KEY": key.strip(),
        }
    batch = {"FRONTDESK_PAYER_BATCH": f"http://127.0.0.1:{port}/core/batch"} if by == "batch" else {}
    return {"FRONTDESK_PAYER_URL": f"http://127.0.0.1:{port}/core/realtime", **batch}


def _payer(port: int, drop: float, more: list[str]) -> "subprocess.Popen[bytes]":
    line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", "payer"]
    words = ["--port", str(port), "--drop", str(drop), "--anybody", *more]
    made = subprocess.Popen([*line, *words], stdout=subprocess.DEVNULL)
    for _ in range(900):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/asked", timeout=2).close()
            return made
        except OSError:
            time.sleep(0.1)
    made.kill()
    raise RuntimeError("the payer did not come up")


def ground(visits: int) -> None:
    """Make a practice with so many patients, each with a policy, and a visit tomorrow or in three days."""
    from frontdesk.kit import clock, walltime
    from frontdesk.office.coverage.models import Policy
    from frontdesk.office.practice.models import Practice
    from frontdesk.office.scheduling.models import Appointment
    from tests.factories import coverage, practice
    from tests.factories import scheduling as make
    from tests.soak.notices import people

    practice.practice()
    Practice.objects.update(npi="1234567893")
    the, insurer = make.Book(), coverage.payer("Practice Payer", "PRAC1")
    now, today = clock.now(), clock.today(the.location.zone)
    rows, policies = [], []
    for at, who in enumerate(people(visits, "night")):
        day = today + timedelta(days=(1, 3)[at % 2])
        starts = the.at(9 + at // 2 % 8, 5 * (at // 16 % 12), day)
        policies.append(
            Policy(
                patient_id=who.id, payer=insurer, rank=1, member_id=f"N{at:08}", noted_at=now, noted_by="soak"
            )
        )
        rows.append(
            Appointment(
                location=the.location, visit_type=the.visit, patient_id=who.id, provider_id=the.lee.provider_id,
                zone=the.location.zone, starts=starts, ends=starts + timedelta(minutes=20), status="scheduled",
                wall=f"{walltime.to_wall(starts, the.location.zone):%Y-%m-%dT%H:%M:%S}", booked_at=now,
            )
        )  # fmt: skip
    Policy.objects.bulk_create(policies)
    Appointment.objects.bulk_create(rows)


def _night(site: Site, visits: int, kills: int) -> int:
    from frontdesk.office.coverage.models import EligibilityCheck

    settled = EligibilityCheck.objects.filter(state="done")
    rng, upto, killed = random.Random(7), time.monotonic() + PATIENCE, 0
    line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", "work"]
    while settled.count() < visits and time.monotonic() < upto:
        worker = subprocess.Popen(line, env=site.environment, stderr=subprocess.DEVNULL)
        goal = settled.count() + visits // (2 * kills or 1)
        last = killed >= kills
        while time.monotonic() < upto and settled.count() < (visits if last else min(goal, visits)):
            time.sleep(0.2)
        if not last:
            time.sleep(rng.uniform(0, 0.3))
        os.kill(worker.pid, signal.SIGTERM if last else signal.SIGKILL)
        worker.wait()
        killed += not last
    return killed


def _verdict(visits: int, killed: int, seconds: float, port: int) -> tuple[str, bool]:
    from frontdesk.office.coverage.models import EligibilityCheck

    rows = list(
        EligibilityCheck.objects.values_list("policy_id", "day", "state", "verdict", "trace", "attempts")
    )
    of_policy = Counter((policy, day) for policy, day, *_ in rows)
    without = visits - len(of_policy)
    twice = sum(count > 1 for count in of_policy.values())
    unsettled = sum(state != "done" or not verdict for _, _, state, verdict, *_ in rows)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/asked", timeout=30) as told:
        asked = json.load(told)
    again = {trace: asked[trace] for *_, trace, _ in rows if asked.get(trace, {}).get("asked", 0) > 1}
    # A whole answer was on its way and yet it was asked again: that takes a kill, and no more than were on their way then.
    needless = sum(one["answered"] > 1 for one in again.values())
    untold = sum(asked.get(trace, {}).get("asked", 0) > attempts for *_, trace, attempts in rows)
    good = not (without or twice or unsettled or untold) and needless <= killed * AT_ONCE
    kinds = Counter(verdict for _, _, _, verdict, *_ in rows)
    return (
        f"{visits:,} visits in {seconds:,.0f} s, worker killed {killed} times; {without} without a verdict, {twice} with two, "
        f"{unsettled} unsettled; {len(again):,} asked again, {needless} of them after an answer nobody could keep; "
        f"{untold} asked more often than written down; {', '.join(f'{kind} {n:,}' for kind, n in sorted(kinds.items()))}",
        good,
    )
