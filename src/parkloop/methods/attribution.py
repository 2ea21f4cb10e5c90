"""Whose part of a joint result is whose, and which records are one and the same."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def shares_in_order(cumulative: ArrayLike) -> Floats:
    """Shares of solutions that came one after the other: each gets what it added.

    Parameters
    ----------
    cumulative
        Totals with the first 0, 1, ..., n solutions in, `(n + 1, ...)`.

    Examples
    --------
    >>> shares_in_order([0.0, 30.0, 51.0]).tolist()
    [30.0, 21.0]
    """
    return np.diff(np.asarray(cumulative, dtype=float), axis=0)


def shares_in_proportion(stand_alone: ArrayLike, total: ArrayLike) -> Floats:
    """Shares of solutions that are only planned: in proportion to what each would save alone.

    The gap between the plain sum and the total is spread over the size of the stand-alone values, which is
    the plain proportion when all have one sign and still sums to the total when they have not.

    Parameters
    ----------
    stand_alone
        Values alone, `(n_solutions, ...)`.
    total
        The joint value, `(...)`.

    Examples
    --------
    >>> shares_in_proportion([30.0, 30.0], 51.0).tolist()
    [25.5, 25.5]
    """
    alone = np.asarray(stand_alone, dtype=float)
    gap = alone.sum(axis=0) - np.asarray(total, dtype=float)
    size = np.abs(alone)
    sum_ = size.sum(axis=0)
    part = np.where(sum_ > 0.0, size / np.where(sum_ > 0.0, sum_, 1.0), 1.0 / len(alone))
    return np.asarray(alone - gap * part, dtype=np.float64)


def first_of_each(keys: Sequence[Hashable | None], ranks: Sequence[tuple[int | str, ...]]) -> tuple[int, ...]:
    """The records to keep when several report the same thing: per key the lowest rank; None is always kept.

    Examples
    --------
    >>> first_of_each(["A>B", None, "A>B"], [(2,), (0,), (1,)])
    (1, 2)
    """
    best: dict[Hashable, int] = {}
    for number, key in enumerate(keys):
        if key is not None and (key not in best or ranks[number] < ranks[best[key]]):
            best[key] = number
    return tuple(n for n, key in enumerate(keys) if key is None or best[key] == n)


def components(touched: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Solutions that can feel each other: those joined by a chain of shared roots or participants.

    Parameters
    ----------
    touched
        For each solution the numbers of the things it touches.

    Returns
    -------
    tuple
        Groups of solution numbers, each ascending, ordered by their first.

    Examples
    --------
    >>> components([[1], [2, 3], [3], [1]])
    ((0, 3), (1, 2))
    """
    leader = list(range(len(touched)))

    def find(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    seen: dict[int, int] = {}
    for number, things in enumerate(touched):
        for thing in things:
            first = seen.setdefault(thing, number)
            one, other = find(first), find(number)
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for number in range(len(touched)):
        groups.setdefault(find(number), []).append(number)
    return tuple(tuple(group) for group in groups.values())
