"""The addresses of downtime. A form's address is its row id, never the number that stands on paper."""

from django.urls import path

from frontdesk.entrypoints.desk.downtime import entering, overview

urlpatterns = [
    path("downtime", overview.downtime, name="downtime"),
    path("downtime/find", entering.find, name="downtime_find"),
    path("downtime/adopt", entering.adopt, name="downtime_adopt"),
    path("downtime/forms/<int:form_id>", entering.form, name="downtime_form"),
    path("downtime/forms/<int:form_id>/void", entering.void, name="downtime_void"),
    path("downtime/packs/<int:location_id>/<slug:stamp>/<slug:kind>", overview.take, name="downtime_pack"),
]
