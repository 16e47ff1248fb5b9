"""Two people at one record: different fields merge, the same field shows both."""

from datetime import date

import pytest

from frontdesk.kit.errors import Invalid, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import queries, services
from frontdesk.office.patients.errors import EditConflict
from tests.factories import patients as make
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return make.ana()


def change(by, ana, base, **changes):
    return services.update_demographics(by, patient_id=ana.pk, changes=changes, base=base, version=1)


def test_a_change_is_kept_with_before_and_after(ana):
    change(rosa(), ana, {"preferred_name": ""}, preferred_name="Annie")
    newest = queries.history(ana.pk)[0]
    assert (newest.who, newest.fields) == ("Rosa", [("preferred_name", "", "Annie")])


def test_different_fields_merge(ana):
    base = {"preferred_name": "", "pronouns": ""}
    change(rosa(), ana, base, preferred_name="Annie", pronouns="")
    change(lena(), ana, base, preferred_name="", pronouns="she/her")
    ana.refresh_from_db()
    assert (ana.preferred_name, ana.pronouns) == ("Annie", "she/her")


def test_the_same_field_shows_both_and_loses_nothing(ana):
    change(rosa(), ana, {"preferred_name": ""}, preferred_name="Annie")
    with pytest.raises(EditConflict) as conflict:
        change(lena(), ana, {"preferred_name": ""}, preferred_name="Anita")
    both = conflict.value.about[0]
    assert (both.theirs, both.mine) == ("Annie", "Anita")
    ana.refresh_from_db()
    assert ana.preferred_name == "Annie"


def test_both_writing_the_same_is_no_conflict(ana):
    for by in (rosa(), lena()):
        change(by, ana, {"preferred_name": ""}, preferred_name="Annie")
    assert AuditEntry.objects.filter(action="patients.update_demographics").count() == 2


def test_a_new_name_is_found_at_once_and_the_old_one_no_longer(ana):
    change(rosa(), ana, {"legal_last": "Ito"}, legal_last="Tanaka")
    assert services.search(rosa(), text="tanaka ana")[0].id == ana.pk
    assert not services.search(rosa(), text="ito ana")


def test_what_cannot_be_is_refused(ana):
    with pytest.raises(Invalid, match="cannot be right"):
        change(rosa(), ana, {}, birth_date=date(2031, 1, 1))
    with pytest.raises(Invalid):
        change(rosa(), ana, {}, mrn="1")


def test_a_phone_changed_from_an_old_page_is_refused(ana):
    row = services.add_contact(mia(), patient_id=ana.pk, system="phone", use="home", value="617-555-0150")
    services.change_contact(mia(), contact_id=row.pk, changes={"value": "617-555-0151"}, version=1)
    with pytest.raises(StaleVersion):
        services.change_contact(rosa(), contact_id=row.pk, changes={"value": "617-555-0152"}, version=1)
    assert services.search(rosa(), text="555-0151")[0].id == ana.pk


def test_a_look_at_a_chart_is_on_record(ana):
    services.open_chart(rosa(), ana.pk, purpose="caller")
    entry = AuditEntry.objects.latest("id")
    assert (entry.is_read, entry.patient_id, entry.reason) == (True, ana.pk, "caller")


def test_a_section_confirmed_says_when_and_by_whom(ana):
    services.confirm_section(rosa(), patient_id=ana.pk, section="contact")
    assert services.open_chart(rosa(), ana.pk, purpose="x").confirmed["contact"].by_name == "Rosa"


def test_a_draft_waits_for_the_one_who_wrote_it():
    services.save_draft(rosa(), name="register", values={"legal_last": "It"})
    services.save_draft(rosa(), name="register", values={"legal_last": "Ito"})
    assert services.load_draft(rosa(), name="register") == {"legal_last": "Ito"}
    assert services.load_draft(lena(), name="register") == {}
    services.discard_draft(rosa(), name="register")
    assert services.load_draft(rosa(), name="register") == {}


def test_what_was_typed_for_a_chart_merged_meanwhile_never_overwrites_the_survivors(ana):
    twin = make.ana(phone="(617) 555-0199")
    change(rosa(), twin, {"preferred_name": ""}, preferred_name="Annie")
    services.merge(mia(), survivor_id=ana.pk, duplicate_id=twin.pk, reason="Registered twice")
    ana.refresh_from_db()
    with pytest.raises(EditConflict):
        services.update_demographics(
            lena(), patient_id=twin.pk, changes={"preferred_name": "Nan"}, base={"preferred_name": "Annie"},
            version=ana.version,
        )  # fmt: skip
