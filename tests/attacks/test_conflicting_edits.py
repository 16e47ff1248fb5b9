"""Several clerks with the same record open: none writes over what they had not seen, and who comes late sees both."""

from random import Random

import pytest

from tests.attacks.tabs import forms_of
from tests.browser import _session
from tests.soak import edits

pytestmark = pytest.mark.django_db


@pytest.fixture
def targets(db):
    return edits.ground(patients=2, clerks=3)


def clerk(number, told):
    from django.test import Client

    from frontdesk.office.accounts.models import User

    client = Client(headers={"HX-Request": "true"})
    client.cookies["session"] = _session(User.objects.get(username=f"clerk{number}"))

    def post(path, fields):
        answer = client.post(path, fields)
        return answer.status_code, answer.content.decode()

    return edits.Editor(number, lambda path: client.get(path).content.decode(), post, told)


def test_nothing_is_lost_and_nothing_is_written_unseen(targets):
    told, rng = edits.Told(), Random(4)
    clerks = [clerk(number, told) for number in range(3)]
    for _ in range(90):
        rng.choice(clerks).one(rng.choice(targets[0]))
    words, good = edits.verdict_on(told, targets[1])
    assert good, words
    assert {edit.status for edit in told.edits} == {200, 204, 409}


def test_the_verdict_bites(targets, monkeypatch):
    """Without the look at the version the later form wins, and that is what must be told."""
    from frontdesk.kit import versioned
    from frontdesk.office.patients.services import reach

    def careless(row, fields, *, expected=None):
        return versioned.save_changes(row, fields)

    monkeypatch.setattr(reach, "save_changes", careless)
    told, rng = edits.Told(), Random(4)
    clerks = [clerk(number, told) for number in range(3)]
    alerts = [one for one in targets[0] if one.kind == "alert"]
    for _ in range(30):
        rng.choice(clerks).one(rng.choice(alerts))
    words, good = edits.verdict_on(told, targets[1])
    assert not good
    assert "the writer saw" in words


@pytest.mark.parametrize("kind", ["person needed", "visit's notes"])
def test_a_field_that_was_left_alone_is_not_taken_back_by_saving_again(targets, kind):
    """Ben changes one field, Cas another of the same row: Cas is shown the newest, with only their own word in it."""
    target = next(one for one in targets[0] if one.kind == kind)
    told = edits.Told()
    ben, cas = clerk(0, told), clerk(1, told)
    theirs, mine = target.fields
    open_by_ben, open_by_cas = (one._draw(target, one.get(target.form)) for one in (ben, cas))
    assert ben.post(target.action, {**open_by_ben, theirs: ["Of Ben"]})[0] in edits.DONE
    status, said = cas.post(target.action, {**open_by_cas, mine: ["Of Cas"]})
    assert status == 409
    again = next(one for one in forms_of(target.action, said) if one.action == target.action).sent()
    assert cas.post(target.action, again)[0] in edits.DONE
    row = edits.row_of(target.subject)
    assert [getattr(row, name) for name in target.fields] == ["Of Ben", "Of Cas"]
