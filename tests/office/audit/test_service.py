"""A verb is permitted, all-or-nothing, on record, and done once per form."""

import pytest
from django.db import DatabaseError, connection, transaction

from frontdesk.kit.errors import NotPermitted, Refused
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import WeakPassword
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import FormKeyReused, record, service
from frontdesk.office.practice.models import Practice
from frontdesk.office.practice.services import open_practice
from tests.people import gus, rosa

pytestmark = pytest.mark.django_db


@service("practice.rename", permission="practice.change")
def rename(by, /, *, name, refuse=False):
    made = Practice.objects.create(name=name)
    record(by, subject=made, after={"name": name})
    if refuse:
        raise Refused("No.")
    return made


def test_a_deed_leaves_who_what_and_the_change():
    made = rename(gus(), name="Elm Street")
    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.action, entry.subject) == (
        "Gus",
        "practice.rename",
        f"practice.practice:{made.pk}",
    )
    assert entry.after == {"name": "Elm Street"}


def test_a_refused_deed_leaves_nothing():
    with pytest.raises(Refused):
        rename(gus(), name="Elm Street", refuse=True)
    assert (Practice.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_who_may_not_is_refused_and_the_try_is_on_record():
    with pytest.raises(NotPermitted):
        rename(rosa(), name="Mine")
    assert Practice.objects.count() == 0
    assert AuditEntry.objects.values_list("outcome", "actor_name").get() == ("refused", "Rosa")


def test_the_same_form_sent_twice_has_one_effect_and_one_answer():
    by = gus().keyed("k1", "body")
    assert rename(by, name="Elm") == rename(by, name="Elm")
    assert (Practice.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_the_same_form_with_other_contents_is_refused():
    rename(gus().keyed("k1", "one"), name="Elm")
    with pytest.raises(FormKeyReused):
        rename(gus().keyed("k1", "two"), name="Oak")
    assert Practice.objects.get().name == "Elm"


def test_a_form_that_was_refused_may_be_sent_again():
    by = gus().keyed("k1", "body")
    with pytest.raises(Refused):
        rename(by, name="Elm", refuse=True)
    assert rename(by, name="Elm").name == "Elm"


@service("practice.tell", permission="practice.change")
def tell(by, /, *, what):
    record(by)
    return what


@pytest.mark.parametrize("what", [[], 0, 7, True, False])
def test_what_came_of_a_form_is_told_again(what):
    by = gus().keyed("k1", "body")
    assert [tell(by, what=what), tell(by, what="another")] == [what, what]


def test_a_text_may_be_a_secret_and_is_told_once():
    by = gus().keyed("k1", "body")
    assert [tell(by, what="the words"), tell(by, what="the words")] == ["the words", None]


def test_a_form_whose_row_is_gone_is_refused_in_words():
    by = gus().keyed("k1", "body")
    rename(by, name="Elm").delete()
    with pytest.raises(FormKeyReused, match="not there any more"):
        rename(by, name="Elm")
    assert not Practice.objects.exists()


def test_another_persons_key_opens_nothing():
    open_practice(gus().keyed("k1", "b"), name="Elm")
    with pytest.raises(FormKeyReused):
        open_practice(accounts_actor(), name="Elm")


def accounts_actor():
    from dataclasses import replace

    return replace(gus().keyed("k1", "b"), id=99)


def test_the_database_itself_keeps_the_record_as_it_is():
    rename(gus(), name="Elm")
    for sql in ("UPDATE audit_auditentry SET actor_name = 'x'", "DELETE FROM audit_auditentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert AuditEntry.objects.get().actor_name == "Gus"


def test_a_password_of_less_than_fifteen_characters_makes_no_account():
    with pytest.raises(WeakPassword):
        accounts.create_user(gus(), username="x", display_name="X", role="psr", password="short")
    assert not User.objects.exists()
