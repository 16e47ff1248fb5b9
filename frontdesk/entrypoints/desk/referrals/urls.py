"""The addresses of the screens about referrals and authorizations. No address says what for."""

from django.urls import path

from frontdesk.entrypoints.desk.referrals import patient, requests, requirements, worklist

P = "patients/<int:patient_id>/referrals"

urlpatterns = [
    path("referrals", worklist.worklist, name="referrals"),
    path("referrals/answers", requests.answers, name="referral_answers"),
    path("payers/<int:payer_id>/referrals", requirements.requirements, name="payer_requirements"),
    path(f"{P}/part", patient.part, name="patient_referrals"),
    path(f"{P}/add", patient.add, name="add_referral"),
    path(f"{P}/requests/<int:request_id>", requests.request_page, name="referral_request"),
    path(f"{P}/<int:authorization_id>", patient.one, name="referral"),
    path(f"{P}/<int:authorization_id>/ask", patient.ask, name="ask_referral"),
]
