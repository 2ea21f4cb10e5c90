import ast
import operator

import pytest

from parkloop.reference import (
    discount_rate,
    exchange_rates,
    parameters,
    prices,
    resources,
    row,
    sources,
    tariff_hours,
    voltages,
)
from parkloop.reference.tables import rows

_OPERATORS = {ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Add: operator.add, ast.Sub: operator.sub}


def computed(formula: str) -> float:
    def walk(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return float(_OPERATORS[type(node.op)](walk(node.left), walk(node.right)))
        assert isinstance(node, ast.Constant)
        return float(node.value)

    return walk(ast.parse(formula, mode="eval").body)


def bands(voltage: str) -> dict[str, float]:
    return {p.band: p.value for p in prices("VN", 2025, voltage) if p.resource_id == "electricity"}


def test_prices_when_22_to_110_kv_then_the_three_bands_of_the_decision() -> None:
    found = bands("22_to_110kV")  # Decision 1279/QD-BCT of 9 May 2025
    assert (found["normal"], found["off_peak"], found["peak"]) == (1833, 1190, 3398)


@pytest.mark.parametrize("voltage", voltages("VN"))
def test_prices_when_steady_use_then_mean_weighted_by_the_hours_of_the_week(voltage: str) -> None:
    found = bands(voltage)
    hours = {"peak": 0.0, "off_peak": 0.0}
    for window in tariff_hours("VN"):
        hours[window.band] += window.hours_per_week
    normal = 168 - sum(hours.values())
    mean = (found["normal"] * normal + sum(found[b] * h for b, h in hours.items())) / 168
    assert found[""] == pytest.approx(mean, rel=1e-5)


def test_prices_when_resolved_then_one_line_a_key_known_resource_and_printable_row() -> None:
    found = prices("VN", 2025)
    keys = [(p.resource_id, p.side, p.band, p.fate) for p in found]
    assert len(keys) == len(set(keys))
    for price in found:
        assert price.resource_id in resources(), price.reference_id
        assert price.side in ("buy", "sell", "dispose")
        shown = row(price.reference_id)
        assert shown.value == price.value
        assert shown.unit == f"{price.currency}/{resources()[price.resource_id].unit}"
        assert shown.source in sources()


def test_prices_when_only_recalled_then_wide_and_unchecked() -> None:
    for price in prices("VN", 2025):
        if row(price.reference_id).source == "practice":
            assert price.confidence == "unchecked" and price.uncertainty >= 0.15, price.reference_id


def test_prices_when_country_unknown_then_none() -> None:
    assert prices("XX", 2025) == ()


@pytest.mark.parametrize(
    "resource_id",
    ["electricity", "fresh_water", "steam", "diesel", "fuel_oil", "lpg", "cng", "natural_gas",
     "coal_anthracite", "rice_husk", "wood_pellet"],
)  # fmt: skip
def test_prices_when_utility_or_fuel_then_a_purchase_price_exists(resource_id: str) -> None:
    assert [p for p in prices("VN", 2025) if p.resource_id == resource_id and p.side == "buy"]


@pytest.mark.parametrize("resource_id", ["wastewater", "general_industrial_waste", "hazardous_waste"])
def test_prices_when_given_off_then_a_cost_of_disposal_exists(resource_id: str) -> None:
    found = [p for p in prices("VN", 2025) if p.resource_id == resource_id and p.side == "dispose"]
    assert found and all(p.value > 0 for p in found)


def test_price_rows_when_formula_given_then_it_recomputes_and_lies_in_its_band() -> None:
    for cells in rows("prices.csv"):
        value = float(cells["value"])
        if cells["formula"]:
            assert value == pytest.approx(computed(cells["formula"]), rel=1e-5), cells["id"]
        if cells["low"]:
            assert float(cells["low"]) <= value <= float(cells["high"]), cells["id"]


def test_tariff_hours_when_decided_but_not_applied_then_kept_apart() -> None:
    assert {item.status for item in tariff_hours("VN")} == {"in_force"}
    assert sum(i.hours_per_week for i in tariff_hours("VN", "decided") if i.band == "peak") == 30
    assert sum(i.hours_per_week for i in tariff_hours("VN") if i.band == "off_peak") == 42


def test_discount_rate_when_country_has_no_row_then_the_general_one() -> None:
    assert discount_rate("VN").id == "discount-rate-vn"
    assert discount_rate("CO").id == "discount-rate-world"
    assert parameters("VN")["power_factor_limit"].value == 0.9


def test_exchange_rates_when_read_then_positive_unchecked_and_printable() -> None:
    for rate in exchange_rates():
        assert rate.rate > 0 and rate.confidence == "unchecked"
        assert row(rate.reference_id).value == rate.rate


def test_prices_when_a_kind_has_none_then_that_of_what_it_is_a_kind_of_with_more_doubt() -> None:
    by_id = {(p.resource_id, p.side, p.fate): p for p in prices("VN", 2025)}
    own, handed = by_id["plating_sludge", "dispose", ""], by_id["nickel_sludge", "dispose", ""]
    assert handed.reference_id == own.reference_id
    assert handed.uncertainty == pytest.approx(1.5 * own.uncertainty)


def test_prices_when_electricity_is_made_on_site_then_the_tariff_is_no_price_of_it() -> None:
    assert {p.resource_id for p in prices("VN", 2025) if p.resource_id.startswith("electricity")} == {
        "electricity",
        "electricity_grid",
    }
