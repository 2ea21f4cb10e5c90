"""The file as a container: what must be true of its bytes before anything in it is read."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.etree.ElementTree import ParseError

import python_calamine
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from parkloop.model import Issue, Severity, Where

Span = tuple[tuple[int, int], tuple[int, int]]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COLUMN = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]+)")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)(\d+)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"<(?:\w+:)?c\s[^>]*\bt\s*=\s*[\"']e[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>[^<]+<")
_EMPTY_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"'].*<(?:\w+:)?v", re.DOTALL)
_CELL_END = re.compile(rb"</(?:\w+:)?c\s*>")
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
# A number this large is no day: the reader would end the process over it in a cell formatted as a date.
_NO_DAY = re.compile(rb"<(?:\w+:)?v[^>]*>\s*[+-]?(?:\d{12,}|[\d.]+[eE]\+?\d{2,}|inf)", re.IGNORECASE)
_STYLE = re.compile(rb"\ss\s*=\s*[\"']\d+[\"']")
_LONGEST_CELL = 100_000  # bytes; a formula has at most 8192 letters
_TRIED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be: bytes packed and unpacked, packing ratio of a part, cells in all."""

    file_bytes: int = 60_000_000
    unpacked_bytes: int = 400_000_000
    packing_ratio: float = 200.0
    cells: int = 20_000_000


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands in the file.

    `rows` start at cell A1; `merged` are inclusive spans of (row, column) counted from 0; `broken` maps such
    a place to `formula` (no result kept) or `error` (#DIV/0! and the like).
    """

    name: str
    rows: list[list[object]]
    merged: tuple[Span, ...] = ()
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


class _RefusedError(Exception):
    """The file is not read; `code` and `arguments` say why."""

    def __init__(self, code: str, **arguments: str | float | int) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


def open_workbook(data: bytes, file: str, limits: Limits) -> tuple[tuple[RawSheet, ...], Issue | None]:
    """The sheets of a workbook, or the one blocking issue why it is not read.

    Parameters
    ----------
    data, file
        Content and name of the file.
    limits
        Sizes beyond which it is refused before it is unpacked.
    """
    try:
        return _sheets(data, limits), None
    except _RefusedError as refused:
        arguments = {"file": file, **refused.arguments}
        return (), Issue(refused.code, Severity.BLOCKING, Where(file=file), arguments)


def _sheets(data: bytes, limits: Limits) -> tuple[RawSheet, ...]:
    if len(data) > limits.file_bytes:
        raise _RefusedError(
            "intake.file.too_large",
            size_mb=round(len(data) / 1e6, 1),
            limit_mb=round(limits.file_bytes / 1e6, 1),
        )
    _check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, limits)
            scan = _scan_parts(archive, limits)
            source = _repacked(archive, scan.tamed) if scan.tamed else io.BytesIO(data)
    except _TRIED as error:
        raise _RefusedError("intake.file.damaged", detail=type(error).__name__) from error
    try:
        with python_calamine.load_workbook(source) as book:
            return tuple(_raw(book, name, broken) for name, broken in scan.broken.items())
    except python_calamine.PasswordError as error:
        raise _RefusedError("intake.file.password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _RefusedError("intake.file.damaged", detail=type(error).__name__) from error
    except BaseException as error:  # a panic of the reader, which is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _RefusedError("intake.file.damaged", detail="PanicException") from error


def _check_kind(data: bytes) -> None:
    if not data:
        raise _RefusedError("intake.file.empty")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _RefusedError("intake.file.password")
        raise _RefusedError("intake.file.old_format")
    if not data.startswith(b"PK"):
        raise _RefusedError("intake.file.not_workbook")


def _check_size(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise _RefusedError("intake.file.password")
    names = {member.filename for member in members}
    if "xl/workbook.bin" in names:
        raise _RefusedError("intake.file.old_format")
    if "xl/workbook.xml" not in names:
        raise _RefusedError("intake.file.not_workbook")
    total = sum(member.file_size for member in members)
    ratio = max(
        (m.file_size / max(m.compress_size, 1) for m in members if m.file_size > 1_000_000), default=1.0
    )
    if total > limits.unpacked_bytes or ratio > limits.packing_ratio:
        raise _RefusedError("intake.file.bomb", size_mb=round(total / 1e6, 1), ratio=round(ratio))


@dataclass(slots=True)
class _Scan:
    """Sheet names in order, each with its broken cells; parts to be read instead of those of the file."""

    broken: dict[str, dict[tuple[int, int], str]]
    tamed: dict[str, bytes] = field(default_factory=dict)


def _scan_parts(archive: zipfile.ZipFile, limits: Limits) -> _Scan:
    """Look at every part; refuses entities and impossible extents."""
    parts = _sheet_parts(archive)
    scan = _Scan({name: {} for name in parts})
    by_part = {part.casefold(): name for name, part in parts.items()}
    cells = 0
    for member in archive.infolist():
        content = _content(archive, member)
        is_sheet = bool(_SHEET_DATA.search(content))  # whatever its part is called
        if not is_sheet and not member.filename.endswith((".xml", ".rels")):
            continue
        if b"\x00" in content[:200] or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _RefusedError("intake.file.unsafe_xml", part=member.filename)
        if is_sheet:
            name = by_part.get(member.filename.casefold(), "")
            cells += _check_extent(content, name or member.filename, limits.cells - cells)
            if name:
                scan.broken[name] = _broken(content)
            if (tamed := _tamed(content)) is not None:
                scan.tamed[member.filename] = tamed
    return scan


def _tamed(content: bytes) -> bytes | None:
    """A sheet without the formats of cells whose number is no day; None when it has no such cell."""
    pieces: list[bytes] = []
    done = 0
    for found in _NO_DAY.finditer(content):
        start = _cell_start(content, found.start() + 1)
        end = content.find(b">", start)
        head = content[start:end]
        if start >= done and (bare := _STYLE.sub(b"", head)) != head:
            pieces += [content[done:start], bare]
            done = end
    return b"".join([*pieces, content[done:]]) if pieces else None


def _repacked(archive: zipfile.ZipFile, tamed: Mapping[str, bytes]) -> io.BytesIO:
    """The archive with some of its parts in another wording."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, member in {member.filename: member for member in archive.infolist()}.items():
            target.writestr(name, tamed[name] if name in tamed else archive.read(member))
    buffer.seek(0)
    return buffer


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What a part unpacks to; refused when that is more than the directory of the archive says."""
    asked = copy(member)
    asked.file_size += 1  # or the reader would stop at the size it was told
    with archive.open(asked) as part:
        content = part.read()
    if len(content) > member.file_size:
        raise _RefusedError("intake.file.false_size", part=member.filename)
    return content


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part that holds it, worksheets only."""
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except DefusedXmlException as error:
        raise _RefusedError("intake.file.unsafe_xml", part="xl/workbook.xml") from error
    except (ParseError, KeyError) as error:
        raise _RefusedError("intake.file.damaged", detail=type(error).__name__) from error
    targets = {
        item.get("Id", ""): normpath(join("/xl", item.get("Target", ""))).lstrip("/")
        for item in relations
        if item.get("Type", "").endswith("/worksheet")
    }
    parts: dict[str, str] = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            if link in targets:
                parts[element.get("name", "")] = targets[link]
    return parts


def _check_extent(content: bytes, name: str, left: int) -> int:
    """The cells a sheet spans; a lone one at the far corner would make a dense table of billions of cells."""
    rows = max((int(number) for number in _ROW.findall(content)), default=0)
    columns = max((_column_number(letters) for letters in set(_COLUMN.findall(content))), default=0)
    if rows * columns > left:
        raise _RefusedError("intake.file.too_many_cells", sheet=name, rows=rows, columns=columns)
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


def _broken(content: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for cell in _cells_around(content, _FORMULA):
        if not _VALUE.search(cell) and not _EMPTY_TEXT.search(cell):
            _note_place(cell, "formula", found)
    for cell in _cells_around(content, _ERROR):
        _note_place(cell, "error", found)
    return found


def _cells_around(content: bytes, mark: re.Pattern[bytes]) -> Iterator[bytes]:
    """The text of each cell that `mark` occurs in; cheap when there are few."""
    for found in mark.finditer(content):
        start = _cell_start(content, found.end())
        end = _CELL_END.search(content, found.end())
        if start >= 0 and end:
            yield content[start : end.start()]


def _cell_start(content: bytes, end: int) -> int:
    """Where the cell begins that `end` lies in, with or without a prefix; -1 when there is none."""
    first, found = max(0, end - _LONGEST_CELL), -1
    for mark in (b"<c", b":c"):
        at = end
        while (at := content.rfind(mark, first, at)) >= 0:
            if content[at + 2 : at + 3].isspace() or content[at + 2 : at + 3] == b">":
                found = max(found, at)
                break
    return found


def _note_place(cell: bytes, kind: str, found: dict[tuple[int, int], str]) -> None:
    if place := _REFERENCE.search(cell):
        found[int(place[2]) - 1, _column_number(place[1]) - 1] = kind


def _raw(
    book: python_calamine.CalamineWorkbook, name: str, broken: Mapping[tuple[int, int], str]
) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    return RawSheet(name, rows, tuple(sheet.merged_cell_ranges or ()), broken)
