from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "frontdesk.office.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.practice import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
