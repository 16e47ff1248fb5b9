"""A clearinghouse's list of payers goes in, what cannot is told, and a second run changes nothing."""

import os
from pathlib import Path

import pytest

from frontdesk.exchange.imports.payers import open_payers, payer_taker
from frontdesk.exchange.imports.run import run
from frontdesk.kit.errors import Invalid
from frontdesk.office.coverage import queries
from frontdesk.office.coverage.models import Payer, PayerNumber
from tests.people import gus

pytestmark = pytest.mark.django_db
LIST = """Payer ID,Payer Name,Professional Claims,ERA,Eligibility,Payer Type,Payer State
60054,Aetna,yes,enrollment,yes,commercial,
SB700,BCBS of Massachusetts,yes,enrollment,enrollment,bcbs,ma
60054,Aetna Life and Casualty,yes,no,yes,commercial,
CKMA1,Commonwealth Care,yes,no,batch only,medicaid,MA and NH
,Nobody,yes,no,yes,commercial,
77777,,yes,no,yes,commercial,
88888,Too,few
"""


def taken(path, **more):
    return run(open_payers(path), path, payer_taker(gus()), **more)


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "payers.csv"
    path.write_text(LIST)
    return path


def test_what_can_goes_in_and_what_cannot_is_told_with_its_line(listed):
    report = taken(listed)
    assert (report.added, report.already, report.rejected) == (4, 0, 3)
    assert [one.name for one in queries.offered("aetna life")] == ["Aetna"]
    blue = PayerNumber.objects.get(number="SB700", transaction="eligibility")
    assert (blue.enrolment, blue.payer.kind, blue.payer.state) == ("needed", "blue", "MA")
    assert report.remarks == [
        "line 5: eligibility was left out: neither yes, no nor enrollment, but batch only",
        "line 5: the state MA AND NH was left out",
    ]
    told = report.rejects.read_text()
    assert all(
        words in told
        for words in ("6,the payer ID is missing", "7,the name is missing", "has 3 columns, the header has 7")
    )


def test_a_second_run_changes_nothing_and_a_dry_run_keeps_nothing(listed):
    assert taken(listed, dry_run=True).added == 4
    assert not Payer.objects.exists()
    taken(listed)
    again = taken(listed)
    assert (again.added, again.already) == (0, 4)
    assert Payer.objects.count() == 3


def test_a_table_without_names_or_numbers_is_refused(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Code,Words\n1,Aetna\n")
    with pytest.raises(Invalid, match="no column with the payers' names"):
        open_payers(path)


def test_real_lists_go_in(tmp_path):
    cases = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases")) / "payer-list"
    if not cases.is_dir():
        pytest.skip("NO SHARED CASES: set FRONTDESK_CASES to the folder that holds payer-list/")
    for file in sorted(cases.glob("*.csv")):
        rows = list(open_payers(file).rows)
        wrong = [row for row in rows if not hasattr(row, "numbers")]
        assert len(rows) > 3000
        assert len(wrong) <= 3, wrong
