"""Work what did not arrive, by keyboard: the list, Enter or an arrow, one letter each; no page is loaded anew."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message, OptOut
from tests.browser import until
from tests.factories.messaging import reachable, write_about
from tests.journeys.office import Keys, Office
from tests.ui.axe import violations


@pytest.fixture
def failed(elm_street):
    """Two messages that did not arrive, at eight in the morning."""
    office = Office(elm_street)
    found = []
    with clock.fixed(office.at(8)):
        for hour in (14, 15):
            made = write_about(office.book(reachable(f"ana{hour}@example.org"), hour=hour))
            Message.objects.filter(pk=made.pk).update(
                state="failed", why="There is no such mailbox.", ended_at=clock.now()
            )
            found.append(made)
        yield found


def state(message):
    message.refresh_from_db()
    return message.state, bool(message.settled_at)


def test_two_that_failed_are_settled_and_sent_again_in_six_keys(page, failed):
    first, second = failed
    page.goto("/")
    until(page, "!!window.htmx")
    keys = Keys(page)
    keys.press("g").press("e").see(".message-todo")
    keys.press("ArrowDown").see(f'.message-card:has-text("{first.address}")')
    keys.press("t").see(f'#m{first.pk} .badge:has-text("settled")')
    keys.press("ArrowDown").see(f'.message-card:has-text("{second.address}")')
    keys.press("a").see(f'#m{second.pk} .badge:has-text("Waiting")')
    assert (state(first), state(second)) == (("failed", True), ("queued", False))
    assert keys.loads == 0


def test_the_chosen_row_stays_chosen_after_a_deed(page, failed):
    page.goto("/messages")
    keys = Keys(page)
    keys.press("ArrowDown").see(".message-card").press("t").see('.badge:has-text("settled")')
    assert page.evaluate("document.activeElement.id") == f"m{failed[0].pk}"


def test_a_name_is_put_where_the_cursor_stands_and_seen_at_once(page, elm_street, rosa_account):
    rosa_account.role = "lead"
    rosa_account.save()
    page.goto("/messages/templates/reminder/text/en")
    page.fill("textarea[name=body]", "Come on ")
    page.click('[data-insert="{day}"]')
    page.wait_for_selector('#preview:has-text("Come on Tuesday, March 10")')
    page.locator("textarea[name=body]").press_sequentially(" {why}")
    page.wait_for_selector('#preview:has-text("may not hold {why}")')


def test_where_no_carrier_is_set_up_the_patient_is_answered_for(page, elm_street):
    office = Office(elm_street)
    with clock.fixed(office.at(8)):
        who = reachable(email="", mobile="+16175550134", may_text=True)
        made = write_about(office.book(who, hour=14))
        Message.objects.filter(pk=made.pk).update(
            state="sent",
            via="outbox",
            words="You have an appointment.",
            sending_at=clock.now(),
            sent_at=clock.now(),
        )
        page.goto("/messages")
        until(page, "!!window.htmx")
        Keys(page).press("ArrowDown").see(".message-card")
        page.fill("[name=said]", "Stop, please")
        page.keyboard.press("Enter")
        page.wait_for_selector('.message-card:has-text("no more texts will come to this number")')
        assert violations(page) == []
    assert OptOut.objects.get().address == made.address
