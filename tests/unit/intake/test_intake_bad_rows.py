"""Rows with trouble: named by sheet and cell with a mend, and left out whole."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from parkloop import intake, texts
from parkloop.model import Amount, ChangeKind, Direction, Flow, Intake, Ledger, Period, Severity

Filled = Callable[..., bytes]
GOOD: dict[str, Any] = {
    "id": "F-1", "participant": "P-1", "direction": "in", "resource": "diesel", "amount": 10, "unit": "t",
    "period": 2025,
}  # fmt: skip


def issues(found: Intake, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    for issue in found.issues:
        for lang in texts.LANGUAGES:
            assert texts.message(issue.code, lang, issue.arguments)
            assert texts.mend(issue.code, lang, issue.arguments)
    return [(i.code, i.where.cell) for i in found.issues if i.severity is severity]


@pytest.mark.parametrize(
    ("bad", "code", "cell"),
    [
        ({"amount": "12-15"}, "intake.number.text", "F10"),
        ({"amount": "approximately ten"}, "intake.number.text", "F10"),
        ({"amount": "10 t", "unit": "kg"}, "intake.amount.two_units", "F10"),
        ({"amount": -10}, "intake.number.negative", "F10"),
        ({"amount": 5e12}, "intake.number.out_of_bounds", "F10"),
        ({"amount": None}, "intake.row.required_missing", "F10"),
        ({"unit": None}, "intake.amount.unit_missing", "I10"),
        ({"unit": "tonn"}, "intake.amount.unit_unknown", "I10"),
        ({"unit": "m2"}, "intake.amount.unit_mismatch", "I10"),
        ({"unit": "t/h"}, "intake.amount.rate_per_hour", "I10"),
        ({"low": 12}, "intake.range.order", "G10"),
        ({"resource": "dizel oil"}, "intake.resource.unknown", "D10"),
        ({"participant": "P-9"}, "intake.party.unknown", "B10"),
        ({"direction": "sideways"}, "intake.code.unknown", "C10"),
        ({"period": "20x5"}, "intake.period.unreadable", "J10"),
        ({"price": 5, "currency": "DONG2"}, "intake.code.unknown", "N10"),
        ({"moisture_fraction": 65}, "intake.number.out_of_bounds", "U10"),
        ({"temperature_c": "warm"}, "intake.number.text", "P10"),
        ({"concentrations": "cod 350"}, "intake.cell.not_pairs", "S10"),
        ({"resource": None}, "intake.row.required_missing", "D10"),
    ],
)
def test_row_when_a_cell_is_wrong_then_named_and_the_ledger_is_as_before(
    bad: dict[str, Any], code: str, cell: str, filled: Filled, ledger: Ledger
) -> None:
    found = intake.read_workbook(filled("en", flows=[GOOD | bad]), "a.xlsx", ledger)
    assert issues(found) == [(code, cell)]
    assert found.ledger == ledger
    assert [change.kind for change in found.changes] == [ChangeKind.REJECTED]


def test_row_when_its_neighbour_is_wrong_then_taken(filled: Filled, ledger: Ledger) -> None:
    rows = [GOOD | {"unit": "nonsense"}, GOOD | {"id": "F-2", "label": "b"}]
    found = intake.read_workbook(filled("en", flows=rows), "a.xlsx", ledger)
    assert [flow.id for flow in found.ledger.flows] == ["F-2"]


@pytest.mark.parametrize(("typed", "near"), [("dizel oil", "diesel"), ("Dầu dizen", "diesel")])
def test_resource_when_unknown_then_candidates_are_named(
    typed: str, near: str, filled: Filled, ledger: Ledger
) -> None:
    found = intake.read_workbook(filled("en", flows=[GOOD | {"resource": typed}]), "a.xlsx", ledger)
    assert near in str(found.issues[0].arguments["candidates"])


def test_unit_when_misspelt_then_candidates_are_named(filled: Filled, ledger: Ledger) -> None:
    found = intake.read_workbook(filled("en", flows=[GOOD | {"unit": "tonn"}]), "a.xlsx", ledger)
    assert "ton" in str(found.issues[0].arguments["candidates"])


def test_rows_when_one_id_has_two_contents_then_both_are_refused(filled: Filled, ledger: Ledger) -> None:
    rows = [GOOD, GOOD | {"amount": 11}]
    found = intake.read_workbook(filled("en", flows=rows), "a.xlsx", ledger)
    assert issues(found) == [("intake.row.duplicate", "A10"), ("intake.row.duplicate", "A11")]
    assert found.ledger == ledger


def test_rows_when_repeated_word_for_word_then_taken_once(filled: Filled, ledger: Ledger) -> None:
    found = intake.read_workbook(filled("en", flows=[GOOD, GOOD]), "a.xlsx", ledger)
    assert len(found.ledger.flows) == 1
    assert issues(found, Severity.INFO) == [("intake.row.repeated", "A11")]


def test_row_when_another_id_has_its_natural_key_then_refused(filled: Filled, ledger: Ledger) -> None:
    old = Flow("F-1", "P-1", Direction.IN, "diesel", Amount(1.0, "t", 1.0, "t"), Period.year(2025))
    found = intake.read_workbook(
        filled("en", flows=[GOOD | {"id": "F-7"}]), "a.xlsx", replace(ledger, flows=(old,))
    )
    assert issues(found) == [("intake.row.same_key", "A10")]
    assert found.ledger.flows == (old,)


def test_number_when_ambiguous_then_the_declared_style_decides_and_the_reading_is_named(
    filled: Filled, ledger: Ledger
) -> None:
    row = GOOD | {"amount": "1.234"}
    vietnamese = intake.read_workbook(filled("vi", flows=[row]), "a.xlsx", ledger)
    english = intake.read_workbook(filled("en", flows=[row]), "a.xlsx", ledger)
    assert vietnamese.ledger.flows[0].amount.value == 1234.0
    assert english.ledger.flows[0].amount.value == 1.234
    assert issues(vietnamese, Severity.WARNING) == []
    assert issues(english, Severity.WARNING) == [("intake.number.ambiguous", "F10")]


def test_number_when_no_style_is_declared_then_the_reading_is_named(
    plain: Callable[..., bytes], ledger: Ledger
) -> None:
    data = plain(Flows=[list(GOOD), list((GOOD | {"amount": "1.234"}).values())])
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert found.ledger.flows[0].amount.value == 1234.0
    assert issues(found, Severity.WARNING) == [("intake.number.ambiguous", "E2")]


def edited(data: bytes, sheet: str, change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book[sheet])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_when_merged_in_the_data_then_named(filled: Filled, ledger: Ledger) -> None:
    data = edited(filled("en", flows=[GOOD]), "Flows", lambda sheet: sheet.merge_cells("B10:B12"))
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert ("intake.cell.merged", "B10") in issues(found)
    assert found.ledger == ledger


def test_cell_when_a_formula_has_no_result_then_named(filled: Filled, ledger: Ledger) -> None:
    data = edited(filled("en", flows=[GOOD]), "Flows", lambda sheet: sheet.cell(10, 6, "=5+5"))
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert issues(found) == [("intake.cell.formula", "F10")]
    assert found.ledger == ledger


def test_column_when_the_users_own_then_kept_and_written_back(
    plain: Callable[..., bytes], ledger: Ledger
) -> None:
    data = plain(Flows=[[*GOOD, "Ghi chú riêng"], [*GOOD.values(), "hello"]])
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert found.ledger.extras["flow/F-1"] == {"Ghi chú riêng": "hello"}
    back = intake.read_workbook(intake.write_workbook(found.ledger, "vi"), "b.xlsx", ledger)
    assert back.ledger.extras == found.ledger.extras


def test_column_when_misspelt_then_the_nearest_is_named(plain: Callable[..., bytes], ledger: Ledger) -> None:
    heads = [head if head != "period" else "Perid" for head in GOOD]
    found = intake.read_workbook(plain(Flows=[heads, list(GOOD.values())]), "a.xlsx", ledger)
    assert issues(found) == [("intake.column.missing", "A1")]
    assert "Period" in str(next(i for i in found.issues if "near" in i.code).arguments["candidates"])
    assert found.ledger == ledger


def test_sheet_when_renamed_then_still_read_by_its_hidden_keys(filled: Filled, ledger: Ledger) -> None:
    def rename(sheet: Any) -> None:
        sheet.title = "Số liệu của tôi"
        for cell in sheet[2]:
            cell.value = "?"

    data = edited(filled("en", flows=[GOOD]), "Flows", rename)
    assert len(intake.read_workbook(data, "a.xlsx", ledger).ledger.flows) == 1


def test_sheet_when_unknown_then_the_nearest_is_named(plain: Callable[..., bytes], ledger: Ledger) -> None:
    data = plain(Flowz=[["a"]], Flows=[list(GOOD), list(GOOD.values())])
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert issues(found, Severity.WARNING) == [("intake.sheet.unknown", "")]
    assert found.issues[0].arguments["candidates"] == "Flows"


def test_headers_when_mixed_languages_and_no_keys_then_read(
    plain: Callable[..., bytes], ledger: Ledger
) -> None:
    heads = ["Mã dòng", "Participant", "Chiều", "Resource", "Lượng", "Đơn vị", "Period"]
    values = ["F-1", "sao mai", "Đầu ra", "bùn thải", "1.250,5", "tấn", "T3/2025"]
    values[3] = "wastewater_sludge"
    found = intake.read_workbook(plain(Dòng=[heads, values]), "a.xlsx", ledger)
    (flow,) = found.ledger.flows
    assert (flow.direction, flow.amount.value, flow.period.code) == (Direction.OUT, 1250.5, "2025-03")


def test_hidden_cell_when_damaged_then_named(filled: Filled, ledger: Ledger) -> None:
    found = intake.read_workbook(filled("en", flows=[GOOD | {"exact": "{broken"}]), "a.xlsx", ledger)
    assert [code for code, _ in issues(found)] == ["intake.row.exact_damaged"]


def test_programme_when_another_one_then_its_sheet_is_left_out(ledger: Ledger) -> None:
    other = replace(ledger, programme=replace(ledger.programme, id="OTHER"))
    found = intake.read_workbook(intake.write_workbook(other, "en"), "a.xlsx", ledger)
    assert [code for code, _ in issues(found)] == ["intake.programme.other"]
    assert found.ledger.programme == ledger.programme


def test_exchange_when_its_id_is_a_measure_s_then_refused(filled: Filled, ledger: Ledger) -> None:
    exchange = {
        "id": "S-1", "donor": "P-1", "receiver": "P-2", "resource": "spent_grain", "amount": 5, "unit": "t",
        "displaced": "animal_feed",
    }  # fmt: skip
    measure = {"id": "S-1", "participants": "P-1", "title_en": "x"}
    data = filled("en", solutions=[measure], exchanges=[exchange])
    found = intake.read_workbook(data, "a.xlsx", ledger)
    assert issues(found) == [("intake.row.id_taken", "A10")]
    assert [solution.kind for solution in found.ledger.solutions] == ["measure"]
