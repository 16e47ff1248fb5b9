"""Every scenario, asked over HTTP in both envelopes: what it says, and that the 271 is sound."""

import http.client
import json
from datetime import date
from decimal import Decimal

import pytest

from frontdesk.formats import x12
from frontdesk.outside.payer import members
from frontdesk.outside.payer.scenarios import SCENARIOS
from tests.outside.payer.asking import Practice, born, for_a_dependent, inquiry

ROWS = json.loads(members.DEFAULT.read_text())
SOUND = [word for word, one in SCENARIOS.items() if one.wire is None or one.wire == "late"]
ENVELOPES = ("mime", "soap")


def faults(content):
    return [str(one) for one in x12.check(content)]


def person(came):
    """The one person of a sound answer."""
    assert (came.status, came.code) == (200, "Success"), came.fields
    assert came.fields["PayloadType"] == "X12_271_Response_005010X279A1"
    assert faults(came.payload) == []
    [answer] = x12.parse_271(came.payload)
    [one] = answer.people
    return one


def asked(practice, word, **words):
    return person(practice.mime(inquiry(f"PRAC-{word}-0001", **words)))


def lines(one, information):
    return [line for line in one.benefits if line.information == information]


@pytest.mark.parametrize("about", ["30", "98", "98^PT^UC", "30^62"])
@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("word", SOUND)
def test_whatever_is_asked_of_anybody_the_answer_is_sound(practice, word, envelope, about):
    came = getattr(practice, envelope)(inquiry(f"PRAC-{word}-0042", last="O'BRIEN-LÓPEZ", about=about))
    assert came.code == "Success"
    assert faults(came.payload) == []
    assert x12.parse_271(came.payload)[0].beginning.reference == "REQ-TRACE-1-1"


@pytest.mark.parametrize(
    "row",
    [one for one in ROWS if one["scenario"] in SOUND and one.get("relationship") is None],
    ids=lambda row: row["scenario"],
)
def test_a_member_is_found_by_id_name_and_birth_date_in_any_case(practice, row):
    came = practice.mime(
        inquiry(row["id"].lower(), last=row["last"].title(), first="", born=born(row["birth_date"]))
    )
    assert faults(came.payload) == []
    [answer] = x12.parse_271(came.payload)
    expected = SCENARIOS[row["scenario"]].rejects
    assert [one.reason for one in answer.rejections] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"member_id": "W10000001", "born": "19580913"}, "71"),
        ({"member_id": "W10000001", "born": ""}, "58"),
        ({"member_id": "W10000001", "last": "JONES"}, "73"),
        ({"member_id": "W99999999"}, "75"),
        ({"member_id": "12-34"}, "72"),
    ],
)
def test_who_is_not_found_is_rejected_for_the_reason_it_is(practice, words, reason):
    one = person(practice.mime(inquiry(**words)))
    [rejection] = one.rejections
    assert (rejection.reason, rejection.valid, rejection.follow_up) == (reason, "N", "C")
    assert one.benefits == []


def test_an_active_ppo_says_all_that_a_front_desk_asks_for(practice):
    one = asked(practice, "ACTIVE")
    copays = {
        (line.service_types, line.in_network, *(m.text for m in line.messages)): line.amount
        for line in lines(one, "B")
    }
    assert copays == {
        (("98",), "Y", "PRIMARY CARE OFFICE VISIT"): 35,
        (("98",), "N", "OFFICE VISIT"): 60,
        (("3",), "Y", "SPECIALIST OFFICE VISIT"): 50,
        (("UC",), "W"): 75,
    }
    sums = {(line.coverage_level, line.period, line.in_network): line.amount for line in lines(one, "C")}
    assert (sums["IND", "23", "Y"], sums["IND", "29", "Y"]) == (1500, 410)
    assert ("FAM", "29", "Y") in sums
    assert {line.period for line in lines(one, "G")} == {"23", "29"}
    assert [(line.in_network, line.percent) for line in lines(one, "A")] == [
        ("Y", Decimal("0.2")),
        ("N", Decimal("0.4")),
    ]
    plan, services = lines(one, "1")
    assert (plan.service_types, plan.insurance_type) == (("30",), "PR")
    assert {"98", "MH", "UC", "86"} <= set(services.service_types)
    assert one.last == "ITO"
    assert one.identifier == "PRAC-ACTIVE-0001"


def test_copays_differ_by_service_type_and_network(practice):
    amounts = {}
    for line in lines(asked(practice, "COPAYS"), "B"):
        amounts.setdefault((line.service_types[0], line.in_network), []).append(line.amount)
    assert amounts["98", "Y"] == [25, 10]
    assert amounts["MH", "Y"] != amounts["PT", "Y"] != amounts["98", "N"]


def test_a_service_type_that_is_asked_about_is_answered(practice):
    one = asked(practice, "ACTIVE", about="PT")
    assert ("PT",) in [line.service_types for line in lines(one, "1")]


@pytest.mark.parametrize(
    ("word", "dates"),
    [
        ("INACTIVE", {}),
        ("FUTURE", {"346": date(2027, 1, 1)}),
        ("TERMED", {"346": date(2026, 1, 1), "347": date(2026, 11, 30)}),
    ],
)
def test_who_is_not_covered_is_told_so_with_the_days_by_the_day_asked_about(practice, word, dates):
    one = asked(practice, word, day="20261231")
    [line] = one.benefits
    assert line.information == "6"
    assert {day.kind: day.start for day in line.dates} == dates


def test_without_a_day_it_is_the_payers_today(practice):
    [line] = asked(practice, "TERMED", day="").benefits
    assert line.dates[-1].start == date(2026, 2, 28)


def test_an_hmo_names_another_primary_care_provider(practice):
    [line] = lines(asked(practice, "HMO"), "L")
    [doctor] = line.related
    assert (doctor.entity, doctor.last, doctor.id_qualifier) == ("P3", "OKAFOR", "XX")


@pytest.mark.parametrize(
    ("word", "information", "kind", "entity", "billed"),
    [
        ("MEDADV", "R", "HN", "PR", "AUR01"),
        ("MANAGED", "MC", "MC", "PR", "BVH01"),
        ("OTHER", "R", "C1", "PRP", "GLH01"),
    ],
)
def test_the_payer_that_is_to_be_billed_is_named(practice, word, information, kind, entity, billed):
    one = asked(practice, word)
    assert lines(one, "1")
    [line] = lines(one, information)
    [related] = line.related
    assert (line.insurance_type, related.entity, related.identifier) == (kind, entity, billed)
    assert line.plan == related.last


def test_visits_are_used_up(practice):
    counts = {line.period: line.quantity for line in lines(asked(practice, "USEDUP", about="PT"), "F")}
    assert counts == {"23": 20, "29": 0}


def test_authorization_is_needed_for_all_but_office_visits(practice):
    one = asked(practice, "AUTH", about="98^PT")
    assert {line.service_types: line.authorization for line in lines(one, "1")[1:]} == {
        ("98",): "N",
        ("PT",): "Y",
    }


def test_the_payer_spells_a_name_its_own_way(practice):
    assert asked(practice, "SPELLED", last="SMITH").last == "SMYTH"
    for last in ("O'Neill", "ONEAL"):
        assert person(practice.mime(inquiry("W10000014", last=last, born="19860903"))).last == "ONEAL"


def test_a_payer_that_cannot_answer_says_so_of_itself(practice):
    came = practice.mime(inquiry("PRAC-DOWN-0001"))
    [answer] = x12.parse_271(came.payload)
    assert faults(came.payload) == []
    assert [(one.reason, one.valid, one.follow_up) for one in answer.sources[0].party.rejections] == [
        ("42", "Y", "R")
    ]
    assert answer.people == []


def test_a_dependent_is_answered_for_below_the_subscriber(practice):
    came = practice.soap(for_a_dependent("W10000021", last="REYES", first="LEO", born="20160630"))
    assert faults(came.payload) == []
    [subscriber] = x12.parse_271(came.payload)[0].sources[0].receivers[0].subscribers
    [dependent] = subscriber.dependents
    assert subscriber.person.benefits == []
    assert (dependent.person.first, dependent.person.related.relationship) == ("LEO", "19")
    assert [one.number for one in dependent.traces] == ["TRACE-D"]
    assert lines(dependent.person, "1")


def test_a_dependent_who_is_not_there_is_a_patient_not_found(practice):
    came = practice.mime(for_a_dependent("W99999999", last="REYES", first="LEO", born="20160630"))
    assert faults(came.payload) == []
    assert [one.reason for one in x12.parse_271(came.payload)[0].rejections] == ["67"]


def test_a_broken_answer_is_no_sound_271(practice):
    came = practice.mime(inquiry("PRAC-BROKEN-0001"))
    assert came.code == "Success"
    assert faults(came.payload)


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_half_an_answer_ends_in_its_middle(practice, envelope):
    with pytest.raises(http.client.IncompleteRead):
        getattr(practice, envelope)(inquiry("PRAC-HALF-0001"))


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_a_dropped_connection_answers_nothing(practice, envelope):
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        getattr(practice, envelope)(inquiry("PRAC-DROPPED-0001"))


def test_no_prefix_hides_another():
    prefixes = [one.prefix for one in SCENARIOS.values()]
    assert not [(a, b) for a in prefixes for b in prefixes if a != b and a.startswith(b)]


def test_the_file_has_a_member_for_every_scenario_and_the_page_shows_each():
    page = (members.DEFAULT.parents[3] / "docs/how-to/practise-with-the-payer.md").read_text()
    assert {one["scenario"] for one in ROWS} == set(SCENARIOS)
    for row in ROWS:
        assert f"| `{row['id']}` | {row['last']}, {row['first']} | {row['birth_date']} |" in page
    for one in SCENARIOS.values():
        assert f"| `{one.prefix}` | {one.shows} |" in page
