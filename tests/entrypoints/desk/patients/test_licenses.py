"""A license fills the register form; nobody is registered by it, and nothing of it is kept."""

import io

import pytest

from frontdesk.office.patients.models import Patient
from tests.factories.licenses import VERSION_9, payload, picture

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}
TO = "/patients/register/license"


def file(content):
    made = io.BytesIO(content)
    made.name = "back.png"
    return made


def test_its_picture_fills_the_form_and_what_else_was_typed_stays(desk):
    answer = desk.post(
        TO, {"license": file(picture(payload())), "phone": "6175550111", "legal_last": "Ito"}, **HX
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    for value in ("Ana", "Sample-Ito", "3/14/1962", "12 Elm Street", "02143", "6175550111"):
        assert f'value="{value}"' in html
    assert "Filled from the license: name, date of birth, sex, address" in html
    assert not Patient.objects.exists()


def test_what_a_scanner_types_fills_it_too(desk):
    typed = payload(VERSION_9 | {"DBA": "03142024"}).decode().replace("\r", "\n")
    html = desk.post(TO, {"payload": typed}, **HX).content.decode()
    assert 'value="Sample-Ito"' in html
    assert "It ran out on 3/14/2024." in html


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Choose a picture of the back"),
        ({"payload": "0123456789"}, "not the code of a driver"),
        ({"license": b"%PDF-1.7"}, "no whole JPEG or PNG"),
    ],
)
def test_what_is_none_is_said_at_the_field_and_the_form_keeps_what_was_typed(desk, sent, why):
    given = {name: file(one) if isinstance(one, bytes) else one for name, one in sent.items()}
    answer = desk.post(TO, given | {"legal_first": "Zelda"}, **HX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert why in html
    assert 'value="Zelda"' in html


def test_whoever_is_registered_already_is_shown_beside_it(desk, who):
    same = payload(VERSION_9 | {"DCS": "ITO", "DAC": "ANA", "DAD": ""})
    assert (
        "Ana Ito"
        in desk.post(TO, {"payload": same.decode()}, **HX).content.decode().split("register-beside")[1]
    )


def test_who_may_not_register_reads_none(trainee):
    assert trainee.post(TO, {"payload": payload().decode()}, **HX).status_code == 403
