"""The verbs of the payments room."""

from frontdesk.office.payments.services.taking import take

__all__ = ["take"]
