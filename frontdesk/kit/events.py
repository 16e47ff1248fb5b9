"""Events: facts in the past tense. A room tells what happened and never knows who listens.

`jobs.services.publish` stores an event in the transaction of the deed; the worker hands it to the reactions that
`frontdesk.site.reactions` has connected, at least once.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, get_type_hints

Reaction = Callable[[Any], None]
Handler = Callable[[Mapping[str, Any]], None]

_types: dict[str, type] = {}
_reactions: dict[str, list[Reaction]] = defaultdict(list)
_handlers: dict[str, Handler] = {}
_recurring: dict[str, timedelta] = {}
_long: set[str] = set()
_beside: dict[str, tuple[Callable[[str], Callable[[], int]], float]] = {}


def name_of(event_type: type) -> str:
    """Return the name an event is stored under: room and class, "scheduling.AppointmentBooked"."""
    return f"{event_type.__module__.split('.')[-2]}.{event_type.__name__}"


def on(event_type: type, reaction: Reaction) -> None:
    """Hand every `event_type` to `reaction`, which must not mind seeing one twice."""
    name = name_of(event_type)
    _types[name] = event_type
    if reaction not in _reactions[name]:
        _reactions[name].append(reaction)


def reactions_to(name: str) -> list[Reaction]:
    """Return who listens to events stored under `name`."""
    return list(_reactions.get(name, ()))


def handler(name: str, *, long: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does scheduled work called `name`.

    `long` work is done outside a transaction: it may take seconds, opens short ones of its own, and must not mind
    being done twice.
    """

    def register(function: Handler) -> Handler:
        _handlers[name] = function
        if long:
            _long.add(name)
        return function

    return register


def handler_of(name: str) -> Handler | None:
    """Return the function that does work called `name`, if any."""
    return _handlers.get(name)


def is_long(name: str) -> bool:
    """Say whether work called `name` is done outside a transaction."""
    return name in _long


def every(pause: timedelta, name: str, work: Callable[[], object]) -> None:
    """Have the worker do `work` once in each `pause`, under `name`."""
    _recurring[name] = pause

    def run(_payload: Mapping[str, Any]) -> None:
        work()

    _handlers[name] = run


def recurring() -> dict[str, timedelta]:
    """Return the names of the work that recurs, and how often."""
    return dict(_recurring)


def beside(name: str, make: Callable[[str], Callable[[], int]], *, pause: float = 0.5) -> None:
    """Have each worker do something beside its jobs, outside of any transaction: what speaks to the network.

    `make` is called once in each worker with its name and returns the work; the work returns how much it did, and is
    called again after `pause` seconds when that was nothing.
    """
    _beside[name] = (make, pause)


def beside_jobs() -> dict[str, tuple[Callable[[str], Callable[[], int]], float]]:
    """Return what workers do beside their jobs by name, and how long each waits when there was nothing."""
    return dict(_beside)


def to_payload(event: Any) -> dict[str, Any]:
    """Return the event's fields as JSON can hold them: dates and moments in ISO 8601."""
    fields = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()}


def from_payload(name: str, payload: Mapping[str, Any]) -> Any:
    """Return the event stored under `name`, with its dates and moments restored."""
    event_type = _types[name]
    hints = get_type_hints(event_type)
    return event_type(**{k: _restore(hints.get(k), v) for k, v in payload.items()})


def _restore(hint: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if "datetime" in str(hint):
        return datetime.fromisoformat(value)
    if "date" in str(hint):
        return date.fromisoformat(value)
    return value
