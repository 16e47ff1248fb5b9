from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "frontdesk.office.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.audit import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
