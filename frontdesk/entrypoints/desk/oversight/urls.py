"""The addresses of oversight. Row ids, days and codes only."""

from django.urls import path

from frontdesk.entrypoints.desk.oversight import access, searching, snooping

urlpatterns = [
    path("audit", searching.search, name="audit"),
    path("audit/export", searching.export, name="audit_export"),
    path("audit/<int:number>", searching.entry, name="audit_entry"),
    path("audit/snooping", snooping.week, name="snooping"),
    path("audit/snooping/<int:look_id>", snooping.look, name="snooping_look"),
    path("audit/access", access.review, name="access_review"),
]
