"""Workbooks for the tests, made the way people make them: by filling in headers and cells."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from parkloop.intake import write_template
from parkloop.intake.number import EN_STYLE, VI_STYLE
from parkloop.intake.sheets import sheets
from parkloop.model import Ledger, Park, Participant, Programme

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def ledger() -> Ledger:
    """A programme with one park and two participants."""
    return Ledger(
        Programme("PR", "Programme", "Chương trình"),
        parks=(Park("K-1", "PR", "Sample park", "Khu mẫu"),),
        participants=(Participant("P-1", "K-1", "Sao Mai"), Participant("P-2", "K-1", "Đông Tiến")),
    )


@pytest.fixture
def filled() -> Callable[..., bytes]:
    """A workbook as the template of a language has it: sheet key to rows of (column key to value).

    The hidden keys and headers of the sheets that are named, data from row 10 on, and the guide's number
    style; the whole template takes ten times as long to fill (`template_filled`).
    """

    def fill(lang: str = "en", **rows: Rows) -> bytes:
        book = openpyxl.Workbook()
        guide: Any = book.active
        guide.title = "Guide" if lang == "en" else "Hướng dẫn"
        guide.append(["guide.number_style", "", VI_STYLE if lang == "vi" else EN_STYLE])
        for key, lines in {"flows": (), **rows}.items():
            spec = sheets()[key]
            sheet = book.create_sheet(spec.name(lang))
            names = [*(column.key for column in spec.columns), "exact"]
            sheet.append([f"{key}.{name}" for name in names])
            sheet.append([column.label(lang) for column in spec.columns])
            write_lines(sheet, names, lines)
        return saved(book)

    return fill


@pytest.fixture
def template_filled() -> Callable[..., bytes]:
    """The real template of a language with rows filled in from row 10 on."""

    def fill(lang: str = "en", **rows: Rows) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(write_template(lang)))
        for key, lines in rows.items():
            sheet = sheet_of(book, key)
            write_lines(sheet, [str(cell.value).partition(".")[2] for cell in sheet[1]], lines)
        return saved(book)

    return fill


def write_lines(sheet: Any, names: Sequence[str], lines: Rows) -> None:
    """Put rows of (column key to value) into a sheet, the first into row 10."""
    for number, line in enumerate(lines, 10):
        for name, value in line.items():
            sheet.cell(number, names.index(name) + 1, value)


def sheet_of(book: Any, key: str) -> Any:
    """The sheet of an openpyxl workbook whose hidden keys begin with `key`."""
    for sheet in book.worksheets:
        if any(str(cell.value).startswith(f"{key}.") for cell in sheet[1] if cell.value):
            return sheet
    raise KeyError(key)


def saved(book: Any) -> bytes:
    """The bytes of an openpyxl workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def plain() -> Callable[..., bytes]:
    """A workbook somebody typed from scratch: sheet name to rows, the first row the headers."""

    def make(**sheets: Sequence[Sequence[Any]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        return saved(book)

    return make
