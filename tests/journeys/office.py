"""The book on Elm Street as the journeys find it, and a counter of keys."""

from datetime import date, timedelta

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from frontdesk.office.scheduling import services
from tests.browser import until
from tests.factories import practice
from tests.factories import scheduling as book

TUESDAY = date(2026, 3, 10)
MONDAY = date(2026, 3, 9)


class Office:
    """Dr. Lee and Dr. Ruiz, open from eight to five on `days` days from Tuesday, March 10th; one kind of visit."""

    def __init__(self, location, days=10):
        self.location = location
        self.lane = book.lane()
        self.lee = book.provider_at(location)
        self.ruiz = book.provider_at(location, practice.provider(first_name="Ana", last_name="Ruiz"))
        self.visit = book.visit_type(name="Follow-up", start_every=20)
        for resource in (self.lee, self.ruiz):
            for ahead in range(days):
                book.open_day(resource, self.lane, TUESDAY + timedelta(days=ahead))
        book.reasons()

    def at(self, hour, minute=0, day=TUESDAY):
        from datetime import datetime, time

        from frontdesk.kit import walltime

        return walltime.to_utc(datetime.combine(day, time(hour, minute)), self.location.zone)

    def book(self, patient, hour=9, minute=0, resource=None):
        return services.book(
            book.actor(),
            patient_id=patient.pk,
            visit_type_id=self.visit.pk,
            location_id=self.location.pk,
            provider_id=(resource or self.lee).provider_id,
            starts=self.at(hour, minute),
        )


class Keys:
    """Presses keys and counts them: a letter is one, a chord (Alt+b) is two. Nothing is ever clicked."""

    def __init__(self, page):
        self.page, self.count, self.loads = page, 0, 0
        page.on("domcontentloaded", lambda _page: self._loaded())

    def _loaded(self):
        """A document was fetched anew; a change of address within the same one is no page load."""
        self.loads += 1

    def _taken_over(self):
        """Wait until the scripts have the page: on a busy machine a key can be quicker than they are."""
        until(
            self.page,
            "!document.querySelector('script[type=module]') || document.documentElement.hasAttribute('data-ready')",
        )

    def press(self, key):
        self._taken_over()
        self.count += len(key.split("+")) if len(key) > 1 else 1
        self.page.keyboard.press(key)
        return self

    def type(self, words):
        self.count += len(words)
        self.page.keyboard.type(words, delay=5)
        return self

    def see(self, selector):
        try:
            self.page.wait_for_selector(selector, state="visible")
        except PlaywrightTimeout as late:
            at = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            late.add_note(f"The focus is on {at}; refused: {getattr(self.page, 'refusals', [])}")
            raise
        return self

    def gone(self, selector):
        self.page.wait_for_selector(selector, state="detached")
        return self
