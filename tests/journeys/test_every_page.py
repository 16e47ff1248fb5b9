"""Every page of the program, full and empty: axe finds nothing, and nothing runs off a phone's side."""

import pytest
from django.urls import URLPattern, get_resolver

from frontdesk.office.patients.models import Patient
from tests.browser import until
from tests.factories import practice as make
from tests.factories.patients import ana
from tests.halves import half
from tests.journeys.addresses import NO_PAGE, addresses
from tests.ui.axe import violations

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Colours are the same at any width, and all else is the same by day and by night: two looks show everything.
LOOKS = half([(DESK, "light"), (PHONE, "dark")])
# What a new practice sees on its first day.
BARE = [
    *("/", "/patients", "/patients/merge-queue", "/schedule", "/schedule/week", "/schedule/month"),
    *("/schedule/agenda", "/schedule/stranded", "/schedule/rescue", "/openings", "/waitlist", "/recalls"),
    *("/referrals", "/estimates", "/fees", "/fees/usual", "/fees/asking", "/payments/cards"),
    *("/hours", "/visit-types", "/templates", "/reports", "/reports/waits", "/reports/third-next"),
    "/reports/reminder-effect",
    *("/board", "/board?by=room", "/board/wall", "/tomorrow"),
    *("/downtime", "/audit", "/audit/snooping", "/audit/access", "/privacy", "/privacy/notices"),
]


@pytest.fixture
def rosa_account(elm_street):
    """Who may open every page manages the practice."""
    return make.user(role="manager")


def _names(patterns):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one.name
        else:
            yield from _names(one.url_patterns)


def _wrong(page, address, status=200):
    """What is wrong with a page: wide by day, or narrow by night."""
    answer = page.goto(address)
    if answer.status != status or "<!doctype html>" not in answer.text():
        return [f"{address} answers {answer.status}"]
    until(page, "!!window.htmx || !document.querySelector('#page')")
    found = []
    for size, theme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong = violations(page) + ([f"runs {over} px off the side"] if over > 0 else [])
        found += [f"{address} {size['width']} {theme}: {one}" for one in wrong]
    return found


def test_every_page_is_open_to_everyone(page, elm_street, rosa_account):
    """Adding an address without a line among the addresses fails here."""
    known = addresses(elm_street, rosa_account)
    assert set(_names(get_resolver().url_patterns)) == set(known) | NO_PAGE
    door, officers = known.pop("sign_in"), known.pop("broken_glass")
    found = [one for address in known.values() for one in _wrong(page, address)]
    rosa_account.role = "privacy"
    rosa_account.save()
    found += _wrong(page, officers)
    page.context.clear_cookies()
    found += _wrong(page, door)
    assert not found, "\n".join(found)


def test_so_is_every_page_with_nothing_in_it(page):
    found = [one for address in BARE for one in _wrong(page, address)]
    assert not found, "\n".join(found)


def test_so_is_every_page_that_says_no(page, rosa_account):
    """A page that is not there, a patient who is not there, a page for others."""
    found = _wrong(page, "/no-such-page", 404) + _wrong(page, "/patients/999", 404)
    rosa_account.role = "trainee"
    rosa_account.save()
    found += _wrong(page, "/patients/merge-queue", 403)
    rosa_account.role = "psr"
    rosa_account.save()
    who = ana()
    Patient.objects.filter(pk=who.pk).update(labels="vip")
    found += _wrong(page, f"/patients/{who.pk}", 403)
    assert not found, "\n".join(found)
