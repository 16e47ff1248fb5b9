"""The Jinja2 environment of the patients' pages: escaped, strict, and with nothing of the desk in it."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined

from frontdesk.kit.straight import straight


def environment(**options: Any) -> Environment:
    """Return the environment: autoescape on, a name that is missing is an error."""
    ours = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "finalize": straight,
    }
    env = Environment(**{**options, **ours})  # noqa: S701 - autoescape is on, above
    env.globals["static"] = lru_cache(static)
    return env
