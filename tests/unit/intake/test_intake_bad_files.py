"""Files that are not what they seem: one sentence with a mend, and the ledger as it was."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from parkloop import intake, texts
from parkloop.model import Intake, Ledger, Severity

Filled = Callable[..., bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(found: Intake, ledger: Ledger, code: str) -> None:
    assert found.ledger is ledger
    assert found.changes == ()
    (issue,) = found.issues
    assert (issue.code, issue.severity) == (code, Severity.BLOCKING)
    assert found.blocked
    for lang in texts.LANGUAGES:
        assert texts.message(issue.code, lang, issue.arguments)
        assert texts.mend(issue.code, lang, issue.arguments)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "intake.file.empty"),
        (b"id;name\n1;2\n", "intake.file.not_workbook"),
        (b"%PDF-1.7 ...", "intake.file.not_workbook"),
        (OLE + b"\0" * 600, "intake.file.old_format"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "intake.file.password"),
        (b"PK\x03\x04 cut off", "intake.file.damaged"),
        (zipped({"word/document.xml": b"<w/>"}), "intake.file.not_workbook"),
        (zipped({"xl/workbook.bin": b"\0"}), "intake.file.old_format"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "intake.file.damaged"),
    ],
)
def test_file_when_not_a_workbook_then_refused(data: bytes, code: str, ledger: Ledger) -> None:
    refused(intake.read_workbook(data, "a.xlsx", ledger), ledger, code)


def test_file_when_larger_than_the_limit_then_refused_before_it_is_unpacked(ledger: Ledger) -> None:
    limits = intake.Limits(file_bytes=1_000)
    refused(
        intake.read_workbook(b"PK" + b"\0" * 2_000, "a.xlsx", ledger, limits=limits),
        ledger,
        "intake.file.too_large",
    )


def test_file_when_200_mb_then_the_message_names_size_and_limit(ledger: Ledger) -> None:
    found = intake.read_workbook(b"PK" + b"\0" * 200_000_000, "a.xlsx", ledger)
    assert found.issues[0].arguments["size_mb"] == 200.0
    assert found.issues[0].arguments["limit_mb"] == 60.0


def test_file_when_it_unpacks_to_a_multiple_then_refused(filled: Filled, ledger: Ledger) -> None:
    parts = unzipped(filled())
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>"
    refused(intake.read_workbook(zipped(parts), "a.xlsx", ledger), ledger, "intake.file.bomb")


def test_file_when_its_parts_lie_about_their_size_then_refused(filled: Filled, ledger: Ledger) -> None:
    data = bytearray(filled())
    at = data.rfind(b"PK\x01\x02")  # the last entry of the central directory: size unpacked at offset 24
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    refused(intake.read_workbook(bytes(data), "a.xlsx", ledger), ledger, "intake.file.damaged")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_file_when_an_entity_is_declared_then_refused(filled: Filled, ledger: Ledger, part: str) -> None:
    parts = unzipped(filled())
    body = parts[part].partition(b"?>")[2] or parts[part]
    parts[part] = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + body
    refused(intake.read_workbook(zipped(parts), "a.xlsx", ledger), ledger, "intake.file.unsafe_xml")


def test_file_when_utf_16_hides_an_entity_then_refused(filled: Filled, ledger: Ledger) -> None:
    parts = unzipped(filled())
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><sst/>'
    parts["xl/sharedStrings.xml"] = text.encode("utf-16")
    refused(intake.read_workbook(zipped(parts), "a.xlsx", ledger), ledger, "intake.file.unsafe_xml")


def test_file_when_a_stray_cell_lies_in_the_far_corner_then_refused(
    plain: Callable[..., bytes], ledger: Ledger
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Flows"
    sheet["A1"], sheet["XFD1048576"] = "id", "stray"
    buffer = io.BytesIO()
    book.save(buffer)
    refused(intake.read_workbook(buffer.getvalue(), "a.xlsx", ledger), ledger, "intake.file.too_many_cells")


def test_file_when_no_sheet_is_ours_then_refused(plain: Callable[..., bytes], ledger: Ledger) -> None:
    data = plain(Budget=[["a", "b"], [1, 2]])
    refused(intake.read_workbook(data, "a.xlsx", ledger), ledger, "intake.file.no_sheet")


def test_file_when_bytes_are_flipped_then_never_a_crash(filled: Filled, ledger: Ledger) -> None:
    data = filled("en", flows=[{"id": "F-1", "participant": "P-1"}])
    for at in range(0, len(data), max(1, len(data) // 60)):
        broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        found = intake.read_workbook(broken, "a.xlsx", ledger)
        assert isinstance(found, Intake)
