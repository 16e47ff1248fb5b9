"""The law's clocks, at day 29, 30, 31 and 59, 60, 61; the one extension; answers, late ones too."""

from datetime import UTC, date, datetime, timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.office.privacy import queries, services
from frontdesk.office.privacy.errors import SettledAlready, TooLate
from frontdesk.office.privacy.rules import clocks
from tests.factories import practice as make
from tests.factories.patients import ana
from tests.factories.privacy import asked
from tests.people import mia, rosa

ASKED = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("kind", "days", "left", "tone", "words"),
    [
        ("access", 22, 8, "good", "8 days left"),
        ("access", 23, 7, "warn", "7 days left"),
        ("access", 29, 1, "warn", "1 day left"),
        ("access", 30, 0, "warn", "due today"),
        ("access", 31, -1, "bad", "1 day overdue"),
        ("amendment", 59, 1, "warn", "1 day left"),
        ("amendment", 60, 0, "warn", "due today"),
        ("amendment", 61, -1, "bad", "1 day overdue"),
        ("accounting", 62, -2, "bad", "2 days overdue"),
    ],
)
def test_what_is_left_of_the_time(kind, days, left, tone, words):
    found = clocks.clock_of(clocks.due(kind, ASKED), ASKED + timedelta(days=days))
    assert (found.left, found.tone, found.words) == (left, tone, words)


@pytest.mark.parametrize(
    ("kind", "days", "extended", "possible"),
    [
        ("access", 29, False, True),
        ("access", 30, False, True),
        ("access", 31, False, False),
        ("access", 29, True, False),
        ("amendment", 59, False, True),
        ("amendment", 60, False, True),
        ("amendment", 61, False, False),
    ],
)
def test_an_extension_is_told_while_the_first_term_runs_and_once(kind, days, extended, possible):
    refusal = clocks.no_extension(kind, ASKED, ASKED + timedelta(days=days), extended=extended)
    assert (refusal == "") is possible


def _at(day, hour=15):
    return clock.fixed(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def _extend(request, days, version=1):
    with _at(ASKED + timedelta(days=days)):
        return services.extend_request(
            mia(), request_id=request.pk, version=version, reason="The films are off site"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "first"), [("access", 30), ("amendment", 60)])
def test_thirty_days_more_once(kind, first):
    request = asked(ana(), kind=kind)
    assert request.due == ASKED + timedelta(days=first)
    extended = _extend(request, first)
    assert extended.due == ASKED + timedelta(days=first + 30)
    with pytest.raises(TooLate):
        _extend(request, first, version=2)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "day"), [("access", 31), ("amendment", 61)])
def test_no_extension_when_the_time_is_over(kind, day):
    with pytest.raises(TooLate):
        _extend(asked(ana(), kind=kind), day)


@pytest.mark.django_db
def test_the_last_day_ends_at_the_practices_midnight():
    """At nine in the evening in New York it is tomorrow in Greenwich already."""
    make.practice()
    make.location()
    request = asked(ana())
    due = request.due + timedelta(days=1)
    with _at(due, hour=2):
        services.extend_request(mia(), request_id=request.pk, version=1, reason="The films are off site")


@pytest.mark.django_db
def test_the_most_pressing_stands_first_and_the_answered_ones_do_not():
    who = ana()
    late = asked(who, asked_on=date(2026, 1, 2))
    soon = asked(who, kind="amendment", asked_on=date(2026, 1, 4))
    done = asked(who, asked_on=date(2026, 1, 1))
    services.answer_request(mia(), request_id=done.pk, version=1, status="granted")
    found = queries.open_requests(ASKED)
    assert [(one.request.pk, one.clock.left) for one in found] == [(late.pk, -30), (soon.pk, 2)]
    assert found[0].patient_name == "Ana Ito"


@pytest.mark.django_db
def test_a_late_answer_is_still_an_answer():
    request = asked(ana(), asked_on=date(2026, 1, 2))
    made = services.answer_request(mia(), request_id=request.pk, version=1, status="granted")
    assert (made.status, made.answered_on) == ("granted", ASKED)
    with pytest.raises(SettledAlready):
        services.answer_request(mia(), request_id=request.pk, version=2, status="denied", answer="No")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "given", "wrong"),
    [
        ("access", {"status": "denied"}, "answer"),
        ("access", {"status": "open"}, "status"),
        ("accounting", {"status": "denied", "answer": "No"}, "status"),
        ("amendment", {"status": "granted"}, "linked"),
    ],
)
def test_an_answer_says_what_the_law_wants_said(kind, given, wrong):
    request = asked(ana(), kind=kind)
    with pytest.raises(Invalid) as refused:
        services.answer_request(mia(), request_id=request.pk, version=1, **given)
    assert wrong in refused.value.fields


@pytest.mark.django_db
def test_two_who_answer_at_once_do_not_both():
    request = asked(ana())
    with pytest.raises(StaleVersion):
        services.answer_request(mia(), request_id=request.pk, version=7, status="granted")


@pytest.mark.django_db
def test_a_disagreement_belongs_to_what_was_denied():
    request = asked(ana(), kind="amendment")
    with pytest.raises(SettledAlready):
        services.add_disagreement(mia(), request_id=request.pk, version=1, statement="I never said that")


@pytest.mark.django_db
def test_the_desk_takes_a_request_down_and_does_not_answer_it():
    request = asked(ana())
    with pytest.raises(NotPermitted):
        services.answer_request(rosa(), request_id=request.pk, version=1, status="granted")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"what": ""}, "what"),
        ({"kind": "everything"}, "kind"),
        ({"asked_on": date(2026, 3, 4)}, "asked_on"),
        ({"form": "x" * 41}, "form"),
        ({"status": "granted"}, "status"),
    ],
)
def test_a_request_that_cannot_be_right(given, wrong):
    with pytest.raises(Invalid) as refused:
        asked(ana(), **given)
    assert wrong in refused.value.fields


def _restrict(who, kind="other", what="Do not tell my employer"):
    return services.ask_restriction(rosa(), patient_id=who.pk, kind=kind, what=what, asked_on=ASKED)


@pytest.mark.django_db
def test_what_was_paid_in_full_is_kept_from_a_payer_at_once():
    who = ana()
    made = _restrict(who, "paid_in_full", "Visit of March 2")
    assert made.status == "accepted"
    assert queries.kept_from_payers(who.pk) == [made]
    with pytest.raises(SettledAlready):
        services.answer_restriction(mia(), restriction_id=made.pk, version=1, accept=False, reason="No")
    services.end_restriction(mia(), restriction_id=made.pk, version=1, reason="She wants it billed now")
    assert queries.kept_from_payers(who.pk) == []


@pytest.mark.django_db
def test_another_restriction_waits_for_an_answer():
    who = ana()
    made = _restrict(who)
    assert queries.open_restrictions() == [made]
    with pytest.raises(Invalid):
        services.answer_restriction(mia(), restriction_id=made.pk, version=1, accept=False)
    services.answer_restriction(
        mia(), restriction_id=made.pk, version=1, accept=False, reason="We cannot keep it"
    )
    assert queries.open_restrictions() == []
    assert queries.restrictions_of(who.pk)[0].status == "declined"
