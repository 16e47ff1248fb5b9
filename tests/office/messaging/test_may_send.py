"""The one function every message goes through, as a table: who, what, when - and what comes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from frontdesk.office.messaging.rules import (
    Ask,
    Reader,
    Way,
    may_send,
    next_allowed,
    zones_of_state,
)

NOON = datetime(2026, 3, 3, 17, tzinfo=UTC)  # noon in New York, nine in Los Angeles
NIGHT = datetime(2026, 3, 4, 3, tzinfo=UTC)  # ten in the evening in New York
MAIL = Way("email", "ana@example.org")
CELL = Way("text", "+16175550134", allowed=True)
ANA = Reader(born=date(1962, 3, 14), ways=(MAIL, CELL))
CHILD = replace(ANA, born=date(2015, 5, 1))
MOTHER = Way("email", "mother@example.org")
ASK = Ask("confirmation", NOON, "America/New_York")
REMINDER = replace(ASK, kind="reminder")


def private(way):
    return replace(way, private=True)


@pytest.mark.parametrize(
    ("reader", "ask", "verdict", "address"),
    [
        (ANA, ASK, "now", MAIL.address),  # a calendar entry goes by e-mail
        (ANA, REMINDER, "now", CELL.address),  # a reminder goes by text
        (replace(ANA, ways=(CELL,)), ASK, "now", CELL.address),
        (replace(ANA, ways=(MAIL,)), REMINDER, "now", MAIL.address),
        (
            replace(ANA, ways=(MAIL, replace(CELL, allowed=None))),
            REMINDER,
            "now",
            MAIL.address,
        ),  # nobody asked
        (replace(ANA, ways=(MAIL, replace(CELL, allowed=False))), REMINDER, "now", MAIL.address),  # revoked
        (replace(ANA, ways=(MAIL, replace(CELL, opted_out=True))), REMINDER, "now", MAIL.address),  # STOP
        (replace(ANA, ways=(replace(MAIL, opted_out=True), CELL)), ASK, "now", CELL.address),
        (
            replace(ANA, ways=(MAIL, replace(MAIL, address="work@example.org", preferred=True))),
            ASK,
            "now",
            "work@example.org",
        ),
        # Who asked for one way has it by that way.
        (ANA, replace(ASK, only="text"), "now", CELL.address),
        (ANA, replace(REMINDER, only="email"), "now", MAIL.address),
        (replace(ANA, ways=(private(MAIL), CELL)), replace(ASK, only="email"), "now", MAIL.address),
        (replace(CHILD, ways=(), guardians=(MOTHER,)), replace(ASK, only="email"), "now", MOTHER.address),
        # A text waits for the morning of whoever it rings for; an e-mail does not.
        (ANA, replace(REMINDER, now=NIGHT), "later", CELL.address),
        (ANA, replace(ASK, now=NIGHT), "now", MAIL.address),
        # Where the morning would be too late, the e-mail goes.
        (
            ANA,
            replace(REMINDER, now=NIGHT, not_after=datetime(2026, 3, 4, 12, tzinfo=UTC)),
            "now",
            MAIL.address,
        ),
        # Who asked for a private address is reached there and nowhere else.
        (replace(ANA, ways=(MAIL, private(CELL))), ASK, "now", CELL.address),
        (replace(ANA, ways=(private(MAIL), CELL)), REMINDER, "now", MAIL.address),
        (replace(ANA, confidential=True, ways=(MAIL, private(CELL))), ASK, "now", CELL.address),
        # A minor's guardian is written to where the chart has no address; never for a confidential visit.
        (replace(CHILD, ways=(), guardians=(MOTHER,)), ASK, "now", MOTHER.address),
        (replace(ANA, ways=(CELL,), guardians=(MOTHER,)), ASK, "now", CELL.address),
        (
            replace(CHILD, ways=(private(CELL),), guardians=(MOTHER,)),
            replace(ASK, confidential=True),
            "now",
            CELL.address,
        ),
    ],
)
def test_it_goes_to(reader, ask, verdict, address):
    decision = may_send(reader, ask)
    assert (decision.verdict, decision.way.address) == (verdict, address)
    assert decision.to_guardian == (address == MOTHER.address)


@pytest.mark.parametrize(
    ("reader", "ask", "why"),
    [
        (ANA, replace(ASK, off=frozenset({"confirmation"})), "does not send this kind"),
        (replace(ANA, is_deceased=True), ASK, "has died"),
        (replace(ANA, is_active=False), ASK, "not active"),
        (ANA, replace(ASK, not_after=datetime(2026, 3, 3, 16, tzinfo=UTC)), "too late"),
        (replace(ANA, ways=()), ASK, "no e-mail address and no mobile"),
        (replace(ANA, ways=(replace(CELL, allowed=None),)), ASK, "Nobody has asked"),
        (replace(ANA, ways=(replace(CELL, allowed=False),)), ASK, "do not want texts"),
        (replace(ANA, ways=(replace(CELL, opted_out=True),)), ASK, "no more messages"),
        (
            replace(ANA, ways=(CELL,)),
            replace(REMINDER, now=NIGHT, not_after=datetime(2026, 3, 4, 12, tzinfo=UTC)),
            "too late",
        ),
        (replace(ANA, confidential=True), ASK, "private address only"),
        (ANA, replace(ASK, confidential=True), "private address only"),
        (replace(CHILD, guardians=(MOTHER,)), replace(ASK, confidential=True), "private address only"),
        # One way was asked for: another is no answer.
        (replace(ANA, ways=(CELL,)), replace(ASK, only="email"), "no e-mail address on file"),
        (replace(ANA, ways=(MAIL,)), replace(ASK, only="text"), "no mobile number on file"),
        (
            replace(ANA, ways=(MAIL, replace(CELL, opted_out=True))),
            replace(ASK, only="text"),
            "no more messages",
        ),
        (
            replace(ANA, ways=(MAIL, replace(CELL, allowed=None))),
            replace(ASK, only="text"),
            "Nobody has asked",
        ),
        (
            replace(ANA, ways=(MAIL, replace(CELL, allowed=False))),
            replace(ASK, only="text"),
            "not want texts.",
        ),
        (
            replace(ANA, ways=(replace(MAIL, allowed=False), CELL)),
            replace(ASK, only="email"),
            "not want e-mail.",
        ),
        (replace(ANA, ways=(private(CELL), MAIL)), replace(ASK, only="email"), "no such e-mail address"),
        (replace(ANA, confidential=True), replace(ASK, only="text"), "no such mobile number"),
        # One number in two records: the child's no is not overruled by the guardian's yes.
        (
            replace(CHILD, ways=(replace(CELL, allowed=False),), guardians=(replace(CELL, allowed=True),)),
            ASK,
            "do not want texts",
        ),
        # The private number is the household's too: it is not private.
        (replace(ANA, ways=(MAIL, replace(private(CELL), shared=True))), ASK, "private address only"),
        (replace(ANA, ways=(), guardians=(MOTHER,)), ASK, "no e-mail address"),  # of age: not the guardian's
    ],
)
def test_it_goes_nowhere(reader, ask, why):
    decision = may_send(reader, ask)
    assert (decision.verdict, decision.way) == ("no", None)
    assert why in decision.why


@pytest.mark.parametrize(
    ("state", "moment", "opens"),
    [
        ("MA", "2026-03-03T12:59", "2026-03-03T13:00"),  # eight in the morning
        ("MA", "2026-03-04T01:59", "2026-03-04T01:59"),  # one minute to nine in the evening
        ("MA", "2026-03-04T02:00", "2026-03-04T13:00"),
        ("CA", "2026-03-03T13:00", "2026-03-03T16:00"),
        ("HI", "2026-03-03T17:00", "2026-03-03T18:00"),
        ("TX", "2026-03-03T14:00", "2026-03-03T15:00"),  # eight in Dallas is seven in El Paso
        ("TX", "2026-03-04T03:00", "2026-03-04T15:00"),  # nine in the evening in Dallas
        ("MA", "2026-03-08T11:59", "2026-03-08T12:00"),  # the clocks went forward that night
    ],
)
def test_a_text_rings_only_by_day_on_the_patients_clock(state, moment, opens):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    allowed = next_allowed(at, zones_of_state(state), time(8), time(21))
    assert allowed == datetime.fromisoformat(opens).replace(tzinfo=UTC)


def test_the_patients_clock_counts_and_not_the_clinics():
    early = replace(REMINDER, now=datetime(2026, 3, 3, 14, tzinfo=UTC))
    decision = may_send(replace(ANA, zones=("America/Los_Angeles",)), early)
    assert (decision.verdict, decision.at) == ("later", datetime(2026, 3, 3, 16, tzinfo=UTC))


def test_every_state_has_a_clock():
    from frontdesk.office.patients.rules import STATES

    assert {state for state in STATES if not zones_of_state(state)} == {"AA", "AE", "AP"}
