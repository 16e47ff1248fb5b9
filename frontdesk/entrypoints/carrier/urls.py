"""The address a carrier is told to call."""

from django.urls import path

from frontdesk.entrypoints.carrier import may, texts  # noqa: F401 - `may` is read for what each address stands on

urlpatterns = [path(texts.PATH.lstrip("/"), texts.text, name="carrier_text")]
