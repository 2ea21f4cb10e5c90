"""Users' own files as raw sheets: workbooks as they are, text tables as one sheet."""

import csv
import io
from pathlib import PurePath

from parkloop.intake.container import Limits, RawSheet, open_workbook
from parkloop.intake.delimited import TextTroubleError, decode, delimiter_of
from parkloop.intake.mapping import TableMapping
from parkloop.model import Issue, Severity, Where

_LIMITS = Limits()
_OLE = b"\xd0\xcf\x11\xe0"


def open_sheets(
    content: bytes, file: str, table: TableMapping
) -> tuple[tuple[RawSheet, ...], str, Issue | None]:
    """The sheets of a file, the delimiter of a text file, or the one blocking issue why it is not read.

    Parameters
    ----------
    table
        May name the encoding and delimiter of a text file.
    """
    if not content.strip():
        return (), "", Issue("intake.file.empty", Severity.BLOCKING, Where(file), {"file": file})
    if content.startswith((b"PK", _OLE)):
        sheets, issue = open_workbook(content, file, _LIMITS)
        return sheets, "", issue
    try:
        text = decode(content, table.encoding)
        mark = table.delimiter or delimiter_of(text)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        rows: list[list[object]] = [list(row) for row in lines]
    except (TextTroubleError, csv.Error, TypeError) as trouble:
        detail = trouble.detail if isinstance(trouble, TextTroubleError) else str(trouble)
        arguments = {"file": file, "detail": detail}
        return (), "", Issue("intake.mapped.unreadable", Severity.BLOCKING, Where(file), arguments)
    return (RawSheet(PurePath(file).stem, rows),), mark, None
