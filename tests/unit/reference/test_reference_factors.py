import ast
import operator

import pytest

from parkloop.model import Book, Factor
from parkloop.reference import factor_set, gwp, reference_rows, resources, row, sources
from parkloop.reference.tables import rows

_OPERATORS = {ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Add: operator.add, ast.Sub: operator.sub}


def computed(formula: str) -> float:
    def walk(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return float(_OPERATORS[type(node.op)](walk(node.left), walk(node.right)))
        assert isinstance(node, ast.Constant)
        return float(node.value)

    return walk(ast.parse(formula, mode="eval").body)


def grid(country: str, year: int, book: Book) -> Factor:
    return next(f for f in factor_set(country, year, book).factors if f.resource_id == "electricity")


@pytest.mark.parametrize(("year", "expected"), [(2020, 2020), (2023, 2023), (2025, 2023), (2010, 2014)])
def test_factor_set_when_year_asked_then_latest_official_grid_factor_not_after_it(
    year: int, expected: int
) -> None:
    found = grid("VN", year, Book.PROJECT)
    assert (found.id, found.year) == (f"grid-vn-official-{expected}", expected)


def test_factor_set_when_project_book_then_viet_nam_2023_is_0_6592_t_per_mwh() -> None:
    assert grid("VN", 2024, Book.PROJECT).value * 1000 == pytest.approx(0.6592)


def test_factor_set_when_inventory_then_average_intensity_with_its_licence() -> None:
    found = grid("VN", 2024, Book.INVENTORY)
    assert found.value * 1000 == pytest.approx(0.48613)
    assert found.scope == 2
    assert "CC BY 4.0" in sources()[found.source].licence


def test_factor_set_when_country_has_no_project_factor_then_the_average_stands_in_and_says_inferred() -> None:
    found = grid("CO", 2024, Book.PROJECT)
    assert found.id == "grid-co-ember-2024" and found.confidence == "inferred"


def test_factor_set_when_country_unknown_then_no_electricity_line() -> None:
    assert not [f for f in factor_set("XX", 2024).factors if f.resource_id == "electricity"]


def test_factor_set_when_one_book_asked_then_no_line_of_another() -> None:
    for book in Book:
        assert {f.book for f in factor_set("VN", 2024, book).factors} <= {book}


def test_factor_set_when_diesel_burnt_then_three_gases_sum_to_43_gj_times_the_guideline_values() -> None:
    lines = [f for f in factor_set("VN", 2024, Book.INVENTORY).factors if f.resource_id == "diesel"]
    expected = 43.0 * (74100 + 3 * 28 + 0.6 * 265) / 1e6  # IPCC 2006: kg/TJ; AR5 potentials
    assert sum(f.value for f in lines) == pytest.approx(expected, rel=1e-6)
    assert {f.gas for f in lines} == {"CO2", "CH4", "N2O"}


@pytest.mark.parametrize("fuel", ["rice_husk", "wood_pellet", "bagasse", "biogas", "fuel_wood", "sawdust"])
def test_factor_set_when_biomass_then_only_its_co2_is_biogenic(fuel: str) -> None:
    lines = [f for f in factor_set("VN", 2024, Book.INVENTORY).factors if f.resource_id == fuel]
    assert {f.gas: f.biogenic for f in lines} == {"CO2": True, "CH4": False, "N2O": False}


@pytest.mark.parametrize(
    "fuel",
    ["natural_gas", "lpg", "cng", "diesel", "fuel_oil", "coal_anthracite", "coal_sub_bituminous", "rice_husk",
     "rice_husk_pellet", "wood_pellet", "fuel_wood", "bagasse", "sawdust", "biogas"],
)  # fmt: skip
def test_factor_set_when_core_fuel_then_in_both_books_with_the_same_value(fuel: str) -> None:
    by_book = {
        book: sorted((f.id, f.value) for f in factor_set("VN", 2024, book).factors if f.resource_id == fuel)
        for book in (Book.INVENTORY, Book.PROJECT)
    }
    assert by_book[Book.INVENTORY] and by_book[Book.INVENTORY] == by_book[Book.PROJECT]


def test_factor_set_when_fresh_water_then_supply_electricity_times_the_grid_of_the_book() -> None:
    found = next(f for f in factor_set("VN", 2024, Book.PROJECT).factors if f.resource_id == "fresh_water")
    assert found.value == pytest.approx(0.5 * 0.6592 / 1000)
    assert row(found.id).value == pytest.approx(found.value)


def test_factor_set_when_resolved_then_every_resource_exists_and_every_id_can_be_printed() -> None:
    for country in ("VN", "CO", "ZA"):
        for factor in factor_set(country, 2024).factors:
            assert factor.resource_id in resources(), factor.id
            assert row(factor.id).id == factor.id
            assert factor.source in sources(), factor.id
            assert factor.unit == f"tCO2e/{resources()[factor.resource_id].unit}", factor.id


def test_factor_set_when_ids_compared_then_unique_within_book_and_resource() -> None:
    keys = [(f.book, f.resource_id, f.id) for f in factor_set("VN", 2024).factors]
    assert len(keys) == len(set(keys))


def test_factor_set_when_asked_then_purchased_steam_has_no_default() -> None:
    assert not [f for f in factor_set("VN", 2024).factors if f.resource_id == "steam"]


def test_fuel_rows_when_recomputed_then_value_is_the_product_of_its_inputs() -> None:
    known = reference_rows()
    for cells in rows("factors/fuels.csv"):
        ncv, per_tj, potential = (known[cells[c]].value for c in ("ncv_id", "input_id", "gwp_id"))
        assert ncv is not None and per_tj is not None and potential is not None
        assert float(cells["ncv_gj_per_unit"]) == ncv
        assert float(cells["kg_per_tj"]) == per_tj
        assert float(cells["gwp"]) == potential
        assert float(cells["value"]) == pytest.approx(ncv * per_tj * potential * 1e-6, rel=1e-6), cells["id"]


def test_fuel_rows_when_calorific_value_used_then_it_is_the_one_of_the_resource() -> None:
    for cells in rows("factors/fuels.csv"):
        assert resources()[cells["resource_id"]].ncv_gj_per_unit == float(cells["ncv_gj_per_unit"])


def test_fuel_rows_when_an_input_is_unchecked_then_the_product_is_not_checked() -> None:
    for cells in rows("factors/fuels.csv"):
        inputs = {row(cells["ncv_id"]).confidence.value, row(cells["input_id"]).confidence.value}
        if "unchecked" in inputs:
            assert cells["confidence"] == "unchecked", cells["id"]


def test_other_rows_when_recomputed_then_value_is_its_formula() -> None:
    for cells in rows("factors/other.csv"):
        assert float(cells["value"]) == pytest.approx(computed(cells["formula"]), rel=1e-6), cells["id"]


def test_landfill_rows_when_food_then_half_of_half_of_15_percent_carbon_as_methane() -> None:
    # IPCC 2006 vol. 5 defaults: DOC 0.15, DOCf 0.5, F 0.5, MCF 1, CH4/C 16/12, AR5 28
    assert row("landfill-food_waste-ch4").value == pytest.approx(0.15 * 0.5 * 0.5 * 16 / 12 * 28)


def test_gwp_when_edition_unknown_then_says_which_there_are() -> None:
    assert gwp("AR5")["N2O"] == 265
    with pytest.raises(ValueError, match="AR5 and AR6"):
        gwp("AR1")


def test_life_cycle_when_asked_then_no_line_claims_to_be_checked() -> None:
    found = factor_set("VN", 2024, Book.LIFE_CYCLE).factors
    assert found and all(f.confidence == "unchecked" and f.scope == 3 for f in found)


def test_factor_set_when_a_kind_has_no_line_then_that_of_what_it_is_a_kind_of_and_says_so() -> None:
    found = [f for f in factor_set("VN", 2024, Book.PROJECT).factors if f.resource_id == "spent_grain"]
    assert [(f.id, f.fate) for f in found] == [("landfill-organic_waste-ch4", "landfilled")]
    assert found[0].basis.endswith("(as organic_waste)")


def test_factor_set_when_row_holds_for_a_mixture_only_then_not_handed_down() -> None:
    found = factor_set("VN", 2024).factors
    assert not [f for f in found if f.resource_id == "grinding_waste"]


def test_factor_set_when_electricity_is_made_on_site_then_not_charged_with_the_grid() -> None:
    found = [f for f in factor_set("VN", 2024, Book.PROJECT).factors if f.resource_id == "electricity_solar"]
    assert [f.value for f in found] == [0.0]


def test_factor_set_when_wastewater_treated_then_direct_gases_within_the_usual_band() -> None:
    lines = [f for f in factor_set("VN", 2024, Book.INVENTORY).factors if f.resource_id == "wastewater"]
    assert {f.fate for f in lines} == {"treated"}
    assert 0.1 <= sum(f.value for f in lines) * 1000 <= 0.5  # kg CO2e/m3, practice
