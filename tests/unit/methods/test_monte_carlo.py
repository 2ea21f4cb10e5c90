import numpy as np
import pytest

from parkloop.methods import monte_carlo as mc


@pytest.mark.parametrize(
    "points", [(8.0, 10.0, 15.0), (-15.0, -10.0, -8.0), (-1.0, 2.0, 4.0), (0.0, 0.0, 5.0)]
)
def test_range_is_met_at_its_10_50_90_points(points):
    assert mc.at_quantile(*points, [-mc.Z90, 0.0, mc.Z90]) == pytest.approx(points)


def test_range_of_one_sign_never_crosses_zero():
    assert (mc.at_quantile(-200.0, -50.0, -5.0, np.linspace(-5, 5, 101)) < 0.0).all()


def test_drawn_share_below_low_and_above_high_is_a_tenth_each():
    values = mc.at_quantile(8.0, 10.0, 15.0, mc.draws(3, "x", 1000))[1:]
    assert (values < 8.0).mean() == pytest.approx(0.1, abs=0.002)
    assert (values > 15.0).mean() == pytest.approx(0.1, abs=0.002)


def test_draws_depend_on_seed_and_key_alone():
    one = mc.draws(1, "price/electricity/buy", 50)
    mc.draws(1, "other", 50)
    assert (one == mc.draws(1, "price/electricity/buy", 50)).all()
    assert not (one == mc.draws(2, "price/electricity/buy", 50)).all()
    assert not (one == mc.draws(1, "price/steam/buy", 50)).all()


def test_draws_of_different_keys_are_not_correlated():
    one, other = mc.draws(1, "a", 2000)[1:], mc.draws(1, "b", 2000)[1:]
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.08


def test_shared_bias_has_the_stated_correlation():
    common = mc.draws(1, "c", 4000)[1:]
    one = mc.share_bias(common, mc.draws(1, "a", 4000)[1:], 0.5)
    other = mc.share_bias(common, mc.draws(1, "b", 4000)[1:], 0.5)
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.5, abs=0.05)


def test_ten_and_ninety_leave_the_best_value_out_but_enclose_it():
    low, high = mc.ten_and_ninety(np.array([[100.0, *range(11)]], dtype=float))
    assert low[0] == pytest.approx(1.0)
    assert high[0] == pytest.approx(100.0)


def test_ten_and_ninety_equal_numpy_quantiles():
    values = np.random.default_rng(1).normal(size=(3, 202))
    low, high = mc.ten_and_ninety(values)
    expected = np.quantile(values[:, 1:], [0.1, 0.9], axis=1)
    assert low == pytest.approx(np.minimum(expected[0], values[:, 0]))
    assert high == pytest.approx(np.maximum(expected[1], values[:, 0]))


def test_no_draws_give_a_range_of_no_width():
    low, high = mc.ten_and_ninety(np.array([[5.0]]))
    assert (low[0], high[0]) == (5.0, 5.0)


def test_squared_correlations_split_the_variance_of_a_sum():
    one, other = mc.draws(1, "a", 4000)[1:], mc.draws(1, "b", 4000)[1:]
    parts = mc.squared_correlations((3.0 * one + 4.0 * other)[None, :], np.array([one, other]))
    assert parts[0] == pytest.approx([9 / 25, 16 / 25], abs=0.03)
