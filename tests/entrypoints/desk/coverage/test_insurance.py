"""A patient's insurance at the desk: noted, corrected, put first, taken out of use; and the list of payers."""

import pytest

from frontdesk.office.coverage.models import Payer, Policy
from tests.factories.coverage import payer, policy
from tests.factories.eligibility import WIRE
from tests.factories.patients import ana, bo

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


def ask(**fields):
    given = {"do": "add", "payer": "Aetna", "member_id": "W123456789", "relationship": "self", **fields}
    return given


def test_a_policy_is_noted_by_the_name_of_its_payer_or_by_its_number(desk):
    who = ana()
    payer(), payer("Cigna", "62308")
    assert desk.post(f"/patients/{who.pk}/insurance/add", ask(begins="1/1/2026"), **HX).status_code == 204
    assert desk.post(f"/patients/{who.pk}/insurance/add", ask(payer="62308"), **HX).status_code == 204
    html = desk.get(f"/patients/{who.pk}/insurance").content.decode()
    assert html.index("Primary: Aetna") < html.index("Secondary: Cigna")
    assert "1/1/2026" in html


def test_what_fits_no_payer_or_several_is_told_at_the_field_and_keeps_what_was_typed(desk):
    who = ana()
    payer("Aetna Better Health", "1"), payer("Aetna Senior", "2")
    several = desk.post(f"/patients/{who.pk}/insurance/add", ask(payer="aetna", group_number="G7"), **HX)
    assert several.status_code == 422
    html = several.content.decode()
    assert "Several payers fit: Aetna Senior, Aetna Better Health" in html
    assert 'value="G7"' in html
    none = desk.post(f"/patients/{who.pk}/insurance/add", ask(payer="zzz"), **HX)
    assert "No payer fits" in none.content.decode()
    day = desk.post(f"/patients/{who.pk}/insurance/add", ask(payer="senior", begins="someday"), **HX)
    assert day.status_code == 422
    assert not Policy.objects.exists()


def test_payers_are_offered_while_one_types(desk):
    one = payer()
    html = desk.get("/payers/offer", {"payer": "aet"}, **HX).content.decode()
    assert f'<option value="Aetna [{one.pk}]"></option>' in html
    assert "<html" not in html


def test_it_is_corrected_put_first_and_taken_out_of_use(desk):
    who, aetna, cigna = ana(), payer(), payer("Cigna", "62308")
    policy(who, payer_id=aetna.pk)
    second = policy(who, payer_id=cigna.pk)
    home = f"/patients/{who.pk}/insurance/{second.pk}"
    given = ask(do="change", payer=f"Cigna [{cigna.pk}]", group_number="G9", version=1)
    assert desk.post(home, given, **HX).status_code == 204
    assert desk.post(f"{home}/first", {}).status_code == 302
    second.refresh_from_db()
    assert (second.group_number, second.rank) == ("G9", 1)
    assert desk.post(home, {"do": "end", "reason": "Changed jobs", "version": 2}, **HX).status_code == 204
    html = desk.get(f"/patients/{who.pk}/insurance").content.decode()
    assert "No longer used" in html
    assert "Primary: Aetna" in html
    assert "Changed jobs" in desk.get(home).content.decode()


def test_a_policy_of_somebody_else_is_none_of_this_page(desk):
    who, held = ana(), policy(bo())
    for path in ("", "/first"):
        address = f"/patients/{who.pk}/insurance/{held.pk}{path}"
        assert desk.post(address, {"do": "end", "version": 1}, **HX).status_code == 404
    held.refresh_from_db()
    assert held.ended_at is None


def test_the_list_of_payers_is_kept_by_who_may(desk, manager_desk):
    assert desk.get("/payers").status_code == 200
    assert desk.post("/payers/add", {"name": "Aetna", "kind": "commercial"}, **HX).status_code == 403
    sent = {"name": "Aetna", "kind": "commercial", "eligibility": "60054", "timely_filing_days": "90"}
    sent |= {"claims": "AET01", "_key": "one form"}
    assert manager_desk.post("/payers/add", sent, **HX).status_code == 204
    one = Payer.objects.get()
    assert one.timely_filing_days == 90
    assert set(one.numbers.values_list("number", flat=True)) == {"60054", "AET01"}
    assert (
        manager_desk.post(f"/payers/{one.pk}", {"do": "name", "also": "CVS Health"}, **HX).status_code == 204
    )
    assert "Aetna" in desk.get("/payers", {"q": "cvs"}, **HX).content.decode()
    for browser in (desk, manager_desk):  # whoever may change it sees its other names too
        assert "CVS Health" in browser.get(f"/payers/{one.pk}", **HX).content.decode()
    bad = manager_desk.post(
        "/payers/add", {"name": "X", "kind": "commercial", "timely_filing_days": "soon"}, **HX
    )
    assert bad.status_code == 422
    assert Payer.objects.count() == 1


def test_how_a_payer_is_asked_and_whether_we_are_in_its_network_is_kept_with_it(manager_desk, settings):
    settings.CONNECTIONS = WIRE
    one = payer()
    html = manager_desk.get(f"/payers/{one.pk}", **HX).content.decode()
    for words in ("The usual way", "By phone only", "Through house", "In its network"):
        assert words in html
    sent = {"do": "change", "name": "Aetna", "kind": "commercial", "version": one.version}
    bad = manager_desk.post(f"/payers/{one.pk}", sent | {"connection": "elsewhere"}, **HX)
    assert bad.status_code == 422
    good = sent | {"connection": "house", "network": "in", "_key": "another"}
    assert manager_desk.post(f"/payers/{one.pk}", good, **HX).status_code == 204
    one.refresh_from_db()
    assert (one.connection, one.in_network) == ("house", True)
    usual = sent | {"connection": "usual", "network": "unknown", "version": one.version, "_key": "third"}
    assert manager_desk.post(f"/payers/{one.pk}", usual, **HX).status_code == 204
    one.refresh_from_db()
    assert (one.connection, one.in_network) == ("", None)
