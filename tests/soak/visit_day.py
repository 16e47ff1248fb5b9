"""A day of many visits, worked by clerks in browsers and over HTTP at once, watched by a screen that follows."""

import random
import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, Queue
from zoneinfo import ZoneInfo

from playwright.sync_api import Error as PlaywrightError

from tests.browser import CHROMIUM, FLAGS
from tests.soak import book
from tests.soak.site import Clerk, Site

PASSWORD = "a long enough password"
ZONES = ("America/New_York", "Pacific/Honolulu", "Pacific/Guam")
HX = {"HX-Request": "true"}
THINK = 1.2  # seconds between two keys on the average: what people need to make up their mind (Card, Moran, Newell 1980)
WAY = (
    ("do/arrive", "arrived"),
    ("settle/identity", None),
    ("settle/changes", None),
    ("do/check-in", "checked_in"),
    ("do/room", "roomed"),
    ("do/start", "with_provider"),
    ("do/finish", "checkout"),
)
KEYS = (
    ("a", "arrived"),
    ("i", None),
    ("c", "checked_in"),
    ("m", "roomed"),
    ("e", "with_provider"),
    ("e", "checkout"),
    ("o", "done"),
)


@dataclass
class Day:
    """The visits of a day with what is to become of each, and what the clerks were told."""

    place: int
    visits: list[tuple[int, str]]
    visit_type: int
    acknowledged: list[tuple[int, str, float]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, visit: int, status: str) -> None:
        with self.lock:
            self.acknowledged.append((visit, status, time.time() * 1000))


def prove(
    folder: Path, visits: int = 200, clerks: int = 8, browsers: int = 2, port: int = 8174, most: int = 1000
) -> tuple[str, bool]:
    """Work a day; good when all ended well and the watching screen was never more than `most` milliseconds behind."""
    site = Site(folder, port)
    site.migrate()
    book.connect(folder)
    day = ground(visits, clerks)
    site.up()
    try:
        begun = time.monotonic()
        counts, seen = work(site, day, clerks, browsers)
        seconds = time.monotonic() - begun
    finally:
        site.down()
    verdict, wrong, stale = site.check(), unfinished(day), staleness(day, seen)
    worst, middle = max(stale, default=0.0), sorted(stale)[len(stale) // 2] if stale else 0.0
    late = sum(one > most for one in stale)
    broken = sum(n for what, n in counts.items() if what.endswith((" 500", " 0")))
    words = (
        f"{visits} visits, {clerks} clerks ({browsers} in browsers) in {seconds:,.0f} s; {len(wrong)} without an end or a "
        f"whole history{': ' + '; '.join(wrong) if wrong else ''}; {broken} server errors; {len(stale):,} changes followed, {late} after more than {most / 1000:g} s "
        f"(middle {middle:,.0f} ms, worst {worst:,.0f} ms); check {verdict}; "
        + ", ".join(f"{what}: {n:,}" for what, n in sorted(counts.items()))
    )
    good = not wrong and not broken and verdict == "clean" and not late and len(stale) >= visits
    return words, good


def ground(visits: int, clerks: int) -> Day:
    """A site with visits from three hours ago until now, and people who may work there."""
    from frontdesk.kit import clock
    from frontdesk.office.scheduling import services
    from tests.factories import practice
    from tests.factories import scheduling as make
    from tests.factories.patients import patient
    from tests.people import lena

    now = clock.now()
    zone = next(z for z in ZONES if 5 <= now.astimezone(ZoneInfo(z)).hour <= 21)
    practice.practice()
    begins = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    today = begins.astimezone(ZoneInfo(zone)).date()
    each = 9
    the = make.Book(day=today, zone=zone)
    providers = [
        make.provider_at(
            the.location, practice.provider(first_name="Kim", last_name=f"Provider {chr(65 + n)}")
        )
        for n in range(-(-visits // each))
    ]
    for resource in providers:
        make.open_day(
            resource,
            the.lane,
            today,
            datetime.min.time(),
            datetime.max.time().replace(second=0, microsecond=0),
        )
    rng, planned = random.Random(1), []
    fates = ("done", "follow_up", "left", "no_show", "undo")
    with clock.fixed(begins - timedelta(hours=1)):
        for at in range(visits):
            starts = begins + timedelta(minutes=20 * (at % each))
            who = patient(
                legal_last=f"Walker{chr(65 + at % 26)}{chr(97 + at // 26)}", phone=f"(617) 555-{at:04}"
            )
            row = services.book(lena(), patient_id=who.pk, **the.ask(starts, providers[at // each]))
            planned.append((row.pk, rng.choices(fates, (66, 12, 6, 10, 6))[0]))
        for number in range(clerks):
            practice.user(username=f"clerk{number}", role="lead", display_name=f"Clerk {number}")
    return Day(the.location.pk, planned, the.visit.pk)


def work(
    site: Site, day: Day, clerks: int, browsers: int
) -> tuple[Counter[str], list[tuple[str, str, float]]]:
    """Share the visits out, those that go their ordinary way also to the browsers, and work until all are over."""
    by_key, by_wire = Queue(), Queue()
    for at, one in enumerate(day.visits):
        (by_key if one[1] == "done" and at % clerks < browsers else by_wire).put(one)
    over, ready = threading.Event(), threading.Event()
    with ThreadPoolExecutor(clerks + 1) as pool:
        watcher = pool.submit(watch, site, over, ready)
        try:
            while not ready.wait(0.2):
                if watcher.done():
                    watcher.result()  # raises what kept the watching screen from opening
            jobs = [pool.submit(by_keyboard, site, day, by_key, n) for n in range(browsers)]
            jobs += [pool.submit(over_http, site, day, by_wire, n) for n in range(browsers, clerks)]
            counts = sum((job.result() for job in jobs), Counter())
            time.sleep(2)
        finally:
            over.set()
        return counts, watcher.result()


def over_http(site: Site, day: Day, waiting: "Queue[tuple[int, str]]", number: int) -> Counter[str]:
    clerk = Clerk(site, number, f"clerk{number}", PASSWORD)
    clerk.opener.addheaders = list(HX.items())
    clerk.sign_in()
    counts: Counter[str] = Counter()

    def deed(visit: int, path: str, status: str | None, **fields: object) -> str:
        code, html = clerk.post(f"/visits/{visit}/{path}", **fields)
        counts[f"{path.split('/')[-1]} {code}"] += 1
        if code == 200 and status:
            day.told(visit, status)
        if clerk.rng.random() < 0.1:  # a colleague presses the same key
            code, _ = clerk.post(f"/visits/{visit}/{path}", **fields)
            counts[f"again {code}"] += 1
        time.sleep(THINK * clerk.rng.random() * 2)
        return html

    for visit, fate in drain(waiting):
        if fate == "no_show":
            deed(visit, "do/no-show", "no_show")
            continue
        if fate == "undo":
            clerk.post(f"/visits/{visit}/do/arrive")
            clerk.post(f"/visits/{visit}/do/undo")
        for path, status in WAY[: 4 if fate == "left" else None]:
            deed(visit, path, status)
        if fate == "left":
            deed(visit, "do/leave", "done", reason="Could not wait")
            continue
        if fate == "follow_up":
            html = deed(visit, "follow-ups", None, weeks=0, visit_type=day.visit_type)
            order, offers = (
                re.search(rf"/visits/{visit}/follow-ups/\d+", html),
                re.findall(r'name="offer" value="([^"]+)"', html),
            )
            wish = {"offer": clerk.rng.choice(offers)} if offers else {"how": "recall"}
            code, _ = clerk.post(order[0] if order else "/", **wish)
            if code != 200:  # somebody else took that time: put it on recall
                clerk.post(order[0] if order else "/", how="recall")
        deed(visit, "do/check-out", "done")
    return counts


def by_keyboard(site: Site, day: Day, waiting: "Queue[tuple[int, str]]", number: int) -> Counter[str]:
    counts, rng = Counter[str](), random.Random(number)
    with screen(site, number) as page:
        for visit, _ in drain(waiting):
            choose(page, visit)
            for key, status in KEYS:
                page.keyboard.press(key)
                if status:
                    shown(page, f'#v{visit}[data-status="{status}"]')
                    day.told(visit, status)
                else:
                    shown(page, ".checklist-done", "Identity")
                counts[f"key {key}"] += 1
                page.wait_for_timeout(THINK * rng.random() * 2000)
    return counts


def choose(page, visit: int) -> None:
    """Click the row until its card is there: it may be drawn anew under the pointer."""
    for _ in range(10):
        page.click(f"#v{visit} .desk-what")
        try:
            shown(page, f'[data-card="{visit}"]', seconds=3)
        except PlaywrightError:
            continue
        return
    raise RuntimeError(f"the card of visit {visit} did not open")


def shown(page, selector: str, words: str = "", seconds: int = 30) -> None:
    """Wait until the page shows it, woken by its changes: asking at every frame would keep a whole core of the two busy."""
    page.evaluate(
        """([selector, words, seconds]) => new Promise((yes, no) => {
          const there = () => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words));
          if (there()) return yes();
          const waiting = new MutationObserver(() => there() && (waiting.disconnect(), yes()));
          waiting.observe(document, { subtree: true, childList: true, attributes: true });
          setTimeout(() => (waiting.disconnect(), no(new Error(`not shown: ${selector} ${words}`))), seconds * 1000);
        })""",
        [selector, words, seconds],
    )


def drain(waiting: "Queue[tuple[int, str]]"):
    while True:
        try:
            yield waiting.get_nowait()
        except Empty:
            return


class screen:
    """A signed-in desk in a browser of its own."""

    def __init__(self, site: Site, number: int) -> None:
        self.site, self.number = site, number

    def __enter__(self):
        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = self.browser.new_page(
            viewport={"width": 1440, "height": 900}, base_url=f"http://127.0.0.1:{self.site.port}"
        )
        page.set_default_timeout(30_000)
        page.goto("/sign-in")
        page.fill("[name=username]", f"clerk{self.number}")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-line][tabindex]")  # the scripts have taken the list over
        return page

    def __exit__(self, *_):
        self.browser.close()
        self.driver.stop()


def watch(site: Site, over: threading.Event, ready: threading.Event) -> list[tuple[str, str, float]]:
    """Look at a desk nobody touches, and note when each line shows which status."""
    with screen(site, 0) as page:
        page.evaluate(
            """() => {
              window.seen = [];
              const note = (line) => window.seen.push([line.dataset.line, line.dataset.status, Date.now()]);
              document.querySelectorAll("[data-line]").forEach(note);
              new MutationObserver((changes) => {
                for (const change of changes) for (const node of change.addedNodes) if (node.matches?.("[data-line]")) note(node);
              }).observe(document.querySelector(".desk-list"), { childList: true, subtree: true });
            }"""
        )
        ready.set()
        while not over.is_set():
            page.wait_for_timeout(200)
        return page.evaluate("window.seen")


def staleness(day: Day, seen: list[tuple[str, str, float]]) -> list[float]:
    """How many milliseconds after a clerk was told so the watching screen showed it, or what came after it."""
    delays = []
    for at, (visit, status, told) in enumerate(day.acknowledged):
        later = {status} | {s for v, s, _ in day.acknowledged[at:] if v == visit}
        shown = [t for line, s, t in seen if line == str(visit) and s in later and t >= told - 5000]
        delays.append(max(min(shown) - told, 0.0) if shown else float("inf"))
    return delays


def unfinished(day: Day) -> list[str]:
    """The visits that have not come to their end, or whose history does not lead there."""
    from frontdesk.office.scheduling.models import Appointment
    from frontdesk.office.visits.models import Step

    wrong = []
    for visit, fate in day.visits:
        status = Appointment.objects.get(pk=visit).status
        steps = list(Step.objects.filter(appointment=visit).order_by("id").values_list("before", "after"))
        chained = all(one[1] == other[0] for one, other in zip(steps, steps[1:], strict=False))
        whole = fate == "no_show" or (
            bool(steps) and steps[0][0] == "scheduled" and steps[-1][1] == "done" and chained
        )
        if status != ("no_show" if fate == "no_show" else "done") or not whole:
            went = ", ".join(f"{before} to {after}" for before, after in steps)
            wrong.append(f"{visit} ({fate}) is {status}: {went}")
    return wrong
