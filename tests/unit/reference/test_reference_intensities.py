import math

import pytest

from parkloop.model import Family, SourceClass
from parkloop.reference import (
    bands,
    end_use_shares,
    inferred_factor,
    intensities,
    resources,
    row,
    sector_groups,
    sources,
    uncertainty,
)
from parkloop.reference.tables import rows


def test_intensities_when_read_then_ordered_known_and_never_checked() -> None:
    for item in intensities():
        assert 0 < item.low <= item.high, item.id
        assert item.group in sector_groups() and item.resource_id in resources(), item.id
        assert item.standing in ("H", "M", "L") and item.confidence == "unchecked"
        assert item.source in sources()
        assert item.unit == f"{resources()[item.resource_id].unit}/{item.driver}"
        assert item.range.best == pytest.approx(math.sqrt(item.low * item.high))
        assert row(item.id).low == item.low


def test_intensities_when_heat_given_in_gj_then_kwh_by_the_definition_of_the_joule() -> None:
    found = next(i for i in intensities() if i.id == "use-dyeing-heat")
    assert found.low == pytest.approx(20 / 0.0036, rel=1e-3)  # 20-60 GJ/t
    assert found.high == pytest.approx(60 / 0.0036, rel=1e-3)


def test_intensities_when_groups_counted_then_the_main_industries_have_electricity_and_water() -> None:
    for group in ("textile_dyeing", "beverage", "seafood", "pulp_paper", "steel", "tannery", "rubber"):
        have = {i.resource_id for i in intensities() if i.group == group}
        assert {"electricity", "fresh_water"} <= have, group


def test_bands_when_read_then_ordered_and_named_in_both_languages() -> None:
    for item in bands().values():
        assert item.low <= item.high and item.label_en and item.label_vi and item.unit, item.id
        assert item.holds(item.low) and item.holds(item.high)


def test_bands_when_saving_above_two_fifths_of_its_end_use_then_out_of_band() -> None:
    assert not bands()["band-limit-measure"].holds(0.41)


@pytest.mark.parametrize("carrier", ["electricity", "heat", "water"])
def test_end_use_shares_when_any_group_then_they_sum_to_one(carrier: str) -> None:
    for group in sector_groups():
        shares = end_use_shares(group, carrier)
        assert sum(shares.values()) == pytest.approx(1.0, abs=1e-9), group
        assert all(0 < share <= 1 for share in shares.values())


def test_end_use_shares_when_group_unknown_then_those_of_other() -> None:
    assert end_use_shares("no_such_group") == end_use_shares("other")


def test_end_use_shares_when_carrier_unknown_then_says_which_there_are() -> None:
    with pytest.raises(ValueError, match="electricity, heat and water"):
        end_use_shares("food", "gossip")


def test_uncertainty_when_any_class_and_family_then_positive() -> None:
    for source_class in SourceClass:
        for family in Family:
            assert uncertainty(source_class, family) > 0


def test_uncertainty_when_class_weaker_then_never_narrower() -> None:
    for family in Family:
        metered, billed, estimated = (
            uncertainty(SourceClass(c), family) for c in ("metered", "billed", "estimated")
        )
        assert metered <= billed <= estimated


def test_uncertainty_when_ledger_rule_then_electricity_2_percent_bulk_fuel_5_to_20_estimates_20() -> None:
    assert uncertainty(SourceClass.BILLED, Family.ELECTRICITY) <= 0.02
    assert 0.05 <= uncertainty(SourceClass.BILLED, Family.FUEL, "coal_anthracite") <= 0.20
    assert uncertainty(SourceClass.ESTIMATED, Family.ELECTRICITY) == 0.20


def test_uncertainty_when_wastewater_billed_then_as_an_estimate() -> None:
    assert uncertainty(SourceClass.BILLED, Family.WATER, "wastewater") == 0.20
    assert uncertainty(SourceClass.BILLED, Family.WATER, "wastewater_dyeing") == 0.20


def test_uncertainty_when_inferred_then_the_logarithm_of_its_factor() -> None:
    assert uncertainty(SourceClass.INFERRED, Family.WASTE) == pytest.approx(math.log(3.0))
    assert inferred_factor(Family.WASTE) == 3.0


def test_uncertainty_rows_when_resource_named_then_it_exists() -> None:
    for cells in rows("intensities_uncertainty.csv"):
        assert not cells["resource_id"] or cells["resource_id"] in resources()
