"""Disclosures and their accounting: exactly the accountable ones of six years, and none that is suspended."""

from datetime import date, datetime, timedelta, UTC
from random import Random

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.privacy import queries, services
from frontdesk.office.privacy.errors import SettledAlready
from frontdesk.office.privacy.models import Disclosure
from frontdesk.office.privacy.rules.telling import BASES, is_hidden, window, wrong_suspension
from tests.factories.patients import ana, bo
from tests.factories.privacy import asked, disclosed
from tests.people import mia

DAY = date(2026, 3, 3)
NOT_ACCOUNTED = {
    "treatment", "payment", "operations", "individual", "authorized", "involved", "incidental",
    "limited_data_set", "national_security", "custody", "emergency",
}  # fmt: skip


def test_what_the_rule_leaves_out_and_nothing_else_is_left_out():
    assert {code for code, basis in BASES.items() if not basis.accountable} == NOT_ACCOUNTED


@pytest.mark.parametrize(("day", "first"), [(DAY, date(2020, 3, 3)), (date(2028, 2, 29), date(2022, 2, 28))])
def test_it_goes_back_six_years(day, first):
    assert window(day) == (first, day)


@pytest.mark.parametrize(
    ("basis", "stated", "until", "oral", "right"),
    [
        ("law_enforcement", DAY, DAY + timedelta(days=30), True, True),
        ("law_enforcement", DAY, DAY + timedelta(days=31), True, False),
        ("law_enforcement", DAY, DAY + timedelta(days=365), False, True),
        ("oversight", DAY, DAY + timedelta(days=90), False, True),
        ("public_health", DAY, DAY + timedelta(days=5), False, False),
        ("law_enforcement", None, DAY, False, False),
        ("law_enforcement", DAY, DAY - timedelta(days=1), False, False),
        ("public_health", None, None, False, True),
    ],
)
def test_an_agency_may_have_one_hidden_for_a_time(basis, stated, until, oral, right):
    assert (wrong_suspension(basis, stated, until, oral=oral) == "") is right


def test_the_last_day_of_a_suspension_still_hides():
    assert [is_hidden(DAY, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [True, True, False]
    assert not is_hidden(None, DAY)


@pytest.mark.django_db
def test_of_five_hundred_of_all_kinds_exactly_the_accountable_ones_of_the_window_are_told():
    """What must stand in it is worked out here from the rule's own words, not from the code's table."""
    chance, who, other = Random(164529), ana(), bo()
    expected, hidden = set(), set()
    rows = []
    for number in range(500):
        basis = chance.choice(sorted(BASES))
        on = DAY - timedelta(
            days=chance.choice([0, 1, 30, 365, 2190, 2191, 2192, 2193, chance.randrange(4000)])
        )
        until = None
        if basis in {"law_enforcement", "oversight"} and chance.random() < 0.6:
            until = DAY + timedelta(days=chance.randrange(-40, 40))
        owner = who if chance.random() < 0.8 else other
        retracted = chance.random() < 0.05
        rows.append(
            Disclosure(
                patient=owner, on=on, recipient=f"R{number}", what="x", purpose="p", basis=basis, seen="badge",
                accountable=BASES[basis].accountable, identity="paper", suspended_until=until,
                noted_at=clock.now(), by_name="Mia", retracted_at=clock.now() if retracted else None,
            )
        )  # fmt: skip
        counts = owner is who and not retracted and basis not in NOT_ACCOUNTED and on >= date(2020, 3, 3)
        if counts and (until is None or until < DAY):
            expected.add(f"R{number}")
        elif counts:
            hidden.add((f"R{number}", until))
    Disclosure.objects.bulk_create(rows)
    told = services.account(mia(), patient_id=who.pk)
    assert {line.first.recipient for line in told.lines} == expected
    assert len(expected) > 100 and len(hidden) > 5
    for recipient, until in hidden:
        if until + timedelta(days=1) > date(2026, 4, 20):
            continue
        with clock.fixed(datetime(until.year, until.month, until.day, 15, tzinfo=UTC)):
            assert recipient not in _recipients(who), until
        with clock.fixed(datetime(until.year, until.month, until.day, 15, tzinfo=UTC) + timedelta(days=1)):
            assert (recipient in _recipients(who)) or _aged_out(recipient, until)


def _recipients(who):
    return {line.first.recipient for line in services.account(mia(), patient_id=who.pk).lines}


def _aged_out(recipient, until):
    on = Disclosure.objects.get(recipient=recipient).on
    return on < window(until + timedelta(days=1))[0]


@pytest.mark.django_db
def test_what_went_to_one_recipient_for_one_purpose_is_one_line():
    who = ana()
    for day in (5, 12, 19):
        disclosed(who, on=date(2026, 1, day))
    disclosed(who, on=date(2026, 1, 20), purpose="Outbreak study")
    lines = services.account(mia(), patient_id=who.pk).lines
    assert [(line.first.on.day, line.last_on.day, line.times) for line in lines] == [(5, 19, 3), (20, 20, 1)]


@pytest.mark.django_db
def test_one_that_never_happened_leaves_the_accounting_and_stays_on_record():
    who = ana()
    made = disclosed(who)
    services.retract_disclosure(mia(), disclosure_id=made.pk, version=made.version, reason="Wrong chart")
    assert services.account(mia(), patient_id=who.pk).lines == []
    assert queries.disclosures_of(who.pk)[0].retracted_why == "Wrong chart"
    with pytest.raises(SettledAlready):
        services.retract_disclosure(mia(), disclosure_id=made.pk, version=2, reason="Again")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"recipient": " "}, "recipient"),
        ({"what": ""}, "what"),
        ({"purpose": ""}, "purpose"),
        ({"basis": "because"}, "basis"),
        ({"on": DAY + timedelta(days=1)}, "on"),
        ({"seen": ""}, "seen"),
        ({"basis": "public_health", "suspended_until": DAY}, "suspended_until"),
    ],
)
def test_a_disclosure_says_who_what_why_and_by_what_they_were_known(fields, wrong):
    with pytest.raises(Invalid) as refused:
        disclosed(ana(), **fields)
    assert wrong in refused.value.fields


@pytest.mark.django_db
def test_a_statement_of_disagreement_goes_with_what_is_told_later():
    who = ana()
    before = disclosed(who)
    request = asked(who, kind="amendment", about="Reason for visit")
    services.answer_request(
        mia(), request_id=request.pk, version=1, status="denied", answer="The record is accurate"
    )
    services.add_disagreement(mia(), request_id=request.pk, version=2, statement="I never said that")
    after = disclosed(who)
    assert (before.statements, after.statements) == ([], [request.pk])


@pytest.mark.django_db
def test_an_accounting_is_a_look_on_record():
    who = ana()
    services.account(mia(), patient_id=who.pk)
    entry = AuditEntry.objects.get(action="privacy.account")
    assert (entry.patient_id, entry.is_read) == (who.pk, True)
