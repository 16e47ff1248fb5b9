"""Every class of fault is found where it is: in the right segment and element, in words, and nothing else with it."""

from datetime import datetime

import pytest

from frontdesk.formats import x12
from tests.formats.x12 import corpus

TODAY = "20260303"
AT = datetime(2026, 3, 3, 9, 0)


def faults(content, **more):
    return list(x12.check(content, today=TODAY, **more))


def told(content):
    return [(f.code, f.element or f.segment_id) for f in faults(content)]


def number(content, start, nth=0):
    """Which segment of the file begins so, counted from 1."""
    return [n for n, segment in enumerate(x12.Reader(content), 1) if segment.startswith(start)][nth]


@pytest.mark.parametrize("kind", corpus.SETS)
def test_a_file_without_a_fault_stays_without_a_finding(kind):
    assert [str(finding) for finding in faults(corpus.valid(kind))] == []


# what it is called: the file, the code, the element, the segment it stands in
ONE = {
    # envelope counts and control numbers
    "SE01": (("835", "SE", {"e01": "36"}), "count", "SE01", "SE*"),
    "SE02 is not ST02": (("835", "SE", {"e02": "0002"}), "control-number", "SE02", "SE*"),
    # structure
    "BHT absent": (("271", "BHT", {"put": []}), "segment-missing", "BHT", "HL*1"),
    "N3 absent": (("837P", "N3", {"put": []}), "segment-missing", "N3", "N4"),
    "N4 absent": (("837P", "N4", {"put": []}), "segment-missing", "N4", "REF"),
    "SV1 absent": (("837P", "SV1", {"nth": 2, "put": []}), "segment-missing", "SV1", "DTP*472*D8*20260211"),
    "an unknown segment": (
        ("271", "DMG", {"put": ["DMG*D8*19580912*M", "ZZZ*1"]}),
        "segment-unknown",
        "ZZZ",
        "ZZZ",
    ),
    "a segment of another transaction": (
        ("271", "DMG", {"put": ["DMG*D8*19580912*M", "CLM*1*2"]}),
        "segment-unknown",
        "CLM",
        "CLM",
    ),
    "a qualifier without a place": (
        ("835", "REF", {"put": ["REF*ZZ*1"]}),
        "qualifier-unknown",
        "REF01",
        "REF*ZZ",
    ),
    "out of order": (("835", "MOA", {"put": ["REF*1L*G1", "MOA***MA01"]}), "out-of-order", "MOA", "MOA"),
    "once too often": (
        ("271", "DMG", {"put": ["DMG*D8*19580912*M", "DMG*D8*19580912*F"]}),
        "repeats",
        "DMG",
        "DMG*D8*19580912*F",
    ),
    # hierarchy
    "HL parent": (("271", "HL", {"nth": 2, "e02": "1"}), "hl-parent", "HL02", "HL*3"),
    "HL parent that is not there": (("270", "HL", {"nth": 3, "e02": "9"}), "hl-parent", "HL02", "HL*4"),
    "HL out of sequence": (("271", "HL", {"nth": 3, "e01": "5"}), "hl-number", "HL01", "HL*5"),
    "HL says children": (("837P", "HL", {"nth": 1, "e04": "1"}), "hl-children", "HL04", "HL*2"),
    "HL says no children": (("271", "HL", {"nth": 2, "e04": "0"}), "hl-children", "HL04", "HL*3"),
    # elements
    "a code of no list": (("837P", "SBR", {"e01": "Q"}), "not-in-list", "SBR01", "SBR"),
    "claim filing": (("837P", "SBR", {"e09": "XX"}), "not-in-list", "SBR09", "SBR"),
    "gender": (("837P", "DMG", {"e03": "X"}), "not-in-list", "DMG03", "DMG"),
    "facility qualifier": (("837P", "CLM", {"e05": "11:Q:1"}), "not-in-list", "CLM05-2", "CLM"),
    "adjustment group": (("835", "CAS", {"e01": "ZZ"}), "not-in-list", "CAS01", "CAS"),
    "procedure qualifier": (("835", "SVC", {"e01": "QQ:99213:25"}), "not-in-list", "SVC01-1", "SVC"),
    "too long": (("271", "N4", {"e01": "B" * 31}), "too-long", "N401", "N4"),
    "too short": (("271", "N4", {"e03": "02"}), "too-short", "N403", "N4"),
    "not a number": (("271", "EB", {"nth": 1, "e07": "12,5"}), "not-a-number", "EB07", "EB*C"),
    "an impossible date": (("271", "DMG", {"e02": "19580231"}), "not-a-date", "DMG02", "DMG"),
    "a leap day that was none": (("837P", "DTP", {"e03": "20250229"}), "not-a-date", "DTP03", "DTP"),
    "a period that ends first": (
        ("270", "DTP", {"nth": 1, "e03": "20260331-20260301"}),
        "not-a-date",
        "DTP03",
        "DTP*291*R",
    ),
    "a date of another format": (("271", "DTP", {"e02": "RD8"}), "not-a-date", "DTP03", "DTP"),
    "a time": (("271", "BHT", {"e05": "2561"}), "not-a-time", "BHT05", "BHT"),
    "a control character": (("271", "N3", {"e01": "12\x07HARBOR"}), "bad-character", "N301", "N3"),
    "spaces alone": (("271", "N3", {"e01": "   "}), "blank", "N301", "N3"),
    "an element that is required": (("271", "NM1", {"e08": ""}), "element-missing", "NM108", "NM1*PR"),
    "an element that is not used": (
        ("270", "BHT", {"e02": "13", "e06": "RT", "e07": "X"}),
        "element-not-used",
        "BHT07",
        "BHT",
    ),
    "one of a pair": (("271", "NM1", {"nth": 2, "e09": ""}), "pair-broken", "NM109", "NM1*IL"),
    "empty elements at the end": (
        ("271", "N3", {"put": ["N3*12 HARBOR ST**"]}),
        "trailing-empty",
        "N303",
        "N3",
    ),
    "too many components": (
        ("835", "SVC", {"nth": 1, "e01": "HC:85025:A1:A2:A3:A4:D:E:F"}),
        "too-many-components",
        "SVC01-7",
        "SVC*HC:8",
    ),
    # sums and balances
    "claim sum": (("837P", "CLM", {"e02": "201"}), "claim-sum", "CLM02", "CLM"),
    "payment balance": (("835", "BPR", {"e02": "206"}), "payment-balance", "BPR02", "BPR"),
    "provider adjustment": (("835", "PLB", {"e04": "26"}), "payment-balance", "BPR02", "BPR"),
    # identifiers
    "NPI check digit": (("837P", "NM1", {"nth": 2, "e09": "1234567890"}), "not-npi", "NM109", "NM1*85"),
    "NPI length": (("835", "N1", {"nth": 1, "e04": "123456789"}), "not-npi", "N104", "N1*PE"),
    "taxonomy": (("837P", "PRV", {"e03": "207Q0"}), "not-taxonomy", "PRV03", "PRV"),
    "state": (("271", "N4", {"e02": "ZQ"}), "not-a-state", "N402", "N4"),
    "ZIP": (("271", "N4", {"e03": "0211A"}), "not-zip", "N403", "N4"),
    # code sets
    "ICD-10-CM": (("837P", "HI", {"e01": "ABK:20.91"}), "not-icd10", "HI01-2", "HI"),
    "HCPCS": (("837P", "SV1", {"nth": 1, "e01": "HC:9X025"}), "not-hcpcs", "SV101-2", "SV1*HC:9X"),
    "CARC": (("835", "CAS", {"e02": "999"}), "not-carc", "CAS02", "CAS"),
    "RARC": (("835", "LQ", {"e02": "ZZZZ"}), "not-rarc", "LQ02", "LQ"),
    "place of service": (("837P", "CLM", {"e05": "00:B:1"}), "not-pos", "CLM05-1", "CLM"),
    "claim frequency": (("837P", "CLM", {"e05": "11:B:0"}), "not-frequency", "CLM05-3", "CLM"),
    # cross-references
    "a diagnosis that is not there": (("837P", "SV1", {"e07": "1:3"}), "diagnosis-absent", "SV107-2", "SV1"),
    "a claim number used twice": (
        ("837P", "CLM", {"nth": 1, "e01": "PCN1"}),
        "claim-twice",
        "CLM01",
        "CLM*PCN1*90",
    ),
    "a service in the future": (
        ("837P", "DTP", {"nth": 1, "e03": "20260304"}),
        "future-service",
        "DTP03",
        "DTP*472",
    ),
    "the subscriber is the patient, without address": (
        ("837P", "N3", {"nth": 1, "put": []}),
        "self-subscriber-incomplete",
        "N3",
        "SBR",
    ),
    "the subscriber is the patient, without birth date": (
        ("837P", "DMG", {"put": []}),
        "self-subscriber-incomplete",
        "DMG",
        "SBR",
    ),
    "lines out of sequence": (("837P", "LX", {"nth": 1, "e01": "3"}), "line-number", "LX01", "LX*3"),
}


@pytest.mark.parametrize("what", ONE)
def test_a_fault_is_found_alone_and_in_its_place(what):
    (kind, segment, change), code, element, start = ONE[what]
    content = corpus.changed(kind, segment, **change)
    found = faults(content)
    assert [(f.code, f.element or f.segment_id) for f in found] == [(code, element)], [str(f) for f in found]
    (finding,) = found
    if start:
        assert finding.segment == number(content, start), str(finding)
    assert finding.sentence.endswith((".", ")")) and len(finding.sentence) > 20
    assert finding.loop or finding.level is x12.Level.ENVELOPE
    assert finding.ack


def test_a_line_that_does_not_balance_puts_its_claim_and_the_payment_out():
    content = corpus.changed("835", "SVC", e03="91")
    assert told(content) == [("line-balance", "SVC03")]
    content = corpus.changed("835", "CLP", e04="151")
    assert told(content) == [("claim-balance", "CLP04"), ("payment-balance", "BPR02")]
    content = corpus.changed("835", "CLP", e03="201")
    assert told(content) == [("claim-balance", "CLP04"), ("claim-lines", "CLP03")]


def test_a_loop_that_is_missing_is_named():
    payer = [row for row in corpus.rows("837P") if row[:2] != ["NM1", "PR"] or row[9] != "GLH01"]
    found = faults(corpus.file(corpus.counted(payer), kind="837P"))
    assert [f.code for f in found] == ["loop-missing", "loop-missing"]
    assert "2010BB" in found[0].sentence


def test_a_trace_or_a_line_number_that_is_missing_is_named_and_the_rest_still_read():
    content = corpus.changed("837P", "LX", nth=1, put=[])
    assert ("repeats", "SV1") in told(content)
    content = corpus.changed("837P", "LX", nth=0, put=[])
    assert told(content)[0] == ("loop-start-missing", "LX")
    assert told(corpus.changed("835", "TRN", put=[])) == [("segment-missing", "TRN")]
    assert told(corpus.changed("277CA", "TRN", nth=3, put=[]))[0] == ("loop-start-missing", "TRN")


def test_a_level_number_that_is_left_out_is_told_once():
    found = told(
        corpus.changed("271", "HL", nth=1, put=["HL*3*1*21*1"])
        .replace(b"HL*3*2*", b"HL*4*3*")
        .replace(b"HL*4*3*23", b"HL*5*4*23")
    )
    assert found == [("hl-number", "HL01")]


def test_a_level_that_is_missing_is_named():
    rows = corpus.rows("271")
    gone = [row for row in rows if row[:2] not in (["HL", "2"], ["NM1", "1P"])]
    assert ("loop-start-missing", "HL") in told(corpus.file(corpus.counted(gone)))


@pytest.mark.parametrize(
    ("before", "after", "code", "element"),
    [
        (b"GE*1*7", b"GE*2*7", "count", "GE01"),
        (b"GE*1*7", b"GE*1*8", "control-number", "GE02"),
        (b"IEA*1*", b"IEA*2*", "count", "IEA01"),
        (b"IEA*1*000000001", b"IEA*1*000000009", "control-number", "IEA02"),
        (b"*260303*", b"*260230*", "not-a-date", "ISA09"),
        (b"GLH01*20260303*", b"GLH01*20260230*", "not-a-date", "GS04"),
        (b"GE*1*7~\n", b"", "trailer-missing", "GE"),
        (b"SE*37*0001~\n", b"", "trailer-missing", "SE"),
        (b"GS*HB*", b"GS*HS*", "group-of-other-kind", "ST01"),
    ],
)
def test_the_envelope_is_tested(before, after, code, element):
    content = corpus.valid("271")
    assert before in content
    assert (code, element) in told(content.replace(before, after))


def test_a_control_number_used_twice_in_a_group_is_told():
    found = told(corpus.file(corpus.rows("271"), corpus.rows("271")))
    assert found == [("control-number-again", "ST02")]


def test_a_claim_number_used_in_two_sets_of_a_batch_is_told():
    again = corpus.rows("837P")
    again[0][2] = again[-1][2] = "0002"
    assert told(corpus.file(corpus.rows("837P"), again, kind="837P")) == [("claim-twice", "CLM01")] * 2


def test_a_guide_that_is_not_here_is_noted_and_its_envelope_tested():
    content = corpus.valid("837P").replace(b"005010X222A2", b"005010X223A3")
    (finding,) = faults(content)
    assert (finding.code, finding.note) == ("guide-unknown", True)
    assert ("count", "SE01") in told(content.replace(b"SE*56", b"SE*57"))


def test_a_fuller_code_set_tells_what_only_looks_like_a_code():
    content = corpus.valid("837P")
    assert faults(content, code_sets={"icd10": {"J209", "E119", "J029"}}) == []
    (finding,) = faults(content, code_sets={"icd10": {"J209", "E119"}})
    assert (finding.code, finding.value) == ("not-icd10", "J029")


def test_a_remittance_with_one_contact_and_an_835_without_st03_are_no_faults():
    assert faults(corpus.valid("835")) == []
    answer = x12.acknowledge(corpus.valid("835"), AT)
    assert answer.accepted == 1
    assert b"AK2*835*0001~IK5*A~" in answer.content


@pytest.mark.parametrize("what", ONE)
def test_every_faulty_file_is_answered_by_an_acknowledgement_without_fault(what):
    (kind, segment, change), *_ = ONE[what]
    answer = x12.acknowledge(corpus.changed(kind, segment, **change), AT)
    assert [str(f) for f in x12.check(answer.content)] == []
    assert (answer.accepted, answer.rejected) == (0, 1)
