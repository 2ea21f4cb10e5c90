"""Seeded draws for ranges, the same for the same input whoever asks for it and in whatever order.

Every uncertain input has a key (`price/electricity/buy`, `delta/S-12`). Its draws depend on seed, key and
number alone, so one tariff or one factor is drawn once for all solutions. The draws are the mid-points of
equal slices of the standard normal distribution in shuffled order (Latin hypercube sampling; M. McKay,
R. Beckman and W. Conover; recalled, not checked), with the best value itself in front.
"""

from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z90 = NormalDist().inv_cdf(0.9)


@lru_cache(maxsize=8)
def _slices(n_draws: int) -> Floats:
    points = (np.arange(n_draws) + 0.5) / max(n_draws, 1)
    normal = NormalDist()
    return np.array([normal.inv_cdf(float(p)) for p in points])


def draws(seed: int, key: str, n_draws: int) -> Floats:
    """Standard normal numbers of one input, a zero (the best value) in front; shape `(1 + n_draws,)` [-].

    Examples
    --------
    >>> one, again = draws(1, "price/electricity/buy", 4), draws(1, "price/electricity/buy", 4)
    >>> bool((one == again).all()), float(one[0]), round(float(one.sum()), 9)
    (True, 0.0, 0.0)
    """
    digest = blake2b(f"{seed}/{key}".encode(), digest_size=16).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "little")))
    return np.concatenate(([0.0], generator.permutation(_slices(n_draws))))


def share_bias(common: Floats, own: Floats, correlation: float) -> Floats:
    """Draws of one estimate whose maker errs in one direction for all estimates.

    Parameters
    ----------
    common, own
        Standard normal draws `(n_draws,)` [-].
    correlation
        Correlation between two estimates of one assessor [-], 0 to 1.

    Examples
    --------
    >>> share_bias(np.array([1.0]), np.array([-1.0]), 0.5).tolist()
    [0.0]
    """
    return np.asarray(np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own)


def at_quantile(low: ArrayLike, best: ArrayLike, high: ArrayLike, z: ArrayLike) -> Floats:
    """The value of a 10/50/90 range at a standard normal quantile.

    Below and above `best` the distribution has its own width, so that the three points are met exactly: a
    two-piece log-normal in the size of the value where all three have one sign (it never crosses zero), a
    two-piece normal elsewhere.

    Parameters
    ----------
    low, best, high
        The 10, 50 and 90 % points [any unit], shape `(n,)` or scalar.
    z
        Quantiles [-], shape `(n, n_draws)` or broadcastable to it.

    Returns
    -------
    ndarray
        Values `(n, n_draws)` [unit of the range].

    Examples
    --------
    >>> at_quantile(8.0, 10.0, 15.0, [-Z90, 0.0, Z90]).round(9).tolist()
    [8.0, 10.0, 15.0]
    """
    low_, best_, high_, z_ = (np.asarray(item, dtype=float) for item in (low, best, high, z))
    if z_.ndim > low_.ndim and low_.ndim == 1:
        low_, best_, high_ = low_[:, None], best_[:, None], high_[:, None]
    one_sign = (low_ > 0.0) | (high_ < 0.0)
    safe = [np.where(one_sign, item, 1.0) for item in (low_, best_, high_)]
    down = np.log(np.abs(safe[1] / safe[0]))
    up = np.log(np.abs(safe[2] / safe[1]))
    z_low, z_high = np.minimum(z_, 0.0) / Z90, np.maximum(z_, 0.0) / Z90
    logarithmic = safe[1] * np.exp(z_low * down + z_high * up)
    linear = best_ + z_low * (best_ - low_) + z_high * (high_ - best_)
    return np.asarray(np.where(one_sign, logarithmic, linear), dtype=np.float64)


def ten_and_ninety(values: Floats) -> tuple[Floats, Floats]:
    """The 10 and 90 % points of draws; the best value in column 0 is left out and bounds both.

    Parameters
    ----------
    values
        `(n, 1 + n_draws)` [any unit].

    Returns
    -------
    tuple
        Low and high `(n,)`, with low <= column 0 <= high.

    Examples
    --------
    >>> low, high = ten_and_ninety(np.array([[5.0, 0.0, 5.0, 10.0]]))
    >>> low.tolist(), high.tolist()
    ([1.0], [9.0])
    """
    best, drawn = values[:, 0], values[:, 1:]
    n = drawn.shape[1]
    if n == 0:
        return best, best
    at = 0.1 * (n - 1)
    below = int(at)
    above = min(below + 1, n - 1)
    places = sorted({below, above, n - 1 - below, n - 1 - above})
    ordered = np.partition(drawn, places, axis=1)
    rest = at - below
    low = ordered[:, below] * (1.0 - rest) + ordered[:, above] * rest
    high = ordered[:, n - 1 - below] * (1.0 - rest) + ordered[:, n - 1 - above] * rest
    return np.minimum(low, best), np.maximum(high, best)


def squared_correlations(results: Floats, inputs: Floats) -> Floats:
    """How much of the variance of each result goes with each input [-], a first-order measure.

    Parameters
    ----------
    results
        Draws of the results `(n_results, n_draws)` [any unit].
    inputs
        Draws of the inputs `(n_inputs, n_draws)` [-].

    Returns
    -------
    ndarray
        `(n_results, n_inputs)`; 0 where the result or the input does not vary.

    Examples
    --------
    >>> z = np.array([[-1.0, 0.0, 1.0], [1.0, -2.0, 1.0]])
    >>> squared_correlations(np.array([[2.0, 4.0, 6.0]]), z).round(9).tolist()
    [[1.0, 0.0]]
    """
    centred = results - results.mean(axis=1, keepdims=True)
    drawn = inputs - inputs.mean(axis=1, keepdims=True)
    size = np.einsum("ij,ij->i", centred, centred)[:, None]
    floor = 1e-18 * np.maximum(1.0, np.abs(results).max(axis=1, initial=0.0))[:, None] ** 2
    spread = np.einsum("ij,ij->i", drawn, drawn)[None, :]
    both = centred @ drawn.T
    usable = (size > floor) & (spread > 0.0)
    return np.asarray(np.where(usable, both**2 / np.where(usable, size * spread, 1.0), 0.0))
