"""Set up, back up, restore and prove, on the command line."""

import base64
import json

import pytest

from tests.entrypoints.commands.conftest import Installation

ADMIN = ("create-admin", "gus", "--name", "Gus Adler", "--password", "a long enough password")


@pytest.fixture
def unmade(tmp_path):
    """A folder in which nothing was made yet."""
    return Installation(tmp_path / "data", "")


def test_a_new_installation_has_no_account_until_one_is_made(installation):
    installation.run(*ADMIN)
    assert "taken" in installation.run(*ADMIN, code=1)


def test_a_short_password_is_refused_in_words(installation):
    said = installation.run("create-admin", "gus", "--name", "Gus", "--password", "short", code=1)
    assert "15 characters" in said
    assert "Traceback" not in said


def test_check_proves_an_installation_whole(installation):
    found = json.loads(installation.run("check", "--json"))
    assert "audit_fits_its_seals" in found
    assert not any(found.values())


def test_what_was_backed_up_comes_back(installation, tmp_path):
    file = tmp_path / "kept" / "one.backup"
    installation.run(*ADMIN)
    said = installation.run("backup", file)
    assert "read again and whole" in said
    assert "Keep a copy of it away from this machine" in said
    assert "Keep a copy" not in installation.run("backup", tmp_path / "kept" / "two.backup")
    assert "Gus Adler" not in file.read_bytes().decode("latin-1")
    assert "is whole" in installation.run("check-backup", file)
    installation.run("create-admin", "mia", "--name", "Mia", "--password", "a long enough password")
    assert "every one counted" in installation.run("restore", file, "--yes")
    assert "can sign in" in installation.run(
        "create-admin", "mia", "--name", "Mia", "--password", "a long enough password"
    )
    assert "taken" in installation.run(*ADMIN, code=1)


def test_a_backup_never_overwrites(installation, tmp_path):
    installation.run("backup", tmp_path / "one")
    assert "already there" in installation.run("backup", tmp_path / "one", code=1)


def test_a_damaged_backup_is_refused_and_nothing_changes(installation, tmp_path):
    file = tmp_path / "one"
    installation.run(*ADMIN)
    installation.run("backup", file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert "not as it was written" in installation.run("check-backup", file, code=1)
    assert "not as it was written" in installation.run("restore", file, "--yes", code=1)
    assert "taken" in installation.run(*ADMIN, code=1)


def test_without_its_key_a_backup_is_closed_to_everybody(installation, tmp_path):
    file = tmp_path / "one"
    installation.run("backup", file)
    (installation.folder / "backup_key").unlink()
    assert "The backup key is not here" in installation.run("restore", file, "--yes", code=1)
    installation.environment["FRONTDESK_BACKUP_KEY"] = base64.b64encode(b"x" * 32).decode()
    assert "locked with another key" in installation.run("restore", file, "--yes", code=1)


def test_work_does_what_is_due_and_ends_when_asked(installation):
    installation.run("work", "--once")
    installation.run("check")


def test_help_names_every_command(installation):
    said = installation.run("--help")
    for name in (
        "serve",
        "work",
        "migrate",
        "check",
        "backup",
        "restore",
        "create-admin",
        "demo",
        "import",
        "bench",
    ):
        assert name in said


def test_a_colleague_gets_a_one_time_password_a_new_one_and_an_end(installation):
    installation.run(*ADMIN)
    assert "with this password once: " in installation.run("create-user", "rosa", "--name", "Rosa Diaz")
    assert "Choose what they do" in installation.run(
        "create-user", "x", "--name", "X", "--role", "emperor", code=1
    )
    assert "with this password once: " in installation.run("reset-password", "rosa")
    assert "cannot sign in any more" in installation.run("end-access", "rosa")
    assert "last administrator" in installation.run("end-access", "gus", code=1)
    assert "Nobody signs in as bo" in installation.run("end-access", "bo", code=1)


@pytest.mark.parametrize("words", [("check", "--json"), ("serve",), ("work", "--once")])
def test_before_the_tables_are_there_every_command_says_what_to_do(unmade, words):
    said = unmade.run(*words, code=1)
    assert "Run `frontdesk migrate` first" in said
    assert "Traceback" not in said


def test_an_import_before_the_tables_are_there_says_what_to_do(unmade, tmp_path):
    (tmp_path / "list.csv").write_text("first,last,born\nAna,Ito,3/14/1962\n")
    (tmp_path / "map.toml").write_text(
        '[columns]\nfirst_name = "first"\nlast_name = "last"\nbirth_date = "born"\n'
    )
    said = unmade.run("import", "csv", tmp_path / "list.csv", "--map", tmp_path / "map.toml", code=1)
    assert "Run `frontdesk migrate` first" in said
    assert "Traceback" not in said


def test_a_database_that_is_down_is_one_sentence_without_its_password(tmp_path):
    url = "postgresql://desk:secretword@127.0.0.1:1/frontdesk"
    said = Installation(tmp_path / "data", url).run("check", code=1)
    assert "The database does not answer" in said
    assert "Traceback" not in said
    assert "secretword" not in said
