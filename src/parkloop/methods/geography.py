"""Distances on the globe: great circles, road lengths, and who lies within reach of whom."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of GRS 80, International Union of Geodesy and Geophysics

_CHUNK = 20_000  # rows a nearest-neighbour query holds at once, so that memory stays bounded


def haversine_km(lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike) -> Floats:
    """Great-circle distance between points [km].

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        WGS84 degrees; any shapes that broadcast together.

    Returns
    -------
    ndarray
        Distance [km] on a sphere of mean radius; within 0.6 % of the ellipsoid.

    Notes
    -----
    Haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope, 1984; unchecked).

    Examples
    --------
    >>> round(float(haversine_km(0.0, 0.0, 0.0, 1.0)), 3)
    111.195
    """
    phi_a, phi_b = np.radians(np.asarray(lat_a, float)), np.radians(np.asarray(lat_b, float))
    half_phi = (phi_b - phi_a) / 2
    half_lambda = np.radians(np.asarray(lon_b, float) - np.asarray(lon_a, float)) / 2
    h = np.sin(half_phi) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_lambda) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))), dtype=np.float64)


def road_km(straight_km: ArrayLike, road_factor: float) -> Floats:
    """Length by road [km]: the straight line [km] times the road factor [-].

    Raises
    ------
    ValueError
        When the factor is below 1: no road is shorter than the straight line.

    Examples
    --------
    >>> float(road_km(10.0, 1.3))
    13.0
    """
    if road_factor < 1.0:
        raise ValueError(
            f"road factor {road_factor} is below 1; a road is never shorter than the straight line"
        )
    return np.asarray(straight_km, float) * road_factor


def unit_vectors(lat: ArrayLike, lon: ArrayLike) -> Floats:
    """Points on the unit sphere `(n, 3)` for WGS84 degrees `(n,)`.

    Examples
    --------
    >>> unit_vectors([0.0], [0.0]).tolist()
    [[1.0, 0.0, 0.0]]
    """
    phi, lam = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _chord(distance_km: float) -> float:
    angle = min(max(distance_km, 0.0) / EARTH_RADIUS_KM, np.pi)
    # a hair wider than the arc, so that a point exactly on the circle is not lost to rounding
    return float(2 * np.sin(angle / 2) * (1 + 1e-9) + 1e-12)


def pairs_within(
    from_points: tuple[ArrayLike, ArrayLike],
    to_points: tuple[ArrayLike, ArrayLike],
    radius_km: float,
    *,
    nearest: int | None = None,
) -> tuple[Integers, Integers, Floats]:
    """All pairs of a first and a second point that lie within a radius of each other.

    Parameters
    ----------
    from_points, to_points
        `(lat, lon)` in WGS84 degrees, `(n,)` and `(m,)`; points that are not finite are left out.
    radius_km
        Straight-line reach [km].
    nearest
        Keep at most so many second points for each first one, the nearest ones; None keeps all.

    Returns
    -------
    tuple
        Index into the first set, index into the second, distance [km]; sorted by both indices.

    Notes
    -----
    k-d tree on the unit sphere (chord length grows with the arc), `scipy.spatial.cKDTree`.

    Examples
    --------
    >>> i, j, km = pairs_within(([10.0], [106.0]), ([10.0, 10.1], [106.0, 108.0]), 50.0)
    >>> i.tolist(), j.tolist(), km.tolist()
    ([0], [0], [0.0])
    """
    lat_a, lon_a = (np.asarray(part, float) for part in from_points)
    lat_b, lon_b = (np.asarray(part, float) for part in to_points)
    keep_a = np.flatnonzero(np.isfinite(lat_a) & np.isfinite(lon_a))
    keep_b = np.flatnonzero(np.isfinite(lat_b) & np.isfinite(lon_b))
    if keep_a.size == 0 or keep_b.size == 0:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, np.empty(0)
    points_a = unit_vectors(lat_a[keep_a], lon_a[keep_a])
    tree_b = cKDTree(unit_vectors(lat_b[keep_b], lon_b[keep_b]))
    if nearest is None or nearest >= keep_b.size:
        near = cKDTree(points_a).sparse_distance_matrix(tree_b, _chord(radius_km), output_type="ndarray")
        a, b = near["i"].astype(np.int64), near["j"].astype(np.int64)
    else:
        a, b = _nearest(points_a, tree_b, _chord(radius_km), nearest)
    a, b = keep_a[a], keep_b[b]
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    return a, b, haversine_km(lat_a[a], lon_a[a], lat_b[b], lon_b[b])


def _nearest(points: Floats, tree: cKDTree, chord: float, count: int) -> tuple[Integers, Integers]:
    firsts, seconds = [], []
    for start in range(0, len(points), _CHUNK):
        part = points[start : start + _CHUNK]
        _, found = tree.query(part, k=list(range(1, count + 1)), distance_upper_bound=chord)
        row, column = np.nonzero(found < tree.n)
        firsts.append(row.astype(np.int64) + start)
        seconds.append(found[row, column].astype(np.int64))
    return np.concatenate(firsts), np.concatenate(seconds)
