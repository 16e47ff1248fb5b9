from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "frontdesk.office.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frontdesk.office.referrals import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
