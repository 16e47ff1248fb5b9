"""The addresses of the desk. Ids are row ids; no address holds a name, a date of birth or an MRN."""

from django.urls import include, path

from frontdesk.entrypoints.desk import (  # noqa: F401 - `may` is read for what each address stands on
    catalogue,
    colleagues,
    drafts,
    finding,
    may,
    opening,
    places,
    roles,
    session,
)

urlpatterns = [
    path("find", finding.find, name="find"),
    path("drafts", drafts.drafts, name="drafts"),
    path("", include("frontdesk.entrypoints.desk.urls_signing_in")),
    path("people", colleagues.people, name="people"),
    path("people/new", colleagues.add, name="add_colleague"),
    path("people/roles", roles.index, name="roles"),
    path("people/roles/<slug:code>", roles.role, name="role"),
    path("people/<int:user_id>", colleagues.change, name="colleague"),
    path("people/<int:user_id>/password", colleagues.one_time, name="one_time_password"),
    path("people/<int:user_id>/end", colleagues.end, name="end_access"),
    path("practice", places.organisation, name="practice"),
    path("locations", places.places, name="locations"),
    path("locations/new", places.edit, name="new_location"),
    path("locations/<int:location_id>", places.edit, name="edit_location"),
    path("location", session.choose_location, name="choose_location"),
    path("preferences", session.preferences, name="preferences"),
    path("set-up", opening.set_up, name="set_up"),
    path("resources/new", opening.add_resource, name="add_resource"),
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("", include("frontdesk.entrypoints.desk.patients.urls")),
    path("", include("frontdesk.entrypoints.desk.scheduling.urls")),
    path("", include("frontdesk.entrypoints.desk.visits.urls")),
    path("", include("frontdesk.entrypoints.desk.reports.urls")),
    path("", include("frontdesk.entrypoints.desk.downtime.urls")),
    path("", include("frontdesk.entrypoints.desk.messaging.urls")),
    path("", include("frontdesk.entrypoints.desk.oversight.urls")),
    path("", include("frontdesk.entrypoints.desk.privacy.urls")),
    path("", include("frontdesk.entrypoints.desk.coverage.urls")),
    path("", include("frontdesk.entrypoints.desk.referrals.urls")),
    path("", include("frontdesk.entrypoints.desk.payments.urls_cards")),
]
