"""A demo practice in a folder of its own, a real server over it, and people signed in to it over HTTP."""

import http.client
import http.cookiejar
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from tests import migrated

PASSWORD = "correct horse leads the desk"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Site:
    """`Site(folder, port).up()` serves a clinic; `down()` stops it, `kill()` ends every process of it at once.

    With `log` it writes there a line for every request.
    """

    def __init__(self, folder: Path, port: int, log: Path | None = None) -> None:
        self.folder, self.port, self.log = folder, port, log
        self.environment = {**os.environ, "FRONTDESK_DATA": str(folder), "FRONTDESK_LOG_LEVEL": "CRITICAL"}
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)

    def migrate(self) -> None:
        """Make the tables; an SQLite file is copied from one that has them."""
        if not self.environment.get("DATABASE_URL", "").startswith("postgres"):
            shutil.copytree(migrated.on_sqlite(), self.folder, dirs_exist_ok=True)
        done = self.command("migrate")
        assert done.returncode == 0, done.stdout + done.stderr

    def furnish(self) -> None:
        self.migrate()
        done = self.command("demo", "--no-serve")
        assert done.returncode == 0, done.stdout + done.stderr

    def up(self, *, worker: bool = True) -> None:
        serve = ["serve", "--port", str(self.port), *([] if worker else ["--no-worker"])]
        line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *serve]
        level = {"FRONTDESK_LOG_LEVEL": "DEBUG"} if self.log else {}
        with (self.log or Path(os.devnull)).open("ab") as heard:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": heard, "env": {**self.environment, **level}}
            self.process = subprocess.Popen(line, start_new_session=True, **quiet)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in", timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not come up")

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def down(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=60)

    def check(self) -> str:
        done = self.command("check")
        return "clean" if done.returncode == 0 else done.stdout


class Clerk:
    """One person at one browser. `post` returns the status, 0 when the server was gone before it answered."""

    def __init__(self, site: Site, seed: int, username: str = "lena", password: str = PASSWORD) -> None:
        self.base, self.rng = f"http://127.0.0.1:{site.port}", random.Random(seed)
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), NoRedirect())
        self.site, self.username, self.password = site, username, password

    def sign_in(self) -> None:
        self.opener.open(f"{self.base}/sign-in", timeout=60).close()
        status, _ = self.post("/sign-in", username=self.username, password=self.password)
        assert status == 302, status

    def post(self, path: str, **fields: object) -> tuple[int, str]:
        token = next((c.value for c in self.jar if c.name == "csrf"), "")
        data = {"csrfmiddlewaretoken": token, "_key": uuid.uuid4().hex, **fields}
        body = urllib.parse.urlencode(data, doseq=True).encode()
        return self._ask(urllib.request.Request(self.base + path, body))

    def get(self, path: str, **headers: str) -> str:
        """Return the page at an address, wherever it sends one on to; "" when it is no page."""
        for _ in range(3):
            request = urllib.request.Request(self.base + path, headers=headers)
            try:
                with self.opener.open(request, timeout=120) as answer:
                    said = answer.read()
                    return said.decode() if "text/html" in answer.headers.get("Content-Type", "") else ""
            except urllib.error.HTTPError as sent_on:
                if sent_on.code != 302:
                    return sent_on.read().decode(errors="replace")
                path = urllib.parse.urljoin(path, sent_on.headers["Location"])
        return ""

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
