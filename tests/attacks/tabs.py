"""The tab left open: a form drawn on one patient's page, sent to what is another's."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice, permutations
from urllib.parse import urldefrag, urljoin, urlsplit

from django.apps import apps
from django.db.models import ForeignKey, Model, Q
from django.urls import Resolver404, resolve

Fields = dict[str, list[str]]
BESIDE = {"audit.auditentry", "patients.draft", "audit.formkey"}
"""Tables that say who asked, not what is so of a patient."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page: the kind of address it goes to, whose page it says it stands on, and what it would send."""

    kind: str
    patient: str
    action: str
    fields: tuple[tuple[str, str], ...]

    def sent(self, **other: str) -> Fields:
        """Return its fields as a browser sends them, some of them another's; without key and token, each render has its own."""
        found: Fields = defaultdict(list)
        for name, value in self.fields:
            found[name].append(value)
        return {**found, **{name: [value] for name, value in other.items()}}


class _Page(HTMLParser):
    """Reads the forms of a page and where it leads on to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.links: list[str] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.links += [told[name] for name in ("href", "hx-get") if told.get(name)]
        if tag == "form":
            posts = told.get("method") == "post" or "hx-post" in told
            self.forms.append((told.get("hx-post") or told.get("action", "") if posts else "", []))
            return
        name, fields = told.get("name", ""), self.forms[-1][1] if self.forms else []
        if tag == "input" and name:
            chosen = told.get("type") not in {"radio", "checkbox"} or "checked" in told
            if chosen and told.get("type") != "file":
                fields.append((name, told.get("value", "")))
        elif tag == "button" and name:
            fields.append((name, told.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or told.get("value")):
            fields[:] = [one for one in fields if one[0] != self._select or "selected" not in told]
            if "selected" in told or all(one[0] != self._select for one in fields):
                fields.append((self._select, told.get("value", "")))
        elif tag == "textarea":
            self._area = name
            fields.append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            fields = self.forms[-1][1]
            fields[-1] = (self._area, fields[-1][1] + data)


def walk(get: Callable[[str], str], seeds: Iterable[str], *, each: int = 8) -> list[Form]:
    """Return every form met from the seeds on, on up to `each` pages of a kind; `get` answers an address with its page."""
    todo, seen, forms = list(seeds), set(), []
    looked: dict[str, int] = defaultdict(int)
    while todo:
        address = todo.pop(0)
        kind = kind_of(address)
        if address in seen or not kind or looked[kind] >= each:
            continue
        seen.add(address)
        looked[kind] += 1
        page = _read(get(address))
        forms += _forms(address, page)
        todo += [urldefrag(urljoin(address, one)).url for one in page.links if _leads_on(one)]
    return list(dict.fromkeys(forms))


def forms_of(address: str, text: str) -> list[Form]:
    """Return the forms of one page, or part of a page, that was found at an address."""
    return _forms(address, _read(text))


def _read(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    return page


def _forms(address: str, page: _Page) -> list[Form]:
    found = []
    for action, fields in page.forms:
        to = kind_of(urljoin(address, action)) if action else ""
        if to:
            shown = dict(fields).get("_patient", "")
            told = tuple(one for one in fields if one[0] not in {"csrfmiddlewaretoken", "_key"})
            found.append(Form(to, shown, urljoin(address, action), told))
    return found


def kind_of(address: str) -> str:
    """Return what kind of address this is: its name and the words in it, without the numbers."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    words = [
        value for name, value in sorted(match.kwargs.items()) if isinstance(value, str) and name != "token"
    ]
    return " ".join([match.view_name, *words])


def crossed(forms: Iterable[Form], *, each: int = 2) -> Iterator[tuple[Form, Form, str, Fields]]:
    """Return what patients' forms of one kind make of each other: whose page, whose matter, address and fields.

    Either the one's whole form goes to the other's address, or the other's form goes where it should, from the one's
    page. Of each kind up to `each` couples.
    """
    of_kind: dict[str, dict[str, Form]] = defaultdict(dict)
    for form in forms:
        if form.patient:
            of_kind[form.kind].setdefault(form.patient, form)
    for _, found in sorted(of_kind.items()):
        for one, other in islice(permutations(found.values(), 2), each):
            yield one, other, other.action, other.sent(_patient=one.patient)
            if other.action != one.action:
                yield one, other, other.action, one.sent()


def unguarded(forms: Iterable[Form]) -> set[str]:
    """Return the kinds of form about one patient, or one thing of a patient's, that do not say whose page they stand on."""
    about = re.compile(
        r"/(?:patients|appointments|visits|messages|waitlist|recalls|rescue-lines|attempts|board|running-late/\d+|stranded)/\d+"
    )
    return {one.kind for one in forms if not one.patient and about.search(one.action)}


def rows_of(patients: Iterable[int]) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that belongs to these patients, however far down, without what says who looked."""
    found = {}
    for model in apps.get_models():
        roads = _roads(model)
        if roads and model._meta.label_lower not in BESIDE:
            wanted = Q()
            for road in roads:
                wanted |= Q(**{f"{road}__in": list(patients)})
            found[model._meta.label_lower] = sorted(
                model._default_manager.filter(wanted).distinct().values_list(), key=str
            )
    return found


def _roads(model: type[Model], depth: int = 3) -> list[str]:
    """Return by which fields a table leads to a patient."""
    if model._meta.label_lower == "patients.patient":
        return ["pk"]
    roads = []
    for field in model._meta.concrete_fields:
        to = field.remote_field.model if isinstance(field, ForeignKey) else None
        if to is not None and to._meta.label_lower == "patients.patient":
            roads.append(field.name)
        elif to is not None and to is not model and depth > 1:
            roads += [f"{field.name}__{more}" for more in _roads(to, depth - 1)]
    return roads


def _leads_on(link: str) -> bool:
    return not re.search(r"^(?:https?:|tel:|mailto:|#|data:)|/static/|\.pdf|\.csv|/sign-|/live/", link)
