"""The addresses of the screens about who pays. No address says what is covered; a payer's name is nobody's secret."""

from django.urls import path

from frontdesk.entrypoints.desk.coverage import (
    answers,
    cards,
    cases,
    medicare,
    networks,
    order,
    patient,
    payers,
    verifying,
)

P = "patients/<int:patient_id>/insurance"

urlpatterns = [
    path("payers", payers.listed, name="payers"),
    path("payers/offer", payers.offer, name="offer_payers"),
    path("payers/add", payers.add, name="add_payer"),
    path("payers/<int:payer_id>", payers.payer, name="payer"),
    path("payers/<int:payer_id>/networks", networks.listed, name="payer_networks"),
    path("payers/<int:payer_id>/networks/<int:network_id>/end", networks.end, name="end_network"),
    path(f"{P}/cases/add", cases.add, name="add_case"),
    path(f"{P}/cases/<int:case_id>", cases.case, name="case"),
    path(f"{P}/medicare", medicare.ask, name="medicare_questions"),
    path(f"{P}/medicare/unchanged", medicare.unchanged, name="medicare_unchanged"),
    path(f"{P}/order", order.facts, name="order_facts"),
    path(f"{P}/order/accept", order.accept, name="accept_order"),
    path(P, patient.tab, name="patient_insurance"),
    path(f"{P}/cards/scan", cards.scan, name="scan_card"),
    path(f"{P}/cards/<int:card_id>", cards.card, name="card_scan"),
    path(f"{P}/cards/<int:card_id>/reading", cards.reading, name="card_reading"),
    path(f"{P}/cards/<int:card_id>/dismiss", cards.dismiss, name="dismiss_card"),
    path(f"{P}/cards/pictures/<int:picture_id>", cards.picture, name="card_picture"),
    path(f"{P}/add", patient.add, name="add_policy"),
    path(f"{P}/<int:policy_id>", patient.policy, name="policy"),
    path(f"{P}/<int:policy_id>/first", patient.first, name="policy_first"),
    path(f"{P}/<int:policy_id>/verify", verifying.verify, name="verify_policy"),
    path(f"{P}/<int:policy_id>/verdict", verifying.verdict, name="policy_verdict"),
    path(f"{P}/<int:policy_id>/accept", verifying.accept, name="accept_spelling"),
    path(f"{P}/<int:policy_id>/phone", answers.by_phone, name="policy_by_phone"),
    path(f"{P}/<int:policy_id>/answers/<int:check_id>", answers.answer, name="policy_answer"),
]
