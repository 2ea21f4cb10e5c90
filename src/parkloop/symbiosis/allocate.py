"""How much of each possible exchange takes place, so that the park gains most and nothing is given twice.

Maximise  sum over arcs a of (g_a x_a - f_a y_a)
subject to
  donor supply        sum over arcs of donor flow i of  x_a  <= S_i
  receiver demand     sum over arcs of receiver flow j of  w_a x_a  <= D_j
  substitution cap    sum over arcs of receiver flow j and use u of  w_a x_a  <= c_u D_j
  arc                 0 <= x_a <= q_a,   m_a y_a <= x_a

x: units leaving the donor [unit/a]; w: displaced units per unit; q: what the two could move at most with the
time they share; m: smallest useful amount; f: yearly cost of the line.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parkloop.methods.allocation import PackingProgramme, PackingSolution, solve_packing
from parkloop.symbiosis.columns import solve_many
from parkloop.symbiosis.settings import MatchSettings

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """Chosen arcs and what the check says.

    Attributes
    ----------
    arcs
        All arcs in canonical order with `allocated` [unit/a].
    gain_per_a
        Value of the objective [money/a or tCO2e/a].
    status, max_residual
        The solver's word and our own check of it [-].
    exact
        False where fixed costs were spread because there were too many arcs.
    """

    arcs: pl.DataFrame
    gain_per_a: float
    status: str
    max_residual: float
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    row: Integers
    arc: Integers
    coefficient: Floats
    upper: Floats


def donor_supply(arcs: pl.DataFrame) -> _Rows:
    """Nobody gives more than there is: one row a donor flow."""
    row, first = _groups(arcs, ["donor_flow"])
    return _Rows(row, np.arange(row.size), np.ones(row.size), arcs["amount"].to_numpy()[first])


def receiver_demand(arcs: pl.DataFrame) -> _Rows:
    """Nobody takes more than the input it replaces: one row a receiver flow."""
    row, first = _groups(arcs, ["receiver_flow"])
    weight = arcs["displaced_per_unit"].to_numpy()
    return _Rows(row, np.arange(row.size), weight, arcs["want_amount"].to_numpy()[first])


def substitution_cap(arcs: pl.DataFrame) -> _Rows:
    """No use replaces more than its share of an input: one row a receiver flow and use."""
    row, first = _groups(arcs, ["receiver_flow", "use"])
    weight = arcs["displaced_per_unit"].to_numpy()
    upper = arcs["want_amount"].to_numpy()[first] * arcs["cap_fraction"].to_numpy()[first]
    return _Rows(row, np.arange(row.size), weight, upper)


def _groups(arcs: pl.DataFrame, columns: list[str]) -> tuple[Integers, Integers]:
    """Group number of each arc, and the first arc of each group; numbers follow the order of the arcs."""
    keys = arcs.select(pl.struct(columns).rank("dense") - 1).to_series().to_numpy().astype(np.int64)
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return number.astype(np.int64), first.astype(np.int64)


def build(arcs: pl.DataFrame, minimum: Floats, fixed: Floats) -> PackingProgramme:
    """The programme of the formulation above for arcs in canonical order."""
    blocks = [donor_supply(arcs), receiver_demand(arcs), substitution_cap(arcs)]
    start = np.cumsum([0, *(block.upper.size for block in blocks)])
    return PackingProgramme(
        gain=arcs["gain_per_unit"].to_numpy().astype(float),
        row=np.concatenate([block.row + at for block, at in zip(blocks, start, strict=False)]),
        arc=np.concatenate([block.arc for block in blocks]).astype(np.int64),
        coefficient=np.concatenate([block.coefficient for block in blocks]),
        upper=np.concatenate([block.upper for block in blocks]),
        arc_upper=arcs["quantity"].to_numpy().astype(float),
        minimum=minimum,
        fixed=fixed,
    )


def allocate(candidates: pl.DataFrame, settings: MatchSettings = MatchSettings()) -> Allocation:  # noqa: B008
    """The quantities of greatest total gain.

    Parameters
    ----------
    candidates
        Arcs with `donor_flow`, `receiver_flow`, `use`, `amount` and `want_amount` (supply and demand),
        `quantity` (most the two can move), `displaced_per_unit`, `cap_fraction`, `gain_per_unit`,
        `fixed_cost_per_a`, `min_amount`.
    settings
        How many arcs are solved exactly, and for how long.

    Returns
    -------
    Allocation
        The result does not depend on the order of the rows.
    """
    arcs = candidates.sort("donor_flow", "receiver_flow", "use")
    if arcs.is_empty():
        return Allocation(arcs.with_columns(allocated=pl.lit(0.0)), 0.0, "optimal", 0.0, exact=True)
    minimum = arcs["min_amount"].fill_null(0.0).to_numpy().astype(float)
    fixed = arcs["fixed_cost_per_a"].fill_null(0.0).to_numpy().astype(float)
    gated = int(((minimum > 0) | (fixed > 0)).sum())
    exact = gated <= settings.exact_limit
    solve = _exact if exact else _spread
    found = solve(arcs, minimum, fixed, settings.time_limit_s)
    return Allocation(
        arcs.with_columns(allocated=pl.Series(found.quantity, dtype=pl.Float64)),
        found.gain,
        found.status,
        found.max_residual,
        exact,
    )


def _exact(arcs: pl.DataFrame, minimum: Floats, fixed: Floats, limit_s: float) -> PackingSolution:
    return solve_packing(build(arcs, minimum, fixed), time_limit_s=limit_s)


def _spread(arcs: pl.DataFrame, minimum: Floats, fixed: Floats, limit_s: float) -> PackingSolution:
    """Fixed costs spread over what an arc could carry; arcs left below their minimum are dropped."""
    none = np.zeros(len(arcs))
    room = arcs["quantity"].to_numpy()
    spread = np.divide(fixed, room, out=np.zeros(len(arcs)), where=room > 0)
    priced = arcs.with_columns(gain_per_unit=pl.col("gain_per_unit") - pl.Series(spread))
    programme = build(priced, none, none)
    found = solve_many(programme, time_limit_s=limit_s)
    too_small = (found.quantity > 0) & (found.quantity < minimum)
    if too_small.any():
        kept = replace(programme, arc_upper=np.where(too_small, 0.0, programme.arc_upper))
        found = solve_many(kept, time_limit_s=limit_s)
    # the solver saw a part of each fixed cost; whoever is served pays the whole
    value = arcs["gain_per_unit"].to_numpy()
    useless = (found.quantity < minimum) | (value * found.quantity < fixed)
    quantity = np.where(useless, 0.0, found.quantity)
    gain = float(value @ quantity - fixed[quantity > 0].sum())
    return PackingSolution(quantity, gain, found.row_value, found.status, found.max_residual)
