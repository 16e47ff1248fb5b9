"""A demo practice in a folder of its own, a real server over it, and people signed in to it over HTTP."""

import http.client
import http.cookiejar
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

PASSWORD = "correct horse leads the desk"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Site:
    """`Site(folder, port).up()` serves a clinic; `down()` stops it, `kill()` ends every process of it at once."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.environment = {**os.environ, "FRONTDESK_DATA": str(folder), "FRONTDESK_LOG_LEVEL": "CRITICAL"}
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)

    def furnish(self) -> None:
        done = self.command("demo", "--no-serve")
        assert done.returncode == 0, done.stdout + done.stderr

    def up(self) -> None:
        line = [
            sys.executable,
            "-m",
            "frontdesk.entrypoints.commands.main",
            "serve",
            "--port",
            str(self.port),
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(line, env=self.environment, start_new_session=True, **quiet)
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
        self.username, self.password = username, password

    def sign_in(self) -> None:
        self.opener.open(f"{self.base}/sign-in", timeout=60).close()
        status, _ = self.post("/sign-in", username=self.username, password=self.password)
        assert status == 302, status

    def post(self, path: str, **fields: object) -> tuple[int, str]:
        token = next((c.value for c in self.jar if c.name == "csrf"), "")
        data = {"csrfmiddlewaretoken": token, "_key": uuid.uuid4().hex, **fields}
        request = urllib.request.Request(self.base + path, urllib.parse.urlencode(data).encode())
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
