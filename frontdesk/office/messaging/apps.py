from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "frontdesk.office.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.messaging import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
