"""After a restore: what was due in the time that is lost may have gone out then, and is never sent again by itself."""

from pathlib import Path

from django.conf import settings

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.jobs import services as jobs
from frontdesk.office.ledger.services import begin_series
from frontdesk.office.messaging.services import doubt_restored


def _mark(name: str = "restored") -> Path:
    return Path(settings.FRONTDESK_DATA) / name


def note() -> None:
    """Remember that the present data come from a backup, until a worker and a server have seen to it."""
    for name in ("restored", "restored-numbers"):
        _mark(name).touch(mode=0o600)


def number_anew() -> None:
    """Before anybody works: what was numbered after the backup was made is on somebody's receipt, so new numbers begin."""
    if _mark("restored-numbers").exists():
        begin_series(SYSTEM)
        _mark("restored-numbers").unlink(missing_ok=True)


def see_to_it(worker: str) -> None:
    """Before anything is sent: let every event bring its messages about, then hold all that are due for doubtful."""
    if not _mark().exists():
        return
    while jobs.work_off(worker, limit=200):
        pass
    doubt_restored(SYSTEM)
    _mark().unlink(missing_ok=True)
