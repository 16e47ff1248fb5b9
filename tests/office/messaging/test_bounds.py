"""One link is not opened without end: counted in the database, by all processes together, and by the link alone."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from frontdesk.kit import clock
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import bounds, services
from frontdesk.office.messaging.models import Tally
from tests.factories.scheduling import patient
from tests.people import rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    """Make links: genuine words, each its own."""
    who = patient()

    def made():
        return services.issue_link(
            rosa(),
            patient_id=who.pk,
            about=Ref("test.visit", 1),
            actions=["confirm"],
            expires_at=clock.now() + timedelta(days=7),
        )

    return made


def opened(token, times):
    return [bounds.opened_too_often(token) for _ in range(times)]


def test_a_person_opens_it_as_often_as_they_like_and_a_machine_does_not(link):
    token, other = link(), link()
    assert opened(token, 60) == [False] * 60
    assert opened(token, 3) == [True] * 3
    assert not bounds.opened_too_often(other)


def test_after_ten_minutes_it_opens_again(link):
    token = link()
    opened(token, 61)
    with clock.fixed(clock.now() + timedelta(minutes=9, seconds=59)):
        assert bounds.opened_too_often(token)
    with clock.fixed(clock.now() + timedelta(minutes=10, seconds=1)):
        assert opened(token, 61) == [False] * 60 + [True]


def test_a_clock_set_back_locks_nobody_out_for_longer(link):
    token = link()
    with clock.fixed(clock.now() + timedelta(hours=1)):
        assert opened(token, 61)[-1]
    assert not bounds.opened_too_often(token)


def test_what_was_never_a_link_leaves_no_trace(link):
    token = link()
    for guess in ("", "x", "é", token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B")):
        assert not bounds.opened_too_often(guess)
    assert not Tally.objects.exists()


def test_the_table_holds_no_word_of_a_link_and_only_what_still_counts(link):
    token = link()
    for _ in range(3):
        opened(link(), 2)
    opened(token, 100)
    assert Tally.objects.count() == 4
    assert Tally.objects.order_by("-count").first().count == 60
    assert not Tally.objects.filter(digest__contains=token[:8]).exists()
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        opened(token, 1)
        assert bounds.forget() == 3
    assert Tally.objects.count() == 1


def test_counting_is_one_statement(link, django_assert_num_queries):
    token = link()
    with django_assert_num_queries(2):
        opened(token, 2)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_count_together(link):
    token, said, barrier = link(), [], Barrier(6)

    def open_it():
        try:
            barrier.wait(10)
            said.extend(opened(token, 15))
        finally:
            connections.close_all()

    threads = [Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (said.count(False), said.count(True)) == (60, 30)
