"""The address a carrier is told to call."""

from django.urls import path

from frontdesk.entrypoints.carrier import texts

urlpatterns = [path(texts.PATH.lstrip("/"), texts.text, name="carrier_text")]
