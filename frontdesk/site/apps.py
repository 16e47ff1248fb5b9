from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "frontdesk.site"
    label = "frontdesk_site"

    def ready(self) -> None:
        from frontdesk.site import reactions  # noqa: PLC0415 - rooms can be imported only once all apps are there

        reactions.connect()
