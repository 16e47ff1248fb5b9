"""The addresses of money at the desk. Ids are row ids."""

from django.urls import path

from frontdesk.entrypoints.desk.payments import (
    adjusting,
    autopay,
    crediting,
    giving_back,
    money,
    plans,
    receipt,
    sending,
    sheet,
)

TENDER = "payments/<int:payment_id>/tenders/<int:tender_id>"
urlpatterns = [
    path("payments/take/<int:patient_id>", sheet.take, name="payment_sheet"),
    path("payments/plans", plans.plans, name="payment_plans"),
    path("payments/plans/<int:plan_id>", plans.plan, name="payment_plan"),
    path("payments/plans/<int:plan_id>/autopay", autopay.autopay, name="payment_autopay"),
    path("payments/plans/<int:plan_id>/plan.pdf", plans.printed, name="payment_plan_paper"),
    path("payments/rules", plans.rules, name="payment_rules"),
    path("payments/<int:payment_id>", receipt.one, name="payment"),
    path("payments/<int:payment_id>/receipt.pdf", receipt.printed, name="payment_receipt"),
    path("payments/<int:payment_id>/send", sending.send_receipt, name="payment_send"),
    path("payments/<int:payment_id>/take-back", giving_back.take_back, name="payment_take_back"),
    path(f"{TENDER}/refund", giving_back.refund, name="payment_refund"),
    path(f"{TENDER}/returned", giving_back.returned, name="payment_returned"),
    path("patients/<int:patient_id>/money", money.money, name="payment_account"),
    path("patients/<int:patient_id>/money/apply", crediting.apply, name="payment_apply"),
    path("patients/<int:patient_id>/money/adjust", adjusting.adjust, name="payment_adjust"),
    path("patients/<int:patient_id>/money/transfer", adjusting.transfer, name="payment_transfer"),
    path("patients/<int:patient_id>/money/plan", plans.agree, name="payment_agree_plan"),
]
