"""What every test stands on: a fixed morning, a cast, and a database that can be emptied between tests."""

import importlib
import os
import shutil
import sys
from datetime import UTC, datetime
from weakref import WeakSet

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created

from frontdesk.kit import clock
from frontdesk.office.ledger import locks
from tests import migrated, under_way

pytest_plugins = ["tests.browser", "tests.attacks.world"]

append_only = importlib.import_module("frontdesk.office.audit.migrations.0003_locks_and_marks")

# A Tuesday in spring, nine in the morning in New York.
MORNING = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning():
    """It is nine o'clock on Tuesday, March 3rd 2026, unless a test says otherwise."""
    with clock.fixed(MORNING):
        yield MORNING


@pytest.fixture(autouse=True)
def _no_screen_is_remembered():
    """What this process remembers of screens belongs to the database of another test, whose numbers come again."""
    live = sys.modules.get("frontdesk.entrypoints.desk.visits.live")
    if live is not None:
        live._drawn.clear()
        live._feed.__init__()
        sys.modules["frontdesk.entrypoints.desk.visits.following"].forget_all()


@pytest.fixture(autouse=True)
def _nobody_is_forgotten(settings):
    """Tests go from one day to another in one sitting; those about forgotten screens say how long is too long."""
    settings.FRONTDESK_IDLE_MINUTES = settings.FRONTDESK_LOCK_MINUTES = 60 * 24 * 60
    settings.FRONTDESK_SESSION_SECONDS = 60 * 24 * 60 * 60


@pytest.fixture(autouse=True)
def _a_password_is_enough(settings):
    """Tests sign in with a password; those about second factors say which roles need one."""
    settings.FRONTDESK_SECOND_FACTOR = []


@pytest.fixture(autouse=True, scope="session")
def _a_password_costs_nothing():
    """Argon2 is dear on purpose: a quarter of a second for each of thousands of accounts, were it not made cheap here."""
    Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
    Argon2PasswordHasher.memory_cost = 8


@pytest.fixture(scope="session")
def _a_copy_is_enough():
    """The tests' database begins as a copy of one that was migrated before; `migrate` then finds nothing to do."""
    if connection.vendor == "postgresql":
        _, connection.settings_dict["TEST"]["TEMPLATE"] = migrated.on_postgresql(os.environ["DATABASE_URL"])
        return
    create, model = connection.creation._create_test_db, migrated.on_sqlite() / "frontdesk.sqlite3"

    def copied(*args, **kwargs):
        name = create(*args, **kwargs)
        shutil.copyfile(model, name)
        return name

    connection.creation._create_test_db = copied


@pytest.fixture(scope="session")
def django_db_setup(_a_copy_is_enough, django_db_setup):
    """A browser's event loop gives its tests connections of their own, and may leave the first one open behind them.

    PostgreSQL drops no database that anybody is still connected to, so what was opened is closed before that.
    """
    opened = WeakSet()

    def remember(connection, **_):
        if connection.vendor == "postgresql":
            opened.add(connection.connection)

    connection_created.connect(remember)
    yield
    connection_created.disconnect(remember)
    for one in opened:
        one.close()


@pytest.fixture(autouse=True, scope="session")
def _only_what_was_written_is_emptied(django_db_setup, django_db_blocker):
    """After a transactional test the tables that hold something are emptied, and no others.

    Django would truncate a hundred and more, and then write the kinds of content and their permissions anew: a second and
    more a test. The append-only triggers would refuse it besides.
    """
    from django.test import TransactionTestCase

    emptying = TransactionTestCase._fixture_teardown

    def teardown(_self):
        for left in (1, 0):
            under_way.none_within(seconds=30)
            try:
                return _empty()
            except DatabaseError:  # a request came in just then, and the deadlock was broken in its favour
                if not left:
                    raise

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = emptying


KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def _empty():
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    asked = " UNION ALL ".join(
        f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(one)})" for one in tables
    )
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL session_replication_role = replica"
            )  # no trigger speaks, no key is looked up
        else:
            append_only.remove(connection)
            locks.remove(connection)
        cursor.execute(asked)
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        if connection.vendor == "sqlite":
            append_only.install(connection)
            locks.install(connection)


def pytest_sessionfinish(session, exitstatus):
    """In CI nothing may be skipped: a skip there means a machine that cannot prove what it should."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if (
        skipped
        and os.environ.get("FRONTDESK_NO_SKIPS") == "true"
        and not os.environ.get("PYTEST_XDIST_WORKER")
    ):
        session.exitstatus = 1
        reporter.write_line(f"{skipped} tests were skipped where none may be", red=True)
