"""Registering: seven fields, clear refusals, nobody made twice."""

from datetime import date

import pytest

from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.patients import queries, services
from frontdesk.office.patients.errors import LikelyDuplicate
from frontdesk.office.patients.models import Address, Contact, Patient, RelatedPerson
from tests.factories import patients as make
from tests.people import dev, mia, rosa

pytestmark = pytest.mark.django_db


def test_somebody_new_gets_a_number_and_can_be_found():
    made = services.register(rosa(), details=make.details())
    assert made.mrn.isdigit()
    assert services.search(rosa(), text="ito 3/14/62")[0].id == made.pk
    assert Contact.objects.get(patient=made).value == "+16175550134"


def test_numbers_are_never_given_twice():
    numbers = [make.patient(legal_last=f"Nr{n}").mrn for n in range(5)]
    assert len(set(numbers)) == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legal_first", " "),
        ("legal_last", ""),
        ("birth_date", date(2030, 1, 1)),
        ("birth_date", date(1850, 1, 1)),
        ("sex", "x"),
        ("phone", "12"),
        ("zip", "0214"),
        ("state", "ZZ"),
        ("email", "nobody"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_written(field, value):
    with pytest.raises(Invalid) as refusal:
        services.register(rosa(), details=make.details(**{field: value}))
    assert list(refusal.value.fields) == [field]
    assert not Patient.objects.exists()


def test_the_same_person_again_is_stopped_and_named():
    made = make.ana()
    with pytest.raises(LikelyDuplicate) as stopped:
        services.register(rosa(), details=make.details())
    assert stopped.value.about[0].id == made.pk
    assert Patient.objects.count() == 1


def test_two_people_who_look_alike_can_both_be_registered_when_somebody_says_so():
    make.ana()
    services.register(rosa(), details=make.details(), confirmed_distinct=True)
    assert Patient.objects.count() == 2


def test_a_twin_is_shown_but_not_stopped():
    make.ana(legal_first="Emma", birth_date=date(2015, 5, 5))
    twin = make.details(legal_first="Noah", birth_date=date(2015, 5, 5), sex="male")
    scores = [c.score for c in queries.duplicates_for(twin)]
    assert all(score < 0.95 for score in scores)
    services.register(rosa(), details=twin)


@pytest.mark.parametrize(
    "change",
    [
        {"legal_first": "Anna"},
        {"legal_last": "Itoh"},
        {"birth_date": date(1962, 3, 15)},
        {"legal_first": "Ito", "legal_last": "Ana"},
        {"phone": "6175559999", "line": "9 Other Street", "zip": "90210"},
    ],
)
def test_a_slip_does_not_hide_the_person(change):
    make.ana()
    found = queries.duplicates_for(make.details(**change))
    assert found
    assert found[0].score >= 0.75
    assert found[0].why


def test_a_family_member_brings_address_phone_and_guarantor():
    parent = make.ana()
    services.add_related(
        mia(), patient_id=parent.pk, role="guarantor", first="Ken", last="Ito", phone="6175550188"
    )
    child = services.register(
        rosa(),
        details=make.details(
            legal_first="Yui",
            birth_date=date(2018, 2, 2),
            phone="",
            line="",
            zip="",
            city="",
            copy_from=parent.pk,
        ),
    )
    assert Address.objects.get(patient=child).line == "8 Elm Street"
    assert Contact.objects.get(patient=child).value == "+16175550134"
    assert RelatedPerson.objects.get(patient=child, role="guarantor").first == "Ken"


def test_a_biller_may_not_register():
    with pytest.raises(NotPermitted):
        services.register(dev(), details=make.details())


def test_the_same_form_twice_makes_one_patient():
    by = rosa().keyed("form-1", "body")
    assert services.register(by, details=make.details()) == services.register(by, details=make.details())
    assert Patient.objects.count() == 1


UNSEEN = "\u202eZo\u200bgn\u00adi\ufeffew\u2066"


def test_signs_nobody_sees_are_no_part_of_a_name(db):
    made = make.patient(legal_first=UNSEEN, legal_last="No\u200cwak\u202c", line="8\u200b Elm")
    assert (made.legal_first, made.legal_last) == ("Zogniew", "Nowak")
    changed = services.update_demographics(
        mia(),
        patient_id=made.pk,
        version=made.version,
        base={"legal_last": "Nowak"},
        changes={"legal_last": UNSEEN},
    )
    assert changed.legal_last == "Zogniew"
    assert services.add_name(mia(), patient_id=made.pk, use="alias", last=UNSEEN).last == "Zogniew"
    assert services.search(mia(), text="Zo\u200bgniew")[0].id == made.pk
