"""Measures on furnaces and dryers; the sum behind each expected number stands beside it."""

import pytest

GAS_KWH_M3 = 0.036 / 0.0036  # natural gas, 36 MJ/m3 in the resource table


def _available(excess: float, flue_c: float, air_c: float) -> float:
    """MEASUR's available-heat fit, percent, written out."""
    flue, air = flue_c * 1.8 + 32, air_c * 1.8 + 32
    c = 0.017828518 + 2.556e-6 * air
    return 95 - 0.025 * flue - (-1.078913827 + c * flue) * excess + (-1.078913827 + c * air) * (1 + excess)


def _excess(o2: float) -> float:
    return 8.52381 * o2 / (2 - 9.52381 * o2)


FURNACE = {
    "fuel": "natural_gas",
    "rated_power_kw": 2000.0,
    "load_fraction": 0.7,
    "flue_gas_temperature_c": 800.0,
    "flue_o2_fraction": 0.08,
    "combustion_air_temperature_c": 30.0,
}


def test_furnace_air_when_oxygen_is_high_then_ratio_of_available_heat(site, flow, machine, run, best):
    _, made = run("furnace_air_ratio", site([flow("natural_gas", 2e6)], [machine("furnace", FURNACE)]))
    expected = 1 - _available(_excess(0.08), 800, 30) / _available(_excess(0.03), 800, 30)
    assert best(made) == pytest.approx(expected)


def test_recuperator_when_flue_is_hot_then_ratio_of_available_heat(site, flow, machine, run, best):
    tuned = machine("furnace", {**FURNACE, "flue_o2_fraction": 0.04})
    _, made = run("recuperator", site([flow("natural_gas", 2e6)], [tuned]))
    preheated = min(450.0, 30 + 0.5 * (800 - 30))
    expected = 1 - _available(_excess(0.04), 800, 30) / _available(_excess(0.04), 800, preheated)
    assert best(made) == pytest.approx(expected)
    assert 0.10 < best(made) < 0.30  # band of practitioners for burner or recuperator


def test_recuperator_when_fuel_is_dusty_then_nothing_is_found(site, flow, machine, measure):
    coal = machine("furnace", {**FURNACE, "fuel": "coal_anthracite"})
    assert measure("recuperator").find(site([flow("coal_anthracite", 2000.0)], [coal])) == ()


def test_exhaust_when_stenter_then_heat_of_the_exchanger_as_gas(site, flow, machine, run, best):
    item = machine(
        "oven_stenter",
        {
            "fuel": "natural_gas",
            "rated_power_kw": 1500.0,
            "load_fraction": 0.7,
            "exhaust_flow_m3_h": 10_000.0,
            "exhaust_temperature_c": 150.0,
            "fresh_air_temperature_c": 30.0,
        },
    )
    _, made = run("exhaust_recovery", site([flow("natural_gas", 2e6)], [item]))
    # 10,000 m3/h at 150 degC: 353.05/423.15 kg/m3; cooled by 0.5 x 120 K, 1.01 kJ/(kg K)
    heat_kw = 10_000 * 353.05 / 423.15 * 1.01 * 60 / 3600
    assert best(made) == pytest.approx(heat_kw * 6000 * 0.7 / (GAS_KWH_M3 * 0.9))


def test_exhaust_when_dryer_runs_on_steam_then_on_its_steam_node(site, flow, machine, run):
    item = machine(
        "dryer",
        {
            "fuel": "steam",
            "rated_power_kw": 500.0,
            "exhaust_flow_m3_h": 8_000.0,
            "exhaust_temperature_c": 120.0,
        },
    )
    _, made = run("exhaust_recovery", site([flow("steam", 6000.0)], [item]))
    assert made.deltas[0].node_id == "E-1/steam/dryers-Q-dryer"
    assert made.deltas[0].resource_id == "steam"
