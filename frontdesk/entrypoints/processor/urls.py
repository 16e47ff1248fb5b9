"""The address the card processor is told to call."""

from django.urls import path

from frontdesk.entrypoints.processor import events, may  # noqa: F401 - `may` is read for what each address stands on

urlpatterns = [path("processor/events", events.event, name="processor_event")]
