"""Server, worker and card network are killed outright, again and again, while cards are charged.

Afterwards: what became of each charge is known; the network charged each at the most once; each that it charged is posted
exactly once, and what was called off too late is given back; the books are clean.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.soak import book
from tests.soak.site import Clerk, Site

# Cents: good, lost, declined, told late and out of order.
ENDINGS = (0, 0, 0, 91, 51, 93)
PATIENCE = 600.0
DEMO = "pi_demo_"


class Play:
    """Charges under way, and processes that are killed. `begin` begins one more, and says which it was."""

    def __init__(self, folder: Path, environment: dict[str, str], port: int, *, webhook: str = "") -> None:
        from frontdesk.outside.cardnet.server import KEY, SECRET, address

        self.folder, self.port, self.webhook = folder, port, webhook
        self.url = address(port)
        told = {
            "CARD_URL": self.url,
            "CARD_KEY": KEY,
            "CARD_WEBHOOK_SECRET": SECRET,
            "CARD_READER": "tmr_front",
        }
        self.environment = {
            **os.environ,
            **environment,
            **{f"FRONTDESK_{name}": value for name, value in told.items()},
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.rng = random.Random(11)

    def up(self, what: str) -> None:
        words = {
            "worker": ["work"],
            "cardnet": ["cardnet", "--port", str(self.port), "--keep", str(self.folder / "cardnet.sqlite3"), "--tap", "0.1",
                        "--drop", "0.03", "--webhook", self.webhook],
        }[what]  # fmt: skip
        line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": self.environment}
        self.processes[what] = subprocess.Popen(line, start_new_session=True, **quiet)

    def kill(self, what: str) -> None:
        """End a process outright, at whatever it is, and start it again."""
        self.processes[what].send_signal(signal.SIGKILL)
        self.processes[what].wait()
        self.up(what)

    def down(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()

    def counts(self) -> dict[str, int]:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{self.url}/counts", timeout=5) as told:
                    return json.load(told)
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the network did not come up")


def people(count: int) -> tuple[list[int], int]:
    """Return patients with a card on file, and the location they are charged at."""
    from frontdesk.kit.actor import SYSTEM
    from frontdesk.office.patients.models import Patient
    from frontdesk.office.payments import services as payments
    from frontdesk.office.practice.models import Location

    ids = list(Patient.objects.order_by("pk").values_list("pk", flat=True)[:count])
    for pk in ids:
        payments.keep_card(
            SYSTEM, patient_id=pk, customer=f"soak{pk}", method=f"pm_card_visa#{pk}", brand="visa", last4="4242", words="Yes."
        )  # fmt: skip
    return ids, Location.objects.order_by("pk").first().pk


def begin(patient_id: int, location_id: int, cents: int, key: str, *, on_file: bool) -> int | None:
    """Begin a charge; None while one of this patient is under way."""
    from frontdesk.kit.actor import SYSTEM
    from frontdesk.office.payments import rules
    from frontdesk.office.payments import services as payments
    from frontdesk.office.payments.errors import CardUnderWay
    from frontdesk.office.payments.models import CardOnFile

    part = rules.Part(patient_id, rules.PURPOSE.BALANCE, cents)
    sheet = rules.Sheet(patient_id, location_id, (rules.Given(rules.KIND.CARD, cents),), (part,))
    try:
        if on_file:
            card = CardOnFile.objects.get(patient=patient_id)
            return payments.charge_on_file(SYSTEM, card_id=card.pk, sheet=sheet, key=key).pk
        return payments.begin_card(SYSTEM, sheet=sheet, key=key, reader="tmr_front").pk
    except CardUnderWay:
        return None


def work(
    play: Play, ids: list[int], location_id: int, charges: int, kills: int, *, step=lambda number: None
) -> None:
    """Begin so many charges, calling some off, and kill at random moments between."""
    from frontdesk.kit.actor import SYSTEM
    from frontdesk.office.payments import services as payments

    when = sorted(play.rng.sample(range(1, charges), min(kills, charges - 1)))
    for number in range(charges):
        cents = 100 * play.rng.randrange(10, 99) + play.rng.choice(ENDINGS)
        made = None
        for _ in range(400):
            made = begin(play.rng.choice(ids), location_id, cents, f"soak-{number}", on_file=number % 3 != 0)
            if made:
                break
            time.sleep(0.05)
        if made and number % 7 == 0:
            time.sleep(play.rng.random() / 3)
            payments.call_off(SYSTEM, charge_id=made)
        if number in when:
            time.sleep(play.rng.random() / 2)
            play.kill(play.rng.choice(("worker", "cardnet")))
        step(number)


def settled(passes=lambda: None) -> int:
    """Wait until nothing is under way; return what still is."""
    from frontdesk.office.payments.models import CardCharge, CardRefund

    upto = time.monotonic() + PATIENCE
    left = 1
    while left and time.monotonic() < upto:
        time.sleep(0.2)
        passes()
        left = (
            CardCharge.objects.filter(settled_at=None).count()
            + CardRefund.objects.filter(settled_at=None).count()
        )
    return left


def verdict(play: Play, left: int) -> tuple[str, bool]:
    """Hold what the network charged beside what the books say."""
    from frontdesk.office.ledger.queries import balance, invariants
    from frontdesk.office.payments import rules
    from frontdesk.office.payments.models import CardCharge, CardRefund, Tender
    from frontdesk.office.payments.queries import card_invariants
    from frontdesk.office.payments.queries import invariants as of_payments

    counts = play.counts()
    # Those of the demo's month were charged before there was a network.
    tenders = Tender.objects.exclude(processor="").exclude(processor__startswith=DEMO)
    posted = list(tenders.values_list("processor", flat=True))
    twice = sum(many > 1 for many in counts.values())
    lost, invented = len(set(counts) - set(posted)), len(set(posted) - set(counts))
    charged = sum(CardCharge.objects.filter(state="succeeded").values_list("cents", flat=True))
    back = sum(CardRefund.objects.filter(state="succeeded").values_list("cents", flat=True))
    off = charged - back - balance(*rules.CARD)
    proofs = {**invariants(), **of_payments(), **card_invariants()}
    breaches = [name for name, proof in proofs.items() if proof()]
    words = (
        f"{CardCharge.objects.count()} charges, {len(counts)} charged, {twice} twice, {lost} not posted, {invented} posted and not "
        f"charged, {left} not known, {back} cents given back, {off} cents off, breaches {breaches or 'none'}"
    )
    return words, not (twice or lost or invented or left or off or breaches) and bool(counts)


def prove(folder: Path, kills: int, port: int) -> tuple[str, bool]:
    """The long proof: a clinic's server among those that are killed, charges begun over HTTP too."""
    site = Site(folder, port)
    site.furnish()
    book.connect(folder)
    play = Play(folder, site.environment, port + 1, webhook=f"http://127.0.0.1:{port}/processor/events")
    site.environment = play.environment
    play.up("cardnet")
    play.up("worker")
    site.up(worker=False)
    clerk = Clerk(site, 1)
    clerk.sign_in()
    ids, location_id = people(60)

    def step(number: int) -> None:
        if number % 5 == 0:
            _over_http(clerk, number)
        if number % 11 == 10:
            site.kill()
            site.up(worker=False)

    try:
        work(play, ids, location_id, kills * 5, kills, step=step)
        words, good = verdict(play, settled())
    finally:
        site.down()
        play.down()
    clean = site.check()
    return f"{kills} kills beside the server's; {words}; check {clean}", good and clean == "clean"


def _over_http(clerk: Clerk, number: int) -> None:
    """Begin a declined one anew, as the desk does; the same form is sent until it is answered."""
    from frontdesk.office.payments.models import CardCharge

    row = CardCharge.objects.filter(state="declined").order_by("?").first()
    for _ in range(20 if row else 0):
        status, _ = clerk.post(f"/payments/cards/{row.pk}/again", _key=f"http-{number}")
        if status:
            return
        time.sleep(0.3)
