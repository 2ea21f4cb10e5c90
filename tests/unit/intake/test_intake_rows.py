"""What a filled row becomes, and what a blank cell leaves alone."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from parkloop import intake, reference
from parkloop.model import (
    Amount,
    ChangeKind,
    Direction,
    Effect,
    Fate,
    Flow,
    Ledger,
    Period,
    Quality,
    Severity,
    SourceClass,
    Stage,
)

Filled = Callable[..., bytes]
COAL = {
    "participant": "Sao Mai",
    "direction": "Đầu vào",
    "resource": "Than antraxit",
    "amount": "12,5",
    "unit": "tấn/tháng",
    "period": "2025",
    "source_class": "Theo hóa đơn",
}


def test_flow_when_typed_in_vietnamese_then_canonical_and_typed_values_are_kept(
    template_filled: Filled, ledger: Ledger
) -> None:
    found = intake.read_workbook(template_filled("vi", flows=[COAL]), "a.xlsx", ledger)
    (flow,) = found.ledger.flows
    assert flow.amount == Amount(150.0, "t", 12.5, "tấn/tháng", SourceClass.BILLED)
    assert (flow.participant_id, flow.direction, flow.resource_id) == ("P-1", Direction.IN, "coal_anthracite")
    assert flow.id == "F-P-1-in-coal_anthracite-2025"


def test_flow_when_stored_then_its_origin_names_file_cell_and_typed_text(
    filled: Filled, ledger: Ledger
) -> None:
    data = filled("vi", flows=[COAL])
    found = intake.read_workbook(data, "a.xlsx", ledger)
    origin = found.ledger.origins["flow/F-P-1-in-coal_anthracite-2025/amount"]
    assert (origin.file, origin.sheet, origin.cell, origin.typed) == (
        "a.xlsx",
        "Dòng",
        "F10",
        "12,5 tấn/tháng",
    )
    assert len(origin.file_hash) == 64


def test_import_when_repeated_then_nothing_changes_and_origins_stay(filled: Filled, ledger: Ledger) -> None:
    data = filled("vi", flows=[COAL])
    first = intake.read_workbook(data, "a.xlsx", ledger)
    again = intake.read_workbook(data, "renamed.xlsx", first.ledger)
    assert again.ledger == first.ledger
    assert {change.kind for change in again.changes} == {ChangeKind.UNCHANGED}


def test_flow_when_same_natural_key_without_id_then_updated(filled: Filled, ledger: Ledger) -> None:
    first = intake.read_workbook(filled("vi", flows=[COAL]), "a.xlsx", ledger)
    second = intake.read_workbook(filled("vi", flows=[COAL | {"amount": "13"}]), "b.xlsx", first.ledger)
    (flow,) = second.ledger.flows
    assert flow.amount.value == 156.0  # 13 t a month, 12 months
    (line,) = [change for change in second.changes if change.kind is ChangeKind.CHANGED]
    assert (line.field, line.old, line.new, line.cell) == ("amount", "12.5 tấn/tháng", "13 tấn/tháng", "F10")
    assert second.ledger.origins[f"flow/{flow.id}/amount"].file == "b.xlsx"


def test_flow_when_a_partial_row_then_other_fields_stay(filled: Filled, ledger: Ledger) -> None:
    old = Flow(
        "F-1", "P-1", Direction.OUT, "wastewater_sludge", Amount(310.0, "t", 310.0, "t"), Period.year(2025),
        fate=Fate.LANDFILLED, quality=Quality(temperature_c=30.0, moisture_fraction=0.8), note="kept",
    )  # fmt: skip
    before = replace(ledger, flows=(old,))
    data = filled("en", flows=[{"id": "F-1", "moisture_fraction": "78 %"}])
    found = intake.read_workbook(data, "a.xlsx", before)
    assert found.ledger.flows == (replace(old, quality=Quality(temperature_c=30.0, moisture_fraction=0.78)),)


@pytest.mark.parametrize("mark", ["#clear", "-"])
def test_value_when_cleared_explicitly_then_it_is_its_default(
    filled: Filled, ledger: Ledger, mark: str
) -> None:
    old = Flow(
        "F-1", "P-1", Direction.OUT, "wastewater_sludge", Amount(310.0, "t", 310.0, "t"), Period.year(2025),
        fate=Fate.LANDFILLED, quality=Quality(temperature_c=30.0), note="gone",
    )  # fmt: skip
    row = {"id": "F-1", "note": mark, "fate": mark, "temperature_c": mark}
    found = intake.read_workbook(filled("en", flows=[row]), "a.xlsx", replace(ledger, flows=(old,)))
    assert found.ledger.flows == (replace(old, note="", fate=Fate.UNKNOWN, quality=Quality()),)


def test_required_value_when_cleared_then_rejected(filled: Filled, ledger: Ledger) -> None:
    old = Flow("F-1", "P-1", Direction.IN, "diesel", Amount(1.0, "t", 1.0, "t"), Period.year(2025))
    before = replace(ledger, flows=(old,))
    found = intake.read_workbook(filled("en", flows=[{"id": "F-1", "amount": "-"}]), "a.xlsx", before)
    assert [issue.code for issue in found.issues] == ["intake.cell.cannot_clear"]
    assert found.ledger == before


def test_price_when_given_per_typed_unit_then_kept_per_canonical_unit(filled: Filled, ledger: Ledger) -> None:
    row = {
        "participant": "P-1", "direction": "in", "resource": "caustic_soda", "amount": 500, "unit": "kg",
        "period": 2025, "price": 12_000, "currency": "VND",
    }  # fmt: skip
    found = intake.read_workbook(filled("en", flows=[row]), "a.xlsx", ledger)
    assert found.ledger.flows[0].price == pytest.approx(12_000_000.0)  # 12,000 a kg is 12 million a tonne


def test_price_when_without_currency_then_the_programme_s_is_taken_and_said(
    filled: Filled, ledger: Ledger
) -> None:
    row = COAL | {"price": "3.500.000"}
    found = intake.read_workbook(filled("vi", flows=[row]), "a.xlsx", ledger)
    assert found.ledger.flows[0].currency == "VND"
    assert ("intake.money.currency_taken", Severity.WARNING) in {(i.code, i.severity) for i in found.issues}


def test_equipment_when_a_number_carries_its_unit_then_converted(filled: Filled, ledger: Ledger) -> None:
    row = {"participant": "P-1", "kind": "Pump", "name": "CWP 2", "rated_power_kw": "75 hp", "head_m": 32}
    found = intake.read_workbook(filled("en", equipment=[row]), "a.xlsx", ledger)
    (pump,) = found.ledger.equipment
    assert pump.properties["rated_power_kw"] == pytest.approx(55.927, abs=1e-3)  # 75 x 0.7457 kW
    assert pump.properties["head_m"] == 32.0
    assert "equipment/Q-P-1-pump-CWP-2/rated_power_kw" in found.ledger.origins


def test_equipment_when_one_property_is_typed_then_the_others_stay(filled: Filled, ledger: Ledger) -> None:
    row = {"id": "Q-1", "participant": "P-1", "kind": "pump", "rated_power_kw": 55, "head_m": 32}
    first = intake.read_workbook(filled("en", equipment=[row]), "a.xlsx", ledger)
    second = intake.read_workbook(
        filled("en", equipment=[{"id": "Q-1", "head_m": 30}]), "b.xlsx", first.ledger
    )
    assert second.ledger.equipment[0].properties == {"rated_power_kw": 55.0, "head_m": 30.0}
    assert second.ledger.origins["equipment/Q-1/head_m"].file == "b.xlsx"
    assert second.ledger.origins["equipment/Q-1/rated_power_kw"].file == "a.xlsx"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("có", (True, False, False)),
        ("No", (False, False, False)),
        ("một phần", (None, True, False)),
        ("không áp dụng", (None, False, True)),
    ],
)
def test_answer_when_a_word_in_either_language_then_value_or_mark(
    filled: Filled, ledger: Ledger, now: str, expected: tuple[bool | None, bool, bool]
) -> None:
    criterion = next(
        c.id for f in reference.frameworks().values() for c in f.criteria if c.shape.value == "boolean"
    )
    row = {"subject": "K-1", "criterion": criterion, "year": 2025, "now": now}
    found = intake.read_workbook(filled("en", answers=[row]), "a.xlsx", ledger)
    (answer,) = found.ledger.answers
    assert (answer.value, answer.partly, answer.not_applicable) == expected


def test_bill_when_months_stand_across_then_one_bill_a_month(template_filled: Filled, ledger: Ledger) -> None:
    line = {"participant": "P-1", "resource": "electricity", "band": "Peak hours", "unit": "MWh"}
    book = openpyxl.load_workbook(
        io.BytesIO(template_filled("en", bill_months=[line, line | {"what": "Money", "unit": None}]))
    )
    sheet = book["Bills by month"]
    at = {str(cell.value): cell.column for cell in sheet[2]}
    for month, amount, money in (("2025-01", 12.5, 38_000_000), ("2025-03", 14, 43_000_000)):
        sheet.cell(10, at[month], amount)
        sheet.cell(11, at[month], money)
    buffer = io.BytesIO()
    book.save(buffer)
    found = intake.read_workbook(buffer.getvalue(), "a.xlsx", ledger)
    january, march = found.ledger.bills
    assert (january.period.code, january.amount.value, january.amount.unit) == ("2025-01", 12_500.0, "kWh")
    assert (march.period.code, march.money, march.band) == ("2025-03", 43_000_000.0, "peak")
    assert march.amount.source_class is SourceClass.BILLED
    assert found.ledger.origins[f"bill/{march.id}/amount"].cell == sheet.cell(10, at["2025-03"]).coordinate


def test_bill_when_reactive_then_kept_in_kvarh(filled: Filled, ledger: Ledger) -> None:
    row = {
        "participant": "P-1", "resource": "electricity", "period": "2025-03", "band": "reactive",
        "amount": 900, "unit": "kVArh",
    }  # fmt: skip
    found = intake.read_workbook(filled("en", bills=[row]), "a.xlsx", ledger)
    assert found.ledger.bills[0].amount.unit == "kVArh"


def test_solution_when_savings_are_typed_then_negative_absolute_deltas(
    filled: Filled, ledger: Ledger
) -> None:
    row = {
        "id": "S-1", "participants": "P-1", "title_vi": "Biến tần", "title_en": "Speed control",
        "stage": "Implemented", "date": "30/06/2025", "year": 2024, "resource_1": "electricity",
        "saving_1": "9,500", "unit_1": "kWh/month", "resource_2": "fresh_water", "saving_2": 120,
        "unit_2": "m3",
        "capex": 180_000_000, "currency": "VND", "lifetime_a": 12, "barrier": "finance",
    }  # fmt: skip
    found = intake.read_workbook(filled("en", solutions=[row]), "a.xlsx", ledger)
    (solution,) = found.ledger.solutions
    power, water = solution.deltas
    assert (power.value.best, power.effect) == (-114_000.0, Effect.ABSOLUTE)  # 12 months of 9,500
    assert (water.resource_id, water.value.best) == ("fresh_water", -120.0)
    assert (solution.known, solution.kind, solution.baseline_year) == (True, "measure", 2024)
    assert (solution.history[0].stage, solution.history[0].on) == (Stage.IMPLEMENTED, date(2025, 6, 30))
    assert (solution.costs[0].amount.best, solution.costs[0].year) == (180_000_000.0, 2025)
    assert solution.barriers[0].code == "finance"


def test_solution_when_its_stage_moves_on_then_the_history_grows(filled: Filled, ledger: Ledger) -> None:
    row = {"id": "S-1", "participants": "P-1", "title_en": "x", "stage": "decided", "date": "01/02/2025"}
    first = intake.read_workbook(filled("en", solutions=[row]), "a.xlsx", ledger)
    later = {"id": "S-1", "stage": "implemented", "date": "01/09/2025"}
    second = intake.read_workbook(filled("en", solutions=[later]), "b.xlsx", first.ledger)
    (solution,) = second.ledger.solutions
    assert [event.stage for event in solution.history] == [Stage.DECIDED, Stage.IMPLEMENTED]
    assert solution.stage is Stage.IMPLEMENTED


EXCHANGE = {
    "donor": "P-1", "receiver": "Đông Tiến", "resource": "spent_grain", "amount": 200, "unit": "t/month",
    "displaced": "animal_feed", "displacement_ratio": "25 %", "fate": "Landfilled", "stage": "Feasible",
}  # fmt: skip


def test_exchange_when_typed_then_deltas_fall_where_they_happen(filled: Filled, ledger: Ledger) -> None:
    found = intake.read_workbook(filled("en", exchanges=[EXCHANGE]), "a.xlsx", ledger)
    (solution,) = found.ledger.solutions
    given, taken = solution.deltas
    assert solution.participant_ids == ("P-1", "P-2")
    assert (given.participant_id, given.value.best, given.fate) == ("P-1", -2400.0, "landfilled")
    assert (taken.participant_id, taken.resource_id, taken.value.best) == ("P-2", "animal_feed", -600.0)
    assert solution.exchange is not None
    assert solution.exchange.displacement_ratio == 0.25


def test_exchange_when_the_units_differ_and_no_ratio_then_refused(filled: Filled, ledger: Ledger) -> None:
    row = EXCHANGE | {"resource": "wastewater", "unit": "m3", "displacement_ratio": None}
    found = intake.read_workbook(filled("en", exchanges=[row]), "a.xlsx", ledger)
    assert [issue.code for issue in found.issues if issue.severity is Severity.ERROR] == [
        "intake.exchange.ratio_missing"
    ]


def test_permit_when_limits_stand_on_their_own_sheet_then_they_belong_to_it(
    filled: Filled, ledger: Ledger
) -> None:
    data = filled(
        "en",
        permits=[
            {"id": "G-1", "participant": "P-1", "kind": "Environmental permit", "valid_to": "31/12/2027"}
        ],
        limits=[
            {"permit": "G-1", "parameter": "cod", "value": 75, "unit": "mg/L", "edition": "QCVN 40:2011"}
        ],
    )
    found = intake.read_workbook(data, "a.xlsx", ledger)
    (permit,) = found.ledger.permits
    assert (permit.kind, permit.valid_to) == ("environmental", date(2027, 12, 31))
    assert [(limit.parameter, limit.value) for limit in permit.limits] == [("cod", 75.0)]


def test_park_when_land_use_is_typed_then_year_and_source_stand_beside_it(
    template_filled: Filled, ledger: Ledger
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_filled("vi")))
    sheet = book["Khu công nghiệp"]
    rows = {sheet.cell(number, 1).value: number for number in range(3, sheet.max_row + 1)}
    sheet.cell(rows["land_green"], 3, "12,5")
    sheet.cell(rows["land_green"], 5, 2024)
    sheet.cell(rows["land_green"], 6, "Ước tính")
    sheet.cell(rows["leased_fraction"], 3, "85 %")
    sheet.cell(rows["established"], 3, "24/07/2003")
    buffer = io.BytesIO()
    book.save(buffer)
    found = intake.read_workbook(buffer.getvalue(), "a.xlsx", ledger)
    (park,) = found.ledger.parks
    assert (park.land_use[0].land_class, park.land_use[0].area_ha, park.land_use[0].year) == (
        "green",
        12.5,
        2024,
    )
    assert (park.leased_fraction, park.established) == (0.85, date(2003, 7, 24))
    assert park.name_vi == "Khu mẫu"
    assert "park/K-1/leased_fraction" in found.ledger.origins
