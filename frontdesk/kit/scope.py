"""Where an actor works: what belongs to another site is, to them, not there."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound


def must_work_at(by: Actor, location_id: int | None, sentence: str) -> None:
    """Raise `NotFound` with `sentence` where something belongs to a site `by` does not work at; what is nobody's is everybody's."""
    if not by.works_at(location_id):
        raise NotFound(sentence)
