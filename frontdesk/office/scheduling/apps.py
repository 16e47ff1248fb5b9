from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "frontdesk.office.scheduling"
    label = "scheduling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.scheduling import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
