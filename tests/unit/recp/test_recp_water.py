"""Measures on water, materials and sludge; the sum behind each expected number stands beside it."""

import pytest

from parkloop.model import Direction, Fate, Rung, Step

WATER = 100_000.0


def test_tower_cycles_when_more_are_possible_then_make_up_falls(site, flow, machine, run, best):
    item = machine(
        "cooling_tower",
        {
            "circulation_m3_h": 200.0,
            "load_fraction": 0.7,
            "temperature_range_k": 5.0,
            "cycles_of_concentration": 2.5,
            "possible_cycles": 5.0,
        },
    )
    _, made = run("cooling_tower_cycles", site([flow("fresh_water", WATER)], [item]))
    # make-up is E C/(C-1): 5/3 E before, 5/4 E after
    assert best(made) == pytest.approx(1 - (5 / 4) / (5 / 3))
    assert {item.kind for item in made.costs} == {"capex", "opex"}


def test_rinse_when_second_stage_is_added_then_cascade_balance(site, flow, machine, run, best):
    item = machine(
        "rinse_line", {"water_flow_m3_h": 2.0, "stages": 1.0, "proposed_stages": 2.0, "dilution_ratio": 111.0}
    )
    _, made = run("counter_current_rinse", site([flow("fresh_water", WATER)], [item]))
    # one stage: r = 110; two: r^2 + r + 1 = 111 gives r = 10; 0.7 of the difference is reached
    assert best(made) == pytest.approx(0.7 * (1 - 10 / 110), rel=1e-6)


def test_cip_when_final_rinse_is_drained_then_it_serves_as_pre_rinse(site, flow, machine, run, best):
    item = machine(
        "cip_station",
        {"cycles_per_a": 700.0, "final_rinse_m3_per_cycle": 3.0, "pre_rinse_m3_per_cycle": 2.0},
        hours=None,
    )
    _, made = run("cip_final_rinse", site([flow("fresh_water", WATER)], [item]))
    assert best(made) == pytest.approx(min(3 * 0.8, 2.0) / 5.0)


def test_water_leak_when_night_flow_is_high_then_leak_day_and_night(site, flow, machine, run, best):
    item = machine("water_network", {"night_flow_m3_h": 2.5, "legitimate_night_flow_m3_h": 1.0}, hours=None)
    _, made = run("water_leak", site([flow("fresh_water", WATER)], [item]))
    assert best(made) == pytest.approx(1.5 * 24 * 365 * 0.7)
    assert made.deltas[0].step is Step.DISTRIBUTION


def test_reject_when_drained_then_the_reusable_share(site, flow, machine, run, best):
    item = machine(
        "reverse_osmosis", {"feed_m3_h": 5.0, "recovery_fraction": 0.6, "reject_reused_fraction": 0.1}
    )
    finding, made = run("reject_reuse", site([flow("fresh_water", WATER)], [item]))
    assert finding.number("node_use") == pytest.approx(5 * 0.4 * 6000)
    assert best(made) == pytest.approx(0.7 - 0.1)


def test_once_through_when_closed_then_make_up_of_a_tower_and_some_power(site, flow, machine, run, best):
    item = machine(
        "water_point", {"water_flow_m3_h": 5.0, "purpose": "once_through_cooling", "temperature_rise_k": 8.0}
    )
    _, made = run("closed_loop_cooling", site([flow("fresh_water", WATER)], [item]))
    evaporated = 5 * 4.187 * 8 * 0.85 / 2430
    assert best(made) == pytest.approx(1 - evaporated * 5 / 4 / 5)
    power = made.deltas[1]
    assert power.resource_id == "electricity"
    assert power.value.best == pytest.approx(5 * 1.163 * 8 * 0.02 * 6000)


def test_sanitary_when_use_is_high_then_the_usual_share_as_screening(site, flow, machine, run, best):
    item = machine(
        "sanitary_fittings", {"users": 500.0, "use_l_per_person_day": 70.0, "days_per_a": 300.0}, hours=None
    )
    _, made = run("sanitary_fittings", site([flow("fresh_water", WATER)], [item]))
    assert best(made) == pytest.approx(0.25)
    assert made.rung is Rung.SCREENING


def test_sanitary_when_use_is_low_already_then_no_more_than_down_to_the_least(site, flow, machine, run, best):
    item = machine(
        "sanitary_fittings", {"users": 500.0, "use_l_per_person_day": 40.0, "days_per_a": 300.0}, hours=None
    )
    _, made = run("sanitary_fittings", site([flow("fresh_water", WATER)], [item]))
    assert best(made) == pytest.approx(1 - 35 / 40)


def test_regrind_when_waste_is_landfilled_then_resin_and_waste_fall_alike(site, flow, run, best):
    waste = flow("waste_plastic_pe", 40.0, direction=Direction.OUT, fate=Fate.LANDFILLED, unit="t")
    _, made = run("plastic_regrind", site([flow("plastic_resin", 1000.0, unit="t"), waste]))
    assert best(made) == pytest.approx(40 * 0.7)
    waste_delta, resin, power = made.deltas
    assert waste_delta.fate == "landfilled"
    assert waste_delta.node_id == f"flow/{waste.id}"
    assert resin.value.best == pytest.approx(-28.0)
    assert power.value.best == pytest.approx(28.0 * 90)


def test_regrind_when_waste_is_sold_already_then_nothing_is_found(site, flow, measure):
    waste = flow("waste_plastic_pe", 40.0, direction=Direction.OUT, fate=Fate.SOLD, unit="t")
    assert measure("plastic_regrind").find(site([flow("plastic_resin", 1000.0), waste])) == ()


def test_sludge_when_pressed_then_dry_solids_stay(site, flow, run, best):
    sludge = flow("wastewater_sludge", 600.0, direction=Direction.OUT, fate=Fate.LANDFILLED, unit="t")
    _, made = run("sludge_press", site([sludge]))
    assert best(made) == pytest.approx(600 * (1 - 0.20 / 0.35))
    assert made.rung is Rung.SCREENING  # nobody measured the dry solids
