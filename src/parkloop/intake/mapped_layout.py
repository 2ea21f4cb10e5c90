"""Where the mapped columns stand in a user's sheet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parkloop.intake.cell import text_of
from parkloop.intake.container import RawSheet
from parkloop.intake.grid import Grid, cell_name, column_letter, filled, plain_label
from parkloop.intake.mapping import MappedColumn, TableMapping
from parkloop.intake.moment import read_period
from parkloop.intake.sheets import sheets
from parkloop.intake.words import closest, fold
from parkloop.model import Issue, Period, Severity, Where

_HEAD_ROWS = 50
_SHOWN_HEADERS = 12
_MONTH_ONLY = re.compile(r"(?:t|th|tháng|thang|month|m)?\s*\.?\s*(\d{1,2})", re.IGNORECASE)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class LayoutError(Exception):
    """The sheet is not the one the mapping was made for; `issue` says what is missing."""

    def __init__(self, code: str, where: Where, **arguments: str) -> None:
        super().__init__(code)
        self.issue = Issue(code, Severity.BLOCKING, where, arguments)


@dataclass(slots=True)
class Layout:
    """A sheet with the places [column counted from 0] of everything the mapping names.

    `months` lists period, field and column; `conditions` the columns of the mapping's `where`.
    """

    grid: Grid
    table: TableMapping
    header: list[object]
    months: list[tuple[Period, str, int]] = field(default_factory=list)
    conditions: list[int] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)


def choose_sheet(raws: Sequence[RawSheet], table: TableMapping, file: str) -> RawSheet:
    """The sheet a mapping names: by name, else by number counted from 1; the first when it names none.

    Raises
    ------
    LayoutError
        When there is no such sheet.
    """
    if not table.sheet:
        return raws[0]
    for raw in raws:
        if fold(raw.name) == fold(table.sheet):
            return raw
    if table.sheet.isdigit() and 1 <= int(table.sheet) <= len(raws):
        return raws[int(table.sheet) - 1]
    if len(raws) == 1 and not file.casefold().endswith((".xlsx", ".xlsm")):
        return raws[0]
    names = ", ".join(raw.name for raw in raws)
    raise LayoutError("intake.mapped.sheet_missing", Where(file), sheet=table.sheet, sheets=names)


def lay_out(raw: RawSheet, table: TableMapping, file: str) -> Layout:
    """Find the header and the column of every field, condition and month.

    Raises
    ------
    LayoutError
        When the header, a column or a month is not there, or a header stands twice.
    """
    at = _header_row(raw, table, file)
    header = list(raw.rows[at]) if at >= 0 else []
    start = table.first_row - 1 if table.first_row else at + 1
    rows = raw.rows[: table.last_row] if table.last_row else raw.rows
    cut = RawSheet(raw.name, rows, raw.merged, raw.broken)
    grid = Grid(sheets()[table.records], cut, start, {})
    layout = Layout(grid, table, header)
    width = max((len(row) for row in rows), default=0)

    def place(column: MappedColumn) -> int:
        return _place(column, header, Where(file, raw.name, f"A{max(at, 0) + 1}"), width)

    for column in table.columns:
        grid.places[column.fills] = place(column)
    layout.conditions = [place(condition.column) for condition in table.where]
    if table.months is not None:
        first = place(table.months.first)
        layout.months = list(_months(layout, first, Where(file, raw.name), at))
    _unmapped(layout)
    return layout


def _named(table: TableMapping) -> list[MappedColumn]:
    named = [*table.columns, *(condition.column for condition in table.where)]
    if table.months is not None:
        named.append(table.months.first)
    return [column for column in named if column.header]


def _header_row(raw: RawSheet, table: TableMapping, file: str) -> int:
    """The row of the headers counted from 0; -1 when there is none."""
    if table.header is not None:
        if table.header > len(raw.rows):
            where = Where(file, raw.name)
            raise LayoutError("intake.mapped.header_missing", where, headers=f"#{table.header}", found="-")
        return table.header - 1
    named = _named(table)
    if not named:
        if table.first_row:
            return -1
        raise LayoutError("intake.mapped.header_unsaid", Where(file, raw.name), sheet=raw.name)
    counts = [sum(1 for c in named if _matches(row, c)) for row in raw.rows[:_HEAD_ROWS]]
    best = max(counts, default=0)
    if not best:
        headers = ", ".join(column.header for column in named)
        found = ", ".join(_texts(next((row for row in raw.rows if any(filled(c) for c in row)), [])))
        where = Where(file, raw.name)
        raise LayoutError("intake.mapped.header_missing", where, headers=headers, found=found or "-")
    return counts.index(best)


def _texts(row: Sequence[object]) -> list[str]:
    return [text_of(cell) for cell in row if filled(cell)][:_SHOWN_HEADERS]


def _matches(header: Sequence[object], column: MappedColumn) -> list[int]:
    """Places whose header reads as the mapping says: exactly, else without diacritics and brackets."""
    texts = {at: text_of(cell) for at, cell in enumerate(header) if filled(cell)}
    exact = [at for at, text in texts.items() if fold(text) == fold(column.header)]
    return exact or [at for at, text in texts.items() if plain_label(text) == plain_label(column.header)]


def _place(column: MappedColumn, header: Sequence[object], where: Where, width: int) -> int:
    found = _matches(header, column) if column.header else []
    if len(found) > 1:
        letters = ", ".join(column_letter(at) for at in found)
        raise LayoutError("intake.mapped.column_twice", where, column=column.header, letters=letters)
    if found:
        return found[0]
    if column.letter:
        at = _column_number(column.letter)
        if at < width:
            return at
    texts = _texts(header)
    near = ", ".join(closest(column.header, texts)) if column.header else ""
    arguments = {"column": column.header or column.letter, "candidates": near or ", ".join(texts) or "-"}
    raise LayoutError("intake.mapped.column_missing", where, **arguments)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _months(layout: Layout, first: int, where: Where, header_at: int) -> Iterator[tuple[Period, str, int]]:
    """Period, field and column of each month; months of a running year without a column are left out."""
    months, header = layout.table.months, layout.header
    assert months is not None
    places = [first + n * len(months.values) for n in range(months.count)]
    cells = [header[at] if at < len(header) and filled(header[at]) else None for at in places]
    headed = any(_read_month(cell) is not None for cell in cells)
    for n, (at, cell) in enumerate(zip(places, cells, strict=True)):
        if cell is None and headed and not _used(layout.grid, at):
            continue
        place = Where(where.file, where.sheet, cell_name(max(header_at, 0), at))
        period = _month(cell, n, months.year if not headed or cell is not None else None, place)
        if headed and _read_month(cell) is None:
            raise LayoutError(
                "intake.mapped.month_mismatch", place, typed=text_of(cell), expected=period.code
            )
        for offset, name in enumerate(months.values):
            yield period, name, at + offset


def _used(grid: Grid, at: int) -> bool:
    return any(at < len(row) and filled(row[at]) for row in grid.raw.rows[grid.start :])


def _month(cell: object, n: int, year: int | None, where: Where) -> Period:
    """The month of the n-th column, by the year the mapping says and by what its header says."""
    said = _read_month(cell)
    shown = "" if cell is None else text_of(cell)
    if year is None:
        if said is None or not said[0]:
            raise LayoutError("intake.mapped.month_unreadable", where, typed=shown or "-")
        return Period.month(*said)
    expected = Period.month(year + n // 12, n % 12 + 1)
    agrees = said is None or (said[0] in (0, expected.start.year) and said[1] == expected.start.month)
    if not agrees:
        raise LayoutError("intake.mapped.month_mismatch", where, typed=shown, expected=expected.code)
    return expected


def _read_month(cell: object) -> tuple[int, int] | None:
    """Year (0 when unsaid) and month of a header; None when it names no month."""
    if cell is None:
        return None
    try:
        period = read_period(cell)
        if len(period.code) == len("2025-01"):
            return period.start.year, period.start.month
    except (ValueError, OverflowError):
        pass
    text = fold(text_of(cell))
    if (found := _MONTH_ONLY.fullmatch(text)) and 1 <= int(found[1]) <= len(_MONTH_NAMES):
        return 0, int(found[1])
    if text[:3] in _MONTH_NAMES and text.isalpha():
        return 0, _MONTH_NAMES.index(text[:3]) + 1
    return None


def _unmapped(layout: Layout) -> None:
    """Columns with a header that nobody mapped: kept beside the records where the mapping wants that."""
    used = {*layout.grid.places.values(), *layout.conditions, *(at for _, _, at in layout.months)}
    for at, cell in enumerate(layout.header):
        if at in used or not filled(cell):
            continue
        label = " ".join(text_of(cell).split())
        layout.unmapped.append(label)
        if layout.table.keep:
            name = label if label not in layout.grid.extras else f"{label} ({column_letter(at)})"
            layout.grid.extras[name] = at
