"""Workbooks that were damaged on the way: no exception, and no record changes that nobody touched."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from parkloop import intake
from parkloop.model import (
    Amount,
    ChangeKind,
    CheckItem,
    Direction,
    Flow,
    Geometry,
    Intake,
    Ledger,
    Park,
    Period,
    Price,
    Programme,
    Severity,
    Solution,
    Visit,
)

Filled = Callable[..., bytes]
Plain = Callable[..., bytes]
Edit = Callable[[Any], None]
FLOW: dict[str, Any] = {
    "id": "F-1", "participant": "P-1", "direction": "in", "resource": "diesel", "amount": 10, "unit": "t",
    "period": 2025,
}  # fmt: skip
BILL: dict[str, Any] = {"participant": "P-1", "resource": "electricity", "unit": "kWh"}


def edited(data: bytes, change: Edit) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def errors(found: Intake) -> list[tuple[str, str, str]]:
    grave = (Severity.ERROR, Severity.BLOCKING)
    return [(i.code, i.where.sheet, i.where.cell) for i in found.issues if i.severity in grave]


def warnings(found: Intake) -> list[str]:
    return [i.code for i in found.issues if i.severity is Severity.WARNING]


def empty() -> Ledger:
    return Ledger(Programme("P1", "Programme", "Chương trình"))


def row_of(sheet: Any, key: str) -> int:
    """The row of a field sheet whose hidden key is `key`."""
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == key)


def test_programme_when_its_row_is_wrong_then_named_and_the_one_before_stays(ledger: Ledger) -> None:
    def change(book: Any) -> None:
        book["Programme"].cell(row_of(book["Programme"], "baseline_year"), 3, "soon")

    found = intake.read_workbook(edited(intake.write_workbook(ledger, "en"), change), "a.xlsx", empty())
    assert ("intake.date.not_year", "Programme", "C8") in errors(found)
    assert found.ledger.programme == empty().programme


def test_field_when_given_twice_differently_then_refused_and_named(ledger: Ledger) -> None:
    def change(book: Any) -> None:
        sheet = book["Park"]
        last = sheet.max_row + 1
        for column, value in ((1, "address"), (2, "Address"), (3, "elsewhere"), (8, "K-1")):
            sheet.cell(last, column, value)
        sheet.cell(row_of(sheet, "address"), 3, "here")

    found = intake.read_workbook(edited(intake.write_workbook(ledger, "en"), change), "a.xlsx", ledger)
    assert [code for code, *_ in errors(found)] == ["intake.field.twice"]
    assert found.ledger == ledger


def test_field_when_nobody_knows_it_then_said_and_kept(ledger: Ledger) -> None:
    def change(book: Any) -> None:
        sheet = book["Park"]
        row = row_of(sheet, "receiving_water")
        for column, value in ((1, None), (2, "Receiving watr"), (3, "Dong Nai river")):
            sheet.cell(row, column).value = value

    found = intake.read_workbook(edited(intake.write_workbook(ledger, "en"), change), "a.xlsx", ledger)
    assert found.ledger.extras["park/K-1"] == {"Receiving watr": "Dong Nai river"}
    assert [i.code for i in found.issues] == ["intake.column.unknown_near"]


def test_months_when_a_bill_stands_twice_then_refused_and_named(filled: Filled, ledger: Ledger) -> None:
    def change(book: Any) -> None:
        sheet = book["Bills by month"]
        sheet.cell(2, 30, "2025-01")
        sheet.cell(10, 30, 100)
        sheet.cell(11, 30, 300)

    data = edited(filled("en", bill_months=[BILL, BILL]), change)
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert [code for code, *_ in errors(found)] == ["intake.row.duplicate"]
    assert found.ledger.bills == ()


def test_months_when_a_header_is_no_month_then_named(filled: Filled, ledger: Ledger) -> None:
    def change(book: Any) -> None:
        sheet = book["Bills by month"]
        sheet.cell(2, 30, "2025-01")
        sheet.cell(2, 31, "Febuary")
        sheet.cell(10, 30, 100)
        sheet.cell(10, 31, 300)

    found = intake.read_workbook(edited(filled("en", bill_months=[BILL]), change), "a.xlsx", ledger)
    assert errors(found) == [("intake.column.not_month", "Bills by month", "AE2")]


def test_sheet_when_copied_with_other_values_then_refused_and_named(filled: Filled, ledger: Ledger) -> None:
    def change(book: Any) -> None:
        copy = book.copy_worksheet(book["Flows"])
        copy.cell(10, 6, 12)

    found = intake.read_workbook(edited(filled("en", flows=[FLOW]), change), "a.xlsx", ledger)
    assert [(code, sheet) for code, sheet, _ in errors(found)] == [("intake.row.duplicate", "Flows Copy")]
    assert [flow.amount.value for flow in found.ledger.flows] == [10.0]


def test_sheet_when_copied_as_it_is_then_taken_once(filled: Filled, ledger: Ledger) -> None:
    data = edited(filled("en", flows=[FLOW]), lambda book: book.copy_worksheet(book["Flows"]))
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert errors(found) == []
    assert len(found.ledger.flows) == 1


def test_sheet_when_renamed_without_keys_then_an_error_names_it(plain: Plain, ledger: Ledger) -> None:
    heads = list(FLOW)
    data = plain(Participants=[["name"], ["Sao Mai"]], **{"My numbers": [heads, list(FLOW.values())]})
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert ("intake.sheet.renamed", "My numbers", "") in errors(found)


def test_sheet_when_somebody_s_own_then_only_a_warning(plain: Plain, ledger: Ledger) -> None:
    rows = [["Name", "Phone"], ["An", "1"]]
    data = plain(Flows=[list(FLOW), list(FLOW.values())], Contacts=rows)
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert errors(found) == []
    assert warnings(found) == ["intake.sheet.unknown"]


def test_columns_when_only_those_that_change_then_an_update(plain: Plain, ledger: Ledger) -> None:
    flow = Flow("F-1", "P-1", Direction.IN, "diesel", Amount(10.0, "t", 10.0, "t"), Period.year(2025))
    found = intake.read_workbook(
        plain(Flows=[["id", "amount"], ["F-1", 12]]), "a.xlsx", replace(ledger, flows=(flow,))
    )
    assert errors(found) == []
    assert [item.amount.value for item in found.ledger.flows] == [12.0]


def test_column_when_all_but_spelt_as_ours_then_an_error(plain: Plain, ledger: Ledger) -> None:
    heads = [*FLOW, "Temprature"]
    found = intake.read_workbook(plain(Flows=[heads, [*FLOW.values(), 80]]), "a.xlsx", ledger)
    assert errors(found) == [("intake.column.unknown_near", "Flows", "H1")]


def test_visit_when_unknown_then_named_at_its_cell(ledger: Ledger) -> None:
    base = replace(
        ledger,
        visits=(Visit("V-1", "K-1", date(2025, 3, 4)),),
        check_items=(CheckItem("C-1", "V-1", "steam traps"),),
    )

    def change(book: Any) -> None:
        sheet = book["Checklist"]
        for row in sheet.iter_rows(min_row=4):
            if row[0].value == "C-1":
                row[1].value = "V-9"

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), change), "a.xlsx", base)
    assert errors(found) == [("intake.party.unknown", "Checklist", "B4")]
    assert found.ledger == base


@pytest.mark.parametrize("typed", ["NaN", "[1e400]", "[Infinity]", "[" * 30_000, '{"a":' * 6_000])
def test_json_when_no_store_could_keep_it_then_named(typed: str, ledger: Ledger) -> None:
    base = replace(ledger, geometries=(Geometry("G-1", "K-1", "lot", "Point", [106.8, 10.9]),))

    def change(book: Any) -> None:
        sheet = book["Geometry"]
        at = [cell.value for cell in sheet[1]].index("geometries.coordinates") + 1
        sheet.cell(4, at, typed)

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), change), "a.xlsx", base)
    assert [code for code, *_ in errors(found)] == ["intake.cell.not_json"]
    assert found.ledger == base


@pytest.mark.parametrize(
    "exact",
    [
        "[" * 30_000,
        '{"label": [[""], 5]}',
        '{"note": [[""], {"a": 1}]}',
        '{"visibility": [[""], "everybody"]}',
        '{"price": [[""], "dear"]}',
        '{"price": [[""], NaN]}',
        '{"price": [[""], 1e400]}',
        '{"amount": [["10", "", "", "t", ""], null]}',
        '{"period": [["2025"], null]}',
        '{"+": ["", []]}',
        '{"#": ["", null]}',
        '{"#": ["", 1e400]}',
        "[]",
        "5",
        "{broken",
    ],
)
def test_hidden_cell_when_damaged_then_refused_and_named(exact: str, filled: Filled, ledger: Ledger) -> None:
    found = intake.read_workbook(filled("en", flows=[FLOW | {"exact": exact}]), "a.xlsx", ledger)
    assert [code for code, *_ in errors(found)] == ["intake.row.exact_damaged"]
    assert found.ledger == ledger


def solution(number: int) -> Solution:
    """A solution with an input that no column shows."""
    names = (f"One {number}", f"Một {number}")
    hidden = (f"m-{number}",)
    return Solution(f"S-{number}", "known", "measure", *names, ("P-1",), (), known=True, method_ids=hidden)


def test_rows_when_sorted_without_the_hidden_column_then_no_record_changes(ledger: Ledger) -> None:
    base = replace(ledger, solutions=(solution(1), solution(2)))

    def swap(book: Any) -> None:
        sheet = book["Solutions"]
        for cell, other in zip(sheet[4], sheet[5], strict=True):
            if not sheet.cell(1, cell.column).value.endswith(".exact"):
                cell.value, other.value = other.value, cell.value

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), swap), "a.xlsx", base)
    assert found.ledger == base
    assert found.issues == ()


def test_row_when_copied_under_another_id_then_told_that_hidden_values_stay_behind(ledger: Ledger) -> None:
    base = replace(ledger, solutions=(solution(1),))

    def copy(book: Any) -> None:
        sheet = book["Solutions"]
        for cell in sheet[4]:
            sheet.cell(5, cell.column).value = cell.value
        sheet.cell(5, 1).value = "S-9"

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), copy), "a.xlsx", base)
    assert found.ledger.solutions == (solution(1), replace(solution(1), id="S-9", method_ids=()))
    assert warnings(found) == ["intake.row.exact_moved"]


@pytest.mark.parametrize("typed", ["F\u200b-1", "\u200fF-1", "F-1\u202e", "F\u00ad-1"])
def test_id_when_it_holds_invisible_characters_then_refused(
    typed: str, filled: Filled, ledger: Ledger
) -> None:
    found = intake.read_workbook(filled("en", flows=[FLOW | {"id": typed}]), "a.xlsx", ledger)
    assert errors(found) == [("intake.row.id_invisible", "Flows", "A10")]


def test_hidden_extras_when_damaged_then_left_out(ledger: Ledger) -> None:
    for damaged in ("[]", '{"flow/F-1": 5}', '{"flow/F-1": [1]}', "[" * 30_000, "{"):
        book = openpyxl.load_workbook(io.BytesIO(intake.write_workbook(ledger, "en")))
        sheet = book.create_sheet("Overflow")
        sheet.append(["overflow.token"])
        sheet.append(["#extras", damaged])
        buffer = io.BytesIO()
        book.save(buffer)
        found = intake.read_workbook(buffer.getvalue(), "a.xlsx", ledger)
        assert found.ledger == ledger
        assert warnings(found) == ["intake.file.extras_damaged"]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_part(parts: dict[str, bytes]) -> str:
    return max(name for name in parts if name.startswith("xl/worksheets/sheet"))


@pytest.mark.parametrize("mark", ["'", '"', ' = "'])
def test_sheet_when_a_lone_cell_lies_far_out_then_refused_however_it_is_written(
    mark: str, filled: Filled, ledger: Ledger
) -> None:
    parts = parts_of(filled("en", flows=[FLOW]))
    name = sheet_part(parts)
    quote = mark[-1]
    equals = "" if "=" in mark else "="
    row, cell = f"r{equals}{mark}1048576{quote}", f"r{equals}{mark}XFD1048576{quote}"
    far = f"<row {row}><c {cell}><v>1</v></c></row></sheetData>"
    parts[name] = parts[name].replace(b"</sheetData>", far.encode())
    found = intake.read_workbook(zipped(parts), "a.xlsx", ledger)
    assert errors(found) == [("intake.file.too_many_cells", "", "")]


def test_sheet_when_its_part_is_named_oddly_then_looked_at_all_the_same(
    filled: Filled, ledger: Ledger
) -> None:
    parts = parts_of(filled("en", flows=[FLOW]))
    name = sheet_part(parts)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    odd = name.replace(".xml", ".dat")
    parts[odd] = parts.pop(name).replace(b"</sheetData>", far)
    for book in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[book] = parts[book].replace(name.removeprefix("xl/").encode(), odd.removeprefix("xl/").encode())
    found = intake.read_workbook(zipped(parts), "a.xlsx", ledger)
    assert errors(found) == [("intake.file.too_many_cells", "", "")]


@pytest.mark.parametrize(
    ("checked", "code"), [(1000, "intake.file.damaged"), (1001, "intake.file.false_size")]
)
def test_file_when_a_part_is_larger_than_it_says_then_refused(
    checked: int, code: str, filled: Filled, ledger: Ledger
) -> None:
    parts = parts_of(filled("en", flows=[FLOW]))
    small = 1000
    huge = b"<sst><si><t>" + b"x" * 5_000_000
    parts["xl/sharedStrings.xml"] = huge
    data = zipped(parts)
    # The directory claims a small part whose check sum is that of its beginning.
    truth = len(huge).to_bytes(4, "little")
    crc = zlib.crc32(huge).to_bytes(4, "little")
    data = data.replace(truth, small.to_bytes(4, "little"))
    data = data.replace(crc, zlib.crc32(huge[:checked]).to_bytes(4, "little"))
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert errors(found) == [(code, "", "")]


def test_formula_when_quoted_otherwise_and_without_result_then_named(filled: Filled, ledger: Ledger) -> None:
    parts = parts_of(filled("en", flows=[FLOW]))
    name = sheet_part(parts)
    content = parts[name].decode()
    at = content.index('<c r="F10"')
    end = content.index("</c>", at) + len("</c>")
    parts[name] = (content[:at] + "<c r='F10'><f>5+5</f></c>" + content[end:]).encode()
    found = intake.read_workbook(zipped(parts), "a.xlsx", ledger)
    assert errors(found) == [("intake.cell.formula", "Flows", "F10")]


def test_exact_values_when_untouched_then_taken(ledger: Ledger) -> None:
    park = Park("K-1", "PR", "Sample park", "Khu mẫu", note="two  spaces\x07")
    base = replace(ledger, parks=(park,))
    found = intake.read_workbook(intake.write_workbook(base, "en"), "a.xlsx", empty())
    assert found.ledger.parks == (park,)
    assert [c.kind for c in found.changes if c.record_kind == "park"] == [ChangeKind.ADDED]


@pytest.mark.parametrize("number", [1e11, 9.9e307, -1e15])
def test_number_when_in_a_cell_formatted_as_a_date_then_named(
    number: float, filled: Filled, ledger: Ledger
) -> None:
    def change(book: Any) -> None:
        cell = book["Flows"]["F10"]
        cell.value = number
        cell.number_format = "dd/mm/yyyy"

    found = intake.read_workbook(edited(filled("en", flows=[FLOW]), change), "a.xlsx", ledger)
    code = "intake.number.negative" if number < 0 else "intake.number.out_of_bounds"
    if number == 1e11:
        assert [flow.amount.value for flow in found.ledger.flows] == [1e11]
    else:
        assert errors(found) == [(code, "Flows", "F10")]


def test_row_when_a_part_of_its_key_is_cleared_then_the_default_stands_for_it(ledger: Ledger) -> None:
    base = replace(ledger, prices=(Price("electricity", 1900.0, "VND", 2025),))

    def clear(book: Any) -> None:
        sheet = book["Prices"]
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(4, heads.index("prices.side") + 1).value = "#clear"

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), clear), "a.xlsx", base)
    assert found.ledger.prices == base.prices


@pytest.mark.parametrize("typed", ["1000", '"text"', "[1, 2]", '{"a": 1}'])
def test_json_when_of_another_kind_than_the_field_then_named(typed: str, ledger: Ledger) -> None:
    base = replace(ledger, geometries=(Geometry("G-1", "K-1", "lot", "Point", [106.8, 10.9]),))

    def change(book: Any) -> None:
        sheet = book["Geometry"]
        at = [cell.value for cell in sheet[1]].index("geometries.properties") + 1
        sheet.cell(4, at).value = typed

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), change), "a.xlsx", base)
    assert [code for code, *_ in errors(found)] == ["intake.cell.not_json"]
    assert found.ledger == base


def test_text_when_it_holds_a_zero_character_then_named(filled: Filled, ledger: Ledger) -> None:
    def change(book: Any) -> None:
        book["Flows"].cell(10, 5).value = "a_x0000_b"

    found = intake.read_workbook(edited(filled("en", flows=[FLOW]), change), "a.xlsx", ledger)
    assert errors(found) == [("intake.cell.zero_character", "Flows", "E10")]


@pytest.mark.parametrize(
    ("shape", "typed", "code"),
    [
        ("Polygon", "[106.8, 10.9]", "intake.places.coordinates_damaged"),
        ("Point", "[1068000, 1090000]", "intake.places.not_degrees"),
        ("Point", "5", "intake.places.coordinates_damaged"),
        ("LineString", "[[106.8, 10.9]]", "intake.places.shape_empty"),
        ("Blob", "[106.8, 10.9]", "intake.places.shape_unknown"),
    ],
)
def test_shape_when_it_cannot_be_drawn_then_named(shape: str, typed: str, code: str, ledger: Ledger) -> None:
    base = replace(ledger, geometries=(Geometry("G-1", "K-1", "lot", "Point", [106.8, 10.9]),))

    def change(book: Any) -> None:
        sheet = book["Geometry"]
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(4, heads.index("geometries.shape") + 1).value = shape
        sheet.cell(4, heads.index("geometries.coordinates") + 1).value = typed

    found = intake.read_workbook(edited(intake.write_workbook(base, "en"), change), "a.xlsx", base)
    assert [(code, sheet) for code, sheet, _ in errors(found)] == [(code, "Geometry")]
    assert found.ledger == base


def test_field_when_its_number_is_none_then_named(ledger: Ledger) -> None:
    ledger = replace(ledger, programme=replace(ledger.programme, baseline_year=2025))
    parts = parts_of(intake.write_workbook(ledger, "en"))
    name = "xl/worksheets/sheet2.xml"
    assert b"<v>2025.0</v>" in parts[name]
    parts[name] = parts[name].replace(b"<v>2025.0</v>", b"<v>NaN</v>")
    found = intake.read_workbook(zipped(parts), "a.xlsx", ledger)
    assert [(code, sheet) for code, sheet, _ in errors(found)] == [("intake.date.not_year", "Programme")]
