from django.apps import AppConfig


class DowntimeConfig(AppConfig):
    name = "frontdesk.office.downtime"
    label = "downtime"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.downtime import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
