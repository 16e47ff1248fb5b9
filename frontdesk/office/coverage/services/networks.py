"""The practice's list of who is in network with whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.models import NetworkRow
from frontdesk.office.coverage.queries import offered
from frontdesk.office.coverage.rules import search_key
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


@service("coverage.import_network", permission="coverage.import_payers")
def import_network(
    by: Actor,
    /,
    *,
    payer: str,
    npi: str,
    plan: str,
    inside: bool,
    begins: date | None = None,
    ends: date | None = None,
) -> bool:
    """Take a row in from a list; False when it is here already. `payer` is its name or payer ID, `npi` "" for everybody.

    Raises `Invalid` where it names no payer in use, or several, or no provider of the practice.
    """
    found = offered(payer)
    exact = [one for one in found if search_key(one.name) == search_key(payer)] or found
    who = {one.npi: one.pk for one in providers() if one.npi}
    wrong = {}
    if len(exact) != 1:
        wrong["payer"] = (
            f"{payer[:60]} is no payer on the list" if not exact else f"several payers fit {payer[:60]}"
        )
    if npi and npi not in who:
        wrong["provider_id"] = f"nobody of the practice has the NPI {npi[:20]}"
    refuse(wrong)
    good = _good(
        {
            "plan": plan,
            "inside": inside,
            "begins": begins,
            "ends": ends,
            "provider_id": who.get(npi) if npi else None,
        }
    )
    if NetworkRow.objects.filter(payer=exact[0], ended_at=None, **good).exists():
        return False
    made = NetworkRow.objects.create(payer=exact[0], noted_at=clock.now(), noted_by=by.name, **good)
    record(by, subject=made, after={"payer": exact[0].pk, **good})
    return True


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
