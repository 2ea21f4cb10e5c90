"""Workbooks for the tests, made the way people make them: by filling in headers and cells."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from parkloop.intake import write_template
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
    """Fill the template of a language: sheet key to rows of (column key to value)."""

    def fill(lang: str = "en", **sheets: Rows) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(write_template(lang)))
        for key, rows in sheets.items():
            sheet = sheet_of(book, key)
            at = {str(cell.value).partition(".")[2]: cell.column for cell in sheet[1] if cell.value}
            for number, row in enumerate(rows, 10):
                for name, value in row.items():
                    sheet.cell(number, at[name], value)
        return saved(book)

    return fill


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
