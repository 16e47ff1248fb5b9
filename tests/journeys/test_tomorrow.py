"""Tomorrow is prepared by keyboard: down the list, settled by one key, accepted with a reason, many at once."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Check
from tests.factories import scheduling as book
from tests.factories.messaging import reachable
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office
from tests.people import lena


@pytest.fixture
def office(elm_street):
    made = Office(elm_street)
    with clock.fixed(made.at(9).replace(day=9)):
        yield made


def test_a_day_is_prepared_without_a_mouse(page, office):
    first = office.book(ana())
    second = office.book(book.patient(), 10)
    speaks = office.book(book.patient(language="es", interpreter_needed=True), 11)
    page.goto("/tomorrow")
    keys = Keys(page)
    keys.see("text=0 of 3 ready")
    page.locator(f"#t{first.pk}").focus()
    keys.press("s").see("text=1 of 3 ready").see(f"#t{first.pk}:focus")
    keys.press("j").see(f"#t{second.pk}:focus").press("t").see("#sheet #f-reason:focus")
    keys.type("known to us").press("Enter").see("text=2 of 3 ready")
    assert Check.objects.filter(appointment=second, answer="accepted: known to us").exists()
    page.locator(f"#t{speaks.pk}").focus()
    keys.press("x").see("text=1 ticked")
    assert Appointment.objects.get(pk=first.pk).status == "confirmed"


def test_many_at_once_show_how_far_they_are_and_what_was_refused(page, office):
    plain = office.book(book.patient(legal_first="Pat"), 9)
    office.book(book.patient(language="es", interpreter_needed=True), 10)
    office.book(book.patient(language="vi", interpreter_needed=True), 11)
    page.goto("/tomorrow")
    keys = Keys(page)
    keys.see(".prep-row").press("e").see("text=3 ticked")
    page.locator("button:has-text('Interpreter arranged')").focus()
    keys.press("Enter").see("text=2 of 3 done. 1 not:")
    assert page.locator(f".bulk-outcome a[href='#t{plain.pk}']").inner_text().startswith("9:00 am, Pat")
    assert Check.objects.filter(item="interpreter").count() == 2
    keys.see("text=1 ticked")


def test_reminders_go_to_many_at_once_and_it_is_said_for_whom_not(page, office):
    office.book(reachable(), 9)
    waits = office.book(reachable(legal_first="Bea", email="", mobile="+16175550111", may_text=True), 10)
    asked_nobody = office.book(reachable(legal_first="Cy", email="", mobile="+16175550112"), 11)
    page.goto("/tomorrow")
    keys = Keys(page)
    with clock.fixed(office.at(22).replace(day=10)):  # ten at night, the evening before
        keys.see(".prep-row").press("e").see("text=3 ticked")
        page.locator("button:has-text('Send a reminder')").focus()
        keys.press("Enter").see("text=2 of 3 done. 1 not:")
    said = page.locator(".bulk-outcome li")
    assert said.nth(0).inner_text().startswith("Nobody has asked whether texts are all right")
    assert "it goes out Tue, Mar 10 at 8:00 am" in said.nth(1).inner_text()
    assert said.nth(1).locator(f"a[href='#t{waits.pk}']").count() == 1
    keys.see("text=1 ticked").see(f"#t{asked_nobody.pk}:has-text('Not reminded')")
    assert Message.objects.filter(kind="reminder", state="queued").count() == 2


def test_what_others_do_comes_by_itself_and_takes_nothing_from_who_is_at_work(page, office):
    """Only the changed line is drawn anew, where it stands; ticks, the keyboard and what is typed stay."""
    mine, theirs = office.book(ana(), 9), office.book(ana(legal_first="Bea"), 10)
    gone = office.book(book.patient(legal_first="Cy"), 11)
    page.goto("/tomorrow")
    keys = Keys(page)
    keys.see("text=0 of 3 ready")
    for row in (mine, theirs, gone):
        page.locator(f"#t{row.pk} input[type=checkbox]").check()
    page.locator(".bulk input[name=reason]").fill("will br")
    page.locator(f"#t{theirs.pk} input[type=checkbox]").focus()
    page.evaluate("id => { document.getElementById(id).drawnFirst = true; }", f"t{mine.pk}")
    scheduling.confirm(lena(), appointment_id=theirs.pk)
    keys.see("text=1 of 3 ready").see(f"#t{theirs.pk} .prep-ready, #t{theirs.pk} .status-confirmed")
    assert page.locator(f"#t{theirs.pk} input[type=checkbox]").is_checked()
    assert page.evaluate("document.activeElement.value") == str(theirs.pk)
    assert page.locator(".bulk input[name=reason]").input_value() == "will br"
    assert page.evaluate("id => document.getElementById(id).drawnFirst", f"t{mine.pk}")
    # It is done, and stands where it stood.
    assert page.locator("[data-live-group=todo] [data-line]").nth(1).get_attribute("id") == f"t{theirs.pk}"
    scheduling.cancel(lena(), appointment_id=gone.pk, reason_code="patient_asked")
    keys.see("text=1 of 2 ready").see("text=2 ticked")
    new = office.book(book.patient(legal_first="Dee"), 14)
    keys.see(f"[data-live-group=todo] #t{new.pk}").see("text=1 of 3 ready")
    assert page.locator(".bulk input[name=reason]").input_value() == "will br"


def test_a_ticked_visit_that_is_settled_by_itself_stays_ticked(page, office):
    row = office.book(ana())
    page.goto("/tomorrow")
    keys = Keys(page)
    keys.see(".prep-row")
    page.locator(f"#t{row.pk}").focus()
    keys.press("x").see("text=1 ticked").press("s").see("text=1 of 1 ready").see("text=1 ticked")
    assert page.locator(f"#t{row.pk} input[type=checkbox]").is_checked()
