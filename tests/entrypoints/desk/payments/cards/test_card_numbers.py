"""A card number that is typed is refused wherever it is typed, kept nowhere, shown nowhere."""

import json
import logging

import pytest

from frontdesk.entrypoints.commands.checking import invariants
from frontdesk.office.patients.models import Draft, Patient
from frontdesk.site.logs import JsonLines
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}
WRITTEN = [
    "4242424242424242",
    "4242 4242 4242 4242",
    "4242-4242-4242-4242",
    "４２４２４２４２４２４２４２４２",
    "3782 822463 10005",
]


@pytest.mark.parametrize("typed", WRITTEN)
def test_a_form_with_a_card_number_is_refused_and_says_where(desk, office, typed):
    who = ana()
    for to, field in (
        (f"/patients/{who.pk}/rows/address", "line"),
        ("/waitlist/add", "wish"),
        ("/walk-in", "reason"),
        ("/drafts", "name"),
        (f"/patients/{who.pk}/payment-link", "amount"),
    ):
        answer = desk.post(to, {field: f"please charge {typed} today"}, **HX)
        said = answer.content.decode()
        assert answer.status_code == 422, to
        assert f"A card number stands in the field “{field.capitalize()}”" in said
        assert typed not in said


@pytest.mark.parametrize("typed", WRITTEN)
def test_it_is_kept_in_no_draft(desk, office, typed):
    values = json.dumps({"internal_note": [f"card {typed}"]})
    assert desk.post("/drafts", {"name": "f", "values": values}).status_code == 422
    desk.post("/lock")
    desk.post("/waitlist/add", {"_draft": "g", "wish": typed})
    assert not Draft.objects.exists()


def test_json_is_looked_through_too(desk, office):
    answer = desk.post(
        "/drafts",
        json.dumps({"note": {"deep": ["4242 4242 4242 4242"]}}),
        content_type="application/json",
        **HX,
    )
    assert answer.status_code == 422
    assert "card number" in answer.content.decode()


def test_who_types_one_as_their_name_to_sign_in_is_refused_and_it_is_not_on_record(client, office):
    answer = client.post("/sign-in", {"username": "4242424242424242", "password": "x"})
    assert answer.status_code == 422
    assert "4242" not in answer.content.decode()
    assert invariants()["no_card_number_is_kept"]() == []


def test_a_member_number_that_looks_like_one_is_taken(desk, office):
    answer = desk.post("/drafts", {"name": "f", "values": json.dumps({"member_id": ["4242424242424242"]})})
    assert answer.status_code == 204


def test_after_a_fuzz_of_forms_no_card_number_stands_anywhere(desk, office):
    who, seen = ana(), []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(JsonLines().format(record))
    logging.getLogger().addHandler(handler)
    try:
        for typed in WRITTEN:
            for to in (
                f"/patients/{who.pk}/rows/address",
                "/waitlist/add",
                "/walk-in",
                "/find",
                "/openings",
                "/visitors",
            ):
                for field in ("words", "name", "reason", "note", "q", "wish", "phone_note"):
                    desk.post(to, {field: typed, "name": "Pat"})
    finally:
        logging.getLogger().removeHandler(handler)
    assert invariants()["no_card_number_is_kept"]() == []
    assert not any(typed in line for line in seen for typed in WRITTEN)
    Patient.objects.filter(pk=who.pk).update(preferred_name="4242 4242 4242 4242")
    found = invariants()["no_card_number_is_kept"]()
    assert found == [f"patients_patient.preferred_name, row {who.pk}: a card number"]
