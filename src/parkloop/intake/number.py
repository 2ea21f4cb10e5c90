"""Numbers people type as text, in Vietnamese and in English habit."""

import re
from dataclasses import dataclass

VI_STYLE = "1.234,5"
EN_STYLE = "1,234.5"
STYLES = (VI_STYLE, EN_STYLE)

_NUMBER = re.compile(r"[+-]?(?:\d[\d.,' ]*|[.,]\d+)(?:[eE][+-]?\d+)?")
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_WORDS = {
    "nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3,
    "triệu": 1e6, "tr": 1e6, "million": 1e6, "mio": 1e6,
    "tỷ": 1e9, "tỉ": 1e9, "billion": 1e9, "bn": 1e9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A number found in a text, the words after it, and whether it could be read in two ways.

    `doubtful` names the reading that was taken when the other one is as likely; `word` a multiplier such as
    `triệu` that is already in `value`.
    """

    value: float
    rest: str = ""
    doubtful: bool = False
    word: str = ""


def read_number(text: str, style: str = "") -> Typed | None:
    """The number `text` starts with, read in `style`; None when there is none.

    `style` is `1.234,5` or `1,234.5` as the workbook declares it, or empty when it does not. A single mark
    before three digits (`1.234`) is read in the declared style; it is doubtful when that makes it a decimal
    or when no style is declared (the Vietnamese reading is then taken).

    Examples
    --------
    >>> read_number("1.234.567,8").value
    1234567.8
    >>> read_number("12,5 tấn").rest
    'tấn'
    >>> read_number("1,234", "1,234.5").value
    1234.0
    """
    clean = _SPACES.sub(" ", text).replace("\u2212", "-").replace("\u2019", "'").strip()
    negative = clean.startswith("(") and clean.endswith(")")
    if negative:
        clean = clean[1:-1].strip()
    found = _NUMBER.match(clean)
    if found is None:
        return None
    digits, rest = _split_trailing(found[0], clean[found.end() :])
    parsed = _digits(digits, style)
    if parsed is None:
        return None
    value, doubtful = parsed
    first, _, others = rest.partition(" ")
    factor = _WORDS.get(first.casefold(), 1.0)
    word = first if first.casefold() in _WORDS else ""
    if negative:
        value = -abs(value)
    return Typed(value * factor, others.strip() if word else rest, doubtful, word)


def _split_trailing(digits: str, rest: str) -> tuple[str, str]:
    """Spaces and marks after the last digit belong to what follows, never to the number."""
    kept = digits.rstrip(" .,'")
    return kept, (digits[len(kept) :] + rest).strip()


def _digits(text: str, style: str) -> tuple[float, bool] | None:
    sign = -1.0 if text.startswith("-") else 1.0
    body, _, exponent = text.lstrip("+-").lower().partition("e")
    groups = re.split(r"[ ']", body)
    if len(groups) > 1:
        if not all(len(group) == 3 for group in groups[1:-1]) or not re.match(r"\d{3}(?:[.,]|$)", groups[-1]):
            return None
        body = "".join(groups)
    read = _marks(body, style)
    if read is None:
        return None
    plain, doubtful = read
    try:
        return sign * float(plain + (f"e{exponent}" if exponent else "")), doubtful
    except ValueError:
        return None


def _marks(body: str, style: str) -> tuple[str, bool] | None:
    """Digits with a decimal point and no thousands marks; None when the marks make no sense."""
    dots, commas = body.count("."), body.count(",")
    if not dots and not commas:
        return body, False
    if dots and commas:
        decimal = "." if body.rfind(".") > body.rfind(",") else ","
        thousands = "," if decimal == "." else "."
        whole, _, fraction = body.rpartition(decimal)
        if decimal in whole or not _grouped(whole, thousands) or not fraction.isdigit():
            return None
        return f"{whole.replace(thousands, '')}.{fraction}", False
    mark = "." if dots else ","
    if body.count(mark) > 1:
        return (body.replace(mark, ""), False) if _grouped(body, mark) else None
    whole, _, fraction = body.partition(mark)
    if not fraction.isdigit():
        return None
    if not _grouped(body, mark):
        return f"{whole or '0'}.{fraction}", False
    if mark == ("," if style == EN_STYLE else "."):
        return whole + fraction, not style
    return f"{whole}.{fraction}", True


def _grouped(text: str, mark: str) -> bool:
    """Whether `mark` stands where thousands are separated: 1-3 digits, not 0, then groups of three."""
    return bool(re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", text))
