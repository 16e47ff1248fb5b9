from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "frontdesk.office.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.visits import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
