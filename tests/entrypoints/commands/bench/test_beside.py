"""LinuxForHealth's library is measured where a Python has it, and where it does not run the bench says so in words."""

import sys

from frontdesk.entrypoints.commands.bench import x12_lfh


def test_without_it_the_bench_says_that_nothing_was_measured(monkeypatch):
    monkeypatch.delenv("FRONTDESK_LFH", raising=False)
    found = x12_lfh.beside()
    assert "NOT MEASURED" in found.notes[0]
    assert (found.floor, found.passed) == (0, True)
    assert found.p50 > 0


def test_a_python_that_does_not_have_it_is_told_of_and_ends_nothing(monkeypatch):
    for python in (sys.executable, "/no/such/python"):
        monkeypatch.setenv("FRONTDESK_LFH", python)
        assert "did NOT RUN" in x12_lfh.beside().notes[0]
