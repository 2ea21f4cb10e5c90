import pytest

from parkloop.methods.transport import (
    delivered_fraction,
    fuel_l_per_t_km,
    haul_cost,
    haul_fuel_t,
    pumping_kwh_per_m3_km,
)


def test_haul_cost_adds_way_and_handling():
    # 500 t x (40 km x 0.05 + 2) = 2,000
    assert haul_cost(500.0, 40.0, 0.05, 2.0) == pytest.approx(2000.0)


def test_haul_cost_of_several_loads_is_an_array():
    assert haul_cost([1.0, 2.0], [10.0, 10.0], 0.1).tolist() == pytest.approx([1.0, 2.0])


def test_haul_fuel_of_a_round_trip():
    # 13 t over 100 km with 34 L out and 24 L back: 58 L of 0.84 t/m3
    rate = fuel_l_per_t_km(34.0, 24.0, 13.0)
    assert haul_fuel_t(13.0, 100.0, rate, 0.84) == pytest.approx(0.058 * 0.84)


def test_pumping_lifts_a_cubic_metre_by_the_friction_head():
    # 1000 kg x 9.80665 m/s2 x 36.7098 m = 360 kJ = 0.1 kWh at 100 %
    assert pumping_kwh_per_m3_km(36.70978, 1.0) == pytest.approx(0.1, rel=1e-6)


def test_delivered_fraction_decays_with_length():
    assert delivered_fraction([0.0, 1.0, 2.0], 0.1).tolist() == pytest.approx([1.0, 0.9, 0.81])
