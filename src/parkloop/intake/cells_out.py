"""Records to the cells of a sheet, with what columns cannot hold kept exactly beside them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from parkloop.intake.cell import date_cell, is_clear, text_of, write_cell
from parkloop.intake.draft import holds, key_text, natural_key
from parkloop.intake.look import Look
from parkloop.intake.plain import to_plain
from parkloop.intake.rows import EXACT, Read, Row, bound, build, plan, read_row, shown
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.sheets import PermitLimit
from parkloop.intake.trouble import CellError
from parkloop.intake.words import has_invisible
from parkloop.model import Ledger

_ELSEWHERE = {("permits", "limits")}
_CELL_LENGTH = 32_000  # a cell holds 32,767 UTF-16 units; letters beyond the basic plane take two
_LABEL_LENGTH = 200
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class OutRow:
    """One record as cells by column key; `sides` stand beside a field, `extras` in columns of their own."""

    cells: dict[str, object]
    extras: Mapping[str, str] = field(default_factory=dict)
    sides: dict[tuple[str, str], object] = field(default_factory=dict)


def records_of(ledger: Ledger, spec: SheetSpec) -> list[Any]:
    """The records a sheet shows, in the order of the ledger."""
    if spec.key == "programme":
        return [ledger.programme]
    if spec.key == "limits":
        return [PermitLimit.of(permit.id, limit) for permit in ledger.permits for limit in permit.limits]
    return [record for record in getattr(ledger, spec.collection) if holds(spec, record)]


def out_rows(ledger: Ledger, spec: SheetSpec, look: Look, lang: str) -> list[OutRow]:
    """The rows of a sheet; reading them back gives the same records."""
    mixed = _positions(ledger) if spec.collection == "solutions" else {}
    found: list[OutRow] = []
    for record in records_of(ledger, spec):
        record_id = record.id if spec.has_id else key_text(natural_key(spec, record))
        row = _row(spec, record, look, lang)
        exact = _inexact(spec, record, row, look)
        if loose := _take_extras(row, ledger.extras.get(f"{spec.kind}/{record_id}", {})):
            exact["+"] = ["", loose]
        if record_id in mixed:
            exact["#"] = ["", mixed[record_id]]
        if exact:
            row.cells[EXACT] = json.dumps({"@": [bound(spec, row.cells), None], **exact})
        found.append(row)
    return found


def _positions(ledger: Ledger) -> dict[str, int]:
    """Where each solution stands, when measures and exchanges are mixed in the ledger's list."""
    kinds = [solution.exchange is not None for solution in ledger.solutions]
    if kinds == sorted(kinds):
        return {}
    return {solution.id: at for at, solution in enumerate(ledger.solutions)}


def _row(spec: SheetSpec, record: Any, look: Look, lang: str) -> OutRow:
    layout = plan(spec.key)
    row = OutRow({})
    for column in spec.columns:
        if column.key in layout.codec_of or column.type == "derived":
            continue
        value = printable(write_cell(column, _at(record, column.path), look, lang))
        if value is not None:
            row.cells[column.key] = value
    for codec in spec.codecs:
        for key, value in codec.write(record, look, lang).items():
            clean = printable(value)
            if clean is None:
                continue
            name, _, side = key.partition("/")
            if side:
                row.sides[name, side] = clean
            else:
                row.cells[name] = clean
    return row


def _at(record: Any, path: str) -> Any:
    """The value at a path; None where a part on the way is missing."""
    for name in path.split("."):
        if record is None:
            return None
        record = record.get(name) if isinstance(record, Mapping) else getattr(record, name)
    return record


def printable(value: object) -> object:
    """A value as a cell can hold it: no control characters, not too long, numbers that exist."""
    if value is None:
        return None
    if isinstance(value, (date, datetime)):
        return date_cell(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
        return number if number == number and abs(number) < float("inf") else str(value)
    text = _UNPRINTABLE.sub(" ", str(value))[:_CELL_LENGTH]
    return text if text.strip() else None


def _inexact(spec: SheetSpec, record: Any, row: OutRow, look: Look) -> dict[str, Any]:
    """Fields that would not read back the same, with the cells they are bound to."""
    layout = plan(spec.key)
    again = _read_back(spec, row, look)
    found: dict[str, Any] = {}
    for item in fields(spec.record):
        name = item.name
        if (spec.key, name) in _ELSEWHERE:
            continue
        value = getattr(record, name)
        if again is None or not _same(value, getattr(again, name)) or _needs_currency(spec, record, name):
            was = [shown(row.cells.get(key)) for key in layout.keys_of.get(name, ())]
            found[name] = [was, to_plain(value)]
    return found


def _read_back(spec: SheetSpec, row: OutRow, look: Look) -> Any:
    raw = dict(row.cells)
    first = raw.get(spec.columns[0].key)
    if isinstance(first, str) and first.lstrip().startswith("#"):
        return None  # the import would take it for a remark
    if spec.has_id and (not isinstance(first, str) or is_clear(first) or has_invisible(first)):
        return None
    line = Row(0, raw, {}, sides=dict(row.sides))
    try:
        read: Read = read_row(spec, line, None, look)
        if spec.has_id:
            read.values["id"] = text_of(first)
        return build(spec, read.values, look)[0]
    except (CellError, ValueError):
        return None


def _same(old: Any, new: Any) -> bool:
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def _needs_currency(spec: SheetSpec, record: Any, name: str) -> bool:
    """A sum the ledger holds without a currency must not be given one on the way back."""
    return any(
        name == money and getattr(record, money) is not None and not getattr(record, currency)
        for money, currency in spec.money
    )


def _take_extras(row: OutRow, extras: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the row its extra columns; what they cannot show as it is comes back, to be kept exactly."""
    shown_ones: dict[str, str] = {}
    loose: dict[str, list[str]] = {}
    for label, whole in extras.items():
        cell = printable(whole) if _fits_header(label) else None
        if cell is not None:
            shown_ones[label] = str(cell)
        if cell is None or text_of(cell) != whole:
            loose[label] = [shown(None if cell is None else text_of(cell)), whole]
    row.extras = shown_ones
    return loose


def _fits_header(label: str) -> bool:
    return len(label) <= _LABEL_LENGTH and printable(label) == label
