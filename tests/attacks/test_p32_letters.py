"""P32: no name, subject or address begins a header of its own, in a letter or in the calendar entry inside it."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from frontdesk.exchange.mail.composing import CannotBeWritten, compose
from frontdesk.office.messaging import delivery
from frontdesk.office.scheduling.services import book
from tests.factories import practice
from tests.factories.messaging import FROM, Mailbox, reachable, react
from tests.factories.scheduling import Book, actor

BREAKS = ("\r\n", "\n", "\r", "\u2028", "\x0b", "\x85", "\0")


@pytest.fixture
def out(db, settings):
    """A confirmation as it is to go out now."""
    with Mailbox() as box:
        settings.MAIL = box.settings
        practice.practice()
        the = Book(days=3)
        book(actor(), patient_id=reachable().pk, **the.ask(the.at(9)))
        react()
        [made] = delivery.lease("w", 5)
        yield made


def headers(out):
    try:
        return message_from_bytes(compose(out, FROM), policy=policy.default)
    except CannotBeWritten:
        return {}


@pytest.mark.parametrize("end", BREAKS, ids=repr)
@pytest.mark.parametrize("place", ["clinic", "subject", "to"])
def test_a_line_break_begins_no_header(out, place, end):
    plain, evil = headers(out), f"Elm{end}Bcc: all@example.org{end}X-Evil: yes"
    assert plain["To"] == "ana@example.org"
    given = {"words": replace(out.words, subject=evil)} if place == "subject" else {place: evil}
    made = headers(replace(out, **given))
    assert not {"bcc", "x-evil"} & {name.lower() for name in made}
    if made:
        assert {name.lower() for name in made} == {name.lower() for name in plain}


@pytest.mark.parametrize("end", BREAKS, ids=repr)
def test_nor_a_line_of_the_calendar(out, end):
    facts = replace(out.facts, place=f"Elm{end}ATTENDEE:mailto:all@example.org", address=f"1{end}X-EVIL:yes")
    mail = headers(replace(out, facts=facts))
    [entry] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    lines = re.split(r"\r\n|\n|\r", re.sub(r"\r?\n ", "", entry.get_content()))
    assert not [line for line in lines if line.startswith(("ATTENDEE:mailto:all", "X-EVIL"))]
