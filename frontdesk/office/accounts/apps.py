from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "frontdesk.office.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.accounts import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
