"""Measures on electricity; the sum behind each expected number stands beside it."""

import math

import pytest

from parkloop.model import Bill, Effect, Period, Rung, SourceClass, Step
from parkloop.model.value import Amount

KWH = 2_000_000.0


def test_air_leak_when_share_is_measured_then_unloaded_power_is_left_out(site, flow, machine, run, best):
    compressor = machine(
        "air_compressor", {"rated_power_kw": 75.0, "load_fraction": 0.8, "control": "load_unload"}
    )
    survey = machine("air_leak_survey", {"leak_fraction": 0.3, "pressure_bar_g": 7.0})
    _, made = run("air_leak", site([flow("electricity", KWH)], [compressor, survey]))
    # air saved 0.3 x 0.6; of the power 0.8 only 0.8 - 0.3 (unloaded) follows the air
    assert best(made) == pytest.approx(0.3 * 0.6 * (0.8 - 0.3) / 0.8)
    assert made.deltas[0].step is Step.DISTRIBUTION
    assert made.deltas[0].node_id == "E-1/electricity/compressed_air"
    assert made.rung is Rung.ENGINEERING


def test_air_leak_when_speed_follows_the_air_then_the_whole_share_is_saved(site, flow, machine, run, best):
    compressor = machine("air_compressor", {"rated_power_kw": 75.0, "load_fraction": 0.8, "control": "vsd"})
    survey = machine("air_leak_survey", {"leak_fraction": 0.3})
    _, made = run("air_leak", site([flow("electricity", KWH)], [compressor, survey]))
    assert best(made) == pytest.approx(0.3 * 0.6)


def test_air_leak_when_holes_are_counted_then_choked_flow_over_delivery(site, flow, machine, run, best):
    compressor = machine(
        "air_compressor",
        {"rated_power_kw": 75.0, "load_fraction": 0.8, "control": "vsd", "free_air_delivery_m3_min": 12.5},
    )
    survey = machine("air_leak_survey", {"leak_count": 20.0, "leak_diameter_mm": 1.5, "pressure_bar_g": 7.0})
    _, made = run("air_leak", site([flow("electricity", KWH)], [compressor, survey]))
    # choked nozzle: C A p sqrt(k/(R T)) (2/(k+1))^3, back to free air at the same temperature of 35 degC
    area = math.pi / 4 * 0.0015**2
    flux = math.sqrt(1.4 / (287.05 * 308.15)) * (2 / 2.4) ** 3
    hole = 0.65 * area * (7 + 1.01325) * 1e5 * flux * 287.05 * 308.15 / 101325 * 60
    assert best(made) == pytest.approx(20 * hole / (12.5 * 0.8) * 0.6)


def test_air_leak_when_nobody_surveyed_then_screening(site, flow, machine, run):
    compressor = machine("air_compressor", {"rated_power_kw": 75.0})
    _, made = run("air_leak", site([flow("electricity", KWH)], [compressor]))
    assert made.rung is Rung.SCREENING
    assert made.costs == ()


def test_air_pressure_when_set_above_need_then_ratio_of_compression_work(site, flow, machine, run, best):
    item = machine(
        "air_compressor", {"rated_power_kw": 75.0, "pressure_bar_g": 7.5, "required_pressure_bar_g": 6.5}
    )
    _, made = run("air_pressure", site([flow("electricity", KWH)], [item]))
    c = 0.395 / 1.395

    def work(gauge: float) -> float:
        return ((gauge + 1.01325) / 1.01325) ** c - 1

    assert best(made) == pytest.approx(1 - work(6.5) / work(7.5))
    assert 0.06 < best(made) < 0.09  # 6-7 % of power a bar at 7 bar, practitioners' rule


def test_air_pressure_when_two_machines_then_each_takes_its_part_of_the_node(site, flow, machine, run, best):
    one = machine(
        "air_compressor",
        {
            "rated_power_kw": 75.0,
            "efficiency_fraction": 0.9,
            "pressure_bar_g": 7.5,
            "required_pressure_bar_g": 6.5,
        },
    )
    two = type(one)("Q-2", "E-1", "air_compressor", "", 1, 6000.0, {**one.properties, "rated_power_kw": 25.0})
    both, alone = site([flow("electricity", KWH)], [one, two]), site([flow("electricity", KWH)], [one])
    _, shared = run("air_pressure", both)
    _, single = run("air_pressure", alone)
    assert best(shared) == pytest.approx(best(single) * 75 / 100)


def test_pump_vsd_when_head_over_the_valve_is_known_then_that_head_is_saved(site, flow, machine, run, best):
    item = machine("pump", {"rated_power_kw": 30.0, "control": "throttle", "throttled_fraction": 0.3})
    _, made = run("pump_vsd", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - 0.7 / 0.96)


def test_pump_vsd_when_only_flow_is_known_then_curves_at_both_controls(site, flow, machine, run, best):
    item = machine("pump", {"rated_power_kw": 30.0, "control": "throttle", "mean_flow_fraction": 0.7})
    _, made = run("pump_vsd", site([flow("electricity", KWH)], [item]))
    before = 0.7 * (1.2 - 0.2 * 0.49) / (1 - 0.3**2)
    speed = math.sqrt((0.4 + 0.8 * 0.49) / 1.2)
    after = 0.7 * (0.4 + 0.6 * 0.49) / (1 - (1 - 0.7 / speed) ** 2)
    assert best(made) == pytest.approx(1 - after / 0.96 / before)


def test_pump_vsd_when_speed_is_controlled_already_then_nothing_is_found(site, flow, machine, measure):
    item = machine("pump", {"rated_power_kw": 30.0, "control": "vsd", "throttled_fraction": 0.3})
    assert measure("pump_vsd").find(site([flow("electricity", KWH)], [item])) == ()


def test_pump_right_size_when_need_is_smaller_then_shaft_power_for_the_need(site, flow, machine, run, best):
    item = machine(
        "pump", {"rated_power_kw": 30.0, "load_fraction": 0.8, "flow_m3_h": 120.0, "required_head_m": 35.0}
    )
    _, made = run("pump_right_size", site([flow("electricity", KWH)], [item]))
    needed = 1000 * 9.80665 * 120 / 3600 * 35 / 1000 / 0.74
    assert best(made) == pytest.approx(1 - needed / (30 * 0.8))


def test_fan_vsd_when_damped_then_curves_at_both_controls(site, flow, machine, run, best):
    item = machine("fan", {"rated_power_kw": 45.0, "control": "damper", "mean_flow_fraction": 0.8})
    _, made = run("fan_vsd", site([flow("electricity", KWH)], [item]))
    damper = 0.37073425 + 0.97250253 * 0.8 - 0.34240761 * 0.64
    speed = 0.00153028 + 0.00520806 * 0.8 + 1.1086242 * 0.64 - 0.11635563 * 0.512
    assert best(made) == pytest.approx(1 - speed / 0.96 / damper)
    assert 0.15 < best(made) < 0.45  # band of practitioners for variable load


def test_motor_when_old_then_ie4_at_the_same_load(site, flow, machine, run, best):
    item = machine("motor", {"rated_power_kw": 37.0, "load_fraction": 1.0, "efficiency_fraction": 0.90})
    _, made = run("motor_high_efficiency", site([flow("electricity", KWH)], [item]))
    # at full load the part-load scheme passes through the plate: 0.952 is IE4, 37 kW, 4 poles
    assert best(made) == pytest.approx(1 - 0.90 / 0.952, rel=1e-6)


def test_motor_when_only_the_class_is_known_then_the_table_of_the_class(site, flow, machine, run, best):
    item = machine("motor", {"rated_power_kw": 37.0, "load_fraction": 1.0, "ie_class": "IE1"})
    _, made = run("motor_high_efficiency", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - 0.912 / 0.952, rel=1e-6)


def test_motor_when_it_stands_still_then_nothing_is_saved(site, flow, machine, measure):
    item = machine("motor", {"rated_power_kw": 37.0, "load_fraction": 0.0, "efficiency_fraction": 0.90})
    found = measure("motor_high_efficiency").find(site([flow("electricity", KWH)], [item]))
    assert all(finding.missing for finding in found)


def test_led_when_luminaire_is_chosen_then_ratio_of_powers(site, flow, machine, run, best):
    item = machine(
        "lighting_group", {"lamp_power_w": 90.0, "led_power_w": 40.0, "lamp_type": "t8"}, count=200
    )
    _, made = run("led_lighting", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - 40 / 90)
    assert made.costs[0].amount.best == pytest.approx(0.75 * 40 * 200)  # 0.75 USD a watt of LED


def test_chiller_set_point_when_water_may_be_warmer_then_carnot_ratio(site, flow, machine, run, best):
    item = machine(
        "chiller",
        {
            "cooling_capacity_kw": 500.0,
            "cop": 5.0,
            "load_fraction": 0.7,
            "chilled_water_temperature_c": 6.0,
            "possible_chilled_water_temperature_c": 9.0,
            "condenser_water_temperature_c": 30.0,
        },
    )
    _, made = run("chiller_set_point", site([flow("electricity", KWH)], [item]))
    # evaporating 5 K below the water, condensing 8 K above the entering condenser water
    now, then = 274.15 / (38 - 1), 277.15 / (38 - 4)
    assert best(made) == pytest.approx(1 - now / then)
    assert 0.02 * 3 < best(made) < 0.035 * 3  # 2-3 % a kelvin


def test_chiller_replacement_when_cop_is_low_then_ratio_of_cops(site, flow, machine, run, best):
    item = machine("chiller", {"cooling_capacity_kw": 500.0, "cop": 3.6, "load_fraction": 0.7})
    _, made = run("chiller_replacement", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - 3.6 / 5.8)


def test_floating_head_when_pressure_may_fall_then_carnot_ratio(site, flow, machine, run, best):
    item = machine(
        "refrigeration_plant",
        {
            "rated_power_kw": 110.0,
            "load_fraction": 0.7,
            "evaporating_temperature_c": -20.0,
            "condensing_temperature_c": 40.0,
            "possible_condensing_temperature_c": 35.0,
        },
    )
    _, made = run("floating_head", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - 55 / 60)


def test_injection_servo_when_pump_is_fixed_then_mean_power_over_the_cycle(site, flow, machine, run, best):
    item = machine("injection_machine", {"rated_power_kw": 30.0, "drive": "fixed_pump", "idle_fraction": 0.5})
    _, made = run("injection_servo", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - (0.5 * 0.85 + 0.5 * 0.08) / (0.5 + 0.5 * 0.55))
    assert 0.3 < best(made) < 0.6


def test_sewing_servo_when_clutch_then_mean_power_over_the_shift(site, flow, machine, run, best):
    item = machine(
        "sewing_machine", {"rated_power_kw": 0.4, "drive": "clutch", "sewing_fraction": 0.2}, count=300
    )
    _, made = run("sewing_servo", site([flow("electricity", KWH)], [item]))
    assert best(made) == pytest.approx(1 - (0.2 * 0.75 + 0.8 * 0.03) / (0.2 + 0.8 * 0.7))


def test_induction_lid_when_open_then_radiation_of_the_bath(site, flow, machine, run, best):
    item = machine(
        "induction_furnace",
        {
            "rated_power_kw": 800.0,
            "load_fraction": 0.5,
            "bath_surface_m2": 0.5,
            "bath_temperature_c": 1500.0,
            "lid_open_fraction": 0.4,
        },
    )
    _, made = run("induction_lid", site([flow("electricity", 5e6)], [item]))
    watts = 0.35 * 5.670374419e-8 * 0.5 * ((1773.15) ** 4 - (304.15) ** 4)
    assert best(made) == pytest.approx(watts / 1000 * 0.4 * 0.9 * 6000, rel=1e-6)
    assert made.deltas[0].effect is Effect.ABSOLUTE


def test_barrel_jacket_when_bare_then_loss_falls_but_stays_within_the_use(site, flow, machine, run, best):
    item = machine(
        "injection_machine",
        {"rated_power_kw": 30.0, "load_fraction": 0.6, "barrel_area_m2": 1.0, "barrel_temperature_c": 230.0},
        count=4,
    )
    finding, made = run("barrel_jacket", site([flow("electricity", KWH)], [item]))
    # bare steel at 230 degC, 31 degC air: radiation 0.85 sigma (503.15^4 - 304.15^4) alone
    radiation = 0.85 * 5.670374419e-8 * (503.15**4 - 304.15**4) / 1000 * 4 * 6000
    assert 0.7 * radiation < best(made) < 2.0 * radiation
    assert best(made) < finding.number("node_use")


def test_solar_when_roof_is_small_then_area_times_yield(site, flow, machine, run, best):
    item = machine(
        "roof", {"roof_area_m2": 2000.0, "usable_fraction": 0.5, "self_use_fraction": 1.0}, hours=None
    )
    _, made = run("rooftop_solar", site([flow("electricity", 5e6)], [item]))
    yield_at = 1400 + (1430 - 1400) * (10.8 - 8.5) / (12 - 8.5)
    assert best(made) == pytest.approx(2000 * 0.5 * 0.18 * yield_at * (1 - 0.005 * 24 / 2))
    assert made.deltas[0].step is Step.SOURCE


def test_solar_when_roof_is_large_then_daylight_use_is_the_top(site, flow, machine, run, best):
    item = machine("roof", {"roof_area_m2": 1e5, "usable_fraction": 0.6}, hours=None)
    _, made = run("rooftop_solar", site([flow("electricity", 1e6)], [item]))
    assert best(made) == pytest.approx(0.42 * 1e6)


def _bill(number: int, month: int, band: str, amount: float, money: float | None = None) -> Bill:
    value = Amount(amount, "kVArh" if band == "reactive" else "kWh", source_class=SourceClass.BILLED)
    return Bill(f"B-{number}", "E-1", "electricity", Period.month(2025, month), value, band, money, "VND")


def test_power_factor_when_reactive_is_billed_then_charge_ends_and_losses_fall(site, run, best):
    bills = [_bill(m, m, "", 100_000.0) for m in range(1, 13)]
    bills += [_bill(20 + m, m, "reactive", 88_191.71, 5e6) for m in range(1, 13)]
    where = site([], bills=tuple(bills))
    _, made = run("power_factor", where)
    assert best(made) == pytest.approx(0.015 * (1 - (0.75 / 0.95) ** 2), rel=1e-4)
    charge = next(item for item in made.costs if item.kind == "opex")
    assert charge.amount.best == pytest.approx(-12 * 5e6)
    assert charge.currency == "VND"


def test_power_factor_when_it_is_good_then_nothing_is_found(site, measure):
    bills = [_bill(m, m, "", 100_000.0) for m in range(1, 13)]
    bills += [_bill(20 + m, m, "reactive", 30_000.0, 0.0) for m in range(1, 13)]
    assert measure("power_factor").find(site([], bills=tuple(bills))) == ()
