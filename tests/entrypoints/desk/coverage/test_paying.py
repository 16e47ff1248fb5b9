"""Who pays, at the desk: a case opened and corrected, the Medicare questions read aloud, the order taken over, networks."""

import re
from datetime import date, timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.coverage import services
from frontdesk.office.coverage.models import Case, MedicareAnswers, NetworkRow, OrderDecision, Policy
from frontdesk.office.coverage.rules.medicare import QUESTIONS
from frontdesk.office.scheduling import services as scheduling
from tests.entrypoints.desk.patients.conftest import text
from tests.factories import practice as make
from tests.factories import scheduling as diary
from tests.factories.coverage import AT_WORK, RETIRED, case, medicare, payer, policy
from tests.factories.patients import ana, bo
from tests.people import rosa

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def who(site):
    return ana()


@pytest.fixture
def home(who):
    return f"/patients/{who.pk}/insurance"


def given(**more):
    return {
        "do": "add",
        "kind": "workers_comp",
        "injury": "Cut left hand",
        "happened_on": "2/27/2026",
        **more,
    }


def test_a_case_is_opened_shown_and_closed(desk, who, home):
    payer("Pioneer Comp", "PWC01", kind="workers_comp")
    sent = given(
        payer="pioneer",
        claim_number="WC-1",
        happened_at="9:10 am",
        limit="$8,000",
        state="ma",
        order="proposed",
    )
    assert desk.post(f"{home}/cases/add", sent, **HX).status_code == 204
    row = Case.objects.get()
    assert (row.limit_cents, f"{row.happened_at:%H:%M}", row.state) == (800_000, "09:10", "MA")
    html = text(desk.get(home))
    assert "Workers&#39; compensation: Cut left hand" in html
    assert "no copay" in html and "Ask for the adjuster&#39;s name and phone." in html
    assert "2/27/2026 9:10 am, MA" in html
    change = given(do="change", payer=f"Pioneer Comp [{row.payer_id}]", claim_number="WC-2", version=1)
    assert desk.post(f"{home}/cases/{row.pk}", change, **HX).status_code == 204
    row.refresh_from_db()
    assert (row.claim_number, row.version) == ("WC-2", 2)
    assert (
        desk.post(
            f"{home}/cases/{row.pk}", {"do": "close", "reason": "Settled", "version": 2}, **HX
        ).status_code
        == 204
    )
    assert "Closed" in text(desk.get(home))
    assert "Save" not in text(desk.get(f"{home}/cases/{row.pk}", **HX))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"injury": ""}, "Say what happened"),
        ({"happened_on": "someday"}, "Write the day in full"),
        ({"happened_at": "noonish"}, "Write the time as 9:10 am."),
        ({"limit": "plenty"}, "Write what is left in dollars"),
        ({"payer": "zzz"}, "No payer fits"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(desk, home, sent, words):
    found = desk.post(f"{home}/cases/add", given(claim_number="WC-77", **sent), **HX)
    assert found.status_code == 422
    assert words in text(found) and 'value="WC-77"' in text(found)
    assert not Case.objects.exists()


def test_a_case_of_somebody_else_is_none_of_this_page(desk, home):
    theirs = case(bo())
    assert desk.get(f"{home}/cases/{theirs.pk}", **HX).status_code == 404
    assert desk.post(f"{home}/cases/{theirs.pk}", {"do": "close", "version": 1}, **HX).status_code == 404


def test_a_case_is_not_opened_in_somebody_elses_chart_by_the_number_of_their_visit(desk, home):
    book = diary.Book()
    theirs = scheduling.book(diary.actor(), patient_id=bo().pk, **book.ask(book.at(9)))
    assert desk.post(f"{home}/cases/add?visit={theirs.pk}", given(), **HX).status_code == 404
    assert not Case.objects.exists()


def carried(html):
    return dict(re.findall(r'name="(a-\w+)" value="([^"]*)"', html))


def test_the_medicare_questions_are_asked_one_by_one_and_what_follows_is_kept(desk, who, home):
    medicare(who)
    policy(who)
    html = text(desk.get(f"{home}/medicare"))
    assert "Do you get benefits for black lung disease?" in html and 'data-key="n"' in html
    for _ in range(len(AT_WORK)):
        code = re.search(r'id="medicare-words"[^>]*>([^<]+)<', html)[1]
        answer = next(AT_WORK[one.code] for one in QUESTIONS if one.words == code.replace("&#39;", "'"))
        html = text(desk.post(f"{home}/medicare", {**carried(html), "value": answer}, **HX))
        assert "<html" not in html
    assert "Medicare pays second (code 12)" in html
    assert not MedicareAnswers.objects.exists()
    back = text(desk.post(f"{home}/medicare", {**carried(html), "do": "back"}, **HX))
    assert "Do 20 or more people work for your employer?" in back
    assert desk.post(f"{home}/medicare", {**carried(html), "do": "keep"}, **HX).status_code == 204
    assert MedicareAnswers.objects.get().code == "12"
    html = text(desk.get(home))
    assert "Unchanged since 3/3/2026" in html
    assert "Put them in this order" in html


def test_a_wrong_answer_is_told_and_asked_again(desk, who, home):
    medicare(who)
    found = desk.post(f"{home}/medicare", {"value": "maybe"}, **HX)
    assert found.status_code == 422
    assert "Choose one of the answers." in text(found)
    sent = {f"a-{code}": "no" for code in ("black_lung", "research", "va")}
    found = desk.post(f"{home}/medicare", {**sent, "a-work_injury": "yes", "value": "the other day"}, **HX)
    assert "Write the day in full" in text(found) and 'value="the other day"' in text(found)
    assert desk.post(f"{home}/medicare", {**sent, "do": "keep"}, **HX).status_code == 422
    assert not MedicareAnswers.objects.exists()


def test_unchanged_is_one_key_on_the_record(desk, who, home):
    medicare(who)
    assert "Never asked" in text(desk.get(home))
    with clock.fixed(clock.now() - timedelta(days=100)):
        services.answer_medicare(rosa(), patient_id=who.pk, answers=RETIRED)
    html = text(desk.get(home))
    assert "To be asked again" in html and 'data-key="u"' in html
    assert desk.post(f"{home}/medicare/unchanged", {}).status_code == 302
    first, again = MedicareAnswers.objects.order_by("id")
    assert (first.unchanged_id, again.unchanged_id) == (None, first.pk)
    assert "To be asked again" not in text(desk.get(home))


def test_the_proposed_order_is_taken_over_by_one_key_or_kept_with_a_reason(desk, who, home):
    parent = {"relationship": "child", "subscriber_last": "Ito"}
    his = policy(who, **parent, subscriber_first="Ken", subscriber_birth_date=date(1985, 5, 9))
    cigna = payer("Cigna", "62308")
    hers = policy(
        who, payer_id=cigna.pk, **parent, subscriber_first="Mika", subscriber_birth_date=date(1990, 2, 1)
    )
    html = text(desk.get(home))
    assert "Mika Ito&#39;s birthday, 2/1, comes before Ken Ito&#39;s, 5/9" in html
    assert f'name="order" value="{hers.pk},{his.pk}"' in html and 'data-key="w"' in html
    stale = desk.post(f"{home}/order/accept", {"order": f"{his.pk},{hers.pk}"})
    assert stale.status_code == 409
    kept = {"do": "keep", "reason": "The mother's plan wrote so"}
    assert desk.post(f"{home}/order", {"do": "keep", "reason": ""}, **HX).status_code == 422
    assert desk.post(f"{home}/order", kept, **HX).status_code == 204
    html = text(desk.get(home))
    assert "Kept in another order" in html and "Put them in this order" not in html
    assert (
        desk.post(
            f"{home}/order", {"do": str(his.pk), "through": "none", "parent": "none", "decreed": "on"}, **HX
        ).status_code
        == 204
    )
    html = text(desk.get(home))
    assert "In the right order" in html and "A court made Ken Ito responsible" in html
    assert (
        desk.post(f"{home}/order", {"do": str(his.pk), "through": "none", "parent": "none"}, **HX).status_code
        == 204
    )
    assert desk.post(f"{home}/order/accept", {"order": f"{hers.pk},{his.pk}"}).status_code == 302
    assert list(Policy.objects.order_by("rank").values_list("pk", flat=True)) == [hers.pk, his.pk]
    assert OrderDecision.objects.count() == 2


def test_networks_are_kept_by_who_keeps_the_payers(desk, manager_desk):
    held, lee = payer(), make.provider()
    home = f"/payers/{held.pk}/networks"
    sent = {"provider": str(lee.pk), "plan": "Choice POS", "inside": "out", "begins": "1/1/2026"}
    assert desk.get(home).status_code == 200
    assert desk.post(home, sent).status_code == 403
    assert manager_desk.post(home, sent | {"begins": "soon"}).status_code == 422
    assert manager_desk.post(home, sent).status_code == 302
    row = NetworkRow.objects.get()
    html = text(desk.get(home))
    assert "Choice POS" in html and "Out of network" in html and "from 1/1/2026" in html
    assert "Take it off" not in html
    other = payer("Cigna", "62308")
    assert manager_desk.post(f"/payers/{other.pk}/networks/{row.pk}/end", {"version": 1}).status_code == 404
    assert manager_desk.post(f"{home}/{row.pk}/end", {"version": 1}).status_code == 302
    assert "Choice POS" not in text(desk.get(home))
