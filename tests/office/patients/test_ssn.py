"""A social security number: which can be one, who sees how much of it, what finds it, and where no digit of it stands."""

import json

import pytest
from django.apps import apps

from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, StaleVersion
from frontdesk.kit.permissions import ROLES, held_by
from frontdesk.kit.sealed import CannotBeOpened
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import queries, rules, services
from frontdesk.office.patients.errors import LikelyDuplicate
from frontdesk.office.patients.models import Draft, SocialSecurityNumber
from tests.factories import patients as make
from tests.people import dev, lena, mia, rosa, sam

pytestmark = pytest.mark.django_db
NUMBER, DIGITS, MASKED = "219-47-8306", "219478306", "***-**-8306"
OTHER = "219-47-8307"


def write(who, number=NUMBER, by=rosa, version=None):
    version = queries.ssn_version(who.pk) if version is None else version
    return services.change_ssn(by(), patient_id=who.pk, number=number, version=version)


def kept(who):
    return SocialSecurityNumber.objects.get(pk=who.pk)


@pytest.mark.parametrize("text", [NUMBER, "219 47 8306", DIGITS, f" {NUMBER} ", "912-70-1234", "900-92-0001"])
def test_a_number_can_be_written_three_ways_and_may_be_an_itin(text):
    assert rules.wrong_ssn(rules.read_ssn(text)) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("000-12-3456", "666-12-3456", "219-00-8306", "219-47-0000", "900-49-1234", "999-93-1234"),
        *("123-45-6789", "078-05-1120", "111-11-1111", "999-99-9999", "987-65-4321"),
        *("", "219-47-830", "219-478306", "2194783061", "219-47-830a", "２19478306"),
    ],
)
def test_a_number_nobody_has_is_refused(text):
    assert rules.wrong_ssn(rules.read_ssn(text))


def test_it_is_shown_by_its_end_to_some_and_as_stars_to_the_rest():
    who = make.ana(ssn=NUMBER)
    assert queries.ssn_shown(rosa(), who.pk) == MASKED
    assert queries.ssn_shown(sam(), who.pk) == "***-**-****"
    assert queries.ssn_shown(rosa(), make.bo().pk) == ""


def test_the_whole_is_told_for_a_reason_and_who_asked_is_on_record():
    who = make.ana(ssn=NUMBER)
    assert services.reveal_ssn(dev(), patient_id=who.pk, reason="Medicaid asks for it") == NUMBER
    entry = AuditEntry.objects.get(action="patients.reveal_ssn")
    assert (entry.patient_id, entry.actor_name, entry.reason) == (who.pk, "Dev", "Medicaid asks for it")
    assert entry.is_read
    with pytest.raises(Invalid):
        services.reveal_ssn(dev(), patient_id=who.pk, reason=" ")
    with pytest.raises(NotPermitted):
        services.reveal_ssn(rosa(), patient_id=who.pk, reason="Curious about it")
    with pytest.raises(NotFound):
        services.reveal_ssn(dev(), patient_id=make.bo().pk, reason="Medicaid asks for it")


def test_roles_that_reveal_also_see_and_a_trainee_does_neither():
    for role in ROLES:
        held = held_by(role)
        assert "patients.reveal_ssn" not in held or "patients.see_ssn" in held
    assert not held_by("trainee") & {"patients.see_ssn", "patients.change_ssn", "patients.reveal_ssn"}


def test_who_may_not_write_it_does_not_register_with_it():
    with pytest.raises(NotPermitted):
        services.register(
            lena().__class__("staff", 9, "Nia", held_by("clinical")), details=make.details(ssn=NUMBER)
        )


def test_two_who_write_at_once_do_not_overwrite_each_other():
    who = make.ana()
    write(who)
    with pytest.raises(StaleVersion):
        write(who, OTHER, version=0)
    write(who, OTHER, version=1)
    assert queries.ssn_shown(rosa(), who.pk) == "***-**-8307"
    write(who, "")
    assert queries.ssn_shown(rosa(), who.pk) == ""


def test_no_digit_of_it_stands_in_any_table():
    who = make.ana(ssn=NUMBER)
    write(who, OTHER)
    services.reveal_ssn(mia(), patient_id=who.pk, reason="Medicaid asks for it")
    services.search(rosa(), text=OTHER)
    services.save_draft(rosa(), name="register", values={"ssn": [NUMBER], "legal_last": ["Ito"]})
    for model in apps.get_models():
        told = json.dumps(list(model._default_manager.values()), default=str)
        for canary in (NUMBER, DIGITS, OTHER, OTHER.replace("-", ""), "-8306", "-8307"):
            assert canary not in told, model
    assert Draft.objects.get().values == {"legal_last": ["Ito"]}
    changed = AuditEntry.objects.get(action="patients.change_ssn")
    assert (changed.before, changed.after) == ({"ssn": "***-**-****"}, {"ssn": "***-**-****"})


def test_details_and_rows_do_not_print_it():
    assert DIGITS not in repr(make.details(ssn=DIGITS))


def test_the_whole_number_finds_whom_it_is_for_those_who_may_see_its_end():
    who = make.ana(ssn=NUMBER)
    make.bo(ssn=OTHER)
    for text in (NUMBER, "219 47 8306", DIGITS, f"ito {NUMBER}", f"{NUMBER} ana"):
        hits = services.search(rosa(), text=text)
        assert [hit.id for hit in hits] == [who.pk], text
    assert services.search(rosa(), text=NUMBER)[0].matched_by == "social security number"
    assert services.search(rosa(), text="219-47-8399") == []
    assert services.search(rosa(), text="8306") == []
    assert services.search(sam(), text=NUMBER) == []
    assert services.search(sam(), text=DIGITS) == []


def test_nine_digits_go_on_to_find_another_systems_number_too():
    who = make.bo()
    services.add_identifier(mia(), patient_id=who.pk, system="Cooley Dickinson", value=DIGITS)
    assert [hit.id for hit in services.search(rosa(), text=DIGITS)] == [who.pk]


def test_another_systems_number_is_no_way_round_the_seal():
    with pytest.raises(Invalid, match="sealed"):
        services.add_identifier(mia(), patient_id=make.ana().pk, system="Social Security", value=DIGITS)


def test_the_same_number_stops_a_second_registration_of_somebody_alike():
    who = make.ana(ssn=NUMBER)
    married = make.details(legal_last="Okafor", phone="none", line="", zip="", city="Boston", ssn=NUMBER)
    with pytest.raises(LikelyDuplicate) as stop:
        services.register(rosa(), details=married)
    assert stop.value.about[0].id == who.pk
    assert "same social security number" in stop.value.about[0].why


def test_a_strangers_same_number_is_shown_and_stops_nobody():
    make.ana(ssn=NUMBER)
    found = queries.duplicates_for(make.details(**{**make.BO, "ssn": NUMBER}))
    assert [one.score for one in found] == [rules.SHOW]


def test_two_numbers_never_stop_a_registration_by_themselves():
    make.ana(ssn=NUMBER)
    found = queries.duplicates_for(make.details(ssn=OTHER))
    assert rules.SHOW < found[0].score < rules.STOP
    assert "different social security numbers" in found[0].why


def test_equals_are_suspected_in_the_middle_of_a_change_of_keys(settings):
    one = make.ana(ssn=NUMBER)
    settings.FIELD_KEYS = (("2", b"n" * 32), *settings.FIELD_KEYS)
    two = make.ana(legal_last="Okafor", phone="none", line="", ssn=NUMBER)
    services.queue_suspected_pairs(lena(), patient_ids=[one.pk])
    services.queue_suspected_pairs(lena(), patient_ids=[two.pk])
    assert "same social security number" in queries.merge_queue()[0].why
    assert {hit.id for hit in services.search(rosa(), text=NUMBER)} == {one.pk, two.pk}


def test_a_number_moved_to_another_patient_is_refused_on_reading():
    one, two = make.ana(ssn=NUMBER), make.bo(ssn=OTHER)
    a, b = kept(one).number, kept(two).number
    SocialSecurityNumber.objects.filter(pk=one.pk).update(number=b)
    SocialSecurityNumber.objects.filter(pk=two.pk).update(number=a)
    for who in (one, two):
        assert queries.ssn_shown(rosa(), who.pk) == "cannot be read"
        with pytest.raises(CannotBeOpened, match="belongs elsewhere"):
            services.reveal_ssn(dev(), patient_id=who.pk, reason="Medicaid asks for it")


def test_a_merge_gives_the_survivor_the_number_and_its_undoing_takes_it_back():
    one, two = make.ana(), make.ana(phone="6175550190", ssn=NUMBER)
    made = services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    assert services.reveal_ssn(dev(), patient_id=one.pk, reason="Medicaid asks for it") == NUMBER
    assert [hit.id for hit in services.search(rosa(), text=NUMBER)] == [one.pk]
    services.unmerge(lena(), merge_id=made.pk)
    assert queries.ssn_shown(rosa(), one.pk) == ""
    assert queries.ssn_shown(rosa(), two.pk) == MASKED


def test_a_merge_leaves_the_survivor_its_own_number_and_what_was_written_since():
    one, two = make.ana(ssn=OTHER), make.ana(phone="6175550190", ssn=NUMBER)
    made = services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    assert queries.ssn_shown(rosa(), one.pk) == "***-**-8307"
    services.unmerge(lena(), merge_id=made.pk)
    assert (queries.ssn_shown(rosa(), one.pk), queries.ssn_shown(rosa(), two.pk)) == ("***-**-8307", MASKED)


def test_somebody_registered_with_a_number_nobody_has_is_refused():
    with pytest.raises(Invalid) as refused:
        make.ana(ssn="666-12-3456")
    assert "ssn" in refused.value.fields
