from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "frontdesk.office.keys"
    label = "keys"

    def ready(self) -> None:
        from frontdesk.office.keys import permissions  # noqa: F401, PLC0415 - declares what this room's verbs ask for
