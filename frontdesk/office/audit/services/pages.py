"""The looks of one page: on record before the page is sent, on disk while it is drawn.

A deed is on disk when its verb returns. A look has no such haste: it must be on record before anybody sees what was
looked at. So a page's looks are written together, in one transaction whose commit waits for the disk beside the drawing
of the page, and nothing leaves before that wait is over. If the record cannot be written, the page fails.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from frontdesk.office.audit.services.entries import Line, write


@dataclass(slots=True)
class Page:
    """Looks that are not on record yet, and the commit that is under way."""

    looks: list[Line] = field(default_factory=list)
    commit: Future[Any] | None = None


_page: ContextVar[Page | None] = ContextVar("page", default=None)
_committing = ThreadPoolExecutor(max_workers=8, thread_name_prefix="looks")


def page_of_looks() -> Page | None:
    """Return where a look may be left for now; None where it is to be written at once, within what is open already.

    A commit that is under way is waited for: the verb that asks is about to use the connection.
    """
    page = _page.get()
    if page is None or connection.in_atomic_block:
        return None
    _wait(page)
    return page


@contextmanager
def settled_before_leaving() -> Iterator[None]:
    """Let the looks made inside go on record together; leave only when they are on disk. Raises what the database does."""
    page = Page()
    token = _page.set(page)
    try:
        yield
    finally:
        _page.reset(token)
        _begin(page)
        _wait(page)


def begin_settling() -> None:
    """Write down the page's looks now that it has seen everything, and let the disk work while it is drawn.

    The connection is the commit's until that is over: a verb called meanwhile waits for it.
    """
    page = _page.get()
    if page is not None:
        _begin(page)


def _begin(page: Page) -> None:
    if not page.looks:
        return
    _wait(page)
    looks, page.looks = page.looks, []
    with _given_up_on_trouble(), connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        for look in looks:
            write(look)
        page.commit = _committing.submit(_commit, connection.connection)


def _commit(raw: Any) -> None:
    raw.execute("COMMIT")


def _wait(page: Page) -> None:
    if page.commit is not None:
        commit, page.commit = page.commit, None
        with _given_up_on_trouble():
            commit.result()


@contextmanager
def _given_up_on_trouble() -> Iterator[None]:
    """Close the connection, and with it what is half done on it, when something goes wrong."""
    try:
        yield
    except BaseException:
        connection.close()
        raise
