"""The addresses of the screens about who pays. No address says what is covered; a payer's name is nobody's secret."""

from django.urls import path

from frontdesk.entrypoints.desk.coverage import patient, payers

P = "patients/<int:patient_id>/insurance"

urlpatterns = [
    path("payers", payers.listed, name="payers"),
    path("payers/offer", payers.offer, name="offer_payers"),
    path("payers/add", payers.add, name="add_payer"),
    path("payers/<int:payer_id>", payers.payer, name="payer"),
    path(P, patient.tab, name="patient_insurance"),
    path(f"{P}/add", patient.add, name="add_policy"),
    path(f"{P}/<int:policy_id>", patient.policy, name="policy"),
    path(f"{P}/<int:policy_id>/first", patient.first, name="policy_first"),
]
