"""How words are compared: case, composed letters, diacritics, nearness."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_CANDIDATES = 3
_CLOSE_ENOUGH = 55.0


def fold(text: str) -> str:
    """`text` as it is compared: composed, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def bare(text: str) -> str:
    """`fold` without diacritics, for people who type without them."""
    return without_marks(fold(text))


def without_marks(text: str) -> str:
    """`text` without diacritics."""
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in split if not unicodedata.combining(mark))


def closest(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The few `words` most like `text`, best first; none when nothing is near."""
    found = process.extract(
        bare(text),
        list(words),
        scorer=fuzz.token_sort_ratio,
        processor=bare,
        limit=_CANDIDATES,
        score_cutoff=_CLOSE_ENOUGH,
    )
    return tuple(item[0] for item in found)
