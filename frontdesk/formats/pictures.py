"""What is kept of a picture: the picture. Where and when it was taken, and whatever else rides along, is left behind.

JPEG (ITU-T T.81) and PNG (ISO 15948) are read as far as their parts go: each part has a kind and a length, and only the
kinds a browser needs to draw it are copied. What follows the end of the picture is no part of it.
"""

import struct
from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
KINDS = {JPEG: "image/jpeg", PNG: "image/png"}
WIDEST = 4096
"""Pixels a picture may have along an edge; a small file can otherwise unfold into gigabytes."""
# Frames, tables, the scan, restart intervals; and the two of an application that say which colours are meant.
_JPEG_KEPT = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"sRGB",
    b"cHRM",
    b"sBIT",
    b"bKGD",
    b"pHYs",
}


class NoPicture(ValueError):
    """The bytes are no whole JPEG or PNG of bearable size."""


def kind_of(content: bytes) -> str | None:
    """Return the media type of a picture by its first bytes, whatever its sender says; None for anything else."""
    return next((kind for magic, kind in KINDS.items() if content.startswith(magic)), None)


def bare(content: bytes) -> bytes:
    """Return a picture without anything that is not drawn. Raises `NoPicture`."""
    try:
        if content.startswith(JPEG):
            return b"\xff\xd8" + b"".join(_of_jpeg(content))
        if content.startswith(PNG):
            return PNG + b"".join(_of_png(content))
    except (struct.error, IndexError) as broken:
        raise NoPicture from broken
    raise NoPicture


def _of_jpeg(content: bytes) -> Iterator[bytes]:
    at, framed = 2, False
    while True:
        if content[at] != 0xFF:
            raise NoPicture
        kind = content[at + 1]
        if kind == 0xD9 and framed:
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise NoPicture
        if kind in _FRAMES:
            _must_be_bearable(*reversed(struct.unpack(">HH", content[at + 5 : at + 9])))
            framed = True
        if kind == 0xDA:
            end = _end_of_scan(content, end)
        if kind in _JPEG_KEPT:
            yield content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the drawing's own bytes end: at a mark that is neither a stuffed byte nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0:
        after = content[at + 1]
        if after not in {0, 0xFF} and not 0xD0 <= after <= 0xD7:
            return at
        at += 1 if after == 0xFF else 2
    raise NoPicture


def _of_png(content: bytes) -> Iterator[bytes]:
    at, drawn = len(PNG), False
    while True:
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content) or (at == len(PNG)) != (kind == b"IHDR"):
            raise NoPicture
        if kind == b"IHDR":
            _must_be_bearable(*struct.unpack(">II", content[at + 8 : at + 16]))
        drawn = drawn or kind == b"IDAT"
        if kind in _PNG_KEPT:
            yield content[at:end]
        if kind == b"IEND":
            if not drawn:
                raise NoPicture
            return
        at = end


def _must_be_bearable(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise NoPicture
