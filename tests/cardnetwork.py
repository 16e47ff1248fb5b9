"""The practice card network on a port of its own, and the desk's gateway set up to speak to it."""

import threading
import time
from contextlib import contextmanager

from frontdesk.exchange.gateway.charger import Charger
from frontdesk.exchange.gateway.processor import Processor, Reader
from frontdesk.kit import clock
from frontdesk.office.payments import charging, refunding
from frontdesk.office.payments.models import CardCharge, CardRefund
from frontdesk.outside.cardnet.network import Network
from frontdesk.outside.cardnet.server import KEY, SECRET, Server, address
from frontdesk.outside.cardnet.store import Store

READER = "tmr_front"


class Cardnet:
    """What a test does with the network: taps cards, counts charges, looks."""

    def __init__(self, server):
        self.server, self.network, self.url = server, server.network, address(server.server_port)

    def processor(self):
        return Processor(self.url, KEY, (SECRET,), (Reader("Front desk", READER),))

    def tap(self, number="4242424242424242"):
        with self.network.store:
            self.network.present(READER, {"card_present": {"number": number}})

    def pay(self, page, number="4242424242424242"):
        with self.network.store:
            return self.network.pay(page, number)

    def counts(self):
        with self.network.store:
            return self.network.counts()

    def all(self, kind):
        with self.network.store as store:
            return store.all(kind)


@contextmanager
def cardnet(*, file=None, tap=None, **options):
    """A network for the length of a `with` block, at the test's own hour; it taps nothing by itself unless told."""
    begun, started = clock.now().timestamp(), time.monotonic()
    network = Network(Store(file), tap=tap, now=lambda: begun + time.monotonic() - started)
    server = Server(("127.0.0.1", 0), network, **options)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield Cardnet(server)
    finally:
        server.shutdown()
        server.server_close()
        server.teller.join(5)
        server.network.store.close()


def asked(times=1, worker="test"):
    """The worker does so many rounds, here and now; whatever waits for its time is due."""
    charger = Charger(worker)
    for _ in range(times):
        CardCharge.objects.update(not_before=clock.now())
        CardRefund.objects.update(not_before=clock.now())
        for wish in charging.lease(worker, 8):
            charger._charge(wish)
        for wanted in refunding.lease(worker, 8):
            charger._give_back(wanted)


def until(true, seconds=10):
    """Wait for what another thread or process brings about."""
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about")
