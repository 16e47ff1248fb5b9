"""Say what a kind of visit is usually made of."""

from collections.abc import Sequence

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing.models import Fee, UsualService
from frontdesk.office.billing.services.pricing import wrong_price
from frontdesk.office.patients.fields import refuse
from frontdesk.office.scheduling.models import VisitType


@service("billing.set_usual", permission="billing.set_fees")
def set_usual(
    by: Actor, /, *, visit_type_id: int, services: Sequence[tuple[str, str, int]]
) -> list[UsualService]:
    """Say what a visit of a type is usually made of: (code, modifier, units). Raises `Invalid`."""
    kind = VisitType.objects.select_for_update().filter(pk=visit_type_id).first()
    if kind is None:
        msg = "Choose a kind of visit from the list."
        raise Invalid(msg, fields={"visit_type": msg})
    lines = [(code.strip().upper(), modifier.strip().upper(), units) for code, modifier, units in services]
    for code, modifier, units in lines:
        refuse(
            wrong_price(code, modifier) | ({} if 1 <= units <= 99 else {"units": "Say how many: 1 to 99."})
        )
        if not Fee.objects.filter(code=code).exists():
            msg = f"There is no fee for {code} yet. Set it first."
            raise Invalid(msg, fields={"code": msg})
    if len({line[:2] for line in lines}) < len(lines):
        msg = "One of these is there twice. Say how many units instead."
        raise Invalid(msg, fields={"code": msg})
    rows = UsualService.objects.filter(visit_type=kind).order_by("id")
    before = [[row.code, row.modifier, row.units] for row in rows]
    rows.delete()
    made = UsualService.objects.bulk_create(
        UsualService(visit_type=kind, code=code, modifier=modifier, units=units)
        for code, modifier, units in lines
    )
    record(by, subject=kind, before={"usual": before}, after={"usual": [list(line) for line in lines]})
    return made
