"""One practice of two sites for a whole file of attacks: made once, and every question is taken back."""

from datetime import UTC, datetime
from unittest import mock

import pytest


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from django.db import connection, transaction

    from frontdesk.kit import clock
    from tests.attacks.practice import World

    # Each test's own transaction lies inside this one, and closes no connection when it ends.
    morning = clock.fixed(datetime(2026, 3, 3, 14, 0, tzinfo=UTC))
    with django_db_blocker.unblock(), morning, mock.patch.object(connection, "close"):
        whole = transaction.atomic()
        whole.__enter__()
        try:
            yield World()
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
