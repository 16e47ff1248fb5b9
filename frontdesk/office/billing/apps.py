from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "frontdesk.office.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.billing import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
