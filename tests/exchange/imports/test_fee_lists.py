"""Lists of fees and of agreed rates go in, what cannot is told with its line, and a second run changes nothing."""

import pytest

from frontdesk.exchange.imports.fees import open_fees, open_rates, price_taker
from frontdesk.exchange.imports.run import run
from frontdesk.kit.errors import Invalid
from frontdesk.office.billing.models import ContractRate, Fee
from tests.factories.coverage import payer
from tests.people import gus

pytestmark = pytest.mark.django_db
FEES = """CPT,Modifier,Description,Fee,Effective,Termination
99213,,Office visit,$160.00,1/1/2026,
99213,52,"Office visit, shortened",80,2026-01-01,12/31/2026
99214,,Longer office visit,"1,230.50",1/1/2026,
99215,,,200,1/1/2026,
9921,,Too short,20,1/1/2026,
99203,,No amount,twenty,1/1/2026,
99204,,Half a cent,20.005,1/1/2026,
99205,,Negative,-5,1/1/2026,
99202,,No day,20,,
99212,,No such day,20,soon,
99211,,Ends first,20,2/1/2026,1/1/2026
99213,,Another price,170,1/1/2026,
"""
RATES = """Payer,Plan,Code,Allowed,Effective
Aetna,,99213,100,1/1/2026
60054,Choice POS,99213,95.25,1/1/2026
Nobody Health,,99213,100,1/1/2026
,,99213,100,1/1/2026
"""


def written(tmp_path, text):
    path = tmp_path / "prices.csv"
    path.write_text(text)
    return path


def test_fees_that_can_go_in_do_and_the_others_are_told_line_by_line(tmp_path):
    path = written(tmp_path, FEES)
    assert run(open_fees(path), path, price_taker(gus()), dry_run=True).added == 3
    assert not Fee.objects.exists()
    report = run(open_fees(path), path, price_taker(gus()))
    assert (report.added, report.already, report.rejected) == (3, 0, 9)
    told = report.rejects.read_text()
    for words in (
        "words: Say in a few words",
        "code: Write the code",
        "twenty is no amount",
        "20.005 is no amount",
        "-5 is no amount",
        "the first day is missing",
        "soon is no day",
        "ends: It would end before it begins",
        "another price from that day already",
    ):
        assert words in told, words
    prices = list(Fee.objects.order_by("code", "modifier").values_list("code", "modifier", "cents"))
    assert prices == [("99213", "", 16000), ("99213", "52", 8000), ("99214", "", 123050)]
    again = run(open_fees(path), path, price_taker(gus()))
    assert (again.added, again.already) == (0, 3)


def test_rates_name_their_payer_as_the_list_of_payers_knows_it(tmp_path):
    held = payer()
    path = written(tmp_path, RATES)
    report = run(open_rates(path), path, price_taker(gus()))
    assert (report.added, report.rejected) == (2, 2)
    told = report.rejects.read_text()
    assert "Nobody Health is no payer on the list" in told
    assert "the payer is missing" in told
    rates = ContractRate.objects.order_by("plan").values_list("payer_id", "plan", "cents")
    assert list(rates) == [(held.pk, "", 10000), (held.pk, "Choice POS", 9525)]


def test_a_fee_with_a_payer_is_no_fee(tmp_path):
    path = written(tmp_path, "Payer,Code,Words,Fee,From\nAetna,99213,Office visit,160,1/1/2026\n")
    report = run(open_fees(path), path, price_taker(gus()))
    assert (report.added, report.rejected) == (0, 1)


@pytest.mark.parametrize(
    ("header", "reader", "words"),
    [
        ("Code,Fee", open_fees, "no column with first days"),
        ("Fee,From", open_fees, "no column with codes"),
        ("Code,From", open_fees, "no column with amounts"),
        ("Code,Fee,From", open_rates, "no column with payers"),
    ],
)
def test_a_list_without_what_it_needs_is_refused(tmp_path, header, reader, words):
    with pytest.raises(Invalid, match=words):
        reader(written(tmp_path, f"{header}\n1,2,3\n"))
