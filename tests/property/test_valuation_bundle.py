"""A bundle on the graph of a site and its neighbour: totals, shares and transfers hold for any of them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkloop.model import (
    Amount,
    Book,
    CostItem,
    Delta,
    Direction,
    Effect,
    EndUseGraph,
    EndUseNode,
    Exchange,
    ExchangeKind,
    Factor,
    FactorSet,
    Family,
    Fate,
    Flow,
    NodeKind,
    Period,
    Price,
    PriceBook,
    Range,
    Resource,
    Solution,
    Stage,
    StageEvent,
    Step,
)
from parkloop.valuation import Terms, ValuationSettings, evaluate, value

SOME = settings(max_examples=60, deadline=None)
ELECTRICITY, COAL, STEAM, ASH, SAND = "electricity", "coal_anthracite", "steam", "fly_ash", "natural_sand"
USE = {ELECTRICITY: 1e6, COAL: 1000.0, ASH: 100.0, SAND: 60.0}


def _node(name, kind, resource, amount, parent="", output=1.0, **more):
    return EndUseNode(name, "A", kind, resource, amount, parent, output_fraction=output, **more)


GRAPH = EndUseGraph(
    "A",
    2025,
    (
        _node("grid", NodeKind.SUPPLY, ELECTRICITY, 1e6, band_shares={"peak": 0.2, "normal": 0.8}),
        _node("air", NodeKind.USE, ELECTRICITY, 3e5, "grid", band_shares={"peak": 0.4, "normal": 0.6}),
        _node("rest", NodeKind.UNALLOCATED, ELECTRICITY, 7e5, "grid"),
        _node("coal", NodeKind.SUPPLY, COAL, 1000.0),
        _node("boiler", NodeKind.CONVERSION, COAL, 1e3, "coal", 7.0),
        _node("pipes", NodeKind.DISTRIBUTION, STEAM, 7000.0, "boiler", 0.9),
        _node("dyeing", NodeKind.USE, STEAM, 6300.0, "pipes"),
    ),
)  # fmt: skip
FLOWS = (
    Flow("ash", "A", Direction.OUT, ASH, Amount(100.0, "t"), Period.year(2025), fate=Fate.LANDFILLED),
    Flow("sand", "B", Direction.IN, SAND, Amount(60.0, "t"), Period.year(2025)),
)
UNITS = {
    ELECTRICITY: (Family.ELECTRICITY, "kWh"), COAL: (Family.FUEL, "t"), STEAM: (Family.HEAT, "t"),
    ASH: (Family.WASTE, "t"), SAND: (Family.MATERIAL, "t"),
}  # fmt: skip
TERMS = Terms(
    {"A": GRAPH},
    FLOWS,
    (),
    PriceBook(
        "VND",
        2025,
        (
            Price(ELECTRICITY, 3000.0, "VND", 2025, band="peak"),
            Price(ELECTRICITY, 1800.0, "VND", 2025, band="normal"),
            Price(COAL, 3e6, "VND", 2025),
            Price(SAND, 4e5, "VND", 2025),
            Price(ASH, 5e5, "VND", 2025, side="dispose"),
        ),
        (),
        0.1,
    ),
    FactorSet(
        "t",
        2025,
        "VN",
        (
            Factor("grid", ELECTRICITY, Book.PROJECT, 2, 0.00066, "t/kWh", 2023),
            Factor("coal", COAL, Book.PROJECT, 1, 2.6, "t/t", 2006),
        ),
    ),
    {name: Resource(name, family, name, name, unit) for name, (family, unit) in UNITS.items()},
    ValuationSettings(2025, draws=20),
)

PLACES = {
    "air": (ELECTRICITY, (Step.DEMAND,)), "": (ELECTRICITY, (Step.DEMAND, Step.SOURCE)),
    "dyeing": (STEAM, (Step.DEMAND,)), "pipes": (STEAM, (Step.DISTRIBUTION,)),
    "boiler": (COAL, (Step.CONVERSION,)), "flow/ash": (ASH, (Step.DEMAND,)),
}  # fmt: skip
COST = (
    CostItem("capex", "c", Range.of(1e8, 0.2), "VND", 2025),
    CostItem("opex", "o", Range.of(1e6, 0.2), "VND", 2025),
)


@st.composite
def measures(draw, number):
    place = draw(st.sampled_from(sorted(PLACES)))
    resource, steps = PLACES[place]
    part = draw(st.floats(0.01, 1.0))
    effect = draw(st.sampled_from([Effect.FRACTION, Effect.ABSOLUTE]))
    whole = {"dyeing": 6300.0, "pipes": 7000.0, "air": 3e5}.get(place, USE.get(resource, 0.0))
    amount = Range.of(-part * (whole if effect is Effect.ABSOLUTE else 1.0), 0.0)
    deltas = [Delta("A", resource, draw(st.sampled_from(steps)), effect, amount, place)]
    if draw(st.booleans()):
        pump = Range.of(draw(st.floats(0.0, 5e4)), 0.1)
        deltas.append(Delta("A", ELECTRICITY, Step.DEMAND, Effect.ABSOLUTE, pump))
    done = draw(st.booleans())
    history = (StageEvent(Stage.IMPLEMENTED, date(2025, draw(st.integers(1, 12)), 1)),) if done else ()
    stage = Stage.IMPLEMENTED if done else Stage.PROPOSED
    return Solution(f"M{number}", "m", "measure", "m", "m", ("A",), tuple(deltas), COST, 10.0, stage=stage,
                    history=history)  # fmt: skip


@st.composite
def bundles(draw):
    found = [draw(measures(n)) for n in range(draw(st.integers(1, 6)))]
    if draw(st.booleans()):
        amount = draw(st.floats(1.0, 150.0))
        kind, price = ExchangeKind.BY_PRODUCT_REUSE, draw(st.floats(-1e6, 1e6))
        moved = Range.exact(amount)
        record = Exchange("A", "B", ASH, SAND, moved, kind, "ash", "sand", price=price, currency="VND")
        found.append(Solution("X", "x", "exchange", "x", "x", ("A", "B"), (), COST, exchange=record))
    return tuple(found)


def only_saving(bundle):
    return all(d.value.best < 0.0 for s in bundle for d in s.deltas)


@SOME
@given(bundles())
def test_shares_sum_to_the_total_in_money_tonnes_and_every_resource(bundle):
    found = evaluate(bundle, TERMS)
    assert sum(s.saving for s in found.shares) == pytest.approx(found.saving.best, rel=1e-9, abs=1e-3)
    assert sum(s.ghg_t for s in found.shares) == pytest.approx(found.ghg_t.best, rel=1e-9, abs=1e-6)
    for name, total in found.physical.items():
        parts = sum(p.amount.best for s in found.shares for p in s.physical if p.resource_id == name)
        assert parts == pytest.approx(total.best, rel=1e-9, abs=1e-6)


@SOME
@given(bundles())
def test_no_bundle_saves_more_than_a_carrier_is_used(bundle):
    for name, total in evaluate(bundle, TERMS).physical.items():
        assert total.best >= -USE[name] - 1e-6
        assert total.low >= -USE[name] - 1e-6


@SOME
@given(bundles(), st.randoms())
def test_order_changes_neither_total_nor_shares(bundle, random):
    mixed = list(bundle)
    random.shuffle(mixed)
    one, other = evaluate(bundle, TERMS), evaluate(tuple(mixed), TERMS)
    assert other.saving.best == pytest.approx(one.saving.best, rel=1e-9, abs=1e-3)
    assert other.saving.low == pytest.approx(one.saving.low, rel=1e-9, abs=1e-3)
    shares = {s.solution_id: s.saving for s in one.shares}
    assert {s.solution_id: s.saving for s in other.shares} == pytest.approx(shares, rel=1e-6, abs=1e-2)


@SOME
@given(bundles())
def test_each_solution_alone_is_its_case(bundle):
    cases = value(bundle, TERMS)
    for one in bundle:
        found = evaluate((one,), TERMS)
        assert found.saving.best == pytest.approx(cases[one.id].saving_per_a.best, rel=1e-9, abs=1e-3)
        assert found.saving.low == pytest.approx(cases[one.id].saving_per_a.low, rel=1e-9, abs=1e-3)
        assert found.ghg_t.best == pytest.approx(cases[one.id].ghg_t_per_a.best, rel=1e-9, abs=1e-6)


@SOME
@given(bundles())
def test_savings_together_are_never_more_than_the_sum_of_those_alone(bundle):
    bundle = tuple(s for s in bundle if only_saving((s,)))
    alone: dict[str, float] = {}
    for case in value(bundle, TERMS).values():
        for line in case.physical:
            alone[line.resource_id] = alone.get(line.resource_id, 0.0) + line.amount.best
    for name, total in evaluate(bundle, TERMS).physical.items():
        assert total.best >= alone[name] - 1e-6


@SOME
@given(bundles())
def test_exchange_falls_whole_on_both_sites_and_its_price_cancels(bundle):
    found = evaluate(bundle, TERMS)
    transfers = [m.amount.best for m in found.money if m.transfer]
    assert sum(transfers) == pytest.approx(0.0, abs=1e-6)
    trade = next((s for s in found.shares if s.solution_id == "X"), None)
    if trade is not None:
        taken = -sum(line.amount.best for line in found.lines if line.participant_id == "B")
        given_off = -sum(p.amount.best for p in trade.physical if p.participant_id == "A")
        assert taken <= 60.0 + 1e-6
        # planned measures at the ash share its total with the exchange; alone with it both sides are equal
        if not any(d.node_id == "flow/ash" for s in bundle for d in s.deltas):
            assert given_off == pytest.approx(taken, abs=1e-6)


@SOME
@given(bundles())
def test_money_lines_and_emission_lines_add_up_to_the_totals(bundle):
    found = evaluate(bundle, TERMS)
    money = sum(m.amount.best for m in found.money)
    assert money == pytest.approx(found.saving.best, rel=1e-9, abs=1e-3)
    tonnes = sum(e.amount.best for e in found.emissions if e.book is Book.PROJECT and not e.biogenic)
    assert tonnes == pytest.approx(found.ghg_t.best, rel=1e-9, abs=1e-6)


def test_deciding_alone_never_changes_what_stands_in_place():
    standing = Solution(
        "old", "m", "measure", "m", "m", ("A",),
        (Delta("A", ELECTRICITY, Step.DEMAND, Effect.FRACTION, Range.exact(-0.2), "air"),), COST,
        stage=Stage.IMPLEMENTED, history=(StageEvent(Stage.IMPLEMENTED, date(2025, 1, 1)),),
    )  # fmt: skip
    idea = Solution(
        "new", "m", "measure", "m", "m", ("A",),
        (Delta("A", ELECTRICITY, Step.DEMAND, Effect.FRACTION, Range.exact(-0.9), "air"),), COST,
    )  # fmt: skip
    alone = evaluate((standing,), TERMS).shares[0]
    beside = next(s for s in evaluate((standing, idea), TERMS).shares if s.solution_id == "old")
    assert beside.saving == pytest.approx(alone.saving)
