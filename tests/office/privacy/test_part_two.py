"""42 CFR Part 2: what is about substance use leaves with a consent that covers it, or not at all, and never bare."""

import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest

from frontdesk.exchange.records.zipped import zipped
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from frontdesk.office.privacy import queries, services
from frontdesk.office.privacy.errors import NoConsent, SettledAlready
from frontdesk.office.privacy.models import Disclosure
from frontdesk.office.privacy.rules import part_two, telling
from frontdesk.office.privacy.rules.part_two import Given, covering, missing, why_not
from tests.factories import practice
from tests.factories.patients import ana
from tests.factories.privacy import consented, disclosed, related
from tests.factories.visits import Day
from tests.people import mia, rosa
from tests.reading import words

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
TO_OAK = {"recipient": "Oak Recovery", "basis": "authorized", "on": DAY, "by": SYSTEM}


@pytest.fixture
def who(db):
    """Ana, whose whole record is about substance use."""
    found = ana()
    return patients.label_patient(SYSTEM, patient_id=found.pk, labels=["substance"])


def given(**fields):
    return Given(**{"id": 1, "recipient": "Oak Recovery", "purpose": "other", "signed_on": DAY, **fields})


# ---- the rule -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "recipient", "basis", "why"),
    [
        ({}, "Oak Recovery", "authorized", ""),
        ({}, "oak  recovery", "authorized", ""),
        ({}, "Oak Recovery", "workers_comp", ""),
        ({}, "Elm Recovery", "authorized", "is to Oak Recovery"),
        ({}, "", "authorized", "is to Oak Recovery"),
        ({"signed_on": DAY + timedelta(days=1)}, "Oak Recovery", "authorized", "was signed later, on 3/4/2026"),
        ({"expires": DAY}, "Oak Recovery", "authorized", ""),
        ({"expires": DAY - timedelta(days=1)}, "Oak Recovery", "authorized", "ended on 3/2/2026"),
        ({"revoked_on": DAY}, "Oak Recovery", "authorized", "was revoked on 3/3/2026"),
        ({"revoked_on": DAY + timedelta(days=1)}, "Oak Recovery", "authorized", ""),
        ({"purpose": "tpo"}, "Any Health Plan", "payment", ""),
        ({"purpose": "tpo"}, "Any Hospital", "treatment", ""),
        ({"purpose": "tpo"}, "Oak Recovery", "authorized", "is for treatment, payment and operations, and not for this"),
        ({"purpose": "tpo"}, "County Court", "judicial", "is for treatment, payment and operations, and not for this"),
        ({"purpose": "other"}, "Oak Recovery", "judicial", "is for another purpose"),
        ({"purpose": "other"}, "Oak Recovery", "law_enforcement", "is for another purpose"),
        ({"purpose": "proceedings"}, "Oak Recovery", "judicial", ""),
        ({"purpose": "proceedings"}, "Oak Recovery", "authorized", "is for a proceeding, and for nothing else"),
        ({"purpose": "tpo", "revoked_on": DAY}, "Any Hospital", "treatment", "was revoked on 3/3/2026"),
    ],
)  # fmt: skip
def test_what_a_consent_covers(consent, recipient, basis, why):
    assert why_not(given(**consent), recipient, basis, DAY) == why


def test_every_ground_without_a_consent_is_a_ground_and_no_payer_employer_or_court_is_among_them():
    assert telling.BASES.keys() >= part_two.WITHOUT.keys()
    for basis in (
        "payment",
        "treatment",
        "operations",
        "judicial",
        "law_enforcement",
        "workers_comp",
        "involved",
    ):
        assert part_two.needs_consent(basis), basis


def test_the_newest_that_covers_is_the_one():
    old, new, over = given(id=1), given(id=2, signed_on=DAY), given(id=3, revoked_on=DAY)
    assert covering([old, new, over], "Oak Recovery", "authorized", DAY) == new
    assert covering([over], "Oak Recovery", "authorized", DAY) is None


def test_what_is_missing_is_said_so_that_it_leads_on():
    assert missing([], "Oak Recovery", "authorized", DAY).endswith("None is on file for Oak Recovery.")
    assert missing([given(revoked_on=DAY)], "Oak Recovery", "authorized", DAY).endswith(
        "The consent to Oak Recovery was revoked on 3/3/2026."
    )


# ---- disclosures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", sorted(telling.BASES.keys() - part_two.WITHOUT.keys() - telling.SPOKEN))
def test_without_a_consent_nothing_leaves_on_a_ground_that_needs_one(who, basis):
    with pytest.raises(NoConsent, match="None is on file for Oak Recovery"):
        disclosed(who, **{**TO_OAK, "basis": basis})
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("basis", sorted(part_two.WITHOUT.keys() - telling.SPOKEN))
def test_what_the_rule_lets_leave_without_one_leaves(who, basis):
    made = disclosed(who, **{**TO_OAK, "basis": basis})
    assert (made.part_two, made.consent) == (True, None)


def test_with_a_consent_it_leaves_and_says_by_which(who):
    by_it = consented(who)
    made = disclosed(who, **TO_OAK)
    assert (made.part_two, made.consent) == (True, by_it)
    entry = AuditEntry.objects.get(action="privacy.disclose")
    assert (entry.after["part_two"], entry.after["consent"]) == (True, by_it.pk)


def test_revoked_it_holds_no_longer_at_once_and_what_left_before_stays_right(who):
    by_it = consented(who)
    before = disclosed(who, **{**TO_OAK, "on": date(2026, 3, 2)})
    services.revoke_consent(SYSTEM, consent_id=by_it.pk, version=1, reason="Said so on the telephone")
    with pytest.raises(NoConsent, match="was revoked on 3/3/2026"):
        disclosed(who, **TO_OAK)
    assert Disclosure.objects.get() == before
    assert queries.invariants()["privacy.what_part_two_protects_left_by_a_consent"]() == []
    with pytest.raises(SettledAlready):
        services.revoke_consent(SYSTEM, consent_id=by_it.pk, version=2, reason="again")


def test_run_out_it_holds_no_longer(who):
    consented(who, expires=DAY)
    disclosed(who, **TO_OAK)
    with clock.fixed(clock.now() + timedelta(days=1)), pytest.raises(NoConsent, match="ended on 3/3/2026"):
        disclosed(who, **{**TO_OAK, "on": DAY + timedelta(days=1)})


def test_what_tells_of_substance_use_needs_it_whatever_the_record_is_labelled():
    plain = ana()
    assert disclosed(plain, **TO_OAK).part_two is False
    with pytest.raises(NoConsent):
        disclosed(plain, part_two=True, **TO_OAK)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"recipient": " "}, "recipient"),
        ({"what": ""}, "what"),
        ({"signed_by": ""}, "signed_by"),
        ({"purpose": "any"}, "purpose"),
        ({"about": ""}, "about"),
        ({"expires": None}, "expires"),
        ({"expires": date(2026, 3, 1)}, "expires"),
        ({"signed_on": date(2026, 3, 4)}, "signed_on"),
    ],
)
def test_a_consent_has_everything_the_rule_asks_of_one(who, fields, wrong):
    with pytest.raises(Invalid) as refused:
        consented(who, **fields)
    assert list(refused.value.fields) == [wrong]


def test_one_for_treatment_payment_and_operations_may_have_no_end(who):
    made = consented(
        who, purpose="tpo", recipient="My treating providers and health plans", expires=None, about=""
    )
    assert disclosed(who, **{**TO_OAK, "recipient": "Blue Plan", "basis": "payment"}).consent == made
    assert part_two.scope_of(made).endswith("It has no end.")


def test_the_desk_notes_no_consent_and_how_it_was_taken_back_is_said(who):
    plain = ana(phone="(617) 555-0155")
    with pytest.raises(NotPermitted):
        consented(plain, by=rosa())
    made = consented(plain, by=mia())
    with pytest.raises(Invalid):
        services.revoke_consent(mia(), consent_id=made.pk, version=1, reason=" ")


# ---- the whole record -----------------------------------------------------------------------------------------------


def export(who, **fields):
    return services.export_record(SYSTEM, patient_id=who.pk, reason="Asked for", **fields)


def unpacked(found):
    whole = ZipFile(io.BytesIO(zipped(found, "Elm Practice", clock.now())))
    return (
        whole.read("README.txt").decode(),
        json.loads(whole.read("record.json")),
        words(whole.read("record.pdf")),
    )


def test_to_somebody_else_the_record_leaves_with_a_consent_its_statement_and_a_line_in_the_accounting(who):
    with pytest.raises(NoConsent):
        export(who, basis="authorized", recipient="Oak Recovery")
    consented(who)
    found = export(who, basis="authorized", recipient="Oak Recovery")
    readme, whole, paper = unpacked(found)
    flat = " ".join(readme.split())
    assert part_two.STATEMENT in flat
    assert "To: Oak Recovery." in flat
    assert whole["notice"] == part_two.STATEMENT
    assert "protected by Federal confidentiality rules (42 CFR part 2)" in " ".join(paper.split())
    assert part_two.SHORT in " ".join(paper.split())
    noted = Disclosure.objects.get()
    assert (noted.recipient, noted.part_two, noted.consent.recipient) == (
        "Oak Recovery",
        True,
        "Oak Recovery",
    )
    assert queries.invariants()["privacy.what_was_told_had_an_identity"]() == []


def test_to_the_patient_it_leaves_without_one_and_bears_the_statement_all_the_same(who):
    readme, whole, _ = unpacked(export(who))
    assert "42 CFR part 2" in readme
    assert whole["notice"]
    assert not Disclosure.objects.exists()


def test_one_labelled_visit_puts_the_whole_record_under_it():
    practice.practice()
    day = Day(days=3)
    row = day.booked(9)
    who = row.patient
    assert not queries.is_under_part_two(who.pk)
    type(row.visit_type).objects.filter(pk=row.visit_type_id).update(labels="hiv,substance")
    assert queries.is_under_part_two(who.pk)
    with pytest.raises(NoConsent):
        export(who, basis="authorized", recipient="Oak Recovery")


def test_another_record_bears_no_statement():
    readme, whole, paper = unpacked(export(ana()))
    assert "42 CFR" not in readme + paper
    assert "notice" not in whole


@pytest.mark.parametrize(
    ("fields", "wrong"), [({"basis": "authorized"}, "recipient"), ({"basis": "x"}, "basis")]
)
def test_who_gets_it_and_on_what_ground_is_said(fields, wrong):
    with pytest.raises(Invalid) as refused:
        export(ana(), **fields)
    assert list(refused.value.fields) == [wrong]


# ---- on the telephone -----------------------------------------------------------------------------------------------


def asked_by_her_sister(who):
    sister = related(who, by=SYSTEM, scope="all")
    return services.verify(
        SYSTEM,
        patient_id=who.pk,
        speaker="authorized",
        related_id=sister.pk,
        said={"name": "Ana Ito", "birth_date": "3/14/1962"},
    )


def test_whom_the_patient_named_is_told_nothing_without_a_written_consent(who):
    found = asked_by_her_sister(who)
    assert (found.outcome, found.topics) == ("message_only", [])
    assert "42 CFR Part 2" in found.why


def test_with_a_written_consent_they_are_told_what_the_patient_said(who):
    consented(who, recipient="Mika Ito", about="She looks after me")
    found = asked_by_her_sister(who)
    assert (found.outcome, found.topics) == ("verified", ["schedule", "billing", "clinical"])


def test_the_patient_is_told_as_ever(who):
    found = services.verify(
        SYSTEM, patient_id=who.pk, speaker="patient", said={"name": "Ana Ito", "birth_date": "3/14/1962"}
    )
    assert found.outcome == "verified"


def test_a_breach_of_it_is_found(who):
    made = disclosed(who, **{**TO_OAK, "basis": "mistake"})
    Disclosure.objects.filter(pk=made.pk).update(basis="authorized")
    found = queries.invariants()["privacy.what_part_two_protects_left_by_a_consent"]()
    assert found == [f"disclosure {made.pk} told of substance use without a consent that held"]
