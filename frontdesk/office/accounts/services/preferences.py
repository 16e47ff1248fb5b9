"""How a person likes their screens."""

from typing import Any

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.services import service

# Saved views of the book: how many a person keeps, and how long a name or an address may be.
VIEWS, VIEW_LENGTH = 8, 400


@service("accounts.set_preferences")
def set_preferences(by: Actor, /, *, changes: dict[str, Any]) -> User:
    """Keep how a person likes their screens: density, theme, whether single-letter keys act, saved `views` of the book."""
    allowed = {
        "density": {"comfortable", "compact"},
        "theme": {"light", "dark", "system"},
        "keys": {"on", "off"},
    }
    wrong = {k: "Not a choice." for k, v in changes.items() if k != "views" and v not in allowed.get(k, ())}
    views = changes.get("views", [])
    if len(views) > VIEWS or not all(_is_view(one) for one in views):
        wrong["views"] = f"Up to {VIEWS} views, each with a name."
    if wrong:
        msg = "That is not one of the choices."
        raise Invalid(msg, fields=wrong)
    user = User.objects.get(pk=by.id or 0)
    user.preferences = {**user.preferences, **changes}
    user.save(update_fields=["preferences"])
    return user


def _is_view(one: object) -> bool:
    words = one.values() if isinstance(one, dict) and one.keys() == {"name", "query"} else ()
    return bool(words) and all(isinstance(text, str) and 0 < len(text) <= VIEW_LENGTH for text in words)
