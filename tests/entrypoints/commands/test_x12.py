"""`frontdesk x12` on the command line: a tree, what is wrong, an answer; clear words and exit codes for bad files."""

import json

import pytest
import typer
from typer.testing import CliRunner

from frontdesk.entrypoints.commands import x12 as command
from frontdesk.formats import x12
from frontdesk.kit.errors import Refused
from tests.formats.x12 import corpus


@pytest.fixture
def run():
    app = typer.Typer()
    app.add_typer(command.app, name="x12")

    def ran(*words, code=0):
        done = CliRunner().invoke(app, ["x12", *map(str, words)])
        if isinstance(done.exception, Refused):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output

    return ran


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "sound.271"
    path.write_bytes(corpus.valid("271"))
    return path


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "faulty.271"
    path.write_bytes(corpus.changed("271", "NM1", nth=1, e09="1234567890"))
    return path


def test_a_file_is_shown_as_a_tree_in_words(run, sound):
    said = run("show", sound)
    assert "set 0001: 271 eligibility answer, 005010X279A1" in said
    assert "2110C benefit information" in said
    assert "plan description GOLD HMO" in said


def test_a_sound_file_is_said_to_be_sound(run, sound):
    assert run("validate", sound) == "0 found to be wrong.\n"


def test_what_is_wrong_is_printed_and_is_the_exit_code(run, faulty):
    said = run("validate", faulty, code=1)
    assert "NM109 '1234567890' of the information receiver name is not a National Provider Identifier" in said
    (line,) = run("validate", faulty, "--json", code=1).splitlines()
    assert json.loads(line)["element"] == "NM109"


def test_a_service_after_today_is_found(run, tmp_path):
    path = tmp_path / "future.837"
    path.write_bytes(corpus.changed("837P", "DTP", nth=1, e03="20260304"))
    assert "lies in the future" in run("validate", path, code=1)


def test_a_file_is_answered_and_nothing_is_written_over(run, sound, faulty, tmp_path):
    said = run("ack", sound)
    assert "IK5*A~" in said
    assert list(x12.check(said)) == []
    out = tmp_path / "answer.999"
    assert "0 accepted, 1 rejected" in run("ack", faulty, "--to", out, "--control", "7", code=1)
    assert b"*000000007*" in out.read_bytes()
    with pytest.raises(Refused, match="Nothing was written"):
        run("ack", sound, "--to", out)


def test_a_file_that_is_no_x12_and_one_that_is_not_there_are_told_apart(run, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear payer,")
    for what in ("show", "ack"):
        assert "not an X12 file" in run(what, letter, code=1)
    assert "not an X12 file" in run("validate", letter, code=1)
    for what in ("show", "validate", "ack"):
        assert "cannot be read: No such file" in run(what, tmp_path / "nothing", code=2)
    assert "cannot be read" in run("validate", tmp_path, code=2)


def test_an_acknowledgement_gets_no_answer(run, tmp_path):
    path = tmp_path / "ours.999"
    path.write_bytes(corpus.valid("999"))
    assert "acknowledgements are not acknowledged" in run("ack", path)
