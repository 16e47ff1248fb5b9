"""The wall turns the pages of a column that holds more than fits: slowly, by whole lines, and never under anybody's hands."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from frontdesk.kit import clock
from frontdesk.office.visits import services
from tests.browser import until
from tests.factories import scheduling as book
from tests.factories.visits import ROSA
from tests.journeys.office import Office
from tests.ui.axe import violations

PAGE, IDLE = 12_000, 30_000
COLUMN = "[data-live-group=arrived]"


@pytest.fixture
def office(elm_street):
    made = Office(elm_street)
    with clock.fixed(made.at(9)):
        yield made


def arrive(office, number):
    """So many patients have arrived for the visits of this morning."""
    for n in range(number):
        who = office.lee if n % 2 else office.ruiz
        row = office.book(book.patient(legal_first=f"P{n}"), 9 + n // 6, n // 2 % 3 * 20, who)
        services.arrive(ROSA, appointment_id=row.pk)


@pytest.fixture
def wall(page, office):
    """The wall of a morning on which twenty wait, a few more than fit; its time goes on only where a test says so."""
    arrive(office, 20)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    page.goto("/board/wall")
    page.wait_for_selector(f"{COLUMN} [data-pages] i")
    until(page, "document.fonts.status === 'loaded'")
    page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 3, UTC))
    return page


def shown(wall):
    """Which page the column shows, of how many, how far it is scrolled, and whether a line begins right under its head."""
    return wall.evaluate(
        """(column) => {
          const place = document.querySelector(column), bars = [...place.querySelectorAll("[data-pages] i")];
          const lines = [...place.querySelectorAll("[data-line]")];
          const first = lines.find((line) => line.offsetTop - lines[0].offsetTop >= place.scrollTop - 1);
          const even = Math.abs(first.offsetTop - lines[0].offsetTop - place.scrollTop) < 1;
          return [bars.findIndex((bar) => "now" in bar.dataset), bars.length, Math.round(place.scrollTop), even];
        }""",
        COLUMN,
    )


def pass_by(wall, milliseconds):
    wall.clock.run_for(milliseconds)


def test_the_pages_of_a_full_column_are_turned_one_by_one_slowly_and_by_whole_lines(wall):
    pages = shown(wall)[1]
    assert pages >= 3
    wall.evaluate(
        """(column) => {
          const place = document.querySelector(column), of = Object.getOwnPropertyDescriptor(Element.prototype, "scrollTop");
          window.moves = [];
          Object.defineProperty(place, "scrollTop", {
            get: () => of.get.call(place),
            set: (to) => { of.set.call(place, to); window.moves.push([performance.now(), to]); },
          });
        }""",
        COLUMN,
    )
    rests = [shown(wall)]
    for _ in range(pages):
        pass_by(wall, PAGE)
        rests.append(shown(wall))
    turns = turned(wall.evaluate("window.moves"))
    assert [(page, even) for page, _, _, even in rests] == [*((n, True) for n in range(pages)), (0, True)]
    assert [turn[-1][1] for turn in turns] == pytest.approx([at for _, _, at, _ in rests[1:]], abs=1)
    for turn in turns:
        assert len(turn) > 20
        assert turn[-1][0] - turn[0][0] > 1400


def turned(moves):
    """The movements of a column, those of one turn together."""
    turns = [[moves[0]]]
    for before, move in pairwise(moves):
        if move[0] - before[0] > 1000:
            turns.append([])
        turns[-1].append(move)
    return turns


def test_every_line_has_been_in_sight_whole_when_all_pages_were_turned(wall):
    wall.emulate_media(reduced_motion="reduce")
    seen, pages = set(), shown(wall)[1]
    for _ in range(pages):
        seen |= set(
            wall.evaluate(
                """(column) => {
                  const place = document.querySelector(column), box = place.getBoundingClientRect();
                  const head = place.querySelector("h2").getBoundingClientRect().bottom;
                  return [...place.querySelectorAll("[data-line]")].filter((line) => {
                    const at = line.getBoundingClientRect();
                    return at.top >= head - 1 && at.bottom <= box.bottom + 1;
                  }).map((line) => line.dataset.line);
                }""",
                COLUMN,
            )
        )
        pass_by(wall, PAGE)
    assert len(seen) == wall.locator(f"{COLUMN} [data-line]").count() == 20


def test_who_has_asked_for_less_movement_sees_the_page_turned_at_once(wall):
    wall.emulate_media(reduced_motion="reduce")
    pass_by(wall, PAGE)
    page, _, _, even = shown(wall)
    assert (page, even) == (1, True)


@pytest.mark.parametrize("use", ["mouse", "wheel", "keys"])
def test_nothing_moves_while_somebody_is_at_it_nor_for_a_while_after(wall, use):
    wall.emulate_media(reduced_motion="reduce")
    pass_by(wall, PAGE - 1000)
    if use == "mouse":
        wall.mouse.move(300, 300)
    elif use == "wheel":
        wall.dispatch_event("body", "wheel")
    else:
        wall.keyboard.press("Shift")
    at = shown(wall)[2]
    pass_by(wall, IDLE - PAGE)
    assert shown(wall)[2] == at
    pass_by(wall, 2 * PAGE)
    assert shown(wall)[2] > at


def test_a_column_that_fits_stays_and_says_nothing_of_pages(page, office):
    arrive(office, 3)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    page.goto("/board/wall")
    page.wait_for_selector(f"{COLUMN} [data-line]")
    pass_by(page, 3 * PAGE)
    assert page.evaluate(
        "[...document.querySelectorAll('[data-live-group]')].every((one) => one.scrollTop === 0)"
    )
    assert page.locator("[data-pages]").count() == 0


def test_a_full_wall_is_open_to_everyone(wall):
    wall.clock.resume()
    assert not violations(wall)
    wall.set_viewport_size({"width": 390, "height": 844})
    wall.wait_for_selector("[data-pages]", state="detached")
    assert not violations(wall)
