"""A workbook being written: formats, hidden keys, drop-downs, and cells that stay what they are."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from parkloop import units
from parkloop.intake.cells_out import printable
from parkloop.intake.codes import code_list
from parkloop.intake.column import Column
from parkloop.intake.grid import column_letter
from parkloop.intake.look import WordIndex

_LONG_PART = 32_000
_EXACT_LENGTH = 32_000
_MADE = datetime(2000, 1, 1)  # a fixed day: the same ledger gives the same bytes
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "format_cells": True,
    "insert_rows": True,
    "delete_rows": True,
    "insert_columns": True,
    "sort": True,
    "autofilter": True,
}
_UNIT_DIMENSIONS = ("energy", "mass", "volume", "count", "reactive_energy", "power")
_BASE: Mapping[str, Any] = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_HEADER: Mapping[str, Any] = {"bold": True, "text_wrap": True, "border": 1}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#14532D"},
    "text": {"text_wrap": True},
    "label": {**_HEADER, "bg_color": "#E7F0EA", "border_color": "#B7C9BD"},
    "required": {**_HEADER, "bg_color": "#CFE3D5", "border_color": "#8FB09B"},
    "hint": {"italic": True, "text_wrap": True, "font_color": "#5B6B61", "font_size": 9},
    "example": {"italic": True, "font_color": "#8A8A8A", "locked": False},
    "data": {"locked": False},
    "data_text": {"locked": False, "num_format": "@"},
    "data_date": {"locked": False, "num_format": "dd/mm/yyyy", "align": "left"},
    "data_datetime": {"locked": False, "num_format": "dd/mm/yyyy hh:mm:ss", "align": "left"},
    "input": {"locked": False, "bg_color": "#FFFBEA", "border": 1, "border_color": "#D9D2B0"},
    "wrong": {"text_wrap": True, "font_color": "#8B1A1A"},
}  # fmt: skip


class ExactSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that writes every digit of a number; the library's own 16 do not read back the same."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        head = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{head}><v>{float(number)!r}</v></c>")


class Book:
    """A workbook in the making; `content` ends it and gives its bytes."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": False,
        }
        self._book = xlsxwriter.Workbook(self._buffer, options)
        self._book.set_properties({"created": _MADE})
        self._formats = {name: self._book.add_format({**_BASE, **style}) for name, style in _STYLES.items()}
        self._lists: dict[str, tuple[str, ...]] = {}
        self._ranges: dict[str, str] = {}
        self._lists_name = "Danh mục" if lang == "vi" else "Lists"
        self._long: list[tuple[str, str]] = []

    def style(self, name: str) -> Any:
        """The cell format called `name`."""
        return self._formats[name]

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self._book.add_worksheet(name[:31], worksheet_class=ExactSheet)

    def put(self, sheet: Any, at: tuple[int, int], value: object, style: str = "data") -> None:
        """Write one value as what it is: text stays text whatever it begins with."""
        row, column = at
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._formats["data_datetime"])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._formats["data_date"])
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._formats[style])
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self._formats[style])
        elif value is not None:
            text = str(value)
            if text.startswith("<r>") and text.endswith("</r>"):
                text += " "  # the library takes such a text for its own markup
            sheet.write_string(row, column, text, self._formats[style])

    def exact(self, text: str) -> str:
        """A text for the hidden exact column, kept on the overflow sheet when no cell can hold it."""
        if len(text) <= _EXACT_LENGTH:
            return text
        token = f"#long:{len(self._long) + 1}"
        self._long.append((token, text))
        return token

    def keep(self, token: str, text: str) -> None:
        """Put a text on the overflow sheet under a token of its own."""
        self._long.append((token, text))

    def protect(self, sheet: Any) -> None:
        """Lock headers; data cells stay open. There is no password: it guides, it does not guard."""
        sheet.protect("", _PROTECTION)

    def drop_down(self, sheet: Any, rows: tuple[int, int], place: int, column: Column) -> None:
        """Offer the words of a column's list; other words are allowed and judged on import."""
        source = self._source(column)
        if source is None:
            return
        validation = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "ignore_blank": True,
            "show_error": False,
        }
        sheet.data_validation(rows[0], place, rows[1], place, validation)

    def _source(self, column: Column) -> Any:
        if column.type == "boolean":
            return ["có", "không"] if self.lang == "vi" else ["yes", "no"]
        name = {"resource": "resources", "unit": "#units"}.get(column.type, column.codes)
        if name:
            return self._list_range(name)
        return self._ranges.get(
            {"participant": "participants", "park": "parks", "subject": "subjects"}.get(column.type, "")
        )

    def name_range(self, name: str, source: str) -> None:
        """Let columns of participants or parks offer the ids in `source`."""
        self._ranges[name] = source

    def _list_range(self, name: str) -> str | None:
        if name not in self._lists:
            words = _unit_words(self.lang) if name == "#units" else _words(name, self.lang)
            self._lists[name] = words
        count = len(self._lists[name])
        if not count:
            return None
        letter = column_letter(_helper_place(list(self._lists).index(name)))
        return f"='{self._lists_name}'!${letter}$4:${letter}${count + 3}"

    def write_lists(self) -> None:
        """The codes in both languages, and the hidden helper ranges the drop-downs point to."""
        sheet = self.sheet(self._lists_name)
        self.put(sheet, (0, 0), "lists.#key", "hint")
        sheet.set_row(0, None, None, {"hidden": True})
        for number, (name, words) in enumerate(self._lists.items()):
            first = _helper_place(number) - 3
            labels = {} if name == "#units" else code_list(name)
            for offset, head in enumerate((name.removeprefix("#"), "English", "Tiếng Việt")):
                self.put(sheet, (2, first + offset), head, "label")
            for row, (code, pair) in enumerate(labels.items(), 3):
                for offset, text in enumerate((code, *pair)):
                    self.put(sheet, (row, first + offset), text, "text")
            for row, word in enumerate(words, 3):
                self.put(sheet, (row, first + 3), word, "text")
                if name == "#units":
                    self.put(sheet, (row, first), word, "text")
            sheet.set_column(first, first, 22)
            sheet.set_column(first + 1, first + 2, 34)
            sheet.set_column(first + 3, first + 3, 20, None, {"hidden": True})
        sheet.freeze_panes(3, 0)
        self.protect(sheet)

    def content(self) -> bytes:
        """End the workbook."""
        if self._long:
            sheet = self.sheet("Overflow")
            sheet.write_string(0, 0, "overflow.token")
            row = 1
            for token, text in self._long:
                for start in range(0, len(text), _LONG_PART):
                    sheet.write_string(row, 0, token)
                    sheet.write_string(row, 1, text[start : start + _LONG_PART])
                    row += 1
            sheet.very_hidden()
        self._book.close()
        return self._buffer.getvalue()


def _helper_place(number: int) -> int:
    """The hidden helper column of list `number`: after its code and two labels, one column left free."""
    return number * 5 + 3


def _words(name: str, lang: str) -> tuple[str, ...]:
    labels = code_list(name)
    index = WordIndex(labels)
    return tuple(str(printable(index.word(code, lang))) for code in labels)


def _unit_words(lang: str) -> tuple[str, ...]:
    """One symbol for each unit of an amount, and the common rates."""
    seen: dict[tuple[str, float], str] = {}
    for symbol, unit in units.UNITS.items():
        if unit.dimension in _UNIT_DIMENSIONS:
            seen.setdefault((unit.dimension, unit.factor), symbol)
    base = list(seen.values())
    if lang == "vi":
        base = ["tấn" if symbol == "t" else symbol for symbol in base]
    per = ("tháng", "ngày") if lang == "vi" else ("month", "day")
    main = [symbol for symbol in base if symbol in ("kWh", "t", "tấn", "m3")]
    return (*base, *(f"{symbol}/{time}" for symbol in main for time in per))
