"""What must hold for measures whatever is entered."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkloop.model import (
    Amount,
    Direction,
    Effect,
    Equipment,
    Fate,
    Flow,
    NodeKind,
    Park,
    Participant,
    Period,
    Place,
    Site,
    SourceClass,
)
from parkloop.recp import map_uses, measure_types, propose
from parkloop.reference import equipment_kinds

CARRIERS = ("electricity", "natural_gas", "coal_sub_bituminous", "steam", "fresh_water")
SOLID = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def _value(field, draw):
    if field.name == "fuel":
        return draw(st.sampled_from(("natural_gas", "coal_sub_bituminous", "steam")))
    if field.name == "heated_by":
        return draw(st.sampled_from(("electricity", "natural_gas", "")))
    if field.unit == "text":
        return draw(st.sampled_from(field.choices)) if field.choices else "x"
    return draw(st.floats(field.low, field.high, allow_nan=False))


KINDS = tuple(sorted(equipment_kinds()))


@st.composite
def machines(draw):
    """A machine of any kind with any values inside the bounds of its fields, some of them left out."""
    kind = equipment_kinds()[draw(st.sampled_from(KINDS))]
    entered = {
        field.name: _value(field, draw) for field in kind.fields if field.required or draw(st.booleans())
    }
    return Equipment(
        f"Q-{draw(st.integers(1, 9999))}-{kind.id}",
        "E-1",
        kind.id,
        count=draw(st.integers(1, 20)),
        hours_per_a=draw(st.sampled_from((None, 0.0, 2000.0, 8000.0))),
        properties=entered,
        source_class=draw(st.sampled_from(list(SourceClass))),
    )


@st.composite
def sites(draw):
    """A site with some machines and some carriers; a few wastes and resin besides."""
    items = draw(st.lists(machines(), max_size=6, unique_by=lambda item: item.id))
    flows = [_flow(c, draw(st.floats(1.0, 1e7))) for c in CARRIERS if draw(st.booleans())]
    if draw(st.booleans()):
        flows += [_flow("plastic_resin", draw(st.floats(1.0, 1e4)))]
        flows += [_flow("waste_plastic_pe", draw(st.floats(0.0, 1e3)), Direction.OUT)]
    sector = draw(st.sampled_from(("", "vsic:1313", "vsic:2220")))
    owner = Participant(
        "E-1", "P-1", "Works", sector=sector, hours_per_a=draw(st.sampled_from((None, 6000.0)))
    )
    park = Park("P-1", "PR-1", "Park", "Khu", place=Place(lat=10.8, lon=106.9))
    return Site(park, owner, 2025, tuple(flows), equipment=tuple(items))


def _flow(resource: str, value: float, direction: Direction = Direction.IN) -> Flow:
    fate = Fate.PURCHASED if direction is Direction.IN else Fate.LANDFILLED
    amount = Amount(value, "", source_class=SourceClass.BILLED)
    return Flow(f"F-{resource}", "E-1", direction, resource, amount, Period.year(2025), fate=fate)


@SOLID
@given(sites())
def test_graph_when_drawn_then_children_take_what_their_parent_gives(site):
    graph = map_uses(site)
    assert len({node.id for node in graph.nodes}) == len(graph.nodes)
    for node in graph.nodes:
        assert node.amount >= 0
        below = graph.children(node.id)
        if below:
            given_on = node.amount * node.output_fraction
            assert sum(child.amount for child in below) == pytest.approx(given_on, rel=1e-6, abs=1e-6)
        else:
            assert node.kind in {NodeKind.USE, NodeKind.UNALLOCATED}


@SOLID
@given(sites())
def test_measure_when_proposed_then_never_saves_more_than_the_use(site):
    graph = map_uses(site)
    flows = {f"flow/{flow.id}": flow.amount.value for flow in site.flows}
    for solution in propose(site)[0]:
        for delta in solution.deltas:
            low, best, high = delta.value.low, delta.value.best, delta.value.high
            assert low <= best <= high
            node = graph.node(delta.node_id)
            if delta.effect is Effect.FRACTION:
                assert low >= -1.0, (solution.id, delta)
                assert high <= 0.0
            elif best < 0 and node is not None and delta.resource_id not in {"fresh_water"}:
                assert -low <= node.amount * (1 + 1e-9), (solution.id, delta)
            elif delta.node_id in flows:
                assert -low <= flows[delta.node_id] * (1 + 1e-9), (solution.id, delta)


@SOLID
@given(sites())
def test_measure_when_the_site_takes_nothing_then_nothing_is_saved(site):
    dry = replace(site, flows=(), participant=replace(site.participant, sector=""))
    assert propose(dry)[0] == ()


@SOLID
@given(sites())
def test_measure_when_proposed_then_ids_are_unique_and_inputs_have_an_origin(site):
    found = propose(site)[0]
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert all(item.figure_id or item.reference_id or item.note for item in one.inputs)


_LOSSES = {
    "steam_trap": ("steam_trap_group", {"trap_count": 30.0, "failed_fraction": 0.2, "pressure_bar_g": 7.0}),
    "line_insulation": ("steam_line", {"length_m": 50.0, "outside_diameter_mm": 60.0, "pressure_bar_g": 7.0}),
    "surface_insulation": ("hot_surface", {"area_m2": 10.0, "surface_temperature_c": 110.0}),
    "air_heat_recovery": ("air_compressor", {"rated_power_kw": 75.0, "usable_heat_demand_kw": 20.0}),
}


@pytest.mark.parametrize("type_id", sorted(_LOSSES))
@SOLID
@given(st.floats(0.0, 8000.0), st.floats(0.0, 8000.0))
def test_loss_when_it_lasts_longer_then_more_is_saved(type_id, first, second):
    kind_id, properties = _LOSSES[type_id]
    measure = next(item for item in measure_types() if item.id == type_id)

    def saved(hours: float) -> float:
        boiler = Equipment(
            "Q-B",
            "E-1",
            "boiler",
            hours_per_a=8000.0,
            properties={"fuel": "natural_gas", "steam_capacity_t_h": 5.0},
        )
        item = Equipment("Q-1", "E-1", kind_id, hours_per_a=hours, properties=properties)
        owner = Participant("E-1", "P-1", "Works")
        park = Park("P-1", "PR-1", "Park", "Khu")
        site = Site(park, owner, 2025, (_flow("natural_gas", 3e6),), equipment=(boiler, item))
        (finding,) = measure.find(site)
        made = measure.quantify(finding)
        return -made.deltas[0].value.best if made.deltas else 0.0

    low, high = sorted((first, second))
    assert saved(low) <= saved(high) * (1 + 1e-9)
    assert saved(0.0) == 0.0
