"""After a restore: what was due in the time that is lost may have gone out then, and is never sent again by itself."""

from pathlib import Path

from django.conf import settings

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.jobs import services as jobs
from frontdesk.office.messaging.services import doubt_restored


def _mark() -> Path:
    return Path(settings.FRONTDESK_DATA) / "restored"


def note() -> None:
    """Remember that the present data come from a backup, until a worker has seen to it."""
    _mark().touch(mode=0o600)


def see_to_it(worker: str) -> None:
    """Before anything is sent: let every event bring its messages about, then hold all that are due for doubtful."""
    if not _mark().exists():
        return
    while jobs.work_off(worker, limit=200):
        pass
    doubt_restored(SYSTEM)
    _mark().unlink(missing_ok=True)
