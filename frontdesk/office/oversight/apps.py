from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "frontdesk.office.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.oversight import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
