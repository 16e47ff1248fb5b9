"""A picture that was sent in, made fit to be kept and read: upright, no larger than needed, and nothing but the picture.

Whatever comes is decoded here, behind limits, and drawn anew as a JPEG: nothing of the file that was sent is left in it,
neither where it was taken nor what somebody hid behind its end.
"""

import io
import warnings

from PIL import Image, ImageOps

LARGEST = 4 * 1024 * 1024
"""Bytes a picture may have that is sent in; a page makes it small before that."""
PIXELS, UNFOLDED = 40_000_000, 16_000_000
"""Pixels it may have, and may have in memory: a JPEG is decoded no finer than needed, a telephone's 12 to 50 million are not."""
EDGE, FINE_EDGE = 1600, 3000
"""The longer edge of a card that is kept, and of one whose bars are read: they are finer than letters."""
_QUALITY = 82
_TOO_MANY = "The picture has more than {} million pixels. Take it with fewer."
_READ = ("JPEG", "PNG", "WEBP")


class CannotBeUsed(ValueError):
    """The file is no picture that can be used; the text says why, and what to do."""


def upright(content: bytes, *, edge: int = EDGE) -> Image.Image:
    """Return the picture in a file, turned as it was held and scaled down to `edge`. Raises `CannotBeUsed`."""
    if not content:
        msg = "Choose a picture, or take one."
        raise CannotBeUsed(msg)
    if len(content) > LARGEST:
        msg = "The picture is larger than 4 MB. Take it with fewer pixels, or choose a smaller one."
        raise CannotBeUsed(msg)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = Image.open(io.BytesIO(content), formats=_READ)
            _must_be_bearable(found)
            found.draft("RGB", (edge, edge))
            _must_be_bearable(found, most=UNFOLDED)
            found.load()
            turned = ImageOps.exif_transpose(found)
            whole = _on_white(turned)
    except CannotBeUsed:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as flood:
        raise CannotBeUsed(_TOO_MANY.format(PIXELS // 1_000_000)) from flood
    except Exception as broken:  # a broken file raises whatever its decoder thought of
        msg = "This is no whole JPEG or PNG picture. Take it again, or choose another."
        raise CannotBeUsed(msg) from broken
    whole.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return whole


def tidied(content: bytes) -> bytes:
    """Return a picture of a card as it is kept: a JPEG of at most `EDGE` pixels. Raises `CannotBeUsed`."""
    made = io.BytesIO()
    upright(content).save(made, "JPEG", quality=_QUALITY, optimize=True)
    return made.getvalue()


def _must_be_bearable(found: Image.Image, *, most: int = PIXELS) -> None:
    width, height = found.size
    if width * height > most:
        raise CannotBeUsed(_TOO_MANY.format(most // 1_000_000))
    if min(width, height) < 60:
        msg = "The picture is too small to read anything on it."
        raise CannotBeUsed(msg)


def _on_white(found: Image.Image) -> Image.Image:
    """Return a picture without see-through parts; they would be black where it is drawn as a JPEG."""
    if found.mode in {"RGB", "L"}:
        return found.convert("RGB")
    seen = found.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
