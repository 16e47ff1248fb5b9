"""What every template of ours keeps: the strict policy, pictures that exist, words beside pictures, one head."""

import re
from html.parser import HTMLParser

import pytest

from tests.ui.rendering import FOLDERS, ROOT, environment, frame, sheet

STATIC = ROOT / "ui/static/ui"
SHEETS = (
    "desk/catalogue.html",
    "desk/catalogue/desk.html",
    "desk/catalogue/schedule.html",
    "desk/catalogue/patient.html",
    "desk/catalogue/panel.html",
)
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
VOID = set("area base br col embed hr img input link meta source track wbr use path rect".split())


class Page(HTMLParser):
    """Tags in order; complains of tags that do not close."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.troubles = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.troubles.append(f"</{tag}> at {self.getpos()}")


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_is_sound_html(name):
    page = Page(sheet(name))
    assert page.troubles == [] and page.open == []


@pytest.mark.parametrize("name", SHEETS)
def test_ids_are_said_once_and_references_lead_somewhere(name):
    tags = Page(sheet(name)).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))
    for _, attrs in tags:
        for reference in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in attrs.get(reference, "").split():
                assert target in ids, f"{reference}={target}"


@pytest.mark.parametrize("name", SHEETS)
def test_strict_policy_is_kept(name):
    for tag, attrs in Page(sheet(name)).tags:
        assert tag != "style" and "style" not in attrs
        assert not [key for key in attrs if key.startswith(("on", "hx-on", "hx-vars"))]
        assert tag != "script" or attrs.get("src", "").startswith("/static/")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son\w+=|hx-on|javascript:|<style|\|\s*safe", text)


@pytest.mark.parametrize("name", SHEETS)
def test_pictures_exist_and_have_words(name):
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    html = sheet(name)
    drawn = set(re.findall(r"icons\.svg#([\w-]+)", html))
    assert drawn and drawn <= sprite
    for control in re.findall(r"<(?:button|a)\b[^>]*>.*?</(?:button|a)>", html, re.DOTALL):
        words = re.sub(
            r"<svg.*?</svg>|<[^>]+aria-hidden=\"true\"[^>]*>.*?</span>|<[^>]+>", "", control, flags=re.DOTALL
        )
        assert words.strip() or "aria-label=" in control, control[:200]


def test_picture_names_used_in_templates_are_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    used = {
        name
        for path in TEMPLATES
        for name in re.findall(r"\b(?:icon\(|picture=)\s*\"([\w-]+)\"", path.read_text())
    }
    assert used <= sprite, used - sprite


def test_title_names_the_screen():
    assert "<title>Patient · frontdesk</title>" in sheet("desk/catalogue/patient.html")
    assert "Ito" not in re.search(r"<title>.*?</title>", sheet("desk/catalogue/patient.html")).group()


def test_message_left_by_the_last_deed_is_shown_once():
    context = frame()
    page = environment().get_template("ui/page.html")
    assert 'data-said="Booked."' in page.render(context)
    assert 'data-said=""' in page.render(context)


def test_preferences_stand_on_the_page():
    html = environment().get_template("ui/page.html").render(frame())
    assert 'data-theme="dark" data-density="compact" data-keys="off"' in html


def test_what_a_person_wrote_is_text():
    env = environment()
    html = env.from_string(
        "{{ ui.avatar(name, 1) }}{{ ui.button(name, attrs={'title': name}) }}{{ ui.text('x', 'X', value=name) }}"
    ).render(name='"><script>')
    assert "<script" not in html


def test_every_form_carries_token_key_and_patient():
    html = environment().from_string("{{ ui.form_start(request, patient=12, version=3) }}").render(frame())
    fields = {attrs["name"]: attrs["value"] for _, attrs in Page(html).tags}
    assert fields.keys() == {"csrfmiddlewaretoken", "_key", "_patient", "version"}
    assert fields["_patient"] == "12" and len(fields["_key"]) == 32


def test_a_key_is_for_one_render():
    env = environment()
    keys = {
        re.search(
            r'_key" value="(\w+)', env.from_string("{{ ui.form_start(request) }}").render(frame())
        ).group(1)
        for _ in range(5)
    }
    assert len(keys) == 5


def test_a_field_says_its_error_to_those_who_listen():
    html = (
        environment()
        .from_string(
            "{{ ui.text('birth_date', 'Date of birth', hint='3/14/1962', error='In the future.', required=True) }}"
        )
        .render()
    )
    field = next(attrs for tag, attrs in Page(html).tags if tag == "input")
    assert (
        field["aria-invalid"] == "true"
        and field["aria-describedby"] == "f-birth_date-hint f-birth_date-error"
        and "required" in field
    )


def test_every_component_is_reachable_from_a_fragment():
    env = environment()
    names = {
        name
        for path in (ROOT / "ui/templates/ui").glob("*.html")
        for name in re.findall(r"{% macro ([a-z]\w*)", path.read_text())
    }
    assert len(names) > 40
    for name in names:
        assert callable(getattr(env.globals["ui"], name))


def test_every_place_of_the_day_has_its_class():
    css = (STATIC / "slots.css").read_text()
    assert set(re.findall(r"\.r-(\d+) {", css)) == {str(n) for n in range(301)}
    assert set(re.findall(r"\.h-(\d+) {", css)) == {str(n) for n in range(1, 301)}


@pytest.mark.parametrize(
    "path", sorted([*STATIC.glob("*.css"), *STATIC.glob("*.js")]), ids=lambda path: path.name
)
def test_files_stay_short(path):
    assert len(path.read_text().splitlines()) < 400


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_style_sheet_is_layered_and_uses_tokens(path):
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert css.count("{") == css.count("}")
    assert "@layer" in css
    if path.name not in {"tokens.css", "print.css"}:
        assert not re.search(r"(?<![\w-])(?:color|background|border-color):\s*#", css)
    known = set(re.findall(r"(--[\w-]+):", "".join(p.read_text() for p in STATIC.glob("*.css"))))
    assert set(re.findall(r"var\((--[\w-]+)\s*\)", css)) <= known


def test_motion_is_short_and_can_be_switched_off():
    css = "".join(path.read_text() for path in STATIC.glob("*.css"))
    assert "prefers-reduced-motion: reduce" in css
    for name, amount in re.findall(r"(?:animation|--swift): ?([\w-]+ )?(\d+)ms", css):
        assert int(amount) <= 120, name


def test_scripts_keep_nothing_in_the_browser():
    for path in STATIC.glob("*.js"):
        text = path.read_text()
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\(|new Function", text
        ), path.name


def test_vendored_files_say_version_and_licence():
    vendor = ROOT / "ui/static/vendor"
    listed = (vendor / "VERSIONS").read_text()
    assert "htmx    2.0.10" in listed and 'version:"2.0.10"' in (vendor / "htmx/htmx.min.js").read_text()
    assert (
        all((vendor / name / "LICENSE").exists() for name in ("htmx", "inter"))
        and (STATIC / "icons.LICENSE").exists()
    )


def test_htmx_is_told_to_be_careful():
    import json

    head = environment().get_template("ui/head.html").render()
    config = json.loads(re.search(r"htmx-config\" content='(.*?)'", head).group(1))
    assert (
        config["allowEval"] is False
        and config["selfRequestsOnly"] is True
        and config["historyCacheSize"] == 0
    )
    assert config["includeIndicatorStyles"] is False and config["allowScriptTags"] is False
    swaps = {rule["code"]: rule["swap"] for rule in config["responseHandling"]}
    assert swaps["403|404|409|422"] is True and swaps["204"] is False
