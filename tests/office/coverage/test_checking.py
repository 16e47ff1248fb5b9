from datetime import date, timedelta

import pytest

from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage import asking, queries, services
from frontdesk.office.coverage.errors import NoSuchPolicy
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.rules.verdict import Verdict
from tests.factories.coverage import payer, policy
from tests.factories.patients import ana
from tests.conftest import MORNING
from tests.people import mia, rosa, sam

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
GOOD = Verdict("active", "active", "Aetna POS · $35 copay")
LATE = Verdict("unknown", "late", "the payer did not answer in 20 seconds", "Try again.")


@pytest.fixture(autouse=True)
def connected(settings):
    settings.CONNECTIONS = {"": Connection("", "http://127.0.0.1:1/", "mime", "u", "p", "FRONTDESK", "PAYER")}


def ask(one, by=None, why="key", day=DAY, **given):
    return services.ask(by or rosa(), policy_id=one.pk, day=day, why=why, zone="America/New_York", **given)


def answer(row, verdict=GOOD):
    taken = asking.lease("w1", 10, night=10)
    assert row.pk in {one.id for one in taken}
    settle(row, verdict)


def settle(row, verdict=GOOD, worker="w1"):
    return services.settle(
        SYSTEM, check_id=row.pk, worker=worker, heard=verdict, question="ISA", answer="271"
    )


def later(**span):
    return clock.fixed(MORNING + timedelta(**span))


def test_a_question_waits_for_the_worker_with_what_the_payer_has_to_know():
    row = ask(policy(ana()), services="98, MH")
    [inquiry] = asking.lease("w1", 10, night=10)
    assert (inquiry.id, inquiry.trace, inquiry.payer_number) == (row.pk, row.trace, "60054")
    assert (inquiry.member_id, inquiry.services, inquiry.day) == ("W123456789", ("30", "98", "MH"), DAY)
    assert (inquiry.subscriber.last, inquiry.subscriber.birth_date) == ("Ito", date(1962, 3, 14))
    assert inquiry.dependent is None
    assert asking.lease("w2", 10, night=10) == []


def test_a_child_is_asked_about_through_the_parent_whose_plan_it_is():
    who = {
        "subscriber_first": "Ken",
        "subscriber_last": "Ito",
        "subscriber_birth_date": date(1960, 1, 2),
    }
    ask(policy(ana(), relationship="spouse", **who))
    [inquiry] = asking.lease("w1", 10, night=10)
    assert (inquiry.subscriber.first, inquiry.dependent.first, inquiry.relationship) == (
        "Ken",
        "Ana",
        "spouse",
    )


def test_nothing_is_asked_twice_while_it_is_on_its_way_or_for_ninety_seconds_after():
    one = policy(ana())
    row = ask(one)
    assert ask(one).pk == row.pk
    answer(row, LATE)
    with later(seconds=89):
        assert ask(one).pk == row.pk
    with later(seconds=91):
        assert ask(one).pk != row.pk


def test_an_answer_holds_for_a_day_unless_somebody_presses_the_key_or_the_month_has_turned():
    one = policy(ana())
    row = ask(one)
    answer(row)
    with later(hours=20):
        assert ask(one, why="check_in").pk == row.pk
        assert ask(one, why="key").pk != row.pk
    last = policy(ana(), payer_id=one.payer_id, member_id="W2")
    with clock.fixed(MORNING.replace(month=3, day=31, hour=23)):
        row = ask(last, day=date(2026, 4, 1))
        answer(row)
    with clock.fixed(MORNING.replace(month=4, day=1, hour=13)):
        assert ask(last, day=date(2026, 4, 1), why="check_in").pk != row.pk


def test_what_was_changed_since_is_asked_anew():
    one = policy(ana())
    row = ask(one)
    answer(row)
    services.change_policy(rosa(), policy_id=one.pk, changes={"member_id": "W999"}, version=one.version)
    assert ask(one, why="check_in").pk != row.pk
    assert queries.standings([one.patient_id], DAY)[one.patient_id][0].verdict == ""


def test_a_question_on_its_way_about_what_has_changed_is_settled_and_a_new_one_asked():
    one = policy(ana())
    row = ask(one)
    asking.lease("w1", 10, night=10)
    services.change_policy(rosa(), policy_id=one.pk, changes={"member_id": "W999"}, version=one.version)
    new = ask(one)
    row.refresh_from_db()
    assert (row.verdict, row.code, new.pk == row.pk) == ("unknown", "superseded", False)
    assert not settle(row), "the answer is about a number nobody has any more"
    [inquiry] = asking.lease("w1", 10, night=10)
    assert inquiry.member_id == "W999"


def test_another_order_of_the_policies_asks_nothing_anew():
    who, aetna = ana(), payer()
    one = policy(who, payer_id=aetna.pk)
    other = policy(who, payer_id=payer("Cigna", "62308").pk, member_id="C1")
    row = ask(one)
    answer(row)
    services.reorder(rosa(), patient_id=who.pk, policy_ids=[other.pk, one.pk])
    assert ask(one, why="check_in").pk == row.pk
    assert [one.verdict for one in queries.standings([who.pk], DAY)[who.pk]] == ["", "active"]


def test_somebody_who_waits_takes_a_question_of_the_night_over():
    one = policy(ana())
    row = ask(one, by=SYSTEM, why="night")
    [inquiry] = asking.lease("w1", 10, night=10)
    asking.put_back(inquiry, "w1")
    assert asking.lease("w1", 10, night=10) == []
    assert ask(one).pk == row.pk
    row.refresh_from_db()
    assert (row.why, row.give_up_at) == ("key", MORNING + timedelta(seconds=20))
    assert [(one.is_live, one.attempts) for one in asking.lease("w1", 10, night=0)] == [(True, 2)]


def test_the_night_leaves_room_for_the_desk_and_is_not_tried_for_ever():
    who, aetna = ana(), payer()
    rows = [ask(policy(who, payer_id=aetna.pk, member_id=f"N{n}"), by=SYSTEM, why="night") for n in range(3)]
    live = ask(policy(who, payer_id=aetna.pk, member_id="L1"))
    assert [one.id for one in asking.lease("w1", 3, night=1)] == [live.pk, rows[0].pk]
    for hour in range(1, 8):
        with later(hours=hour):
            for one in asking.lease("w1", 10, night=10):
                asking.put_back(one, "w1")
    assert set(EligibilityCheck.objects.filter(why="night").values_list("attempts", flat=True)) == {6}


def test_by_itself_nothing_is_written_down_where_nobody_can_be_asked_by_wire():
    one = policy(ana(), payer_id=payer("Local 7", "", connection="phone").pk)
    services.note_by_phone(
        rosa(), policy_id=one.pk, day=DAY, verdict="active", representative="Kim", said="$35"
    )
    with later(hours=30):
        assert ask(one, by=SYSTEM, why="check_in", services="MH") is None
    assert queries.standings([one.patient_id], DAY)[one.patient_id][0].verdict == "active"


def test_no_answer_in_twenty_seconds_is_could_not_be_determined_and_the_last_good_one_stays():
    one = policy(ana())
    first = ask(one)
    answer(first)
    with later(hours=30):
        row = ask(one)
        asking.lease("w1", 10, night=10)
    with later(hours=30, seconds=21):
        assert asking.anything_late()
        assert services.give_up(SYSTEM, verdict=LATE) == 1
        assert not settle(row), "an answer that comes later changes nothing"
    row.refresh_from_db()
    assert (row.verdict, row.code) == ("unknown", "late")
    assert queries.last_good([one.pk])[one.pk].pk == first.pk


def test_a_worker_that_was_killed_leaves_its_question_to_another_once_it_may_be_sent_again():
    row = ask(policy(ana()), by=SYSTEM, why="night")
    asking.lease("w1", 10, night=10)
    with later(seconds=80):
        assert asking.lease("w2", 10, night=10) == []
    with later(seconds=91):
        assert [one.id for one in asking.lease("w2", 10, night=10)] == [row.pk]
        assert not settle(row, worker="w1")
        assert settle(row, worker="w2")


def test_where_there_is_no_way_to_ask_that_is_the_answer_and_says_what_to_do(settings):
    by_phone = policy(ana(), payer_id=payer("Local 7", "", connection="phone").pk)
    unnumbered = policy(ana(), payer_id=payer("Nameless", "").pk, member_id="N1")
    settings.CONNECTIONS = {}
    alone = policy(ana(), payer_id=payer("Cigna", "62308").pk, member_id="C1")
    assert [(ask(one).verdict, ask(one).code) for one in (by_phone, alone)] == [
        ("unknown", "phone"),
        ("unknown", "no_connection"),
    ]
    settings.CONNECTIONS = {"": object()}
    row = ask(unnumbered)
    assert (row.code, row.advice) == ("no_number", "Call the payer, and note what they said.")
    assert not asking.anything_to_ask()


def test_what_was_said_by_phone_counts_like_an_answer():
    one = policy(ana())
    with pytest.raises(Invalid) as wrong:
        services.note_by_phone(rosa(), policy_id=one.pk, day=DAY, verdict="", representative=" ", said="")
    assert set(wrong.value.fields) == {"verdict", "representative", "said"}
    services.note_by_phone(
        rosa(), policy_id=one.pk, day=DAY, verdict="active", representative="Kim", reference="R-1", said="$35 copay"
    )  # fmt: skip
    [stands] = queries.standings([one.patient_id], DAY)[one.patient_id]
    assert (stands.verdict, stands.words) == ("active", "$35 copay")


def test_asking_answering_and_looking_are_on_record_and_permitted():
    row = ask(policy(ana()))
    answer(row)
    assert services.open_check(rosa(), check_id=row.pk).answer == "271"
    told = AuditEntry.objects.filter(subject=f"coverage.eligibilitycheck:{row.pk}").order_by("id")
    assert list(told.values_list("action", "is_read")) == [
        ("coverage.ask", False),
        ("coverage.settle_check", False),
        ("coverage.open_check", True),
    ]
    assert all("W123456789" not in str(one.after) for one in told)
    for by, verb in ((sam(), services.ask), (mia(), services.settle)):
        with pytest.raises(NotPermitted):
            verb(by, policy_id=1, day=DAY) if verb is services.ask else settle_as(by, row)


def settle_as(by, row):
    services.settle(by, check_id=row.pk, worker="w1", heard=GOOD, question="", answer="")


def test_a_policy_that_is_no_longer_used_is_not_asked_about():
    one = policy(ana())
    services.end_policy(rosa(), policy_id=one.pk, version=one.version)
    with pytest.raises(NoSuchPolicy):
        ask(one)
    assert not EligibilityCheck.objects.exists()
