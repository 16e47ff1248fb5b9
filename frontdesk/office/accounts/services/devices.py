"""Screens that work by themselves: a wall or a kiosk, known by a secret of their own, bound to one location."""

import secrets

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.office.accounts.models import Device
from frontdesk.office.accounts.services.sealing import digest
from frontdesk.office.audit.services import record, service


@service("accounts.register_device", permission="accounts.devices")
def register_device(by: Actor, /, *, name: str, kind: str, location_id: int, secret: str) -> Device:
    """Make a screen known by the secret it was given (`new_device_secret`). Raises `Invalid`."""
    wrong, name = {}, name.replace("\0", "").strip()
    if not 0 < len(name) <= 60:
        wrong["name"] = "It needs a name, so that it can be told from the others."
    if kind not in {Device.WALL, Device.KIOSK}:
        wrong["kind"] = "Choose what it is."
    if wrong:
        msg = "Some of this cannot be yet."
        raise Invalid(msg, fields=wrong)
    made = Device.objects.create(
        name=name,
        kind=kind,
        location_id=location_id,
        digest=digest(secret, "device"),
        registered_at=clock.now(),
        registered_by_id=by.id,
    )
    record(by, subject=made, after={"name": made.name, "kind": kind, "location_id": location_id})
    return made


@service("accounts.end_device", permission="accounts.devices")
def end_device(by: Actor, /, *, device_id: int) -> Device:
    """Take a screen's secret away: what it asks from now on is refused. Raises `NotFound`."""
    found = Device.objects.filter(pk=device_id, ended_at=None).first()
    if found is None:
        msg = "That screen is ended already."
        raise NotFound(msg)
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    record(by, subject=found, before={"name": found.name})
    return found


def new_device_secret(by: Actor) -> str:
    """Return a secret nobody chose: 256 bits. The same form sent twice has the same, so that its screen is registered once."""
    return digest(f"{by.id} {by.key}", "device secret") if by.key else secrets.token_urlsafe(32)


def known_device(secret: str) -> Device | None:
    """Return the screen that shows this secret, while it may."""
    return Device.objects.filter(digest=digest(secret, "device"), ended_at=None).first() if secret else None
