"""Whether a message is still worth sending: the rooms beside this one are asked whether it says what is so."""

from collections.abc import Callable
from datetime import datetime

from frontdesk.kit.refs import Ref
from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.rules import Facts

NOT_SO = "It is no longer as it says."
TOO_LATE = "It would come too late."
_truths: dict[str, Callable[[int, Facts], bool]] = {}
_pages: dict[str, Callable[[int], str]] = {}


def ask_whether(kind: str, still: Callable[[int, Facts], bool]) -> None:
    """Have messages about rows of `kind` ("scheduling.appointment") checked against those rows as they go out.

    This room may not know the rooms beside it; `site` puts them together.
    """
    _truths[kind] = still


def is_true(about: Ref, facts: Facts) -> bool:
    """Say whether the row a message is about still stands as it says."""
    still = _truths.get(about.kind)
    return still is None or still(about.id, facts)


def ask_where_to_pay(kind: str, page: Callable[[int], str]) -> None:
    """Have messages about rows of `kind` ("payments.cardcharge") ask there for the address to pay at, as they go out.

    It is a secret for as long as it can be paid, so it is kept in one place, and not in the message.
    """
    _pages[kind] = page


def where_to_pay(about: Ref) -> str:
    """Return the address to pay at of the row a message is about, "" where there is none (any more)."""
    page = _pages.get(about.kind)
    return page(about.id) if page else ""


def why_moot(row: Message, now: datetime) -> str:
    """Return why a message is not to go out at all any more, whatever leave there is; "" when it may."""
    if not is_true(Ref(row.about_kind, row.about_id), Facts.read(row.after)):
        return NOT_SO
    return TOO_LATE if row.not_after is not None and row.not_after < now else ""
