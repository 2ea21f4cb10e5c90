import re
from pathlib import Path
from string import Formatter

import parkloop.reports
from parkloop.reports.typeface import font_folder, to_woff
from parkloop.texts import catalogue

SOURCE = Path(parkloop.reports.__file__).parent


def _keys():
    for file in [*SOURCE.glob("*.py"), *SOURCE.glob("chapters/*.py")]:
        yield from re.findall(r'\.say\(\s*"([a-z0-9_.]+)"', file.read_text("utf-8"))


def test_texts_when_a_chapter_says_something_then_both_languages_have_it():
    wanted = {f"reports.{key}" for key in _keys()}
    assert len(wanted) > 150
    for lang in ("en", "vi"):
        assert wanted - set(catalogue(lang)) == set()


def test_texts_when_two_languages_then_the_same_keys_and_placeholders():
    english = {key: text for key, text in catalogue("en").items() if key.startswith("reports.")}
    vietnamese = {key: text for key, text in catalogue("vi").items() if key.startswith("reports.")}
    assert set(english) == set(vietnamese)
    for key, text in english.items():
        assert _holes(text) == _holes(vietnamese[key]), key


def _holes(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_font_when_packed_for_the_web_then_every_table_comes_back_whole():
    import struct
    import zlib

    font = (font_folder() / "SourceSansPro-Regular.otf").read_bytes()
    packed = to_woff(font)
    count = struct.unpack(">H", packed[12:14])[0]
    assert count == struct.unpack(">H", font[4:6])[0]
    for index in range(count):
        entry = packed[44 + 20 * index : 64 + 20 * index]
        _, offset, size, length, _ = struct.unpack(">4sLLLL", entry)
        kept = packed[offset : offset + size]
        table = zlib.decompress(kept) if size < length else kept
        start = struct.unpack(">L", font[12 + 16 * index + 8 : 12 + 16 * index + 12])[0]
        assert table == font[start : start + length]
