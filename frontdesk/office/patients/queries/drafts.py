"""What somebody left unsent."""

from frontdesk.kit.actor import Actor
from frontdesk.office.patients.models import Draft


def drafts_of(by: Actor, limit: int = 200) -> dict[str, str]:
    """Return the names of the forms this person left, the newest first, and when (ISO 8601); not what is in them."""
    rows = Draft.objects.filter(user_id=by.id or 0).order_by("-saved_at")[:limit]
    return {name: at.isoformat() for name, at in rows.values_list("name", "saved_at")}
