"""An answer is taken only for whom it is about."""

from datetime import date

import pytest

from frontdesk.exchange.eligibility.inquirer import ours
from frontdesk.office.coverage.asking import Inquiry, Insured
from frontdesk.office.coverage.rules import Known, Rejection, Told

BORN, CHILD = date(1980, 1, 31), date(2016, 6, 30)
PARENT = Known("REYES", "UMA", member_id="W1", birth_date=BORN)
LEO = Known("REYES", "LEO", birth_date=CHILD)


def inquiry(*, child=False):
    return Inquiry(
        id=1, trace="FD1", patient_id=1, about="", connection="", payer_id=1, payer="P", payer_number="P1", practice="E",
        npi="1234567893", member_id="W1", group_number="", subscriber=Insured("Reyes", "Uma", BORN),
        dependent=Insured("Reyes", "Leo", CHILD) if child else None, relationship="child" if child else "self",
        day=date(2026, 3, 3), services=("30",), is_live=True, attempts=1,
    )  # fmt: skip


def told(child=None, traces=("FD1",), **more):
    return Told(subscriber=PARENT, dependent=child, traces=traces, **more)


@pytest.mark.parametrize(
    ("asked", "answers", "at"),
    [
        (inquiry(), [told()], 0),
        (inquiry(child=True), [told(), told(LEO)], 1),
        (inquiry(child=True), [told(LEO)], 0),
        (inquiry(), [told(LEO, ("FD2",)), told()], 1),
        # The payer knows the child as a subscriber of their own: our number says that it is the answer.
        (inquiry(child=True), [told()], 0),
        (inquiry(), [told(traces=("FD2",))], None),
        (inquiry(), [told(traces=())], 0),
        (inquiry(child=True), [told(traces=())], None),
        (inquiry(), [Told(subscriber=Known("X", "Y", birth_date=CHILD))], None),
        (inquiry(), [told(), Told(subscriber=LEO, traces=("FD1",))], 0),
        (inquiry(), [told(), told()], None),
        (inquiry(), [Told(rejections=(Rejection("payer", "42"),))], 0),
        (inquiry(child=True), [Told(rejections=(Rejection("payer", "42"),))], 0),
        (inquiry(), [], None),
    ],
)
def test_whose(asked, answers, at):
    assert ours(asked, tuple(answers)) == (None if at is None else answers[at])
