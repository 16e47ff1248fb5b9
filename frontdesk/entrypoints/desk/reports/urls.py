"""The addresses of the reports: codes, ids and days, nothing about a person."""

from django.urls import path

from frontdesk.entrypoints.desk.reports import money, payers, views

urlpatterns = [
    path("reports", views.index, name="reports"),
    path("reports/payers", payers.responses, name="payer_responses"),
    path("reports/payers/rows", payers.behind, name="payer_response_rows"),
    path("reports/money/drawers", money.drawers, name="report_drawers"),
    path("reports/money/drawers/rows", money.drawer_rows, name="report_drawer_rows"),
    path("reports/money/collection", money.collection, name="report_collection"),
    path("reports/money/waived", money.waived_copays, name="report_waived"),
    path("reports/<slug:code>", views.report, name="report"),
    path("reports/<slug:code>/export", views.export, name="report_export"),
    path("reports/<slug:code>/rows", views.behind, name="report_rows"),
    path("reports/<slug:code>/rows/export", views.export_rows, name="report_rows_export"),
]
