"""The sheets of a workbook as they are drawn: hidden keys, bilingual headers, units, data."""

from collections.abc import Mapping, Sequence
from typing import Any

from parkloop.intake.book import Book
from parkloop.intake.cells_out import OutRow
from parkloop.intake.column import Column
from parkloop.intake.grid import FIELD_KEY, FIELD_LABEL, SIDES, column_letter
from parkloop.intake.rows import EXACT
from parkloop.intake.sheet import SheetSpec
from parkloop.texts import text

FIRST_DATA_ROW = 3
_EMPTY_ROWS = 2000
_WIDTHS = {
    "text": 22,
    "number": 13,
    "amount": 13,
    "integer": 11,
    "year": 9,
    "boolean": 11,
    "unit": 12,
    "date": 12,
}
_OWN_COLUMNS = 24  # open for people's own; each one costs time on every row that is written
_FIELD_COLUMNS = (FIELD_KEY, FIELD_LABEL, "value", "unit", *SIDES, "park")
COMMENT = "comment"
_ROW_LIMIT = 1_048_576


def has_note(spec: SheetSpec) -> bool:
    """Whether the records of a sheet have a place for a remark."""
    return any(column.key == "note" for column in spec.columns)


def draw_rows(
    book: Book, spec: SheetSpec, rows: Sequence[OutRow], examples: Sequence[Mapping[str, str]]
) -> None:
    """A sheet with a record a row."""
    if len(rows) + FIRST_DATA_ROW > _ROW_LIMIT:
        raise ValueError(f"{len(rows)} rows of {spec.name_en} do not fit on a sheet; export fewer records")
    sheet = book.sheet(spec.name(book.lang))
    keys = [column.key for column in spec.columns]
    exact_at = len(keys)
    extras = list(dict.fromkeys(label for row in rows for label in row.extras))
    if not has_note(spec) and COMMENT not in extras:
        extras.insert(0, COMMENT)
    _head(book, sheet, spec, exact_at)
    for at, label in enumerate(extras, exact_at + 1):
        book.put(sheet, (0, at), f"{spec.key}.+{label}", "hint")
        shown = text("intake.sheet.comment", book.lang) if label == COMMENT else label
        book.put(sheet, (1, at), shown, "label")
    first = _draw_examples(book, sheet, spec, examples)
    place = {key: at for at, key in enumerate(keys)} | {EXACT: exact_at}
    extra_place = {label: at for at, label in enumerate(extras, exact_at + 1)}
    styles = {column.key: _style(column) for column in spec.columns}
    for number, row in enumerate(rows, first):
        for key, value in row.cells.items():
            cell = book.exact(str(value)) if key == EXACT else value
            book.put(sheet, (number, place[key]), cell, styles.get(key, "data"))
        for label, value in row.extras.items():
            book.put(sheet, (number, extra_place[label]), value, "data_text")
    last = max(first + len(rows), FIRST_DATA_ROW + _EMPTY_ROWS)
    for at, column in enumerate(spec.columns):
        book.drop_down(sheet, (FIRST_DATA_ROW, last), at, column)
    sheet.freeze_panes(FIRST_DATA_ROW, 2)
    book.protect(sheet)


def _head(book: Book, sheet: Any, spec: SheetSpec, exact_at: int) -> None:
    """Row 1 the hidden keys, row 2 the headers, row 3 units and what to write."""
    for at, column in enumerate(spec.columns):
        book.put(sheet, (0, at), f"{spec.key}.{column.key}", "hint")
        book.put(sheet, (1, at), header(column, book.lang), "required" if column.required else "label")
        hint = column_hint(column, book.lang)
        book.put(sheet, (2, at), f"▸ {hint}" if at == 0 else hint or None, "hint")
        width = _WIDTHS.get(column.type, 18)
        sheet.set_column(at, at, width, book.style(_style(column)))
    book.put(sheet, (0, exact_at), f"{spec.key}.{EXACT}", "hint")
    sheet.set_column(exact_at, exact_at, 8, None, {"hidden": True})
    sheet.set_column(exact_at + 1, exact_at + _OWN_COLUMNS, 18, book.style("data_text"))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, 48)
    sheet.set_row(2, 48)
    if spec.minor:
        sheet.set_tab_color("#B8BDB9")


def header(column: Column, lang: str) -> str:
    """The header in both languages, the chosen one first; a star where it must be filled."""
    other = "en" if lang == "vi" else "vi"
    star = " *" if column.required else ""
    first, second = column.label(lang), column.label(other)
    return f"{first}{star}" if first == second else f"{first}{star}\n{second}"


def column_hint(column: Column, lang: str) -> str:
    """Unit and help of a column in one line."""
    unit = f"[{column.unit}]" if column.unit and column.unit != "-" else ""
    return " ".join(part for part in (unit, column.help(lang)) if part)


def _style(column: Column) -> str:
    """Text columns are formatted as text, so that a spreadsheet program turns no code into a date."""
    if column.type == "date":
        return "data_date"
    if column.type == "datetime":
        return "data_datetime"
    return "data" if column.type in ("number", "amount", "integer", "year", "answer") else "data_text"


def _draw_examples(book: Book, sheet: Any, spec: SheetSpec, examples: Sequence[Mapping[str, str]]) -> int:
    """Grey rows that show how to fill the sheet; the import leaves them out."""
    place = {column.key: at for at, column in enumerate(spec.columns)}
    for number, example in enumerate(examples, FIRST_DATA_ROW):
        for key, value in example.items():
            book.put(sheet, (number, place[key]), value, "example")
    return FIRST_DATA_ROW + len(examples)


def draw_fields(book: Book, spec: SheetSpec, rows: Sequence[OutRow]) -> None:
    """A sheet with a field a row, one block for each record."""
    sheet = book.sheet(spec.name(book.lang))
    for at, name in enumerate(_FIELD_COLUMNS):
        book.put(sheet, (0, at), f"{spec.key}.{name}", "hint")
        if at:
            book.put(sheet, (1, at), text(f"intake.field_sheet.{name.removeprefix('#')}", book.lang), "label")
    book.put(sheet, (1, len(_FIELD_COLUMNS)), text("intake.field_sheet.help", book.lang), "label")
    number = 2
    for row in rows or [OutRow({})]:
        number = _draw_block(book, sheet, spec, row, number) + 1
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 2, 46, book.style("data_text"))
    sheet.set_column(3, 3, 8)
    sheet.set_column(4, 7, 14, book.style("data_text"))
    sheet.set_column(8, 8, 60)
    sheet.freeze_panes(2, 2)
    book.protect(sheet)


def _draw_block(book: Book, sheet: Any, spec: SheetSpec, row: OutRow, number: int) -> int:
    record_id = row.cells.get("id")
    block = record_id if spec.key == "parks" else None
    for column in spec.columns:
        book.put(sheet, (number, 0), column.key, "hint")
        book.put(sheet, (number, 1), header(column, book.lang), "required" if column.required else "label")
        value = row.cells.get(column.key)
        if value is None:
            sheet.write_blank(number, 2, None, book.style("input"))
        book.put(sheet, (number, 2), value, "input")
        book.put(sheet, (number, 3), column.unit or None, "hint")
        _draw_sides(book, sheet, number, column.key, row)
        book.put(sheet, (number, 7), block)
        book.put(sheet, (number, 8), column.help(book.lang) or None, "hint")
        book.drop_down(sheet, (number, number), 2, column)
        number += 1
    beside = {f"{key}#{side}" for key in (column.key for column in spec.columns) for side in SIDES}
    for label, value in row.extras.items():
        if label in beside:
            continue
        book.put(sheet, (number, 0), f"+{label}", "hint")
        book.put(sheet, (number, 1), label, "data_text")
        book.put(sheet, (number, 2), value, "data_text")
        book.put(sheet, (number, 7), block)
        number += 1
    if EXACT in row.cells:
        book.put(sheet, (number, 0), EXACT, "hint")
        book.put(sheet, (number, 2), book.exact(str(row.cells[EXACT])), "data_text")
        book.put(sheet, (number, 7), block)
        sheet.set_row(number, None, None, {"hidden": True})
        number += 1
    return number


def _draw_sides(book: Book, sheet: Any, number: int, key: str, row: OutRow) -> None:
    for at, side in enumerate(SIDES, 4):
        value = row.sides.get((key, side), row.extras.get(f"{key}#{side}"))
        if value is not None:
            book.put(sheet, (number, at), value, "data_text")


def draw_months(book: Book, spec: SheetSpec, year: int, examples: Sequence[Mapping[str, str]]) -> None:
    """The sheet of bills with the months of a year across."""
    sheet = book.sheet(spec.name(book.lang))
    first_month = len(spec.columns)
    _head(book, sheet, spec, first_month + 12)
    for month in range(12):
        at = first_month + month
        sheet.write_string(1, at, f"{year}-{month + 1:02d}", book.style("input"))
        sheet.set_column(at, at, 12, book.style("data"))
    for number, example in enumerate(examples, FIRST_DATA_ROW):
        for at, column in enumerate(spec.columns):
            if column.key in example:
                book.put(sheet, (number, at), example[column.key], "example")
    for at, column in enumerate(spec.columns):
        book.drop_down(sheet, (FIRST_DATA_ROW, FIRST_DATA_ROW + _EMPTY_ROWS), at, column)
    sheet.freeze_panes(FIRST_DATA_ROW, 2)
    book.protect(sheet)


def id_range(spec: SheetSpec, lang: str) -> str:
    """The cells a drop-down of ids points to."""
    at = column_letter([column.key for column in spec.columns].index("id"))
    return f"='{spec.name(lang)}'!${at}${FIRST_DATA_ROW + 1}:${at}${FIRST_DATA_ROW + _EMPTY_ROWS}"
