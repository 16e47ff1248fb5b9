"""The addresses of the screens about people. Ids are row ids; what is searched for stands in no address."""

from django.urls import path

from frontdesk.entrypoints.desk.patients import (
    glass,
    history,
    merging,
    photos,
    record,
    registering,
    rows,
    search,
    sections,
)

urlpatterns = [
    path("patients", search.search, name="patients"),
    path("patients/register", registering.register, name="register"),
    path("patients/register/check", registering.check, name="register_check"),
    path("patients/register/family", registering.family, name="register_family"),
    path("patients/merge-queue", merging.queue, name="merge_queue"),
    path("patients/merge-queue/<int:pair_id>/merge", merging.merge, name="merge_pair"),
    path("patients/merge-queue/<int:pair_id>/apart", merging.apart, name="dismiss_pair"),
    path("patients/merges/<int:merge_id>/undo", merging.undo, name="unmerge"),
    path("patients/<int:patient_id>", record.overview, name="patient"),
    path("patients/<int:patient_id>/person", record.person, name="patient_person"),
    path("patients/<int:patient_id>/contacts", record.contacts, name="patient_contacts"),
    path("patients/<int:patient_id>/alerts", record.alerts, name="patient_alerts"),
    path("patients/<int:patient_id>/alerts/<int:row_id>/read", rows.read, name="read_alert"),
    path("patients/<int:patient_id>/visits", record.visits, name="patient_visits"),
    path("patients/<int:patient_id>/history", history.tab, name="patient_history"),
    path("patients/<int:patient_id>/glass", glass.glass, name="break_glass"),
    path("patients/<int:patient_id>/glass/end", glass.put_back, name="end_glass"),
    path("patients/<int:patient_id>/labels", glass.labels, name="patient_labels"),
    path("privacy/labels", glass.things, name="labels"),
    path("privacy/glass", glass.broken, name="broken_glass"),
    path("privacy/glass/<int:glass_id>", glass.review, name="review_glass"),
    path("patients/<int:patient_id>/photo", photos.photo, name="patient_photo"),
    path("patients/<int:patient_id>/photo/set", photos.keep, name="set_photo"),
    path("patients/<int:patient_id>/photo/remove", photos.remove, name="remove_photo"),
    path("patients/<int:patient_id>/confirm", sections.confirm_all, name="confirm_all"),
    path("patients/<int:patient_id>/sections/<slug:code>", sections.section, name="section"),
    path("patients/<int:patient_id>/sections/<slug:code>/confirm", sections.confirm, name="confirm_section"),
    path("patients/<int:patient_id>/rows/<slug:kind>", rows.add, name="add_row"),
    path("patients/<int:patient_id>/rows/<slug:kind>/<int:row_id>", rows.change, name="change_row"),
    path("patients/<int:patient_id>/rows/<slug:kind>/<int:row_id>/end", rows.end, name="end_row"),
]
