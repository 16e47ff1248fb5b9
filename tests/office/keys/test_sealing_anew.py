"""Sealing anew: idempotent, in any number of steps, beside people who write; what does not open is named and left."""

import pytest

from frontdesk.kit import sealed
from frontdesk.kit.errors import NotFound, NotPermitted
from frontdesk.office.accounts.models import APP_SECRET, Factor
from frontdesk.office.accounts.rules import app_code
from frontdesk.office.accounts.services import factors
from frontdesk.office.keys import queries, services
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import SSN, SocialSecurityNumber
from tests.attacks.doors import add_app
from tests.factories import patients as make
from tests.factories import practice
from tests.people import dev, gus, rosa

pytestmark = pytest.mark.django_db
OLD, NEW = ("1", b"o" * 32), ("2", b"n" * 32)
NUMBERS = [f"219-47-83{n:02d}" for n in range(1, 8)]
TABLE = {"table": "patients.socialsecuritynumber", "name": "number"}
PROOF = "every_sealed_value_opens_and_fits_its_index"


@pytest.fixture
def people(settings):
    """Seven patients whose numbers the old key sealed; the new key is here."""
    settings.FIELD_KEYS = (OLD,)
    made = [make.ana(legal_first=f"Ana{'abcdefg'[n]}", ssn=number) for n, number in enumerate(NUMBERS)]
    settings.FIELD_KEYS = (NEW, OLD)
    return made


def number_of(who):
    return patients.reveal_ssn(dev(), patient_id=who.pk, reason="Medicaid asks for it")


def reseal(most=200):
    at = 0
    while made := services.reseal(gus(), **TABLE, after=at, most=most):
        at = made.last
        yield made


def test_every_value_is_sealed_anew_and_says_the_same(people):
    assert (queries.usage().values["1"], queries.usage().left) == (7, 7)
    assert [made.resealed for made in reseal(most=3)] == [3, 3, 1]
    assert (queries.usage().values["2"], queries.usage().left, queries.usage().idle) == (7, 0, ["1"])
    assert [number_of(who) for who in people] == NUMBERS
    assert queries.invariants()[PROOF]() == []
    assert list(reseal()) == []


def test_it_goes_on_where_it_was_stopped(people):
    next(reseal(most=3))
    assert queries.usage().left == 4
    assert sum(made.resealed for made in reseal()) == 4


def test_broken_off_within_a_step_nothing_of_the_step_is_done(people, monkeypatch):
    before = set(SocialSecurityNumber.objects.values_list("number", flat=True))
    anew, done = services._anew, []

    def breaks(*args):
        done.append(1)
        if len(done) == 3:
            raise KeyboardInterrupt
        return anew(*args)

    monkeypatch.setattr(services, "_anew", breaks)
    with pytest.raises(KeyboardInterrupt):
        list(reseal())
    assert set(SocialSecurityNumber.objects.values_list("number", flat=True)) == before
    assert [made.resealed for made in reseal()] == [7]


def test_the_old_key_may_go_when_all_is_done(people, settings):
    list(reseal())
    settings.FIELD_KEYS = (NEW,)
    assert [number_of(who) for who in people] == NUMBERS
    assert [hit.id for hit in patients.search(rosa(), text=NUMBERS[3])] == [people[3].pk]


def test_what_somebody_writes_in_between_stays(people, monkeypatch):
    anew = services._anew

    def meanwhile(column, owner, old):
        fresh = anew(column, owner, old)
        if owner == people[2].pk:
            patients.change_ssn(rosa(), patient_id=owner, number="529-31-4421", version=1)
        return fresh

    monkeypatch.setattr(services, "_anew", meanwhile)
    assert [made.resealed for made in reseal()] == [6]
    assert number_of(people[2]) == "529-31-4421"
    assert (queries.usage().left, queries.invariants()[PROOF]()) == (0, [])


def test_what_does_not_open_is_named_and_left_and_the_rest_is_done(people):
    row = SocialSecurityNumber.objects.get(pk=people[4].pk)
    bent = row.number[:-4] + ("AAA=" if not row.number.endswith("AAA=") else "BBB=")
    SocialSecurityNumber.objects.filter(pk=row.pk).update(number=bent)
    (made,) = reseal()
    assert (made.resealed, made.shut) == (6, [row.pk])
    assert SocialSecurityNumber.objects.get(pk=row.pk).number == bent
    (breach,) = queries.invariants()[PROOF]()
    assert breach.startswith(f"patients.socialsecuritynumber {row.pk}: number does not open")


def test_the_proof_finds_what_was_exchanged_and_an_index_that_is_anothers(people):
    one, two, three = (SocialSecurityNumber.objects.get(pk=who.pk) for who in people[:3])
    SocialSecurityNumber.objects.filter(pk=one.pk).update(number=two.number, blind_index=two.blind_index)
    SocialSecurityNumber.objects.filter(pk=three.pk).update(blind_index=two.blind_index)
    found = queries.invariants()[PROOF]()
    assert [line.split(":")[0].split()[1] for line in found] == [str(one.pk), str(three.pk)]
    assert "belongs elsewhere" in found[0]
    assert "another value’s" in found[1]


def test_a_value_of_a_key_that_is_gone_is_counted_and_named(people, settings):
    settings.FIELD_KEYS = (NEW,)
    assert queries.usage().values[queries.UNKNOWN] == 7
    assert "a key that is not here" in queries.invariants()[PROOF]()[0]


def test_second_factors_are_sealed_anew_and_go_on_letting_in(settings):
    settings.FIELD_KEYS = (OLD,)
    user = practice.user()
    secret = add_app(user)
    settings.FIELD_KEYS = (NEW, OLD)
    services.reseal(gus(), table="accounts.factor", name="secret")
    kept = Factor.objects.get(user=user)
    assert (sealed.key_of(kept.secret), APP_SECRET.open(user.pk, kept.secret)) == ("2", secret)


def test_a_factor_copied_to_a_colleague_lets_nobody_in():
    rosa_, mia_ = practice.user(), practice.user("manager", "mia", "Mia")
    secret = add_app(rosa_)
    add_app(mia_)
    stolen = Factor.objects.get(user=rosa_).secret
    Factor.objects.filter(user=mia_).update(secret=stolen, last_step=0)
    from frontdesk.kit import clock

    code = app_code(secret, int(clock.now().timestamp()) // 30)
    assert factors.taken(mia_, code) == ""


def test_only_who_keeps_the_installation_may_and_only_what_is_sealed(people):
    with pytest.raises(NotPermitted):
        services.reseal(rosa(), **TABLE)
    with pytest.raises(NotFound):
        services.reseal(gus(), table="patients.patient", name="mrn")


def test_every_declared_column_is_a_column_and_holds_what_it_must():
    from django.apps import apps

    assert SSN in sealed.columns() and APP_SECRET in sealed.columns()
    for column in sealed.columns():
        model = apps.get_model(column.table)
        names = {field.attname: field for field in model._meta.concrete_fields}
        assert {column.name, column.owner} <= names.keys()
        assert not column.index or names[column.index].db_index
        room = names[column.name].max_length
        assert room is None or len(column.seal(2**63 - 1, "x" * 32)) + 12 <= room
