from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "frontdesk.office.patients"
    label = "patients"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.patients import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
