"""P96, P97: what the repository itself gives away, and what it takes in from elsewhere."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What keys and passwords look like, wherever they are from.
SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a forge": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bglpat-[A-Za-z0-9_-]{20,}\b",
    "a token of a chat": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a key of a carrier or a card network": r"\b(?:sk|rk)_live_[A-Za-z0-9]{16,}\b|\bAC[0-9a-f]{32}\b|\bSK[0-9a-f]{32}\b",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}",
    "an address with a password": r"\b[a-z]+://[A-Za-z0-9_.-]+:(?!password@|secretword@|p@|x@|\{)[^\s@/:'\"{}<>$]{6,}@(?!127\.0\.0\.1|localhost|host)",
    "an assigned secret": r"(?i)\b(?:secret_key|api_key|password|backup_key)\s*=\s*['\"][A-Za-z0-9+/=_-]{32,}['\"]",
}
NUMBERS = re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b")
# Those every example uses, and a few for the tests of the field itself, which need some that pass its rules.
EXAMPLES = {"123-45-6789", "111-11-1111", "078-05-1120", "529-31-4421"}
EXAMPLES |= {f"219-47-{serial}" for serial in ("0001", "0033", "0060", "8306", "8307", "8399")}
OURS = {"frontdesk", "tests"}


def files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    found = [ROOT / name for name in names if name] or [
        one for place in ("frontdesk", "tests", "docs") for one in (ROOT / place).rglob("*") if one.is_file()
    ]
    for file in found:
        if (
            file.is_file()
            and file.suffix not in {".png", ".ttf", ".woff2"}
            and file.stat().st_size < 3_000_000
        ):
            yield file, file.read_text(errors="ignore")


@pytest.mark.parametrize("what", SECRETS)
def test_p96_no_secret_stands_in_the_repository(what):
    found = [str(file.relative_to(ROOT)) for file, text in files() if re.search(SECRETS[what], text)]
    assert [one for one in found if one != "tests/attacks/test_p96_repository.py"] == []


def test_p96_the_scan_bites():
    for what, text in {
        "a private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
        "a key of a cloud": "AKIA" + "A" * 16,
        "a token of a forge": "ghp_" + "a" * 36,
        "an address with a password": "postgresql://desk:" + "hunter22@db.example.org/x",
        "an assigned secret": "SECRET_KEY" + ' = "' + "x" * 40 + '"',
    }.items():
        assert re.search(SECRETS[what], text), what


def test_p96_no_file_of_an_installation_stands_in_it():
    kept = (
        "secret_key",
        "audit_key",
        "backup_key",
        ".env",
        ".sqlite3",
        ".backup",
        ".pem",
        ".p12",
        "audit-anchor.txt",
    )
    assert not [file.name for file, _ in files() if file.name.endswith(kept)]


def test_p96_no_social_security_number_that_could_be_anybodys_stands_in_it():
    """Examples use numbers nobody is given (000, 666 and 900 and above); what reads such numbers needs a few that pass."""
    found = {
        (str(file.relative_to(ROOT)), hit)
        for file, text in files()
        if file.suffix in {".py", ".md", ".toml", ".csv", ".json", ".html"}
        for hit in NUMBERS.findall(text)
        if hit not in EXAMPLES
    }
    assert found == set()


def imported():
    """Every module the program imports, by its first name."""
    for file in (ROOT / "frontdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from (one.name.partition(".")[0] for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked():
    text = (ROOT / "requirements.lock").read_text()
    return {plain(name): text for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)}


def test_p97_every_import_of_the_program_is_locked_and_asked_for():
    known = packages_distributions()
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {plain(re.split(r"[\s\[<>=!~;]", one)[0]) for one in asked}
    foreign = set(imported()) - OURS - set(sys.stdlib_module_names)
    unknown = {one for one in foreign if not {plain(d) for d in known.get(one, [])} & locked().keys()}
    assert unknown == set()
    # Asked for by us, not only by something that we ask for and that may stop doing so.
    beside = {one for one in foreign if not {plain(d) for d in known[one]} & names}
    assert beside <= {"markupsafe"}, beside


def test_p97_every_locked_file_is_known_by_its_hash():
    text = (ROOT / "requirements.lock").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9._-]+==", line)]
    assert len(lines) > 20
    assert not [line.split()[0] for line in lines if "--hash=sha256:" not in line]
    assert not re.search(r"^(?!#|\s|[A-Za-z0-9._-]+==)\S", text, re.M)
