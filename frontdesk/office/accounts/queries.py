"""Who is asking."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import held_by
from frontdesk.office.accounts.models import User


def actor_for(user: User, *, location_id: int | None = None, source: str = "desk") -> Actor:
    """Return the actor that acts with `user`'s role at a location; one without any permission when they have left."""
    permissions = held_by(user.role) if user.is_active else frozenset[str]()
    return Actor("staff", user.pk, user.display_name, permissions, location_id=location_id, source=source)


def colleagues() -> list[User]:
    """Return everybody who works here now, by name."""
    return list(User.objects.filter(is_active=True).order_by("display_name"))
