from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "frontdesk.office.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.privacy import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
