"""Gates and distances hold whatever the figures; the order of the ledger changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkloop import reference
from parkloop.methods.geography import haversine_km, pairs_within
from parkloop.model import (
    Amount,
    Direction,
    Exchange,
    ExchangeKind,
    ExchangeRate,
    Fate,
    Flow,
    Park,
    Participant,
    Period,
    Place,
    PriceBook,
    Quality,
    Range,
    Solution,
    SourceClass,
    Stage,
)
from parkloop.symbiosis import MatchSettings, match, propose, sides, yearly

RESOURCES = reference.resources()
PARK = Park("P", "G", "Park", "Khu", place=Place(10.0, 106.0))
BOOK = PriceBook(
    "VND", 2025, reference.prices("VN", 2025), (ExchangeRate("VND", "USD", 25_000.0, 2025),), 0.1
)

latitudes, longitudes = st.floats(-89.0, 89.0), st.floats(-180.0, 180.0)

SECTORS = ("vsic:3510", "vsic:2394", "vsic:1313", "vsic:1103", "vsic:2410", "vsic:1701", "vsic:1080")
OUTPUTS = (
    ("fly_ash", "t"), ("waste_heat", "kWh"), ("steam", "t"), ("spent_grain", "t"), ("steel_scrap", "t"),
    ("treated_effluent", "m3"), ("waste_paper", "t"), ("spent_acid", "t"), ("biogas", "m3"),
)  # fmt: skip
INPUTS = (
    ("clinker", "t"), ("natural_gas", "m3"), ("coal_sub_bituminous", "t"), ("fresh_water", "m3"),
    ("animal_feed", "t"), ("steel_scrap", "t"), ("pulp_virgin", "t"), ("steam", "t"), ("sulphuric_acid", "t"),
)  # fmt: skip


@st.composite
def parks(draw: st.DrawFn) -> tuple[list[Participant], list[Flow]]:
    """Four to six enterprises of sectors that could serve each other, with a few streams each."""
    people, flows = [], []
    for n in range(draw(st.integers(4, 6))):
        place = draw(st.sampled_from([Place(10.0 + n / 500, 106.0), Place()]))
        people.append(Participant(f"E{n}", "P", f"Firm {n}", sector=SECTORS[n], place=place))
        for direction, choices in ((Direction.OUT, OUTPUTS), (Direction.IN, INPUTS)):
            for resource, unit in draw(
                st.lists(st.sampled_from(choices), min_size=2, max_size=4, unique=True)
            ):
                classes = [
                    SourceClass.METERED,
                    SourceClass.ESTIMATED,
                    SourceClass.ESTIMATED,
                    SourceClass.INFERRED,
                ]
                amount = Amount(draw(st.floats(1e3, 1e7)), unit, source_class=draw(st.sampled_from(classes)))
                quality = Quality(
                    temperature_c=draw(st.sampled_from([None, 30.0, 90.0, 120.0, 250.0])),
                    hazard=draw(st.sampled_from(["", "", "TT", "NH", "KS"])),
                )
                fate = draw(st.sampled_from([Fate.SOLD, Fate.LANDFILLED, Fate.UNKNOWN]))
                name = f"F-{n}-{direction.value}-{resource}"
                flows.append(
                    Flow(
                        name,
                        f"E{n}",
                        direction,
                        resource,
                        amount,
                        Period.year(2025),
                        fate=fate,
                        quality=quality,
                    )
                )
    return people, flows


ENTERED = MatchSettings(infer_wants=False)


def run(people, flows, chosen=ENTERED):
    return propose(people, flows, [PARK], RESOURCES, BOOK, chosen)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_symmetric_and_bounded(lat_a, lon_a, lat_b, lon_b):
    there, back = haversine_km(lat_a, lon_a, lat_b, lon_b), haversine_km(lat_b, lon_b, lat_a, lon_a)
    assert float(there) == pytest.approx(float(back), abs=1e-6)
    assert 0 <= there <= 20_016


@given(
    st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=12),
    st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=12),
    st.floats(0.1, 20_000.0),
)
def test_neighbours_are_the_same_from_either_side(a, b, radius):
    first, second = np.array(a).T, np.array(b).T
    i, j, _ = pairs_within(tuple(first), tuple(second), radius)
    k, m, _ = pairs_within(tuple(second), tuple(first), radius)
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == set(zip(m.tolist(), k.tolist(), strict=True))


@given(parks(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=20)
def test_proposal_does_not_depend_on_the_order_of_the_ledger(given_park, chance):
    people, flows = given_park
    mixed_people, mixed_flows = list(people), list(flows)
    chance.shuffle(mixed_people)
    chance.shuffle(mixed_flows)
    assert run(people, flows) == run(mixed_people, mixed_flows)


@given(parks())
@settings(deadline=None, max_examples=20)
def test_proposals_keep_every_gate(given_park):
    people, flows = given_park
    found = run(people, flows)
    by_id = {flow.id: flow for flow in flows}
    uses = {use.id: use for use in reference.uses()}
    given_off: dict[str, float] = {}
    for solution in found.solutions:
        exchange, use = solution.exchange, uses[solution.type_id]
        donor = by_id[exchange.donor_flow_id]
        assert exchange.donor_id != exchange.receiver_id
        assert donor.quality.hazard not in ("NH", "KS") or use.hazard_allowed
        if use.min_temperature_c is not None:
            assert donor.quality.temperature_c >= use.min_temperature_c
        given_off[donor.id] = given_off.get(donor.id, 0.0) + exchange.amount.best
        assert exchange.distance_km <= use.max_distance_km
        assert SourceClass.INFERRED not in (
            donor.amount.source_class,
            by_id[exchange.receiver_flow_id].amount.source_class,
        )
    for flow_id, total in given_off.items():
        assert total <= by_id[flow_id].amount.value * (1 + 1e-9)
    assert len({solution.id for solution in found.solutions}) == len(found.solutions)


@given(parks())
@settings(deadline=None, max_examples=15)
def test_known_exchanges_are_not_proposed_twice(given_park):
    people, flows = given_park
    first = run(people, flows)
    again = run(people, flows, MatchSettings(infer_wants=False, known=first.solutions))
    pairs = {(s.exchange.donor_id, s.exchange.receiver_id, s.exchange.resource_id) for s in first.solutions}
    later = {(s.exchange.donor_id, s.exchange.receiver_id, s.exchange.resource_id) for s in again.solutions}
    assert not pairs & later


@given(st.floats(20.0, 200.0), st.floats(0.0, 100.0), st.floats(20.0, 120.0))
@settings(deadline=None, max_examples=40)
def test_a_hotter_donor_never_loses_a_heat_exchange(donor_c, more_k, receiver_c):
    def possible(temperature: float) -> bool:
        people = [Participant("A", "P", "A"), Participant("B", "P", "B", sector="vsic:1313")]
        heat = Amount(1e7, "kWh", source_class=SourceClass.METERED)
        gas = Amount(1e7, "m3", source_class=SourceClass.METERED)
        year = Period.year(2025)
        flows = [
            Flow(
                "F1", "A", Direction.OUT, "waste_heat", heat, year, quality=Quality(temperature_c=temperature)
            ),
            Flow(
                "F2", "B", Direction.IN, "natural_gas", gas, year, quality=Quality(temperature_c=receiver_c)
            ),
        ]
        offers, wants, parameters = sides(people, yearly(flows, None, RESOURCES), [PARK], RESOURCES, "VN")
        return len(match(offers, wants, parameters, reference.uses(), RESOURCES).candidates) > 0

    assert possible(donor_c + more_k) or not possible(donor_c)


@given(parks(), st.floats(1.0, 1e6))
@settings(deadline=None, max_examples=15)
def test_a_contract_never_raises_what_is_left_to_give(given_park, amount):
    people, flows = given_park
    outputs = [flow for flow in flows if flow.direction is Direction.OUT]
    if not outputs:
        return
    flow = outputs[0]
    exchange = Exchange(
        flow.participant_id, "elsewhere", flow.resource_id, "clinker", Range.exact(amount),
        ExchangeKind.BY_PRODUCT_REUSE, flow.id,
    )  # fmt: skip
    contract = Solution("S", "x", "exchange", "x", "x", (), (), stage=Stage.IMPLEMENTED, exchange=exchange)
    found = run(people, flows, MatchSettings(infer_wants=False, known=(contract,)))
    taken = sum(s.exchange.amount.best for s in found.solutions if s.exchange.donor_flow_id == flow.id)
    assert taken <= max(0.0, flow.amount.value - amount) * (1 + 1e-9) + 1e-9
