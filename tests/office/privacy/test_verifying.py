"""Verification on a call: compared, kept without what was said, good for one caller and half an hour."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from frontdesk.office.privacy import queries, services
from frontdesk.office.privacy.errors import NotVerified
from frontdesk.office.privacy.models import PassPhrase
from tests.conftest import MORNING
from tests.factories.patients import ana, bo
from tests.factories.privacy import RIGHT, disclosed, related, verified
from tests.people import lena, mia, rosa, sam

pytestmark = pytest.mark.django_db
TOLD = {"identity": "call", "basis": "individual", "seen": ""}


@pytest.fixture
def who():
    return ana()


def test_two_right_answers_verify_for_half_an_hour(who):
    made = verified(who)
    assert (made.outcome, made.matched, made.topics) == (
        "verified",
        ["name", "birth_date"],
        ["schedule", "billing", "clinical"],
    )
    assert queries.standing(rosa().id, who.pk) == made
    with clock.fixed(MORNING + timedelta(minutes=29)):
        assert queries.standing(rosa().id, who.pk) == made
    with clock.fixed(MORNING + timedelta(minutes=30)):
        assert queries.standing(rosa().id, who.pk) is None


def test_it_is_good_for_this_clerk_and_this_patient_alone(who):
    verified(who)
    assert queries.standing(lena().id, who.pk) is None
    assert queries.standing(rosa().id, bo().pk) is None
    assert queries.standing(None, who.pk) is None


def test_the_next_caller_is_somebody_else_until_they_have_said_who_they_are(who):
    verified(who)
    verified(who, said={"name": "Ana Ito"})
    assert queries.standing(rosa().id, who.pk).outcome == "failed"
    with pytest.raises(NotVerified):
        disclosed(who, by=mia(), **TOLD)


def test_the_end_of_the_call_ends_it(who):
    verified(who)
    services.end_call(rosa(), patient_id=who.pk)
    assert queries.standing(rosa().id, who.pk) is None
    services.end_call(rosa(), patient_id=who.pk)


def test_what_was_heard_may_be_ticked_for_name_and_address_alone(who):
    made = services.verify(
        rosa(), patient_id=who.pk, speaker="patient", said={}, ticked=["name", "address", "mrn", "phrase"]
    )
    assert (made.outcome, made.matched) == ("verified", ["name", "address"])


def test_a_wrong_answer_is_not_mended_by_a_tick(who):
    made = services.verify(
        rosa(), patient_id=who.pk, speaker="patient", said={"name": "Bo Ito", "mrn": who.mrn}, ticked=["name"]
    )
    assert (made.outcome, made.wrong) == ("failed", ["name"])


def test_what_was_said_is_kept_nowhere(who):
    services.set_phrase(rosa(), patient_id=who.pk, phrase="Purple canary")
    said = {"name": "Zebra Quagga", "phrase": "yellow wombat", "address": "77 Nowhere"}
    made = services.verify(rosa(), patient_id=who.pk, speaker="patient", said=said)
    rows = [*AuditEntry.objects.values(), *type(made).objects.values(), *PassPhrase.objects.values()]
    text = repr(rows).lower()
    for word in ("zebra", "wombat", "nowhere", "canary"):
        assert word not in text


def test_the_record_says_by_what_somebody_was_known(who):
    made = verified(who)
    entry = AuditEntry.objects.get(action="privacy.verify")
    assert (entry.patient_id, entry.subject) == (who.pk, f"privacy.verification:{made.pk}")
    assert entry.after["matched"] == ["name", "birth_date"]


def test_a_phrase_is_asked_of_everybody_and_spoken_as_one_speaks(who):
    services.set_phrase(rosa(), patient_id=who.pk, phrase="Purple  Canary")
    assert verified(who).outcome == "failed"
    assert verified(who, said={**RIGHT, "phrase": "purple cannery"}).wrong == ["phrase"]
    made = verified(who, said={**RIGHT, "phrase": " purple canary "})
    assert (made.outcome, made.matched) == ("verified", ["name", "birth_date", "phrase"])


def test_a_new_phrase_ends_the_old_one_and_none_is_asked_when_it_is_gone(who):
    services.set_phrase(rosa(), patient_id=who.pk, phrase="purple canary")
    services.set_phrase(rosa(), patient_id=who.pk, phrase="green heron")
    assert verified(who, said={**RIGHT, "phrase": "purple canary"}).outcome == "failed"
    services.end_phrase(rosa(), patient_id=who.pk, reason="Asked for at the desk with an ID")
    assert verified(who).outcome == "verified"


@pytest.mark.parametrize("phrase", ["", "abc", "ana", "Ana Ito", "3/14/1962", "03141962"])
def test_a_phrase_anybody_can_guess_is_none(who, phrase):
    with pytest.raises(Invalid):
        services.set_phrase(rosa(), patient_id=who.pk, phrase=phrase)


def test_who_may_be_told_stands_on_the_record(who):
    sister = related(who)
    made = services.verify(rosa(), patient_id=who.pk, speaker="authorized", related_id=sister.pk, said=RIGHT)
    assert (made.outcome, made.topics, made.speaker_name) == ("verified", ["schedule"], "Mika Ito")


def test_somebody_elses_sister_is_nobody_here(who):
    with pytest.raises(Invalid):
        services.verify(
            rosa(), patient_id=who.pk, speaker="authorized", related_id=related(bo()).pk, said=RIGHT
        )


def test_a_contact_who_was_ended_may_be_told_nothing(who):
    sister = related(who)
    patients.end_related(mia(), related_id=sister.pk, version=sister.version)
    with pytest.raises(Invalid):
        services.verify(rosa(), patient_id=who.pk, speaker="authorized", related_id=sister.pk, said=RIGHT)


def test_a_custody_paper_stops_a_parent_whatever_they_know():
    child = ana(legal_first="Yuki", birth_date=MORNING.date().replace(year=2016))
    father = related(child, role="guardian", first="Kenneth", last="Ito", scope="")
    mother = related(child, role="guardian", first="Mika", last="Ito", scope="")
    services.add_paper(
        mia(), patient_id=child.pk, effect="may_not", first="Ken", last="Ito", document="Custody decree"
    )
    said = {"name": "Yuki Ito", "birth_date": "3/3/2016", "mrn": child.mrn}
    outcomes = [
        services.verify(rosa(), patient_id=child.pk, speaker="guardian", related_id=one.pk, said=said).outcome
        for one in (father, mother)
    ]
    assert outcomes == ["failed", "verified"]
    named = services.verify(rosa(), patient_id=child.pk, speaker="other", name="Ken Ito", said=said)
    assert named.outcome == "failed"


def test_for_the_dead_speaks_who_has_papers(who):
    patients.update_demographics(
        mia(), patient_id=who.pk, version=who.version, base={}, changes={"is_deceased": True}
    )
    paper = services.add_paper(
        mia(), patient_id=who.pk, effect="may_act", first="Mika", last="Ito", document="Letters testamentary"
    )
    asked = {"patient_id": who.pk, "speaker": "representative", "said": RIGHT}
    assert services.verify(rosa(), **asked).outcome == "message_only"
    assert services.verify(rosa(), **asked, paper_id=paper.pk).outcome == "verified"
    services.end_paper(mia(), paper_id=paper.pk, version=paper.version)
    assert services.verify(rosa(), **asked, paper_id=paper.pk).outcome == "message_only"


def test_a_paper_holds_for_its_days_alone(who):
    services.add_paper(
        mia(),
        patient_id=who.pk,
        effect="may_act",
        last="Ito",
        first="Mika",
        document="Power of attorney",
        ends=MORNING.date() - timedelta(days=1),
    )
    assert queries.acting_papers(who.pk, MORNING.date()) == []


def test_nothing_is_told_to_a_caller_nobody_verified(who):
    with pytest.raises(NotVerified) as refused:
        disclosed(who, **TOLD)
    assert "Verify who is speaking first" in refused.value.sentence
    verified(who, by=mia())
    assert disclosed(who, **TOLD).verification.by_id == mia().id


def test_a_trainee_may_verify_and_decide_nothing(who):
    assert verified(who, by=sam()).outcome == "verified"
    assert not sam().can("privacy.phrase")
    assert not sam().can("privacy.export")
