"""The privacy notice: every patient has one answer a version, and who has none is listed."""

from datetime import date

import pytest

from frontdesk.kit.errors import Invalid
from frontdesk.office.privacy import queries, services
from frontdesk.office.privacy.errors import NoNotice, SettledAlready
from frontdesk.office.privacy.models import Acknowledgement
from frontdesk.office.privacy.rules.clocks import AFTER, HOWS
from tests.factories.patients import ana, bo
from tests.factories.privacy import published
from tests.people import rosa

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
MAY = {
    ("", "signed"), ("", "refused"), ("", "unable"), ("", "emergency"),
    ("emergency", "signed"), ("emergency", "refused"), ("emergency", "unable"),
    ("refused", "signed"), ("unable", "signed"), ("unable", "refused"),
}  # fmt: skip


def answer(who, how, reason="She asked for time"):
    return services.acknowledge(rosa(), patient_id=who.pk, how=how, reason=reason)


def missing(day=DAY):
    return [one.pk for one in queries.missing(day)]


@pytest.mark.parametrize("before", ["", *HOWS])
@pytest.mark.parametrize("after", HOWS)
def test_what_may_follow_what(before, after):
    published()
    who = ana()
    if before:
        answer(who, before)
    if (before, after) in MAY:
        answer(who, after)
        assert Acknowledgement.objects.get(patient=who).how == after
    else:
        with pytest.raises(SettledAlready):
            answer(who, after)
    assert (after in AFTER[before]) is ((before, after) in MAY)


def test_nothing_is_acknowledged_before_there_is_a_notice():
    with pytest.raises(NoNotice):
        answer(ana(), "signed")
    assert missing() == []


@pytest.mark.parametrize("how", ["refused", "unable"])
def test_no_signature_needs_a_reason(how):
    published()
    with pytest.raises(Invalid):
        answer(ana(), how, reason=" ")


def test_who_has_not_answered_is_listed_and_an_emergency_still_is():
    published()
    one, two, three = ana(), bo(), ana(phone="(617) 555-0199")
    assert missing() == [three.pk, two.pk, one.pk]
    answer(one, "signed")
    answer(two, "refused")
    answer(three, "emergency")
    assert missing() == [three.pk]
    assert [p.pk for p in queries.missing(DAY, among=[one.pk])] == []


def test_a_material_revision_is_put_to_everybody_again_and_another_is_not():
    who = ana()
    published()
    answer(who, "signed")
    published("2026-02", effective=date(2026, 2, 1), is_material=False)
    assert missing() == []
    published("2026-03", effective=date(2026, 3, 1))
    assert missing() == [who.pk]
    answer(who, "signed")
    assert (missing(), Acknowledgement.objects.filter(patient=who).count()) == ([], 2)


def test_a_notice_holds_from_its_day_on():
    published("2026-04", effective=date(2026, 4, 1))
    assert queries.current_notice(DAY) is None
    assert queries.current_notice(date(2026, 4, 1)).label == "2026-04"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"label": "2026-01"}, "label"),
        ({"label": ""}, "label"),
        ({"label": "b", "text": " "}, "text"),
        ({"label": "b", "effective": date(2025, 1, 1)}, "effective"),
    ],
)
def test_what_was_published_stays(fields, wrong):
    published()
    with pytest.raises(Invalid) as refused:
        published(**fields)
    assert wrong in refused.value.fields
