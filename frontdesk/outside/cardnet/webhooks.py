"""Tell the other side what happened, signed as Stripe signs: HMAC-SHA256 over the moment and the body."""

import hmac
import http.client
import json
import threading
from contextlib import closing, suppress
from urllib.parse import urlsplit

from frontdesk.outside.cardnet.network import Network

PAUSE, TIMES, SECONDS = 0.05, 20, 5


def signed(body: bytes, secret: str, at: int) -> str:
    """Return the Stripe-Signature header of a body."""
    return f"t={at},v1={hmac.digest(secret.encode(), f'{at}.'.encode() + body, 'sha256').hex()}"


class Teller(threading.Thread):
    """Sends what is due until stopped, and has readers tapped. What nobody takes is sent again, a few times."""

    def __init__(self, network: Network, url: str, secret: str) -> None:
        super().__init__(daemon=True, name="cardnet-webhooks")
        self.network, self.url, self.secret = network, url, secret
        self.ending = threading.Event()

    def run(self) -> None:
        while not self.ending.wait(PAUSE):
            with self.network.store as store:
                self.network.ripen()
                due = store.due(self.network.now())
            for number, name, tries in due:
                took = not self.url or self._tell(name)
                over = took or tries >= TIMES
                with self.network.store as store:
                    store.told(number, None if over else self.network.now() + min(2**tries, 30))

    def _tell(self, name: str) -> bool:
        with self.network.store as store:
            body = json.dumps(store.get(name)).encode()
        parts, at = urlsplit(self.url), int(self.network.now())
        way = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=SECONDS)
        headers = {"Content-Type": "application/json", "Stripe-Signature": signed(body, self.secret, at)}
        with suppress(OSError, http.client.HTTPException), closing(way):
            way.request("POST", parts.path or "/", body, headers)
            return 200 <= way.getresponse().status < 300
        return False
