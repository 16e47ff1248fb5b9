"""The practice's list of who is in network with whom."""

from collections.abc import Mapping
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.models import NetworkRow
from frontdesk.office.coverage.services.payers import find_payer
from frontdesk.office.patients.fields import cleaned, misfits, refuse
from frontdesk.office.practice.queries import providers

_FIELDS = ("plan", "inside", "begins", "ends", "provider_id")


@service("coverage.add_network", permission="coverage.change_payers")
def add_network(by: Actor, /, *, payer_id: int, inside: bool, **fields: Any) -> NetworkRow:
    """Note that a provider (or, without one, everybody) is in a payer's network, or out of it.

    `fields` are those of `NetworkRow`. Raises `Invalid`, `NoSuchPayer`.
    """
    payer, good = find_payer(payer_id), _good({**fields, "inside": inside})
    made = NetworkRow.objects.create(payer=payer, noted_at=clock.now(), noted_by=by.name, **good)
    record(by, subject=made, after={"payer": payer.pk, **good})
    return made


@service("coverage.end_network", permission="coverage.change_payers")
def end_network(by: Actor, /, *, network_id: int, version: int) -> NetworkRow:
    """Take a row off the list: it was wrong. One that ran out gets its last day instead. Raises `StaleVersion`."""
    row = NetworkRow.objects.filter(pk=network_id, ended_at=None).first()
    if row is None:
        msg = "That row is no longer on the list."
        raise NotFound(msg)
    save_changes(row, {"ended_at": clock.now()}, expected=version)
    record(by, subject=row, after={"ended": True})
    return row


def _good(fields: Mapping[str, Any]) -> dict[str, Any]:
    good = cleaned(fields)
    wrong = misfits(NetworkRow, good, _FIELDS)
    begins, ends = good.get("begins"), good.get("ends")
    if begins and ends and ends < begins:
        wrong["ends"] = "It would end before it begins."
    if good.get("provider_id") is not None and good["provider_id"] not in {one.pk for one in providers()}:
        wrong["provider_id"] = "Choose one of the practice's providers, or all."
    refuse(wrong)
    return good
