"""Nothing typed is ever lost: left in a panel or a section, it is offered where it was typed, to whom typed it, and nowhere else."""

import pytest

from frontdesk.office.patients.models import Draft
from frontdesk.office.scheduling.models import Appointment
from tests.browser import until
from tests.factories import practice as make
from tests.factories.patients import ana, bo
from tests.journeys.office import Keys, Office

WORDS = "bring the son, he interprets"


@pytest.fixture
def office(elm_street):
    return Office(elm_street)


def leave(page, path, field, words=WORDS):
    """Type into a field of the page at `path`, wait until it is kept, and go away."""
    page.goto(path)
    until(page, "!!window.htmx")
    page.locator(f"[name={field}]").first.focus()
    with page.expect_response(lambda one: one.url.endswith("/drafts") and one.status == 204):
        page.keyboard.type(words)
    page.goto("/patients")


def offered(page, path):
    page.goto(path)
    until(page, "!!window.htmx")
    with page.expect_response(lambda one: one.url.endswith("/drafts")):
        page.reload()
    page.wait_for_timeout(200)
    return page.locator(".draft-offer").count()


def test_a_note_left_while_cancelling_is_put_back_and_forgotten_when_it_is_sent(page, office):
    visit = office.book(ana())
    path = f"/appointments/{visit.pk}/cancel"
    leave(page, path, "note")
    page.goto(path)
    page.get_by_role("button", name="Put it back").focus()
    keys = Keys(page)
    keys.press("Enter")
    until(page, "words => document.querySelector('[name=note]').value === words", arg=WORDS)
    page.evaluate("document.activeElement.blur()")
    keys.press("p").press("Enter").see(".readback-title:has-text('Cancelled')")
    assert Appointment.objects.get(pk=visit.pk).cancel_note == WORDS
    assert not Draft.objects.exists()


def test_what_was_typed_for_one_patient_is_offered_for_no_other(page, office):
    first, second = ana(), bo()
    leave(page, f"/patients/{first.pk}/person?edit=identity", "pronouns", "they/them")
    assert offered(page, f"/patients/{first.pk}/person?edit=identity") == 1
    assert offered(page, f"/patients/{second.pk}/person?edit=identity") == 0


def test_only_the_fields_that_were_typed_in_are_put_back(page, office):
    who = ana()
    path = f"/patients/{who.pk}/person?edit=identity"
    leave(page, path, "pronouns", "they/them")
    who.refresh_from_db()
    assert Draft.objects.get().values == {"pronouns": ["they/them"]}


def test_what_was_typed_by_one_is_offered_to_no_colleague(page, office, rosa_account):
    who = ana()
    path = f"/patients/{who.pk}/person?edit=identity"
    leave(page, path, "pronouns", "they/them")
    lena = make.user(role="lead", username="lena", display_name="Lena Park")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("[name=username]", lena.username)
    page.fill("[name=password]", "a long enough password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert offered(page, path) == 0


def test_it_can_be_forgotten(page, office):
    path = f"/patients/{ana().pk}/person?edit=identity"
    leave(page, path, "pronouns", "they/them")
    page.goto(path)
    page.wait_for_selector(".draft-offer")
    with page.expect_response("**/drafts"):
        page.get_by_role("button", name="Forget it").click()
    assert not Draft.objects.exists()


def test_no_password_is_kept(page, office):
    page.goto("/password")
    until(page, "!!window.htmx")
    page.fill("[name=password_new]", "four plain words here")
    page.wait_for_timeout(1200)
    assert not Draft.objects.exists()
