"""Answers by link: each once, whatever is clicked how often, and nothing to be guessed."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotPermitted, Refused
from frontdesk.office.messaging import services
from frontdesk.office.messaging.errors import LinkOver, LinkUsed, NoSuchLink
from frontdesk.office.messaging.models import Link
from tests.factories import practice
from tests.factories.messaging import about, facts, reachable
from tests.people import rosa

pytestmark = pytest.mark.django_db
ANA = Actor("patient", 1, "Patient by link", frozenset({"messaging.use_link"}), source="link")
ALL = ("confirm", "cancel", "reschedule")


@pytest.fixture
def token(morning):
    practice.practice()
    made = services.announce(
        rosa(), patient_id=reachable().pk, kind="confirmation", about=about(), after=facts(morning + timedelta(days=7)),
        version=1,
    )  # fmt: skip
    return services.issue_link(
        rosa(),
        patient_id=made.patient_id,
        about=about(),
        actions=ALL,
        expires_at=made.not_after,
        message_id=made.pk,
    )


def use(token, action, deeds):
    return services.use_link(ANA, token=token, action=action, deed=lambda link: deeds.append(link.about))


def test_a_double_click_has_one_effect(token):
    deeds = []
    first, again = use(token, "confirm", deeds), use(token, "confirm", deeds)
    assert (deeds, first.done, again.done) == ([about()], "confirm", "confirm")


def test_who_confirmed_may_yet_cancel_but_not_the_other_way_round(token):
    deeds = []
    use(token, "confirm", deeds)
    use(token, "cancel", deeds)
    assert use(token, "cancel", deeds).done == "cancel"
    assert len(deeds) == 2
    for action in ("confirm", "reschedule"):
        with pytest.raises(LinkUsed):
            use(token, action, deeds)


def test_what_the_deed_refuses_leaves_the_link_as_it_was(token):
    def refuse(_link):
        raise Refused("That time has passed.")

    with pytest.raises(Refused):
        services.use_link(ANA, token=token, action="confirm", deed=refuse)
    assert use(token, "confirm", []).done == "confirm"


def test_looking_answers_nothing(token):
    for _ in range(3):
        seen = services.read_link(ANA, token=token)
    assert (seen.done, seen.is_over, seen.kind, seen.facts.provider) == ("", False, "confirmation", "Dr. Lee")


def test_it_ends_with_the_visit(token):
    with clock.fixed(clock.now() + timedelta(days=8)), pytest.raises(LinkOver):
        use(token, "confirm", [])


def test_a_link_of_a_message_that_was_overtaken_is_over(token):
    after = facts(clock.now() + timedelta(days=9))
    services.announce(
        rosa(), patient_id=Link.objects.get().patient_id, kind="rescheduled", about=about(2), follows=about(), after=after,
        version=1,
    )  # fmt: skip
    with pytest.raises(LinkOver):
        use(token, "confirm", [])


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"),
        lambda t: "",
        lambda t: "é" + t,
        lambda t: t[:10],
        lambda t: t * 2,
    ],
)
def test_a_link_that_was_changed_is_none(token, change, django_assert_num_queries):
    with pytest.raises(NoSuchLink):
        services.read_link(ANA, token=change(token))


def test_an_answer_that_was_not_offered_is_refused(token):
    with pytest.raises(Invalid):
        use(token, "accept", [])


def test_staff_do_not_answer_for_patients(token):
    with pytest.raises(NotPermitted):
        services.use_link(rosa(), token=token, action="confirm", deed=lambda _: None)


def test_only_a_digest_is_kept(token):
    row = Link.objects.get()
    assert token not in str(vars(row))
    assert len(row.digest) == 64
