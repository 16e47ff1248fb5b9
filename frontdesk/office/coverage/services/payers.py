"""Keep the list of payers: one row each, every name it goes by, a number for each transaction."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.errors import CannotMergePayers, NoSuchPayer
from frontdesk.office.coverage.models import Case, NetworkRow, Payer, PayerName, PayerNumber, Policy
from frontdesk.office.patients.fields import cleaned, misfits, refuse

Numbers = Mapping[str, tuple[str, str]]
_FIELDS = ("name", "kind", "state", "phone", "timely_filing_days", "connection", "in_network", "note")
BY_PHONE = "phone"
_NUMBER = ("transaction", "number", "enrolment")


@service("coverage.add_payer", permission="coverage.change_payers")
def add_payer(by: Actor, /, *, name: str, numbers: Numbers | None = None, **fields: Any) -> Payer:
    """Add a payer; `fields` are those of `Payer`, `numbers` as in `import_payer`. Raises `Invalid`."""
    return _add(by, {"name": name, **fields}, numbers or {})


@service("coverage.import_payer", permission="coverage.import_payers")
def import_payer(
    by: Actor,
    /,
    *,
    name: str,
    numbers: Numbers,
    fields: Mapping[str, Any],
) -> bool:
    """Take a payer in from a list; False when the one with this name and these numbers is here already.

    `numbers` maps a transaction to a payer's number and how one enrols for it. A number that is here under another name
    makes the name one more of that payer's.
    """
    told = set(numbers.values()) or {("", "")}
    known = PayerNumber.objects.filter(number__in=[number for number, _ in told]).values_list(
        "payer_id", flat=True
    )
    key = f" {rules.search_key(name)}"
    here = PayerName.objects.filter(payer_id__in=list(known), search=key).first()
    if here is not None:
        return False
    payer = Payer.objects.filter(pk__in=list(known), merged_into=None, ended_at=None).order_by("id").first()
    if payer is not None:
        _name(by, payer, name)
        return True
    _add(by, {"name": name, **fields}, numbers)
    return True


@service("coverage.change_payer", permission="coverage.change_payers")
def change_payer(by: Actor, /, *, payer_id: int, changes: Mapping[str, Any], version: int) -> Payer:
    """Correct a payer; its former name still finds it. Raises `Invalid`, `StaleVersion`."""
    payer = find_payer(payer_id)
    good = _good(changes)
    before = save_changes(payer, good, expected=version)
    if "name" in good:
        _remember(payer, good["name"])
    record(by, subject=payer, before=before, after=good)
    return payer


@service("coverage.name_payer", permission="coverage.change_payers")
def name_payer(by: Actor, /, *, payer_id: int, name: str) -> Payer:
    """Give a payer one more name it is found by: what stands on the card, what patients call it."""
    payer = find_payer(payer_id)
    _name(by, payer, name)
    return payer


@service("coverage.number_payer", permission="coverage.change_payers")
def number_payer(
    by: Actor, /, *, payer_id: int, transaction: str, number: str, enrolment: str = "none"
) -> PayerNumber:
    """Note by which number a payer goes in a transaction; "" takes it away. Raises `Invalid`."""
    payer = find_payer(payer_id)
    return _number(by, payer, transaction, number, enrolment)


@service("coverage.merge_payers", permission="coverage.change_payers")
def merge_payers(by: Actor, /, *, keep_id: int, drop_id: int, reason: str = "") -> Payer:
    """Make one of two rows that are the same payer: policies, cases, names and missing numbers go to the one that is kept.

    Raises `CannotMergePayers` for a payer with itself, and where a patient has the same policy with both.
    """
    if keep_id == drop_id:
        msg = "A payer cannot be merged into itself."
        raise CannotMergePayers(msg)
    keep, drop = find_payer(keep_id), find_payer(drop_id)
    moved = list(Policy.objects.filter(payer=drop).values_list("id", "patient_id", "member_id"))
    twice = Policy.objects.filter(payer=keep, ended_at=None, member_id__in={row[2] for row in moved})
    if {(row.patient_id, row.member_id) for row in twice} & {
        (patient, member) for _, patient, member in moved
    }:
        msg = "A patient has the same policy under both. End one of the two first."
        raise CannotMergePayers(msg)
    for model in (Policy, Case, NetworkRow):
        model.objects.filter(payer=drop).update(payer=keep)
    for name in PayerName.objects.filter(payer=drop):
        _remember(keep, name.name)
    have = set(PayerNumber.objects.filter(payer=keep).values_list("transaction", flat=True))
    PayerNumber.objects.filter(payer=drop).exclude(transaction__in=have).update(payer=keep)
    save_changes(drop, {"merged_into": keep, "ended_at": clock.now()})
    record(by, subject=keep, reason=reason, after={"merged": drop.pk, "policies": len(moved)})
    for pk, patient, _ in moved:
        record(by, patient_id=patient, before={"payer": drop.pk}, after={"policy": pk, "payer": keep.pk})
    return keep


@service("coverage.end_payer", permission="coverage.change_payers")
def end_payer(by: Actor, /, *, payer_id: int, version: int) -> Payer:
    """Take a payer off the list that is offered; policies that name it keep it."""
    payer = find_payer(payer_id)
    save_changes(payer, {"ended_at": clock.now()}, expected=version)
    record(by, subject=payer, after={"ended": True})
    return payer


def find_payer(payer_id: int) -> Payer:
    """Return a payer that is in use. Raises `NoSuchPayer`."""
    payer = Payer.objects.filter(pk=payer_id, merged_into=None, ended_at=None).first()
    if payer is None:
        msg = "That payer is no longer on the list. Choose another."
        raise NoSuchPayer(msg)
    return payer


def _add(by: Actor, fields: Mapping[str, Any], numbers: Numbers) -> Payer:
    good = _good(fields)
    if not good.get("name"):
        msg = "Write the payer's name as it stands on the card."
        raise Invalid(msg, fields={"name": msg})
    payer = Payer.objects.create(**good)
    _remember(payer, payer.name)
    record(by, subject=payer, after=good)
    for transaction, (number, enrolment) in numbers.items():
        _number(by, payer, transaction, number, enrolment)
    return payer


def _good(fields: Mapping[str, Any]) -> dict[str, Any]:
    good = cleaned(fields)
    wrong = misfits(Payer, good, _FIELDS)
    days = good.get("timely_filing_days")
    if days is not None and not 1 <= days <= 1095:
        wrong["timely_filing_days"] = "Days to file a claim: 1 to 1,095."
    if "name" in good and not good["name"]:
        wrong["name"] = "Write the payer's name as it stands on the card."
    if good.get("connection", "") not in {"", BY_PHONE, *settings.CONNECTIONS}:
        wrong["connection"] = "Choose one of the ways this practice is set up with."
    refuse(wrong)
    return good


def _name(by: Actor, payer: Payer, name: str) -> None:
    good = cleaned({"name": name})
    refuse(misfits(PayerName, good, ("name",)))
    if not rules.search_key(good["name"]):
        msg = "Write the name with letters or digits."
        raise Invalid(msg, fields={"name": msg})
    _remember(payer, good["name"])
    record(by, subject=payer, after={"also": good["name"]})


def _remember(payer: Payer, name: str) -> None:
    PayerName.objects.get_or_create(payer=payer, search=f" {rules.search_key(name)}", defaults={"name": name})


def _number(by: Actor, payer: Payer, transaction: str, number: str, enrolment: str) -> PayerNumber:
    good = cleaned({"transaction": transaction, "number": number, "enrolment": enrolment})
    refuse(misfits(PayerNumber, good, _NUMBER))
    row = PayerNumber.objects.filter(payer=payer, transaction=good["transaction"]).first()
    before = {"number": row.number, "enrolment": row.enrolment} if row else {}
    row = row or PayerNumber(payer=payer, transaction=good["transaction"])
    row.number, row.enrolment = good["number"], good["enrolment"]
    if good["number"]:
        row.save()
    elif row.pk:
        PayerNumber.objects.filter(pk=row.pk).delete()
    record(by, subject=payer, before=before, after=good)
    return row
