"""P26 to P29, P34: what somebody types stays words, on every page, paper, list and letter."""

import csv
import io
import re

import pytest
from django.test import Client

from frontdesk.entrypoints.desk.visits import live
from frontdesk.exchange.post import Postman
from frontdesk.exchange.texting.gateway import Outbox, Receipt
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.services import book
from frontdesk.office.visits.queries.definitions import REPORTS
from tests.attacks.hostile import MARK, WORDS, fill
from tests.browser import _session
from tests.factories import practice as make
from tests.factories.messaging import Mailbox, link_to, reachable, react, write_about
from tests.factories.scheduling import Book, actor
from tests.halves import half
from tests.journeys.addresses import addresses
from tests.reading import words

PAPERS = ("slip.pdf", "label.pdf", "visit-slip.pdf")
TURNS = 6
TURNS_OF_LETTERS = 3
HEADERS = {
    *("from", "to", "subject", "message-id", "date", "auto-submitted", "x-auto-response-suppress"),
    *(
        "content-type",
        "content-transfer-encoding",
        "mime-version",
        "content-language",
        "x-peer",
        "x-mailfrom",
        "x-rcptto",
    ),
}
ROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")
PART = {"HX-Request": "true"}
TAGGED = [word for word in WORDS if set(word) & set("<>\"'")]


@pytest.fixture
def known(street, manager):
    live._drawn.clear()
    return addresses(street, manager)


@pytest.fixture
def officer(street):
    """A client of the privacy officer's, who sees the one page a manager does not."""
    client = Client()
    client.cookies["session"] = _session(make.user(role="privacy", username="otto"))
    return client


@pytest.mark.parametrize("turn", half(range(TURNS)))
def test_every_page_shows_them_as_words(signed_in, officer, known, turn):
    fill(turn)
    live._drawn.clear()
    wrong = []
    for name, address, asked in [(*one, asked) for one in known.items() for asked in ({}, PART)]:
        browser = officer if name == "broken_glass" else signed_in
        answer = browser.get(address, headers=asked, follow=True)
        html = answer.content.decode()
        if answer.status_code != 200:
            wrong.append(f"{name} answers {answer.status_code}")
        wrong += [f"{name} lets out {word}" for word in TAGGED if word in html]
        wrong += [f"{name} works out {word}" for word in ("1055895703",) if re.search(rf"\b{word}\b", html)]
        wrong += [f"{name} turns its writing round"] if ROUND.search(html) else []
        if re.search(r"(?:href|src|action|hx-\w+)=.?\s*javascript:", html):
            wrong.append(f"{name} has an address that is a script")
    assert not wrong, "\n".join(wrong)


@pytest.mark.browser
def test_no_browser_takes_one_for_anything_else(page, elm_street, rosa_account):
    """A real browser's own reading of every page: no element, attribute, title or script came out of the words."""
    rosa_account.role = "manager"
    rosa_account.save()
    known = addresses(elm_street, rosa_account)
    wrong = []
    for turn in half((0, 3)):
        fill(turn)
        live._drawn.clear()
        for name, address in known.items():
            page.goto(address)
            found = page.evaluate(
                """(mark) => [
                  ...(window[mark] ? ["ran"] : []),
                  ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter((a) =>
                    a.name.includes(mark) || (/^(on|hx-|data-hx-|src|href|action|formaction|style)/.test(a.name) && a.value.includes(mark))
                  ).map((a) => `${one.tagName} ${a.name}`)),
                ]""",
                MARK,
            )
            wrong += [f"{name}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("turn", half(range(TURNS)))
def test_papers_are_made_of_them_without_fetching_or_failing(signed_in, known, turn):
    fill(turn)
    visit = known["visit"]
    for address in [*(f"{visit}/{paper}" for paper in PAPERS), "/tomorrow/huddle.pdf", "/board/roster.pdf"]:
        answer = signed_in.get(address)
        paper = answer.getvalue()
        assert (answer.status_code, paper[:5]) == (200, b"%PDF-"), address
        assert b"/JavaScript" not in paper
        assert b"/URI" not in paper
        assert not ROUND.search(words(paper)), address


@pytest.mark.parametrize("turn", (0, 1))  # the turns in which names of the reports begin formulas
def test_no_cell_of_a_list_begins_a_formula(signed_in, known, turn):
    fill(turn)
    wrong, cells, disarmed = [], 0, 0
    for code in REPORTS:
        asked = "period=days&from=3/1/2026&to=3/11/2026"
        for address in (f"/reports/{code}/export?{asked}", f"/reports/{code}/rows/export?{asked}"):
            answer = signed_in.post(address)
            if answer.status_code == 404 and address.startswith("/reports/third-next/rows"):
                continue  # no visits stand behind that one
            assert answer.status_code == 200, address
            rows = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
            for cell in (cell for row in rows for cell in row):
                cells += 1
                disarmed += cell[:2] in {"'=", "'+", "'@", "'-"}
                if ROUND.search(cell):
                    wrong.append(f"{address} turns its writing round")
                if re.match(r"[=+@\t\r|]|-(?!\d+(\.\d+)?$)", cell):
                    wrong.append(f"{address}: {cell}")
    assert cells > 20
    assert disarmed >= 5
    assert not wrong, "\n".join(wrong)


def test_the_names_of_the_practice_are_words_at_the_door_too(client, street):
    make.practice()
    fill(0)
    html = client.get("/sign-in").content.decode()
    assert not [word for word in TAGGED if word in html]


@pytest.mark.parametrize("turn", range(TURNS_OF_LETTERS))
def test_letters_texts_and_what_their_links_open_say_them_as_words(client, db, settings, monkeypatch, turn):
    """By e-mail with its calendar entry, by text, and on the patient's page, each field as long as it can be."""
    taken = []
    monkeypatch.setattr(Outbox, "send", lambda _self, _to, said, key: taken.append(said) or Receipt(key))
    make.practice()
    the = Book(days=3)
    with Mailbox() as box:
        settings.MAIL = box.settings
        for hour, fields in ((9, {}), (10, {"email": "", "mobile": "+16175550111", "may_text": True})):
            book(actor(), patient_id=reachable(**fields).pk, **the.ask(the.at(hour)))
        names = (
            "practice.Practice",
            "practice.Location",
            "practice.Provider",
            "patients.Patient",
            "scheduling.VisitType",
        )
        fill(turn * 2 + 1, only=names)
        react()
        postman = Postman("w")
        while postman.round():
            pass
        letters = [mail for _, mail in box.taken]
    assert (len(letters), len(taken)) == (1, 1)
    for mail in letters:
        assert {name.lower() for name in mail} <= HEADERS
        assert not ROUND.search(mail["Subject"] + mail.get_body(("plain",)).get_content())
        assert not mail.get_body(("html",))
    assert not [said for said in taken if ROUND.search(said) or "\n" in said or len(said) > 1600]
    word = link_to(write_about(Appointment.objects.order_by("pk").first(), "running_late"))
    for end in ("", "/times", "/cancel"):
        html = client.get(f"/a/{word}{end}", follow=True).content.decode()
        assert not [one for one in TAGGED if one in html]
        assert not ROUND.search(html)
