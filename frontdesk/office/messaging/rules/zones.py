"""Where a patient's clock stands, as far as their address tells, and when a text may ring there."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from frontdesk.kit.walltime import to_utc, to_wall

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
_BY_ZONE = {
    (_EASTERN,): "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    (_CENTRAL,): "AL AR IA IL LA MN MO MS OK WI",
    (_MOUNTAIN,): "CO MT NM UT WY",
    (_PACIFIC,): "CA NV WA",
    # States that two zones share: a text must be welcome in both.
    (_EASTERN, _CENTRAL): "FL IN KY MI TN",
    (_CENTRAL, _MOUNTAIN): "KS ND NE SD TX",
    (_MOUNTAIN, _PACIFIC): "ID OR",
    ("America/Phoenix", _MOUNTAIN): "AZ",
    ("America/Anchorage", "America/Adak"): "AK",
    ("Pacific/Honolulu",): "HI",
    ("America/Puerto_Rico",): "PR VI",
    ("Pacific/Guam",): "GU MP",
    ("Pacific/Pago_Pago",): "AS",
}
_OF_STATE = {state: zones for zones, states in _BY_ZONE.items() for state in states.split()}


def zones_of_state(state: str) -> tuple[str, ...]:
    """Return the time zones of a state, none for one that has no place (military addresses) or is not known."""
    return _OF_STATE.get(state.upper(), ())


def next_allowed(now: datetime, zones: Sequence[str], opens: time, closes: time) -> datetime:
    """Return the first moment from `now` on at which it is between `opens` and `closes` in every one of `zones`."""
    moment = now
    for _ in range(4 * len(zones)):
        later = max((_in_one(moment, zone, opens, closes) for zone in zones), default=moment)
        if later == moment:
            break
        moment = later
    return moment


def _in_one(moment: datetime, zone: str, opens: time, closes: time) -> datetime:
    wall = to_wall(moment, zone)
    if opens <= wall.time() < closes:
        return moment
    day = wall.date() + timedelta(days=int(wall.time() >= closes))
    return to_utc(datetime.combine(day, opens), zone)
