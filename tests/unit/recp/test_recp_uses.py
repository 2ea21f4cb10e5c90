"""The end-use graph."""

import pytest

from parkloop.model import Bill, Direction, Fate, NodeKind, Period, SourceClass
from parkloop.model.value import Amount
from parkloop.recp import map_uses, read_uses


def _bills(resource: str, monthly: float, band: str = "", months: int = 12, start: int = 0) -> list[Bill]:
    amount = Amount(monthly, "kWh", source_class=SourceClass.BILLED)
    return [
        Bill(f"B-{band}-{m + start}", "E-1", resource, Period.month(2025, m), amount, band)
        for m in range(1, months + 1)
    ]


def test_supply_when_bills_cover_the_year_then_they_go_before_flows(site, flow):
    where = site([flow("electricity", 9e9)], bills=tuple(_bills("electricity", 1000.0)))
    assert map_uses(where).supply("electricity").amount == pytest.approx(12_000)


def test_supply_when_bills_have_bands_then_shares_are_on_every_use(site, machine):
    bills = _bills("electricity", 600.0, "normal") + _bills("electricity", 400.0, "peak")
    bills += _bills("electricity", 300.0, "reactive")
    graph = map_uses(site([], [machine("motor", {"rated_power_kw": 0.5})], bills=tuple(bills)))
    supply = graph.supply("electricity")
    assert supply.amount == pytest.approx(12_000)
    assert dict(supply.band_shares) == pytest.approx({"normal": 0.6, "peak": 0.4})
    assert all(dict(node.band_shares) == dict(supply.band_shares) for node in graph.nodes)


def test_supply_when_bills_miss_months_then_the_flow_is_taken(site, flow):
    where = site([flow("electricity", 50_000.0)], bills=tuple(_bills("electricity", 1000.0, months=7)))
    assert map_uses(where).supply("electricity").amount == 50_000.0


def test_supply_when_only_part_of_the_year_is_billed_then_it_is_not_scaled_and_says_so(site):
    uses = read_uses(site([], bills=tuple(_bills("electricity", 1000.0, months=7))))
    assert uses.graph.supply("electricity").amount == pytest.approx(7_000)
    assert [issue.code for issue in uses.issues] == ["recp.graph.bills_incomplete"]


def test_supply_when_own_solar_and_sold_on_then_both_count(site, flow):
    flows = [
        flow("electricity", 3000.0, fate=Fate.OWN, name="own"),
        flow("electricity", 1000.0, direction=Direction.OUT, fate=Fate.SOLD),
    ]
    where = site(flows, bills=tuple(_bills("electricity", 1000.0)))
    assert map_uses(where).supply("electricity").amount == pytest.approx(12_000 + 3000 - 1000)


def test_uses_when_machines_take_less_than_the_supply_then_the_rest_is_unallocated(site, flow, machine):
    motor = machine("motor", {"rated_power_kw": 10.0, "load_fraction": 0.9, "efficiency_fraction": 0.9})
    graph = map_uses(site([flow("electricity", 100_000.0)], [motor]))
    use = graph.node("E-1/electricity/motors-Q-motor")
    rest = graph.node("E-1/electricity/unallocated")
    assert use.amount == pytest.approx(10 * 0.9 / 0.9 * 6000)
    assert rest.kind is NodeKind.UNALLOCATED
    assert rest.amount == pytest.approx(40_000)


def test_uses_when_machines_exceed_the_supply_then_scaled_down_with_an_issue(site, flow, machine):
    motor = machine("motor", {"rated_power_kw": 10.0, "load_fraction": 0.9, "efficiency_fraction": 0.9})
    uses = read_uses(site([flow("electricity", 40_000.0)], [motor]))
    assert uses.graph.node("E-1/electricity/motors-Q-motor").amount == pytest.approx(40_000)
    (issue,) = uses.issues
    assert issue.code == "recp.graph.equipment_exceeds_supply"
    assert issue.arguments["percent"] == 150


def test_boiler_when_fuel_is_bought_then_steam_comes_out_and_is_lost_on_the_way(site, flow, machine):
    boiler = machine(
        "boiler",
        {
            "fuel": "natural_gas",
            "steam_capacity_t_h": 2.0,
            "load_fraction": 0.5,
            "pressure_bar_g": 7.0,
            "feed_water_temperature_c": 80.0,
            "efficiency_fraction": 0.9,
        },
    )
    graph = map_uses(site([flow("natural_gas", 1e6)], [boiler]))
    node = graph.node("E-1/natural_gas/boiler-Q-boiler")
    # 10 kWh/m3 x 0.9 over (2768.4 - 334.9) kJ/kg = 676 kWh/t
    assert node.output_fraction == pytest.approx(10 * 0.9 / 676, rel=1e-3)
    assert node.amount == pytest.approx(2 * 0.5 * 6000 / node.output_fraction)
    (pipes,) = graph.children(node.id)
    assert pipes.resource_id == "steam"
    assert pipes.amount == pytest.approx(6000)
    assert sum(c.amount for c in graph.children(pipes.id)) == pytest.approx(6000 * 0.92)


def test_steam_users_when_two_boilers_feed_then_split_by_steam_made(site, flow, machine):
    gas = machine("boiler", {"fuel": "natural_gas", "steam_capacity_t_h": 3.0, "load_fraction": 0.5})
    oil = type(gas)(
        "Q-2", "E-1", "boiler", "", 1, 6000.0,
        {"fuel": "diesel", "steam_capacity_t_h": 1.0, "load_fraction": 0.5},
    )  # fmt: skip
    dryer = machine("dryer", {"fuel": "steam", "rated_power_kw": 300.0, "load_fraction": 0.5})
    graph = map_uses(site([flow("natural_gas", 5e6), flow("diesel", 5e3)], [gas, oil, dryer]))
    first = graph.node("E-1/steam/dryers-Q-dryer-Q-boiler")
    second = graph.node("E-1/steam/dryers-Q-dryer-Q-2")
    assert first.amount == pytest.approx(3 * second.amount)


def test_machines_when_their_carrier_is_not_bought_then_an_issue_names_them(site, machine):
    uses = read_uses(site([], [machine("motor", {"rated_power_kw": 10.0})]))
    assert uses.graph.nodes == ()
    assert [issue.code for issue in uses.issues] == ["recp.graph.no_supply"]


def test_shares_when_no_machine_is_known_then_inferred_uses_of_the_sector(site, flow):
    from dataclasses import replace

    where = site([flow("electricity", 1e6)])
    where = replace(where, participant=replace(where.participant, sector="vsic:1313"))
    graph = map_uses(where)
    lighting = graph.node("E-1/electricity/lighting")
    assert lighting.source_class is SourceClass.INFERRED
    assert lighting.equipment_ids == ()
    assert sum(c.amount for c in graph.children("E-1/electricity/supply")) == pytest.approx(1e6)


def test_shares_when_a_system_has_machines_then_it_is_not_inferred_again(site, flow, machine):
    from dataclasses import replace

    where = site([flow("electricity", 1e6)], [machine("lighting_group", {"lamp_power_w": 40.0}, count=10)])
    where = replace(where, participant=replace(where.participant, sector="vsic:1313"))
    assert map_uses(where).node("E-1/electricity/lighting") is None


def test_water_when_machines_use_it_then_on_the_largest_supply(site, flow, machine):
    rinse = machine("rinse_line", {"water_flow_m3_h": 1.0})
    graph = map_uses(site([flow("fresh_water", 1000.0), flow("ground_water", 9000.0)], [rinse]))
    assert graph.node("E-1/ground_water/rinsing-Q-rinse_line").amount == pytest.approx(6000)
