"""The Jinja2 environment of the pages: what templates may call, and how days and times are written."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from frontdesk.kit import clock
from frontdesk.kit.money import dollars
from frontdesk.kit.sensitivity import NO_DAY
from frontdesk.kit.straight import straight
from frontdesk.kit.walltime import to_wall
from frontdesk.ui.components import Components


def environment(**options: Any) -> Environment:
    """Return the environment: autoescape on, a name that is missing is an error, reads of the clock through kit."""
    ours = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "finalize": straight,
    }
    env = Environment(**{**options, **ours})  # noqa: S701 - autoescape is on, above
    env.globals.update(
        static=lru_cache(static), url=url, now=clock.now, idempotency_key=idempotency_key, csrf=get_token
    )
    env.globals["ui"] = Components(env)
    env.filters.update(
        us_date=us_date,
        long_date=long_date,
        wall_time=wall_time,
        in_zone=to_wall,
        phone=phone,
        age_on=age_on,
        dollars=dollars,
    )
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named route; row ids only, never a name or a date of birth."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def idempotency_key() -> str:
    """Return a fresh key for one render of one form."""
    return uuid4().hex


def us_date(day: date | None) -> str:
    """Write a day as Americans do: 3/14/1962; a day that is not shown is nothing."""
    return f"{day.month}/{day.day}/{day.year}" if day and day != NO_DAY else ""


def long_date(day: date | None) -> str:
    """Write a day in words: Tuesday, March 3."""
    return f"{day:%A, %B} {day.day}" if day else ""


def wall_time(at: datetime | None) -> str:
    """Write a wall time: 9:10 am."""
    return f"{at:%-I:%M} {at:%p}".replace("AM", "am").replace("PM", "pm") if at else ""


def phone(digits: str) -> str:
    """Write a US number as it is read: (617) 555-0134; anything else as it is kept."""
    bare = digits.removeprefix("+1")
    return f"({bare[:3]}) {bare[3:6]}-{bare[6:]}" if len(bare) == 10 and bare.isdigit() else digits


def age_on(born: date, today: date) -> int:
    """Return the age in whole years on a day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
