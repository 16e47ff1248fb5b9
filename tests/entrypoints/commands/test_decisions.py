"""`frontdesk take-decisions`: a payer's later decision settles the request it is for, and says which are for none."""

import pytest
import typer
from typer.testing import CliRunner

from frontdesk.entrypoints.commands.decisions import take_decisions
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.referrals.models import AuthorizationRequest
from tests.factories.coverage import policy
from tests.factories.patients import ana
from tests.factories.referrals import authorization
from tests.formats.x12 import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.command()(take_decisions)

    def ran(content, code=0):
        file = tmp_path / "decisions.edi"
        file.write_bytes(content)
        done = CliRunner().invoke(app, [str(file)])
        if isinstance(done.exception, Invalid):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output

    return ran


def test_a_decision_settles_the_request_it_is_for(run):
    row = authorization(policy(ana()), kind="authorization", number="", state="pending", allowed=20)
    now = clock.now()
    AuthorizationRequest.objects.create(
        authorization=row, trace="AUTH1", asked_at=now, asked_by="Rosa", not_before=now, give_up_at=now, state="done",
        done_at=now, outcome="pended",
    )  # fmt: skip
    assert "Request AUTH1: Approved: under AUTH778" in run(corpus.valid("278A"))
    row.refresh_from_db()
    assert (row.state, row.number, row.allowed) == ("approved", "AUTH778", 12)


def test_one_that_is_for_no_request_of_ours_is_said(run):
    assert "No request of ours" in run(corpus.valid("278A"), code=1)


def test_what_is_no_file_of_decisions_changes_nothing(run):
    with pytest.raises(Invalid, match="Nothing was taken in"):
        run(b"hello")
