"""Reads of the payments room."""

from frontdesk.office.payments.queries.drawers import business_day, open_session

__all__ = ["business_day", "open_session"]
