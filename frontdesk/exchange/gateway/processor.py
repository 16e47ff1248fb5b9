"""The card processor as this installation has it set up, and a client that speaks to it and to nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from frontdesk.exchange import outbound

if TYPE_CHECKING:
    from stripe import StripeClient

SECONDS, LARGEST = 8.0, 4 * 1024 * 1024
"""What one question may take, and the bytes of its answer."""
USUAL = "https://api.stripe.com"


@dataclass(frozen=True, slots=True)
class Reader:
    """A card reader: what its desk calls it, the processor's name for it, and the location it stands at (None: any)."""

    name: str
    id: str
    location_id: int | None = None


@dataclass(frozen=True, slots=True)
class Processor:
    """Where cards are charged. `secrets` sign its webhooks: two while one replaces the other."""

    url: str
    key: str
    secrets: tuple[str, ...] = ()
    readers: tuple[Reader, ...] = ()


class NotSetUp(Exception):
    """No card processor is set up here."""


def processor() -> Processor:
    """Return the processor. Raises `NotSetUp`."""
    found: Processor | None = settings.CARDS
    if found is None:
        raise NotSetUp
    return found


def readers_at(location_id: int) -> tuple[Reader, ...]:
    """Return the readers of a location; none where no cards are taken."""
    found: Processor | None = settings.CARDS
    return tuple(one for one in found.readers if one.location_id in (None, location_id)) if found else ()


def client() -> "StripeClient":
    """Return a client of the processor's own library. Raises `NotSetUp`."""
    return _client(processor())


@lru_cache(maxsize=4)
def _client(to: Processor) -> "StripeClient":
    # Only where cards are spoken of: the library takes half a second to come in.
    import stripe  # noqa: PLC0415

    stripe.enable_telemetry = False

    class Wire(stripe.HTTPClient):
        """Carries the library's questions over the one way out: to this host, over TLS, no redirect, no proxy."""

        name = "frontdesk"

        def request(
            self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_: object
        ) -> tuple[str, int, Mapping[str, str]]:
            body = post_data.encode() if isinstance(post_data, str) else post_data
            try:
                told = outbound.exchange(
                    url, method=method.upper(), named=[outbound.host_of(to.url)], body=body or None,
                    headers=headers, seconds=SECONDS, largest=LARGEST,
                )  # fmt: skip
            except (outbound.NoAnswer, outbound.NotAllowed) as lost:
                msg = "the processor's answer did not come"
                raise stripe.APIConnectionError(msg) from lost  # type: ignore[no-untyped-call]  # the library says no types
            return told.body.decode("utf-8", "replace"), told.status, told.headers

        def close(self) -> None:
            """Nothing is kept open."""

    return stripe.StripeClient(
        to.key, base_addresses={"api": to.url}, http_client=Wire(), max_network_retries=0
    )
