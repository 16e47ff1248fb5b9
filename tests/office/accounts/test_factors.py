"""Second factors, passwords beside them, tallies, devices, emergencies: what each service promises."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refused
from frontdesk.office.accounts import keeping, queries
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import TooManyTries, WeakPassword
from frontdesk.office.accounts.models import APP_SECRET, Device, Factor, SignIn, Tally
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.accounts.rules import app_code, is_easy_pin, is_mostly, step_of
from frontdesk.office.accounts.services import tallies
from frontdesk.office.accounts.services.factors import taken
from frontdesk.office.audit.models import AuditEntry
from tests.attacks.doors import add_app
from tests.factories import practice as make
from tests.people import gus, mia, rosa, sam

pytestmark = pytest.mark.django_db
# RFC 6238, appendix B: the secret "12345678901234567890", SHA-1, the last six of eight digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


@pytest.mark.parametrize(("moment", "code"), RFC)
def test_codes_are_those_of_the_standard(moment, code):
    assert app_code(RFC_SECRET, moment // 30) == code
    assert step_of(RFC_SECRET, code, moment + 29, after=0) == moment // 30
    assert step_of(RFC_SECRET, code, moment + 90, after=0) is None
    assert step_of(RFC_SECRET, code, moment, after=moment // 30) is None


def test_eight_characters_are_enough_only_beside_a_second_factor(db):
    user = make.user()
    short = "kq7!wetz"
    with pytest.raises(WeakPassword, match="15 characters"):
        accounts.change_password(actor_for(user), current="a long enough password", new=short)
    add_app(user)
    made = accounts.change_password(actor_for(user), current="a long enough password", new=short)
    assert made.short_password
    with pytest.raises(Refused, match="too short to stand alone"):
        accounts.remove_factor(actor_for(user), factor_id=Factor.objects.get().pk)


@pytest.mark.parametrize(
    "new",
    [
        "x" * 7 + "q w e r t y u i o p",
        "пароль с пробелами и всё",
        "🙂 four plain words 🙂",
        "w" + "orde " * 40,
    ],
)
def test_any_composition_and_any_length_will_do(db, new):
    user = make.user()
    accounts.change_password(actor_for(user), current="a long enough password", new=new)
    assert accounts.sign_in(username="rosa", password=new) == user
    with pytest.raises(Refused):
        accounts.sign_in(username="rosa", password=new[:-1])


def test_what_differs_only_after_the_seventy_second_byte_is_another_password(db):
    user = make.user()
    long = "many plain words and " * 5
    accounts.change_password(actor_for(user), current="a long enough password", new=long + "a")
    with pytest.raises(Refused):
        accounts.sign_in(username="rosa", password=long + "b")


@pytest.mark.parametrize(
    "new",
    ["elmstreetfamilymedicine", "Elm Street Family Medicine 1", "rosa diaz rosa diaz", "x" * 1025 + "abcdef"],
)
def test_names_everybody_knows_and_endless_ones_are_refused(db, new):
    user = make.user()
    with pytest.raises(WeakPassword):
        accounts.change_password(
            actor_for(user), current="a long enough password", new=new, avoid=["Elm Street Family Medicine"]
        )


def test_a_name_inside_something_long_enough_is_all_right():
    assert is_mostly("elm street 2026", ["Elm Street"])
    assert not is_mostly("the elm street bus is late again", ["Elm Street"])
    assert not is_mostly("nothing of the kind here", ["Elm Street"])


def test_pins_that_anybody_tries_first_are_refused(db):
    user = make.user()
    for pin in ("123456", "111111", "121212", "123123", "000000", "654321", "12345", "abcdef", "1" * 13):
        with pytest.raises(Invalid):
            accounts.set_pin(actor_for(user), pin=pin)
    assert not is_easy_pin("493817")
    accounts.set_pin(actor_for(user), pin="493817")
    user.refresh_from_db()
    assert user.pin.startswith("argon2")


def test_an_app_counts_only_once_its_code_was_shown(db):
    user = make.user()
    secret = accounts.begin_app(actor_for(user))
    assert not accounts.has_factor(user)
    with pytest.raises(Refused):
        accounts.confirm_app(actor_for(user), code="000000")
    accounts.confirm_app(actor_for(user), code=app_code(secret, int(clock.now().timestamp()) // 30))
    assert accounts.has_factor(user)
    with pytest.raises(Refused, match="already"):
        accounts.begin_app(actor_for(user))


def test_without_a_factor_there_are_no_recovery_codes(db):
    with pytest.raises(Refused):
        accounts.new_recovery_codes(actor_for(make.user()))


def test_who_lost_theirs_is_let_in_again_without_it(db):
    user = make.user()
    add_app(user)
    accounts.give_one_time_password(mia(), user_id=user.pk, password="bkdt-7rmq-x4hw-2znp")
    assert accounts.has_factor(user)
    accounts.give_one_time_password(mia(), user_id=user.pk, password="bkdt-7rmq-x4hw-2znq", lost_factors=True)
    assert not accounts.has_factor(user)


def test_a_policy_ends_the_sessions_of_those_who_owe(db):
    one, other = make.user(), make.user(username="lena")
    add_app(other)
    for user in (one, other):
        accounts.begin_session(actor_for(user), session_key=f"key-{user.pk}", how="password")
    accounts.change_policy(gus(), second_factor_roles=["psr"])
    assert list(SignIn.objects.filter(ended_at=None).values_list("user_id", flat=True)) == [other.pk]
    assert accounts.asked_of(one)
    with pytest.raises(Invalid):
        accounts.change_policy(gus(), second_factor_roles=["emperor"])
    with pytest.raises(NotPermitted):
        accounts.change_policy(rosa(), second_factor_roles=[])


def test_a_tally_counts_to_its_most_and_begins_anew_when_its_while_is_over(db):
    for _ in range(3):
        tallies.take("x", most=3, within=timedelta(minutes=5), sentence="No.")
    with pytest.raises(TooManyTries):
        tallies.take("x", most=3, within=timedelta(minutes=5), sentence="No.")
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        tallies.take("x", most=3, within=timedelta(minutes=5), sentence="No.")
        assert Tally.objects.get().count == 1
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        keeping.sweep()
    assert not Tally.objects.exists()


def test_a_form_sent_many_times_registers_one_screen_with_one_secret():
    by = gus().keyed("k1", "body")
    secrets = {accounts.new_device_secret(by) for _ in range(2)}
    (secret,) = secrets
    made = {
        accounts.register_device(by, name="Corridor", kind="wall", location_id=1, secret=secret).pk
        for _ in range(2)
    }
    assert made == {accounts.known_device(secret).pk}
    assert (
        len(
            {accounts.new_device_secret(gus().keyed("k2", "body")), accounts.new_device_secret(gus()), secret}
        )
        == 3
    )


def test_a_screen_is_known_by_its_secret_until_it_is_ended(db):
    secret = accounts.new_device_secret(gus())
    made = accounts.register_device(gus(), name=" Corridor ", kind="wall", location_id=1, secret=secret)
    assert accounts.known_device(secret) == made
    assert accounts.known_device("") is None
    assert secret not in str(list(Device.objects.values()))
    assert secret not in str(list(AuditEntry.objects.values_list("before", "after", "extra")))
    accounts.end_device(gus(), device_id=made.pk)
    assert accounts.known_device(secret) is None
    with pytest.raises(NotFound):
        accounts.end_device(gus(), device_id=made.pk)
    with pytest.raises(Invalid):
        accounts.register_device(gus(), name="", kind="toaster", location_id=1, secret="x")
    with pytest.raises(NotPermitted):
        accounts.register_device(rosa(), name="Mine", kind="wall", location_id=1, secret="x")


def test_an_emergency_widens_rights_for_an_hour_and_touches_no_account(db):
    user = make.user()
    before = actor_for(user).permissions
    reason = "Nobody with these rights can be reached"
    accounts.take_emergency_access(actor_for(user), reason=reason)
    user.refresh_from_db()
    wider = actor_for(user).permissions
    assert wider > before
    assert not {one for one in wider - before if one.startswith("accounts.")}
    with clock.fixed(clock.now() + timedelta(minutes=60, seconds=1)):
        assert actor_for(user).permissions == before
    assert AuditEntry.objects.filter(action="accounts.take_emergency_access").get().reason == reason


def test_an_emergency_needs_a_sentence_and_somebody_else_looks_at_it(db):
    user = make.user()
    with pytest.raises(Invalid):
        accounts.take_emergency_access(actor_for(user), reason="urgent")
    with pytest.raises(NotPermitted):
        accounts.take_emergency_access(sam(), reason="The trainee would like to see")
    made = accounts.take_emergency_access(actor_for(user), reason="Nobody can be reached")
    with pytest.raises(Refused, match="already"):
        accounts.take_emergency_access(actor_for(user), reason="Nobody can be reached")
    assert queries.emergencies_unseen() == 1
    with pytest.raises(NotPermitted):
        accounts.see_emergency_access(rosa(), access_id=made.pk)
    accounts.see_emergency_access(gus(), access_id=made.pk)
    assert queries.emergencies_unseen() == 0
    accounts.end_emergency_access(actor_for(user))
    user.refresh_from_db()
    assert user.emergency_until is None


def test_where_one_is_signed_in_is_forgotten_in_time(db):
    user = make.user()
    accounts.begin_session(actor_for(user), session_key="gone", how="password")
    with clock.fixed(clock.now() + timedelta(hours=14)):
        keeping.sweep()
    assert SignIn.objects.get().ended_why == "ran out"
    with clock.fixed(clock.now() + timedelta(days=120)):
        keeping.sweep()
    assert not SignIn.objects.exists()


def test_what_one_key_sealed_until_now_is_sealed_as_all_fields_are_and_back_again(db):
    from importlib import import_module

    from django.apps import apps

    moving = import_module("frontdesk.office.accounts.migrations.0006_secrets_under_field_keys")
    user = make.user()
    secret = add_app(user)
    moving.as_before(apps, None)
    assert not Factor.objects.get().secret.startswith("k")
    moving.seal_anew(apps, None)
    assert APP_SECRET.open(user.pk, Factor.objects.get().secret) == secret


def test_a_secret_that_does_not_open_lets_nobody_in_but_a_code_on_paper_does(db):
    user = make.user()
    secret = add_app(user)
    paper = accounts.new_recovery_codes(actor_for(user))[0]
    Factor.objects.update(secret="k9:nothing", last_step=0)
    assert taken(user, app_code(secret, int(clock.now().timestamp()) // 30)) == ""
    assert taken(user, paper) == "recovery code"
