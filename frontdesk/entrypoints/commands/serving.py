"""Start the pages, and the worker that does what happens by itself."""

import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Annotated, NoReturn

import typer
from django.db import close_old_connections, connection

from frontdesk.entrypoints.commands import restored, trouble
from frontdesk.kit import clock, events
from frontdesk.office.jobs import services as jobs

# A screen's short question must not wait behind a deed that waits for the disk, nor behind a password being proven.
THREADS = "4"
IDLE = 0.5
TROUBLED = 5.0
log = logging.getLogger(__name__)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer requests.")] = 2,
    worker: Annotated[bool, typer.Option(help="Run the background worker too.")] = True,
) -> None:
    """Answer requests until stopped."""
    trouble.must_be_ready()
    restored.number_anew()
    run(host, port, workers, beside=[["work"]] if worker else [])


def run(host: str, port: int, workers: int, *, beside: Sequence[Sequence[str]]) -> NoReturn:
    """Answer requests, with other `frontdesk` commands running beside it, until stopped or one of them ends."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *(
            "--workers",
            str(workers),
            "--blocking-threads",
            THREADS,
            "--log-level",
            "warning",
            "--no-access-log",
        ),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "frontdesk.site.wsgi:application"),
    ]
    children = [subprocess.Popen(command, env=os.environ.copy())]  # noqa: S603 - our own server, fixed words
    own = [sys.executable, "-m", "frontdesk.entrypoints.commands.main"]
    children += [subprocess.Popen([*own, *words]) for words in beside]  # noqa: S603 - as above
    _until_one_ends(children)


def _until_one_ends(children: list[subprocess.Popen[bytes]]) -> NoReturn:
    """Wait; when one child ends or we are asked to stop, end them all and leave with the first one's code."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(IDLE) and all(child.poll() is None for child in children):
        pass
    code = next((child.returncode for child in children if child.returncode), 0)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    raise typer.Exit(0 if stop.is_set() else code)


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, then end.")] = False,
) -> None:
    """Do what happens by itself: hand events to their reactions, and the work that recurs."""
    name = f"{os.uname().nodename}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    _ask_for_recurring_work()
    restored.number_anew()
    restored.see_to_it(name)
    beside = {name_: (make(name), pause) for name_, (make, pause) in events.beside_jobs().items()}
    if once:
        _until_nothing_is_due(name, [do for do, _ in beside.values()])
        return
    others = [
        threading.Thread(target=_go_on, args=(what, do, pause, stop), name=what, daemon=True)
        for what, (do, pause) in beside.items()
    ]
    for other in others:
        other.start()
    while not stop.is_set():
        _ask_for_recurring_work()
        if not jobs.work_off(name, limit=200):
            close_old_connections()
            stop.wait(IDLE)
    for other in others:
        other.join(timeout=30)


def _until_nothing_is_due(name: str, beside: Collection[Callable[[], int]]) -> None:
    _ask_for_recurring_work()
    while jobs.work_off(name, limit=200) + sum(work() for work in beside):
        _ask_for_recurring_work()


def _go_on(name: str, work: Callable[[], int], idle: float, stop: threading.Event) -> None:
    """Do one thing beside the jobs until stopped; what goes wrong is noted, and tried again after a pause."""
    while not stop.is_set():
        pause = idle
        try:
            if work():
                continue
        except Exception as failure:  # noqa: BLE001 - the other side of a wire may answer anything; the work must go on
            place = traceback.extract_tb(failure.__traceback__)[-1]
            log.warning("%s: %s in %s, line %s", name, type(failure).__name__, place.name, place.lineno)
            pause = TROUBLED
        close_old_connections()
        stop.wait(pause)
    connection.close()


def _ask_for_recurring_work() -> None:
    """Ask once a period for each recurring work; the period's number keeps two workers from asking twice."""
    moment = clock.now().timestamp()
    for name, pause in events.recurring().items():
        period = int(moment // pause.total_seconds())
        if _asked.get(name) != period:
            jobs.enqueue(name, {}, dedupe=f"{name}@{period}")
            _asked[name] = period


_asked: dict[str, int] = {}
