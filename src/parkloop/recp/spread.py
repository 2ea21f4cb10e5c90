"""How far a result can lie off because of its inputs."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parkloop.model import Input, Range

__all__ = ["Calculator", "Column", "Columns", "spread"]

Column = NDArray[np.float64]
Columns = Mapping[str, Column]
# of one number a name, or of a column a name for those that are called at once
Calculator = Callable[[Mapping[str, Any]], Any]


def spread(
    calculate: Calculator, inputs: tuple[Input, ...], top: float = math.inf, *, at_once: bool = False
) -> Range:
    """Best estimate with the band its inputs give, between 0 and `top`.

    Each input is moved to its low and its high end alone; the deviations to either side are added as squares,
    as for independent inputs (first-order propagation, ISO/IEC Guide 98-3).

    Parameters
    ----------
    calculate
        Gives the result for numbers by name; with `at_once` it is called a single time with columns `(n,)`
        by name (`Columns`), one row for each position of the inputs, and gives a column.
    inputs
        Numbers with their ends; words are left out.
    top
        The most the result can be [unit of the result].

    Examples
    --------
    >>> from parkloop.model import Input
    >>> spread(lambda n: 2 * n["x"], (Input("x", 10.0, "-", low=8.0, high=13.0),))
    Range(low=16.0, best=20.0, high=26.0)
    >>> spread(lambda n: 2 * n["x"], (Input("x", 10.0, "-", low=8.0, high=13.0),), at_once=True)
    Range(low=16.0, best=20.0, high=26.0)
    """
    numbers = {item.name: item.value for item in inputs if not isinstance(item.value, str)}
    moved = [
        (item.name, end)
        for item in inputs
        if not isinstance(item.value, str)
        and item.low is not None
        and item.high is not None
        and item.low != item.high
        for end in (item.low, item.high)
    ]
    if at_once:
        results = _of_columns(calculate, numbers, moved)
    else:
        results = [calculate(numbers), *(calculate({**numbers, name: end}) for name, end in moved)]
    best, *ends = [min(max(float(result), 0.0), top) for result in results]
    up = down = 0.0
    for low, high in zip(ends[::2], ends[1::2], strict=True):
        up += max(0.0, low - best, high - best) ** 2
        down += min(0.0, low - best, high - best) ** 2
    return Range(max(0.0, best - math.sqrt(down)), best, min(top, best + math.sqrt(up)))


def _of_columns(
    calculate: Calculator, numbers: Mapping[str, float], moved: list[tuple[str, float]]
) -> list[float]:
    """Results with every number at its value, then with each of `moved` alone at its end."""
    columns = {name: np.full(1 + len(moved), value, dtype=float) for name, value in numbers.items()}
    for row, (name, end) in enumerate(moved, start=1):
        columns[name][row] = end
    return [float(result) for result in np.broadcast_to(calculate(columns), 1 + len(moved))]
