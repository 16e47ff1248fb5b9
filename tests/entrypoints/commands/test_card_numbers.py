"""The proof that no card number is kept finds one wherever it is typed, and takes no word drawn by lot for one."""

import pytest

from frontdesk.entrypoints.commands.card_numbers import kept
from frontdesk.office.patients.models import Patient
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["4242424242424242", "pays with 4242 4242 4242 4242", "card4242424242424242"]
)
def test_a_card_number_is_found_where_it_stands_and_not_repeated(typed):
    Patient.objects.filter(pk=ana().pk).update(legal_middle=typed)
    assert [one.rpartition(",")[0] for one in kept()] == ["patients_patient.legal_middle"]
    assert "4242" not in kept()[0]


@pytest.mark.parametrize(
    "drawn",
    [
        "FDA4242424242424242B08C3",
        "40b9d4242424242424242d9bd308c",
        "a96f578d-4242-4242-4242-4242d49b97b6",
        "0" * 8 + "a4242424242424242b" + "0" * 39,
    ],
)
def test_what_was_drawn_by_lot_is_no_card_number(drawn):
    Patient.objects.filter(pk=ana().pk).update(legal_middle=drawn)
    assert kept() == []
