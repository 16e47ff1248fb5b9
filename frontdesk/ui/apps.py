from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "frontdesk.ui"
    label = "ui"
