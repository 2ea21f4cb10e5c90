"""The choice on stand-alone values: a mixed-integer programme solved by HiGHS.

With x_i = 1 when solution i is chosen, net present value v_i, outlay c_i and tonnes g_i of its case:

    maximise    sum v_i x_i - M s
    budget      sum c_i x_i          <= budget
    target      sum g_i x_i + s      >= target - tonnes in place
    exclusion   x_i + x_j            <= 1         for each pair
    s >= 0                           (what is missing to the target; M larger than any gain)
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import highspy
import numpy as np


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
    if n == 0:
        return Choice((), True, max(problem.target_t or 0.0, 0.0))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(time_limit_s))
    solver.setOptionValue("mip_rel_gap", 1e-9)
    scale = max(max(abs(v) for v in problem.npv), 1e-9)
    must = set(forced)
    _columns(solver, problem, must, scale)
    _rows(solver, problem, must)
    solver.run()
    status = solver.getModelStatus()
    values = np.asarray(solver.getSolution().col_value)
    if len(values) != n + 1:
        return Choice(tuple(sorted(must)), False, 0.0)
    chosen = tuple(int(i) for i in np.flatnonzero(values[:n] > 0.5))
    return Choice(chosen, status == highspy.HighsModelStatus.kOptimal, float(max(values[n], 0.0)))


def _columns(solver: highspy.Highs, problem: Problem, must: set[int], scale: float) -> None:
    """One binary a candidate, one continuous for the tonnes missing."""
    n = len(problem.npv)
    # a tonne missing costs more than any choice can gain
    smallest = min((g for g in problem.ghg_t if g > 0.0), default=1.0)
    penalty = 2.0 * (sum(abs(v) for v in problem.npv) / scale + 1.0) / smallest
    for i in range(n):
        lower = 1.0 if i in must else 0.0
        solver.addVar(lower, 1.0)
        solver.changeColCost(i, problem.npv[i] / scale)
        solver.changeColIntegrality(i, highspy.HighsVarType.kInteger)
    solver.addVar(0.0, highspy.kHighsInf if problem.target_t is not None else 0.0)
    solver.changeColCost(n, -penalty)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)


def _rows(solver: highspy.Highs, problem: Problem, must: set[int]) -> None:
    n = len(problem.npv)
    index = np.arange(n, dtype=np.int32)
    infinite = highspy.kHighsInf
    if problem.budget is not None:
        spent = sum(problem.capex[i] for i in must)
        room = max(problem.budget, spent)
        solver.addRow(-infinite, room, n, index, np.asarray(problem.capex, dtype=float))
    if problem.target_t is not None:
        both = np.arange(n + 1, dtype=np.int32)
        weights = np.append(np.asarray(problem.ghg_t, dtype=float), 1.0)
        solver.addRow(problem.target_t, infinite, n + 1, both, weights)
    for i, j in problem.pairs:
        if not (i in must and j in must):
            solver.addRow(-infinite, 1.0, 2, np.array([i, j], dtype=np.int32), np.ones(2))
