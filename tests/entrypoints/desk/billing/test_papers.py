"""Estimates and Medicare notices at the desk: due, written, printed, given; and what a visit's card says of them."""

import pytest

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.billing.models import Abn, Estimate, EstimateGiven, EstimateVersion
from frontdesk.office.jobs import services as jobs
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling import services as scheduling
from tests.factories import estimates as make_billing
from tests.factories import scheduling as make
from tests.factories.coverage import payer, policy
from tests.reading import words

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}
FORM = {
    "primary": "Follow-up of diabetes", "language": "en", "diagnoses": "E11.9 i10", "code-0": "99213", "units-0": "1",
    "code-1": "83036-qw", "units-1": "2", "words-1": "Hemoglobin A1c", "amount-1": "$71", "apart": "Eye examination\n\n",
    "other-0": "Harbor Laboratories", "other-words-0": "Metabolic panel", "other-code-0": "80053", "other-amount-0": "55.00",
    "other-answered-0": "yes", "other-1": "Harbor Imaging", "other-words-1": "Ultrasound", "other-answered-1": "no",
}  # fmt: skip


@pytest.fixture
def patient():
    from tests.factories.patients import ana

    return ana()


@pytest.fixture
def visit(office, patient):
    return scheduling.book(make.actor(), patient_id=patient.pk, **office.ask(office.at(9)))


@pytest.fixture
def covered(visit):
    policy(visit.patient, payer_id=payer(name="Medicare", kind="medicare").pk)
    return visit


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    said = words(answer.content)
    return " ".join(said.split()), said.count("\f")


def html(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_a_visit_without_insurance_stands_on_the_list_until_its_estimate_is_written_and_given(desk, visit):
    make_billing.fee()
    jobs.work_off("test")
    row = Estimate.objects.get()
    listed = html(desk.get("/estimates"))
    assert "due by 5 PM tomorrow, in 17 business hours" in listed
    assert "No insurance on file" in listed
    assert AuditEntry.objects.filter(action="billing.open_estimates").exists()

    sent = desk.post(f"/estimates/{row.pk}", {**FORM, "version": row.version, "_patient": visit.patient_id})
    assert sent.status_code == 302
    made = EstimateVersion.objects.get()
    assert (made.cents, made.diagnoses) == (165_00 + 71_00 + 55_00, ["E11.9", "I10"])
    page = html(desk.get(f"/estimates/{row.pk}"))
    assert "No. 1, version 1" in page
    assert "Written, not given" in html(desk.get("/estimates"))

    desk.post(f"/estimates/versions/{made.pk}/give", {"how": "hand", "_patient": visit.patient_id})
    assert EstimateGiven.objects.get().how == "hand"
    listed = html(desk.get("/estimates"))
    assert "By hand, 3/3/2026" in listed
    assert "No estimate is due" not in listed


def test_the_paper_says_all_that_the_law_asks_for_and_is_the_same_each_time(desk, visit):
    make_billing.fee()
    row = make_billing.due(visit)
    desk.post(f"/estimates/{row.pk}", {**FORM, "version": row.version})
    made = EstimateVersion.objects.get()
    answer = desk.get(f"/estimates/versions/{made.pk}.pdf")
    said, pages = words_of(answer)
    assert pages == 1
    for told in (
        "Good Faith Estimate", "Ana Ito", "Born 3/14/1962", "Follow-up of diabetes", "Tuesday, March 10, 2026", "E11.9, I10",
        "Dana Lee, MD", "99213", "83036-QW", "$165.00", "$71.00", "$291.00", "Harbor Laboratories", "Harbor Imaging", "—",
        "they have not answered yet", "Somerville, MA 02143", "NPI", "Tax ID", "Eye examination", "have to be scheduled separately",
        "There may be other items or services.", "This is only an estimate.", "$400 or more", "120 calendar days",
        "www.cms.gov/nosurprises/consumers", "will not adversely affect the quality", "This is not a contract.",
    ):  # fmt: skip
        assert told in said, told
    Patient.objects.filter(pk=visit.patient_id).update(legal_last="Sato")
    Provider.objects.update(last_name="Kim")
    assert desk.get(f"/estimates/versions/{made.pk}.pdf").content == answer.content
    assert "Ito" not in answer["Content-Disposition"]


def test_in_spanish_for_who_speaks_it(desk, visit):
    make_billing.fee()
    row = make_billing.due(visit)
    desk.post(f"/estimates/{row.pk}", {**FORM, "language": "es", "version": row.version})
    said, pages = words_of(desk.get(f"/estimates/versions/{EstimateVersion.objects.get().pk}.pdf"))
    assert pages == 1
    for told in ("Estimación de buena fe", "martes, 10 de marzo de 2026", "Total de los cargos previstos", "Esto no es un contrato.", "Página 1 de 1"):  # fmt: skip
        assert told in said, told


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_the_field(desk, visit):
    make_billing.fee()
    row = make_billing.due(visit)
    sent = {**FORM, "code-0": "12", "diagnoses": "diabetes", "amount-1": "a lot", "version": row.version}
    page = html(desk.post(f"/estimates/{row.pk}", sent), 422)
    assert "is no CPT or HCPCS code" in page
    assert "is no ICD-10 code" in page
    assert 'value="a lot"' in page
    assert 'id="f-code-0-error"' in page
    assert not EstimateVersion.objects.exists()


def test_a_form_sent_twice_writes_one_version(desk, visit):
    make_billing.fee()
    row = make_billing.due(visit)
    sent = {**FORM, "version": row.version, "_key": "the same form"}
    assert desk.post(f"/estimates/{row.pk}", sent).status_code == 302
    assert desk.post(f"/estimates/{row.pk}", sent).status_code == 302
    assert EstimateVersion.objects.count() == 1


def test_the_form_begins_with_what_such_a_visit_usually_is_made_of_and_finds_fees_of_codes_as_typed(
    desk, visit
):
    make_billing.fee()
    make_billing.fee(code="36415", cents=12_50, words="Blood draw")
    make_billing.usual(visit.visit_type)
    row = make_billing.due(visit)
    page = html(desk.get(f"/estimates/{row.pk}"))
    assert 'value="99213"' in page
    assert "$165.00 · Office visit, established patient" in page
    found = html(desk.post(f"/estimates/{row.pk}/fees", {"code-0": "99213", "code-1": "36415", "units-1": "2", "code-2": "99999"}, **HX))  # fmt: skip
    assert "$25.00 · Blood draw" in found
    assert "No fee: write the amount" in found
    assert ">$190.00<" in found


def test_a_question_about_cost_is_noted_from_the_record(desk, visit):
    to = f"/patients/{visit.patient_id}/estimates"
    assert "How much" not in html(desk.get(to))
    sent = {"do": "ask", "about": f"visit-{visit.pk}", "words": "How much is it?"}
    assert desk.post(f"{to}/ask", sent, **HX).status_code == 204
    assert Estimate.objects.get().appointment_id == visit.pk
    assert "How much is it?" in html(desk.get(to))


def test_none_needed_takes_a_reason(desk, visit):
    row = make_billing.due(visit)
    sent = {"do": "end", "reason": "", "version": row.version}
    assert desk.post(f"/estimates/{row.pk}/end", sent, **HX).status_code == 422
    assert desk.post(f"/estimates/{row.pk}/end", {**sent, "reason": "Free care"}, **HX).status_code == 204
    assert Estimate.objects.get().state == "ended"


def test_the_card_of_a_visit_says_when_its_estimate_is_due_and_then_that_it_was_given(desk, visit):
    make_billing.fee()
    jobs.work_off("test")
    assert "Good Faith Estimate due by 5 PM tomorrow" in html(desk.get(f"/visits/{visit.pk}"))
    row = Estimate.objects.get()
    desk.post(f"/estimates/{row.pk}", {**FORM, "version": row.version})
    desk.post(f"/estimates/versions/{EstimateVersion.objects.get().pk}/give", {"how": "hand"})
    assert "Good Faith Estimate given by hand: $291.00" in html(desk.get(f"/visits/{visit.pk}"))


def test_a_notice_is_written_at_the_visit_printed_with_its_boxes_empty_and_its_choice_noted(desk, covered):
    assert f"/visits/{covered.pk}/abn" in html(desk.get(f"/visits/{covered.pk}"))
    reason = "Medicare does not pay for this for your condition"
    sent = {
        "do": "write",
        "words-0": "Vitamin D test",
        "reason-0": reason,
        "amount-0": "85",
        "language": "en",
    }
    assert desk.post(f"/visits/{covered.pk}/abn", {**sent, "amount-0": "some"}, **HX).status_code == 422
    assert desk.post(f"/visits/{covered.pk}/abn", sent, **HX).status_code == 204
    row = Abn.objects.get()
    answer = desk.get(f"/abns/{row.pk}.pdf")
    said, pages = words_of(answer)
    assert pages == 1
    for told in (
        "A. Notifier: Elm Street Family Medicine", "B. Patient Name: Ana Ito", f"C. Identification Number: {covered.patient.mrn}",
        "Vitamin D test", reason, "$85.00", "Check only one box. We cannot choose a box for you.", "OPTION 1.", "OPTION 2.", "OPTION 3.",
        "H. Additional Information:", "I. Signature:", "J. Date:", "CMS does not discriminate", "0938-0566", "Form CMS-R-131 (Exp. 01/31/2026)",
    ):  # fmt: skip
        assert told in said, told
    assert said.count("\u2610") == 3
    assert "W123456789" not in said, "never the number of Medicare"
    choice = {
        "do": "choice",
        "choice": "1",
        "signed_on": "3/3/2026",
        "copy_given": "on",
        "version": row.version,
    }
    assert desk.post(f"/abns/{row.pk}", choice, **HX).status_code == 204
    assert "Bill Medicare with GA" in html(desk.get(f"/visits/{covered.pk}"))
    assert "Bill Medicare with GA" in html(desk.get(f"/patients/{covered.patient_id}/estimates"))
    assert desk.get(f"/abns/{row.pk}.pdf").content == answer.content


def test_a_notice_in_spanish(desk, covered):
    row = make_billing.abn(covered, language="es")
    said, pages = words_of(desk.get(f"/abns/{row.pk}.pdf"))
    assert pages == 1
    assert "OPCIÓN 3." in said
    assert "CMS-R-131-SP" in said


def test_who_is_in_training_sees_the_papers_and_writes_none(trainee, visit):
    row = make_billing.due(visit)
    assert trainee.get(f"/estimates/{row.pk}").status_code == 200
    assert trainee.post(f"/estimates/{row.pk}", FORM).status_code == 403
    assert trainee.get(f"/visits/{visit.pk}/abn").status_code == 403


def test_the_practices_numbers_are_set_in_the_office(manager_desk, office):
    assert manager_desk.post("/estimates/numbers", {"do": "set", "tin": "12"}, **HX).status_code == 422
    assert manager_desk.post("/estimates/numbers", {"do": "set", "tin": "12-3456789", "abn_expires": "03/31/2029"}, **HX).status_code == 204  # fmt: skip
