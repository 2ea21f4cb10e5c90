"""Fans and blowers: air power, part-flow power by control, achievable efficiency."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["air_power", "achievable_fan_efficiency", "controlled_power", "fan_efficiency", "specific_speed"]


def air_power(flow: ArrayLike, pressure: ArrayLike, compressibility: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Power the air receives from a fan.

    Parameters
    ----------
    flow
        Volume flow at inlet [m3/h].
    pressure
        Total pressure rise [Pa].
    compressibility
        Compressibility factor K_p [-].

    Returns
    -------
    Air power [kW].

    Notes
    -----
    P = Q dp K_p. ANSI/AMCA 210, fan total output power.

    Examples
    --------
    >>> round(float(air_power(36000.0, 1000.0)), 3)
    10.0
    """
    rise = np.asarray(pressure, dtype=float) * np.asarray(compressibility, dtype=float)
    return np.asarray(np.asarray(flow, dtype=float) / 3600.0 * rise / 1000.0)


def fan_efficiency(flow: ArrayLike, pressure: ArrayLike, shaft_power: ArrayLike) -> NDArray[np.float64]:
    """Total efficiency of a fan from measured flow, pressure rise and shaft power.

    Parameters
    ----------
    flow, pressure
        As in `air_power` [m3/h], [Pa].
    shaft_power
        Power at the fan shaft [kW].

    Returns
    -------
    Efficiency [-].

    Notes
    -----
    eta = Q dp / P_shaft. ANSI/AMCA 210.

    Examples
    --------
    >>> round(float(fan_efficiency(36000.0, 1000.0, 14.0)), 3)
    0.714
    """
    return np.asarray(air_power(flow, pressure) / np.asarray(shaft_power, dtype=float))


def controlled_power(flow_fraction: ArrayLike, coefficients: ArrayLike) -> NDArray[np.float64]:
    """Shaft power of a fan at part flow, over power at full flow, for a way of control.

    Parameters
    ----------
    flow_fraction
        Flow over rated flow [-].
    coefficients
        c0 ... ck of the curve of the control (damper, inlet vane, speed), shape (k + 1,).

    Returns
    -------
    Power over power at full flow [-], never above 1 below full flow.

    Notes
    -----
    p = sum c_k q^k. Fan part-load curves of ASHRAE 90.1 appendix G kind; rows in
    `reference/measures/fan_control.csv`.

    Examples
    --------
    >>> round(float(controlled_power(0.5, [0, 0, 0, 1])), 3)
    0.125
    """
    q = np.clip(np.asarray(flow_fraction, dtype=float), 0.0, None)
    curve = np.polynomial.polynomial.polyval(q, np.asarray(coefficients, dtype=float))
    return np.asarray(np.where(q <= 1.0, np.clip(curve, 0.0, 1.0), curve))


def specific_speed(
    speed: ArrayLike, flow: ArrayLike, pressure: ArrayLike, compressibility: ArrayLike = 1.0
) -> NDArray[np.float64]:
    """Specific speed of a fan in the customary units of its efficiency curves.

    Parameters
    ----------
    speed
        Rotational speed [rpm].
    flow
        Volume flow [ft3/min].
    pressure
        Total pressure rise [inH2O].
    compressibility
        Compressibility factor [-].

    Returns
    -------
    N_s in rpm (ft3/min)^0.5 / inH2O^0.75.

    Notes
    -----
    N_s = n sqrt(Q) / (dp^0.75 Z^0.25).

    Examples
    --------
    >>> float(specific_speed(1000.0, 10000.0, 1.0))
    100000.0
    """
    n, q, dp, z = (np.asarray(x, dtype=float) for x in (speed, flow, pressure, compressibility))
    return np.asarray(n * np.sqrt(q) / (dp**0.75 * z**0.25))


def achievable_fan_efficiency(
    speed_number: ArrayLike,
    limits: tuple[float, float],
    transition: float | None,
    polynomial: ArrayLike,
    exponential: ArrayLike | None,
) -> NDArray[np.float64]:
    """Best total efficiency a type of fan can reach at its specific speed.

    Parameters
    ----------
    speed_number
        Specific speed as `specific_speed` gives it.
    limits
        Smallest and largest specific speed of the curve; values outside are moved to the end.
    transition
        Specific speed from which the exponential branch holds; None for polynomial only.
    polynomial
        Coefficients from the constant up.
    exponential
        a, b, beta, c, gamma of the upper branch, or None.

    Returns
    -------
    Efficiency [-].

    Notes
    -----
    Fits of the MEASUR computing library (US DOE); rows in `reference/measures/fan_types.csv`.

    Examples
    --------
    >>> float(achievable_fan_efficiency(50000.0, (10000.0, 90000.0), None, [0.8], None))
    0.8
    """
    number = np.clip(np.asarray(speed_number, dtype=float), *limits)
    lower = np.polynomial.polynomial.polyval(number, np.asarray(polynomial, dtype=float))
    if transition is None or exponential is None:
        return np.asarray(lower)
    a, b, beta, c, gamma = np.asarray(exponential, dtype=float)
    upper = a + b * np.exp(-beta * number) + c * np.exp(-gamma * number)
    return np.asarray(np.where(number < transition, lower, upper))
