"""What is run from outside: sqlmap, wapiti and schemathesis, each for a bounded time over a bounded list of pages."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
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
EXPECTED = {
    "HTTP Strict Transport Security (HSTS)": "sent behind TLS alone; the demo is plain HTTP on this machine",
    "HTTP Secure Headers": "",
    "Secure Flag cookie": "set behind TLS alone; the demo is plain HTTP on this machine",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one of them did: which version, for how long, what it says, and what it found. `ran` is False when it could not."""

    name: str
    version: str
    seconds: float
    words: str
    findings: tuple[str, ...] = ()
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
    """Make an environment and bring into it what can be had; say loudly what cannot."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    for name, package in PACKAGES.items():
        line = [
            str(folder / "bin" / "python"),
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
    tool = tools / "bin" / name
    if not tool.exists():
        return ""
    said = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.findall(r"\d+(?:\.\d+)+", said)
    return found[-1] if found else "?"


def _missing(name: str) -> Result:
    return Result(name, "", 0, "could not be installed", ran=False)


def _run(line: list[str], target: Target, name: str) -> tuple[str, float, bool]:
    """Run a scanner in its folder until it ends or its time is over; return what it said, how long it took, if it ended."""
    begun, log = time.monotonic(), target.folder / f"{name}.log"
    with log.open("w") as out:
        try:
            subprocess.run(line, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=target.folder, timeout=target.seconds + 60, check=False)  # fmt: skip
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
    return log.read_text(errors="replace"), time.monotonic() - begun, ended


def sqlmap(tools: Path, target: Target) -> Result:
    """Ask every parameter of the reading pages, and the search by POST, for SQL that gets through."""
    version = _version(tools, "sqlmap")
    if not version:
        return _missing("sqlmap")
    p, today = target.patient, time.strftime("%Y-%m-%d")
    asked = [
        f"/patients?{urlencode({'q': 'ana', 'page': '1'})}",
        f"/openings?{urlencode({'line': 'est fri', 'type': '1', 'provider': '1', 'location': '1', 'from': today})}",
        f"/schedule?{urlencode({'day': today, 'by': 'provider', 'provider': '1'})}",
        f"/tomorrow?{urlencode({'day': today, 'provider': '1'})}",
        f"/messages?{urlencode({'state': 'failed', 'before': '9'})}",
        f"/patients/{p}/book?{urlencode({'type': '1', 'from': today})}",
        f"/patients/{p}/history?{urlencode({'before': '9'})}",
        f"/waitlist?{urlencode({'type': '1'})}",
        f"/recalls?{urlencode({'until': today})}",
    ]
    token = target.cookies.get("csrf", "")
    posted = [
        ("/find", {"q": "ana", "csrfmiddlewaretoken": token}),
        ("/drafts", {"name": "x", "csrfmiddlewaretoken": token}),
    ]
    share = target.seconds / (len(asked) + len(posted))
    common = [
        *(
            "--batch",
            "--level",
            "2",
            "--risk",
            "1",
            "--technique",
            "BEUT",
            "--time-sec",
            "3",
            "--disable-coloring",
        ),
        *(
            "--skip",
            "csrfmiddlewaretoken",
            "--ignore-code",
            "403,404,409,422",
            "--flush-session",
            "--ignore-redirects",
        ),
        *("--cookie", target.cookie, "--output-dir", str(target.folder), "--timeout", "10", "--retries", "0"),
    ]
    said, spent, over = "", 0.0, 0
    for address in asked:
        text, took, ended = _sqlmap(tools, target, share, [*common, "-u", target.base + address])
        said, spent, over = said + text, spent + took, over + (not ended)
    for address, fields in posted:
        text, took, ended = _sqlmap(
            tools, target, share, [*common, "-u", target.base + address, "--data", urlencode(fields)]
        )
        said, spent, over = said + text, spent + took, over + (not ended)
    (target.folder / "whole.log").write_text(said)
    cleared = len(re.findall(r"parameter '[^']+' does not seem to be injectable", said))
    found = re.findall(r"(?:parameter '[^']+' is vulnerable|Parameter: .+)", said)
    words = f"{len(asked) + len(posted)} addresses, {cleared} parameters tried to the end, {over} addresses cut off by the clock"
    return Result("sqlmap", version, spent, words, tuple(dict.fromkeys(found)))


def _sqlmap(tools: Path, target: Target, share: float, line: list[str]) -> tuple[str, float, bool]:
    return _run([str(tools / "bin" / "sqlmap"), *line], replace(target, seconds=share - 60), "sqlmap")


def wapiti(tools: Path, target: Target) -> Result:
    """Walk the pages from a list on, and try every form and parameter with what each module knows."""
    version = _version(tools, "wapiti")
    if not version:
        return _missing("wapiti")
    report = target.folder / "wapiti.json"
    line = [
        *(
            str(tools / "bin" / "wapiti"),
            "-u",
            f"{target.base}/",
            "--scope",
            "domain",
            "-m",
            MODULES,
            "-d",
            "2",
        ),
        *(
            "-H",
            f"Cookie: {target.cookie}",
            "--drop-set-cookie",
            "--skip",
            "csrfmiddlewaretoken",
            "--tasks",
            "2",
        ),
        *(
            "--max-scan-time",
            str(int(target.seconds * 0.3)),
            "--max-attack-time",
            str(int(target.seconds / 14)),
        ),
        *(
            "--max-links-per-page",
            "25",
            "--max-files-per-dir",
            "12",
            "--no-bugreport",
            "--flush-session",
            "-v",
            "1",
        ),
        *("--store-session", str(target.folder), "--store-config", str(target.folder), "-t", "10"),
        *("-f", "json", "-o", str(report)),
    ]
    for page in target.pages():
        line += ["-s", target.base + page]
    for path in NEVER:
        line += ["-x", f"{target.base}{path}*"]
    _, spent, ended = _run(line, target, "wapiti")
    if not report.exists():
        return Result("wapiti", version, spent, "ended without a report", ran=False)
    told = json.loads(report.read_text())
    found, seen = [], []
    for kind, many in {**told["vulnerabilities"], **told["anomalies"]}.items():
        for one in many:
            words = (
                f"{kind}: {one['method']} {one['path']} {one.get('parameter') or ''} {one['info']}".strip()
            )
            (seen if EXPECTED.get(kind) else found).append(" ".join(words.split()))
    crawled = told.get("infos", {}).get("crawled_pages_nbr", "?")
    beside = f"; left aside: {len(seen)} about what is sent behind TLS alone" if seen else ""
    words = f"{crawled} pages and forms, modules {MODULES}{beside}" + (
        "" if ended else "; cut off by the clock"
    )
    return Result("wapiti", version, spent, words, tuple(dict.fromkeys(found)))


def schemathesis(tools: Path, target: Target) -> Result:
    """Send what fits, and what does not, to every address and form; nothing may be answered with an error of ours.

    There is no API and so no description of one: it is given the addresses of the program with the types of their parts,
    and the forms with their fields as they were met on its pages, and is asked about server errors only.
    """
    version = _version(tools, "schemathesis")
    if not version:
        return _missing("schemathesis")
    made = schema.of(target.clerk, target.pages(), target.cookies.get("csrf", ""), NEVER)
    file = target.folder / "addresses.json"
    file.write_text(json.dumps(made))
    line = [
        *(
            str(tools / "bin" / "schemathesis"),
            "run",
            str(file),
            "--base-url",
            target.base,
            "-H",
            f"Cookie: {target.cookie}",
        ),
        *(
            "--checks",
            "not_a_server_error",
            "--hypothesis-max-examples",
            "25",
            "--hypothesis-suppress-health-check",
            "all",
        ),
        *("--request-timeout", "20000", "--hypothesis-seed", "1", "--no-color", "--experimental-no-failfast"),
    ]
    said, spent, ended = _run(
        [one for one in line if one != "--experimental-no-failfast"], target, "schemathesis"
    )
    ways = sum(len(one) for one in made["paths"].values())
    found = re.findall(r"curl -X (\w+) .*?'?(http://[^\s']+)", said)
    short = [f"{method} {address.removeprefix(target.base)[:200]}" for method, address in found]
    tried = len(re.findall(r"^(?:GET|POST) .+ [.FE]+\s", said, re.M))
    words = f"{ways} ways of asking {len(made['paths'])} addresses described, {tried} tried" + (
        "" if ended else " before the clock ended it"
    )
    return Result("schemathesis", version, spent, words, tuple(dict.fromkeys(short)))


ALL: dict[str, Callable[[Path, Target], Result]] = {
    "sqlmap": sqlmap,
    "wapiti": wapiti,
    "schemathesis": schemathesis,
}
