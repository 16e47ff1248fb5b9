"""The practice's own table: what a payer wants before which visit."""

from collections.abc import Mapping

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.models import Payer
from frontdesk.office.patients.fields import tidy
from frontdesk.office.referrals.models import Kind, Requirement
from frontdesk.office.referrals.rules import PLANS
from frontdesk.office.scheduling.models import VisitType

Said = Mapping[int, Mapping[str, bool | None]]


@service("referrals.set_requirements", permission="referrals.change_rules")
def set_requirements(
    by: Actor, /, *, payer_id: int, plan: str, said: Said, notes: Mapping[int, str] | None = None
) -> Payer:
    """Write down what a payer wants for a kind of plan ("": every plan), for the visits named in `said`.

    `said` maps a kind of visit to {"referral": True, "authorization": None}: True needed, False not, None nothing is
    said. What is not named stays as it is; only what changes is written, with who said so. Raises `Invalid`.
    """
    payer = Payer.objects.select_for_update().filter(pk=payer_id, merged_into=None).first()
    if payer is None or plan not in {"", *PLANS}:
        raise Invalid("Choose a payer, and a kind of plan, from the list.")
    known = {row.pk for row in VisitType.objects.filter(pk__in=list(said))}
    if known != set(said) or any(kind not in Kind.values for one in said.values() for kind in one):
        raise Invalid("Choose kinds of visit from the list.")
    here = {(row.visit_type_id, row.kind): row for row in Requirement.objects.filter(payer=payer, plan=plan)}
    before, after = {}, {}
    for visit_type_id, wanted in said.items():
        note = tidy((notes or {}).get(visit_type_id, ""))[:200]
        for kind, needed in wanted.items():
            row = here.get((visit_type_id, kind))
            if _is_same(row, needed, note):
                continue
            name = f"{kind} {visit_type_id}"
            before[name], after[name] = row.is_needed if row else None, needed
            _write(
                by,
                row or Requirement(payer=payer, plan=plan, visit_type_id=visit_type_id, kind=kind),
                needed,
                note,
            )
    record(by, subject=payer, before=before, after=after, extra={"plan": plan})
    return payer


def _is_same(row: Requirement | None, needed: bool | None, note: str) -> bool:
    if row is None or needed is None:
        return row is None and needed is None
    return (row.is_needed, row.note) == (needed, note)


def _write(by: Actor, row: Requirement, needed: bool | None, note: str) -> None:
    if needed is None:
        row.delete()
        return
    row.is_needed, row.note, row.set_at, row.set_by = needed, note, clock.now(), by.name
    row.save()
