"""The pages' own environment, drawn without a request or a database."""

from pathlib import Path
from types import SimpleNamespace

from jinja2 import FileSystemLoader

from frontdesk.entrypoints.desk import templating
from frontdesk.entrypoints.desk.catalogue import samples

ROOT = Path(__file__).parents[2] / "frontdesk"
FOLDERS = [ROOT / "ui/templates", ROOT / "entrypoints/desk/templates"]


def environment():
    """The real environment; only the token of a session is invented."""
    env = templating.environment(loader=FileSystemLoader(FOLDERS))
    env.globals["csrf"] = lambda request: "token"
    return env


def frame():
    """What `http.page` gives every page, of an invented desk."""
    site = SimpleNamespace(id=1, name="Elm Street Family Practice", short_name="Elm Street")
    place = SimpleNamespace(label="Desk", href="/", icon="home", key="d", current=True)
    return {
        "request": SimpleNamespace(session={"said": "Booked."}),
        "csrf_token": "token",
        "person": SimpleNamespace(id=1, display_name="Rosa Diaz"),
        "preferences": {"theme": "dark", "density": "compact", "keys": "off"},
        "practice": lambda: "Elm Street Family Practice",
        "location": site,
        "locations": [site, SimpleNamespace(id=2, name="Harbor", short_name="Harbor")],
        "nav": [place],
    }


def sheet(name):
    """One sheet of the catalogue as HTML."""
    return environment().get_template(name).render({**frame(), **samples()})
