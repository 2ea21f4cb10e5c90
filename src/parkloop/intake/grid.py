"""From a raw sheet to its rows: which sheet it is, which column is which, which cells are filled."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parkloop.intake.cell import text_of
from parkloop.intake.column import Column
from parkloop.intake.container import RawSheet
from parkloop.intake.moment import read_period
from parkloop.intake.rows import EXACT, Row
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.sheets import sheets
from parkloop.intake.trouble import CellError
from parkloop.intake.words import bare, closest, nearly
from parkloop.model import Issue, Severity, Where

KEY = re.compile(r"([a-z_]+)\.(\+.+|[#a-z0-9_]+)", re.DOTALL)
GUIDE = "guide"
HIDDEN = ("lists", "overflow")
LOOSE_EXTRAS = "#extras"
EXAMPLE_MARKS = ("#example", "#ví dụ", "#vi du")
FIELD_KEY, FIELD_LABEL = "#key", "#label"
SIDES = ("year", "source_class", "note")
_HEAD_ROWS = 12
_ENOUGH_LABELS = 2


@dataclass(slots=True)
class Grid:
    """A recognised sheet: its column places, where its data starts, and what was odd about its head."""

    spec: SheetSpec
    raw: RawSheet
    start: int
    places: dict[str, int]
    extras: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    doubles: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)
    file: str = ""

    @property
    def letters(self) -> dict[str, str]:
        """Column letters by key."""
        return {key: column_letter(at) for key, at in self.places.items()}

    @property
    def keys_at(self) -> dict[int, str]:
        """Column keys by place; months of a bill sheet count as amounts."""
        return dict.fromkeys(self.months.values(), "amount") | {at: key for key, at in self.places.items()}


def column_letter(at: int) -> str:
    """The letters of the column `at`, counted from 0."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell from row and column counted from 0."""
    return f"{column_letter(column)}{row + 1}"


def recognise(raw: RawSheet) -> str | None:
    """The key of the sheet this is, by its hidden keys, else by its name; None when it is none of ours."""
    for row in raw.rows[:_HEAD_ROWS]:
        for cell in row:
            if isinstance(cell, str) and (found := KEY.fullmatch(cell)) and found[1] in _known():
                return found[1]
    names = {bare(name): key for key, name in _names()}
    return names.get(bare(raw.name))


def suggest_sheet(name: str) -> str:
    """The sheet of ours whose name is nearest, or a dash."""
    return next(iter(closest(name, [name for _, name in _names()])), "-")


def sheet_by_labels(raw: RawSheet) -> SheetSpec | None:
    """The sheet whose headers this one has, all that a new record needs included; None when there is none."""
    best, most = None, _ENOUGH_LABELS
    for spec in sheets().values():
        if spec.layout == "fields":
            continue
        index = _label_index(spec)
        wanted = {column.key for column in spec.columns if column.required}
        for row in raw.rows[:_HEAD_ROWS]:
            keys = {index.get(plain_label(cell)) for cell in row if isinstance(cell, str)} - {None}
            if len(keys) > most and wanted <= keys:
                best, most = spec, len(keys)
    return best


def _known() -> set[str]:
    return {*sheets(), GUIDE, *HIDDEN}


def _names() -> list[tuple[str, str]]:
    named = [(spec.key, name) for spec in sheets().values() for name in (spec.name_en, spec.name_vi)]
    return [
        *named,
        (GUIDE, "Guide"),
        (GUIDE, "Hướng dẫn"),
        ("lists", "Lists"),
        ("lists", "Danh mục"),
        ("overflow", "Overflow"),
    ]


def read_head(raw: RawSheet, key: str, file: str) -> Grid:
    """Find the header of a sheet: hidden keys first, then labels in either language."""
    spec = sheets()[key]
    grid = Grid(spec, raw, 0, {}, file=file)
    keys_at = _keys_row(raw, key)
    if keys_at is not None:
        _read_keys(grid, keys_at)
    labels_at = _labels_row(raw, spec, keys_at)
    if labels_at is not None and spec.layout != "fields":
        _read_labels(grid, labels_at)
    if keys_at is None and spec.layout == "fields":
        grid.places = {name: at for at, name in enumerate((FIELD_LABEL, "value", "unit", *SIDES, "park"))}
        labels_at = 0
    first = max(-1 if keys_at is None else keys_at, -1 if labels_at is None else labels_at)
    grid.start = _skip_units(raw, grid, first + 1)
    _note_missing(grid, labels_at)
    return grid


def _keys_row(raw: RawSheet, key: str) -> int | None:
    for at, row in enumerate(raw.rows[:_HEAD_ROWS]):
        if any(isinstance(cell, str) and cell.startswith(f"{key}.") and KEY.fullmatch(cell) for cell in row):
            return at
    return None


def _read_keys(grid: Grid, at: int) -> None:
    for place, cell in enumerate(grid.raw.rows[at]):
        if isinstance(cell, str) and (found := KEY.fullmatch(cell)) and found[1] == grid.spec.key:
            name = found[2]
            known, name = (grid.extras, name[1:]) if name.startswith("+") else (grid.places, name)
            if name in known:
                _note_twice(grid, (at, place), cell)
            known.setdefault(name, place)


def _note_twice(grid: Grid, at: tuple[int, int], label: str) -> None:
    grid.doubles.add(at[1])
    where = Where(grid.file, grid.raw.name, cell_name(*at))
    grid.issues.append(Issue("intake.column.twice", Severity.ERROR, where, {"column": text_of(label)}))


def plain_label(text: str) -> str:
    """A header as it is compared: no star, no unit in brackets, no diacritics."""
    return bare(re.sub(r"\[[^\]]*\]|\*", " ", text))


def _label_index(spec: SheetSpec) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column in spec.columns:
        for label in (column.key, column.label_en, column.label_vi):
            found.setdefault(plain_label(label), column.key)
        found.setdefault(plain_label(f"{column.label_en} {column.label_vi}"), column.key)
        found.setdefault(plain_label(f"{column.label_vi} {column.label_en}"), column.key)
    return found


def _labels_row(raw: RawSheet, spec: SheetSpec, keys_at: int | None) -> int | None:
    """The row with the visible headers: just below the keys, or the one with most known labels."""
    if keys_at is not None:
        return keys_at + 1 if keys_at + 1 < len(raw.rows) else None
    index = _label_index(spec)
    counts = [
        sum(1 for cell in row if isinstance(cell, str) and plain_label(cell) in index)
        for row in raw.rows[:_HEAD_ROWS]
    ]
    best = max(counts, default=0)
    return counts.index(best) if best >= _ENOUGH_LABELS else None


def _read_labels(grid: Grid, at: int) -> None:
    index = _label_index(grid.spec)
    taken = {*grid.places.values(), *grid.extras.values(), *grid.doubles}
    unknown: list[tuple[int, str]] = []
    for place, cell in enumerate(grid.raw.rows[at]):
        if place in taken or cell is None or cell == "":
            continue
        month = _month(cell) if grid.spec.layout == "months" else None
        key = index.get(plain_label(cell)) if isinstance(cell, str) else None
        if (month or key) and (month in grid.months or key in grid.places):
            _note_twice(grid, (at, place), text_of(cell))
        elif month is not None:
            grid.months[month] = place
        elif key is not None:
            grid.places[key] = place
        else:
            unknown.append((place, text_of(cell)))
    for place, label in unknown:
        where = Where(grid.file, grid.raw.name, cell_name(at, place))
        if grid.spec.layout == "months":
            if any(filled(row[place]) for row in grid.raw.rows[at + 1 :] if place < len(row)):
                issue = Issue("intake.column.not_month", Severity.ERROR, where, {"column": label})
                grid.issues.append(issue)
            continue
        if label in grid.extras:
            _note_twice(grid, (at, place), label)
        grid.extras.setdefault(label, place)
        _note_unknown(grid, where, label, [c for c in grid.spec.columns if c.key not in grid.places])


def _note_unknown(grid: Grid, where: Where, label: str, absent: Sequence[Column]) -> None:
    """A column or field of the user's own is kept; it is named when it looks like one of ours."""
    words = {text: column for column in absent for text in (column.label_en, column.label_vi)}
    near = closest(label, words) if words else ()
    if not near:
        grid.issues.append(Issue("intake.column.kept", Severity.INFO, where, {"column": label}))
        return
    # A required column that is missing has an error of its own.
    slip = nearly(label, near[0]) and not words[near[0]].required
    severity = Severity.ERROR if slip else Severity.WARNING
    arguments = {"column": label, "candidates": ", ".join(near)}
    grid.issues.append(Issue("intake.column.unknown_near", severity, where, arguments))


def _month(cell: object) -> str | None:
    try:
        code = read_period(cell).code
    except (ValueError, OverflowError):
        return None
    return code if len(code) == len("2025-01") else None


def _skip_units(raw: RawSheet, grid: Grid, at: int) -> int:
    """The row below the headers explains units and is not data: its first cell says so."""
    first = raw.rows[at][0] if at < len(raw.rows) and raw.rows[at] else None
    return at + 1 if isinstance(first, str) and first.startswith(("▸", "#unit")) else at


def _note_missing(grid: Grid, labels_at: int | None) -> None:
    """Columns that new records need; a warning, because rows that change known records do without."""
    if grid.spec.layout == "fields":
        return
    missing = [column for column in grid.spec.columns if column.required and column.key not in grid.places]
    unknown = list(grid.extras)
    for column in missing:
        where = Where(grid.file, grid.raw.name, f"A{(labels_at or 0) + 1}", field=column.path)
        near = closest(column.label_en, unknown) or closest(column.label_vi, unknown)
        arguments = {
            "column": f"{column.label_en} | {column.label_vi}",
            "candidates": ", ".join(near) or "-",
        }
        grid.issues.append(Issue("intake.column.missing", Severity.WARNING, where, arguments))


def filled(cell: object) -> bool:
    """Whether a cell holds anything."""
    return not (cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()))


def data_rows(grid: Grid) -> Iterator[Row]:
    """The filled rows of a sheet with a record a row."""
    letters = grid.letters
    places, extras = list(grid.places.items()), list(grid.extras.items())
    for number, cells in enumerate(grid.raw.rows[grid.start :], grid.start + 1):
        width = len(cells)
        raw = {key: cells[at] for key, at in places if at < width and cells[at] != ""}
        if any(type(cell) is str and cell.isspace() for cell in raw.values()):
            raw = {key: cell for key, cell in raw.items() if filled(cell)}
        own = {name: text_of(cells[at]) for name, at in extras if at < width and filled(cells[at])}
        if not raw and not own:
            continue
        row = Row(number, raw, letters, extras=own)
        yield row


def field_rows(grid: Grid) -> Iterator[Row]:
    """The records of a sheet with a field a row: one for each park the last column names."""
    blocks: dict[str, Row] = {}
    index = {plain_label(c.label(lang)): c for c in grid.spec.columns for lang in ("en", "vi")}
    by_key = {column.key: column for column in grid.spec.columns}
    for number, cells in enumerate(grid.raw.rows[grid.start :], grid.start + 1):

        def at(name: str, cells: list[object] = cells) -> object:
            place = grid.places.get(name, -1)
            return cells[place] if 0 <= place < len(cells) and filled(cells[place]) else None

        label, key = at(FIELD_LABEL), at(FIELD_KEY)
        if key is None and (label is None or str(label).startswith("#")):
            continue
        block = text_of(at("park")) if at("park") is not None else ""
        row = blocks.setdefault(block, Row(number, {}, grid.letters))
        column = by_key.get(str(key)) or index.get(plain_label(str(label).split("\n")[0]))
        named = text_of(label or key)
        if column is None and key is None and at("value") is not None:
            where = Where(grid.file, grid.raw.name, f"{grid.letters.get(FIELD_LABEL, 'A')}{number}")
            _note_unknown(grid, where, named, grid.spec.columns)
        _take_field(row, column, str(key or ""), named, at, f"{grid.letters.get('value', 'B')}{number}")
    for block, row in blocks.items():
        if block and "id" not in row.raw and row.raw:
            row.raw["id"] = block
        if row.raw or row.extras:
            yield row


def _take_field(
    row: Row, column: Column | None, key: str, label: str, at: Callable[[str], object], address: str
) -> None:
    value = at("value")
    if column is None and key == EXACT:
        if value is not None:
            row.raw[EXACT] = value
        return
    name = column.key if column is not None else (key[1:] if key.startswith("+") else label)
    if column is not None:
        if value is not None and name in row.raw and row.raw[name] != value:
            places: dict[str, str | float | int] = {"first": row.addresses[name], "second": address}
            row.trouble = CellError("intake.field.twice", name, **places)
        row.addresses[name] = address
        if value is not None:
            row.raw[name] = value
    elif value is not None:
        row.extras[name] = text_of(value)
    for side in SIDES:
        beside = at(side)
        if beside is None:
            continue
        if column is not None and name.startswith("land_") and side != "note":
            row.sides[name, side] = beside
        else:
            row.extras[f"{name}#{side}"] = text_of(beside)


def month_rows(grid: Grid) -> Iterator[Row]:
    """Bills from months across: amounts and money of one month meet in one row."""
    found: dict[tuple[str, ...], Row] = {}
    keys = ("participant", "resource", "band", "meter")
    for row in data_rows(grid):
        cells = grid.raw.rows[row.number - 1]
        line = tuple(text_of(row.raw.get(key, "")) for key in keys)
        money = bare(text_of(row.raw.get("what", ""))) in ("money", "tien")
        for month, place in grid.months.items():
            if place >= len(cells) or not filled(cells[place]):
                continue
            bill = found.setdefault((*line, month), Row(row.number, {}, grid.letters))
            shared = {key: row.raw[key] for key in (*keys, "source_class") if key in row.raw}
            what = "money" if money else "amount"
            if what in bill.raw and bill.raw[what] != cells[place]:
                said = " ".join(part for part in (*line, month) if part)
                bill.trouble = CellError("intake.row.duplicate", what, record=said, other=row.number)
            bill.raw |= {**shared, "period": month, what: cells[place]}
            for key in ("unit",) if not money else ("currency",):
                if key in row.raw:
                    bill.raw[key] = row.raw[key]
            bill.addresses.setdefault(what, f"{column_letter(place)}{row.number}")
    yield from found.values()
