"""How far a result can lie off because of its inputs."""

import math
from collections.abc import Callable, Mapping

from parkloop.model import Input, Range

__all__ = ["spread"]


def spread(
    calculate: Callable[[Mapping[str, float]], float], inputs: tuple[Input, ...], top: float = math.inf
) -> Range:
    """Best estimate with the band its inputs give, between 0 and `top`.

    Each input is moved to its low and its high end alone; the deviations to either side are added as squares,
    as for independent inputs (first-order propagation, ISO/IEC Guide 98-3).

    Examples
    --------
    >>> from parkloop.model import Input
    >>> spread(lambda n: 2 * n["x"], (Input("x", 10.0, "-", low=8.0, high=13.0),))
    Range(low=16.0, best=20.0, high=26.0)
    """
    numbers = {item.name: item.value for item in inputs if not isinstance(item.value, str)}

    def at(name: str, value: float) -> float:
        return _held(calculate({**numbers, name: value}), top)

    best = _held(calculate(numbers), top)
    up = down = 0.0
    for item in inputs:
        if isinstance(item.value, str) or item.low is None or item.high is None or item.low == item.high:
            continue
        moves = [at(item.name, item.low) - best, at(item.name, item.high) - best]
        up += max(0.0, *moves) ** 2
        down += min(0.0, *moves) ** 2
    return Range(max(0.0, best - math.sqrt(down)), best, min(top, best + math.sqrt(up)))


def _held(value: float, top: float) -> float:
    return min(max(float(value), 0.0), top)
