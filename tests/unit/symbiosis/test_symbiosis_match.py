from dataclasses import replace

import pytest

from parkloop import reference
from parkloop.model import Fate, ParticipantKind, Place, Quality
from parkloop.reference.uses import uses as reference_uses
from parkloop.symbiosis import MatchSettings, match, sides, yearly


@pytest.fixture
def pair(firm):
    return [firm("A", "vsic:3510"), firm("B", "vsic:2394", north_km=10.0)]


@pytest.fixture
def ash(flow):
    return [flow("F1", "A", "out", "fly_ash", 1000.0), flow("F2", "B", "in", "clinker", 4000.0)]


def test_match_when_an_output_serves_an_input_then_the_pair_is_a_candidate(find, pair, ash, settings):
    row = find(pair, ash, settings).candidates.row(0, named=True)
    assert (row["donor"], row["receiver"], row["resource"], row["displaced"]) == (
        "A",
        "B",
        "fly_ash",
        "clinker",
    )
    # supply 1,000 is less than half of 4,000
    assert row["quantity"] == pytest.approx(1000.0)
    # 10 km straight times the road factor 1.3
    assert row["distance_km"] == pytest.approx(13.0, rel=1e-3)


def test_match_when_the_cap_is_smaller_than_the_supply_then_it_limits_the_quantity(find, pair, ash, settings):
    small = [ash[0], replace(ash[1], amount=replace(ash[1].amount, value=600.0))]
    assert find(pair, small, settings).candidates["quantity"].item() == pytest.approx(300.0)


def test_match_when_one_firm_has_both_flows_then_it_is_not_matched_with_itself(find, firm, flow, settings):
    both = [flow("F1", "A", "out", "fly_ash", 1000.0), flow("F2", "A", "in", "clinker", 4000.0)]
    found = find([firm("A", "vsic:2394")], both, settings)
    assert len(found.candidates) + len(found.leads) + len(found.rejected) == 0


def test_match_when_the_sector_does_not_use_it_then_there_is_no_pair(find, firm, ash, settings):
    found = find([firm("A"), firm("B", "vsic:1313")], ash, settings)
    assert len(found.candidates) + len(found.leads) + len(found.rejected) == 0


def test_match_when_the_sector_is_unknown_then_it_is_asked_for(find, firm, ash, settings):
    found = find([firm("A"), firm("B")], ash, settings)
    assert "sector" in found.leads["missing"].item().to_list()


def test_match_when_a_nace_code_is_given_then_its_isic_class_counts(find, firm, ash, settings):
    # NACE 23.51 manufacture of cement is ISIC 2394
    assert len(find([firm("A"), firm("B", "nace:23.51")], ash, settings).candidates) == 1


def test_match_when_the_output_is_hazardous_then_the_hazard_gate_rejects_it(find, pair, ash, settings):
    bad = [replace(ash[0], quality=Quality(hazard="NH")), ash[1]]
    assert find(pair, bad, settings).rejected["reason"].to_list() == ["hazard"]


def test_match_when_the_hazard_is_to_be_tested_then_the_pair_is_a_lead(find, pair, ash, settings):
    open_ = [replace(ash[0], quality=Quality(hazard="KS")), ash[1]]
    assert "hazard_test" in find(pair, open_, settings).leads["missing"].item().to_list()


def test_match_when_the_use_takes_hazardous_waste_then_the_licence_is_asked_for(
    find, pair, ash, settings, use
):
    bad = [replace(ash[0], quality=Quality(hazard="NH")), ash[1]]
    licensed = replace(settings, uses=(replace(use, hazard_allowed=True),))
    assert "licence" in find(pair, bad, licensed).leads["missing"].item().to_list()


def test_match_when_a_licensed_handler_takes_hazardous_waste_then_it_is_a_candidate(
    find, firm, pair, ash, settings, use
):
    bad = [replace(ash[0], quality=Quality(hazard="NH")), ash[1]]
    licensed = replace(settings, uses=(replace(use, hazard_allowed=True, receiver_sectors=("3822",)),))
    assert len(find([pair[0], firm("B", "vsic:3822")], bad, licensed).candidates) == 1


def test_match_when_the_use_is_prohibited_then_the_legal_gate_rejects_it(find, pair, ash, settings, use):
    forbidden = replace(settings, uses=(replace(use, legal_class_vn="prohibited"),))
    assert find(pair, ash, forbidden).rejected["reason"].to_list() == ["legal"]


def test_match_when_resource_and_use_differ_in_law_then_the_stricter_counts(find, pair, ash, settings):
    # the taxonomy leaves fly ash to the authority, the use calls it a by-product
    row = find(pair, ash, settings).candidates.row(0, named=True)
    assert (row["legal"], row["gate_legal"]) == ("ask_authority", "ask")


@pytest.mark.parametrize(
    ("low", "high", "gate"), [(0.01, 0.04, "pass"), (0.06, 0.07, "fail"), (0.04, 0.06, "unknown")]
)
def test_match_when_a_mass_fraction_is_known_then_it_is_held_against_the_limit(
    find, pair, ash, settings, use, low, high, gate
):
    strict = replace(settings, uses=(replace(use, limits_fraction={"loi": 0.05}),))
    flows = [replace(ash[0], quality=Quality(composition={"loi": (low, high)})), ash[1]]
    found = find(pair, flows, strict)
    frame = found.rejected if gate == "fail" else found.candidates
    assert frame["gate_quality"].to_list() == [gate]


def test_match_when_a_limit_is_not_measured_then_the_test_is_asked_for(find, pair, ash, settings, use):
    strict = replace(settings, uses=(replace(use, limits_fraction={"loi": 0.05}),))
    assert "quality.loi" in find(pair, ash, strict).candidates["missing"].item().to_list()


def test_match_when_a_concentration_is_too_high_then_the_parameter_is_named(find, pair, ash, settings, use):
    strict = replace(settings, uses=(replace(use, limits_mg_l={"cod": 50.0}),))
    flows = [replace(ash[0], quality=Quality(concentrations_mg_l={"cod": 51.0})), ash[1]]
    row = find(pair, flows, strict).rejected.row(0, named=True)
    assert (row["reason"], row["failed_parameters"]) == ("quality", ["cod"])


def test_match_when_it_is_too_far_then_the_near_miss_is_shown(find, firm, ash, settings):
    # 45 km straight are 58.5 km by road: over 50, within twice 50
    found = find([firm("A"), firm("B", "vsic:2394", north_km=45.0)], ash, settings)
    assert found.rejected["reason"].to_list() == ["distance"]


def test_match_when_a_total_reach_is_set_then_nothing_beyond_is_looked_at(find, firm, ash, settings):
    found = find(
        [firm("A"), firm("B", "vsic:2394", north_km=10.0)], ash, replace(settings, max_distance_km=5.0)
    )
    assert len(found.candidates) + len(found.rejected) == 0


def test_match_when_lots_of_one_park_have_no_place_then_a_distance_within_the_park_is_assumed(
    find, firm, ash, settings
):
    firms = [replace(one, place=Place(lot="L1")) for one in (firm("A"), firm("B", "vsic:2394"))]
    row = find(firms, ash, settings).candidates.row(0, named=True)
    assert row["distance_km"] == pytest.approx(1.0)
    assert "place" in row["missing"]


@pytest.mark.parametrize("without", [(0, 1), (0,), (1,)])
def test_match_when_neither_lot_nor_park_has_a_place_then_the_pair_is_still_found(
    flow, firm, ash, settings, park, without
):
    firms = [firm("A"), firm("B", "vsic:2394")]
    firms = [replace(one, place=Place()) if n in without else one for n, one in enumerate(firms)]
    resources = reference.resources()
    nowhere = replace(park, place=Place())
    offers, wants, parameters = sides(firms, yearly(ash, None, resources), [nowhere], resources, "VN")
    found = match(offers, wants, parameters, settings.uses, resources, settings)
    assert found.candidates["distance_km"].to_list() == [1.0]


def test_match_when_partners_of_different_parks_have_no_place_then_they_do_not_meet(
    find, firm, ash, settings
):
    firms = [replace(firm("A"), place=Place(), park_id="Q"), replace(firm("B", "vsic:2394"), place=Place())]
    assert len(find(firms, ash, settings).candidates) == 0


def test_match_when_only_the_nearest_partner_is_wanted_then_one_remains(find, firm, flow, ash, settings):
    third = firm("C", "vsic:2394", north_km=2.0)
    flows = [*ash, flow("F3", "C", "in", "clinker", 4000.0)]
    firms = [firm("A"), firm("B", "vsic:2394", north_km=10.0), third]
    found = find(firms, flows, replace(settings, max_partners=1))
    assert found.candidates["receiver"].to_list() == ["C"]


def test_match_when_the_amount_is_below_the_useful_minimum_then_it_is_rejected(
    find, pair, ash, settings, use
):
    big = replace(settings, uses=(replace(use, min_amount=5000.0),))
    assert find(pair, ash, big).rejected["reason"].to_list() == ["quantity"]


def test_match_when_an_output_is_already_exchanged_then_it_is_not_on_offer(find, pair, ash, settings):
    taken = [replace(ash[0], fate=Fate.EXCHANGED), ash[1]]
    assert len(find(pair, taken, settings).candidates) == 0


def test_match_when_a_firm_does_not_operate_then_it_neither_gives_nor_takes(find, pair, ash, settings):
    closed = [pair[0], replace(pair[1], in_operation=False)]
    assert len(find(closed, ash, settings).candidates) == 0


def test_match_when_rejected_pairs_are_not_kept_then_the_frame_is_empty(find, pair, ash, settings):
    bad = [replace(ash[0], quality=Quality(hazard="NH")), ash[1]]
    assert find(pair, bad, replace(settings, keep_rejected=False)).rejected.is_empty()


@pytest.mark.parametrize(
    ("donor_c", "receiver_c", "reason"),
    [(75.0, 65.0, None), (74.9, 65.0, "temperature"), (59.0, 40.0, "temperature"), (60.0, 40.0, None)],
)
def test_match_of_heat_needs_the_receivers_temperature_and_the_difference(
    find, firm, flow, warm, heat_use, donor_c, receiver_c, reason
):
    flows = [
        warm(flow("F1", "A", "out", "waste_heat", 1e6, "kWh"), donor_c),
        warm(flow("F2", "B", "in", "hot_water_heat", 1e6, "kWh"), receiver_c),
    ]
    found = find([firm("A"), firm("B", "vsic:1313")], flows, MatchSettings(uses=(heat_use,)))
    assert len(found.candidates) == (reason is None)
    assert found.rejected["reason"].to_list() == ([reason] if reason else [])


def test_match_of_heat_without_a_temperature_is_a_lead(find, firm, flow, heat_use):
    flows = [
        flow("F1", "A", "out", "waste_heat", 1e6, "kWh"),
        flow("F2", "B", "in", "hot_water_heat", 1e6, "kWh"),
    ]
    found = find([firm("A"), firm("B", "vsic:1313")], flows, MatchSettings(uses=(heat_use,)))
    assert "donor_temperature" in found.leads["missing"].item().to_list()


def test_match_of_heat_counts_the_seasons_that_meet(find, firm, flow, warm, heat_use):
    # donor in the first half of the year, receiver in the second quarter and the third: one quarter of each
    donor = ";".join(["1"] * 6 + ["0"] * 6)
    receiver = ";".join(["0"] * 3 + ["1"] * 6 + ["0"] * 3)
    flows = [
        warm(flow("F1", "A", "out", "waste_heat", 600.0, "kWh"), 95.0),
        flow("F2", "B", "in", "hot_water_heat", 600.0, "kWh"),
    ]
    flows[0] = replace(flows[0], quality=replace(flows[0].quality, profile=donor))
    flows[1] = replace(flows[1], quality=Quality(profile=receiver))
    whole = replace(heat_use, cap_fraction=1.0)
    near = find([firm("A"), firm("B", "vsic:1313")], flows, MatchSettings(uses=(whole,)))
    # 100 a month against 100 a month in April, May and June: half of either
    assert near.candidates["overlap_fraction"].item() == pytest.approx(0.5)
    assert near.candidates["quantity"].item() == pytest.approx(300.0)


def test_match_of_a_hauled_waste_is_evened_out_by_stock(find, pair, ash, settings):
    seasonal = [replace(ash[0], quality=Quality(profile=";".join(["1"] + ["0"] * 11))), ash[1]]
    assert find(pair, seasonal, settings).candidates["overlap_fraction"].item() == 1.0


def test_match_of_a_perishable_waste_is_not_evened_out(find, pair, ash, settings):
    profile = ";".join(["1"] + ["0"] * 11)
    seasonal = [replace(ash[0], quality=Quality(profile=profile, storage_days=2.0)), ash[1]]
    # all 1,000 t in January; the receiver can take half of 4,000 / 12 in a month
    assert find(pair, seasonal, settings).candidates["quantity"].item() == pytest.approx(2000 / 12)


def test_match_of_a_finer_waste_goes_by_its_kind(find, firm, flow):
    flows = [
        flow("F1", "A", "out", "steel_turnings", 500.0),
        flow("F2", "B", "in", "steel_scrap", 4000.0),
    ]
    chosen = tuple(one for one in reference_uses() if one.id == "steel_scrap-steel_scrap-steel_melting")
    found = find([firm("A", "vsic:2592"), firm("B", "vsic:2410")], flows, MatchSettings(uses=chosen))
    assert found.candidates["resource"].to_list() == ["steel_turnings"]


def test_match_of_drinking_water_is_not_met_by_what_serves_fresh_water(find, firm, flow):
    flows = [
        flow("F1", "A", "out", "rain_water", 50_000.0, "m3"),
        flow("F2", "B", "in", "drinking_water", 50_000.0, "m3"),
    ]
    found = find([firm("A"), firm("B", "vsic:1104")], flows, MatchSettings(uses=reference_uses()))
    assert len(found.candidates) + len(found.leads) == 0


def test_match_of_energy_uses_the_calorific_values_of_both(find, firm, flow):
    flows = [
        flow("F1", "A", "out", "rice_husk", 1000.0),
        flow("F2", "B", "in", "coal_sub_bituminous", 50_000.0),
    ]
    chosen = tuple(
        one for one in reference_uses() if one.id == "rice_husk-coal_sub_bituminous-solid_fuel_boiler"
    )
    row = find([firm("A"), firm("B", "vsic:1701")], flows, MatchSettings(uses=chosen)).candidates.row(
        0, named=True
    )
    husk = reference.resources()["rice_husk"].ncv_gj_per_unit
    coal = reference.resources()["coal_sub_bituminous"].ncv_gj_per_unit
    assert row["displaced_per_unit"] == pytest.approx(0.95 * husk / coal)


def test_match_with_a_city_needs_no_sector(find, firm, ash, settings):
    city = firm("B", "", 5.0, ParticipantKind.CITY)
    assert len(find([firm("A"), city], ash, settings).candidates) == 1


def test_settings_when_the_objective_is_unknown_then_they_are_refused():
    with pytest.raises(ValueError, match="objective"):
        MatchSettings(objective="glory")


def test_settings_when_emissions_count_then_factors_are_needed():
    with pytest.raises(ValueError, match="factors"):
        MatchSettings(objective="emissions")
