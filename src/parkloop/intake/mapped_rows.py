"""The rows of a user's sheet as the rows of the template: units, constants, words, months across."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parkloop.intake.cell import number_text, text_of
from parkloop.intake.grid import cell_name, data_rows, filled
from parkloop.intake.mapped_layout import Layout
from parkloop.intake.mapping import MappedColumn, unit_place
from parkloop.intake.number import read_number
from parkloop.intake.rows import Row
from parkloop.intake.session import Session, reject
from parkloop.intake.trouble import CellError
from parkloop.intake.words import bare
from parkloop.model import Issue, Severity, Where

_NOTHING = ("-", "–", "—", "n/a", "#n/a", "null", "nan")
_SHOWN = 12


def mapped_rows(session: Session, layout: Layout, mapping_name: str) -> list[Row]:
    """The rows a mapping takes from its sheet; those it leaves out are counted in one issue.

    Parameters
    ----------
    session
        Receives issues, and rejected cells of months.
    layout
        Where the columns stand.
    mapping_name
        Stands as the place of constants and units, which no cell of the file holds.
    """
    _split_merged(layout)
    kept: list[Row] = []
    left_out: list[int] = []
    above: dict[str, tuple[object, str]] = {}
    for row in data_rows(layout.grid):
        if not _taken(layout, row):
            left_out.append(row.number)
            continue
        _fill_down(layout, row, above)
        kept.append(row)
    _say(session, layout, left_out)
    if layout.table.months is not None:
        kept = list(_unfold(session, layout, kept))
    kept = [row for row in kept if row.raw]
    for row in kept:
        _complete(session, layout, row, mapping_name)
    return kept


def _split_merged(layout: Layout) -> None:
    """Cells merged within one column that is filled down are no trouble."""
    down = {layout.grid.places[name] for name in layout.table.fill_down if name in layout.grid.places}
    raw = layout.grid.raw
    spans = tuple(
        span
        for span in raw.merged
        if not (span[0][1] == span[1][1] and span[0][1] in down) and span[1][0] >= layout.grid.start
    )
    layout.grid.raw = replace(raw, merged=spans)


def _taken(layout: Layout, row: Row) -> bool:
    cells = layout.grid.raw.rows[row.number - 1]
    row.raw = {key: raw for key, raw in row.raw.items() if not _is_nothing(raw)}
    if not row.raw and not any(at < len(cells) and filled(cells[at]) for _, _, at in layout.months):
        return False
    starts = tuple(bare(word) for word in layout.table.skip)
    if starts and any(bare(cell).startswith(starts) for cell in cells if isinstance(cell, str)):
        return False
    for condition, at in zip(layout.table.where, layout.conditions, strict=True):
        held = bare(text_of(cells[at])) if at < len(cells) and filled(cells[at]) else ""
        if (held in {bare(word) for word in condition.words}) == condition.negated:
            return False
    return True


def _is_nothing(raw: object) -> bool:
    return isinstance(raw, str) and raw.strip().casefold() in _NOTHING


def _fill_down(layout: Layout, row: Row, above: dict[str, tuple[object, str]]) -> None:
    for name in layout.table.fill_down:
        if name in row.raw:
            above[name] = (row.raw[name], row.address(name))
        elif name in above:
            row.raw[name], row.addresses[name] = above[name]


def _say(session: Session, layout: Layout, left_out: Sequence[int]) -> None:
    where = Where(session.file, layout.grid.raw.name)
    if left_out:
        rows = ", ".join(str(number) for number in left_out[:_SHOWN])
        arguments: dict[str, str | float | int] = {"count": len(left_out), "rows": rows}
        session.issues.append(Issue("intake.mapped.rows_left_out", Severity.INFO, where, arguments))
    if layout.unmapped:
        code = "intake.mapped.columns_kept" if layout.table.keep else "intake.mapped.columns_left_out"
        arguments = {"count": len(layout.unmapped), "columns": ", ".join(layout.unmapped[:_SHOWN])}
        session.issues.append(Issue(code, Severity.INFO, where, arguments))


def _unfold(session: Session, layout: Layout, rows: Sequence[Row]) -> Iterator[Row]:
    """A row a month: cells of one month (amount and money) meet in one row, unusable ones are named."""
    raw_rows, broken = layout.grid.raw.rows, layout.grid.raw.broken
    for row in rows:
        cells = raw_rows[row.number - 1]
        months: dict[str, Row] = {}
        for period, name, at in layout.months:
            unfolded = months.setdefault(
                period.code,
                Row(row.number, {**row.raw, "period": period.code}, row.letters, dict(row.addresses)),
            )
            unfolded.extras = row.extras
            address = cell_name(row.number - 1, at)
            if "period" not in unfolded.addresses:
                unfolded.addresses["period"] = address
            unfolded.addresses[name] = address
            kind = broken.get((row.number - 1, at))
            if kind is not None:
                code = "intake.cell.formula" if kind == "formula" else "intake.cell.error_value"
                reject(session, layout.grid, unfolded, CellError(code, name))
            elif at < len(cells) and filled(cells[at]) and not _is_nothing(cells[at]):
                unfolded.raw[name] = cells[at]
        values = {name for _, name, _ in layout.months}
        yield from (unfolded for unfolded in months.values() if values & unfolded.raw.keys())


def _complete(session: Session, layout: Layout, row: Row, mapping_name: str) -> None:
    """Put in what the mapping says about its columns, then its constants."""
    for column in layout.table.columns:
        if column.fills in row.raw:
            _translate(column, row)
            _with_unit(session, layout, column.fills, column.unit, (row, mapping_name))
    months = layout.table.months
    if months is not None and months.unit:
        _with_unit(session, layout, months.values[0], months.unit, (row, mapping_name))
    for key, value in layout.table.constants.items():
        if key not in row.raw:
            row.raw[key] = float(value) if type(value) is int else value
            row.addresses[key] = f"{mapping_name}: {key}"


def _translate(column: MappedColumn, row: Row) -> None:
    held = bare(text_of(row.raw[column.fills]))
    for word, meant in column.values.items():
        if bare(word) == held:
            row.raw[column.fills] = meant


def _with_unit(session: Session, layout: Layout, key: str, unit: str, at: tuple[Row, str]) -> None:
    row, mapping_name = at
    place = unit_place(layout.grid.spec, key) if unit and key in row.raw else None
    if place is None:
        return
    if place:
        if place not in row.raw:
            row.raw[place] = unit
            row.addresses[place] = f"{mapping_name}: {key}"
        return
    raw = row.raw[key]
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        row.raw[key] = f"{number_text(float(raw), 'en')} {unit}"
    elif isinstance(raw, str) and (typed := read_number(raw, session.look.style)) and not typed.rest:
        row.raw[key] = f"{raw.strip()} {unit}"
