import pytest

from parkloop.methods.attribution import components, first_of_each, shares_in_order, shares_in_proportion


def test_shares_of_mixed_sign_still_sum_to_the_total():
    shares = shares_in_proportion([100.0, -20.0, 0.0], 60.0)
    assert shares == pytest.approx([100 - 20 * 100 / 120, -20 - 20 * 20 / 120, 0.0])
    assert shares.sum() == pytest.approx(60.0)


def test_shares_in_order_give_each_what_it_added():
    assert shares_in_order([0.0, 30.0, 51.0]) == pytest.approx([30.0, 21.0])


def test_first_of_each_keeps_the_lowest_rank_of_a_key():
    assert first_of_each(["a", "a", None, None], [(1, "x"), (0, "y"), (5,), (6,)]) == (1, 2, 3)


def test_components_join_through_chains():
    assert components([[1], [2], [1, 2], [], [9]]) == ((0, 1, 2), (3,), (4,))
