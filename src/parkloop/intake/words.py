"""How words are compared: case, composed letters, diacritics, nearness."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_CANDIDATES = 3
_CLOSE_ENOUGH = 60.0


def fold(text: str) -> str:
    """`text` as it is compared: composed, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def bare(text: str) -> str:
    """`fold` without diacritics, for people who type without them."""
    split = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(mark for mark in split if not unicodedata.combining(mark))


def closest(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The few `words` most like `text`, best first; none when nothing is near."""
    found = process.extract(
        bare(text),
        list(words),
        scorer=fuzz.WRatio,
        processor=bare,
        limit=_CANDIDATES,
        score_cutoff=_CLOSE_ENOUGH,
    )
    return tuple(item[0] for item in found)
