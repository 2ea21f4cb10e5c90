"""Text tables as they come from spreadsheets and meters: which encoding, which delimiter."""

import csv
from collections import Counter

DELIMITERS = (";", "\t", ",", "|")
ENCODINGS = ("utf-8", "cp1258")  # cp1258: what Vietnamese spreadsheet programs wrote before UTF-8
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 50


class TextTroubleError(Exception):
    """A text file that cannot be read; `detail` says what was tried."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def decode(content: bytes, encoding: str = "") -> str:
    """The text of a file in `encoding`, or in the first encoding that fits: UTF-8, UTF-16, cp1258.

    Raises
    ------
    TextTroubleError
        When no encoding fits or the named one does not exist.
    """
    tried = (encoding,) if encoding else _candidates(content)
    for name in tried:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise TextTroubleError(", ".join(tried))


def _candidates(content: bytes) -> tuple[str, ...]:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return (name,)
    head = content[:1000]
    if head.count(0) * 3 > len(head):
        return ("utf-16-le",) if head[1::2].count(0) >= head[::2].count(0) else ("utf-16-be",)
    return ENCODINGS


def delimiter_of(text: str) -> str:
    """The delimiter most lines agree on; a semicolon before a comma when both would do.

    Examples
    --------
    >>> delimiter_of("name;amount\\nA;1,5\\nB;2,5")
    ';'
    """
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    best, chosen = (0.0, 0), ","
    for mark in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        score = (times / max(len(lines), 1), width) if width > 1 else (0.0, 0)
        if score[0] > best[0]:
            best, chosen = score, mark
    return chosen
