"""A description of the program's addresses for a scanner that needs one: parts by their type, forms as they were met."""

import re
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.kit.permissions import stand_of
from tests.attacks import tabs
from tests.soak.site import Clerk

TYPES = {
    "int": {"type": "integer", "minimum": 0},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,40}$"},
}
FORM = "application/x-www-form-urlencoded"
ANSWERS = {"default": {"description": "a page, or a refusal"}}


def of(clerk: Clerk, pages: list[str], token: str, never: tuple[str, ...]) -> dict[str, Any]:
    """Return an OpenAPI description: each address that may be looked at, and each form met from `pages` on."""
    fields: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for form in tabs.walk(clerk.get, pages):
        name = resolve(urlsplit(form.action).path).view_name
        for field, value in form.fields:
            fields[name][field].add(value)
    paths: dict[str, Any] = {}
    for name, route, _ in routes():
        stands, parts = stand_of(name), re.findall(r"<(?:(\w+):)?(\w+)>", route)
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.lstrip("/"))
        if path.startswith(never) or stands is None:
            continue
        given = [
            {
                "name": part,
                "in": "path",
                "required": True,
                "schema": TYPES.get(kind, {"type": "string", "minLength": 1}),
            }
            for kind, part in parts
        ]
        way: dict[str, Any] = {}
        if stands.look or stands.open_to:
            way["get"] = {"parameters": given, "responses": ANSWERS}
        if name in fields:
            way["post"] = {
                "parameters": given,
                "responses": ANSWERS,
                "requestBody": _body(fields[name], token),
            }
        if way:
            paths[path] = way
    return {"openapi": "3.0.3", "info": {"title": "frontdesk", "version": "1"}, "paths": paths}


def _body(fields: dict[str, set[str]], token: str) -> dict[str, Any]:
    """Return a form: each field is what it was met with, a number, or any text."""
    anything = [{"type": "string"}, {"type": "integer"}]
    properties: dict[str, Any] = {
        name: {"anyOf": [{"enum": sorted(values)[:20]}, *anything]} for name, values in fields.items()
    }
    properties["csrfmiddlewaretoken"] = {"enum": [token]}
    made = {
        "type": "object",
        "properties": properties,
        "required": ["csrfmiddlewaretoken"],
        "additionalProperties": False,
    }
    return {"required": True, "content": {FORM: {"schema": made}}}
