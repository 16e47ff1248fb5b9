"""Every address of the program."""

from django.urls import include, path

urlpatterns = [
    path("", include("frontdesk.entrypoints.portal.urls")),
    path("", include("frontdesk.entrypoints.carrier.urls")),
    path("", include("frontdesk.entrypoints.processor.urls")),
    path("", include("frontdesk.entrypoints.desk.urls")),
]
handler403 = "frontdesk.entrypoints.desk.errors.forbidden"
handler404 = "frontdesk.entrypoints.desk.errors.not_found"
handler500 = "frontdesk.entrypoints.desk.errors.server_error"
