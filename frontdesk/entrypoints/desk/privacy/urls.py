"""The addresses of the screens about privacy. Ids are row ids; no address says who spoke or what was told."""

from django.urls import path

from frontdesk.entrypoints.desk.privacy import alarms, notices, overview, papers, patient, rows, verifying

P = "patients/<int:patient_id>"

urlpatterns = [
    path("privacy", overview.desk, name="privacy_desk"),
    path("privacy/alarms/<int:alarm_id>", alarms.alarm, name="verification_alarm"),
    path("privacy/notices", notices.notices, name="privacy_notices"),
    path("privacy/notices/<int:notice_id>", notices.notice, name="privacy_notice"),
    path(f"{P}/verify", verifying.verify, name="verify"),
    path(f"{P}/verify/end", verifying.end, name="end_call"),
    path(f"{P}/privacy", patient.tab, name="patient_privacy"),
    path(f"{P}/privacy/accounting", papers.accounting, name="accounting"),
    path(f"{P}/privacy/record", papers.record, name="export_record"),
    path(f"{P}/privacy/disclosures/<int:row_id>", papers.disclosure, name="disclosure_sheet"),
    path(f"{P}/privacy/<slug:name>", patient.sheet, name="privacy_sheet"),
    path(f"{P}/privacy/<slug:kind>/<int:row_id>", rows.row, name="privacy_row"),
]
