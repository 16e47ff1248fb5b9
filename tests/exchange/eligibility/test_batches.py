"""The night's questions by file, over real HTTP and real SFTP: gathered, sent, answered hours later, never lost or doubled."""

import threading
import time
from datetime import timedelta

import pytest

from frontdesk.exchange.eligibility import batches
from frontdesk.exchange.eligibility.batches import Batches
from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.exchange.eligibility.files import Gone
from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import filing, services
from frontdesk.office.coverage.models import AnswerFile, EligibilityCheck, QuestionFile
from frontdesk.office.practice.models import Practice
from frontdesk.office.privacy import services as privacy
from frontdesk.outside.payer import members
from frontdesk.outside.payer.desk import CREDENTIALS, Payer
from frontdesk.outside.payer.sftp import Folders
from tests.conftest import MORNING
from tests.exchange.eligibility.conftest import connect, insured, work_off
from tests.factories.patients import ana, patient
from tests.factories.practice import practice
from tests.people import rosa

pytestmark = pytest.mark.django_db(transaction=True)
VISIT = MORNING.date() + timedelta(days=3)


class Crash(BaseException):
    """The worker is killed here."""


@pytest.fixture(autouse=True)
def ours():
    practice()
    Practice.objects.update(npi="1234567893")


@pytest.fixture
def folders(tmp_path):
    place = Folders(
        Payer(members.load(members.DEFAULT), now=lambda: MORNING), 0, moment=0, late=0, place=tmp_path
    )
    place.start()
    yield place
    place.stop()


class Way:
    """A connection that takes files, and the payer behind it."""

    def __init__(self, payer, place=None):
        self.payer, self.place = payer, place

    def comes(self, what="271-*.x12"):
        """Wait until the payer has laid its answer down: over SFTP that is done in a thread of its own."""
        upto = time.monotonic() + 5
        while self.place and time.monotonic() < upto and not list(self.place.glob(f"[ia]*/{what}")):
            threading.Event().wait(0.01)

    def asked(self):
        return [tally["asked"] for tally in self.payer.asked().values()]


@pytest.fixture(params=["mime", "soap", "sftp"])
def way(request, settings):
    if request.param == "sftp":
        place = request.getfixturevalue("folders")
        drop(settings, place)
        return Way(place.payer, place.place)
    server = request.getfixturevalue("other_side")
    both(settings, server, request.param)
    return Way(server.payer)


def both(settings, server, envelope="mime", **changed):
    connect(settings, server, envelope)
    was = settings.CONNECTIONS[""]
    fields = {name: getattr(was, name) for name in ("name", "url", "user", "password", "sender", "receiver")}
    batch = f"http://127.0.0.1:{server.server_port}/core/batch"
    settings.CONNECTIONS = {
        "": Connection(**{**fields, "envelope": envelope, "mode": "both", "batch": batch, **changed})
    }


def drop(settings, place, **changed):
    made = {
        "name": "", "url": f"sftp://127.0.0.1:{place.port}", "envelope": "mime", "user": CREDENTIALS.user,
        "password": CREDENTIALS.password, "sender": "ELMSTREET", "receiver": "PRACTICE", "mode": "batch",
        "host_key": place.host_key,
    }  # fmt: skip
    settings.CONNECTIONS = {"": Connection(**{**made, **changed})}


def by_night(*scenarios):
    """Ask about one patient for each scenario, as the night does."""
    rows = []
    for number, scenario in enumerate(scenarios):
        one = insured(patient(legal_last=f"Night{number}"), scenario)
        rows.append(services.ask(SYSTEM, policy_id=one.pk, day=VISIT, why="night", services="98"))
    return rows


def take_further(minutes, worker="w1"):
    """Let a worker do one round so many minutes after the questions were asked, and wait for it."""
    with clock.fixed(MORNING + timedelta(minutes=minutes)):
        one = Batches(worker)
        one.round()
        one.pool.shutdown()


def again(rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def settled(rows, way):
    """Send what the night asks, let the answers come, and take them up."""
    take_further(2)
    way.comes()
    take_further(5)
    return again(rows)


def test_a_night_goes_in_one_file_and_each_question_is_settled_by_what_is_its_own(way):
    rows = by_night("ACTIVE", "INACTIVE", "NOTFOUND")
    take_further(0.5)
    assert not QuestionFile.objects.exists()  # those of a night wait for each other
    take_further(2)
    file = QuestionFile.objects.get()
    assert (file.phase, {(row.file_id, row.state) for row in again(rows)}) == ("sent", {(file.pk, "asking")})
    way.comes()
    take_further(5)
    assert [row.verdict for row in again(rows)] == ["active", "inactive", "unknown"], [r.words for r in rows]
    assert "$35 copay" in rows[0].words
    for row in rows:
        assert list(x12.check(row.question.encode())) == []
        assert row.trace in row.answer
        assert all(other.trace not in row.answer for other in rows if other is not row)
    file.refresh_from_db()
    assert file.phase == "done"
    assert set(way.asked()) == {1}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("way", "where"),
    [
        ("mime", "core_batch.hand_in"),
        ("mime", "coverage.settle"),
        ("mime", "filing.keep"),
        ("sftp", "filing.go_on"),
        ("sftp", "sftp.place"),
        ("sftp", "sftp.show"),
        ("sftp", "coverage.settle"),
        ("sftp", "sftp.put_away"),
    ],
    indirect=["way"],
)
def test_a_worker_killed_anywhere_neither_loses_nor_doubles(way, monkeypatch, where, when):
    rows = by_night("ACTIVE", "INACTIVE")
    module, name = where.split(".")
    part = getattr(batches, module)
    whole = getattr(part, name)

    def killed(*args, **words):
        if when == "after":
            whole(*args, **words)
        deaths.append(1)
        raise Crash

    def one_round(minutes, *, dies):
        with clock.fixed(MORNING + timedelta(minutes=minutes)), monkeypatch.context() as patch:
            filing.gather()
            filed = filing.lease("w1")
            if dies:
                patch.setattr(part, name, killed)
            if filed is not None:
                try:
                    batches.take_further(filed, "w1")
                except Crash:
                    return  # its lease ends by itself
                filing.let_go(filed, "w1")

    deaths = []
    for minutes in (2, 13, 24, 35, 46, 57, 68, 79):
        one_round(minutes, dies=minutes < 36)
        if QuestionFile.objects.get().phase == "sent":
            way.comes()
    assert deaths
    assert [row.verdict for row in again(rows)] == ["active", "inactive"], [row.words for row in rows]
    assert set(way.asked()) == {1}
    assert QuestionFile.objects.get().phase == "done"


def test_a_file_nobody_answered_is_given_up_and_can_be_asked_in_real_time(settings, other_side):
    both(settings, other_side)
    [row] = by_night("ACTIVE")
    take_further(2)
    other_side.payer._batches.clear()
    take_further(60 * 13)
    [row] = again([row])
    assert (row.verdict, row.code) == ("unknown", "no_file")
    assert "no answer to the file of 14:02" in row.words
    with clock.fixed(MORNING + timedelta(hours=14)):
        asked = services.ask(rosa(), policy_id=row.policy_id, day=VISIT, services="98")
        work_off()
    asked.refresh_from_db()
    assert (asked.pk != row.pk, asked.verdict) == (True, "active")


def test_the_desk_takes_a_question_out_of_its_file_and_the_files_answer_changes_nothing(settings, other_side):
    both(settings, other_side)
    rows = by_night("ACTIVE", "INACTIVE")
    take_further(2)
    with clock.fixed(MORNING + timedelta(minutes=3)):
        hurried = services.ask(rosa(), policy_id=rows[0].policy_id, day=VISIT, services="98")
        assert (hurried.pk, hurried.file_id, hurried.state) == (rows[0].pk, None, "waiting")
        work_off()
    again(rows)
    assert (rows[0].verdict, rows[1].state) == ("active", "asking")
    done_at = rows[0].done_at
    take_further(6)
    again(rows)
    assert (rows[0].done_at, rows[1].verdict) == (done_at, "inactive")


def test_where_both_ways_are_open_only_days_ahead_go_by_file(settings, other_side):
    both(settings, other_side)
    ahead = insured(ana(), "ACTIVE")
    today = services.ask(SYSTEM, policy_id=ahead.pk, day=MORNING.date(), why="night")
    later = services.ask(SYSTEM, policy_id=ahead.pk, day=VISIT, why="night")
    work_off()
    again([today, later])
    assert (today.verdict, later.state) == ("active", "waiting")
    booked = services.ask(rosa(), policy_id=ahead.pk, day=VISIT, why="booking")
    assert (booked.pk, booked.why) == (later.pk, "booking")
    work_off()
    assert again([booked])[0].verdict == "active"


def test_one_that_takes_files_alone_says_at_the_desk_that_its_answers_come_overnight(settings, folders):
    drop(settings, folders)
    one = insured(ana(), "ACTIVE")
    row = services.ask(rosa(), policy_id=one.pk, day=VISIT)
    assert (row.state, row.verdict, row.code) == ("done", "unknown", "overnight")
    assert "come overnight" in row.words
    assert services.ask(rosa(), policy_id=one.pk, day=MORNING.date(), why="check_in") is None
    with clock.fixed(MORNING + timedelta(hours=1)):
        night = services.ask(SYSTEM, policy_id=one.pk, day=VISIT, why="night")
        assert (night.state, night.why) == ("waiting", "night")
        assert (
            services.ask(rosa(), policy_id=one.pk, day=VISIT).why == "night"
        )  # the desk does not take it over
    assert not folders.payer.asked()


def test_what_a_patient_keeps_from_the_plan_does_not_leave_in_a_file(way):
    rows = by_night("ACTIVE", "INACTIVE")
    privacy.ask_restriction(
        rosa(), patient_id=rows[0].policy.patient_id, kind="paid_in_full", what="The visit", asked_on=MORNING.date(),
        payer="Practice Payer",
    )  # fmt: skip
    settled(rows, way)
    assert [row.code for row in rows][0] == "restricted"
    assert rows[1].verdict == "inactive"
    assert all(rows[0].trace not in name for name in way.payer.asked())


@pytest.mark.parametrize("kept", [1, 2])
def test_what_is_kept_from_the_plan_once_its_file_was_placed_is_taken_out_before_it_is_shown(
    settings, folders, monkeypatch, kept
):
    drop(settings, folders)
    rows = by_night("ACTIVE", "INACTIVE")
    with monkeypatch.context() as patch:
        patch.setattr(batches.sftp, "show", lambda *_: (_ for _ in ()).throw(Gone("killed here")))
        take_further(2)
    assert QuestionFile.objects.get().phase == "placed"
    for row in rows[:kept]:
        privacy.ask_restriction(
            rosa(), patient_id=row.policy.patient_id, kind="paid_in_full", what="The visit",
            asked_on=MORNING.date(), payer="Practice Payer",
        )  # fmt: skip
    way = Way(folders.payer, folders.place)
    for minutes in (13, 24):
        take_further(minutes)
        if kept == 1:
            way.comes()
    assert [row.code == "restricted" for row in again(rows)] == [True, kept == 2]
    assert kept == 2 or rows[1].verdict == "inactive"
    assert set(folders.payer.asked()) == {row.trace for row in rows[kept:]}
    assert not [*folders.place.rglob("*.part")]


def test_a_file_that_is_refused_refuses_all_its_questions_in_words(way, monkeypatch):
    spoiled = batches.written_together

    def faulty(*given):
        return spoiled(*given).replace(b"EQ*30", b"EQ*QQQ")

    monkeypatch.setattr(batches, "written_together", faulty)
    rows = by_night("ACTIVE", "INACTIVE")
    take_further(2)
    way.comes("999-*.x12")
    take_further(5)
    assert {(row.verdict, row.code) for row in again(rows)} == {("unknown", "refused")}
    assert "refused the question" in rows[0].words
    assert "EQ" in rows[0].words
    assert QuestionFile.objects.get().said


def test_a_set_that_is_refused_refuses_its_own_question_and_a_ta1_the_whole_file(settings, folders):
    drop(settings, folders)
    rows = by_night("ACTIVE", "INACTIVE", "HMO")
    take_further(2)
    filed = filing.sent_under("", filing.CONTROL + QuestionFile.objects.get().pk)
    raw = batches.written_together(filing.questions(filed), settings.CONNECTIONS[""], MORNING, filed.control)
    second = raw.replace(b"EQ*30", b"EQ*QQ", 2).replace(b"EQ*QQ", b"EQ*30", 1)
    partly = x12.acknowledge(second, MORNING).content
    assert batches.take_up(settings.CONNECTIONS[""], batches.Came("a", partly))
    assert [row.code for row in again(rows)] == ["", "refused", ""]
    ended = raw.replace(b"IEA*1*9", b"IEA*2*9")
    whole = x12.acknowledge(ended, MORNING).content
    assert b"TA1*" in whole
    assert batches.take_up(settings.CONNECTIONS[""], batches.Came("b", whole))
    assert {row.code for row in again(rows)} == {"refused"}
    assert "whole file" in rows[0].words


def test_files_that_are_not_ours_or_not_whole_are_left_where_they_are(settings, folders):
    drop(settings, folders)
    rows = by_night("ACTIVE")
    inbound = folders.place / "inbound"
    (inbound / "835-other.x12").write_bytes(
        b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260303*0900*^*00501*000000001*0*P*:~"
        b"GS*HP*A*B*20260303*0900*1*X*005010X221A1~GE*0*1~IEA*1*000000001~"
    )
    (inbound / "notes.txt").write_text("hello")
    take_further(2)
    Way(folders.payer, folders.place).comes()
    [answer] = inbound.glob("271-*.x12")
    whole = answer.read_bytes()
    answer.write_bytes(whole[: len(whole) // 2])  # still being written
    take_further(5)
    assert again(rows)[0].state == "asking"
    assert answer.exists()
    answer.write_bytes(whole)
    take_further(8)
    assert again(rows)[0].verdict == "active"
    assert sorted(one.name for one in inbound.iterdir()) == ["835-other.x12", "notes.txt"]
    assert len(list((folders.place / "archive").iterdir())) == 2
    assert AnswerFile.objects.count() == 2


def test_a_file_that_comes_twice_is_taken_up_once(settings, folders):
    drop(settings, folders)
    rows = by_night("ACTIVE")
    settled(rows, Way(folders.payer, folders.place))
    [kept] = (folders.place / "archive").glob("271-*")
    (folders.place / "inbound" / "again.x12").write_bytes(kept.read_bytes())
    sent = AnswerFile.objects.count()
    QuestionFile.objects.update(phase="sent", look_at=MORNING)
    take_further(9)
    assert AnswerFile.objects.count() == sent
    assert not list((folders.place / "inbound").iterdir())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            {"host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJRXirfAsWt0LLaOTXBTMupFtoya/v/pRl7jZgKHx3j"},
            "pinned",
        ),
        ({"password": "wrong"}, "does not let us in"),
        ({"url": "sftp://127.0.0.1:1"}, "could not be reached"),
    ],
)
def test_nothing_is_dropped_at_a_host_that_is_not_the_one(settings, folders, caplog, wrong, says):
    drop(settings, folders, **wrong)
    rows = by_night("ACTIVE")
    take_further(2)
    assert says in caplog.text
    assert again(rows)[0].state == "asking"
    assert not list((folders.place / "outbound").iterdir())
    take_further(60 * 13)
    assert "nobody took the file of 14:02" in again(rows)[0].words


def test_a_batch_that_is_not_taken_by_the_other_side_says_so(settings, other_side):
    both(settings, other_side, password="wrong")
    rows = by_night("ACTIVE")
    take_further(2)
    assert (again(rows)[0].verdict, rows[0].code) == ("unknown", "refused")
