"""Electric motors: part-load efficiency, input power, class efficiency, belts."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

KW_PER_HP = 0.746

__all__ = [
    "KW_PER_HP",
    "belt_drive_power",
    "duty_power",
    "exponential_curve",
    "full_load_efficiency",
    "input_power",
    "part_load_efficiency",
    "replacement_load",
]


def full_load_efficiency(rated_power: ArrayLike, sizes: ArrayLike, values: ArrayLike) -> NDArray[np.float64]:
    """Full-load efficiency of a motor of a class, read from the table of the standard.

    Between the listed sizes the losses are linear in the logarithm of the power, as the standard asks;
    outside the table the end row holds.

    Parameters
    ----------
    rated_power
        Rated shaft power [kW].
    sizes, values
        Rows of the table: power [kW], rising, and efficiency [-].

    Returns
    -------
    Efficiency [-], shape of `rated_power`.

    Notes
    -----
    IEC 60034-30-1:2014 gives the tables (rows in `reference/measures/motor_classes.csv`).

    Examples
    --------
    >>> round(float(full_load_efficiency(11.0, [7.5, 11.0, 15.0], [0.904, 0.914, 0.921])), 3)
    0.914
    """
    power = np.log(np.maximum(np.asarray(rated_power, dtype=float), 1e-6))
    return np.asarray(
        np.interp(power, np.log(np.asarray(sizes, dtype=float)), np.asarray(values, dtype=float))
    )


def exponential_curve(rated_power_hp: ArrayLike, coefficients: ArrayLike) -> NDArray[np.float64]:
    """Efficiency at 25, 50, 75 and 100 % load from the fitted curve of a motor class.

    Parameters
    ----------
    rated_power_hp
        Rated power [hp], shape (n,) or a scalar.
    coefficients
        Rows A, B, C, D, E over the four loads, shape (5, 4); A, B, D in percent, C, E in 1/hp.

    Returns
    -------
    Efficiency [-], shape (n, 4) or (4,).

    Notes
    -----
    eta_i = (A_i + B_i exp(-C_i P) + D_i exp(-E_i P)) / 100. Form of the MEASUR computing library (US DOE);
    the coefficients are rows of `reference/measures/motor_curves.csv`.

    Examples
    --------
    >>> flat = [[90, 92, 93, 93], [0] * 4, [0] * 4, [0] * 4, [0] * 4]
    >>> exponential_curve(50.0, flat).tolist()
    [0.9, 0.92, 0.93, 0.93]
    """
    power = np.asarray(rated_power_hp, dtype=float)[..., None]
    a, b, c, d, e = np.asarray(coefficients, dtype=float)
    return np.asarray((a + b * np.exp(-c * power) + d * np.exp(-e * power)) / 100.0)


def part_load_efficiency(
    rated_power_hp: ArrayLike, load: ArrayLike, points: ArrayLike, specified: float | None = None
) -> NDArray[np.float64]:
    """Efficiency of a motor at any load from its efficiency at quarter loads.

    Parameters
    ----------
    rated_power_hp
        Rated power [hp], shape (n,) or scalar.
    load
        Shaft power over rated power [-], 0 to 1.5, same shape.
    points
        Efficiency at 25, 50, 75, 100 % load [-], shape (n, 4) or (4,).
    specified
        Nameplate efficiency at full load [-]; the curve is scaled to pass through it.

    Returns
    -------
    Efficiency [-], shape (n,).

    Notes
    -----
    Up to a quarter of load the losses are linear from 80 % of the quarter-load losses at no load; up to 125 %
    a quartic runs through the five points (125 % taken as 0.99 of full load), above a quadratic through the
    last three. Scheme of the MEASUR computing library (US DOE).

    Examples
    --------
    >>> round(float(part_load_efficiency(50.0, 0.75, [0.90, 0.92, 0.93, 0.93])), 3)
    0.93
    """
    power = np.atleast_1d(np.asarray(rated_power_hp, dtype=float))
    share = np.atleast_1d(np.asarray(load, dtype=float))
    quarters = np.atleast_2d(np.asarray(points, dtype=float))
    if specified is not None:
        quarters = quarters * (specified / quarters[:, 3:4])
    five = np.concatenate([quarters, 0.99 * quarters[:, 3:4]], axis=1)
    power, share = np.broadcast_arrays(power, share)
    five = np.broadcast_to(five, (power.size, 5))
    low = _no_load_region(power, share, five[:, 0])
    middle = _lagrange(share, np.array([0.25, 0.5, 0.75, 1.0, 1.25]), five)
    high = _lagrange(np.minimum(share, 1.5), np.array([0.75, 1.0, 1.25]), five[:, 2:])
    found = np.where(share < 0.251, low, np.where(share < 1.251, middle, high))
    return np.asarray(found if np.ndim(rated_power_hp) or np.ndim(load) else found[0])


def _no_load_region(
    power_hp: NDArray[np.float64], load: NDArray[np.float64], quarter: NDArray[np.float64]
) -> NDArray[np.float64]:
    quarter_loss = (1.0 / quarter - 1.0) * power_hp * KW_PER_HP * 0.25
    loss = quarter_loss * (0.8 + 0.2 * load / 0.25)
    shaft = KW_PER_HP * power_hp * load
    return np.asarray(np.where(shaft > 0, shaft / np.maximum(shaft + loss, 1e-12), 0.0))


def _lagrange(
    at: NDArray[np.float64], knots: NDArray[np.float64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    total = np.zeros_like(at, dtype=float)
    for i, knot in enumerate(knots):
        others = np.delete(knots, i)
        weight = np.prod((at[:, None] - others) / (knot - others), axis=1)
        total = total + weight * values[:, i]
    return total


def input_power(rated_power: ArrayLike, load: ArrayLike, efficiency: ArrayLike) -> NDArray[np.float64]:
    """Electric power a motor draws: shaft power over efficiency.

    Parameters
    ----------
    rated_power
        Rated shaft power [kW].
    load
        Shaft power over rated power [-].
    efficiency
        Motor efficiency at that load [-].

    Returns
    -------
    Electric power [kW].

    Notes
    -----
    P_el = P_rated * load / eta (definition).

    Examples
    --------
    >>> float(input_power(45.0, 0.8, 0.9))
    40.0
    """
    return np.asarray(
        np.asarray(rated_power, dtype=float)
        * np.asarray(load, dtype=float)
        / np.asarray(efficiency, dtype=float)
    )


def belt_drive_power(
    shaft_power_hp: ArrayLike, factor: ArrayLike, coefficients: ArrayLike
) -> NDArray[np.float64]:
    """Power that arrives at the driven shaft behind a belt.

    Parameters
    ----------
    shaft_power_hp
        Motor shaft power [hp].
    factor
        1 for a V-belt, 5/7 for a notched V-belt, 2/7 for a synchronous belt, 0 for a coupling [-].
    coefficients
        a, b, c, d, e of the loss curve, shape (5,).

    Returns
    -------
    Power at the driven shaft [hp].

    Notes
    -----
    Loss [%] = a exp(-b P) + c exp(-d P) + e. Form and rows of the MEASUR computing library (US DOE).

    Examples
    --------
    >>> float(belt_drive_power(100.0, 0.0, [1, 1, 1, 1, 4]))
    100.0
    """
    power = np.asarray(shaft_power_hp, dtype=float)
    a, b, c, d, e = np.asarray(coefficients, dtype=float)
    loss = a * np.exp(-b * power) + c * np.exp(-d * power) + e
    return np.asarray(power * (1.0 - np.asarray(factor, dtype=float) * loss / 100.0))


def replacement_load(
    rated_power: ArrayLike, load: ArrayLike, smaller_rating: ArrayLike
) -> NDArray[np.float64]:
    """Load of a smaller motor that takes over the same shaft power [-].

    Parameters
    ----------
    rated_power, smaller_rating
        Rated power of both motors [kW].
    load
        Load of the present motor [-].

    Returns
    -------
    Load of the smaller motor [-].

    Notes
    -----
    load_2 = load_1 * P_1 / P_2: the driven machine does not change.

    Examples
    --------
    >>> float(replacement_load(75.0, 0.3, 30.0))
    0.75
    """
    shaft = np.asarray(rated_power, dtype=float) * np.asarray(load, dtype=float)
    return np.asarray(shaft / np.asarray(smaller_rating, dtype=float))


def duty_power(running: ArrayLike, running_power: ArrayLike, idle_power: ArrayLike) -> NDArray[np.float64]:
    """Mean power of a drive that works part of the time and idles the rest.

    Parameters
    ----------
    running
        Share of the time at work [-].
    running_power, idle_power
        Power at work and idling, over any common base [-] or [kW].

    Returns
    -------
    Mean power in that base.

    Notes
    -----
    r P_run + (1 - r) P_idle (time average).

    Examples
    --------
    >>> round(float(duty_power(0.5, 1.0, 0.2)), 2)
    0.6
    """
    share = np.asarray(running, dtype=float)
    return np.asarray(share * np.asarray(running_power) + (1.0 - share) * np.asarray(idle_power))
