"""One cell to one value and back, by the type of its column."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache

from parkloop import units
from parkloop.intake.column import Column
from parkloop.intake.look import Look
from parkloop.intake.moment import read_date, read_datetime, read_period
from parkloop.intake.number import Typed, read_number
from parkloop.intake.plain import read_json, to_plain
from parkloop.intake.trouble import CellError, Note
from parkloop.intake.words import fold
from parkloop.model import Period, Severity

CLEAR_MARKS = ("#clear", "#xóa", "#xoa", "-", "–", "—")
_CLEAR_STARTS = frozenset(mark[0] for mark in CLEAR_MARKS)
YES = ("yes", "có", "co", "true", "đúng", "x", "✓", "y")
NO = ("no", "không", "khong", "false", "sai", "n")
_ABSURD = 1e12
_FIRST_YEAR = 1901  # serial numbers of 1900 count a day that was not
Notes = list[Note]


class Blank(Enum):
    """What a cell without a value says."""

    ABSENT = "absent"
    CLEAR = "clear"


def typed_text(raw: object) -> str:
    """A cell as the person wrote it, as far as the file still knows."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.isoformat(" ")
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw)


def text_of(raw: object) -> str:
    """A cell as clean text: composed letters, no space at the ends, no zero characters."""
    if type(raw) is str and raw.isascii():
        return raw.replace("\x00", "").strip()
    return unicodedata.normalize("NFC", typed_text(raw)).replace("\x00", "").strip()


def is_clear(raw: object) -> bool:
    """Whether a cell asks for its value to be emptied."""
    return isinstance(raw, str) and raw.strip()[:1] in _CLEAR_STARTS and raw.strip().casefold() in CLEAR_MARKS


def read_cell(column: Column, raw: object, look: Look, notes: Notes) -> object:
    """The value of one cell that is not blank; CellError when it has none.

    Parameters
    ----------
    notes
        Receives what is worth saying about a value that was taken.
    """
    if type(raw) is str and is_clear(raw):
        return Blank.CLEAR
    if type(raw) is str and "\x00" in raw:
        raise CellError("intake.cell.zero_character", column.key, typed=raw.replace("\x00", "\ufffd")[:60])
    try:
        return _READERS[column.type](column, raw, look, notes)
    except CellError as error:
        error.key = error.key or column.key
        raise


def write_cell(column: Column, value: object, look: Look, lang: str) -> object:
    """What to put into the cell for `value`: text, number, date or None for a blank."""
    if value is None or value == "" or value == ():
        return None
    writer = _WRITERS.get(column.type)
    return writer(column, value, look, lang) if writer else value


def bounded(column: Column, value: float, raw: object) -> float:
    """`value` when it lies within the bounds of its column."""
    low = -_ABSURD if column.low is None else column.low
    high = _ABSURD if column.high is None else column.high
    if value != value or not low <= value <= high:
        code = "intake.number.negative" if value < 0 <= low else "intake.number.out_of_bounds"
        raise CellError(code, column.key, typed=typed_text(raw), low=low, high=high)
    return value


def number_in(column: Column, raw: object, look: Look, notes: Notes) -> Typed:
    """The number of a cell and the words after it; CellError when there is no number."""
    if isinstance(raw, (bool, date, datetime)):
        raise CellError("intake.number.date", column.key, typed=typed_text(raw))
    if isinstance(raw, (int, float)):
        return Typed(float(raw))
    if not isinstance(raw, str):
        raise CellError("intake.number.text", column.key, typed=str(raw))
    found = read_number(raw, look.style)
    if found is None:
        raise CellError("intake.number.text", column.key, typed=raw)
    if found.doubtful:
        notes.append(
            Note("intake.number.ambiguous", Severity.WARNING, column.key, typed=raw, value=found.value)
        )
    if found.word:
        notes.append(
            Note(
                "intake.number.word", Severity.INFO, column.key, typed=raw, word=found.word, value=found.value
            )
        )
    return found


def _number(column: Column, raw: object, look: Look, notes: Notes) -> float:
    if type(raw) is float:
        return bounded(column, raw, raw)
    found = number_in(column, raw, look, notes)
    value = found.value
    if found.rest:
        value = _to_unit(column, found, raw, notes)
    return bounded(column, value, raw)


def _to_unit(column: Column, found: Typed, raw: object, notes: Notes) -> float:
    """A number typed with its unit, in the unit of the column."""
    if found.rest == column.unit:
        return found.value
    try:
        value = units.convert(found.value, found.rest, column.unit)
    except units.UnitError:
        known = found.rest in units.UNITS
        code = "intake.number.other_unit" if known and column.unit else "intake.number.text"
        raise CellError(code, column.key, typed=typed_text(raw), unit=column.unit or "-") from None
    if found.rest != "%":
        notes.append(
            Note(
                "intake.number.unit_converted",
                Severity.INFO,
                column.key,
                typed=typed_text(raw),
                value=value,
                unit=column.unit,
            )
        )
    return value


def _integer(column: Column, raw: object, look: Look, notes: Notes) -> int:
    value = _number(column, raw, look, notes)
    if not value.is_integer():
        raise CellError("intake.number.not_whole", column.key, typed=typed_text(raw))
    return int(value)


def _year(column: Column, raw: object, look: Look, notes: Notes) -> int:
    text = text_of(raw).lower().removeprefix("năm").removeprefix("year").strip()
    if not (text.isdigit() and 1900 <= int(text) <= 2200):
        raise CellError("intake.date.not_year", column.key, typed=typed_text(raw))
    return int(text)


def _boolean(column: Column, raw: object, look: Look, notes: Notes) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, (int, float)) and raw in (0, 1):
        return bool(raw)
    word = fold(str(raw))
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError(
        "intake.code.unknown", column.key, typed=typed_text(raw), candidates="yes | có, no | không"
    )


def _text(column: Column, raw: object, look: Look, notes: Notes) -> str:
    return text_of(raw)


def _code(column: Column, raw: object, look: Look, notes: Notes) -> str:
    return look.code(column.codes, text_of(raw))


def _open_code(column: Column, raw: object, look: Look, notes: Notes) -> str:
    """A code where the word stands for one, else the words themselves."""
    text, index = text_of(raw), look.list(column.codes)
    return (index.code(text) if index else None) or text


def split_list(raw: object) -> tuple[str, ...]:
    """The items of a cell that holds several, joined by `;` or line breaks."""
    text = text_of(raw)
    if ";" not in text and "\n" not in text:
        return (text,) if text else ()
    parts = text.replace("\n", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def _pairs(column: Column, raw: object) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in split_list(raw):
        name, mark, value = part.partition("=" if "=" in part else ":")
        if not (mark and name.strip() and value.strip()):
            raise CellError("intake.cell.not_pairs", column.key, typed=part)
        found.append((name.strip(), value.strip()))
    return found


def _mapping(column: Column, raw: object, look: Look, notes: Notes) -> Mapping[str, float]:
    return {name: _number(column, value, look, notes) for name, value in _pairs(column, raw)}


def _spans(column: Column, raw: object, look: Look, notes: Notes) -> Mapping[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for name, value in _pairs(column, raw):
        first, _, second = value.partition("..")
        low = _number(column, first, look, notes)
        high = _number(column, second, look, notes) if second else low
        if low > high:
            raise CellError("intake.range.order", column.key, typed=value)
        found[name] = (low, high)
    return found


def _json(column: Column, raw: object, look: Look, notes: Notes) -> object:
    try:
        return read_json(text_of(raw))
    except ValueError:
        raise CellError("intake.cell.not_json", column.key, typed=text_of(raw)[:60]) from None


def _moment(reader: Callable[[object], object], code: str) -> Callable[[Column, object, Look, Notes], object]:
    def read(column: Column, raw: object, look: Look, notes: Notes) -> object:
        try:
            return reader(raw)
        except (ValueError, OverflowError):
            raise CellError(code, column.key, typed=typed_text(raw)) from None

    return read


_period_text = lru_cache(maxsize=4096)(read_period)  # periods repeat on thousands of rows


def _period(raw: object) -> Period:
    return _period_text(raw) if isinstance(raw, str) else read_period(raw)


_READERS: Mapping[str, Callable[[Column, object, Look, Notes], object]] = {
    "text": _text,
    "unit": _text,
    "number": _number,
    "integer": _integer,
    "year": _year,
    "boolean": _boolean,
    "code": _code,
    "word": _open_code,
    "codes": lambda column, raw, look, notes: tuple(
        look.code(column.codes, part) for part in split_list(raw)
    ),
    "ids": lambda column, raw, look, notes: split_list(raw),
    "resource": lambda column, raw, look, notes: look.resource(text_of(raw)),
    "participant": lambda column, raw, look, notes: look.party(("participants",), text_of(raw)),
    "participants": lambda column, raw, look, notes: tuple(
        look.party(("participants",), part) for part in split_list(raw)
    ),
    "park": lambda column, raw, look, notes: look.party(("parks",), text_of(raw)),
    "visit": lambda column, raw, look, notes: look.party(("visits",), text_of(raw)),
    "subject": lambda column, raw, look, notes: look.subject(text_of(raw)),
    "date": _moment(read_date, "intake.date.unreadable"),
    "datetime": _moment(read_datetime, "intake.date.unreadable"),
    "period": _moment(_period, "intake.period.unreadable"),
    "mapping": _mapping,
    "spans": _spans,
    "json": _json,
}


def number_text(value: float, lang: str) -> str:
    """A number as text that `read_number` reads back without doubt in the style of `lang`."""
    text = typed_text(float(value))
    whole, point, fraction = text.partition(".")
    if point and len(fraction) == 3:
        fraction += "0"
    return f"{whole},{fraction}" if point and lang == "vi" else whole + point + fraction


def _write_spans(column: Column, value: object, look: Look, lang: str) -> str:
    spans = value if isinstance(value, Mapping) else {}
    parts: list[str] = []
    for name, (low, high) in spans.items():
        end = "" if low == high else f"..{number_text(high, lang)}"
        parts.append(f"{name}={number_text(low, lang)}{end}")
    return "; ".join(parts)


def _write_mapping(column: Column, value: object, look: Look, lang: str) -> str:
    pairs = value if isinstance(value, Mapping) else {}
    return "; ".join(f"{name}={number_text(number, lang)}" for name, number in pairs.items())


def _write_codes(column: Column, value: object, look: Look, lang: str) -> str:
    codes = value if isinstance(value, tuple) else ()
    return "; ".join(_word(column, code, look, lang) for code in codes)


def _word(column: Column, code: object, look: Look, lang: str) -> str:
    text = str(code.value) if isinstance(code, Enum) else str(code)
    index = look.list(column.codes)
    word = index.word(text, lang) if index else text
    return text if ";" in word else word


def _join(column: Column, value: object, look: Look, lang: str) -> str:
    return "; ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


def date_cell(value: date) -> object:
    """A day or time as a cell holds it; with a zone, parts of a second or before 1901 it is text."""
    if isinstance(value, datetime) and (value.tzinfo or value.microsecond):
        return value.isoformat()
    return value.isoformat() if value.year < _FIRST_YEAR else value


_WRITERS: Mapping[str, Callable[[Column, object, Look, str], object]] = {
    "code": _word,
    "word": _word,
    "codes": _write_codes,
    "ids": _join,
    "participants": _join,
    "boolean": lambda column, value, look, lang: (("có", "không") if lang == "vi" else ("yes", "no"))[
        not value
    ],
    "resource": lambda column, value, look, lang: look.resources.word(str(value), lang),
    "period": lambda column, value, look, lang: value.code if isinstance(value, Period) else str(value),
    "mapping": _write_mapping,
    "spans": _write_spans,
    "json": lambda column, value, look, lang: json.dumps(to_plain(value), ensure_ascii=False),
}
