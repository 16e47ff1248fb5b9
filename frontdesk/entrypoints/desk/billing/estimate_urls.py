"""The addresses of estimates and Medicare notices. No address says whose, or what for."""

from django.urls import path

from frontdesk.entrypoints.desk.billing import abn, estimate, papers, worklist

urlpatterns = [
    path("estimates", worklist.worklist, name="estimates"),
    path("estimates/numbers", worklist.numbers, name="estimate_numbers"),
    path("estimates/<int:estimate_id>", estimate.one, name="estimate"),
    path("estimates/<int:estimate_id>/fees", estimate.fees, name="estimate_fees"),
    path("estimates/<int:estimate_id>/end", estimate.end, name="estimate_end"),
    path("estimates/versions/<int:version_id>/give", estimate.give, name="estimate_give"),
    path("estimates/versions/<int:version_id>.pdf", estimate.pdf, name="estimate_pdf"),
    path("patients/<int:patient_id>/estimates", papers.tab, name="patient_estimates"),
    path("patients/<int:patient_id>/estimates/ask", papers.ask, name="estimate_ask"),
    path("visits/<int:appointment_id>/abn", abn.write, name="abn_write"),
    path("abns/<int:abn_id>", abn.one, name="abn"),
    path("abns/<int:abn_id>.pdf", abn.pdf, name="abn_pdf"),
]
