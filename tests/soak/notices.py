"""The worker is killed outright, again and again, while notices go out to a real mail server and the book goes on changing.

Afterwards: whoever has an appointment was told, in order, what the book says now; no message came twice; nothing came
to an address after its owner had taken their leave back or asked to be reached elsewhere.
"""

import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak import book
from tests.soak.site import Site

# What is on its way when a leave is taken back may still arrive: so long, in seconds.
ON_ITS_WAY = 2.0
BACKLOG = 40
PATIENCE = 3600.0


@dataclass
class Somebody:
    """One patient with one visit. `closed` says from when on an address of theirs must get nothing."""

    id: int
    address: str
    appointment: int = 0
    private: str = ""
    reachable: bool = True
    closed: dict[str, float] = field(default_factory=dict)


def prove(folder: Path, kills: int, notices: int) -> tuple[str, bool]:
    site = Site(folder, 8173)
    site.furnish()
    book.connect(folder)
    ground = book.ground(times=notices * 5 // 4, patients=1, apart=True)
    play = Play(folder, site.environment, people(notices * 11 // 20, "notices"), ground, kills, notices)
    play.run()
    verdict = site.check()
    words, good = play.verdict()
    return f"{words}; check {verdict}", good and verdict == "clean"


def people(count: int, name: str) -> list[Somebody]:
    """Make so many patients, each with an e-mail address of their own."""
    from django.db import transaction

    from frontdesk.kit import clock
    from frontdesk.office.patients.index import reindex
    from frontdesk.office.patients.models import Contact, Patient

    born = clock.now().date().replace(year=1970, day=1)
    rows = Patient.objects.bulk_create(
        Patient(
            mrn=f"{name[:4]}-{n}", legal_first="Ana", legal_last=f"Ito{n}", birth_date=born, birthday=f"{born:%m%d}",
            sex="female", registered_at=clock.now(), language=("en", "es")[n % 2],
        )
        for n in range(count)
    )  # fmt: skip
    found = list(Patient.objects.filter(mrn__startswith=f"{name[:4]}-").order_by("id"))
    assert len(found) == len(rows)
    made = [Somebody(row.pk, f"p{row.pk}@{name}.example") for row in found]
    Contact.objects.bulk_create(
        Contact(patient_id=one.id, system="email", use="home", value=one.address) for one in made
    )
    with transaction.atomic():
        reindex([one.id for one in made])
    return made


class Play:
    """Clerks at work, a worker that dies, a mail server that keeps count."""

    def __init__(self, folder, environment, cast, ground, kills, goal) -> None:
        self.cast, self.ground, self.kills, self.goal = cast, ground, kills, goal
        self.fresh, self.known, self.rng = list(cast), [], random.Random(5)
        self.log, self.port = folder / "taken.jsonl", free_port()
        self.log.touch()
        os.environ |= {
            **environment,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.port),
            "SMTP_TLS": "none",
            "SMTP_FROM": "desk@practice.example",
        }
        self.nursery = multiprocessing.get_context("forkserver")
        self.nursery.set_forkserver_preload(["tests.soak.nursery"])
        self.deeds: Counter[str] = Counter()
        self.killed = self.doubts = 0
        self.live = ""

    def run(self, wait=None) -> None:
        line = [sys.executable, "-m", "tests.soak.mailserver", str(self.port), str(self.log)]
        server = subprocess.Popen(line, stdout=subprocess.PIPE)
        assert server.stdout.readline() == b"ready\n"
        try:
            self._through_the_kills()
            self._to_the_end(wait or time.sleep)
        finally:
            server.kill()
            server.wait()
            server.stdout.close()

    def _through_the_kills(self) -> None:
        upto = time.monotonic() + PATIENCE
        for number in range(self.kills):
            worker = self._worker()
            goal = self.goal * (number + 1) // self.kills
            while self.taken() < goal and time.monotonic() < upto:
                self._work()
            # Somewhere in the next messages: between two, or in the middle of one.
            end = time.monotonic() + self.rng.uniform(0, 0.2)
            while time.monotonic() < end:
                self._work()
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            self.killed += 1

    def _to_the_end(self, wait) -> None:
        """One worker lives; the desk works its queue: who is in doubt is asked whether the message came."""
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.office.messaging import queries, services

        worker = self._worker()
        upto = time.monotonic() + PATIENCE
        while self._waiting() and time.monotonic() < upto:
            wait(0.5)
            came = {line["id"].strip("<>").split("@")[0] for line in self.lines()}
            for failure in queries.failures(limit=500):
                key = self._key(failure.line.id)
                self.doubts += 1
                if key in came:
                    services.settle(SYSTEM, message_id=failure.line.id, how="went_out")
                else:
                    services.send_again(SYSTEM, message_id=failure.line.id)
        os.kill(worker.pid, signal.SIGTERM)
        worker.join(60)

    def _worker(self):
        worker = self.nursery.Process(target=work_in_the_nursery)
        worker.start()
        self.live = f"-{worker.pid}-"
        return worker

    def _work(self) -> None:
        """Change the book while there is not too much to send already."""
        if self._due() > BACKLOG:
            time.sleep(0.01)
            return
        deed = self.rng.choices((self.books, self.moves, self.cancels, self.takes_back, self.says_stop, self.goes_private),
                                (40, 30, 8, 4, 1, 1))[0]  # fmt: skip
        deed()

    def books(self) -> None:
        from frontdesk.entrypoints.desk.scheduling.tokens import read_token
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.office.scheduling import services

        if not (self.fresh and self.ground.tokens):
            return self.moves()
        one, pick = self.fresh.pop(0), read_token(self.ground.tokens.pop(0))
        made = services.book(
            SYSTEM, patient_id=one.id, visit_type_id=self.ground.visit_type, location_id=pick.location_id,
            provider_id=pick.provider_id, starts=pick.starts,
        )  # fmt: skip
        one.appointment = made.pk
        self.known.append(one)
        self.deeds["booked"] += 1

    def moves(self) -> None:
        from frontdesk.entrypoints.desk.scheduling.tokens import read_token
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.office.scheduling import services

        one = self._somebody(("scheduled", "confirmed"))
        if one is None or not self.ground.tokens:
            return
        pick = read_token(self.ground.tokens.pop(0))
        made = services.reschedule(
            SYSTEM, appointment_id=one.appointment, starts=pick.starts, reason_code=self.ground.reason,
            provider_id=pick.provider_id, location_id=pick.location_id,
        )  # fmt: skip
        old = self._appointment(one.appointment)
        one.appointment = made.pk
        self.ground.tokens.append(_token(old))
        self.deeds["moved"] += 1

    def cancels(self) -> None:
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.office.scheduling import services

        if one := self._somebody(("scheduled", "confirmed")):
            services.cancel(SYSTEM, appointment_id=one.appointment, reason_code=self.ground.reason)
            self.deeds["cancelled"] += 1

    def takes_back(self) -> None:
        """Undo a cancellation of the last minutes; its time may be gone."""
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.kit.errors import Refusal
        from frontdesk.office.scheduling import services

        if one := self._somebody(("cancelled",)):
            try:
                services.undo(SYSTEM, appointment_id=one.appointment)
                self.deeds["restored"] += 1
            except Refusal:
                pass

    def says_stop(self) -> None:
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.office.messaging import services

        one = self.rng.choice(self.known or self.cast)
        for address in {one.address, one.private} - {""}:
            services.opt_out(SYSTEM, channel="email", address=address, source="reply", said="stop")
            one.closed.setdefault(address, time.time())
        one.reachable = False
        self.deeds["said stop"] += 1

    def goes_private(self) -> None:
        from frontdesk.kit.actor import SYSTEM
        from frontdesk.office.patients import services

        one = self.rng.choice(self.known or self.cast)
        if one.private or not one.reachable:
            return
        one.private = f"own{one.id}@private.example"
        services.add_contact(
            SYSTEM, patient_id=one.id, system="email", use="work", value=one.private, is_confidential=True
        )
        one.closed[one.address] = time.time()
        self.deeds["went private"] += 1

    def _somebody(self, statuses):
        for _ in range(12):
            one = self.rng.choice(self.known) if self.known else None
            if one and self._appointment(one.appointment).status in statuses:
                return one
        return None

    @staticmethod
    def _appointment(pk):
        from frontdesk.office.scheduling.models import Appointment

        return Appointment.objects.get(pk=pk)

    @staticmethod
    def _key(pk):
        from frontdesk.office.messaging.models import Message

        return Message.objects.values_list("key", flat=True).get(pk=pk)

    @staticmethod
    def _due() -> int:
        from frontdesk.kit import clock
        from frontdesk.office.jobs.models import Job
        from frontdesk.office.messaging.models import Message

        now = clock.now()
        open_ = Message.objects.filter(state="queued", not_before__lte=now, lease_until=None)
        return open_.count() + Job.objects.filter(done_at=None, failed_at=None, lease_until=None).count()

    def _waiting(self) -> bool:
        from datetime import timedelta

        from frontdesk.kit import clock
        from frontdesk.office.jobs.models import Job
        from frontdesk.office.messaging.models import Message

        ids, soon = [one.id for one in self.cast], clock.now() + timedelta(hours=12)
        mine = Message.objects.filter(patient__in=ids)
        open_ = mine.filter(state__in=("queued", "sending"), not_before__lte=soon)
        doubts = mine.filter(state__in=("in_doubt", "failed"), settled_at=None)
        jobs = Job.objects.filter(done_at=None, failed_at=None, name__startswith="scheduling.Appointment")
        return open_.exists() or doubts.exists() or jobs.exists()

    def taken(self) -> int:
        with self.log.open("rb") as file:
            return sum(1 for _ in file)

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def verdict(self) -> tuple[str, bool]:
        """Hold what the mail server took against what the book says."""
        from frontdesk.office.messaging.models import Matter

        twice = sum(n - 1 for n in Counter(line["id"] for line in self.lines()).values())
        # The demo's own patients are written to as well, about recalls; those have no entry for a calendar.
        lines = [line for line in self.lines() if "uid" in line]
        twice += sum(n - 1 for n in Counter((li["uid"], li["sequence"]) for li in lines).values())
        by_address = {address: one for one in self.cast for address in (one.address, one.private) if address}
        strangers = sum(address not in by_address for line in lines for address in line["to"])
        leaked = sum(
            line["at"] > one.closed.get(address, float("inf")) + ON_ITS_WAY
            for line in lines
            for address in line["to"]
            if (one := by_address.get(address))
        )
        heard = defaultdict(list)
        for line in lines:
            heard[line["uid"]].append(line)
        wrong = disorder = 0
        for one in self.known:
            row = self._appointment(one.appointment)
            uid = Matter.objects.filter(about_kind="scheduling.appointment", about_id=row.pk).values_list("thread__uid", flat=True).first()  # fmt: skip
            told = heard.get(uid, [])
            disorder += [line["sequence"] for line in told] != sorted(line["sequence"] for line in told)
            if not one.reachable:
                continue
            last = (told[-1]["method"], told[-1]["starts"]) if told else None
            wrong += last != ("CANCEL" if row.status == "cancelled" else "REQUEST", row.starts.isoformat())
        words = (
            f"{self.killed} kills; {len(lines):,} notices to {len(self.known):,} people; {twice} twice, "
            f"{wrong} told other than the book says, {disorder} out of order, {leaked} to a revoked or former address, "
            f"{strangers} to strangers; {self.doubts} in doubt, settled by the desk; "
            + ", ".join(f"{n:,} {what}" for what, n in sorted(self.deeds.items()))
        )
        good = not (twice or strangers or leaked or wrong or disorder)
        return words, good and len(lines) >= self.goal and self.killed == self.kills


def _token(appointment) -> str:
    from frontdesk.entrypoints.desk.scheduling.tokens import write_token

    return write_token(appointment.starts, appointment.provider_id, appointment.location_id)


def work_in_the_nursery() -> None:
    from tests.soak.nursery import work

    work()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
