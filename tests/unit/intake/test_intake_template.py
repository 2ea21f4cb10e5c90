"""The template and what we write: locked headers, drop-downs, inert text, both languages."""

import io
import typing
from typing import Any

import openpyxl
import pytest

from parkloop import intake, texts
from parkloop.intake.sheets import READING_ORDER, sheets
from parkloop.model import (
    Amount,
    Direction,
    Flow,
    Issue,
    Ledger,
    Period,
    Programme,
    Severity,
    Where,
    record_fields,
)


@pytest.fixture(scope="module", params=["en", "vi"])
def template(request: pytest.FixtureRequest) -> tuple[str, Any]:
    return request.param, openpyxl.load_workbook(io.BytesIO(intake.write_template(request.param)))


def test_sheets_when_counted_then_every_record_of_the_ledger_has_one() -> None:
    assert {spec.collection for spec in sheets().values()} >= set(record_fields())
    assert set(READING_ORDER) == set(sheets())


def test_columns_when_looked_at_then_each_has_both_languages_and_a_field_of_its_record() -> None:
    for spec in sheets().values():
        known = typing.get_type_hints(spec.record)
        for column in spec.columns:
            assert column.label_en and column.label_vi, (spec.key, column.key)
            assert bool(column.help_en) == bool(column.help_vi), (spec.key, column.key)
            if column.type != "derived" and spec.layout != "months":
                assert column.head in known, (spec.key, column.key)


def test_template_when_opened_then_the_sheets_of_the_design_are_there(template: tuple[str, Any]) -> None:
    lang, book = template
    names = [spec.name(lang) for spec in sheets().values()]
    assert book.sheetnames == [
        texts.text("intake.guide.sheet", lang), *names, "Danh mục" if lang == "vi" else "Lists"
    ]  # fmt: skip


def test_template_when_opened_then_headers_are_locked_and_data_is_open(template: tuple[str, Any]) -> None:
    lang, book = template
    sheet = book[sheets()["flows"].name(lang)]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet.row_dimensions[1].hidden
    assert sheet.cell(1, 6).value == "flows.amount"
    assert sheet.cell(2, 6).protection.locked
    assert not sheet.cell(4, 6).protection.locked
    assert not sheet.column_dimensions["F"].protection.locked
    for label in ("Amount", "Lượng"):
        assert label in sheet.cell(2, 6).value


def test_template_when_opened_then_codes_drop_down_from_the_lists(template: tuple[str, Any]) -> None:
    lang, book = template
    sheet = book[sheets()["flows"].name(lang)]
    source = next(v.formula1 for v in sheet.data_validations.dataValidation if "C4" in v.sqref)
    name, _, cells = source.partition("!")
    words = [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]
    assert words == (["In", "Out"] if lang == "en" else ["Đầu vào", "Đầu ra"])


def test_template_when_read_back_then_examples_are_not_data(template: tuple[str, Any]) -> None:
    lang, _ = template
    empty = Ledger(Programme("PR", "a", "b"))
    found = intake.read_workbook(intake.write_template(lang), "t.xlsx", empty)
    assert (found.ledger, found.changes, found.issues) == (empty, (), ())


FIRMS = {
    "en": ("Ha Nam Brewery", "Dong Tien Feed"),
    "vi": ("Nhà máy bia Hà Nam", "Thức ăn chăn nuôi Đông Tiến"),
}


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_example_when_its_mark_is_taken_away_then_it_is_a_good_row(lang: str, ledger: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(intake.write_template(lang)))
    for spec in sheets().values():
        sheet = book[spec.name(lang)]
        for number in (4, 5):
            marked = str(sheet.cell(number, 1).value).startswith("#")
            if marked and spec.layout == "rows" and spec.key != "answers":
                sheet.cell(number, 1).value = f"{spec.prefix}-{number}"
    firms = book[sheets()["participants"].name(lang)]
    for number, name in enumerate(FIRMS[lang], 6):
        firms.cell(number, 1).value, firms.cell(number, 2).value = f"P-{number}", name
    buffer = io.BytesIO()
    book.save(buffer)
    found = intake.read_workbook(buffer.getvalue(), "t.xlsx", ledger)
    assert [i for i in found.issues if i.severity in (Severity.ERROR, Severity.BLOCKING)] == []
    assert len(found.ledger.flows) == 2
    assert len(found.ledger.solutions) == 2


def test_example_when_filled_in_with_its_mark_left_then_said(ledger: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(intake.write_template("vi")))
    book["Dòng"].cell(4, 6).value = "14,5"
    buffer = io.BytesIO()
    book.save(buffer)
    found = intake.read_workbook(buffer.getvalue(), "t.xlsx", ledger)
    assert [(i.code, i.where.cell) for i in found.issues] == [("intake.row.example", "A4")]
    assert found.ledger == ledger


def test_workbook_when_written_twice_then_the_same_bytes(ledger: Ledger) -> None:
    assert intake.write_workbook(ledger, "vi") == intake.write_workbook(ledger, "vi")


DANGEROUS = [
    "=1+1",
    "+84 251 123",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "http://example.org",
    "<r>x</r>",
    "{=1}",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_when_it_looks_like_a_formula_then_it_is_written_as_text(text: str, ledger: Ledger) -> None:
    flow = Flow(
        "F-1",
        "P-1",
        Direction.IN,
        "diesel",
        Amount(1.0, "t", 1.0, "t"),
        Period.year(2025),
        note=text,
        label=text,
    )
    data = intake.write_workbook(
        Ledger(ledger.programme, ledger.parks, ledger.participants, flows=(flow,)), "en"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Flows"]
    at = [cell.value for cell in sheet[1]].index("flows.note") + 1
    cell = sheet.cell(4, at)
    assert cell.value.strip() == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    back = intake.read_workbook(data, "b.xlsx", ledger)
    assert back.ledger.flows == (flow,)


def test_number_when_it_needs_seventeen_digits_then_it_reads_back_the_same(ledger: Ledger) -> None:
    value = 0.1 + 0.2  # 0.30000000000000004; sixteen digits give 0.3
    flow = Flow("F-1", "P-1", Direction.IN, "diesel", Amount(value, "t", value, "t"), Period.year(2025))
    full = Ledger(ledger.programme, ledger.parks, ledger.participants, flows=(flow,))
    back = intake.read_workbook(intake.write_workbook(full, "en"), "b.xlsx", ledger)
    assert back.ledger.flows[0].amount.value == value
    assert back.issues == ()


def test_text_when_longer_than_a_cell_then_it_reads_back_whole(ledger: Ledger) -> None:
    note = "dài " * 20_000 + "!"
    flow = Flow("F-1", "P-1", Direction.IN, "diesel", Amount(1.0, "t"), Period.year(2025), note=note)
    full = Ledger(ledger.programme, ledger.parks, ledger.participants, flows=(flow,))
    back = intake.read_workbook(intake.write_workbook(full, "vi"), "b.xlsx", ledger)
    assert back.ledger.flows == (flow,)


def test_exact_value_when_its_cell_is_edited_then_the_cell_counts(ledger: Ledger) -> None:
    flow = Flow("F-1", "P-1", Direction.IN, "diesel", Amount(1.0, "t"), Period.year(2025), note="  spaced  ")
    full = Ledger(ledger.programme, ledger.parks, ledger.participants, flows=(flow,))
    book = openpyxl.load_workbook(io.BytesIO(intake.write_workbook(full, "en")))
    sheet = book["Flows"]
    at = [cell.value for cell in sheet[1]].index("flows.note") + 1
    sheet.cell(4, at, "edited")
    buffer = io.BytesIO()
    book.save(buffer)
    found = intake.read_workbook(buffer.getvalue(), "b.xlsx", full)
    assert found.ledger.flows[0].note == "edited"


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_issues_when_written_as_a_workbook_then_the_gravest_stand_first(lang: str) -> None:
    issues = (
        Issue("intake.column.kept", Severity.INFO, Where("a.xlsx", "Flows", "F9"), {"column": "Own"}),
        Issue(
            "intake.row.duplicate",
            Severity.ERROR,
            Where("a.xlsx", "Flows", "A4"),
            {"record": "=F-1", "other": 5},
        ),
    )
    book = openpyxl.load_workbook(io.BytesIO(intake.write_issues(issues, lang)))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [row[3] for row in rows] == ["A4", "F9"]
    assert rows[0][5].startswith("=F-1")  # text, not a formula
    assert book.worksheets[0].cell(2, 6).data_type == "s"
    assert rows[0][6] == texts.mend("intake.row.duplicate", lang, {"record": "F-1", "other": 5})


def test_texts_when_compared_then_both_languages_have_the_same_keys_and_placeholders() -> None:
    import re

    english, vietnamese = texts.catalogue("en"), texts.catalogue("vi")
    keys = {key for key in english if key.startswith("intake.")}
    assert keys == {key for key in vietnamese if key.startswith("intake.")}
    for key in keys:
        assert set(re.findall(r"{(\w+)", english[key])) == set(re.findall(r"{(\w+)", vietnamese[key])), key
