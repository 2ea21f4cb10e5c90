"""Allocation never gives what is not there, whatever the numbers and their order."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkloop.symbiosis import MatchSettings, allocate

amounts = st.floats(0.01, 1e9, allow_subnormal=False)
gains = st.floats(-10.0, 1e3, allow_subnormal=False)


@st.composite
def arcs(draw: st.DrawFn, *, gated: bool = False) -> pl.DataFrame:
    """Random arcs between up to five donors and five receivers by two uses."""
    donors = draw(st.lists(amounts, min_size=1, max_size=5))
    receivers = draw(st.lists(amounts, min_size=1, max_size=5))
    rows = []
    for i, supply in enumerate(donors):
        for j, demand in enumerate(receivers):
            for use in ("u", "v"):
                if draw(st.booleans()):
                    ratio, cap = draw(st.floats(0.05, 2.0)), draw(st.sampled_from([0.2, 0.5, 1.0]))
                    room = min(supply, demand * cap / ratio)
                    fixed = draw(st.floats(0, 1e4)) if gated else 0.0
                    minimum = draw(st.sampled_from([0.0, room / 3])) if gated else 0.0
                    rows.append(
                        (f"d{i}", f"r{j}", use, supply, demand, ratio, cap, room, draw(gains), fixed, minimum)
                    )
    schema = {
        "donor_flow": pl.String, "receiver_flow": pl.String, "use": pl.String, "amount": pl.Float64,
        "want_amount": pl.Float64, "displaced_per_unit": pl.Float64, "cap_fraction": pl.Float64,
        "quantity": pl.Float64, "gain_per_unit": pl.Float64, "fixed_cost_per_a": pl.Float64,
        "min_amount": pl.Float64,
    }  # fmt: skip
    # two arcs of one use and receiver share their cap in the table of uses: keep it so here
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(pl.col("cap_fraction").max().over("use", "receiver_flow"))


def over(frame: pl.DataFrame, keys: list[str], used: pl.Expr, limit: pl.Expr) -> float:
    """How far the fullest group lies over its limit, relative to it."""
    if frame.is_empty():
        return 0.0
    worst = frame.group_by(keys).agg(part=used.sum() / limit.first())["part"].max()
    return float(worst) - 1.0  # type: ignore[arg-type]


@given(arcs())
@settings(deadline=None, max_examples=60)
def test_allocated_never_exceeds_supply_demand_or_cap(frame: pl.DataFrame) -> None:
    check_within(frame, MatchSettings())


@given(arcs(gated=True))
@settings(deadline=None, max_examples=40)
def test_allocated_with_pipes_and_minima_never_exceeds_supply_demand_or_cap(frame: pl.DataFrame) -> None:
    check_within(frame, MatchSettings())


@given(arcs(gated=True))
@settings(deadline=None, max_examples=40)
def test_allocated_with_spread_costs_never_exceeds_supply_demand_or_cap(frame: pl.DataFrame) -> None:
    check_within(frame, MatchSettings(exact_limit=0))


def check_within(frame: pl.DataFrame, chosen: MatchSettings) -> None:
    result = allocate(frame, chosen)
    displaced = pl.col("allocated") * pl.col("displaced_per_unit")
    cap = pl.col("want_amount") * pl.col("cap_fraction")
    assert (result.arcs["allocated"] >= 0).all()
    assert over(result.arcs, ["donor_flow"], pl.col("allocated"), pl.col("amount")) <= 1e-9
    assert over(result.arcs, ["receiver_flow"], displaced, pl.col("want_amount")) <= 1e-9
    assert over(result.arcs, ["receiver_flow", "use"], displaced, cap) <= 1e-9
    assert result.max_residual < 1e-6
    assert result.gain_per_a >= -1e-6


@given(arcs(gated=True), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_allocation_does_not_depend_on_the_order_of_the_arcs(frame: pl.DataFrame, chance) -> None:
    rows = list(range(len(frame)))
    chance.shuffle(rows)
    assert allocate(frame).arcs.equals(allocate(frame[rows]).arcs)


@given(arcs())
@settings(deadline=None, max_examples=60)
def test_doubling_all_supply_never_lowers_the_gain(frame: pl.DataFrame) -> None:
    more = frame.with_columns(
        pl.col("amount") * 2,
        quantity=pl.min_horizontal(
            pl.col("amount") * 2,
            pl.col("want_amount") * pl.col("cap_fraction") / pl.col("displaced_per_unit"),
        ),
    )
    before, after = allocate(frame).gain_per_a, allocate(more).gain_per_a
    assert after >= before * (1 - 1e-6) - 1e-9


@given(arcs(gated=True))
@settings(deadline=None, max_examples=40)
def test_the_exact_choice_is_never_worse_than_spread_costs(frame: pl.DataFrame) -> None:
    exact = allocate(frame).gain_per_a
    spread = allocate(frame, MatchSettings(exact_limit=0)).gain_per_a
    assert exact >= spread - 1e-5 * max(1.0, abs(spread))


@given(arcs())
@settings(deadline=None, max_examples=40)
def test_the_gain_is_the_sum_over_the_arcs(frame: pl.DataFrame) -> None:
    result = allocate(frame)
    total = (result.arcs["allocated"] * result.arcs["gain_per_unit"]).sum()
    assert result.gain_per_a == pytest.approx(total, rel=1e-9, abs=1e-9)
