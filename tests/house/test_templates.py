"""The lint of templates: what holds for each file as it is written, whichever way its conditions turn out.

`make check` runs it. Every file is drawn twice without being run: once with the first branch of every condition, once
with the last; an expression stands as a word made of itself, so that a label and its field still meet.
"""

import re
from html.parser import HTMLParser

import pytest

from tests.ui.rendering import FOLDERS

TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
PART = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(?P<word>\w+)(?P<rest>.*?)[-+]?%\}|\{\{(?P<said>.*?)\}\}", re.DOTALL)
OPENS = {"if", "for", "macro", "call", "block", "filter", "with"}
# What nobody's address may hold: it ends up in logs, histories and on shared screens.
ABOUT_PEOPLE = re.compile(
    r"\.(?:name|legal_\w+|preferred\w*|display_name|birth\w*|mrn|phone|email|words|note|reason|address|line)\b"
)
ADDRESSES = {"href", "action", "src", "formaction", "hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch"}


def branches(text):
    """The parts of a template as a tree: text, expressions, and conditions with their branches."""
    top = [[]]
    stack = [("", top)]
    at = 0
    for found in PART.finditer(text):
        stack[-1][1][-1].append(text[at : found.start()])
        at = found.end()
        word = found["word"]
        if found["said"] is not None:
            stack[-1][1][-1].append(("said", found["said"].strip()))
        elif word in OPENS or (word == "set" and "=" not in found["rest"]):
            stack.append((word, [[]]))
        elif word in {"else", "elif"}:
            stack[-1][1].append([])
        elif word and word.startswith("end"):
            opened, arms = stack.pop()
            assert word == f"end{opened}", f"{word} closes {opened or 'nothing'}"
            stack[-1][1][-1].append(("either", opened, arms))
    stack[-1][1][-1].append(text[at:])
    assert len(stack) == 1, f"{stack[-1][0]} is not closed"
    return top[0]


def drawn(parts, last, so_far=None):
    """The markup with the first, or the last, branch of every condition; expressions made words."""
    out = so_far if so_far is not None else []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif part[0] == "said":
            out.append(_word(part[1], "".join(out)))
        else:
            _, opened, arms = part
            missing = last and opened == "if" and len(arms) == 1
            if not missing:
                drawn(arms[-1 if last else 0], last, out)
    return out if so_far is not None else "".join(out)


def _word(expression, before):
    """What an expression is drawn as: nothing between the attributes of a tag, a word made of itself elsewhere."""
    tag = before[before.rfind("<") :] if before.rfind("<") > before.rfind(">") else ""
    inside = bool(re.match(r"</?[\w-]", tag)) and tag.count('"') % 2 == 0 and tag.count("'") % 2 == 0
    return "" if inside else re.sub(r"[^\w.]+", "-", expression).strip("-") or "x"


class Lint(HTMLParser):
    """Walks the tags of one drawing and notes what is wrong."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.wrong, self.open, self.fields, self.labels = [], [], [], set()
        self.feed(html)
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]
        for fid, what in self.fields:
            if fid not in self.labels:
                self.wrong.append(f"{what} has no label")

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._policy(tag, given)
        self._people(tag, given)
        if tag == "img" and "alt" not in given:
            self.wrong.append("an image without alt")
        if tag == "button" and "type" not in given:
            self.wrong.append(f"a button without type: {given}")
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag in {"input", "select", "textarea"}:
            self._field(tag, given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass  # parts of a picture close themselves

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else, line {self.getpos()[0]}")

    def _policy(self, tag, given):
        bad = [
            name
            for name in given
            if name == "style" or name.startswith(("on", "hx-on", "hx-vars", "hx-vals"))
        ]
        if bad or tag == "style" or (tag == "script" and not given.get("src")):
            self.wrong.append(f"<{tag}> breaks the policy: {bad}")

    def _people(self, tag, given):
        for name, value in given.items():
            if name in ADDRESSES and ABOUT_PEOPLE.search(value or ""):
                self.wrong.append(f"<{tag} {name}> says something of a person: {value}")

    def _field(self, tag, given):
        if (
            given.get("type") in {"hidden", "submit", "button"}
            or {"aria-label", "aria-labelledby"} & given.keys()
        ):
            return
        if "label" not in self.open:
            self.fields.append((given.get("id"), f"<{tag} name={given.get('name')}>"))


@pytest.mark.parametrize("last", [False, True], ids=["first", "last"])
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_is_sound_whichever_way_its_conditions_turn_out(path, last):
    assert Lint(drawn(branches(path.read_text()), last)).wrong == []


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<p>{% if a %}<b>x{% endif %}</p>", "closes something else"),
        ("{% if a %}<a>{% else %}<b>{% endif %}x</a>", "closes something else"),
        ('<input id="f-x" name="x">', "has no label"),
        ("<img src='/x'>", "without alt"),
        ("<button>Go</button>", "without type"),
        ('<p style="color: red">x</p>', "breaks the policy"),
        ('<p onclick="x()">x</p>', "breaks the policy"),
        ("<script>x</script>", "breaks the policy"),
        ('<a href="/patients?q={{ p.name }}">x</a>', "of a person"),
        ('<p hx-get="/find/{{ row.mrn }}">x</p>', "of a person"),
        ("<p hx-vals='{}'>x</p>", "breaks the policy"),
    ],
)
def test_the_lint_sees_what_is_wrong(source, says):
    tree = branches(source)
    assert any(says in one for last in (False, True) for one in Lint(drawn(tree, last)).wrong)


@pytest.mark.parametrize(
    "source",
    [
        '<label for="{{ fid }}">x</label><input id="{{ fid }}"{{ attrs | xmlattr }}>',
        '<label>x <input name="x"></label>',
        '{% if a %}<a href="/x/{{ p.id }}">{% else %}<b>{% endif %}x{% if a %}</a>{% else %}</b>{% endif %}',
        "{% for a in b %}<p>x</p>{% else %}<p>none</p>{% endfor %}{{ '<p>' }}",
    ],
)
def test_the_lint_leaves_alone_what_is_right(source):
    tree = branches(source)
    assert [Lint(drawn(tree, last)).wrong for last in (False, True)] == [[], []]


@pytest.mark.parametrize("source", ["{% if a %}x", "x{% endif %}", "{% for a in b %}x{% endif %}"])
def test_a_condition_that_is_not_closed_is_seen(source):
    with pytest.raises(AssertionError):
        branches(source)
