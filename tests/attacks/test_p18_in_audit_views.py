"""P18, in the record of deeds: who saw this patient, what did this person see, before and after, files, other systems."""

import io
from datetime import timedelta

import pytest

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.exchange import events
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted, Refused
from frontdesk.kit.permissions import held_by, stand_of
from frontdesk.kit.sensitivity import HIDDEN, LABELS, permission_for
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.queries import Ask
from frontdesk.office.downtime.services import open_pack
from frontdesk.office.messaging.models import Message, Policy
from frontdesk.office.messaging.queries import sender_for
from frontdesk.office.messaging.queries.standing import facts_of
from frontdesk.office.oversight import services as oversight
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.models import BrokenGlass, Patient
from frontdesk.office.privacy import services as privacy
from frontdesk.office.scheduling import services as book
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.queries import outlook
from tests.attacks.asking import FRAGMENT, ask
from tests.attacks.practice import browser, undone
from tests.factories import practice as make
from tests.factories.patients import ana
from tests.factories.privacy import asked, consented, disclosed
from tests.reading import words

from tests.attacks.canary import NAMES, canary  # noqa: F401 - a fixture is asked for by its name

pytestmark = pytest.mark.django_db


def told_by_the_record(world, role, query=""):
    """The audit page, its paper and its file, as somebody of a role has them."""
    browser_ = world.browsers[role]
    yield browser_.get(f"/audit?{query}").content.decode()
    if "oversight.export_record" in held_by(role):
        yield browser_.post(f"/audit/export?{query}").content.decode()


@pytest.fixture
def looked(world, canary):
    """Somebody of the ward looked at the canary, broke nothing, and wrote why; the desk booked for Ana."""
    with undone():
        by = actor_for(world.people["clinical"], location_id=world.elm.location.pk)
        patients.open_chart(by, canary.pk, purpose="CANARYWHY")
        patients.label_patient(by, patient_id=canary.pk, labels=["substance", "hiv"])
        yield by


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_in_audit_view_a_restricted_record_is_nobodys(world, canary, looked, role):
    for query in ("", f"person={looked.id}", "action=patients.open_chart"):
        for text in told_by_the_record(world, role, query):
            assert HIDDEN in text
            for bird in (*NAMES, canary.mrn, "CANARYWHY", f"patient={canary.pk}"):
                assert bird not in text, f"{role} reads {bird} in the record"


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_in_audit_view_nobody_asks_who_saw_a_record_they_do_not_see(world, canary, looked, role):
    for answer in (
        world.browsers[role].get(f"/audit?patient={canary.pk}"),
        world.browsers[role].post(f"/audit/export?patient={canary.pk}"),
    ):
        assert answer.status_code == 403
        assert "CANARYWHY" not in answer.content.decode()


def test_in_audit_view_who_sees_the_label_reads_all_of_it(world, canary, looked):
    for text in told_by_the_record(world, "privacy", f"patient={canary.pk}"):
        assert "CANARYWHY" in text
        assert "Canarywood" in text


def test_in_audit_view_the_values_of_one_entry_are_masked_too(world, canary, looked):
    entry = AuditEntry.objects.filter(action="patients.label", patient_id=canary.pk).latest("pk")
    for role in ("manager", "admin"):
        text = world.browsers[role].get(f"/audit/{entry.pk}").content.decode()
        assert HIDDEN in text
        for bird in (*NAMES, canary.mrn, "hiv", "substance"):
            assert bird not in text
    assert "hiv,substance" in world.browsers["privacy"].get(f"/audit/{entry.pk}").content.decode()


def test_in_audit_view_a_chart_merged_into_it_is_as_restricted(world, canary):
    with undone():
        gone = ana(legal_last="CANARYTWIN", phone="(617) 555-0166")
        patients.open_chart(actor_for(world.people["clinical"]), gone.pk, purpose="CANARYWHY")
        patients.merge(SYSTEM, survivor_id=canary.pk, duplicate_id=gone.pk, reason="twice")
        for text in told_by_the_record(world, "admin"):
            assert "CANARYTWIN" not in text
            assert "CANARYWHY" not in text


def test_in_audit_view_a_labelled_visit_keeps_its_words_to_itself(world):
    with undone():
        VisitType.objects.filter(pk=world.elm.office.visit.pk).update(labels="hiv")
        book.set_notes(SYSTEM, appointment_id=world.elm.visit.pk, internal_note="CANARYVISIT")
        entry = AuditEntry.objects.filter(action="scheduling.note").latest("pk")
        assert entry.patient_id == world.ana.pk
        for path in (f"/audit/{entry.pk}", f"/patients/{world.ana.pk}/history"):
            text = world.browsers["manager"].get(path).content.decode()
            assert "CANARYVISIT" not in text, path
            assert "Ana" in text
        assert "CANARYVISIT" in world.browsers["privacy"].get(f"/audit/{entry.pk}").content.decode()


def test_in_audit_view_a_labelled_place_names_nobody_who_was_there(world, canary):
    with undone():
        type(world.elm.location).objects.filter(pk=world.elm.location.pk).update(labels="substance")
        by = actor_for(world.people["clinical"], location_id=world.elm.location.pk)
        patients.open_chart(by, world.ana.pk, purpose="CANARYPLACE")
        text = world.browsers["admin"].get(f"/audit?person={by.id}").content.decode()
        assert "CANARYPLACE" not in text
        assert "Ana Ito" not in text


def test_for_other_systems_the_record_says_no_more_unless_it_is_asked_for(world, canary, looked):
    ask_ = Ask(clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    text = io.StringIO()
    events.write(oversight.export_events(SYSTEM, ask=ask_), text)
    for bird in (*NAMES, "CANARYWHY", f'Patient/{canary.pk}"'):
        assert bird not in text.getvalue()
    assert '"code":"R"' in text.getvalue()
    events.write(oversight.export_events(SYSTEM, ask=ask_, restricted=True), whole := io.StringIO())
    assert "CANARYWHY" in whole.getvalue()


def test_a_look_to_be_explained_says_not_whose_a_restricted_record_is(world, canary):
    with undone():
        Look.objects.filter(pk=world.look.pk).update(patient=canary, note="CANARYNOTE")
        for path in ("/audit/snooping?week=2026-02-23&state=all", f"/audit/snooping/{world.look.pk}"):
            text = world.browsers["manager"].get(path).content.decode()
            assert HIDDEN in text
            for bird in (*NAMES, canary.mrn):
                assert bird not in text, path
        assert canary.mrn in world.browsers["privacy"].get(path).content.decode()


def test_the_privacy_desk_keeps_the_words_of_a_restricted_patient(world, canary):
    with undone():
        asked(canary, by=SYSTEM, what="CANARYNOTE")
        text = world.browsers["lead"].get("/privacy").content.decode()
        assert HIDDEN in text
        assert "CANARYNOTE" not in text
        assert "CANARYNOTE" in world.browsers["privacy"].get("/privacy").content.decode()


def test_the_verbs_of_privacy_refuse_a_restricted_record(world, canary):
    by = actor_for(world.people["lead"])
    with undone():
        consented(canary, recipient="City Health Department", what="Measles report")
        request, sent = asked(canary, by=SYSTEM), disclosed(canary, SYSTEM)
        paper = privacy.add_paper(
            SYSTEM, patient_id=canary.pk, effect="may_not", last="Oak", document="Order"
        )
        with pytest.raises(Restricted):
            privacy.account(by, patient_id=canary.pk)
        with pytest.raises(Restricted):
            privacy.verify(by, patient_id=canary.pk, speaker="patient", said={})
        with pytest.raises(Restricted):
            privacy.end_paper(by, paper_id=paper.pk, version=1)
        manager = actor_for(world.people["manager"])
        with pytest.raises(Restricted):
            privacy.export_record(manager, patient_id=canary.pk, reason="x")
        with pytest.raises(Restricted):
            privacy.retract_disclosure(manager, disclosure_id=sent.pk, version=1, reason="x")
        with pytest.raises(Restricted):
            privacy.extend_request(manager, request_id=request.pk, version=1, reason="x")
