"""Lighting: energy of a group of luminaires."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["lighting_energy"]


def lighting_energy(count: ArrayLike, power: ArrayLike, hours: ArrayLike) -> NDArray[np.float64]:
    """Electricity of a group of luminaires in a year.

    Parameters
    ----------
    count
        Luminaires [item].
    power
        Power of one with ballast or driver [W].
    hours
        Burning hours [h/a].

    Returns
    -------
    Electricity [kWh/a].

    Notes
    -----
    E = n P t / 1000 (EN 15193-1, without parasitic power).

    Examples
    --------
    >>> float(lighting_energy(100, 72.0, 4000.0))
    28800.0
    """
    watts = np.asarray(count, dtype=float) * np.asarray(power, dtype=float)
    return np.asarray(watts * np.asarray(hours, dtype=float) / 1000.0)
