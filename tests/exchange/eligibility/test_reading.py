"""What comes back from a payer is read, or it is said why it cannot be; nothing is raised, and half is never believed."""

import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from frontdesk.exchange.eligibility.reading import read, told
from frontdesk.formats import x12
from frontdesk.office.coverage.rules import verdict
from tests.formats.x12 import corpus

GOLDEN = Path(__file__).parents[2] / "golden" / "eligibility"
DAY = date(2026, 3, 3)
ENVELOPE = "ISA*00*          *00*          *ZZ*GLH01          *ZZ*BACKBAYFM      *260303*0802*^*00501*000000001*0*T*:~"


def _golden(name):
    return (GOLDEN / f"{name}.271").read_bytes()


def _acknowledged(*rows):
    body = ["ST*999*0001*005010X231A1", "AK1*HS*7*005010X279A1", *rows]
    body.append(f"SE*{len(body) + 1}*0001")
    return "~\n".join(
        [f"{ENVELOPE[:-1]}", "GS*FA*GLH01*BACKBAYFM*20260303*0802*1*X*005010X231A1", *body]
    ).encode() + (b"~\nGE*1*1~\nIEA*1*000000001~\n")


def _said(raw):
    reading = read(raw)
    states = [verdict(each, day=DAY, services=("98",), in_network=True).state for each in reading.told]
    return reading, states


def test_an_answer_is_told_in_the_offices_words():
    reading = read(_golden("aetna-pos"))
    assert reading.kind == "answer"
    [found] = reading.told
    assert (found.payer, found.payer_id, found.payer_phone) == ("AETNA", "60054", "8005550100")
    assert (found.subscriber.last, found.subscriber.first, found.subscriber.middle) == ("ITO", "KENJI", "T")
    assert (found.subscriber.member_id, found.subscriber.birth_date) == ("W123456701", date(1958, 9, 12))
    assert (found.subscriber.gender, found.subscriber.group_number) == ("M", "0088001")
    assert found.subscriber.group_name == "BAY SHIPYARD"
    assert found.traces == ("Q-W123456701",)
    assert found.reference.startswith("ANS-")
    assert [(each.kind, each.begins, each.ends) for each in found.dates] == [("346", date(2026, 1, 1), None)]
    copay = found.lines[11]
    assert (copay.information, copay.services, copay.period, copay.network) == ("B", ("98",), "27", "Y")
    assert (copay.amount, copay.authorization, copay.messages) == (
        Decimal(35),
        "N",
        ("NO REFERRAL REQUIRED",),
    )


def test_a_dependent_is_told_of_with_the_subscriber_and_both_numbers_of_the_question():
    [found] = read(_golden("child-of-the-subscriber")).told
    assert (found.dependent.first, found.dependent.relationship) == ("MIRA", "19")
    assert found.subscriber.member_id == "GL0000040"
    assert found.traces == ("D-40", "Q-40")
    assert len(found.lines) == 8


def test_a_subscriber_asked_about_beside_a_dependent_is_told_of_too():
    text = _golden("child-of-the-subscriber").decode().replace("HL*4*3", "EB*1**30~\nHL*4*3")
    text = re.sub(r"SE\*(\d+)", lambda found: f"SE*{int(found[1]) + 1}", text)
    first, second = read(text.encode()).told
    assert (first.dependent, len(first.lines)) == (None, 1)
    assert second.dependent.first == "MIRA"


def test_everybody_of_an_answer_is_told_of():
    first, second = read(_golden("two-people")).told
    assert (first.subscriber.first, second.subscriber.first) == ("GINA", "PIO")
    assert [len(each.lines) for each in (first, second)] == [1, 2]


def test_limits_places_payers_and_procedures_are_kept():
    therapy = read(_golden("therapy-visits-used-up")).told[0].lines[2]
    assert [(each.kind, each.quantity, each.period) for each in therapy.limits] == [("VS", Decimal(30), "23")]
    assert (therapy.quantity_kind, therapy.quantity) == ("VS", Decimal(30))
    lines = read(_golden("procedures-places-diagnoses")).told[0].lines
    assert (lines[1].procedure_kind, lines[1].procedure, lines[1].services) == ("HC", "99213", ())
    assert [(each.kind, each.code) for each in lines[4].places] == [("ABK", "E119")]
    other = read(_golden("medicare-advantage")).told[0].lines[3]
    assert [(each.kind, each.number) for each in other.references] == [("18", "H1036137")]
    [payer] = other.entities
    assert (payer.role, payer.name, payer.id_kind, payer.id) == (
        "PRP",
        "HUMANA INSURANCE COMPANY",
        "PI",
        "61101",
    )
    assert payer.phone == "8005550142"


def test_rejections_say_where_they_stand():
    where = {
        "payer-asleep": [("payer", "42", "P")],
        "provider-not-on-file": [("provider", "51", "C")],
        "subscriber-not-found": [("subscriber", "75", "C")],
        "child-with-another-birth-date": [("dependent", "71", "C")],
    }
    for name, expected in where.items():
        [found] = read(_golden(name)).told
        assert [(each.where, each.reason, each.follow_up) for each in found.rejections] == expected
    [found] = read(_golden("day-too-far-ahead")).told
    assert found.rejections == ()
    assert [each.reason for each in found.lines[0].rejections] == ["63"]


def test_a_corrected_person_is_marked():
    assert read(_golden("payer-writes-it-otherwise")).told[0].subscriber.corrected
    assert not read(_golden("aetna-pos")).told[0].subscriber.corrected


def test_an_answer_that_is_already_parsed_is_told_the_same():
    raw = _golden("sixty-lines")
    [answer] = x12.parse_271(raw)
    assert tuple(told(answer)) == read(raw).told


def test_a_number_that_no_payer_means_is_not_one():
    for nonsense in ("NaN", "Infinity", "1E+9999", "-1E-999999", "thirty"):
        text = _golden("aetna-pos").decode().replace("27*35****N*Y", f"27*{nonsense}****N*Y")
        reading, states = _said(text.encode())
        assert reading.told[0].lines[11].amount is None
        assert states == ["active"]


def test_a_refusal_of_the_question_is_told_in_words():
    raw = _acknowledged(
        "AK2*270*0001*005010X279A1", "IK3*NM1*8*2100*8", "IK4*9**7*W123", "IK5*R*5", "AK9*R*1*1*0"
    )
    reading = read(raw)
    assert reading.kind == "rejected"
    assert reading.findings[0] == "NM1, segment 8 of what was sent: NM109 is not a code that is allowed."
    assert "W123" not in " ".join(reading.findings)


def test_a_segment_that_is_missing_and_a_group_that_is_refused_are_told():
    raw = _acknowledged("AK2*270*0001", "IK3*TRN*9*2000*3", "IK5*R*5", "AK9*R*1*1*0*2")
    assert read(raw).findings == (
        "TRN, segment 9 of what was sent: it is required and missing.",
        "One or more segments are wrong.",
        "The version of the group is not supported.",
    )


def test_a_refusal_without_a_reason_says_so():
    assert read(_acknowledged("AK2*270*0001", "IK5*R", "AK9*R*1*1*0")).findings == (
        "The question was refused without a reason.",
    )


@pytest.mark.parametrize("answer", ["A", "E"])
def test_a_question_that_was_taken_in_is_no_answer_yet(answer):
    reading = read(_acknowledged("AK2*270*0001", f"IK5*{answer}", f"AK9*{answer}*1*1*1"))
    assert (reading.kind, reading.told) == ("accepted", ())


def test_half_an_acknowledgement_says_nothing():
    raw = _acknowledged("AK2*270*0001", "IK5*A", "AK9*A*1*1*1")
    assert read(raw[: raw.index(b"AK9")]).kind == "unreadable"


def test_an_interchange_that_is_refused_is_told_in_words():
    for code, accepted in (("R", False), ("A", True), ("E", True)):
        raw = f"{ENVELOPE}\nTA1*000000019*260303*0801*{code}*006~\nIEA*0*000000001~\n".encode()
        reading = read(raw)
        assert reading.kind == ("accepted" if accepted else "rejected")
    raw = f"{ENVELOPE}\nTA1*000000019*260303*0801*R*006~\nIEA*0*000000001~\n".encode()
    assert read(raw).findings == ("The whole file was refused: the sender ID is not known there.",)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "What came back is empty."),
        (b"  \r\n", "What came back is empty."),
        (b"<html>502 Bad Gateway</html>", "What came back is not X12: it does not begin with an ISA."),
        (b'{"error": "busy"}', "What came back is not X12: it does not begin with an ISA."),
        (b"\xff\xfe\x00ISA", "What came back is not X12: it does not begin with an ISA."),
        (ENVELOPE.encode(), "There is no answer (271) in what came back."),
    ],
)
def test_what_is_no_answer_says_why(raw, why):
    reading = read(raw)
    assert (reading.kind, reading.told, reading.why) == ("unreadable", (), why)


def test_another_transaction_is_named():
    assert read(corpus.valid("270")).why == "What came back is no answer (271) but a 270."


def test_of_two_answers_the_whole_one_is_used_and_the_other_is_told():
    text = _golden("two-people").decode()
    start, end = text.index("ST*271"), text.index("GE*1")
    one = text[start:end]
    lost = one.replace("EB*6**30*PR*BLUE CARE~\n", "").replace("0001~", "0002~")
    reading = read((text[:end] + lost + text[end:]).encode())
    assert (reading.kind, len(reading.told)) == ("answer", 2)
    assert reading.findings[0].startswith("The answer (271) is not whole.")


@pytest.mark.parametrize("name", ["terminated", "medicaid-month", "child-of-the-subscriber"])
def test_an_answer_cut_anywhere_is_unreadable_until_it_is_whole(name):
    raw = _golden(name)
    whole = raw.index(b"GE*1") - 1
    for at in range(whole):
        reading, states = _said(raw[:at])
        if reading.kind == "answer":
            assert raw[:at].rstrip(b"~\n").endswith(b"*0001"), raw[:at][-40:]
        else:
            assert (reading.kind, states) == ("unreadable", [])
            assert reading.why


def test_an_answer_that_lost_any_line_is_not_believed():
    rows = _golden("terminated").decode().split("~\n")
    for at, row in enumerate(rows):
        if at < 3 or row.startswith(("SE", "GE", "IEA")) or not row:
            continue
        assert read("~\n".join(rows[:at] + rows[at + 1 :]).encode()).kind == "unreadable", row


def test_no_damage_raises():
    chance = random.Random(271)
    files = sorted(GOLDEN.glob("*.271"))
    for _ in range(400):
        raw = bytearray(chance.choice(files).read_bytes())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(raw))
            deed = chance.randrange(4)
            if deed == 0:
                raw[at] = chance.choice(b"*~:^\n\x00\xff019NZ")
            elif deed == 1:
                del raw[at : at + chance.randint(1, 30)]
            elif deed == 2:
                raw[at:at] = chance.choice(
                    [b"*", b"~", b"EB*", b"AAA*N**", b"HL*9*9*23*0~", b"LS*2120~", b"\xf0\x9f"]
                )
            else:
                other = chance.choice(files).read_bytes()
                raw[at:at] = other[: chance.randrange(400)]
        reading, _ = _said(bytes(raw))
        assert reading.kind in {"answer", "rejected", "accepted", "unreadable"}
        assert bool(reading.told) == (reading.kind == "answer")
