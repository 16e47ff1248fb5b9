"""What is wrong with the database, in a sentence for whoever keeps the system."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from frontdesk.kit.errors import Refused

NOT_READY = "The tables are not there yet, or are those of an older version. Run `frontdesk migrate` first."


def must_be_ready() -> None:
    """Raise `Refused` unless the database answers and its tables are those of this version."""
    if sentence := found():
        raise Refused(sentence)


def found() -> str:
    """Say what keeps the database from being used; "" when nothing does. Names no password."""
    connection.close()
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
    except Error as trouble:
        return f"The database does not answer: {str(trouble).strip().partition(chr(10))[0]}"
    return NOT_READY if executor.migration_plan(executor.loader.graph.leaf_nodes()) else ""
