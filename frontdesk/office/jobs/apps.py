from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "frontdesk.office.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.jobs import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
