"""The dossier as a workbook: raw numbers to work on, headers in the languages asked for, no formulas."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from parkloop.model import Derivation, ParkResult, Range
from parkloop.reports.numbers import unit_text
from parkloop.reports.voice import Voice

_WIDEST = 60
_NARROWEST = 8
_SAMPLED_ROWS = 200
_LONGEST_TEXT = 32_000  # a cell holds 32 767 characters

Value = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: key of its name, headers with their unit, rows of raw values."""

    key: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def headers(keys: Iterable[str], voices: Sequence[Voice]) -> tuple[str, ...]:
    """Column titles in all languages; `key|unit` puts the unit behind."""
    made = []
    for key in keys:
        name, _, unit = key.partition("|")
        said = " / ".join(dict.fromkeys(voice.say(f"column.{name}") for voice in voices))
        made.append(f"{said} [{unit_text(unit, voices[0].lang)}]" if unit else said)
    return tuple(made)


def ends(value: Range | None) -> tuple[Value, Value, Value]:
    """The three points of a range."""
    return (None, None, None) if value is None else (value.low, value.best, value.high)


def write_sheets(sheets: Iterable[Sheet], voice: Voice, title: str) -> bytes:
    """The sheets as an XLSX file; texts that look like formulas or links stay texts."""
    buffer = io.BytesIO()
    inert = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(buffer, inert)
    # a fixed date keeps the same data giving the same bytes
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F4F6F7"}
    )
    for sheet in sheets:
        page = book.add_worksheet(voice.say(f"sheet.{sheet.key}")[:31])
        page.freeze_panes(1, 1)
        for column, said in enumerate(sheet.headers):
            page.write_string(0, column, said, head)
            page.set_column(column, column, _width(sheet, column))
        for number, row in enumerate(sheet.rows, start=1):
            _write_row(page, number, row)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
    book.close()
    return buffer.getvalue()


def _write_row(page: "xlsxwriter.worksheet.Worksheet", number: int, row: tuple[Value, ...]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            page.write_boolean(number, column, value)
        elif isinstance(value, int | float):
            page.write_number(number, column, value)
        elif value:
            page.write_string(number, column, value[:_LONGEST_TEXT])


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column] or "")) for row in sheet.rows[:_SAMPLED_ROWS]), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 1, len(sheet.headers[column]) // 2 + 2))


def why_sheet(
    reasons: Mapping[str, Derivation], voices: Sequence[Voice], flat: Iterable[tuple[int, Derivation]]
) -> Sheet:
    """Every derivation as rows: level 0 is the figure, deeper levels what it was made of."""
    keys = (
        "level",
        "figure",
        "label",
        "value",
        "unit",
        "formula",
        "method",
        "source",
        "confidence",
        "source_class",
        "origin",
        "note",
    )
    rows = []
    for depth, item in flat:
        value = item.value if item.value is not None else ""
        rows.append(
            (
                depth,
                item.figure_id,
                f"{'    ' * depth}{item.label}",
                value,
                item.unit,
                item.formula,
                item.method,
                item.source,
                voices[0].code("confidence", item.confidence or ""),
                voices[0].code("source_class", item.source_class or ""),
                _origin(item),
                item.note,
            )
        )
    return Sheet("why", headers(keys, voices), tuple(rows))


def _origin(item: Derivation) -> str:
    origin = item.origin
    if origin is None:
        return ""
    place = f"{origin.sheet}!{origin.cell}" if origin.cell else origin.sheet
    return " · ".join(
        part for part in (origin.file, place, origin.who, origin.reference_id, origin.typed) if part
    )


def names(result: ParkResult, lang: str) -> Mapping[str, str]:
    """Participant id to name."""
    return {item.id: item.name for item in result.ledger.participants}
