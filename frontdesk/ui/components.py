"""The macros of templates/ui under one name, so that a fragment drawn alone finds them without imports of its own."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

FOLDER = Path(__file__).parent / "templates" / "ui"
# Marks that are drawn hundreds of times a page and depend on nothing but their words: drawn once, then remembered.
MARKS = {"avatar", "badge", "chip", "icon", "keyhint", "status"}
FRAMES = {"page.html", "head.html", "topbar.html", "rail.html", "dialogs.html"}


class Components:
    """`ui.button(…)`, `ui.status(…)`: every macro of every file in templates/ui that is not a frame of a page."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    @cached_property
    def _macros(self) -> dict[str, Any]:
        files = sorted(path.name for path in FOLDER.glob("*.html") if path.name not in FRAMES)
        modules = [self._env.get_template(f"ui/{name}").module for name in files]
        found = {name: macro for module in modules for name, macro in vars(module).items() if name[0] != "_"}
        return {name: _remembered(macro) if name in MARKS else macro for name, macro in found.items()}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._macros[name]
        except KeyError:
            raise AttributeError(name) from None


def _remembered(macro: Any) -> Any:
    return lru_cache(maxsize=4096)(macro)
