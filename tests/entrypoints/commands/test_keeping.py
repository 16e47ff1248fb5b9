"""Set up, back up, restore and prove, on the command line."""

import json

ADMIN = ("create-admin", "gus", "--name", "Gus Adler", "--password", "a long enough password")


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
    installation.run("backup", file)
    installation.run("create-admin", "mia", "--name", "Mia", "--password", "a long enough password")
    installation.run("restore", file, "--yes")
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
    assert "not as it was written" in installation.run("restore", file, "--yes", code=1)
    assert "taken" in installation.run(*ADMIN, code=1)


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
