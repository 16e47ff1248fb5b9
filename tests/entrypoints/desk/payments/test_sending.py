"""Sending a receipt or a link at the desk: what is offered to whom, one letter each, and who may."""

import re
from datetime import date

import pytest

from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.models import Message
from frontdesk.office.patients.models import Contact, Patient, RelatedPerson
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge
from tests.factories.payments import drawer_open, taken
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def row(desk, who, site):
    Contact.objects.filter(patient=who).delete()
    Contact.objects.create(patient=who, system="email", value="ana@example.org")
    drawer_open(site.pk)
    return taken(who, site.pk, 3500)


@pytest.fixture
def link(row, site):
    made = payments.make_link(
        rosa(), patient_id=row.patient_id, location_id=site.pk, parts=_parts(row), key="link"
    )
    CardCharge.objects.filter(pk=made.pk).update(state="link", link="https://pay.example/c/abc", page="cs_1")
    return made


def _parts(row):
    from frontdesk.office.payments.rules import PURPOSE, Part

    return (Part(row.patient_id, PURPOSE.BALANCE, 4000, ""),)


def html(answer):
    return answer.content.decode()


def panel(desk, row):
    return html(desk.get(f"/payments/{row.pk}", **HX))


def keys(text):
    return set(re.findall(r'<button[^>]*data-key="(\w)"', text))


def send(desk, row, channel="email", key="k1", **fields):
    given = {"channel": channel, "_key": key, "_patient": str(row.patient_id), **fields}
    return desk.post(f"/payments/{row.pk}/send", given, **HX)


def test_what_is_open_is_a_letter_and_what_is_not_is_a_reason(desk, row):
    shown = panel(desk, row)
    assert "E-mail goes to ana@example.org" in shown
    assert "No text: There is no mobile number on file." in shown
    assert "m" in keys(shown)
    assert "t" not in keys(shown)


def test_sent_it_says_so_and_sent_twice_it_is_one_message(desk, row):
    for _ in range(2):
        shown = html(send(desk, row))
    assert "E-mail to <strong>ana@example.org</strong>" in shown
    assert "Waiting" in shown
    assert "m" not in keys(shown)  # what waits is not sent beside itself
    assert Message.objects.count() == 1
    assert "e-mail on its way" in html(desk.get(f"/patients/{row.patient_id}/money"))
    assert "Receipt" in html(desk.get(f"/patients/{row.patient_id}/messages"))
    page = html(desk.get(f"/messages/{Message.objects.get().pk}"))
    assert f'href="/payments/{row.pk}"' in page
    assert "Receipt number: 1" in page


def test_the_same_form_with_another_way_is_refused(desk, row):
    send(desk, row)
    assert send(desk, row, "text").status_code == 409
    assert Message.objects.count() == 1


def test_the_change_stays_in_sight_after_sending(desk, row):
    assert "Done" in html(send(desk, row, fresh="1"))


def test_who_asked_for_no_messages_or_for_a_private_address_is_not_offered_any(desk, row):
    messaging.opt_out(rosa(), channel="email", address="ana@example.org")
    shown = panel(desk, row)
    assert "No e-mail: They asked for no more messages." in shown
    assert "m" not in keys(shown)
    answer = send(desk, row)
    assert answer.status_code == 422
    assert "They asked for no more messages." in html(answer)
    Patient.objects.filter(pk=row.patient_id).update(confidential=True)
    assert "private address only" in panel(desk, row)


def test_a_childs_receipt_goes_to_their_guardian_and_the_panel_says_so(desk, row, other):
    Contact.objects.filter(patient=row.patient_id).delete()
    Contact.objects.filter(patient=other).delete()
    Contact.objects.create(patient=other, system="email", value="mother@example.org")
    RelatedPerson.objects.create(
        patient_id=row.patient_id, person=other, role="guardian", relationship="parent"
    )
    assert "No e-mail: There is no e-mail address on file." in panel(desk, row)
    Patient.objects.filter(pk=row.patient_id).update(birth_date=date(2015, 5, 1))
    assert "E-mail goes to their guardian at mother@example.org" in panel(desk, row)
    send(desk, row)
    assert Message.objects.get().address == "mother@example.org"


def test_a_payment_taken_back_offers_nothing(desk, row):
    payments.take_back(lena(), payment_id=row.pk, reason="The wrong patient", key="back")
    shown = panel(desk, row)
    assert "m" not in keys(shown)
    assert "No e-mail" not in shown
    assert send(desk, row).status_code == 422


def test_letters_of_the_panel_do_not_clash(sign_in, desk, row):
    Contact.objects.create(
        patient_id=row.patient_id, system="phone", use="mobile", value="+16175550134", may_text=True
    )
    shown = panel(sign_in("lead", "lena"), row)
    found = re.findall(r'data-key="(\w)"', shown)
    assert len(found) == len(set(found))
    assert {"p", "m", "t", "n", "b"} <= set(found)


def test_a_trainee_sees_what_was_sent_and_sends_nothing(trainee, desk, row):
    assert trainee.post(f"/payments/{row.pk}/send", {"channel": "email", "_key": "t"}).status_code == 403
    assert not Message.objects.exists()


def test_a_biller_sends_and_another_patients_page_sends_nothing(biller, desk, row, other):
    assert send(biller, row, "email", "k1", _patient=str(other.pk)).status_code == 409
    assert not Message.objects.exists()
    assert send(biller, row, key="k2").status_code == 200


def test_without_scripts_it_is_a_form_like_any_other(desk, row):
    answer = desk.post(f"/payments/{row.pk}/send", {"channel": "email", "_key": "k"})
    assert (answer.status_code, answer["Location"]) == (302, f"/payments/{row.pk}")


def test_a_link_is_sent_while_it_can_be_paid(desk, row, link):
    to = f"/payments/links/{link.pk}/send"
    shown = html(desk.get(f"/payments/cards/{link.pk}", **HX))
    assert f'hx-post="{to}"' in shown
    for _ in range(2):
        answer = desk.post(to, {"channel": "email", "_key": "k"}, **HX)
    assert "E-mail to <strong>ana@example.org</strong>" in html(answer)
    assert Message.objects.count() == 1
    payments.call_off(rosa(), charge_id=link.pk)
    assert desk.post(to, {"channel": "email", "_key": "k2"}, **HX).status_code == 422
    assert f'hx-post="{to}"' not in html(desk.get(f"/payments/cards/{link.pk}", **HX))


def test_its_words_can_be_changed_like_all_others(sign_in, desk, row):
    lead = sign_in("lead", "lena")
    assert "Payment link" in html(lead.get("/messages/templates"))
    shown = html(lead.get("/messages/templates/pay_link/email/es"))
    assert "https://pay.example/c/" in shown
    assert "$35.00" in shown
    wrong = lead.post(
        "/messages/templates/pay_link/text/en", {"body": "Pay {amount}.", "version": "0", "_key": "w"}
    )
    assert "of no use without {pay_at}" in html(wrong)
