"""`frontdesk payer` as a person starts it, and as a demo does."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from frontdesk.entrypoints.commands.demo import command
from frontdesk.outside.payer import server
from tests.outside.payer.asking import Practice, inquiry


def start(*words):
    own = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", "payer", *words]
    return subprocess.Popen(own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def test_it_says_where_it_is_and_that_it_is_a_stand_in_answers_and_ends_when_told(port):
    with start("--port", str(port)) as running:
        first = running.stdout.readline()
        assert (
            first
            == f"The practice payer, a stand-in that insures nobody: http://127.0.0.1:{port}/core/realtime\n"
        )
        assert running.stdout.readline().startswith("  user practice, password stand-in")
        assert Practice(port).mime(inquiry("PRAC-ACTIVE-0001")).code == "Success"
        running.send_signal(signal.SIGTERM)
        assert running.stdout.read().endswith("1 answered, 0 refused, 0 spoiled, 0 dropped\n")
        assert running.wait(timeout=20) == 0


def test_what_keeps_it_from_starting_is_one_sentence(port, tmp_path):
    (tmp_path / "members.json").write_text("[{}]")
    for words, said in (
        (["--members", str(tmp_path / "members.json")], "Member 1 has no birth_date"),
        (["--port", "1"], "Port 1 cannot be listened on")
        if os.geteuid()
        else (["--members", "none"], "none cannot"),
    ):
        with start("--port", str(port), *words) as running:
            out, _ = running.communicate(timeout=120)
        assert running.returncode == 1
        assert out.startswith(said)
        assert "Traceback" not in out


def test_a_port_that_is_taken_is_left_alone():
    with socket.socket() as taken:
        taken.bind((server.HOST, 0))
        taken.listen()
        first = taken.getsockname()[1]
        assert first < server.free_port(first) < first + 20


def test_a_demo_tells_its_processes_where_its_payer_is(monkeypatch, capsys):
    monkeypatch.setenv("FRONTDESK_PAYER_URL", "https://payer.example.org/")
    monkeypatch.setattr(server, "free_port", lambda: 8203)
    assert command._payer() == ["payer", "--port", "8203", "--anybody"]
    assert os.environ["FRONTDESK_PAYER_URL"] == "http://127.0.0.1:8203/core/realtime"
    assert "http://127.0.0.1:8203/core/realtime" in capsys.readouterr().out
