from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "frontdesk.office.coverage"
    label = "coverage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.coverage import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
