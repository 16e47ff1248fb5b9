"""Questions asked of the practice payer over real HTTP, and what the desk reads afterwards."""

from datetime import date, timedelta

import pytest

from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import queries, services
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.practice.models import Practice
from frontdesk.office.privacy import services as privacy
from tests.conftest import MORNING
from tests.exchange.eligibility.conftest import asked, connect, insured, work_off
from tests.factories.coverage import payer as insurer
from tests.factories.patients import ana
from tests.factories.practice import practice
from tests.people import rosa

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def ours():
    practice()
    Practice.objects.update(npi="1234567893")


def test_an_answer_is_kept_with_its_verdict_and_word_for_word(connected):
    row = asked(insured(ana(), "ACTIVE"), services="98")
    assert (row.state, row.verdict) == ("done", "active"), row.words
    assert "$35 copay" in row.words
    assert "$410 of $1,500 left" in row.words
    assert list(x12.check(row.question.encode())) == []
    [answer] = x12.parse_271(row.answer.encode())
    assert any(row.trace in trace.number for trace in answer.all(x12.records.segments.Trace))
    [stands] = queries.standings([row.policy.patient_id], row.day)[row.policy.patient_id]
    assert (stands.verdict, stands.waits) == ("active", False)


@pytest.mark.parametrize(
    ("scenario", "verdict", "says"),
    [
        ("COPAYS", "active", "copay"),
        ("INACTIVE", "inactive", ""),
        ("FUTURE", "inactive", "4/1"),
        ("TERMED", "inactive", "2/28"),
        ("HMO", "active", "HMO"),
        ("MEDADV", "active", "pays instead (Medicare Advantage)"),
        ("MANAGED", "active", "pays instead (Medicaid managed care)"),
        ("OTHER", "active", ""),
        ("USEDUP", "active", ""),
        ("AUTH", "active", "authorization needed"),
        ("SPELLED", "active", ""),
        ("WRONGDOB", "unknown", "date of birth"),
        ("NOTFOUND", "unknown", ""),
        ("BADID", "unknown", "ember"),
        ("DOWN", "unknown", ""),
        ("LATE", "active", "$35 copay"),
        ("BROKEN", "unknown", "could not be read"),
        ("HALF", "unknown", "could not be"),
        ("DROPPED", "unknown", "could not be reached"),
    ],
)
def test_every_scenario_is_told_rightly(settings, other_side, scenario, verdict, says):
    connect(settings, other_side)
    row = asked(insured(ana(), scenario), services="98")
    assert (row.verdict, says.lower() in row.words.lower()) == (verdict, True), row.words
    assert row.words
    assert verdict != "unknown" or row.advice


def test_one_that_is_late_keeps_no_other_waiting_and_twenty_seconds_are_all_it_has(
    settings, other_side, monkeypatch
):
    connect(settings, other_side)
    monkeypatch.setattr("frontdesk.exchange.eligibility.inquirer.PATIENCE", timedelta(seconds=0.1))
    late = asked(insured(ana(), "LATE"))
    assert (late.verdict, late.code) == ("unknown", "late")


def test_a_wrong_password_is_no_answer_about_anybody(settings, other_side):
    connect(settings, other_side, password="wrong")
    row = asked(insured(ana(), "INACTIVE"))
    assert row.verdict == "unknown"


def test_nothing_is_sent_that_a_patient_keeps_from_the_plan(settings, other_side):
    connect(settings, other_side)
    who = ana()
    one = insured(who, "ACTIVE")
    restriction = {"kind": "paid_in_full", "what": "The visit of 3/3", "asked_on": date(2026, 3, 2)}
    privacy.ask_restriction(rosa(), patient_id=who.pk, payer="Practice Payer", **restriction)
    row = asked(one)
    assert (row.verdict, row.code, row.question) == ("unknown", "restricted", "")
    assert other_side.payer.asked() == {}


def test_a_restriction_of_one_visit_or_another_payer_hinders_no_other(settings, other_side):
    connect(settings, other_side)
    who = ana()
    one = insured(who, "ACTIVE")
    insurer("Other Plan", "OTH1")
    for given in ({"payer": "other plan"}, {"payer": "oth1"}, {"subject": "scheduling.appointment:5"}):
        privacy.ask_restriction(
            rosa(), patient_id=who.pk, kind="paid_in_full", what="A visit", asked_on=date(2026, 3, 2), **given
        )
    assert asked(one, about="scheduling.appointment:6").verdict == "active"
    with clock.fixed(MORNING + timedelta(minutes=2)):
        assert asked(one, day=date(2026, 3, 5), about="scheduling.appointment:5").code == "restricted"


@pytest.mark.parametrize("payer", ["", "PRAC1", "The practice payer", "her husband's plan"])
def test_words_that_may_mean_this_payer_keep_everything_from_it(settings, other_side, payer):
    connect(settings, other_side)
    who = ana()
    one = insured(who, "ACTIVE")
    privacy.ask_restriction(
        rosa(), patient_id=who.pk, kind="paid_in_full", what="A visit", asked_on=date(2026, 3, 2), payer=payer
    )
    assert asked(one).code == "restricted"
    assert other_side.payer.asked() == {}


def test_what_nobody_answered_at_night_is_asked_again_and_at_the_desk_it_is_told(settings, other_side):
    connect(settings, other_side)
    one = insured(ana(), "DROPPED")
    row = services.ask(SYSTEM, policy_id=one.pk, day=MORNING.date(), why="night")
    work_off()
    row.refresh_from_db()
    assert (row.state, row.not_before) == ("waiting", MORNING + timedelta(minutes=2))
    with clock.fixed(MORNING + timedelta(minutes=3)):
        work_off()
    row.refresh_from_db()
    assert row.attempts == 2
    with clock.fixed(MORNING + timedelta(hours=13)):
        work_off()
    row.refresh_from_db()
    assert (row.state, row.verdict, row.code) == ("done", "unknown", "late")


def test_without_an_npi_nothing_is_asked(settings, other_side):
    connect(settings, other_side)
    Practice.objects.update(npi="")
    assert asked(insured(ana(), "ACTIVE")).code == "no_npi"
    assert other_side.payer.asked() == {}


def test_an_answer_to_another_question_is_none(settings, other_side, monkeypatch):
    connect(settings, other_side)
    first = asked(insured(ana(), "ACTIVE"))
    wrong = first.answer.encode()
    monkeypatch.setattr("frontdesk.exchange.eligibility.envelope.opened", lambda _body: wrong)
    with clock.fixed(MORNING + timedelta(minutes=2)):
        row = asked(first.policy)
    assert (row.pk == first.pk, row.verdict, row.code) == (False, "unknown", "garbled")
    assert EligibilityCheck.objects.count() == 2
