from django.apps import AppConfig
from django.db.models.signals import pre_save

from frontdesk.kit import fitting


class SiteConfig(AppConfig):
    name = "frontdesk.site"
    label = "frontdesk_site"

    def ready(self) -> None:
        from frontdesk.site import reactions  # noqa: PLC0415 - rooms can be imported only once all apps are there

        reactions.connect()
        pre_save.connect(fitting.before_saving, dispatch_uid="frontdesk.fitting")
