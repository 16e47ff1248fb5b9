"""Accounts of colleagues: made, changed, ended, and let in again."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, Refused, StaleVersion
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import LastAdministrator, SignInRefused, UsernameTaken, WeakPassword
from frontdesk.office.accounts.queries import account, actor_for
from frontdesk.office.accounts.queries import accounts as listed
from frontdesk.office.accounts.rules import one_time_password
from frontdesk.office.audit.models import AuditEntry
from tests.factories import practice as make
from tests.people import gus, mia, rosa

pytestmark = pytest.mark.django_db
SECRET = "bkdt-7rmq-x4hw-2znp"


def sam(by=None, **fields):
    given = {
        "username": "sam",
        "display_name": "Sam Wu",
        "role": "trainee",
        "password": SECRET,
        "one_time": True,
    }
    return accounts.create_user(by or mia(), **{**given, **fields})


def test_a_one_time_password_lets_in_to_do_nothing_but_choose_another(db):
    made = sam()
    assert accounts.sign_in(username="Sam ", password=SECRET) == made
    assert actor_for(made).permissions == {"accounts.change_password", "accounts.sign_in"}
    accounts.change_password(actor_for(made), current=SECRET, new="four plain words here")
    again = accounts.sign_in(username="sam", password="four plain words here")
    assert not again.must_change_password
    assert actor_for(again).can("patients.search")


def test_a_one_time_password_runs_out_after_a_week(db):
    sam()
    with clock.fixed(clock.now() + timedelta(days=8)), pytest.raises(SignInRefused, match="run out"):
        accounts.sign_in(username="sam", password=SECRET)


def test_passwords_drawn_by_lot_are_strong_and_differ():
    drawn = {one_time_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(one) == 19 for one in drawn)


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "passwordpassword",
        "abcdefghijklmnop",
        "98765432109876543210",
        "aaaaaaaaaaaaaabbbb",
        "samantha.whitaker.1",
    ],
)
def test_a_password_must_be_long_unknown_and_not_ones_own_name(db, weak):
    user = sam(username="samantha.whitaker", display_name="Samantha Whitaker")
    with pytest.raises(WeakPassword):
        accounts.change_password(actor_for(user), current=SECRET, new=weak)
    assert account(user.pk).must_change_password


def test_a_wrong_current_password_changes_nothing_and_counts_as_a_try(db):
    made = sam()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            accounts.change_password(
                actor_for(made), current="a wrong one altogether", new="four plain words here"
            )
    with pytest.raises(Refused, match="Too many tries"):
        accounts.sign_in(username="sam", password=SECRET)
    assert check_password(SECRET, account(made.pk).password)


def test_an_accent_is_the_same_however_a_keyboard_composes_it(db):
    made = sam()
    accounts.change_password(actor_for(made), current=SECRET, new="cafe\u0301 au lait s'il te plait")
    assert accounts.sign_in(username="sam", password="caf\u00e9 au lait s'il te plait") == made


@pytest.mark.parametrize(
    "given", [{"username": "Sam Wu"}, {"username": ""}, {"display_name": " "}, {"role": "emperor"}]
)
def test_an_account_that_cannot_be_is_refused(db, given):
    with pytest.raises(Invalid):
        sam(**given)


def test_a_user_name_is_one_persons_however_it_is_written(db):
    sam()
    with pytest.raises(UsernameTaken):
        sam(username="SAM")


def test_a_new_role_holds_and_is_on_record(db):
    made = sam()
    accounts.change_user(mia(), user_id=made.pk, changes={"role": "psr"}, version=1)
    entry = AuditEntry.objects.latest("id")
    assert (entry.before, entry.after) == ({"role": "trainee"}, {"role": "psr"})
    with pytest.raises(StaleVersion):
        accounts.change_user(mia(), user_id=made.pk, changes={"role": "lead"}, version=1)


def test_who_is_no_manager_makes_changes_and_ends_no_account(db):
    made = sam()
    for deed in (
        lambda: sam(rosa(), username="other"),
        lambda: accounts.change_user(rosa(), user_id=made.pk, changes={"role": "lead"}),
        lambda: accounts.deactivate(rosa(), user_id=made.pk),
        lambda: accounts.give_one_time_password(rosa(), user_id=made.pk, password=SECRET),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_a_manager_cannot_become_an_administrator_by_way_of_another_account(db):
    chief, clerk = sam(gus(), username="gus", role="admin"), sam()
    for deed in (
        lambda: sam(username="new", role="admin"),
        lambda: accounts.change_user(mia(), user_id=clerk.pk, changes={"role": "admin"}),
        lambda: accounts.change_user(mia(), user_id=chief.pk, changes={"role": "psr"}),
        lambda: accounts.give_one_time_password(mia(), user_id=chief.pk, password=SECRET),
        lambda: accounts.deactivate(mia(), user_id=chief.pk),
    ):
        with pytest.raises(NotPermitted, match="administrator"):
            deed()


def test_the_last_administrator_stays(db):
    chief = sam(gus(), username="chief", role="admin")
    with pytest.raises(LastAdministrator):
        accounts.deactivate(gus(), user_id=chief.pk)
    with pytest.raises(LastAdministrator):
        accounts.change_user(gus(), user_id=chief.pk, changes={"role": "psr"})
    sam(gus(), username="second", role="admin")
    assert not accounts.deactivate(gus(), user_id=chief.pk).is_active


def test_nobody_ends_or_promotes_themselves(db):
    chief = sam(gus(), username="chief", role="admin", one_time=False)
    sam(gus(), username="second", role="admin")
    by = actor_for(chief)
    for deed in (
        lambda: accounts.deactivate(by, user_id=chief.pk),
        lambda: accounts.change_user(by, user_id=chief.pk, changes={"role": "psr"}),
        lambda: accounts.give_one_time_password(by, user_id=chief.pk, password=SECRET),
    ):
        with pytest.raises(Refused):
            deed()


def test_who_left_comes_back_with_a_one_time_password_alone(db):
    made = sam(one_time=False)
    accounts.deactivate(mia(), user_id=made.pk)
    with pytest.raises(SignInRefused):
        accounts.sign_in(username="sam", password=SECRET)
    assert [one.user.pk for one in listed(former=True)[0]] == [made.pk]
    back = accounts.give_one_time_password(mia(), user_id=made.pk, password="another-drawn-by-lot")
    assert accounts.sign_in(username="sam", password="another-drawn-by-lot").must_change_password
    assert back.is_active


def test_no_password_is_ever_on_record(db):
    made = sam()
    accounts.change_password(actor_for(made), current=SECRET, new="four plain words here")
    accounts.give_one_time_password(mia(), user_id=made.pk, password="another-drawn-by-lot")
    kept = " ".join(str((e.before, e.after, e.extra)) for e in AuditEntry.objects.all())
    assert not any(word in kept for word in (SECRET, "four plain", "drawn-by-lot", "argon2"))


def test_the_list_asks_a_bounded_number_of_questions(db, django_assert_max_num_queries):
    for n in range(60):
        make.user(username=f"u{n}", display_name=f"Person {n:02}")
    with django_assert_max_num_queries(3):
        rows, total = listed()
    assert (len(rows), total) == (50, 60)
    assert [one.user.display_name for one in listed(page=2)[0]] == [f"Person {n}" for n in range(50, 60)]
