import polars as pl
import pytest

from parkloop.symbiosis import MatchSettings, allocate


def amounts(result):
    return dict(
        zip(
            (result.arcs["donor_flow"] + result.arcs["receiver_flow"]).to_list(),
            result.arcs["allocated"].to_list(),
            strict=True,
        )
    )


def test_allocate_when_two_want_one_output_then_the_greater_gain_is_served_first(arcs):
    given = arcs([("a", "x", 10.0, 8.0, 2.0), ("a", "y", 10.0, 8.0, 3.0)])
    assert amounts(allocate(given)) == pytest.approx({"ax": 2.0, "ay": 8.0})


def test_allocate_when_two_outputs_replace_one_input_then_the_input_is_not_replaced_twice(arcs):
    given = arcs([("a", "x", 10.0, 12.0, 2.0), ("b", "x", 10.0, 12.0, 3.0)])
    assert amounts(allocate(given)) == pytest.approx({"ax": 2.0, "bx": 10.0})


def test_allocate_when_a_unit_replaces_half_a_unit_then_twice_as_much_moves(arcs):
    given = arcs([("a", "x", 100.0, 10.0, 1.0)], displaced_per_unit=[0.5], quantity=[20.0])
    assert amounts(allocate(given)) == pytest.approx({"ax": 20.0})


def test_allocate_keeps_the_substitution_cap_of_each_use(arcs):
    # both donors by the same use: together at most 30 % of 100
    given = arcs(
        [("a", "x", 50.0, 100.0, 1.0), ("b", "x", 50.0, 100.0, 2.0)],
        cap_fraction=[0.3, 0.3],
        quantity=[30.0, 30.0],
    )
    assert sum(amounts(allocate(given)).values()) == pytest.approx(30.0)


def test_allocate_when_uses_differ_then_their_caps_are_separate(arcs):
    given = arcs(
        [("a", "x", 50.0, 100.0, 1.0), ("b", "x", 50.0, 100.0, 2.0)],
        cap_fraction=[0.3, 0.3],
        quantity=[30.0, 30.0],
    ).with_columns(use=pl.Series(["u", "v"]))
    assert sum(amounts(allocate(given)).values()) == pytest.approx(60.0)


def test_allocate_when_a_pipe_costs_more_than_it_brings_then_it_is_not_laid(arcs):
    given = arcs([("a", "x", 10.0, 10.0, 1.0)], fixed_cost_per_a=[10.5])
    assert amounts(allocate(given)) == {"ax": 0.0}


def test_allocate_when_there_are_too_many_arcs_then_pipes_are_spread_and_it_says_so(arcs):
    given = arcs([("a", "x", 10.0, 10.0, 2.0)], fixed_cost_per_a=[5.0])
    result = allocate(given, MatchSettings(exact_limit=0))
    assert not result.exact
    assert amounts(result) == pytest.approx({"ax": 10.0})
    # 10 x 2 less the pipe
    assert result.gain_per_a == pytest.approx(15.0)


def test_allocate_when_a_share_would_be_too_small_to_be_useful_then_it_is_left_out(arcs):
    rows = [("a", "x", 10.0, 9.5, 3.0), ("a", "y", 10.0, 8.0, 2.0)]
    exact = allocate(arcs(rows, min_amount=[1.0, 1.0]))
    # y would get 0.5 only; giving up 0.5 at x for 1 at y: 27 + 2 = 29 beats 28.5
    assert amounts(exact) == pytest.approx({"ax": 9.0, "ay": 1.0})
    spread = allocate(arcs(rows, min_amount=[1.0, 1.0]), MatchSettings(exact_limit=0))
    assert amounts(spread) == pytest.approx({"ax": 9.5, "ay": 0.0})


def test_allocate_without_candidates_is_empty(arcs):
    result = allocate(arcs([("a", "x", 1.0, 1.0, 1.0)]).clear())
    assert (len(result.arcs), result.gain_per_a) == (0, 0.0)


def test_allocate_checks_its_own_residual(arcs):
    result = allocate(arcs([("a", "x", 1e9, 1e9, 1e-3), ("b", "y", 1e-2, 1e-2, 1e6)]))
    assert result.status == "optimal"
    assert result.max_residual < 1e-6
