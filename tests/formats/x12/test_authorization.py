"""A request for an authorization made from its words, and what its answers say."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from frontdesk.formats import x12
from frontdesk.formats.x12.records.authorization import PatientEvent, Wanted, Who
from tests.formats.x12 import corpus

AT = datetime(2026, 3, 3, 9, 0)
ASKED = Wanted(
    reference="R-1",
    trace="FR1",
    organization=Who("GREAT LAKES HEALTH", number="GLH01"),
    requester=Who("BACK BAY FAMILY MEDICINE", number="1234567893"),
    subscriber=Who("ITO", "KENJI", "W1234567", date(1958, 9, 12), "M"),
)


def file_of(wanted):
    return x12.write([x12.build_278(wanted, AT)], ("ZZ", "BACKBAYFM"), ("ZZ", "GLH01"), AT)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"begins": date(2026, 3, 10), "visits": 12, "category": "SC", "service_type": "98"},
        {"begins": date(2026, 3, 10), "ends": date(2026, 3, 10), "phone": "+1 (617) 555-0100"},
        {"diagnoses": ("M545", "E119"), "previous": "AUTH1", "message": "Knee * after ~ surgery", "begins": date(2026, 3, 1)},
        {"dependent": Who("ITO", "MEI", "", date(2016, 6, 30), "F", "19"), "visits": 6},
        {"referrer": Who("OKAFOR", "GRACE", "1245319599"), "sees_them": Who("REYES", "DANA", "1993999998")},
    ],
)  # fmt: skip
def test_what_is_made_from_words_is_sound_and_is_read_back_the_same(more):
    content = file_of(replace(ASKED, **more))
    assert [str(finding) for finding in x12.check(content)] == []
    [found] = x12.parse_278(content)
    assert x12.build(found) in content
    assert not found.is_answer


def test_the_words_stand_where_the_guide_has_them():
    wanted = replace(
        ASKED, begins=date(2026, 3, 10), ends=date(2026, 6, 10), visits=12, category="SC", service_type="98"
    )
    content = file_of(wanted)
    assert (
        b"~HL*4*3*EV*0~TRN*1*FR1*9123456789~UM*SC*I*98*11:B~DTP*AAH*RD8*20260310-20260610~HSD*VS*12~SE*"
        in content
    )


def test_a_dependents_request_lies_below_the_subscriber():
    content = file_of(replace(ASKED, dependent=Who("ITO", "MEI", "", date(2016, 6, 30), "F", "19")))
    assert b"~HL*4*3*23*1~NM1*QC*1*ITO*MEI~DMG*D8*20160630*F~INS*N*19~HL*5*4*EV*0~" in content
    [found] = x12.parse_278(content)
    holder = found.organizations[0].requesters[0].subscribers[0]
    assert (holder.events, holder.dependents[0].events[0].traces[0].number) == ([], "FR1")


def test_an_answer_says_what_was_decided_under_which_number_for_what():
    [answer] = x12.parse_278(corpus.valid("278A"))
    [event] = answer.all(PatientEvent)
    assert answer.is_answer
    assert (event.decision.action, event.decision.number) == ("A1", "AUTH778")
    assert (event.dates[0].start, event.dates[0].end) == (date(2026, 3, 10), date(2026, 6, 10))
    assert (event.deliveries[0].qualifier, event.deliveries[0].quantity) == ("VS", 12)
    assert [message.text for message in event.messages] == ["TWELVE VISITS ARE APPROVED"]
