"""What was waived, for the manager: before the charge as after it, at the sites asked for."""

import pytest

from frontdesk.office.billing import services as billing
from frontdesk.office.billing.queries import waived
from tests.factories import billing as make
from tests.factories.scheduling import TUESDAY
from tests.people import lena

pytestmark = pytest.mark.django_db


def test_a_copay_waived_before_the_visit_is_charged_is_reported_where_it_was(the):
    row = the.insured()
    billing.waive(lena(), appointment_id=row.pk, cents=3500, reason="Hardship", key=make.key())
    [found] = waived([row.location_id], TUESDAY, TUESDAY)
    assert (found.cents, found.words, found.by_name) == (3500, "Hardship", "Lena")
    assert waived([row.location_id + 1], TUESDAY, TUESDAY) == []
