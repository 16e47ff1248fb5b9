"""Drawers at the desk: opened blind, paid out of, handed over; the close on one page; its papers, each the same again."""

import csv
import io
from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import DayLock, DrawerClose, DrawerCount, DrawerMove, DrawerSession
from tests.factories import drawers as make
from tests.factories import practice
from tests.factories.patients import ana
from tests.factories.payments import cash, check, key, part, sheet

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def place(office):
    return office.location


@pytest.fixture
def rosa(desk):
    return actor_for(User.objects.get(username="rosa"))


@pytest.fixture
def opened(place, rosa):
    return make.opened(place.pk, by=rosa)


def took(by, place, *tenders, who=None):
    who = who or ana()
    made = sheet(who, place.pk, tenders, [part(who, sum(one.cents for one in tenders))])
    return payments.take(by, sheet=made, key=key())


def counted(cents):
    return {f"n-{one}": many for one, many in make.in_bills(cents).items()}


def said(answer):
    return answer.content.decode()


def test_a_drawer_is_opened_with_what_was_counted_and_one_goes_back_to_where_one_was(desk, place):
    first = make.drawer(place.pk, "Drawer 1")
    assert "Nobody has it open" in said(desk.get("/drawer"))
    answer = desk.post("/drawer/open?next=/board", {"drawer": first.pk, "next": "/board", **counted(10000)})
    assert (answer.status_code, answer["Location"]) == (302, "/board")
    assert "is open with $100.00" in said(desk.get("/drawer"))
    html = said(desk.get("/drawer"))
    assert "open, Rosa Diaz since 9:00 am" in html
    assert "$100" not in html  # how much is in it stands nowhere
    assert "Drawer 1 open, Rosa Diaz since 9:00 am" in said(desk.get("/desk/strip", **HX))


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_nobody_is_sent_elsewhere(desk, place, to):
    first = make.drawer(place.pk)
    answer = desk.post("/drawer/open", {"drawer": first.pk, "next": to, **counted(100)})
    assert answer["Location"] == "/drawer"


def test_what_is_no_number_is_said_beside_its_field_and_the_rest_is_kept(desk, place):
    first = make.drawer(place.pk)
    answer = desk.post(
        "/drawer/open", {"drawer": first.pk, "n-2000": "4", "n-500": "some", "witness": "Lena"}
    )
    assert answer.status_code == 422
    html = said(answer)
    assert "How many of $5?" in html
    assert 'value="4"' in html
    assert 'value="Lena"' in html
    assert not DrawerSession.objects.exists()


def test_a_pay_out_says_to_whom_and_what_for(desk, opened):
    to = f"/drawer/{opened.pk}/move/out"
    answer = desk.post(to, {"do": "out", "amount": "15.50", "to": "", "what": ""}, **HX)
    assert answer.status_code == 422
    assert "Say who was paid" in said(answer)
    sent = {"do": "out", "amount": "15.50", "to": "Corner Hardware", "what": "bulbs", "_key": "one-form"}
    for _ in range(2):
        assert desk.post(to, sent, **HX).status_code == 204
    assert DrawerMove.objects.get().cents == 1550
    assert "Corner Hardware · bulbs" in said(desk.get("/drawer"))


def test_a_hand_over_takes_the_others_password(desk, opened, lead):
    lena = User.objects.get(username="lena")
    to, sent = f"/drawer/{opened.pk}/hand-over", {"to": lena.pk, **counted(9900)}
    assert desk.post(to, sent | {"password": "guessed"}).status_code == 422
    assert desk.post(to, sent | {"password": make.PASSWORD}).status_code == 302
    assert "open, Lena since" in said(desk.get("/drawer"))
    assert DrawerMove.objects.get().over == -100


def test_the_close_tells_nothing_before_the_count_and_all_of_it_afterwards(desk, opened, rosa, place):
    took(rosa, place, cash(3512), check(2500, "1042"))
    html = said(desk.get("/close"))
    assert "1042" in html
    assert "135.12" not in html
    check_id = queries.checks_of(opened.pk)[0].pk
    assert desk.post(f"/close/{opened.pk}/count", {"check": check_id, **counted(13512)}).status_code == 302
    html = said(desk.get("/close"))
    assert html.count("$135.12") == 4
    sent = {
        "count": DrawerCount.objects.get().pk,
        "float": "100",
        "bag": "B-1",
        "bank": "First National 4821",
        "note": "Call the bank",
    }
    answer = desk.post(f"/close/{opened.pk}", sent)
    made = DrawerClose.objects.get()
    assert answer["Location"] == f"/close/done/{made.pk}"
    assert DayLock.objects.get().note == "Call the bank"
    assert "The day is closed" in said(desk.get(answer["Location"]))
    assert AuditEntry.objects.filter(action="payments.open_close").exists()


def test_over_the_limit_it_asks_why_and_who_else_looked(desk, opened, lead):
    desk.post(f"/close/{opened.pk}/count", counted(9000))
    html = said(desk.get("/close"))
    assert "$10.00 short" in html
    assert "Lena" in html
    sent = {
        "count": DrawerCount.objects.get().pk,
        "float": "50",
        "bank": "First",
        "reason": "A ten too much given back",
    }
    assert desk.post(f"/close/{opened.pk}", sent).status_code == 422
    wrong = sent | {"second": User.objects.get(username="lena").pk, "password": "guessed"}
    answer = desk.post(f"/close/{opened.pk}", wrong)
    assert answer.status_code == 422
    assert "A ten too much given back" in said(answer)
    assert desk.post(f"/close/{opened.pk}", wrong | {"password": make.PASSWORD}).status_code == 302


def test_whoever_comes_second_reads_that_it_is_closed(desk, opened, rosa, lead):
    count = make.counted(opened, by=rosa)
    make.closed(opened, count, by=rosa, left=10000)
    answer = lead.post(f"/close/{opened.pk}", {"count": count.pk, "float": "100"})
    assert answer.status_code == 409
    assert "closed already" in said(answer)


def test_papers_come_out_the_same_again_and_agree_with_the_books(desk, opened, rosa, place):
    took(rosa, place, cash(3500), check(2500, "1042"))
    made = make.closed(opened, by=rosa, left=10000)
    lock = DayLock.objects.get()
    for paper in (f"/close/done/{made.pk}/deposit", f"/close/days/{lock.pk}/sheet"):
        first = desk.get(paper).content
        assert first.startswith(b"%PDF")
        with clock.fixed(clock.now() + timedelta(minutes=10)):
            assert desk.get(paper).content == first
    rows = list(csv.DictReader(io.StringIO(said(desk.get(f"/close/days/{lock.pk}/file")))))
    total = next(row for row in rows if row["part"] == "total")
    trial = [row for row in rows if row["part"] == "trial balance"]
    assert float(total["payments"]) == 60.0
    assert sum(float(row["debit"]) for row in trial) == sum(float(row["credit"]) for row in trial)


def test_no_cell_of_a_file_is_a_formula(desk, opened, rosa, place):
    took(rosa, place, cash(3500))
    make.closed(opened, by=rosa, left=10000)
    lock = DayLock.objects.get()
    figures = lock.figures | {"adjustments": [["=HYPERLINK(1)", 5]]}
    DayLock.objects.filter(pk=lock.pk).update(figures=figures)
    assert "'=HYPERLINK(1)" in said(desk.get(f"/close/days/{lock.pk}/file"))


def test_a_month_is_closed_by_the_manager_and_printed(desk, manager_desk, opened, rosa, place):
    took(rosa, place, cash(3500))
    make.closed(opened, by=rosa, left=10000)
    assert desk.get("/close/months").status_code == 403
    assert "is not over" in said(manager_desk.post("/close/months", {"month": "2026-03"}))
    with clock.fixed(clock.now().replace(month=4, day=2)):
        assert "Close March 2026" in said(manager_desk.get("/close/months"))
        assert manager_desk.post("/close/months", {"month": "2026-03"}).status_code == 302
        assert "−$35.00" in said(manager_desk.get("/close/months"))
        month = queries.months()[0]
        assert manager_desk.get(f"/close/months/{month.pk}/paper").content.startswith(b"%PDF")
        assert "closing,0.0,35.0,0.0,-35.0" in said(manager_desk.get(f"/close/months/{month.pk}/file"))


def test_a_day_without_a_drawer_is_closed_by_its_batch(desk, rosa, place):
    session = make.opened(place.pk, by=rosa)
    make.closed(session, by=rosa, left=10000, goes_on=True)
    assert "no drawer is open" in said(desk.get("/close"))
    assert desk.post("/close/day", {"day": "2026-03-03"}).status_code == 302
    assert DayLock.objects.get().day.isoformat() == "2026-03-03"
    assert desk.post("/close/day", {"day": "2026-03-03"}).status_code == 409


def test_another_sites_drawer_is_not_there(desk, place):
    far = practice.location(name="Oak", short_name="Oak")
    session = make.opened(far.pk, by=actor_for(practice.user("psr", "olga", "Olga")))
    User.objects.filter(username="rosa").update(site_ids=[place.pk])
    for address in (
        f"/close?drawer={session.pk}",
        f"/drawer/{session.pk}/move/out",
        f"/drawer/{session.pk}/hand-over",
    ):
        assert desk.get(address).status_code == 404


def test_a_trainee_opens_no_drawer(trainee, place):
    assert trainee.get("/drawer").status_code == 403
    assert trainee.get("/close").status_code == 403


def test_drawers_are_named_and_the_limit_is_set(manager_desk, lead, place):
    assert lead.post("/drawer/names", {"do": "add", "name": "Front window"}, **HX).status_code == 204
    assert "is a drawer of that name" in said(
        lead.post("/drawer/names", {"do": "add", "name": "front window"}, **HX)
    )
    assert lead.get("/drawer/rules").status_code == 403
    sent = {"do": "rule", "threshold": "2.50", "float": "150", "bank": "First National 4821"}
    assert manager_desk.post("/drawer/rules", sent, **HX).status_code == 204
    assert (queries.close_rule().threshold_cents, queries.close_rule().bank) == (250, "First National 4821")


def test_the_reports_show_who_was_off_and_by_how_much(lead, manager_desk, opened, rosa, place):
    took(rosa, place, cash(3500))
    make.closed(opened, make.counted(opened, by=rosa, over=-300), by=rosa, left=10000)
    days = "period=days&from=3/1/2026&to=3/4/2026"
    for cut in ("drawer", "person", "weekday", "hour"):
        html = said(manager_desk.get(f"/reports/money/drawers?{days}&cut={cut}"))
        assert "$3.00 short" in html
    assert "$3.00 short" in said(
        manager_desk.get(f"/reports/money/drawers/rows?{days}&cut=person&key={rosa.id}")
    )
    assert "No counts here" in said(
        manager_desk.get(f"/reports/money/drawers/rows?{days}&cut=person&key=9999")
    )
    assert manager_desk.get(f"/reports/money/collection?{days}").status_code == 200
    assert manager_desk.get(f"/reports/money/waived?{days}").status_code == 200
    assert "Over and short" in said(manager_desk.get("/reports"))


def test_lists_ask_no_more_the_longer_they_are(desk, rosa, place, django_assert_max_num_queries):
    first = make.drawer(place.pk)
    for n in range(8):
        with clock.fixed(clock.now() + timedelta(days=n - 9)):
            session = make.opened(place.pk, by=rosa, where=first)
            took(rosa, place, cash(1000))
            make.closed(session, by=rosa, left=10000)
    session = make.opened(place.pk, by=rosa, where=first)
    for _ in range(6):
        took(rosa, place, check(500))
    for address, most in (("/drawer", 24), ("/close", 34), ("/close/past", 22)):
        with django_assert_max_num_queries(most):
            desk.get(address)
