"""Keep what somebody typed and has not sent, so that nothing is ever lost."""

from datetime import timedelta
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.models import Draft

LARGEST = 20_000
KEPT = timedelta(days=30)


@service("patients.save_draft", permission="patients.draft")
def save_draft(by: Actor, /, *, name: str, values: dict[str, Any]) -> Draft:
    """Keep the values of the form called `name` for this person, but for a social security number.

    What they left a month ago is forgotten.
    """
    # What is sealed where it is kept must not lie open here.
    values = {field: told for field, told in values.items() if not field.startswith("ssn")}
    if len(str(values)) > LARGEST or len(name) > 300:
        msg = "That is too long to keep as a draft."
        raise Invalid(msg)
    Draft.objects.filter(user_id=by.id or 0, saved_at__lt=clock.now() - KEPT).delete()
    row, _ = Draft.objects.update_or_create(
        user_id=by.id or 0, name=name, defaults={"values": values, "saved_at": clock.now()}
    )
    record(by, subject=row)
    return row


@service("patients.load_draft", permission="patients.draft", reads=True)
def load_draft(by: Actor, /, *, name: str) -> dict[str, Any]:
    """Return what this person left in the form called `name`; empty when nothing."""
    row = Draft.objects.filter(user_id=by.id or 0, name=name).first()
    record(by, subject=row)
    return dict(row.values) if row else {}


@service("patients.discard_draft", permission="patients.draft")
def discard_draft(by: Actor, /, *, name: str) -> None:
    """Forget what was left in a form; it was sent, or is not wanted."""
    Draft.objects.filter(user_id=by.id or 0, name=name).delete()
    record(by)
