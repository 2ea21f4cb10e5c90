"""Factors and tariffs against the facts they were taken from (emission_factors.yaml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from parkloop.model import Book
from parkloop.reference import factor_set, gwp, prices, reference_rows, row

FACTS = Path(__file__).parents[3] / "shared" / "reference" / "emission_factors.yaml"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(
        not FACTS.is_file(), reason="needs ../shared/reference, which is not part of the project"
    ),
]
ISO3 = {
    "VN": "VNM",
    "CO": "COL",
    "EG": "EGY",
    "ID": "IDN",
    "PE": "PER",
    "ZA": "ZAF",
    "UA": "UKR",
    "ET": "ETH",
}


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FACTS.read_text("utf-8"))
    return found


def test_official_grid_factors_when_compared_then_every_year_is_equal(facts: dict[str, Any]) -> None:
    for year, fact in facts["grid_viet_nam_official"].items():
        line = next(f for f in factor_set("VN", year, Book.PROJECT).factors if f.resource_id == "electricity")
        assert (line.year, line.value * 1000) == (year, pytest.approx(fact["value"]))
        assert row(line.id).confidence == fact["confidence"]


@pytest.mark.parametrize("country", ISO3)
def test_average_intensities_when_compared_then_equal(facts: dict[str, Any], country: str) -> None:
    fact = facts["grid_ember"][ISO3[country]]
    line = next(
        f for f in factor_set(country, 2026, Book.INVENTORY).factors if f.resource_id == "electricity"
    )
    assert (line.year, line.value * 1000) == (fact["year"], pytest.approx(fact["value"]))


def test_electricity_maps_values_when_searched_then_none_is_shipped() -> None:
    assert not [
        r for r in reference_rows().values() if "electricity maps" in f"{r.source} {r.label_en}".lower()
    ]


def test_fuel_inputs_when_compared_then_equal_with_the_same_confidence(facts: dict[str, Any]) -> None:
    for fuel, quantities in facts["fuels_ipcc2006"].items():
        if fuel.startswith("_"):
            continue
        for quantity, fact in quantities.items():
            found = row(f"ipcc2006-{fuel}-{quantity}")
            assert found.value == pytest.approx(fact["value"]), found.id
            assert found.confidence == fact["confidence"], found.id


@pytest.mark.parametrize(("edition", "key"), [("AR5", "AR5_100yr"), ("AR6", "AR6_100yr")])
def test_warming_potentials_when_compared_then_equal(facts: dict[str, Any], edition: str, key: str) -> None:
    assert gwp(edition) == {gas: fact["value"] for gas, fact in facts["gwp"][key].items()}


@pytest.mark.parametrize(
    ("group", "prefix"),
    [("electricity_manufacturing", ""), ("electricity_wholesale_to_industrial_zone", "zone_")],
)
def test_tariffs_when_compared_then_every_band_is_equal(
    facts: dict[str, Any], group: str, prefix: str
) -> None:
    for voltage, by_band in facts["tariffs_viet_nam"][group].items():
        ours = {
            p.band: p.value for p in prices("VN", 2025, prefix + voltage) if p.resource_id == "electricity"
        }
        for band, fact in by_band.items():
            assert ours[band] == fact["value"], (voltage, band)
