"""Divides what is scarce among those who ask for it from several sides.

Everyone gets in proportion to what they ask; what one side cannot use is offered again to the others, until
nothing more can move (progressive filling as in D. Bertsekas and R. Gallager, Data Networks, on max-min
fairness; recalled, not checked). The order of the claims is without effect.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROUNDS = 60
_TINY = 1e-12


def ration(legs: tuple[Ints, Ints], asked: Floats, left: Floats, ceiling: Floats) -> Floats:
    """Fractions of what is asked, such that no place gives more than it has left.

    Parameters
    ----------
    legs
        Place and claim of every leg `(n_legs,)`; the legs of one claim are met to one fraction.
    asked, left
        Amount each leg asks and amount left at its place [unit of the place], `(n_legs, n_draws)`.
    ceiling
        Largest fraction of each claim [-], `(n_claims, n_draws)`.

    Returns
    -------
    ndarray
        Fractions [-], `(n_claims, n_draws)`.

    Examples
    --------
    100 t for two claims of 100 t, the first of which finds room for 10 t at its other end:

    >>> legs = np.array([0, 1, 0, 2]), np.array([0, 0, 1, 1])
    >>> left = np.array([[100.0], [10.0], [100.0], [200.0]])
    >>> ration(legs, np.full((4, 1), 100.0), left, np.ones((2, 1))).round(9).ravel().tolist()
    [0.1, 0.9]
    """
    node, link = legs
    nodes, slot = np.unique(node, return_inverse=True)
    room = np.full((len(nodes), asked.shape[1]), np.inf)
    np.minimum.at(room, slot, left)
    n_links = int(link.max()) + 1
    fraction = np.zeros((n_links, asked.shape[1]))
    floor = np.where(np.isfinite(room), room, 1.0) * 1e-12
    for _ in range(_ROUNDS):
        dry = (room <= floor)[slot] & (asked > 0.0)
        open_ = fraction < ceiling - _TINY
        stopped = add_by_index(dry.astype(float), link, n_links) > 0.0
        open_ &= ~stopped
        if not open_.any():
            break
        wanted = asked * open_[link]
        demand = add_by_index(wanted, slot, len(nodes))
        offer = np.where(demand > 0.0, room / np.where(demand > 0.0, demand, 1.0), np.inf)
        rise = np.full_like(fraction, np.inf)
        np.minimum.at(rise, link, np.where(asked > 0.0, offer[slot], np.inf))
        rise = np.where(open_, np.minimum(rise, ceiling - fraction), 0.0)
        fraction += rise
        room = np.maximum(room - add_by_index(asked * rise[link], slot, len(nodes)), 0.0)
    return fraction


def add_by_index(values: Floats, index: Ints, size: int) -> Floats:
    """Rows of `values` `(n, n_draws)` added up by `index` `(n,)`, to `(size, n_draws)`.

    Examples
    --------
    >>> add_by_index(np.array([[1.0], [2.0], [4.0]]), np.array([1, 0, 1]), 2).ravel().tolist()
    [2.0, 5.0]
    """
    result = np.zeros((size, values.shape[1]))
    if len(index):
        order = np.argsort(index, kind="stable")
        present, starts = np.unique(index[order], return_index=True)
        result[present] = np.add.reduceat(values[order], starts, axis=0)
    return result
