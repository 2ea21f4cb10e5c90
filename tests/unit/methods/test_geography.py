import math

import numpy as np
import pytest

from parkloop.methods.geography import EARTH_RADIUS_KM, haversine_km, pairs_within, road_km


def test_haversine_of_one_degree_on_the_equator_is_a_360th_of_the_circle():
    # 2 pi R / 360
    assert haversine_km(0, 10, 0, 11) == pytest.approx(2 * math.pi * EARTH_RADIUS_KM / 360)


def test_haversine_of_antipodes_is_half_the_circle():
    assert haversine_km(90, 0, -90, 0) == pytest.approx(math.pi * EARTH_RADIUS_KM)


def test_haversine_over_the_date_line_takes_the_short_way():
    assert haversine_km(0, 179.5, 0, -179.5) == pytest.approx(haversine_km(0, 0, 0, 1))


def test_haversine_of_arrays_broadcasts():
    assert haversine_km([[0.0], [1.0]], 0.0, 0.0, [0.0, 1.0, 2.0]).shape == (2, 3)


def test_pairs_within_when_a_place_is_unknown_then_it_has_no_neighbour():
    i, j, _ = pairs_within(([10.0, np.nan], [106.0, 106.0]), ([10.0], [106.0]), 5.0)
    assert (i.tolist(), j.tolist()) == ([0], [0])


def test_pairs_within_agrees_with_all_pairs():
    rng = np.random.default_rng(7)
    a = (rng.uniform(9, 11, 60), rng.uniform(105, 107, 60))
    b = (rng.uniform(9, 11, 80), rng.uniform(105, 107, 80))
    whole = haversine_km(a[0][:, None], a[1][:, None], b[0], b[1])
    i, j, km = pairs_within(a, b, 40.0)
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == set(zip(*np.nonzero(whole <= 40.0), strict=True))
    assert km == pytest.approx(whole[i, j])


def test_pairs_within_when_nearest_is_given_then_the_nearest_remain():
    i, j, km = pairs_within(
        ([10.0, 10.3], [106.0, 106.0]), ([10.0, 10.1, 10.2], [106.0] * 3), 100.0, nearest=2
    )
    assert i.tolist() == [0, 0, 1, 1]
    assert j.tolist() == [0, 1, 1, 2]
    assert km[0] == 0.0


def test_pairs_within_when_a_point_lies_on_the_circle_then_it_counts():
    radius = float(haversine_km(10.0, 106.0, 10.0, 106.5))
    i, _, _ = pairs_within(([10.0], [106.0]), ([10.0], [106.5]), radius)
    assert i.size == 1


def test_pairs_within_when_one_side_is_empty_then_there_are_none():
    i, j, km = pairs_within(([], []), ([10.0], [106.0]), 5.0)
    assert i.size == j.size == km.size == 0


def test_road_km_when_the_factor_is_below_one_then_it_is_refused():
    with pytest.raises(ValueError, match="road factor"):
        road_km(10.0, 0.9)
