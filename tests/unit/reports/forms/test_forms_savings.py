"""Lines of the forms: what the made-up park saved in 2025, each sum written out."""

from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import ExchangeKind, Fate, MoneyLine, Range, Solution, Stage, StageEvent
from parkloop.reports.forms.life import effective_date, in_year_fraction, planned, running

HALF = 183 / 365  # 2 July to 31 December 2025


def test_electricity_of_the_park_when_measures_overlap_and_start_late_then_is_share_times_part_of_year(filed):
    # M-1 100,000 x 0.8; M-2 73,000 x 183/365; M-3 takes 5,000 more; M-4 of the plant 20,000
    kwh = 100_000 * 0.8 + 73_000 * HALF - 5_000 + 20_000
    assert kwh == pytest.approx(131_600)
    assert filed.value("III.1.2.3") == pytest.approx(kwh, abs=0.01)
    assert filed.value("III.1.2.5") == pytest.approx(kwh * 0.0006, abs=0.01)
    assert filed.value("III.1.2.6") == pytest.approx(kwh * 2000 / 1e6, abs=0.001)


def test_saving_level_when_base_is_known_then_is_over_the_use_of_those_concerned(filed):
    base = 1_000_000 + 500_000 + 200_000 + 300_000  # E-1, E-2, E-3, U-1
    assert filed.value("III.1.2.4") == round(100 * 131_600 / base, 2)
    assert "2,000,000 kWh" in filed.field("III.1.2.4").note


def test_measures_when_begun_after_the_data_year_or_at_a_closed_firm_then_save_nothing(filed):
    ids = {figure.split("/")[1] for figure in filed.field("III.1.2.3").figure_ids}
    assert ids == {"M-1", "M-2", "M-3", "M-4"}


def test_emissions_of_measures_when_summed_then_hold_electricity_fuel_and_water(filed):
    # electricity 131,600 x 0.0006, coal 10 t x 2, water of the plant 1,000 x 0.0003
    assert filed.value("III.1.3.1") == pytest.approx(78.96 + 20.0 + 0.3, abs=0.01)
    assert "other 0.30 t" in filed.field("III.1.3.1").note


def test_waste_when_ground_and_fed_back_then_is_reuse_and_when_pressed_then_is_in_no_line(filed):
    assert filed.value("III.1.3.8") == 40.0
    assert filed.value("III.1.3.9") == 40.0  # 40 t x 1 million
    assert filed.value("III.1.3.10") == 0.0
    assert "100.00 t (150.000 million VND)" in filed.field("III.1.3.8").note


def test_material_when_waste_goes_out_less_then_holds_only_what_is_bought_less(filed):
    assert filed.value("III.1.3.12") == 40.0
    assert filed.value("III.1.3.13") == 1000.0  # 40 t x 25 million


def test_total_of_measures_when_fuel_has_no_line_then_leaves_it_to_the_full_total(filed):
    # electricity 263.2, water 10, reuse 40, material 1,000
    assert filed.value("III.1.3.16") == pytest.approx(263.2 + 10 + 40 + 1000)
    note = filed.field("III.1.3.16").note
    assert "1,493.200" in note  # + fuel 30 + prevented waste 150
    assert "fuel 30.000" in note


def test_exchange_when_both_partners_are_inside_then_stands_once_in_the_park(filed):
    # X-1 is realised to 0.9: 900 t of ash, 855 t of clinker
    assert filed.value("III.3.13") == 900.0
    assert filed.value("III.3.14") == 315.0  # 900 x 0.35
    assert filed.value("III.3.17") == 855.0
    assert filed.value("III.3.19") == 900.0


def test_exchange_when_partners_file_then_each_has_its_own_part(filed):
    assert filed.b4("P4.20", "E-2") == 900.0
    assert filed.b4("P4.20", "E-3") == 0.0
    assert filed.b4("P4.24", "E-2") == 0.0
    assert filed.b4("P4.24", "E-3") == 855.0
    assert filed.b4("P4.28", "E-2") == "900.00 t"
    assert filed.b4("P4.26", "E-3") == 900.0


def test_money_of_material_when_priced_then_stands_once_net_of_the_price(filed):
    # receiver: 855 x 0.8 = 684 less 900 t x 0.1 = 90; donor: income 90
    assert filed.value("III.3.18") == 0.0
    assert filed.value("III.3.20") == pytest.approx(684 - 90)
    assert filed.value("III.3.22") == pytest.approx(90)
    assert filed.b4("P4.25", "E-3") == 0.0
    assert filed.b4("P4.27", "E-3") == pytest.approx(594)
    assert filed.b4("P4.29", "E-2") == pytest.approx(90)


def test_total_of_exchanges_when_computed_then_leaves_out_services_and_income(filed):
    # reuse 315, recycling 100 t x 1.2 = 120, taken material 594
    assert filed.value("III.3.25") == pytest.approx(315 + 120 + 594)
    note = filed.field("III.3.25").note
    assert "1,051.000" in note  # + shared services 22
    assert "income 90.000" in note
    assert "-45.000" in note  # haulage 50 x 0.9, not deducted


def test_joint_service_when_it_saves_power_and_repair_then_money_stands_on_its_line_alone(filed):
    assert filed.value("III.3.2") == 1000.0
    assert filed.value("III.3.5") == 0.0
    assert filed.value("III.3.27") == pytest.approx(20 + 1000 * 2000 / 1e6)
    assert filed.b4("P4.33", "E-1") == 20.0
    assert filed.b4("P4.33", "E-2") == 2.0


def test_partner_in_another_park_when_it_saves_then_is_named_but_not_added(filed):
    assert filed.value("III.3.15") == 100.0  # textile to yarn is recycling, at the donor
    assert filed.value("III.3.21") - filed.value("III.3.19") == 100.0
    assert "P-9: 0.00 tCO2e, 3,200.000 million VND" in filed.field("III.3.8").note


def test_exchange_when_reported_by_both_partners_then_counts_once(filed):
    assert filed.value("III.2.1.1") == 3
    assert "X-5" not in " ".join(filed.field("III.2.1.1").figure_ids)


def test_fuel_when_other_energy_rises_then_both_are_shown(filed):
    assert filed.b4("P3.2", "E-2") == -5000.0
    assert "below zero" in filed.field("P3.2", "B.4", "E-2").note
    assert filed.b4("P3.6", "E-2") == 10.0
    assert filed.field("P3.6", "B.4", "E-2").unit == "t"
    assert filed.b4("P3.7", "E-2") == 20.0
    assert filed.b4("P3.8", "E-2") == 30.0
    assert filed.value("III.1.2.8").startswith("10.00 t ")


def test_scrap_already_sold_when_it_changes_hands_then_reduces_no_waste_to_treatment(
    small_park, file_again, kit
):
    sold = _with_fate(small_park, kit, Fate.SOLD.value)
    park = file_again(sold)
    assert park.value("III.3.13") == 0.0
    assert park.value("III.3.19") == 900.0


def test_sale_lost_for_an_exchange_when_totalled_then_stands_beside_the_income(small_park, file_again, kit):
    change = kit["change"]
    lines = (change("E-2", "fly_ash", -1_000, 0.0, "sold"), change("E-3", "clinker", -950, 0.8e6))
    lost = MoneyLine("lost_sale", "E-2", Range.exact(-4.0e7), "VND", resource_id="fly_ash", fate="sold")
    case = kit["case"]("X-1", lines, (*kit["prices"](("E-2", "E-3"), "fly_ash", 1.0e8), lost))
    plan = small_park.portfolio
    shares = tuple(kit["share"](case, 0.9) if s.solution_id == "X-1" else s for s in plan.shares)
    park = file_again(
        replace(small_park, cases={**small_park.cases, "X-1": case}, portfolio=replace(plan, shares=shares))
    )
    # taken material 594, recycling 120; services 22 in the full total; 40 x 0.9 of sales lost apart
    assert park.value("III.3.25") == pytest.approx(594 + 120)
    assert "full total 736.000" in park.field("III.3.25").note
    assert "sales lost for it -36.000" in park.field("III.3.25").note


def _with_fate(result, kit, fate):
    change = kit["change"]
    lines = (change("E-2", "fly_ash", -1_000, 0.35e6, fate), change("E-3", "clinker", -950, 0.8e6))
    case = kit["case"]("X-1", lines, kit["prices"](("E-2", "E-3"), "fly_ash", 1.0e8))
    shares = tuple(kit["share"](case, 0.9) if s.solution_id == "X-1" else s for s in result.portfolio.shares)
    return replace(
        result,
        cases={**result.cases, "X-1": case},
        portfolio=replace(result.portfolio, shares=shares),
    )


def test_waste_bought_as_input_when_displaced_then_is_neither_waste_nor_primary_material(
    small_park, file_again, kit
):
    pair, what = ("E-2", "E-3"), ("steel_scrap", "steel_scrap")
    solution = kit["exchange"]("X-1", pair, what, (50, 50), date(2024, 1, 1))
    lines = (
        kit["change"]("E-2", "steel_scrap", -50, 0.1e6, "landfilled"),
        kit["change"]("E-3", "steel_scrap", -50, 8.0e6),
    )
    park = file_again(_replaced(small_park, kit, solution, lines))
    assert park.value("III.3.13") + park.value("III.3.15") == 50 + 100  # with X-2, not 100 + 100
    assert park.value("III.3.17") == 0.0
    assert "50.00 t of bought scrap" in park.field("III.3.17").note
    assert park.value("III.3.20") == pytest.approx(400)


def _replaced(result, kit, solution, lines):
    """The park with another exchange in place of X-1."""
    case = kit["case"](solution.id, lines)
    shares = tuple(kit["share"](case) if s.solution_id == solution.id else s for s in result.portfolio.shares)
    return replace(
        result,
        solutions=tuple(solution if s.id == solution.id else s for s in result.solutions),
        cases={**result.cases, solution.id: case},
        portfolio=replace(result.portfolio, shares=shares),
    )


def test_waste_when_it_replaces_fuel_then_is_energy_recovery_and_in_no_line(small_park, file_again, kit):
    solution = kit["exchange"](
        "X-1", ("E-2", "E-3"), ("wood_waste", "coal_sub_bituminous"), (50, 20), date(2024, 1, 1)
    )
    lines = (
        kit["change"]("E-2", "wood_waste", -50, 0.2e6, "landfilled"),
        kit["change"]("E-3", "coal_sub_bituminous", -20),
    )
    park = file_again(_replaced(small_park, kit, solution, lines))
    assert park.value("III.3.13") == 0.0
    assert "waste used for energy: 50.00 t (10.000 million VND)" in park.field("III.3.13").note
    assert park.value("III.3.7").startswith("20.00 t ")
    assert park.b4("P4.12", "E-3") == 60.0  # 20 t x 3 million


def test_given_effluent_when_it_replaces_water_then_saves_water_once(small_park, file_again, kit):
    solution = kit["exchange"](
        "X-1",
        ("U-1", "E-3"),
        ("treated_effluent", "fresh_water"),
        (5_000, 4_500),
        date(2024, 1, 1),
        price=2000.0,
    )
    lines = (
        kit["change"]("U-1", "treated_effluent", -5_000, 0.0, "discharged"),
        kit["change"]("E-3", "fresh_water", -4_500),
    )
    result = _replaced(small_park, kit, solution, lines)
    case = kit["case"]("X-1", lines, kit["prices"](("U-1", "E-3"), "treated_effluent", 1.0e7))
    park = file_again(replace(result, cases={**result.cases, "X-1": case}))
    assert park.value("III.3.9") == 4_500.0
    assert park.value("III.3.10") == pytest.approx(45 - 10)  # less the price of the effluent
    assert park.value("III.3.11") == 0.0
    assert park.value("III.3.22") == 0.0  # no material
    assert park.value("III.2.1.4") is True  # from the park's own plant: a service


def test_counting_when_only_new_ones_count_then_others_save_nothing(small_park, file_again):
    park = file_again(small_park, counting="new")
    assert park.value("III.1.2.3") == pytest.approx(73_000 * HALF, abs=0.01)
    assert park.value("III.3.13") == 0.0
    assert "took effect in that year" in park.forms[0].standing_en


def _ran(stage, *events, start=None):
    return Solution(
        "S", "t", "measure", "", "", ("E-1",), (), stage=stage, start=start,
        history=tuple(StageEvent(s, on) for s, on in events),
    )  # fmt: skip


def test_effect_when_implemented_and_verified_then_begins_with_the_implementation():
    ran = _ran(
        Stage.VERIFIED,
        (Stage.VERIFIED, date(2025, 3, 1)),
        (Stage.IMPLEMENTED, date(2024, 9, 1)),
        start=date(2024, 1, 1),
    )
    assert effective_date(ran) == date(2024, 9, 1)
    assert effective_date(_ran(Stage.VERIFIED, (Stage.VERIFIED, date(2025, 3, 1)))) == date(2025, 3, 1)


def test_solution_when_given_up_then_ran_until_that_day():
    ran = _ran(Stage.REJECTED, (Stage.IMPLEMENTED, date(2023, 1, 1)), (Stage.REJECTED, date(2025, 4, 1)))
    assert running((ran,), "measure", date(2024, 12, 31)) == (ran,)
    assert running((ran,), "measure", date(2025, 12, 31)) == ()
    assert in_year_fraction(ran, 2025) == pytest.approx(90 / 365)  # January to March


def test_fraction_when_year_has_366_days_then_counts_them():
    assert in_year_fraction(_ran(Stage.IMPLEMENTED, start=date(2024, 2, 1)), 2024) == pytest.approx(335 / 366)


def test_planned_when_late_undated_or_already_begun_then_each_has_its_place():
    late = replace(_ran(Stage.DECIDED, start=date(2025, 2, 1)), id="late")
    bare = replace(_ran(Stage.FEASIBLE), id="bare")
    begun = replace(_ran(Stage.IMPLEMENTED, start=date(2026, 2, 1)), id="begun")
    far = replace(_ran(Stage.DECIDED, start=date(2031, 1, 1)), id="far")
    found = planned((late, bare, begun, far), "measure", date(2025, 12, 31), date(2029, 12, 31))
    assert (found.dated, found.undated, found.overdue) == ((begun,), (bare,), (late,))


def test_kinds_of_exchange_are_those_the_forms_know():
    assert {kind.value for kind in ExchangeKind} == {"by_product_reuse", "utility_sharing", "joint_service"}
