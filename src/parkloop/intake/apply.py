"""The rows of one sheet laid over the draft: what changed, and where each value came from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from parkloop.intake.cell import typed_text
from parkloop.intake.grid import Grid
from parkloop.intake.identity import Entry, identify, without_broken, without_doubles
from parkloop.intake.plain import to_plain
from parkloop.intake.rows import Read, Row, build, plan, read_row, require
from parkloop.intake.session import Session, Taken, note, reject
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.trouble import CellError, Note
from parkloop.intake.words import closest
from parkloop.model import Change, ChangeKind, Origin, OriginKind, Severity

_SHOWN = 120
_WITH_UNIT = {"amount": "unit", "low": "unit", "high": "unit"}


def read_sheet(session: Session, grid: Grid, rows: Sequence[Row]) -> None:
    """Lay all rows of a sheet over the draft; a row with trouble is rejected whole and named."""
    good = without_broken(session, grid, rows)
    entries = identify(session, grid, good)
    for entry in without_doubles(session, grid, entries):
        try:
            _apply(session, grid, entry)
        except CellError as trouble:
            reject(session, grid, entry.row, trouble, entry.record_id)
        except ValueError as error:  # a record's own validity check
            refused = CellError("intake.row.refused", "", detail=str(error))
            reject(session, grid, entry.row, refused, entry.record_id)


def _apply(session: Session, grid: Grid, entry: Entry) -> None:
    spec, row, draft = grid.spec, entry.row, session.draft
    existing = draft.records(spec.collection).get(entry.record_id)
    if spec.key == "programme":
        existing = _programme(session, entry)
    if existing is None:
        require(spec, row)
    read = read_row(spec, row, existing, session.look)
    if spec.has_id:
        read.values["id"] = entry.record_id
    if existing is None:
        record, copied = build(spec, read.values, session.look)
        for name in copied:
            note(session, grid, row, Note("intake.row.name_copied", Severity.INFO, name, field=name))
        record = _with_currency(session, grid, row, record)
    else:
        changed = {n: v for n, v in read.values.items() if not _same(getattr(existing, n), v)}
        record = _with_currency(session, grid, row, replace(existing, **changed)) if changed else existing
    if spec.key == "limits" and record.permit_id not in draft.records("permits"):
        near = ", ".join(closest(record.permit_id, draft.records("permits"))) or "-"
        raise CellError("intake.party.unknown", "permit", typed=record.permit_id, candidates=near)
    _check_other_sheets(session, grid, entry, read, existing, record)
    for said in read.notes:
        note(session, grid, row, said)
    _keep(session, grid, entry, record, existing, read)


def _check_other_sheets(
    session: Session, grid: Grid, entry: Entry, read: Read, existing: Any, record: Any
) -> None:
    """A second sheet of the file may add to a record, and not say otherwise what the first one said."""
    name, sheet = (grid.spec.collection, entry.record_id), grid.raw.name
    before = session.taken.setdefault(name, Taken(sheet, entry.row.number))
    if existing is not None and before.sheet != sheet:
        other = {n for n in before.fields if not _same(getattr(existing, n), getattr(record, n))}
        if other:
            place = f"{before.sheet}!{before.row}"
            raise CellError("intake.row.duplicate", "id", record=entry.record_id, other=place)
    before.fields.update(read.values)


def _programme(session: Session, entry: Entry) -> Any:
    records = session.draft.records("programme")
    current = next(iter(records.values()))
    if entry.record_id == current.id:
        return current
    if not session.draft.is_empty:
        raise CellError("intake.programme.other", "id", typed=entry.record_id, known=current.id)
    return None


def _same(old: Any, new: Any) -> bool:
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def _with_currency(session: Session, grid: Grid, row: Row, record: Any) -> Any:
    """A sum without a currency is in the programme's; the reader is told."""
    for money, currency in grid.spec.money:
        if getattr(record, money) is not None and not getattr(record, currency) and money not in row.held:
            key = next(c.key for c in grid.spec.columns if c.path == money)
            taken = session.look.currency
            note(
                session, grid, row, Note("intake.money.currency_taken", Severity.WARNING, key, currency=taken)
            )
            record = replace(record, **{currency: session.look.currency})
    return record


def _keep(session: Session, grid: Grid, entry: Entry, record: Any, existing: Any, read: Read) -> None:
    spec, draft, record_id = grid.spec, session.draft, entry.record_id
    fresh = _extras(session, grid, entry)
    if existing is None:
        _change(session, grid, entry.row, Change(ChangeKind.ADDED, spec.kind, record_id))
        _origins(session, grid, entry, read.figures)
        if entry.row.position is not None:
            draft.positions[record_id] = entry.row.position
        if spec.key == "programme":
            draft.records(spec.collection).clear()
        draft.put(spec, record_id, record)
    elif record is not existing:
        _field_changes(session, grid, entry, existing, record, read)
        draft.put(spec, record_id, record)
    elif not fresh:
        _change(session, grid, entry.row, Change(ChangeKind.UNCHANGED, spec.kind, record_id))
    _introduce(session, spec, record_id, record)


def _introduce(session: Session, spec: SheetSpec, record_id: str, record: Any) -> None:
    if spec.key == "parks":
        session.look.introduce("parks", record_id, record.name_en, record.name_vi)
    elif spec.key == "participants":
        session.look.introduce("participants", record_id, record.name)
    elif spec.key == "visits":
        session.look.introduce("visits", record_id)
    elif spec.key == "programme":
        session.look.programme_id, session.look.currency = record.id, record.currency


def _change(session: Session, grid: Grid, row: Row, change: Change, key: str = "id") -> None:
    session.changes.append(replace(change, file=session.file, sheet=grid.raw.name, cell=row.address(key)))


def _field_changes(
    session: Session, grid: Grid, entry: Entry, existing: Any, record: Any, read: Read
) -> None:
    """One line of the difference table for each field, and the origin of each changed value."""
    spec = grid.spec
    by_field: dict[str, list[tuple[str, str]]] = {}
    layout = plan(spec.key)
    for figure, key in read.figures.items():
        column = layout.columns.get(key)
        heads = layout.codec_of[key].fields if key in layout.codec_of else (column.head,) if column else ()
        for head in heads:
            by_field.setdefault(head, []).append((figure, key))
    for name in read.values:
        old, new = getattr(existing, name), getattr(record, name)
        if _same(old, new):
            continue
        candidates = by_field.get(name, [])
        pairs = [
            (figure, key)
            for figure, key in candidates
            if not _same(figure_value(existing, name, figure), figure_value(record, name, figure))
        ] or candidates
        key = pairs[0][1] if pairs else next(iter(layout.keys_of.get(name, ("id",))))
        change = Change(ChangeKind.CHANGED, spec.kind, entry.record_id, name, show(old), show(new))
        _change(session, grid, entry.row, change, key)
        _origins(session, grid, entry, dict(pairs))


def figure_value(record: Any, name: str, figure: str) -> Any:
    """The part of field `name` that a figure names: an entry of a mapping, items of a list, a sub-field."""
    value = getattr(record, name)
    if name == "properties":
        return value.get(figure)
    rest = figure.removeprefix(name).lstrip("./")
    if not rest:
        return value
    if isinstance(value, tuple):
        return [item for item in value if rest in _marks(item)]
    for part in rest.split("."):
        value = getattr(value, part, None)
    return value


def _marks(item: Any) -> tuple[Any, ...]:
    return tuple(getattr(item, name, None) for name in ("resource_id", "kind", "land_class"))


def _origins(session: Session, grid: Grid, entry: Entry, figures: Mapping[str, str]) -> None:
    spec, row, sheet = grid.spec, entry.row, grid.raw.name
    start = f"{spec.kind}/{entry.record_id}/"
    origins, file, file_hash, raw = session.draft.origins, session.file, session.file_hash, row.raw
    for figure, key in figures.items():
        typed = typed_text(raw[key]) if key in raw else ""
        unit_key = _WITH_UNIT.get(key) or (f"unit_{key[-1]}" if key.startswith("saving_") else "")
        if unit_key and unit_key in raw:
            typed = f"{typed} {typed_text(raw[unit_key])}".strip()
        origins[start + figure] = Origin(
            OriginKind.CELL, file, file_hash, sheet, row.address(key), typed=typed
        )


def _extras(session: Session, grid: Grid, entry: Entry) -> bool:
    """Keep the columns nobody knows; True when they changed."""
    if not entry.row.extras:
        return False
    name = f"{grid.spec.kind}/{entry.record_id}"
    old = session.draft.extras.get(name, {})
    new = {**old, **entry.row.extras}
    if new == old:
        return False
    session.draft.extras[name] = new
    if entry.record_id in session.draft.records(grid.spec.collection):
        for label, text in entry.row.extras.items():
            if old.get(label) != text:
                change = Change(
                    ChangeKind.CHANGED,
                    grid.spec.kind,
                    entry.record_id,
                    f"extra:{label}",
                    old.get(label, ""),
                    text,
                )
                _change(session, grid, entry.row, change)
    return True


def show(value: Any) -> str:
    """A value as a difference table shows it."""
    if value is None or value == "" or value == ():
        return ""
    if hasattr(value, "typed_value"):
        number = value.value if value.typed_value is None else value.typed_value
        return f"{typed_text(float(number))} {value.typed_unit or value.unit}"
    if hasattr(value, "code") and hasattr(value, "start"):
        return str(value.code)
    plain = to_plain(value)
    if isinstance(plain, (str, int, float, bool)):
        return typed_text(plain)[:_SHOWN]
    return str(plain)[:_SHOWN]
