"""Every form of every page, as a browser would send it: read out of the pages themselves."""

from html.parser import HTMLParser

from django.urls import Resolver404, resolve

from frontdesk.kit.permissions import SERVICE, held_by
from tests.attacks.asking import FRAGMENT, ROWS, ask
from tests.attacks.practice import undone


class Forms(HTMLParser):
    """The forms of a page: where each is sent to, and what stands in its fields."""

    def __init__(self, html):
        super().__init__()
        self.found, self.select, self.area = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        name, fields = given.get("name"), self.found[-1][1] if self.found else {}
        if tag == "form":
            self.found.append((given.get("hx-post") or given.get("action", ""), {}))
        elif tag == "input" and name:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked or name not in fields:
                fields[name] = given.get("value", "on")
        elif tag == "textarea" and name:
            self.area = name
            fields[name] = ""
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in fields):
            fields[self.select] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area and self.found:
            self.found[-1][1][self.area] = data.strip()


def forms_of(world):
    """Return every form of the practice's pages and panels: route, address, fields, and a browser that may send it."""
    found = {}
    for name, route, stands_on in ROWS:
        roles = [one for one in world.people if stands_on.look in held_by(one) and one != SERVICE]
        if not stands_on.look or not roles:
            continue
        role = next((one for one in ("manager", "privacy", "admin", "lead") if one in roles), roles[0])
        known = len(found)
        for headers in ({}, FRAGMENT):
            if len(found) > known:  # the part has no other forms than the page
                break
            with undone():
                answer = ask(world, world.browsers[role], name, route, "get", {}, world.elm, **headers)
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            for to, fields in Forms(answer.content.decode()).found:
                try:
                    sent_to = resolve(to.partition("?")[0]).view_name
                except Resolver404:
                    continue
                found.setdefault((sent_to, *sorted(fields)), (to, fields, world.browsers[role]))
    return [(key[0], *form) for key, form in sorted(found.items())]
