"""Energy equations against published numbers or sums written out; arrays keep their shape."""

import math

import numpy as np
import pytest

from parkloop.methods import (
    combustion,
    compressed_air,
    cooling,
    electrical,
    fans,
    insulation,
    motors,
    pumps,
    solar,
    steam,
)
from parkloop.methods import water_use as water
from parkloop.reference.measures import fan_control, motor_class, motor_curve


def test_steam_when_saturated_then_if97_table():
    # IAPWS-IF97 release, table 35: saturation temperature at 0.1, 1 and 10 MPa
    found = steam.saturation_temperature([1.0, 10.0, 100.0]) + 273.15
    assert found == pytest.approx([372.755919, 453.035632, 584.149488], rel=1e-8)


def test_heat_per_tonne_when_7_bar_then_within_practitioners_band():
    # 2.4-2.55 GJ per tonne at 7 bar g from feed water of 60-80 degC
    heat = steam.heat_per_tonne(7.0, [60.0, 70.0, 80.0]) * 0.0036
    assert np.all((heat > 2.4) & (heat < 2.55))


def test_flash_when_pressure_does_not_fall_then_nothing_flashes():
    liquid = steam.saturated_liquid_enthalpy(5.0)
    assert float(steam.flash_fraction(liquid, 5.0)) == pytest.approx(0.0, abs=1e-9)


def test_blowdown_when_nothing_is_blown_then_boiler_heat_is_steam_minus_feed():
    assert float(steam.boiler_heat(10.0, 2768.0, 293.0, 721.0, 0.0)) == pytest.approx(10 * (2768 - 293))


def test_leak_when_hole_doubles_then_four_times_the_air():
    one, two = compressed_air.orifice_leak_flow([1.0, 2.0], 7.0, 20.0, 0.65)
    assert two == pytest.approx(4 * one)


def test_leak_when_pressure_is_absolute_doubled_then_twice_the_air():
    low, high = compressed_air.orifice_leak_flow(1.0, [1.01325, 3.03975], 20.0, 0.65)
    assert high == pytest.approx(2 * low)


def test_pressure_when_one_bar_lower_then_six_to_nine_percent():
    ratio = compressed_air.pressure_power_ratio([6.0, 6.5, 7.0], [7.0, 7.5, 8.0])
    assert np.all((1 - ratio > 0.06) & (1 - ratio < 0.09))


def test_stack_loss_when_twenty_kelvin_cooler_then_about_one_percent():
    # practitioners' rule: 20 K of stack temperature is 1 % of fuel
    for a2, b, oxygen in ((0.66, 0.009, 0.03), (0.77, 0.0, 0.08), (0.68, 0.007, 0.035)):
        hot, cool = combustion.stack_loss([220.0, 200.0], 30.0, oxygen, a2, b)
        assert 0.007 < hot - cool < 0.014


def test_stack_temperature_when_inverted_then_back():
    loss = combustion.stack_loss(215.0, 28.0, 0.06, 0.69, 0.007)
    assert float(combustion.stack_temperature_for_loss(loss, 28.0, 0.06, 0.69, 0.007)) == pytest.approx(215.0)


def test_pipe_when_bare_then_near_the_published_loss():
    # US DOE steam tip sheet on insulation: 2 in line at 150 psig loses 480 MMBtu/a per 100 ft in still air of
    # 75 degF (recalled): 527 W/m. 150 psig is 185.6 degC saturated.
    made = insulation.pipe_heat_loss(0.0603, 185.6, 23.9, 0.0, 0.05, (0.8, 0.0))
    assert float(made) == pytest.approx(527, rel=0.12)


def test_pipe_when_insulation_grows_then_loss_falls():
    made = insulation.pipe_heat_loss(0.0889, 170.0, 30.0, np.array([0.0, 0.02, 0.05, 0.1]), 0.045, (0.9, 0.0))
    assert np.all(np.diff(made) < 0)


def test_pipe_when_as_cold_as_the_air_then_no_loss():
    assert float(insulation.pipe_heat_loss(0.06, 30.0, 30.0, 0.05, 0.045)) == pytest.approx(0.0, abs=1e-6)


def test_pump_when_full_flow_without_static_head_then_both_controls_are_equal():
    assert float(pumps.throttled_power(1.0)) == pytest.approx(1.0)
    assert float(pumps.speed_controlled_power(1.0, 0.4)) == pytest.approx(1.0)


def test_pump_when_static_head_grows_then_speed_control_saves_less():
    made = pumps.speed_controlled_power(0.7, np.array([0.0, 0.3, 0.6]))
    assert np.all(np.diff(made) > 0)


@pytest.mark.parametrize("control", ["damper", "inlet_vane", "vsd", "none"])
def test_fan_when_flow_is_full_then_power_is_full(control):
    assert float(fans.controlled_power(1.0, fan_control(control))) == pytest.approx(1.0, abs=0.011)


def test_fan_when_flow_is_part_then_speed_takes_least_and_damper_most():
    at = np.linspace(0.4, 0.9, 6)
    vsd, vane, damper = (fans.controlled_power(at, fan_control(c)) for c in ("vsd", "inlet_vane", "damper"))
    assert np.all(vsd < vane)
    assert np.all(vane < damper)


def test_motor_class_when_higher_then_better_at_every_size():
    sizes = motor_class("IE1")[0]
    tables = [np.array(motor_class(name)[1]) for name in ("IE1", "IE2", "IE3", "IE4")]
    assert all(motor_class(name)[0] == sizes for name in ("IE2", "IE3", "IE4"))
    assert all(np.all(low < high) for low, high in zip(tables, tables[1:], strict=False))


def test_motor_when_plate_is_given_then_curve_passes_through_it():
    points = motors.exponential_curve(50.0, motor_curve("premium", 4, 50.0))
    assert float(motors.part_load_efficiency(50.0, 1.0, points, specified=0.94)) == pytest.approx(0.94)


def test_motor_when_many_then_one_call_gives_all():
    loads = np.full(1000, 0.6)
    powers = np.linspace(1.0, 100.0, 1000)
    points = motors.exponential_curve(powers, motor_curve("energy_efficient", 4, 50.0))
    made = motors.part_load_efficiency(powers, loads, points)
    assert made.shape == (1000,)
    assert np.all((made > 0.5) & (made < 1.0))


def test_cop_when_lift_is_kept_then_unchanged():
    assert float(cooling.cop_at_lift(4.2, (2.0, 40.0), (2.0, 40.0))) == pytest.approx(4.2)


def test_make_up_when_cycles_grow_then_it_nears_evaporation():
    made = cooling.make_up(10.0, np.array([2.0, 3.0, 5.0, 10.0]))
    assert made == pytest.approx([20.0, 15.0, 12.5, 100 / 9])


def test_tower_when_five_kelvin_then_near_the_rule_of_thumb():
    # 0.00153 of circulation per kelvin, makers' rule (recalled)
    made = float(cooling.tower_evaporation(100.0, 5.0, 0.85))
    assert made == pytest.approx(0.00153 * 100 * 5, rel=0.1)


def test_rinse_when_two_stages_then_square_root_of_the_dilution():
    assert float(water.rinse_ratio(10_000.0, 2)) == pytest.approx(math.sqrt(10_000), rel=0.01)


def test_rinse_when_one_stage_then_parallel_and_cascade_agree():
    assert float(water.rinse_ratio(500.0, 1)) == pytest.approx(float(water.parallel_rinse_ratio(500.0, 1)))


def test_power_factor_when_corrected_then_reactive_power_is_the_rest():
    left = electrical.reactive_power(100.0, 0.8) - electrical.capacitor_size(100.0, 0.8, 0.95)
    assert float(left) == pytest.approx(float(electrical.reactive_power(100.0, 0.95)))


def test_solar_when_use_is_small_then_no_more_than_that():
    assert solar.self_used(np.array([100.0, 900.0]), 0.9, 300.0) == pytest.approx([90.0, 300.0])
