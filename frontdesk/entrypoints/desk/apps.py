from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "frontdesk.entrypoints.desk"
    label = "desk"
