"""Which record each row of a sheet speaks of, and which rows cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass

from parkloop.intake.cell import is_clear, text_of
from parkloop.intake.draft import NaturalKey, holds, key_text, made_id, natural_key
from parkloop.intake.example_rows import is_untouched
from parkloop.intake.grid import EXAMPLE_MARKS, Grid
from parkloop.intake.rows import EXACT, Row, bound, bound_to, natural_of, plan, take_exact
from parkloop.intake.session import Session, note, reject
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.trouble import CellError, Note
from parkloop.intake.words import has_invisible
from parkloop.model import Issue, Severity, Where


@dataclass(slots=True)
class Entry:
    """A row with the record it speaks of."""

    row: Row
    record_id: str
    key: NaturalKey | None


def without_broken(session: Session, grid: Grid, rows: Sequence[Row]) -> list[Row]:
    """Leave out rows with merged cells, formulas without a result, or error values."""
    bad: dict[int, CellError] = {}
    places = grid.keys_at
    for (top, left), (bottom, right) in grid.raw.merged:
        if bottom >= grid.start and any(left <= at <= right for at in places):
            for number in range(max(top, grid.start), bottom + 1):
                key = places.get(left, next(iter(places.values())))
                bad.setdefault(number + 1, CellError("intake.cell.merged", key))
    for (at_row, at_column), kind in grid.raw.broken.items():
        if at_row >= grid.start and at_column in places:
            code = "intake.cell.formula" if kind == "formula" else "intake.cell.error_value"
            bad.setdefault(at_row + 1, CellError(code, places[at_column]))
    if not bad:
        return list(rows)
    by_number = {row.number: row for row in rows}
    for number, trouble in sorted(bad.items()):
        row = by_number.get(number) or Row(number, {}, grid.letters)
        reject(session, grid, row, trouble)
    return [row for row in rows if row.number not in bad]


def identify(session: Session, grid: Grid, rows: Sequence[Row]) -> list[Entry]:
    """The record of each row, by its id or by its natural key; rows without either are rejected."""
    found: list[Entry] = []
    made: dict[NaturalKey, str] = {}
    taken = set(session.draft.records(grid.spec.collection))
    exact = _exact_cells(session, rows)
    for row in rows:
        try:
            if row.trouble is not None:
                raise row.trouble
            _take_exact(session, grid, row, exact)
            if _is_example(session, grid, row):
                continue
            found.append(_entry(session, grid.spec, row, made, taken))
        except CellError as trouble:
            reject(session, grid, row, trouble)
    return found


def _exact_cells(session: Session, rows: Sequence[Row]) -> list[str]:
    """The hidden cells of a sheet, long ones put together from their parts."""
    for row in rows:
        if isinstance(row.raw.get(EXACT), str):
            row.raw[EXACT] = session.overflow.get(str(row.raw[EXACT]), row.raw[EXACT])
    return [str(row.raw[EXACT]) for row in rows if EXACT in row.raw]


def _take_exact(session: Session, grid: Grid, row: Row, exact: Sequence[str]) -> None:
    """Take the hidden cell that belongs to a row, wherever a sort of the visible columns left it."""
    if take_exact(grid.spec, row):
        return
    own = bound(grid.spec, row.raw)
    for text in exact:
        if bound_to(text) == own:
            row.raw[EXACT] = text
            take_exact(grid.spec, row)
            return
    note(session, grid, row, Note("intake.row.exact_moved", Severity.WARNING, "id"))


def _is_example(session: Session, grid: Grid, row: Row) -> bool:
    first = next(iter(grid.places), "")
    raw = row.raw.get(first)
    column = plan(grid.spec.key).columns.get(first)
    if (
        (column is not None and column.head in row.held)
        or not isinstance(raw, str)
        or not raw.strip().startswith("#")
    ):
        return False
    where, arguments = Where(session.file, grid.raw.name, row.address(first)), {"typed": text_of(raw)[:60]}
    if not text_of(raw).casefold().startswith(EXAMPLE_MARKS):
        session.issues.append(Issue("intake.row.comment", Severity.INFO, where, arguments))
    elif not is_untouched(grid.spec.key, {key: text_of(cell) for key, cell in row.raw.items()}):
        session.issues.append(
            Issue("intake.row.example", Severity.WARNING, where, {"typed": text_of(raw)[:60]})
        )
    return True


def _entry(
    session: Session, spec: SheetSpec, row: Row, made: dict[NaturalKey, str], taken: set[str]
) -> Entry:
    look, draft = session.look, session.draft
    typed = row.raw.get("id")
    given = row.held.get("id") or ("" if typed is None or is_clear(typed) else text_of(typed))
    if given and spec.has_id:
        key = natural_of(spec, row, look) if spec.strict else None
        known = draft.records(spec.collection)
        if given not in known and "id" not in row.held and has_invisible(given):
            raise CellError("intake.row.id_invisible", "id", typed=given)
        if given in known and not holds(spec, known[given]):
            raise CellError("intake.row.id_taken", "id", typed=given)
        if spec.strict and key is not None:
            same = [i for i in (*draft.index(spec).get(key, ()), made.get(key, given)) if i != given]
            if same and (given not in known or natural_key(spec, known[given]) != key):
                raise CellError("intake.row.same_key", "id", typed=given, other=same[0])
        if key is not None:
            made.setdefault(key, given)
        taken.add(given)
        return Entry(row, given, key)
    if single := _single(session, spec, row):
        return Entry(row, single, None)
    key = natural_of(spec, row, look)
    if key is None:
        missing = _first_missing(spec, row)
        raise CellError("intake.row.required_missing", missing, column=missing)
    if not spec.has_id:
        return Entry(row, key_text(key), key)
    there = draft.index(spec).get(key, ())
    if len(there) > 1:
        raise CellError("intake.row.key_ambiguous", "id", candidates=", ".join(there[:5]))
    if spec.key == "equipment" and not there and not row.raw.get("name"):
        raise CellError("intake.row.needs_name", "id")
    record_id = there[0] if there else made.get(key) or made_id(spec, key, taken)
    made[key] = record_id
    taken.add(record_id)
    return Entry(row, record_id, key)


def _single(session: Session, spec: SheetSpec, row: Row) -> str:
    """The record a field sheet without id or name speaks of: the programme, or the one park there is."""
    if spec.layout != "fields":
        return ""
    known = list(session.draft.records(spec.collection))
    named = any(key in row.raw for key in ("name_en", "name_vi"))
    return known[0] if len(known) == 1 and (spec.key == "programme" or not named) else ""


def _first_missing(spec: SheetSpec, row: Row) -> str:
    columns = plan(spec.key).columns
    for name in spec.natural:
        first, *others = name.split("|")
        if not any(key in row.raw for key in (first, *others)) and columns[first].required:
            return first
    return spec.natural[0].split("|")[0]


def without_doubles(session: Session, grid: Grid, entries: Sequence[Entry]) -> list[Entry]:
    """One row a record: repeats that say the same are dropped, those that differ are all rejected."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.record_id, []).append(entry)
    kept: list[Entry] = []
    for record_id, group in groups.items():
        first = group[0]
        if all(_content(entry.row) == _content(first.row) for entry in group[1:]):
            kept.append(first)
            for entry in group[1:]:
                where = Where(session.file, grid.raw.name, entry.row.address("id"), record_id)
                arguments: dict[str, str | float | int] = {"record": record_id, "first": first.row.number}
                session.issues.append(Issue("intake.row.repeated", Severity.INFO, where, arguments))
            continue
        for entry in group:
            other = group[1] if entry is first else first
            trouble = CellError("intake.row.duplicate", "id", record=record_id, other=other.row.number)
            reject(session, grid, entry.row, trouble, record_id)
    return kept


def _content(row: Row) -> dict[str, object]:
    return {key: value for key, value in row.raw.items() if key != "id"} | dict(row.extras)
