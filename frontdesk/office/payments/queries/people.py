"""Who may have a drawer handed over to them, and who may be the second person of its close."""

from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for, colleagues
from frontdesk.office.payments.models import DrawerSession


def takers(session: DrawerSession) -> list[User]:
    """Return who may take over an open drawer: whoever may keep one at its location, but for who has it; one query."""
    return [one for one in _who_may("payments.drawer", session) if one.pk != session.keeper_id]


def seconds(session: DrawerSession, *but: int | None) -> list[User]:
    """Return who may sign off a close: leads and managers but for whose drawer it is, and who counts or closes; one query."""
    return [one for one in _who_may("payments.sign_off", session) if one.pk not in {session.keeper_id, *but}]


def _who_may(permission: str, session: DrawerSession) -> list[User]:
    place = session.drawer.location_id
    people = ((one, actor_for(one, location_id=place)) for one in colleagues())
    return [one for one, by in people if by.can(permission) and by.works_at(place)]
