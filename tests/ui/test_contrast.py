"""Every pair of colours that meets on a screen can be read, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11).

The colours are read from the style sheet itself, so nobody can change one and forget the sum.
"""

import re
from pathlib import Path

import pytest

from tests.ui.rendering import environment

TOKENS = Path(__file__).parents[2] / "frontdesk/ui/static/ui/tokens.css"
PAIR = re.compile(r"--([\w-]+):\s*light-dark\(#([0-9a-f]{6}),\s*#([0-9a-f]{6})\)", re.IGNORECASE)
STATUSES = (
    "scheduled confirmed arrived checked_in roomed with_provider checkout done no_show cancelled".split()
)
GROUNDS = ("canvas", "surface", "sunk", "raised")
READ, LARGE, SEEN = 4.5, 3.0, 3.0

# The ten of the design, light: tint, text, edge.
AS_DESIGNED = {
    "scheduled": ("e8edf3", "1f2a37", "64748b"),
    "confirmed": ("dbeafe", "1e3a8a", "2563eb"),
    "arrived": ("fef3c7", "713f12", "b45309"),
    "checked_in": ("dcfce7", "14532d", "15803d"),
    "roomed": ("ede9fe", "4c1d95", "7c3aed"),
    "with_provider": ("cffafe", "164e63", "0e7490"),
    "checkout": ("fce7f3", "831843", "be185d"),
    "done": ("f1f5f9", "334155", "64748b"),
    "no_show": ("fee2e2", "7f1d1d", "b91c1c"),
    "cancelled": ("ffffff", "475569", "64748b"),
}


def colours():
    found = {name: (light.lower(), dark.lower()) for name, light, dark in PAIR.findall(TOKENS.read_text())}
    assert len(found) > 80
    return found


def luminance(hexes):
    parts = [int(hexes[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs():
    """(ink, ground, least contrast), by name of token."""
    for ground in GROUNDS:
        yield "ink", ground, 12
        yield "ink-2", ground, 7
        yield "ink-3", ground, READ
        yield "accent", ground, READ
        yield "bad-strong", ground, READ
        yield "edge", ground, SEEN
        yield "focus", ground, SEEN
        yield "now", ground, SEEN
    yield "accent-ink", "accent", READ
    yield "accent-ink", "accent-strong", READ
    yield "accent-tint-ink", "accent-tint", 7
    for ink in ("ink", "ink-2", "ink-3", "accent"):
        yield ink, "accent-tint", READ
    yield "bad-strong-ink", "bad-strong", READ
    yield "mark-ink", "mark", 7
    yield "ink-2", "hatch", READ
    for tone in ("good", "warn", "bad", "note"):
        yield f"{tone}-ink", f"{tone}-tint", 7
        yield f"{tone}-edge", f"{tone}-tint", SEEN
    for number in range(8):
        yield f"tone-{number}-ink", f"tone-{number}", READ
        yield "ink-2", f"tone-{number}", READ
        yield f"tone-{number}-bar", "surface", SEEN
    for status in STATUSES:
        yield f"{status}-text", f"{status}-tint", 7
        yield f"{status}-edge", f"{status}-tint", SEEN
        yield f"{status}-edge", "surface", SEEN


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), list(pairs()))
def test_can_be_read(ink, ground, least, theme):
    which = 0 if theme == "light" else 1
    known = colours()
    ratio = contrast(known[ink][which], known[ground][which])
    assert ratio >= least, f"{ink} on {ground} in {theme}: {ratio:.2f}, wanted {least}"


@pytest.mark.parametrize("status", STATUSES)
def test_statuses_have_the_colours_of_the_design(status):
    known = colours()
    assert tuple(known[f"{status}-{part}"][0] for part in ("tint", "text", "edge")) == AS_DESIGNED[status]


def test_no_two_statuses_share_a_picture_or_a_word():
    """Colour-blind eyes may not tell every tint apart: picture and word always do."""
    words = environment().get_template("ui/badge.html").module.STATUS
    assert set(words) == set(STATUSES)
    assert len({pair[0] for pair in words.values()}) == len({pair[1] for pair in words.values()}) == 10
