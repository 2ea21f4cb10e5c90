"""Users' own workbooks and text tables, read by a saved column mapping."""

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from parkloop import intake
from parkloop.model import (
    ChangeKind,
    Direction,
    Intake,
    Ledger,
    Park,
    Participant,
    Programme,
    Severity,
)

LEDGER = Ledger(
    Programme("P1", "Programme", "Chương trình"),
    parks=(Park("K1", "P1", "Park", "Khu công nghiệp"),),
    participants=(Participant("E-01", "K1", "Dệt Sao Mai"), Participant("E-02", "K1", "Bia Hoàng Gia")),
)
BILLS = """
records: bills
style: vi
columns:
  participant: Công ty
  unit: ĐVT
  resource: {header: Loại, values: {Điện: electricity, Nước: fresh_water}}
months: {from: D, count: 12, year: 2025}
"""
BILL_TABLE = """Công ty;Loại;ĐVT;T1;T2;T3
Dệt Sao Mai;Điện;kWh;1.250,5;1.300;1400
Bia Hoàng Gia;Nước;m3;12,25;-;13
"""


def mapping(text: str, name: str = "map.yaml") -> intake.ColumnMapping:
    return intake.read_mapping(text.encode(), name)


def read(text: str, table: str | bytes, file: str = "own.csv", into: Ledger = LEDGER) -> Intake:
    content = table.encode() if isinstance(table, str) else table
    return intake.read_mapped(content, file, mapping(text), into)


def workbook(rows: list[list[Any]], title: str = "Sheet", merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def codes(found: Intake) -> list[str]:
    return [issue.code for issue in found.issues]


def amounts(found: Intake) -> list[tuple[str, str, float, str]]:
    return [(b.participant_id, b.period.code, b.amount.value, b.amount.unit) for b in found.ledger.bills]


def test_months_across_when_decimal_commas_then_a_bill_a_filled_month() -> None:
    assert amounts(read(BILLS, BILL_TABLE)) == [
        ("E-01", "2025-01", 1250.5, "kWh"),
        ("E-01", "2025-02", 1300.0, "kWh"),
        ("E-01", "2025-03", 1400.0, "kWh"),
        ("E-02", "2025-01", 12.25, "m3"),
        ("E-02", "2025-03", 13.0, "m3"),
    ]


def test_months_across_when_read_then_origins_name_the_cells() -> None:
    found = read(BILLS, BILL_TABLE)
    bill = found.ledger.bills[1]
    origin = found.ledger.origins[f"bill/{bill.id}/amount"]
    assert (origin.file, origin.sheet, origin.cell, origin.typed) == ("own.csv", "own", "E2", "1.300 kWh")


def test_mapped_when_read_twice_then_unchanged_and_equal() -> None:
    first = read(BILLS, BILL_TABLE)
    second = read(BILLS, BILL_TABLE, into=first.ledger)
    assert second.ledger == first.ledger
    assert {change.kind for change in second.changes} == {ChangeKind.UNCHANGED}


def test_mapped_when_a_value_moves_then_changed_with_both_values() -> None:
    first = read(BILLS, BILL_TABLE)
    second = read(BILLS, BILL_TABLE.replace("1.250,5", "1.260"), into=first.ledger)
    changed = [c for c in second.changes if c.kind is ChangeKind.CHANGED]
    assert [(c.field, c.old, c.new, c.cell) for c in changed] == [("amount", "1250.5 kWh", "1260 kWh", "D2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_text_table_when_other_encoding_or_delimiter_then_same_bills(encoding: str, delimiter: str) -> None:
    table = BILL_TABLE.replace(";", delimiter).encode(encoding)
    assert amounts(read(BILLS, table)) == amounts(read(BILLS, BILL_TABLE))


def test_text_table_when_cp1258_then_vietnamese_words_are_understood() -> None:
    # cp1258 writes tones as combining marks: the text has to be taken apart before it can be encoded
    table = "ten;luong\nD\u00ea\u0323t Sao Mai;12\n".encode("cp1258")
    text = "records: flows\ncolumns: {participant: ten, amount: {header: luong, unit: t}}\n" + CONSTANTS
    assert read(text, table).ledger.flows[0].participant_id == "E-01"


CONSTANTS = "constants: {direction: out, resource: fly_ash, period: 2025}\n"


def test_comma_between_cells_when_read_then_point_is_the_decimal() -> None:
    text = "records: flows\ncolumns: {participant: Name, amount: {header: Qty, unit: t}}\n" + CONSTANTS
    found = read(text, "Name,Qty\nE-01,1.234\n")
    assert found.ledger.flows[0].amount.value == 1.234


def test_money_beside_amount_when_two_columns_a_month_then_one_bill() -> None:
    text = """
records: bills
style: vi
columns: {participant: Công ty}
constants: {resource: electricity, currency: VND}
months: {from: T1, count: 2, year: 2025, values: [amount, money], unit: MWh}
"""
    found = read(text, "Công ty;T1;Tiền;T2;Tiền\nE-01;1,5;3.000.000;2;4.000.000\n")
    assert [(b.amount.value, b.money, b.currency) for b in found.ledger.bills] == [
        (1500.0, 3e6, "VND"),
        (2000.0, 4e6, "VND"),
    ]


@pytest.mark.parametrize(
    ("header", "code"),
    [("T2;T3", "intake.mapped.month_mismatch"), ("T1;Tổng", "intake.mapped.month_mismatch")],
)
def test_months_when_headers_disagree_then_nothing_is_read(header: str, code: str) -> None:
    text = BILLS.replace("from: D", "from: C").replace("  unit: ĐVT\n", "")
    found = read(text, f"Công ty;Loại;{header}\nE-01;Điện;1;2\n")
    assert codes(found) == [code] and found.blocked and found.ledger == LEDGER


def test_months_when_headers_name_month_and_year_then_no_year_is_needed() -> None:
    rows = [["Name", datetime(2024, 12, 1), "01/2025"], ["E-01", 5, 6.5]]
    text = """
records: flows
columns: {participant: Name}
constants: {direction: in, resource: diesel}
months: {from: B, count: 2, unit: t}
"""
    found = read(text, workbook(rows), "own.xlsx")
    assert [(f.period.code, f.amount.value) for f in found.ledger.flows] == [
        ("2024-12", 5.0),
        ("2025-01", 6.5),
    ]
    assert {f.direction for f in found.ledger.flows} == {Direction.IN}


def test_months_when_headers_lack_the_year_then_blocked() -> None:
    text = BILLS.replace(", year: 2025", "")
    assert codes(read(text, BILL_TABLE)) == ["intake.mapped.month_unreadable"]


def test_totals_and_titles_when_skipped_then_counted_in_one_issue() -> None:
    table = "BẢNG KÊ\n" + BILL_TABLE + "Tổng cộng;;;9;9;9\n"
    found = read(BILLS + "skip: [tong]\n", table)
    assert amounts(found) == amounts(read(BILLS, BILL_TABLE))
    issue = next(i for i in found.issues if i.code == "intake.mapped.rows_left_out")
    assert issue.arguments == {"count": 1, "rows": "5"}


def test_where_when_given_then_only_those_rows() -> None:
    found = read(BILLS + "where: {column: Loại, not: [điện]}\n", BILL_TABLE)
    assert {b.resource_id for b in found.ledger.bills} == {"fresh_water"}


def test_workbook_when_names_are_merged_downwards_then_filled_down() -> None:
    rows = [["Công ty", "Loại", "ĐVT", "T1"], ["E-01", "Điện", "kWh", 5], [None, "Nước", "m3", 6]]
    found = read(BILLS + "fill_down: [participant]\n", workbook(rows, merge="A2:A3"), "own.xlsx")
    assert [(b.participant_id, b.resource_id) for b in found.ledger.bills] == [
        ("E-01", "electricity"),
        ("E-01", "fresh_water"),
    ]


def test_columns_when_nobody_mapped_them_then_kept_beside_the_record_and_named() -> None:
    table = "Công ty;Loại;ĐVT;T1;Ghi chú\nE-01;Điện;kWh;5;đọc tay\n".replace("T1;Ghi chú", "T1;;Ghi chú")
    table = table.replace("5;đọc", "5;;đọc")
    text = BILLS.replace("count: 12", "count: 1")
    found = read(text, table)
    assert found.ledger.extras[f"bill/{found.ledger.bills[0].id}"] == {"Ghi chú": "đọc tay"}
    issue = next(i for i in found.issues if i.code == "intake.mapped.columns_kept")
    assert issue.arguments["columns"] == "Ghi chú"
    dropped = read(text + "keep: false\n", table)
    assert not dropped.ledger.extras and "intake.mapped.columns_left_out" in codes(dropped)


def test_equipment_when_column_has_another_unit_then_converted() -> None:
    text = """
records: equipment
columns:
  participant: Name
  name: Machine
  rated_power_kw: {header: Power, unit: hp}
constants: {kind: air_compressor}
"""
    found = read(text, workbook([["Name", "Machine", "Power"], ["E-01", "K1", 100]]), "own.xlsx")
    power = found.ledger.equipment[0].properties["rated_power_kw"]
    assert power == pytest.approx(100 * 0.745699871582)  # mechanical horsepower in the unit table


def test_letters_without_header_when_header_none_then_read_from_the_first_row() -> None:
    text = "records: flows\nheader: none\ncolumns: {participant: A, amount: {letter: B, unit: t}}\n"
    assert read(text + CONSTANTS, "E-01;5\nE-02;6\n").ledger.flows[1].amount.value == 6.0


def test_two_capitals_when_a_header_reads_so_then_the_header_counts() -> None:
    text = "records: flows\ncolumns: {participant: ID, amount: {header: Qty, unit: t}}\n" + CONSTANTS
    assert len(read(text, "ID;Qty\nE-01;5\n").ledger.flows) == 1


def test_people_when_typed_without_diacritics_then_found() -> None:
    table = BILL_TABLE.replace("Bia Hoàng Gia", "bia hoang gia")
    assert "E-02" in {b.participant_id for b in read(BILLS, table).ledger.bills}


def test_row_when_a_cell_is_no_number_then_named_by_sheet_and_cell_once() -> None:
    found = read(BILLS, BILL_TABLE.replace("1.300", "abc"))
    issue = next(i for i in found.issues if i.severity is Severity.ERROR)
    assert (issue.code, str(issue.where).split()[1]) == ("intake.number.text", "own!E2")
    assert len(found.ledger.bills) == 4


def test_row_when_nobody_knows_the_company_then_one_issue_for_its_months() -> None:
    found = read(BILLS, BILL_TABLE.replace("Dệt Sao Mai", "Công ty Lạ"))
    assert codes(found).count("intake.party.unknown") == 1


def test_field_when_neither_column_nor_constant_fills_it_then_one_error() -> None:
    text = "records: flows\ncolumns: {participant: Name, amount: {header: Qty, unit: t}}\n"
    text += "constants: {resource: fly_ash}\n"
    found = read(text, "Name;Qty\nE-01;5\nE-02;6\n")
    issues = [i for i in found.issues if i.code == "intake.mapped.field_unfilled"]
    assert issues and issues[0].arguments["count"] == 2 and not found.ledger.flows


def test_several_tables_when_one_mapping_then_participants_come_first() -> None:
    text = """
tables:
  - {records: flows, sheet: 1, columns: {participant: Name, amount: {header: Qty, unit: t}},
     constants: {direction: out, resource: fly_ash, period: 2025}, keep: false}
  - {records: participants, sheet: 1, columns: {name: Name}, keep: false}
"""
    found = read(text, workbook([["Name", "Qty"], ["New works", 5]]), "own.xlsx")
    assert [p.name for p in found.ledger.participants][-1] == "New works"
    assert found.ledger.flows[0].participant_id == found.ledger.participants[-1].id


@pytest.mark.parametrize(
    ("text", "table", "code"),
    [
        (BILLS, "", "intake.file.empty"),
        (BILLS, b"PK\x03\x04broken", "intake.file.damaged"),
        (BILLS + "sheet: Other\n", workbook([["Công ty"]]), "intake.mapped.sheet_missing"),
        (BILLS, "nothing;here\n1;2\n", "intake.mapped.header_missing"),
        (BILLS, "Công ty;Loại;T1\nE-01;Điện;1\n", "intake.mapped.column_missing"),
        (BILLS, "Công ty;Loại;ĐVT;T1;Loại\nE-01;Điện;kWh;1;x\n", "intake.mapped.column_twice"),
        (BILLS + "encoding: ascii\n", BILL_TABLE, "intake.mapped.unreadable"),
        ("records: flows\ncolumns: {participant: A}\n", "E-01;5\n", "intake.mapped.header_unsaid"),
    ],
)
def test_file_when_it_does_not_fit_then_blocked_and_ledger_as_it_was(
    text: str, table: str | bytes, code: str
) -> None:
    file = "own.xlsx" if isinstance(table, bytes) else "own.csv"
    found = read(text, table, file)
    assert codes(found) == [code] and found.blocked and found.ledger == LEDGER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("records: [", "intake.mapped.mapping_unreadable"),
        ("just text", "intake.mapped.mapping_empty"),
        ("records: bills\n", "intake.mapped.mapping_empty"),
        ("records: bilz\n", "intake.mapped.mapping_key"),
        ("records: bills\ncolumn: {}\n", "intake.mapped.mapping_key"),
        ("records: bills\ncolumns: {particpant: A}\n", "intake.mapped.mapping_key"),
        ("records: bills\ncolumns: {participant: {header: A, letter: B}}\n", "intake.mapped.mapping_value"),
        ("records: bills\nstyle: fr\ncolumns: {participant: A}\n", "intake.mapped.mapping_value"),
        ("records: bills\nheader: none\ncolumns: {participant: Name}\n", "intake.mapped.header_needed"),
        ("records: equipment\nmonths: {from: B}\n", "intake.mapped.no_period"),
        ("records: flows\ncolumns: {price: {header: P, unit: VND}}\n", "intake.mapped.no_unit"),
        ("records: bills\nmonths: {from: B, count: 0}\n", "intake.mapped.mapping_value"),
        ("tables: 5\n", "intake.mapped.mapping_value"),
        ("records: bills\ncolumns: {participant: A}\nwhere: {column: A}\n", "intake.mapped.mapping_value"),
    ],
)
def test_mapping_when_it_means_nothing_then_blocking_issue_and_nothing_read(text: str, code: str) -> None:
    found = mapping(text)
    assert [i.code for i in found.issues] == [code]
    assert intake.read_mapped(b"a;b\n1;2\n", "own.csv", found, LEDGER).ledger == LEDGER


def test_mapping_when_toml_or_json_then_as_in_yaml() -> None:
    yaml = mapping("records: flows\ncolumns: {participant: Name, amount: {header: Qty, unit: t}}\n")
    toml = mapping(
        'records="flows"\n[columns]\nparticipant="Name"\namount={header="Qty",unit="t"}\n', "m.toml"
    )
    json = mapping(
        '{"records":"flows","columns":{"participant":"Name","amount":{"header":"Qty","unit":"t"}}}', "m.json"
    )
    assert yaml.tables == toml.tables == json.tables != ()


def test_guide_on_own_data_when_its_example_is_run_then_it_holds() -> None:
    page = (Path(__file__).parents[3] / "docs" / "howto" / "own-data.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "own-data.md", "exec"), {})
