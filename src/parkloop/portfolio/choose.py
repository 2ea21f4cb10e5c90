"""The choice on stand-alone values: a mixed-integer programme solved by HiGHS (through SciPy).

With x_i = 1 when solution i is chosen, net present value v_i, outlay c_i and tonnes g_i of its case:

    maximise    sum v_i x_i
    budget      sum c_i x_i  <= budget
    target      sum g_i x_i  >= min(target, the most that budget and exclusions allow)
    exclusion   x_i + x_j    <= 1      for each pair

The most that is possible is found first, by the same programme with the tonnes as objective, so that a target
out of reach gives the nearest plan and no price has to be put on a missing tonne.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_TOLERANCE = 1e-9


class Choice(NamedTuple):
    """Numbers chosen, whether the solver proved it best on these values, and the tonnes still missing."""

    chosen: tuple[int, ...]
    proved: bool
    missing_t: float


class Problem(NamedTuple):
    """Stand-alone values of the candidates: net present value, outlay [money], tonnes [t/a], limits."""

    npv: Sequence[float]
    capex: Sequence[float]
    ghg_t: Sequence[float]
    budget: float | None
    target_t: float | None
    pairs: Sequence[tuple[int, int]]


def choose(problem: Problem, forced: Iterable[int], time_limit_s: float) -> Choice:
    """The best set of candidates on stand-alone values under budget, target and exclusions.

    Parameters
    ----------
    problem
        Values and limits.
    forced
        Numbers that are chosen whatever they cost.
    time_limit_s
        [s]; the best set found by then is returned with `proved` False.
    """
    n = len(problem.npv)
    must = set(forced)
    wanted = problem.target_t
    if n == 0:
        return Choice((), True, max(wanted or 0.0, 0.0))
    missing, sure = 0.0, True
    floor = None
    if wanted is not None:
        most, sure = _solve(problem, problem.ghg_t, None, must, time_limit_s)
        reach = sum(problem.ghg_t[i] for i in most)
        missing = max(wanted - reach, 0.0)
        floor = min(wanted, reach)
    chosen, proved = _solve(problem, problem.npv, floor, must, time_limit_s)
    return Choice(chosen, proved and sure, missing)


def _solve(
    problem: Problem, worth: Sequence[float], floor: float | None, must: set[int], time_limit_s: float
) -> tuple[tuple[int, ...], bool]:
    """The set with the largest sum of `worth`, with at least `floor` tonnes; whether that is proved."""
    gain = np.asarray(worth, dtype=float)
    lower = np.zeros(len(gain))
    lower[sorted(must)] = 1.0
    result = milp(
        -gain / max(float(np.abs(gain).max()), 1e-12),
        integrality=np.ones(len(gain)),
        bounds=Bounds(lower, 1.0),
        constraints=_rows(problem, floor, must),
        options={"time_limit": time_limit_s, "mip_rel_gap": 1e-9},
    )
    if result.x is None:
        return tuple(sorted(must)), False
    return tuple(int(i) for i in np.flatnonzero(result.x > 0.5)), result.status == 0


def _rows(problem: Problem, floor: float | None, must: set[int]) -> list[LinearConstraint]:
    """Budget, target and exclusions; rows are scaled, because outlays in dong have ten digits."""
    rows = []
    if problem.budget is not None:
        outlay = np.asarray(problem.capex, dtype=float)
        room = max(problem.budget, float(outlay[sorted(must)].sum()))
        unit = max(float(np.abs(outlay).max()), 1e-12)
        rows.append(LinearConstraint(outlay[None, :] / unit, -np.inf, room / unit))
    if floor is not None:
        tonnes = np.asarray(problem.ghg_t, dtype=float)
        unit = max(float(np.abs(tonnes).max()), 1e-12)
        rows.append(LinearConstraint(tonnes[None, :] / unit, floor / unit - _TOLERANCE, np.inf))
    pairs = [(i, j) for i, j in problem.pairs if not (i in must and j in must)]
    if pairs:
        row = np.repeat(np.arange(len(pairs)), 2)
        column = np.array(pairs).reshape(-1)
        shape = (len(pairs), len(problem.npv))
        rows.append(LinearConstraint(csr_array((np.ones(len(row)), (row, column)), shape=shape), -np.inf, 1))
    return rows
