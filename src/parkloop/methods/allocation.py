"""Who gives how much to whom: a packing programme over arcs, solved by HiGHS, checked by own residuals."""

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

RESIDUAL_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class PackingProgramme:
    """Maximise `gain x - fixed y` over arcs, subject to `A x <= upper`, `0 <= x <= arc_upper`.

    Attributes
    ----------
    gain
        Gain per unit of each arc, `(n_arcs,)`.
    row, arc, coefficient
        Non-zeros of A as triplets, `(n_nonzero,)`; coefficients are not negative.
    upper
        Right-hand sides, `(n_rows,)`, not negative.
    arc_upper
        Largest quantity of each arc, `(n_arcs,)`.
    minimum
        Smallest useful quantity of an arc that is used at all, `(n_arcs,)`.
    fixed
        Yearly cost of an arc that is used at all, whatever it carries, `(n_arcs,)`.
    """

    gain: Floats
    row: Integers
    arc: Integers
    coefficient: Floats
    upper: Floats
    arc_upper: Floats
    minimum: Floats
    fixed: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PackingSolution:
    """What the solver found and what our check says of it.

    Attributes
    ----------
    quantity
        Units on each arc, `(n_arcs,)`; feasible.
    gain
        Value of the objective at `quantity`.
    row_value
        Worth of one more unit of each right-hand side, `(n_rows,)`; NaN where minimum or fixed costs make it
        undefined.
    status
        `optimal`, `stopped` (time limit) or the solver's own word.
    max_residual
        Largest violation of a row or bound in the solver's answer, relative to the row [-].
    """

    quantity: Floats
    gain: float
    row_value: Floats
    status: str
    max_residual: float

    @property
    def trusted(self) -> bool:
        """Whether the solver says optimal and the residuals agree."""
        return self.status == "optimal" and self.max_residual <= RESIDUAL_TOLERANCE


def max_residual(programme: PackingProgramme, quantity: Floats) -> float:
    """Largest violation of any row or bound, relative to its right-hand side [-].

    Examples
    --------
    >>> import numpy as np
    >>> one = np.ones(1); zero = np.zeros(1); first = np.zeros(1, dtype=np.int64)
    >>> max_residual(PackingProgramme(one, first, first, one, one, one * 9, zero, zero), one * 1.5)
    0.5
    """
    loads = _row_loads(programme, quantity)
    rows = (loads - programme.upper) / np.maximum(programme.upper, 1.0)
    bounds = (quantity - programme.arc_upper) / np.maximum(programme.arc_upper, 1.0)
    signs = -quantity / np.maximum(programme.arc_upper, 1.0)
    return float(max(0.0, *(part.max(initial=0.0) for part in (rows, bounds, signs))))


def solve_packing(programme: PackingProgramme, *, time_limit_s: float = 60.0) -> PackingSolution:
    """The quantities of greatest total gain.

    A linear programme; arcs with a minimum or a fixed cost get a yes/no variable and make it a mixed-integer
    one. Arcs without gain, or that no row leaves room for, carry nothing.

    Examples
    --------
    >>> import numpy as np
    >>> two = np.array([0, 1]); none = np.zeros(2)
    >>> p = PackingProgramme(np.array([3.0, 2.0]), np.array([0, 0]), two, np.ones(2), np.array([10.0]),
    ...                      np.array([4.0, 9.0]), none, none)
    >>> solve_packing(p).quantity.tolist()
    [4.0, 6.0]
    """
    room = _room(programme)
    live = np.flatnonzero(
        (programme.gain * room > programme.fixed) & (room > 0) & (room >= programme.minimum)
    )
    empty = np.zeros(programme.gain.size)
    if live.size == 0:
        return PackingSolution(empty, 0.0, np.zeros(programme.upper.size), "optimal", 0.0)
    highs = _model(programme, room, live, time_limit_s)
    highs.run()
    status = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kTimeLimit: "stopped",
    }.get(highs.getModelStatus(), highs.modelStatusToString(highs.getModelStatus()).lower())
    solution = highs.getSolution()
    if not solution.value_valid:
        return PackingSolution(empty, 0.0, np.full(programme.upper.size, np.nan), status, np.inf)
    raw = empty.copy()
    raw[live] = np.asarray(solution.col_value)[: live.size] * room[live]
    residual = max_residual(programme, raw)
    quantity = _pull_inside(programme, raw)
    used = quantity > 0
    gain = float(programme.gain @ quantity - programme.fixed[used].sum())
    return PackingSolution(quantity, gain, _row_values(programme, highs), status, residual)


def _row_loads(programme: PackingProgramme, quantity: Floats) -> Floats:
    loads = np.bincount(
        programme.row,
        weights=programme.coefficient * quantity[programme.arc],
        minlength=programme.upper.size,
    )
    return np.asarray(loads, dtype=np.float64)


def _room(programme: PackingProgramme) -> Floats:
    """The most each arc could carry alone."""
    room = programme.arc_upper.astype(float).copy()
    positive = programme.coefficient > 0
    alone = programme.upper[programme.row[positive]] / programme.coefficient[positive]
    np.minimum.at(room, programme.arc[positive], alone)
    return np.asarray(np.maximum(room, 0.0), dtype=np.float64)


def _model(programme: PackingProgramme, room: Floats, live: Integers, time_limit_s: float) -> _Highs:
    # variables are shares of the room of their arc and rows are divided by their right-hand side, so that
    # kWh by the million and tonnes by the dozen meet the solver as numbers near one
    position = np.full(programme.gain.size, -1, dtype=np.int64)
    position[live] = np.arange(live.size)
    keep = position[programme.arc] >= 0
    row, column = programme.row[keep], position[programme.arc[keep]]
    value = programme.coefficient[keep] * room[programme.arc[keep]] / programme.upper[row]
    gated = np.flatnonzero((programme.minimum[live] > 0) | (programme.fixed[live] > 0))
    switch = live.size + np.arange(gated.size)
    share_minimum = programme.minimum[live][gated] / room[live][gated]
    rows = programme.upper.size
    above, below = rows + np.arange(gated.size), rows + gated.size + np.arange(gated.size)
    ones = np.ones(gated.size)
    row = np.concatenate([row, above, above, below, below])
    column = np.concatenate([column, gated, switch, gated, switch])
    value = np.concatenate([value, ones, -ones, -ones, share_minimum])
    cost = np.concatenate([programme.gain[live] * room[live], -programme.fixed[live][gated]])
    order = np.lexsort((row, column))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = cost.size, rows + 2 * gated.size
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = cost / np.abs(cost).max()
    # beyond the room of an arc a row holds it: leaving the bound wide lets that row show its worth
    lp.col_lower_ = np.zeros(cost.size)
    lp.col_upper_ = np.concatenate([programme.arc_upper[live] / room[live], ones])
    lp.row_lower_ = np.full(lp.num_row_, -highspy.kHighsInf)
    lp.row_upper_ = np.concatenate([np.ones(rows), np.zeros(2 * gated.size)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_ = np.searchsorted(column[order], np.arange(cost.size + 1)).astype(np.int32)
    lp.a_matrix_.index_ = row[order].astype(np.int32)
    lp.a_matrix_.value_ = value[order]
    if gated.size:
        lp.integrality_ = [highspy.HighsVarType.kContinuous] * live.size + [
            highspy.HighsVarType.kInteger
        ] * gated.size
    # the public class switches callbacks on in its constructor, which prints a banner to standard output
    # before anyone can silence it, and so spoils machine-readable output of the caller
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", float(time_limit_s))
    highs.setOptionValue("mip_rel_gap", 1e-6)
    highs.setOptionValue("primal_feasibility_tolerance", 1e-9)
    highs.setOptionValue("dual_feasibility_tolerance", 1e-9)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise ValueError("the solver refused the programme; check for values that are not finite")
    return highs


def _row_values(programme: PackingProgramme, highs: _Highs) -> Floats:
    duals = np.asarray(highs.getSolution().row_dual)
    if not highs.getSolution().dual_valid or duals.size != programme.upper.size:
        return np.full(programme.upper.size, np.nan)
    room = _room(programme)
    scale = np.abs(programme.gain * room)[programme.gain * room > 0].max(initial=1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(programme.upper > 0, duals * scale / programme.upper, 0.0)


def _pull_inside(programme: PackingProgramme, quantity: Floats) -> Floats:
    """Shrink arcs by the hair the solver's tolerance let them over their rows."""
    quantity = np.clip(quantity, 0.0, programme.arc_upper)
    quantity[quantity < 1e-9 * np.maximum(programme.arc_upper, 1e-12)] = 0.0
    loads = _row_loads(programme, quantity)
    with np.errstate(divide="ignore", invalid="ignore"):
        shrink = np.where(loads > programme.upper, programme.upper / loads, 1.0)
    factor = np.ones(quantity.size)
    np.minimum.at(factor, programme.arc, shrink[programme.row])
    return np.asarray(quantity * factor, dtype=np.float64)
