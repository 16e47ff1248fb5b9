from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "frontdesk.office.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.payments import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
