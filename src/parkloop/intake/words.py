"""How words are compared: case, composed letters, diacritics, nearness."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_CANDIDATES = 3
_CLOSE_ENOUGH = 55.0
_A_SLIP = 88.0


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


def has_invisible(text: str) -> bool:
    """Whether `text` holds marks nobody sees: zero-width, of writing direction, control characters."""
    return any(unicodedata.category(mark) in ("Cf", "Cc") for mark in text)


def nearly(text: str, word: str) -> bool:
    """Whether `text` is `word` with a slip of the finger."""
    return bool(fuzz.token_sort_ratio(bare(text), bare(word)) >= _A_SLIP)


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
