"""The addresses of fees, and of a visit's charges."""

from django.urls import path

from frontdesk.entrypoints.desk.fees import asking, listed, visit

urlpatterns = [
    path("fees", listed.listed, name="fee_list"),
    path("fees/add", listed.add, name="fee_add"),
    path("fees/codes/<slug:code>", listed.code, name="fee_code"),
    path("fees/codes/<slug:code>/rate", listed.rate, name="fee_rate"),
    path("fees/usual", listed.usual, name="fee_usual"),
    path("fees/usual/<int:visit_type_id>", listed.usual_of, name="fee_usual_of"),
    path("fees/asking", asking.asking, name="fee_asking"),
    path("patients/<int:patient_id>/sliding-fee", asking.household, name="fee_household"),
    path("visits/<int:appointment_id>/charges", visit.charges, name="fee_charges"),
    path("visits/<int:appointment_id>/not-collected", visit.not_collected, name="fee_not_collected"),
]
