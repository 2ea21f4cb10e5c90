"""The files of the forms: names, sheets, readable cells, JSON, and the trace of every number."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest

from parkloop.model import Derivation
from parkloop.reports.forms import write_forms
from parkloop.reports.forms.workbook import label_in, unit_in
from parkloop.reports.forms.write import file_name
from parkloop.texts import catalogue


@pytest.fixture(scope="module")
def files(filed):
    """Written files by name."""
    return {document.name: document for document in write_forms(filed.forms, "en")}


@pytest.fixture(scope="module")
def files_vi(filed_vi):
    """Written files in Vietnamese by name."""
    return {document.name: document for document in write_forms(filed_vi.forms, "vi")}


def book(document):
    """The workbook in a file."""
    return openpyxl.load_workbook(io.BytesIO(document.content))


def rows(sheet):
    """The cells of a sheet by the id in its first column."""
    return {str(row[0].value): row for row in sheet.iter_rows(min_row=1) if row[0].value}


def test_files_when_written_then_are_named_by_report_period_and_project(files):
    assert set(files) == {
        "EZ_A4_2026_K.xlsx",
        "EZ_A5_2026_K.xlsx",
        "EZ_B5_2026_K.xlsx",
        "EZ_B4_2026_E-1.xlsx",
        "EZ_B4_2026_E-2.xlsx",
        "EZ_B4_2026_E-3.xlsx",
        "EZ_A4_2026_K.json",
        "EZ_A5_2026_K.json",
        "EZ_B5_2026_K.json",
        "EZ_B4_2026_K.json",
    }


def test_name_when_the_id_has_odd_signs_then_stays_a_file_name(filed):
    assert file_name(replace(filed.forms[0], subject_id="KCN Số 1/2")) == "EZ_A4_2026_KCN-S-1-2"


def test_workbook_of_the_park_when_opened_then_has_form_checks_and_trace(files, files_vi):
    assert book(files["EZ_A4_2026_K.xlsx"]).sheetnames == ["A.4", "Cross-checks", "Trace"]
    assert book(files_vi["EZ_A4_2026_K.xlsx"]).sheetnames == ["A.4", "Kiểm tra chéo", "Diễn giải"]
    assert book(files["EZ_B4_2026_E-1.xlsx"]).sheetnames == ["B.4", "Trace"]


def test_form_sheet_when_read_back_then_holds_label_with_year_value_and_unit(files_vi):
    sheet = book(files_vi["EZ_A4_2026_K.xlsx"])["A.4"]
    cells = [cell.value for cell in rows(sheet)["III.1.1.2"]]
    assert cells[1] == "Tổng số giải pháp đến năm 2024 *"
    assert cells[2] == 5
    assert cells[3] == "giải pháp"
    water = rows(sheet)["III.1.3.2"]
    assert (water[2].value, water[2].number_format, water[3].value) == (1000, "#,##0", "m3/năm")
    assert rows(sheet)["III.1.3.1"][2].number_format == "#,##0.00"
    assert rows(sheet)["III.3.25"][1].value == "Tổng chi phí tiết kiệm năm 2025 *"


def test_form_sheet_when_read_back_then_says_what_is_missing_and_how_numbers_are_written(files):
    head = [str(cell.value) for cell in book(files["EZ_A4_2026_K.xlsx"])["A.4"]["A"][:5]]
    assert "annex of Circular 05/2025/TT-BKHDT was not seen" in head[2]
    assert "all solutions running on 31 December" in head[2]
    assert "point for decimals, comma between thousands" in head[3]
    assert "Required and still empty" in head[4]
    assert "I.1.4.1" in head[4]
    assert "I.1.2.3" not in head[4]  # never amended: may be empty


@pytest.mark.parametrize("name", ["EZ_A4_2026_K.xlsx", "EZ_B4_2026_E-2.xlsx", "EZ_A5_2026_K.xlsx"])
def test_cells_when_long_then_wrap_in_rows_high_enough(files_vi, name):
    for sheet in book(files_vi[name]):
        widths = {c: d.width for c, d in sheet.column_dimensions.items()}
        for row in sheet.iter_rows(min_row=7):
            for cell in row:
                text = cell.value if isinstance(cell.value, str) else ""
                merged = cell.coordinate in sheet.merged_cells
                if merged or len(text) <= widths.get(cell.column_letter, 9):
                    continue
                assert cell.alignment.wrap_text, cell.coordinate
                lines = len(text) / (widths[cell.column_letter] * 1.25)
                height = sheet.row_dimensions[cell.row].height
                assert height >= min(400, 12 * lines) - 1, cell.coordinate


def test_sheet_when_printed_then_fits_the_width_and_repeats_its_heading(files):
    sheet = book(files["EZ_A4_2026_K.xlsx"])["A.4"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # left out means one page
    assert sheet.page_setup.fitToHeight == 0  # as many as it takes
    assert sheet.print_title_rows


def test_check_sheet_when_read_back_then_names_result_in_the_language(files_vi):
    sheet = book(files_vi["EZ_A4_2026_K.xlsx"])["Kiểm tra chéo"]
    assert len(list(sheet.iter_rows(min_row=2))) == 35
    x12 = [cell.value for cell in rows(sheet)["X12"]]
    assert x12[1:5] == ["Các dòng RECP của mọi mẫu B.4 cộng thành A.4", "lỗi", "đạt", "A.4, B.4"]


def test_misprinted_code_when_printed_then_stands_beside_the_right_one(files):
    sheet = book(files["EZ_A5_2026_K.xlsx"])["A.5"]
    assert "ENV.3 (EVN.3)" in rows(sheet)
    kept = json.loads(files["EZ_A5_2026_K.json"].content)[0]
    assert {f["id"]: f["printed_code"] for f in kept["fields"]}["ENV.4"] == "EVN.4"


def test_units_when_vietnamese_then_none_is_left_in_english(filed_vi):
    english = {"enterprises", "solutions", "networks", "symbioses", "million VND", "as typed"}
    for form in filed_vi.forms:
        for field in form.fields:
            shown = unit_in(field.unit, "vi")
            assert shown not in english
            assert "year" not in shown
            assert f"forms.unit.{field.unit}" in catalogue("vi") or not any(
                word in field.unit for word in ("year", "litre", "typed", "unit")
            )


def test_labels_when_shown_then_carry_years_instead_of_n(filed):
    for form in filed.forms:
        for field in form.fields:
            for lang in ("en", "vi"):
                assert "[N" not in label_in(field, lang, 2026)
    cut_off = filed.field("P4.1", "B.4", "E-1")
    assert label_in(cut_off, "vi", 2026).endswith("đến năm 2026")
    assert label_in(cut_off, "en", 2026) == "Symbioses carried out up to year 2026"


def test_json_when_read_then_holds_all_forms_of_a_code_as_drafts(files):
    kept = json.loads(files["EZ_B4_2026_K.json"].content)
    assert [form["subject"] for form in kept] == ["E-1", "E-2", "E-3"]
    assert {form["state"] for form in kept} == {"draft"}
    assert kept[0]["source"].startswith("Software specification")


def test_trace_when_a_number_has_figures_then_names_them_all(filed):
    for form in filed.forms:
        traced = {d.figure_id.rpartition("/")[2] for d in form.trace}
        numeric = {
            f.id
            for f in form.fields
            if isinstance(f.value, (int, float)) and not isinstance(f.value, bool) and f.figure_ids
        }
        assert numeric <= traced


def test_trace_when_a_measure_has_less_left_and_starts_late_then_shows_both(filed):
    lines = {d.figure_id: d for d in _trace(filed, "III.1.2.3").inputs}
    assert lines["case/M-1/electricity"].formula == "100,000 x 0.8 x 1"
    assert lines["case/M-1/electricity"].value == pytest.approx(80_000)
    assert lines["case/M-2/electricity"].formula == "73,000 x 1 x 0.5014"  # 183 / 365
    assert sum(d.value for d in lines.values()) == pytest.approx(131_600)


def test_trace_when_the_run_knows_why_then_carries_method_and_inputs(filed):
    line = {d.figure_id: d for d in _trace(filed, "III.1.2.3").inputs}["case/M-1/electricity"]
    assert line.method == "pump_vsd"
    assert "rated power 45 kW" in line.note
    assert line.source == "equipment/Q-1/rated_power_kw"
    assert line.inputs == ()  # a stub: its own entry tells the rest


def test_trace_when_a_field_follows_from_others_then_points_to_them(filed):
    total = _trace(filed, "III.1.3.16")
    assert [d.figure_id.rpartition("/")[2] for d in total.inputs][:2] == ["III.1.2.6", "III.1.3.3"]
    assert sum(d.value for d in total.inputs) == pytest.approx(total.value)
    tonnes = _trace(filed, "III.1.2.5")
    assert [d.figure_id for d in tonnes.inputs] == ["form/A.4/K/2026/III.1.2.3", "reference/grid"]


def _trace(filed, field_id) -> Derivation:
    return next(d for d in filed.forms[0].trace if d.figure_id == f"form/A.4/K/2026/{field_id}")


def test_trace_sheet_when_read_back_then_sums_under_each_field(files):
    sheet = book(files["EZ_B4_2026_E-3.xlsx"])["Trace"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    at = next(n for n, row in enumerate(table) if row[0] == "P3.15")
    assert table[at][3] == 40
    assert table[at + 1][1] == "case/M-8/waste_plastic_mixed"
    assert table[at + 1][3] == 40
