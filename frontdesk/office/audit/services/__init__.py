"""The one way to write, and what is written of it."""

from frontdesk.office.audit.services.pages import begin_settling, settled_before_leaving
from frontdesk.office.audit.services.verbs import FormKeyReused, record, service

__all__ = ["FormKeyReused", "begin_settling", "record", "service", "settled_before_leaving"]
