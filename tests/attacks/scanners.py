"""What is run from outside: sqlmap, wapiti and schemathesis, each for a bounded time over a bounded list of pages."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.attacks import schema
from tests.soak.site import Clerk, Site

PACKAGES = {"sqlmap": "sqlmap", "wapiti": "wapiti3", "schemathesis": "schemathesis"}
NEVER = (
    "/sign-out",
    "/sign-in",
    "/lock",
    "/unlock",
    "/password",
    "/my/",
    "/emergency",
    "/screen",
    "/welcome",
)
"""Where a scanner would end the session it works in, or change how one signs in; the probes ask these."""
MODULES = (
    "sql,xss,permanentxss,exec,file,redirect,crlf,upload,csp,cookieflags,http_headers,csrf,methods,htaccess"
)
"""Of wapiti: all that needs no host of its makers' to call back to (ssrf, xxe, log4shell do)."""
EXAMPLES = 20
"""How often schemathesis asks each way."""
EXPECTED = re.compile(r"Strict-Transport-Security|Secure flag", re.I)
"""What is so on purpose: the demo is plain HTTP on this machine, and the words of TLS are sent behind TLS alone."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one of them did: which version, for how long, what it says, and what it found. `ran` is False when it could not."""

    name: str
    version: str
    seconds: float
    words: str
    findings: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    ran: bool = True

    def line(self) -> str:
        state = "NOT RUN" if not self.ran else "FOUND" if self.findings else "ok  "
        return f"{state} {self.name} {self.version}: {self.words}" + "".join(
            f"\n     {one}" for one in self.findings
        )

    def row(self) -> str:
        found = str(len(self.findings)) if self.ran else "**not run**"
        return f"| {self.name} | {self.version} | {self.seconds / 60:.1f} | {self.words} | {found} |"


@dataclass(frozen=True, slots=True)
class Target:
    """A practice to attack: its server, somebody signed in, one patient and one visit, and how long it may take."""

    site: Site
    clerk: Clerk
    cookies: dict[str, str]
    patient: int
    visit: int
    folder: Path
    seconds: float

    @property
    def base(self) -> str:
        return self.clerk.base

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def pages(self) -> list[str]:
        p, v = self.patient, self.visit
        return [
            *("/", "/patients", "/patients/register", "/openings", "/schedule", "/schedule/week", "/board"),
            *("/tomorrow", "/waitlist", "/recalls", "/messages", "/walk-in", "/visitors", "/downtime"),
            *(f"/patients/{p}", f"/patients/{p}/person", f"/patients/{p}/contacts", f"/patients/{p}/alerts"),
            *(f"/patients/{p}/messages", f"/patients/{p}/privacy", f"/patients/{p}/verify"),
            *(f"/appointments/{v}", f"/appointments/{v}/cancel", f"/appointments/{v}/notes", f"/visits/{v}"),
        ]


def environment(folder: Path) -> Path:
    """Make an environment for each of them and bring it there; say loudly which cannot be had."""
    for name, package in PACKAGES.items():
        subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
        line = [
            str(folder / name / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            package,
        ]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        if done.returncode:
            print(
                f"{name} CANNOT BE INSTALLED and is not run: {done.stderr.strip().splitlines()[-1]}",
                flush=True,
            )
    return folder


def _version(tools: Path, name: str) -> str:
    """Return the version of a scanner, "" where it is not there."""
    tool = tools / name / "bin" / name
    if not tool.exists():
        return ""
    said = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.findall(r"\d+(?:\.\d+)+", said)
    return found[-1] if found else "?"


def _missing(name: str) -> Result:
    return Result(name, "", 0, "could not be installed", ran=False)


def _tool(tools: Path, name: str) -> str:
    return str(tools / name / "bin" / name)


def _run(line: list[str], target: Target, name: str, seconds: float) -> tuple[str, float, bool]:
    """Run a scanner in its folder until it ends or its time is over; return what it said, how long it took, if it ended."""
    begun, log, ended = time.monotonic(), target.folder / f"{name}.log", True
    with log.open("w") as out:
        try:
            said = {"stdout": out, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
            subprocess.run(line, **said, cwd=target.folder, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            ended = False
    return log.read_text(errors="replace"), time.monotonic() - begun, ended


def sqlmap(tools: Path, target: Target) -> Result:
    """Ask every parameter of the reading pages, and the search by POST, for SQL that gets through."""
    version = _version(tools, "sqlmap")
    if not version:
        return _missing("sqlmap")
    p, today, token = target.patient, time.strftime("%Y-%m-%d"), target.cookies.get("csrf", "")
    asked: list[tuple[str, dict[str, str]]] = [
        ("/patients", {"q": "ana", "page": "1"}),
        ("/openings", {"line": "est fri", "type": "1", "provider": "1", "location": "1", "from": today}),
        ("/schedule", {"day": today, "by": "provider", "provider": "1"}),
        ("/tomorrow", {"day": today, "provider": "1"}),
        ("/messages", {"state": "failed", "before": "9"}),
        (f"/patients/{p}/book", {"type": "1", "from": today}),
        (f"/patients/{p}/messages", {"before": "9"}),
        ("/waitlist", {"type": "1"}),
        ("/recalls", {"until": today}),
        ("POST /find", {"q": "ana", "csrfmiddlewaretoken": token}),
        ("POST /drafts", {"name": "x", "csrfmiddlewaretoken": token}),
    ]
    common = [
        *"--batch --level 1 --risk 1 --technique BEU --disable-coloring --flush-session".split(),
        *"--ignore-redirects --ignore-code 403,404,409,422 --timeout 10 --retries 0".split(),
        *("--skip", "csrfmiddlewaretoken", "--cookie", target.cookie, "--output-dir", str(target.folder)),
    ]
    share, said, spent, over = target.seconds / len(asked), [], 0.0, 0
    for address, fields in asked:
        path = target.base + address.removeprefix("POST ")
        where = (
            ["-u", path, "--data", urlencode(fields)]
            if address.startswith("POST")
            else ["-u", f"{path}?{urlencode(fields)}"]
        )
        text, took, ended = _run([_tool(tools, "sqlmap"), *common, *where], target, "sqlmap", share)
        said, spent, over = [*said, text], spent + took, over + (not ended)
    whole = "\n".join(said)
    (target.folder / "sqlmap.log").write_text(whole)
    cleared = len(re.findall(r"parameter '[^']+' does not seem to be injectable", whole))
    found = re.findall(r"parameter '[^']+' is vulnerable|^Parameter: .+", whole, re.M)
    words = f"{len(asked)} addresses; {cleared} parameters tried to the end; {over} addresses cut off by the clock"
    return Result("sqlmap", version, spent, words, tuple(dict.fromkeys(found)))


def wapiti(tools: Path, target: Target) -> Result:
    """Walk the pages from a list on, and try every form and parameter with what each module knows."""
    version = _version(tools, "wapiti")
    if not version:
        return _missing("wapiti")
    report, each = target.folder / "wapiti.json", int(target.seconds / 14)
    line = [
        *(_tool(tools, "wapiti"), "-u", f"{target.base}/", "-m", MODULES, "-H", f"Cookie: {target.cookie}"),
        *"--scope domain -d 2 --drop-set-cookie --skip csrfmiddlewaretoken --tasks 2 -v 1 -t 10 -f json".split(),
        *f"--max-scan-time {int(target.seconds * 0.3)} --max-attack-time {each} --max-links-per-page 25".split(),
        *f"--max-files-per-dir 12 --no-bugreport --flush-session -o {report}".split(),
        *f"--store-session {target.folder} --store-config {target.folder}".split(),
        *(word for page in target.pages() for word in ("-s", target.base + page)),
        *(word for path in NEVER for word in ("-x", f"{target.base}{path}*")),
    ]
    _, spent, _ = _run(line, target, "wapiti", target.seconds + 120)
    if not report.exists():
        return Result("wapiti", version, spent, "ended without a report", ran=False)
    told = json.loads(report.read_text())
    found, aside = [], []
    for kind, many in {**told["vulnerabilities"], **told["anomalies"]}.items():
        for one in many:
            words = f"{kind}: {one['method']} {one['path']} {one.get('parameter') or ''} {one['info']}"
            (aside if EXPECTED.search(words) else found).append(" ".join(words.split()))
    walked = told.get("infos", {}).get("crawled_pages_nbr", "?")
    words = f"{walked} pages and forms walked; modules {MODULES.replace(',', ' ')}; {len(aside)} set aside, see below"
    return Result("wapiti", version, spent, words, tuple(dict.fromkeys(found)), tuple(dict.fromkeys(aside)))


def schemathesis(tools: Path, target: Target) -> Result:
    """Send what fits, and what does not, to every address and form; nothing may be answered with an error of ours.

    There is no API and so no description of one: it is given the addresses of the program with the types of their parts,
    and the forms with their fields as they were met on its pages, and is asked about server errors only.
    """
    version = _version(tools, "schemathesis")
    if not version:
        return _missing("schemathesis")
    made = schema.of(target.clerk, target.pages(), target.cookies.get("csrf", ""), NEVER)
    file, old = target.folder / "addresses.json", version.startswith("3.")
    file.write_text(json.dumps(made))
    named = (
        "--base-url {0} --hypothesis-max-examples {1} --hypothesis-seed 1"
        if old
        else "--url {0} --max-examples {1} --seed 1 --max-time {2} --workers 2"
    )
    line = [
        *(_tool(tools, "schemathesis"), "run", str(file), "--checks", "not_a_server_error", "--no-color"),
        *named.format(target.base, EXAMPLES, int(target.seconds)).split(),
        *("-H", f"Cookie: {target.cookie}"),
    ]
    said, spent, ended = _run(line, target, "schemathesis", target.seconds + 120)
    ways = sum(len(one) for one in made["paths"].values())
    found = [
        f"{method} {address.removeprefix(target.base)[:200]}"
        for method, address in re.findall(r"curl -X (\w+) .*?'?(http://[^\s']+)", said)
    ]
    errored = int((re.findall(r"(\d+) errored", said) or ["0"])[-1])
    words = f"{ways} ways of asking {len(made['paths'])} addresses, up to {EXAMPLES} times each" + (
        "" if ended else "; cut off by the clock"
    )
    if errored:
        return Result("schemathesis", version, spent, f"{words}; itself broken at {errored}", ran=False)
    return Result("schemathesis", version, spent, words, tuple(dict.fromkeys(found)))


ALL: dict[str, Callable[[Path, Target], Result]] = {
    "sqlmap": sqlmap,
    "wapiti": wapiti,
    "schemathesis": schemathesis,
}
