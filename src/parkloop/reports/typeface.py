"""The typeface of all documents: Source Sans Pro (SIL Open Font License), with every Vietnamese letter."""

import struct
import zlib
from functools import cache
from pathlib import Path

import font_source_sans_pro

_WOFF_HEADER = 44
_WOFF_ENTRY = 20


def font_folder() -> Path:
    """The folder of the font files."""
    return Path(font_source_sans_pro.font_directory)


@cache
def woff(style: str) -> bytes:
    """One style (`Regular`, `Semibold`) in the compressed container browsers read (WOFF 1.0, W3C 2012)."""
    return to_woff((font_folder() / f"SourceSansPro-{style}.otf").read_bytes())


def to_woff(font: bytes) -> bytes:
    """An OpenType font as WOFF 1.0: the same tables, each compressed where that makes it smaller."""
    flavour, count = struct.unpack(">4sH", font[:6])
    entries, body = [], b""
    at = _WOFF_HEADER + _WOFF_ENTRY * count
    size = 12 + 16 * count
    for index in range(count):
        tag, checksum, offset, length = struct.unpack(">4sLLL", font[12 + 16 * index : 28 + 16 * index])
        raw = font[offset : offset + length]
        packed = zlib.compress(raw, 9)
        kept = packed if len(packed) < length else raw
        entries.append(struct.pack(">4sLLLL", tag, at + len(body), len(kept), length, checksum))
        body += kept + b"\0" * (-len(kept) % 4)
        size += length + (-length % 4)
    whole = at + len(body)
    header = struct.pack(">4s4sLHHLHHLLLLL", b"wOFF", flavour, whole, count, 0, size, 1, 0, 0, 0, 0, 0, 0)
    return header + b"".join(entries) + body
