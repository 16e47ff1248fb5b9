"""One practice of two sites for a whole file of attacks: made once, and every question is taken back."""

from contextlib import contextmanager
from datetime import UTC, datetime
from unittest import mock

import pytest


@contextmanager
def lasting(django_db_blocker):
    """One transaction, on the tests' morning, for a whole file: what is made in it is there for each test, and gone after."""
    from django.db import connection, transaction

    from frontdesk.kit import clock

    # Each test's own transaction lies inside this one, and closes no connection when it ends.
    morning = clock.fixed(datetime(2026, 3, 3, 14, 0, tzinfo=UTC))
    with django_db_blocker.unblock(), morning, mock.patch.object(connection, "close"):
        whole = transaction.atomic()
        whole.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from tests.attacks.practice import World

    with lasting(django_db_blocker):
        yield World()
