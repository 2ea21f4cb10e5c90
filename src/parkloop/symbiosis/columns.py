"""Linear allocation over very many arcs: solve with a few, let the prices call in those that are missing.

With the worth v_r of one more unit of each row, an arc left out can only help when its gain exceeds what it
takes of them, g_a > sum_r w_ra v_r. When no such arc is left the answer for the few is the answer for all
(column generation; G. Dantzig and P. Wolfe, recalled, not checked).
"""

import numpy as np
from numpy.typing import NDArray

from parkloop.methods.allocation import PackingProgramme, PackingSolution, solve_packing

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_AT_ONCE = 100_000
_EACH_ROW = 6
_ROUNDS = 40
_TOLERANCE = 1e-7


def solve_many(programme: PackingProgramme, *, time_limit_s: float) -> PackingSolution:
    """The quantities of greatest total gain of a programme without minima and fixed costs.

    Parameters
    ----------
    programme
        Any number of arcs; up to 100,000 go to the solver at once.
    time_limit_s
        For each call of the solver [s].

    Returns
    -------
    PackingSolution
        Of all arcs. `status` is `stopped` where the rounds ran out before the prices agreed.
    """
    if programme.gain.size <= _AT_ONCE:
        return solve_packing(programme, time_limit_s=time_limit_s)
    taken = np.zeros(programme.gain.size, dtype=bool)
    taken[_best_of_each_row(programme, programme.gain, _EACH_ROW)] = True
    for _ in range(_ROUNDS):
        arcs = np.flatnonzero(taken)
        found = solve_packing(_part(programme, arcs), time_limit_s=time_limit_s)
        if not np.isfinite(found.row_value).all():
            return solve_packing(programme, time_limit_s=time_limit_s)
        price = np.maximum(found.row_value, 0.0)[programme.row] * programme.coefficient
        more = programme.gain - np.bincount(programme.arc, price, programme.gain.size)
        worth_it = more > _TOLERANCE * np.maximum(np.abs(programme.gain), 1e-12)
        worth_it &= ~taken & (programme.arc_upper > 0.0)
        if not worth_it.any():
            return _of_all(programme, arcs, found, found.status)
        taken[_best_of_each_row(programme, np.where(worth_it, more, 0.0), _EACH_ROW)] = True
    return _of_all(programme, arcs, found, "stopped")


def _best_of_each_row(programme: PackingProgramme, worth: Floats, count: int) -> Integers:
    """The arcs of each row that gain most per unit of it, those without worth left out."""
    usable = (worth[programme.arc] > 0.0) & (programme.coefficient > 0.0)
    row, arc = programme.row[usable], programme.arc[usable]
    per_unit = worth[arc] / programme.coefficient[usable]
    order = np.lexsort((arc, -per_unit, row))
    rank = np.arange(order.size) - np.searchsorted(row[order], row[order], side="left")
    return np.unique(arc[order[rank < count]])


def _part(programme: PackingProgramme, arcs: Integers) -> PackingProgramme:
    """The programme of some arcs; all rows stay."""
    place = np.full(programme.gain.size, -1, dtype=np.int64)
    place[arcs] = np.arange(arcs.size)
    kept = place[programme.arc] >= 0
    return PackingProgramme(
        gain=programme.gain[arcs],
        row=programme.row[kept],
        arc=place[programme.arc[kept]],
        coefficient=programme.coefficient[kept],
        upper=programme.upper,
        arc_upper=programme.arc_upper[arcs],
        minimum=programme.minimum[arcs],
        fixed=programme.fixed[arcs],
    )


def _of_all(
    programme: PackingProgramme, arcs: Integers, found: PackingSolution, status: str
) -> PackingSolution:
    quantity = np.zeros(programme.gain.size)
    quantity[arcs] = found.quantity
    return PackingSolution(quantity, found.gain, found.row_value, status, found.max_residual)
