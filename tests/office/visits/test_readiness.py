"""Readiness and its chips: tables of cases, no database and no clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from frontdesk.office.coverage.rules import Cover
from frontdesk.office.referrals.rules import Caution
from frontdesk.office.visits import rules
from frontdesk.office.visits.rules import Facts

DAY = date(2026, 3, 10)
NINE = datetime(2026, 3, 10, 13, tzinfo=UTC)
ACTIVE, OVER = Cover("active", "ACTIVE"), Cover("inactive", "Not covered: ended 3/1")
COPAY = rules.Money("collect", "Collect $35.00: copay")
KNOWN = {"cover": ACTIVE, "forms": "", "money": rules.Money("nothing", "Nothing to collect")}
LACKS = tuple(Caution("missing", kind, f"No {kind} on file") for kind in ("referral", "authorization"))


def facts(**fields):
    """A visit of an adult of whom everything is known and confirmed, tomorrow at nine; `fields` change that."""
    given = {
        "on": DAY,
        "starts": NINE,
        "status": "confirmed",
        "age": 40,
        "has_photo": True,
        "last_confirmed": DAY - timedelta(days=10),
        "days_ahead": 1,
        **KNOWN,
    }
    return Facts(**{**given, **fields})


def codes(*levels, **fields):
    return [one.code for one in rules.readiness(facts(**fields)) if not levels or one.level in levels]


# ---- findings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "todo"),
    [
        ({}, []),
        ({"has_phone": False}, ["no_phone"]),
        ({"has_address": False}, ["no_address"]),
        ({"age": 17}, ["no_guardian"]),
        ({"age": 18}, []),
        ({"age": 17, "has_guardian": True}, []),
        ({"interpreter": "Spanish"}, ["interpreter"]),
        ({"is_deceased": True}, ["deceased"]),
        ({"status": "scheduled"}, ["not_confirmed"]),
        ({"status": "scheduled", "days_ahead": 0}, []),
        ({"status": "arrived", "days_ahead": 1}, []),
        ({"cover": OVER}, ["cover_inactive"]),
        ({"forms": "Consent to treat is missing"}, ["forms"]),
        (
            {"age": 3, "interpreter": "Chinese", "has_phone": False, "has_address": False},
            ["interpreter", "no_guardian", "no_phone", "no_address"],
        ),
    ],
)
def test_what_somebody_must_see_to(fields, todo):
    assert codes("todo", **fields) == todo
    assert rules.is_ready(rules.readiness(facts(**fields))) is (not todo)


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, ["identify"]),
        ({"last_confirmed": None}, ["identify", "unconfirmed"]),
        ({"last_confirmed": DAY - timedelta(days=90)}, ["identify"]),
        ({"last_confirmed": DAY - timedelta(days=91)}, ["identify", "stale"]),
        ({"asked_consent": False}, ["identify", "consent"]),
        ({"asked_consent": False, "has_phone": False}, ["identify"]),
        ({"notice": "new"}, ["identify", "notice"]),
        ({"notice": "changed", "last_confirmed": None}, ["identify", "unconfirmed", "notice"]),
        ({"notice": "late"}, ["identify", "notice"]),
        ({"money": COPAY}, ["identify", "money"]),
    ],
)
def test_what_is_asked_when_they_stand_there(fields, asked):
    assert codes("ask", **fields) == asked


@pytest.mark.parametrize("missing", ["cover", "forms", "money"])
def test_what_is_not_known_here_is_said_and_keeps_nobody_from_being_ready(missing):
    item = {"cover": "card"}.get(missing, missing)
    assert codes("note", **{missing: None}) == [f"{item}_unknown"]
    assert rules.is_ready(rules.readiness(facts(**{missing: None})))


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        ("identity", {}),
        ("changes", {"last_confirmed": None, "asked_consent": False}),
        ("card", {"cover": None}),
        ("forms", {"forms": "Consent is missing"}),
        ("notice", {"notice": "new"}),
        ("money", {"money": rules.Money("unknown", "Not known: ask")}),
        *((item, {"interpreter": "Spanish", "age": 3, "has_phone": False, "has_address": False, "status": "scheduled", "cautions": LACKS}) for item in rules.SETTLED_BEFORE),
    ],
)  # fmt: skip
def test_what_is_settled_is_no_longer_found_and_nothing_else_is_lost(item, fields):
    before = rules.readiness(facts(**fields))
    after = rules.readiness(facts(settled=frozenset({item}), **fields))
    assert [one for one in before if one.item != item] == after
    assert len(after) < len(before)


def test_every_finding_that_must_be_seen_to_can_be_settled_or_says_who_may():
    worst = facts(
        age=3, interpreter="Spanish", has_phone=False, has_address=False, status="scheduled",
        cover=OVER, forms="b", money=COPAY,
    )  # fmt: skip
    for one in rules.readiness(worst):
        assert one.item in {*rules.ITEMS, *rules.SETTLED_BEFORE}
        assert one.words
        assert one.owner
        assert one.action
        assert one.due <= NINE
    assert [one.owner for one in rules.readiness(facts(is_deceased=True)) if not one.item] == ["lead"]


def test_the_urgent_stands_first_and_what_is_settled_before_the_day_is_due_before_it():
    found = rules.readiness(facts(last_confirmed=None, interpreter="Spanish", money=None, alerts=("Deaf",)))
    assert [one.level for one in found] == ["todo", "ask", "ask", "note", "note"]
    assert found[0].due == NINE - timedelta(days=1)


def test_the_same_facts_give_the_same_findings():
    assert rules.readiness(facts(age=3)) == rules.readiness(facts(age=3))


def test_a_photo_on_file_spares_the_id():
    assert "photo ID" not in rules.readiness(facts())[0].words
    assert "photo ID" in rules.readiness(facts(has_photo=False))[0].words


@pytest.mark.parametrize(
    ("fields", "stands"),
    [
        ({}, "ready"),
        ({"cover": None, "alerts": ("Deaf",)}, "ready"),
        ({"last_confirmed": None}, "ask"),
        ({"last_confirmed": None, "has_phone": False}, "todo"),
        ({"status": "scheduled"}, "todo"),
    ],
)
def test_how_far_a_visit_is_prepared(fields, stands):
    assert rules.stands_at(rules.readiness(facts(**fields))) == stands


# ---- chips ------------------------------------------------------------------------------------------------------


def states(**fields):
    return {name: state for name, state, _ in rules.chips(rules.readiness(facts(**fields)))}


@pytest.mark.parametrize(
    ("fields", "chip", "state"),
    [
        ({}, "ID", "ask"),
        ({"settled": frozenset({"identity"})}, "ID", "ok"),
        ({"is_deceased": True}, "ID", "todo"),
        ({}, "Demo", "ok"),
        ({"alerts": ("Prefers the morning",)}, "Demo", "ok"),
        ({"last_confirmed": None}, "Demo", "ask"),
        ({"last_confirmed": None, "has_phone": False}, "Demo", "todo"),
        ({}, "Ins", "ok"),
        ({"cover": None}, "Ins", "unknown"),
        ({"cover": OVER}, "Ins", "todo"),
        ({"forms": None}, "Forms", "unknown"),
        ({"money": COPAY}, "$", "ask"),
        ({"money": rules.Money("unknown", "Not known: ask")}, "$", "unknown"),
        ({"money": None}, "$", "unknown"),
        ({}, "$", "ok"),
    ],
)
def test_a_chip_shows_the_worst_of_its_findings(fields, chip, state):
    assert states(**fields)[chip] == state


def test_a_chip_says_in_words_what_stands_behind_it():
    said = dict((name, words) for name, _, words in rules.chips(rules.readiness(facts(has_phone=False))))
    assert said["Demo"] == "Address and contacts: No telephone number on file"
    assert said["Ins"] == "Insurance: in order"
    assert said["$"] == "Money: nothing to collect"
    assert list(said) == list(rules.CHIPS)


@pytest.mark.parametrize("why", rules.NOTICES)
def test_a_notice_to_give_shows_on_the_forms_chip_and_keeps_nobody_from_being_ready(why):
    found = rules.readiness(facts(notice=why))
    chip = {name: (state, words) for name, state, words in rules.chips(found)}[rules.FORMS]
    assert chip == ("ask", f"Forms: {rules.NOTICES[why]}")
    assert rules.is_ready(found)
    assert rules.stands_at(found) == "ask"


def test_what_is_owed_is_settled_by_paying_it_not_by_a_tick():
    found = [
        one.words
        for one in rules.readiness(facts(money=COPAY, settled=frozenset({"money"})))
        if one.chip == "$"
    ]
    assert found == ["Collect $35.00: copay"]


def test_a_copay_alone_is_nothing_to_prepare_for():
    assert rules.stands_at(rules.readiness(facts(money=COPAY, settled=frozenset({"identity"})))) == "ready"
