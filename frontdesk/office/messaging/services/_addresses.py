"""Deciding about one address, one at a time."""

from django.db import connection


def hold_address(address: str) -> None:
    """Let only one at a time decide about an address: the marking of a message, and a stop. SQLite always does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"messaging {address}"])
