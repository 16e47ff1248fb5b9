"""A tab left open on one patient: no form of the program, sent from it, lands in another's record."""

import pytest

from frontdesk.office.audit.services import AnotherPatient
from tests.attacks import tabs
from tests.attacks.practice import undone, watching
from tests.attacks.tabs import rows_of

pytestmark = pytest.mark.django_db
LISTS = ("/", "/tomorrow?day=2026-03-10", "/waitlist", "/messages", "/schedule/stranded")
KINDS = 35
"""So many kinds of form there are at the least about one patient, met for both; fewer means the walk went astray."""


@pytest.fixture
def browser(world):
    return world.everywhere


@pytest.fixture(scope="module")
def forms(world):
    """Every form about Ana or Bo that somebody at both sites comes by."""

    def get(address):
        answer = world.everywhere.get(address, follow=True)
        return answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""

    seeds = [*LISTS, *(f"/patients/{one.pk}" for one in (world.ana, world.bo))]
    for site in (world.elm, world.oak):
        seeds += [f"/visits/{site.today.pk}", f"/messages/{site.message.pk}"]
        seeds += [
            f"/attempts/waitlist/{site.entry.pk}/{site.entry.patient_id}",
            f"/waitlist/{site.entry.pk}/offer?offer={site.offer}",
        ]
    return tabs.walk(get, seeds, each=4)


def test_no_form_lands_in_another_chart(world, browser, forms):
    """One patient's form to the other's address, and the other's form sent from the one's page."""
    both, wrong, would, kinds = [world.ana.pk, world.bo.pk], [], set(), set()
    before = rows_of(both)
    for _, about, action, sent in tabs.crossed(forms):
        kind = about.kind
        kinds.add(kind)
        with undone(), watching("patients_draft", "audit_formkey") as written:
            answer = browser.post(action, sent)
            if answer.status_code != 409 or "another patient" not in answer.content.decode():
                wrong.append(f"{kind}: {action} answers {answer.status_code}")
            # Reading every row of both takes longer than all else: where nothing was written none can be another.
            if written and rows_of(both) != before:
                wrong.append(f"{kind}: {action} has changed something")
        if kind not in would:
            with undone():
                if browser.post(about.action, about.sent()).status_code < 400 and rows_of(both) != before:
                    would.add(kind)
    assert not wrong, "\n".join(wrong)
    assert len(kinds) >= KINDS
    assert len(would) > len(kinds) // 3, "hardly a form lands even where it belongs: nothing was proven"


def test_every_form_about_a_patient_says_whose_page_it_stands_on(forms):
    assert not tabs.unguarded(forms)


def test_what_is_no_number_is_nobodys_page(world, browser):
    for shown in ("x", "-1", "9" * 5000, "\u0661" * 30):
        with undone():
            answer = browser.post(f"/patients/{world.ana.pk}/sections/contact/confirm", {"_patient": shown})
            assert answer.status_code == 409, shown


def test_a_refusal_that_draws_the_form_anew_draws_none_about_another(world, browser, caplog):
    """The words of Ana's form must not come to stand, one key from being written, in a form about Bo; the log has it."""
    with undone():
        words = {"_patient": world.ana.pk, "version": "1", "internal_note": "Only of Ana"}
        answer = browser.post(f"/appointments/{world.oak.visit.pk}/notes", words)
    assert answer.status_code == 409
    assert "Only of Ana" not in answer.content.decode()
    (line,) = (one for one in caplog.records if one.name == "frontdesk.security")
    assert line.facts["route"] == "notes"
    assert "Ana" not in line.getMessage()


def test_the_office_itself_refuses_whatever_the_screen_forgot(world):
    from frontdesk.office.scheduling.services import set_notes
    from tests.people import lena

    with undone(), pytest.raises(AnotherPatient):
        set_notes(lena().showing(world.ana.pk), appointment_id=world.oak.visit.pk, internal_note="x")
