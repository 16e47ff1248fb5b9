"""A list of networks goes in, what cannot is told with its line, and a second run changes nothing."""

from datetime import date

import pytest

from frontdesk.exchange.imports.networks import network_taker, open_networks
from frontdesk.exchange.imports.run import run
from frontdesk.kit.errors import Invalid
from frontdesk.office.coverage import queries
from frontdesk.office.coverage.models import NetworkRow
from tests.factories import practice as make
from tests.factories.coverage import payer
from tests.people import gus

pytestmark = pytest.mark.django_db
LIST = """Payer,NPI,Plan,In network,Effective,Termination
Aetna,all,,yes,1/1/2026,
60054,1234567893,Choice POS,no,2026-01-01,6/30/2026
Nobody Health,,,yes,,
Aetna,9999999999,,yes,,
Aetna,,,maybe,,
Aetna,,,yes,soon,
Aetna,,,yes,2/1/2026,1/1/2026
"""


def test_what_can_goes_in_and_what_cannot_is_told(tmp_path):
    held, lee = payer(), make.provider(npi="1234567893")
    path = tmp_path / "networks.csv"
    path.write_text(LIST)
    assert run(open_networks(path), path, network_taker(gus()), dry_run=True).added == 2
    assert not NetworkRow.objects.exists()
    report = run(open_networks(path), path, network_taker(gus()))
    assert (report.added, report.already, report.rejected) == (2, 0, 5)
    told = report.rejects.read_text()
    for words in (
        "Nobody Health is no payer",
        "nobody of the practice has the NPI 9999999999",
        "neither yes nor no",
        "soon is no day",
    ):
        assert words in told, words
    asked = {"plan": "choice pos", "day": date(2026, 3, 3)}
    assert queries.network_of(held, provider_id=lee.pk, **asked) is False
    assert queries.network_of(held, provider_id=None, **asked) is True
    again = run(open_networks(path), path, network_taker(gus()))
    assert (again.added, again.already) == (0, 2)


def test_a_list_without_payers_is_refused(tmp_path):
    path = tmp_path / "networks.csv"
    path.write_text("NPI,Plan\n1,2\n")
    with pytest.raises(Invalid, match="no column that names the payer"):
        open_networks(path)
