from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "frontdesk.office.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.ledger import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
