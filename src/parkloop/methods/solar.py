"""Rooftop solar: what fits and what it gives."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["annual_yield", "peak_power", "self_used", "yield_at_latitude"]


def peak_power(roof_area: ArrayLike, usable: ArrayLike, module_density: ArrayLike) -> NDArray[np.float64]:
    """Peak power that fits on a roof.

    Parameters
    ----------
    roof_area
        Roof area [m2].
    usable
        Share not shaded, walked on or taken [-].
    module_density
        Peak power per covered roof area, walkways included [kWp/m2].

    Returns
    -------
    Peak power [kWp].

    Notes
    -----
    P = A u d.

    Examples
    --------
    >>> float(peak_power(5000.0, 0.6, 0.2))
    600.0
    """
    return np.asarray(np.asarray(roof_area, dtype=float) * np.asarray(usable) * np.asarray(module_density))


def yield_at_latitude(latitude: ArrayLike, knots: ArrayLike, yields: ArrayLike) -> NDArray[np.float64]:
    """Yearly yield of a roof system at a latitude, between the rows of a table.

    Parameters
    ----------
    latitude
        Latitude [deg].
    knots, yields
        Latitudes, rising [deg], and yields [kWh/kWp].

    Returns
    -------
    Yield of the first year [kWh/kWp].

    Notes
    -----
    Linear between rows (`reference/measures/solar_yield.csv`), end rows outside.

    Examples
    --------
    >>> float(yield_at_latitude(15.0, [10.0, 20.0], [1400.0, 1200.0]))
    1300.0
    """
    return np.asarray(np.interp(np.asarray(latitude, dtype=float), np.asarray(knots), np.asarray(yields)))


def annual_yield(
    peak: ArrayLike, specific: ArrayLike, degradation: ArrayLike, years: float
) -> NDArray[np.float64]:
    """Mean yearly electricity of a solar roof over its life.

    Parameters
    ----------
    peak
        Peak power [kWp].
    specific
        First-year yield [kWh/kWp].
    degradation
        Loss of yield a year [-].
    years
        Life [a].

    Returns
    -------
    Electricity [kWh/a].

    Notes
    -----
    E = P y (1 - d (n - 1) / 2): linear degradation, mean over n years.

    Examples
    --------
    >>> round(float(annual_yield(100.0, 1400.0, 0.005, 21.0)), 0)
    133000.0
    """
    mean = 1.0 - np.asarray(degradation, dtype=float) * (years - 1.0) / 2.0
    return np.asarray(np.asarray(peak, dtype=float) * np.asarray(specific, dtype=float) * mean)


def self_used(generated: ArrayLike, share: ArrayLike, daytime_use: ArrayLike) -> NDArray[np.float64]:
    """Solar electricity that displaces purchase.

    Parameters
    ----------
    generated
        Solar electricity [kWh/a].
    share
        Share used on site [-].
    daytime_use
        What the site takes in daylight hours [kWh/a].

    Returns
    -------
    Electricity [kWh/a].

    Notes
    -----
    min(share E, daytime use): never more than is needed while the sun shines.

    Examples
    --------
    >>> float(self_used(800000.0, 0.9, 500000.0))
    500000.0
    """
    wanted = np.asarray(generated, dtype=float) * np.asarray(share, dtype=float)
    return np.asarray(np.minimum(wanted, np.asarray(daytime_use, dtype=float)))
