"""What is read into objects and written again is what was read, and objects can be made and changed by their words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from frontdesk.formats import x12
from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.records import claim, eligibility, remittance, segments
from tests.formats.x12 import corpus

KINDS = list(corpus.SETS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_set_is_written_as_it_was_read(kind):
    (found,) = x12.parse(corpus.valid(kind))
    whole = corpus.valid(kind)
    assert x12.build(found, line_end="\n") == whole[whole.index(b"ST*") : whole.index(b"GE*")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_set_may_be_read_with_some_delimiters_and_written_with_others(kind):
    other = Delimiters("|", ">", "!", "\\")
    (found,) = x12.parse(corpus.file(corpus.rows(kind), kind=kind, end="~"))
    content = x12.write([found], ("ZZ", "A1"), ("ZZ", "B1"), datetime(2026, 3, 3, 9, 0), marks=other)
    assert [str(finding) for finding in x12.check(content)] == []
    (again,) = x12.parse(content)
    assert again == found


def test_what_nobody_names_is_kept_and_reported():
    told = []
    content = corpus.changed("271", "DMG", put=["DMG*D8*19580912*M", "ZZZ*1:2*A^B", "REF*QQ*7"])
    (found,) = x12.parse_271(content, told.append)
    assert [finding.code for finding in told] == ["segment-unknown", "qualifier-unknown"]
    assert x12.build(found, line_end="\n") in content


def test_a_benefit_speaks_the_fields_words():
    (answer,) = x12.parse_271(corpus.valid("271"))
    kenji, ana = answer.people
    assert (kenji.last, kenji.identifier, kenji.demographics.birth_date) == (
        "ITO",
        "W1234567",
        date(1958, 9, 12),
    )
    active, deductible, left, copay, coinsurance, visits, other = kenji.benefits
    assert (active.information, active.service_types, active.plan) == ("1", ("30", "98"), "GOLD HMO")
    assert (deductible.amount, left.amount, left.period) == (Decimal(1500), Decimal(410), "29")
    assert (copay.amount, copay.in_network, copay.messages[0].text) == (
        Decimal(35),
        "Y",
        "PRIMARY CARE OFFICE VISIT",
    )
    assert (coinsurance.percent, coinsurance.in_network) == (Decimal("0.2"), "N")
    assert (visits.quantity, visits.deliveries[0].quantity) == (Decimal(20), Decimal(20))
    assert (other.related[0].last, other.related[0].contacts[0].numbers) == (
        "MEDICARE",
        (("TE", "8005550199"), ("EX", "12")),
    )
    assert [rejection.reason for rejection in ana.rejections] == ["58"]
    assert answer.sources[0].party.last == "GREAT LAKES HEALTH"


def test_an_inquiry_is_made_from_its_words():
    person = eligibility.Person(
        entity="IL",
        kind="1",
        last="ITO*~",
        first="KENJI",
        id_qualifier="MI",
        identifier="W1234567",
        demographics=segments.Demographics(form="D8", birth_date=date(1958, 9, 12), gender="M"),
        inquiries=[eligibility.Inquiry(service_types=["30", "98"])],
        dates=[segments.Dated(kind="291", form="D8", text="20260303")],
    )
    subscriber = eligibility.Subscriber(
        person=person, traces=[segments.Trace(kind="1", number="T1", company="9877281234")]
    )
    provider = eligibility.Party(
        entity="1P", kind="2", last="BACK BAY", id_qualifier="XX", identifier="1234567893"
    )
    payer = eligibility.Party(
        entity="PR", kind="2", last="GREAT LAKES", id_qualifier="PI", identifier="GLH01"
    )
    inquiry = eligibility.EligibilityInquiry(
        beginning=segments.Beginning(
            structure="0022", purpose="13", reference="R1", date=date(2026, 3, 3), time="0900"
        ),
        sources=[
            eligibility.InformationSource(
                party=payer, receivers=[eligibility.Receiver(party=provider, subscribers=[subscriber])]
            )
        ],
    )
    content = x12.write([inquiry], ("ZZ", "BACKBAYFM"), ("ZZ", "GLH01"), datetime(2026, 3, 3, 9, 0))
    assert [str(finding) for finding in x12.check(content)] == []
    assert b"~HL*3*2*22*0~TRN*1*T1*9877281234~NM1*IL*1*ITO*KENJI****MI*W1234567~DMG*" in content
    assert b"~EQ*30^98~" in content


def test_a_changed_object_is_written_changed_and_its_levels_are_numbered_anew():
    (answer,) = x12.parse_271(corpus.valid("271"))
    answer.people[0].benefits[3].amount = Decimal("40.50")
    answer.sources[0].receivers[0].subscribers[0].put(
        eligibility.Dependent(person=eligibility.Person(entity="03", kind="1", last="ITO", first="MEI"))
    )
    content = x12.write([answer], ("ZZ", "A1"), ("ZZ", "B1"), datetime(2026, 3, 3, 9, 0))
    assert [str(finding) for finding in x12.check(content)] == []
    assert b"~HL*5*3*23*0~NM1*03*1*ITO*MEI~SE*39*0001~" in content
    assert b"~EB*B**98***27*40.50*****Y~" in content


def test_a_remittance_says_what_was_paid_and_why_not_more():
    (found,) = x12.parse_835(corpus.valid("835"))
    assert (found.payment.amount, found.payment.method, found.payer.name) == (
        205,
        "ACH",
        "GREAT LAKES HEALTH",
    )
    first, denied, _ = found.claims
    assert (first.patient.last, first.charge, first.paid) == ("ITO", 200, 150)
    assert (first.services[0].procedure.code, first.services[0].procedure.modifiers) == ("99213", ("25",))
    assert first.services[0].adjustments[1].reasons == (("3", Decimal(10)),)
    assert first.outpatient.remarks == ("MA01",)
    assert (denied.status, denied.adjustments[0].group) == ("4", "CO")
    (taken, amount), _ = found.provider_adjustments[0].adjustments
    assert (taken.reason, taken.number, amount) == ("WO", "ICN0", Decimal(25))


def test_claims_say_who_what_and_for_which_diagnoses():
    (batch,) = x12.parse_837p(corpus.valid("837P"))
    first, second = batch.claims
    assert (first.diagnoses, first.place.code, first.place.frequency) == (("J209", "E119"), "11", "1")
    assert first.lines[0].service.pointers.numbers == (1, 2)
    assert second.other_subscribers[0].sums[0].amount == Decimal(60)
    patients = batch.billing[0].subscribers[1].patients
    assert patients[0].parties[0].first == "BEN"


def test_a_stream_yields_the_claims_of_a_remittance_one_by_one_and_tells_what_is_wrong():
    told = []
    claims = list(x12.stream_835(corpus.changed("835", "BPR", e02="206"), told.append))
    assert [one.patient_control_number for one in claims] == ["PCN1", "PCN2", "PCN3"]
    assert isinstance(claims[0], remittance.ClaimPayment)
    assert claims[0].services[1].paid == Decimal(60)
    assert [finding.code for finding in told] == ["payment-balance"]
    lines = [line for one in x12.stream_837p(corpus.valid("837P")) for line in one.lines]
    assert [type(line) for line in lines] == [claim.Line] * 3


def test_statuses_and_authorizations_are_read():
    (answer,) = x12.parse_277(corpus.valid("277"))
    (status,) = answer.claims[0].statuses
    assert (status.code.category, status.code.status, status.charge) == ("F1", "65", Decimal(90))
    (taken_in,) = x12.parse_277ca(corpus.valid("277CA"))
    assert [(one.number, one.statuses[0].code.category) for one in taken_in.claims[3:]] == [
        ("PCN1", "A2"),
        ("PCN2", "A7"),
    ]
    (asked,) = x12.parse_278(corpus.valid("278"))
    assert [one.review.category for one in asked.requests] == ["SC", "SC"]
    (inquiry,) = x12.parse_276(corpus.valid("276"))
    assert inquiry.claims[0].sums[0].amount == Decimal(200)


def test_an_acknowledgement_is_read():
    (found,) = x12.parse_999(corpus.valid("999"))
    assert (found.group.kind, found.verdict.answer, found.verdict.accepted) == ("HS", "P", 1)
    good, bad = found.sets
    assert (good.control, good.verdict.answer, good.errors) == ("0001", "A", [])
    assert (bad.verdict.answer, bad.verdict.codes) == ("R", ("5",))
    (error,) = bad.errors
    assert (error.segment, error.position, error.elements_in_error[0].place.element) == ("NM1", "8", "9")


def test_what_became_of_an_interchange_is_read_and_written_as_it_was():
    spoiled = corpus.valid("270").replace(b"IEA*1*", b"IEA*2*")
    raw = x12.acknowledge(spoiled, datetime(2026, 3, 3, 9, 0, tzinfo=UTC)).content
    heard = []
    (found,) = x12.parse_ta1(raw, heard.append)
    assert (found.answer, found.code, found.is_accepted, heard) == ("R", "021", False, [])
    assert found.control == raw.partition(b"TA1*")[2][:9].decode()
    assert x12.build(found) in raw
    assert x12.build(found) == b"TA1*" + raw.partition(b"TA1*")[2].partition(b"~")[0] + b"~"
    assert x12.parse_ta1(corpus.valid("999")) == []


def test_asking_for_another_kind_gives_nothing():
    assert x12.parse_271(corpus.valid("835")) == []
    assert x12.parse_835(b"hello") == []
