import numpy as np
import pytest

from parkloop.methods.allocation import PackingProgramme, max_residual, solve_packing


def programme(gain, rows, upper, arc_upper, minimum=None, fixed=None):
    """`rows` as a dense matrix; the triplets are its non-zeros."""
    matrix = np.asarray(rows, float)
    row, arc = np.nonzero(matrix)
    none = np.zeros(len(gain))
    return PackingProgramme(
        np.asarray(gain, float),
        row.astype(np.int64),
        arc.astype(np.int64),
        matrix[row, arc],
        np.asarray(upper, float),
        np.asarray(arc_upper, float),
        none if minimum is None else np.asarray(minimum, float),
        none if fixed is None else np.asarray(fixed, float),
    )


def test_solve_packing_of_two_donors_and_two_receivers_is_the_hand_solution():
    # arcs 11, 12, 21, 22; donors give 10 and 5, receivers take 8 and 6; gains 5, 4, 3, 1.
    # Proof by prices: donors worth 2 and 0, receivers 3 and 2 cover every gain (5, 4, 3, 1 <= 5, 4, 3, 2) and
    # cost 10 x 2 + 8 x 3 + 6 x 2 = 56, which 4, 6, 4, 0 earns: 20 + 24 + 12.
    found = solve_packing(
        programme(
            [5, 4, 3, 1],
            [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]],
            [10, 5, 8, 6],
            [99, 99, 99, 99],
        )
    )
    assert found.trusted
    assert found.gain == pytest.approx(56.0)
    assert found.quantity.tolist() == pytest.approx([4, 6, 4, 0])


def test_solve_packing_when_an_arc_loses_then_it_stays_empty():
    found = solve_packing(programme([-1.0, 2.0], [[1, 1]], [10], [10, 3]))
    assert found.quantity.tolist() == [0.0, 3.0]


def test_solve_packing_when_amounts_differ_by_ten_orders_then_residuals_stay_small():
    found = solve_packing(programme([1e-6, 1e4], [[1, 0], [0, 1], [1e-9, 1.0]], [3e9, 0.5, 2.0], [1e12, 1e3]))
    assert found.trusted
    # kWh take 3e9 x 1e-9 = 3 > 2 - x2 of the shared row; x2 earns more of it: 0.5, then 1.5e9
    assert found.quantity.tolist() == pytest.approx([1.5e9, 0.5])


def test_solve_packing_when_the_fixed_cost_eats_the_gain_then_nothing_moves():
    assert solve_packing(programme([2.0], [[1]], [10], [10], fixed=[21.0])).quantity.tolist() == [0.0]


def test_solve_packing_when_two_lines_cost_more_than_one_then_one_is_laid():
    # both could carry 10 of 10; apart they would pay 5 twice
    found = solve_packing(programme([2.0, 2.0], [[1, 1]], [10], [6, 10], fixed=[5.0, 5.0]))
    assert found.quantity.tolist() == pytest.approx([0.0, 10.0])
    assert found.gain == pytest.approx(15.0)


def test_solve_packing_when_the_minimum_does_not_fit_then_the_arc_is_left_out():
    found = solve_packing(programme([3.0, 1.0], [[1, 1]], [10], [10, 10], minimum=[11.0, 0.0]))
    assert found.quantity.tolist() == pytest.approx([0.0, 10.0])


def test_solve_packing_when_a_right_hand_side_is_zero_then_its_arcs_stay_empty():
    found = solve_packing(programme([3.0, 1.0], [[1, 0], [0, 1]], [0, 4], [10, 10]))
    assert found.quantity.tolist() == pytest.approx([0.0, 4.0])


def test_solve_packing_without_arcs_gives_nothing():
    found = solve_packing(programme([], np.zeros((1, 0)), [3], []))
    assert (found.gain, found.status) == (0.0, "optimal")


def test_row_value_is_the_gain_of_one_more_unit():
    # the tight row of 10 is worth the gain of the arc in it, the slack one nothing
    found = solve_packing(programme([3.0], [[1], [1]], [10, 50], [99]))
    assert found.row_value.tolist() == pytest.approx([3.0, 0.0])


def test_max_residual_names_the_worst_row():
    given = programme([1.0, 1.0], [[1, 1], [2, 0]], [10, 4], [9, 9])
    # rows: 11 over 10 is 0.1; 8 over 4 is 1.0
    assert max_residual(given, np.array([4.0, 7.0])) == pytest.approx(1.0)
