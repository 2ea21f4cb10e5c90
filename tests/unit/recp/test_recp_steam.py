"""Measures on boilers and steam; the sum behind each expected number stands beside it."""

import math

import pytest

from parkloop.model import Effect, Rung, Step

COAL_KWH_T = 18.9 / 0.0036  # net calorific value of sub-bituminous coal in the resource table, 18.9 GJ/t
BOILER = {
    "fuel": "coal_sub_bituminous",
    "steam_capacity_t_h": 10.0,
    "load_fraction": 0.6,
    "pressure_bar_g": 7.0,
    "efficiency_fraction": 0.75,
    "flue_gas_temperature_c": 220.0,
    "flue_o2_fraction": 0.11,
    "ambient_temperature_c": 30.0,
    "feed_water_temperature_c": 70.0,
    "make_up_temperature_c": 28.0,
    "condensate_return_fraction": 0.3,
    "possible_condensate_return_fraction": 0.7,
    "condensate_temperature_c": 90.0,
    "blowdown_fraction": 0.06,
    "has_economiser": "no",
}


@pytest.fixture
def steam_site(site, flow, machine):
    def make(*machines, boiler=None, coal=8000.0):
        flows = [flow("coal_sub_bituminous", coal), flow("fresh_water", 200_000.0)]
        return site(flows, [machine("boiler", boiler or BOILER), *machines])

    return make


def _siegert(flue: float, oxygen_percent: float) -> float:
    return (flue - 30.0) * 0.77 / (21 - oxygen_percent) / 100


def test_boiler_tuning_when_oxygen_is_high_then_ratio_of_efficiencies(steam_site, run, best):
    _, made = run("boiler_air_tuning", steam_site())
    better = 0.75 + _siegert(220, 11.0) - _siegert(220, 7.5)
    assert best(made) == pytest.approx(1 - 0.75 / better)
    assert made.deltas[0].step is Step.CONVERSION


def test_boiler_tuning_when_oxygen_is_at_the_target_then_no_delta(steam_site, measure):
    where = steam_site(boiler={**BOILER, "flue_o2_fraction": 0.07})
    (finding,) = measure("boiler_air_tuning").find(where)
    assert measure("boiler_air_tuning").quantify(finding).deltas == ()


def test_boiler_tuning_when_flue_gas_was_not_measured_then_it_says_what_is_missing(steam_site, measure):
    bare = {k: v for k, v in BOILER.items() if not k.startswith("flue")}
    (finding,) = measure("boiler_air_tuning").find(steam_site(boiler=bare))
    assert finding.missing == ("flue_gas_temperature_c", "flue_o2_fraction")


def test_economiser_when_absent_then_flue_gas_is_cooled_to_the_safe_level(steam_site, run, best):
    _, made = run("economiser", steam_site())
    outlet = max(160.0, 220 - 0.6 * (220 - 70))  # coal: not below 160 degC
    better = 0.75 + _siegert(220, 11.0) - _siegert(outlet, 11.0)
    assert best(made) == pytest.approx(1 - 0.75 / better)


def test_economiser_when_fitted_then_nothing_is_found(steam_site, measure):
    assert measure("economiser").find(steam_site(boiler={**BOILER, "has_economiser": "yes"})) == ()


def test_blowdown_when_heat_is_recovered_then_share_of_boiler_heat(steam_site, run, best):
    _, made = run("blowdown_recovery", steam_site())
    # IAPWS-IF97 at 8.01325 bar: h'' 2768.4, h' 721.3; water at 70 degC 293.0, at 28 degC 117.4 kJ/kg
    blown = 0.06 / 0.94
    heat = 2768.4 + blown * 721.3 - (1 + blown) * 293.0
    assert best(made) == pytest.approx(0.75 * blown * (721.3 - 117.4) / heat, rel=2e-3)


def test_condensate_when_more_returns_then_warmer_feed_and_less_make_up(steam_site, run, best):
    _, made = run("condensate_return", steam_site())
    # 0.9 of the heat of 0.4 t of condensate at 90 degC (377.0) instead of water at 28 degC (117.4 kJ/kg)
    assert best(made) == pytest.approx(0.9 * 0.4 * (377.0 - 117.4) / (2768.4 - 293.0), rel=2e-3)
    water = made.deltas[1]
    assert water.resource_id == "fresh_water"
    assert water.value.best == pytest.approx(-10 * 0.6 * 6000 * 0.4)


def test_steam_trap_when_leaking_then_napier_flow_as_fuel(steam_site, machine, run, best):
    group = machine(
        "steam_trap_group",
        {"trap_count": 50.0, "failed_fraction": 0.2, "orifice_diameter_mm": 3.0, "pressure_bar_g": 7.0},
    )
    _, made = run("steam_trap", steam_site(group))
    each = 0.5245 * 0.35 * math.pi / 4 * 9 * 8.01325  # kg/h
    heat_kwh = each * 10 * 0.85 * 6000 * (2768.4 - 272.1) / 3600  # 272.1: water at 65 degC
    assert best(made) == pytest.approx(heat_kwh / (COAL_KWH_T * 0.75), rel=2e-3)
    assert made.deltas[0].resource_id == "coal_sub_bituminous"
    assert made.deltas[0].effect is Effect.ABSOLUTE
    assert made.rung is Rung.ENGINEERING


def test_steam_trap_when_failures_are_assumed_then_screening(steam_site, machine, run):
    group = machine("steam_trap_group", {"trap_count": 50.0, "pressure_bar_g": 7.0})
    _, made = run("steam_trap", steam_site(group))
    assert made.rung is Rung.SCREENING


def test_steam_trap_when_loss_exceeds_the_fuel_then_capped_by_it(steam_site, machine, run, best):
    group = machine(
        "steam_trap_group",
        {"trap_count": 20_000.0, "failed_fraction": 1.0, "orifice_diameter_mm": 20.0, "pressure_bar_g": 7.0},
    )
    finding, made = run("steam_trap", steam_site(group))
    assert best(made) == pytest.approx(finding.number("node_use"))


def test_line_insulation_when_bare_then_loss_of_iso_12241_as_fuel(steam_site, machine, run, best):
    line = machine(
        "steam_line",
        {
            "length_m": 100.0,
            "outside_diameter_mm": 60.3,
            "fluid_temperature_c": 170.0,
            "ambient_temperature_c": 30.0,
            "wind_speed_m_s": 0.0,
            "proposed_thickness_mm": 50.0,
        },
    )
    _, made = run("line_insulation", steam_site(line))
    # bare: radiation 0.85 sigma (443.15^4 - 303.15^4)/140 and convection 1.25 (140/0.0603)^0.25, per K and m2
    radiation = 0.85 * 5.670374419e-8 * (443.15**4 - 303.15**4)
    convection = 1.25 * (140 / 0.0603) ** 0.25 * 140
    bare = (radiation + convection) * math.pi * 0.0603
    # insulated: about 140 / (ln(0.1603/0.0603)/(2 pi 0.05) + 1/(h pi 0.1603)) with h between 4 and 6 W/(m2 K)
    wool = math.log(0.1603 / 0.0603) / (2 * math.pi * 0.05)
    low, high = (140 / (wool + 1 / (h * math.pi * 0.1603)) for h in (4.0, 6.0))
    per_watt = 100 * 6000 / 1000 / (COAL_KWH_T * 0.75)
    assert (bare - high) * per_watt < best(made) < (bare - low) * per_watt


def test_line_insulation_when_valves_are_bare_then_they_count_as_length(steam_site, machine, run, best):
    base = {"length_m": 100.0, "outside_diameter_mm": 60.3, "pressure_bar_g": 7.0}
    _, without = run("line_insulation", steam_site(machine("steam_line", base)))
    _, with_valves = run(
        "line_insulation", steam_site(machine("steam_line", {**base, "bare_valve_count": 20.0}))
    )
    assert best(with_valves) == pytest.approx(best(without) * 1.2)


def test_surface_insulation_when_wall_is_hot_then_saves_most_of_the_bare_loss(steam_site, machine, run, best):
    wall = machine("hot_surface", {"area_m2": 20.0, "surface_temperature_c": 120.0, "wind_speed_m_s": 0.0})
    _, made = run("surface_insulation", steam_site(wall))
    # bare at 31 degC air: 0.85 sigma (393.15^4 - 304.15^4) + 1.25 x 89^1.25 W/m2
    bare = 0.85 * 5.670374419e-8 * (393.15**4 - 304.15**4) + 1.25 * 89**1.25
    whole = bare * 20 * 6000 / 1000 / (COAL_KWH_T * 0.75)
    assert 0.85 * whole < best(made) < whole


def test_bath_cover_when_heated_by_electricity_then_on_the_node_of_the_bath(site, flow, machine, run, best):
    bath = machine(
        "tank",
        {
            "area_m2": 10.0,
            "liquid_temperature_c": 60.0,
            "open_surface_m2": 4.0,
            "ambient_temperature_c": 30.0,
            "heated_by": "electricity",
        },
    )
    _, made = run("bath_cover", site([flow("electricity", 1e6)], [bath]))

    def vapour(c: float) -> float:
        return 0.61094 * math.exp(17.625 * c / (c + 243.04))

    flux = (0.089 + 0.0782 * 0.3) * (vapour(60) - 0.7 * vapour(30)) * 1000
    assert best(made) == pytest.approx(flux * 4 * 6000 / 1000 * 0.7, rel=1e-6)
    assert made.deltas[0].node_id == "E-1/electricity/heated_tanks-Q-tank"


def test_air_heat_when_demand_is_smaller_then_the_demand_is_what_is_recovered(steam_site, machine, run, best):
    item = machine(
        "air_compressor",
        {
            "rated_power_kw": 90.0,
            "load_fraction": 0.8,
            "efficiency_fraction": 0.93,
            "usable_heat_demand_kw": 30.0,
        },
    )
    _, made = run("air_heat_recovery", steam_site(item))
    assert best(made) == pytest.approx(30 * 6000 / (COAL_KWH_T * 0.75))


def test_air_heat_when_demand_is_larger_then_the_compressor_limits(steam_site, machine, run, best):
    item = machine(
        "air_compressor",
        {
            "rated_power_kw": 90.0,
            "load_fraction": 0.8,
            "efficiency_fraction": 0.93,
            "usable_heat_demand_kw": 500.0,
        },
    )
    _, made = run("air_heat_recovery", steam_site(item))
    assert best(made) == pytest.approx(90 * 0.8 / 0.93 * 0.7 * 6000 / (COAL_KWH_T * 0.75))


def test_biomass_when_coal_then_the_same_steam_from_pellets(steam_site, run, best):
    finding, made = run("biomass_switch", steam_site())
    assert best(made) == pytest.approx(0.95)
    added = made.deltas[1]
    assert added.resource_id == "rice_husk_pellet"
    # 16.75 GJ/t pellets at 0.74 give the heat of 0.95 of the coal at 0.75
    expected = finding.number("node_use") * 0.95 * 18.9 * 0.75 / (16.75 * 0.74)
    assert added.value.best == pytest.approx(expected)
    assert added.step is made.deltas[0].step is Step.SOURCE


def test_biomass_when_boiler_burns_gas_then_nothing_is_found(site, flow, machine, measure):
    where = site([flow("natural_gas", 1e6)], [machine("boiler", {**BOILER, "fuel": "natural_gas"})])
    assert measure("biomass_switch").find(where) == ()
