"""Kinds of visit: how long with whom, what they need, who may have them, what patients and staff are told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.sensitivity import checked
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling import bits
from frontdesk.office.scheduling.models import VisitLength, VisitStep, VisitType
from frontdesk.office.scheduling.services import _placing

LONGEST = int(_placing.LONGEST.total_seconds() // 60)
_SERVICES = re.compile(r"[A-Z0-9]{1,2}(, ?[A-Z0-9]{1,2}){0,4}")  # X12 EQ01
OF_FIVE = "Five minutes or a multiple of it, twelve hours at most."


@dataclass(frozen=True, slots=True)
class StepRule:
    """One resource a visit needs: whose pool, from how many minutes after the start, for how many (0: all of it)."""

    pool: str
    offset: int = 0
    minutes: int = 0


@service("scheduling.add_visit_type", permission="scheduling.change_templates")
def add_visit_type(
    by: Actor,
    /,
    *,
    code: str,
    name: str,
    minutes: int,
    steps: Iterable[StepRule] = (),
    lengths: Mapping[int, int] | None = None,
    **fields: object,
) -> VisitType:
    """Add a kind of visit; `lengths` are the minutes of providers (by id) who take longer or shorter.

    Raises `Invalid` off the five-minute marks, for a name or code that is taken, and for ages the wrong way round.
    """
    given = {"name": name.strip(), "minutes": minutes, **fields}
    _must_be_right(given, list(steps), lengths or {})
    if VisitType.objects.filter(code=code).exists():
        _refuse(name="There is such a kind of visit already.")
    made = VisitType.objects.create(code=code, **given)
    _set_needs(made, list(steps), lengths or {})
    record(by, subject=made, after=_facts(made))
    return made


@service("scheduling.change_visit_type", permission="scheduling.change_templates")
def change_visit_type(
    by: Actor,
    /,
    *,
    visit_type_id: int,
    version: int | None = None,
    steps: Iterable[StepRule] = (),
    lengths: Mapping[int, int] | None = None,
    **fields: object,
) -> VisitType:
    """Change a kind of visit for what is booked from now on; visits that are booked keep their time.

    With `is_active=False` it is no longer offered. Raises `NotFound`, `StaleVersion`, and `Invalid` as adding does.
    """
    found = VisitType.objects.filter(pk=visit_type_id).first()
    if found is None:
        msg = "There is no such kind of visit."
        raise NotFound(msg)
    given = list(steps)
    _must_be_right({"minutes": found.minutes, **fields}, given, lengths or {})
    before = _facts(found)
    save_changes(found, fields, expected=version)
    _set_needs(found, given, lengths or {})
    record(by, subject=found, before=before, after=_facts(found))
    return found


@service("scheduling.set_visit_length", permission="scheduling.change_templates")
def set_visit_length(by: Actor, /, *, visit_type_id: int, provider_id: int, minutes: int) -> VisitLength:
    """Say how long one provider takes for a kind of visit. Raises `Invalid` off the five-minute marks."""
    if not _of_five(minutes):
        _refuse(minutes=OF_FIVE)
    made, _ = VisitLength.objects.update_or_create(
        visit_type_id=visit_type_id, provider_id=provider_id, defaults={"minutes": minutes}
    )
    record(by, subject=made, after={"minutes": minutes})
    return made


def _set_needs(kind: VisitType, steps: list[StepRule], lengths: Mapping[int, int]) -> None:
    VisitStep.objects.filter(visit_type=kind).delete()
    VisitStep.objects.bulk_create(
        VisitStep(visit_type=kind, order=n, **asdict(step)) for n, step in enumerate(steps)
    )
    VisitLength.objects.filter(visit_type=kind).delete()
    VisitLength.objects.bulk_create(
        VisitLength(visit_type=kind, provider_id=provider, minutes=minutes)
        for provider, minutes in lengths.items()
        if minutes != kind.minutes
    )


def _facts(kind: VisitType) -> dict[str, object]:
    """Return what the record keeps of a kind of visit."""
    fields = {f.attname: getattr(kind, f.attname) for f in kind._meta.concrete_fields}
    steps = VisitStep.objects.filter(visit_type=kind).order_by("order")
    lengths = VisitLength.objects.filter(visit_type=kind).order_by("provider_id")
    return fields | {
        "steps": list(steps.values_list("pool", "offset", "minutes")),
        "lengths": dict(lengths.values_list("provider_id", "minutes")),
    }


def _must_be_storable(steps: list[StepRule], lengths: Mapping[int, int]) -> None:
    """Refuse what no form of ours sends: a pool of endless name, minutes of a provider there is none of."""
    for step in steps:
        must_fit(VisitStep, asdict(step))
    if Provider.objects.filter(pk__in=lengths).count() < len(lengths):
        _refuse(lengths="There is no such provider.")


def _must_be_right(fields: Mapping[str, object], steps: list[StepRule], lengths: Mapping[int, int]) -> None:
    """Refuse with a sentence for each field that cannot be."""
    wrong: dict[str, str] = {}
    _must_be_storable(steps, lengths)
    if not fields.get("name", "-"):
        wrong["name"] = "It needs a name."
    if not _of_five(fields["minutes"]):
        wrong["minutes"] = OF_FIVE
    if not _of_five(fields.get("start_every", bits.MINUTES)):
        wrong["start_every"] = OF_FIVE
    if not _SERVICES.fullmatch(str(fields.get("service_types", "98"))):
        wrong["service_types"] = "Up to five codes of one or two letters or digits, with commas: 98, MH."
    low, high = fields.get("min_age"), fields.get("max_age")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        wrong["max_age"] = "The oldest is younger than the youngest."
    if any(step.offset % bits.MINUTES or step.minutes % bits.MINUTES for step in steps):
        wrong["steps"] = "Steps begin and last in multiples of five minutes."
    if steps and not any(step.offset == 0 for step in steps):
        wrong["steps"] = "One step must begin with the visit."
    if not all(_of_five(minutes) for minutes in lengths.values()):
        wrong["lengths"] = OF_FIVE
    if wrong:
        _refuse(**wrong)


def _of_five(minutes: object) -> bool:
    # The book looks for what overlaps a time no further away than its longest visit.
    return isinstance(minutes, int) and 0 < minutes <= LONGEST and minutes % bits.MINUTES == 0


def _refuse(**wrong: str) -> None:
    msg = "Some of this cannot be yet."
    raise Invalid(msg, fields=wrong)


@service("scheduling.label_visit_type", permission="patients.label")
def label_visit_type(by: Actor, /, *, visit_type_id: int, labels: Iterable[str]) -> VisitType:
    """Say which sensitivity labels a kind of visit bears. Raises `NotFound`, `Invalid`."""
    found = VisitType.objects.filter(pk=visit_type_id).first()
    if found is None:
        msg = "There is no such kind of visit."
        raise NotFound(msg)
    given = checked(labels)
    before = save_changes(found, {"labels": given})
    record(by, subject=found, before=before, after={"labels": given})
    return found
