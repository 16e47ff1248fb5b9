"""Pictures: small ones a browser draws, with and without what rides along in them."""

import struct
import zlib


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=2, height=2, *more, rows=None):
    """A white PNG; `more` are chunks put before the picture's own."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    drawn = zlib.compress(rows if rows is not None else (b"\0" + b"\xff\xff\xff" * width) * height)
    parts = (chunk(b"IHDR", head), *more, chunk(b"IDAT", drawn), chunk(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def part(kind, data):
    return bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*more, width=2, height=2):
    """The parts of a JPEG in their order; `more` are put before the picture's own."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + part(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + b"".join(more)
        + part(0xDB, b"\0" + b"\1" * 64)
        + part(0xC0, frame)
        + part(0xC4, b"\0" + b"\1" + b"\0" * 15 + b"\0")
        + part(0xDA, b"\1\1\0\0\x3f\0")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
    )
