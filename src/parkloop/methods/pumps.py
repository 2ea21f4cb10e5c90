"""Pumps: hydraulic power, efficiency, affinity laws, throttling against speed control."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

GRAVITY = 9.80665

__all__ = [
    "GRAVITY",
    "achievable_efficiency",
    "affinity",
    "head_curve",
    "hydraulic_power",
    "pump_efficiency",
    "speed_for_system",
    "speed_controlled_power",
    "throttled_power",
]


def hydraulic_power(flow: ArrayLike, head: ArrayLike, density: ArrayLike = 1000.0) -> NDArray[np.float64]:
    """Power the liquid receives.

    Parameters
    ----------
    flow
        Volume flow [m3/h].
    head
        Total head [m].
    density
        Density [kg/m3].

    Returns
    -------
    Hydraulic power [kW].

    Notes
    -----
    P_h = rho g Q H. ANSI/HI 14.6 (test code), definition of pump output power.

    Examples
    --------
    >>> round(float(hydraulic_power(100.0, 36.7)), 2)
    10.0
    """
    flow_s = np.asarray(flow, dtype=float) / 3600.0
    return np.asarray(np.asarray(density) * GRAVITY * flow_s * np.asarray(head, dtype=float) / 1000.0)


def pump_efficiency(
    flow: ArrayLike, head: ArrayLike, shaft_power: ArrayLike, density: ArrayLike = 1000.0
) -> NDArray[np.float64]:
    """Pump efficiency from measured flow, head and shaft power.

    Parameters
    ----------
    flow, head, density
        As in `hydraulic_power` [m3/h], [m], [kg/m3].
    shaft_power
        Power at the pump shaft [kW].

    Returns
    -------
    Efficiency [-]; above 1 means a measurement is wrong.

    Notes
    -----
    eta = rho g Q H / P_shaft. ANSI/HI 14.6.

    Examples
    --------
    >>> round(float(pump_efficiency(100.0, 36.7, 14.0)), 3)
    0.714
    """
    return np.asarray(hydraulic_power(flow, head, density) / np.asarray(shaft_power, dtype=float))


def affinity(power: ArrayLike, speed_ratio: ArrayLike) -> NDArray[np.float64]:
    """Shaft power at another speed on the same system curve without static head.

    Parameters
    ----------
    power
        Shaft power at full speed [kW].
    speed_ratio
        New over old speed [-].

    Returns
    -------
    Shaft power [kW].

    Notes
    -----
    Q ~ n, H ~ n^2, P ~ n^3 (affinity laws, ANSI/HI 9.6.8).

    Examples
    --------
    >>> float(affinity(80.0, 0.5))
    10.0
    """
    return np.asarray(np.asarray(power, dtype=float) * np.asarray(speed_ratio, dtype=float) ** 3)


def head_curve(flow_fraction: ArrayLike, shut_off_head: ArrayLike) -> NDArray[np.float64]:
    """Head of a centrifugal pump over its head at rated flow, as a parabola.

    Parameters
    ----------
    flow_fraction
        Flow over rated flow [-].
    shut_off_head
        Head at no flow over rated head [-], about 1.2 for radial pumps.

    Returns
    -------
    Head over rated head [-].

    Notes
    -----
    h = h0 - (h0 - 1) q^2, the usual two-point parabola through shut-off and rated point.

    Examples
    --------
    >>> float(head_curve(1.0, 1.25))
    1.0
    """
    q, h0 = np.asarray(flow_fraction, dtype=float), np.asarray(shut_off_head, dtype=float)
    return np.asarray(h0 - (h0 - 1.0) * q**2)


def _efficiency_shape(flow_fraction: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(1.0 - (1.0 - flow_fraction) ** 2, 0.05)


def throttled_power(flow_fraction: ArrayLike, shut_off_head: ArrayLike = 1.2) -> NDArray[np.float64]:
    """Shaft power of a pump throttled by a valve, over shaft power at rated flow.

    Parameters
    ----------
    flow_fraction
        Flow over rated flow [-].
    shut_off_head
        Head at no flow over rated head [-].

    Returns
    -------
    Shaft power over rated shaft power [-].

    Notes
    -----
    p = q h(q) / eta(q), with the head curve of `head_curve` and eta(q)/eta_rated = 1 - (1 - q)^2 at full
    speed.

    Examples
    --------
    >>> round(float(throttled_power(0.7)), 3)
    0.848
    """
    q = np.asarray(flow_fraction, dtype=float)
    return np.asarray(q * head_curve(q, shut_off_head) / _efficiency_shape(q))


def speed_for_system(
    flow_fraction: ArrayLike, static_fraction: ArrayLike, shut_off_head: ArrayLike = 1.2
) -> NDArray[np.float64]:
    """Speed at which a pump gives a flow into its system, over full speed [-].

    Parameters
    ----------
    flow_fraction
        Flow over rated flow [-].
    static_fraction
        Static head over rated head [-].
    shut_off_head
        Head at no flow over rated head [-].

    Returns
    -------
    Speed ratio [-].

    Notes
    -----
    System: h = s + (1 - s) q^2. Pump at speed n: h = h0 n^2 - (h0 - 1) q^2 (affinity laws on `head_curve`);
    hence n^2 = (s + (h0 - s) q^2) / h0.

    Examples
    --------
    >>> float(speed_for_system(0.5, 0.0))
    0.5
    """
    q, s, h0 = (np.asarray(x, dtype=float) for x in (flow_fraction, static_fraction, shut_off_head))
    return np.asarray(np.sqrt((s + (h0 - s) * q**2) / h0))


def speed_controlled_power(
    flow_fraction: ArrayLike, static_fraction: ArrayLike, shut_off_head: ArrayLike = 1.2
) -> NDArray[np.float64]:
    """Shaft power of a pump at variable speed, over shaft power at rated flow.

    Parameters
    ----------
    flow_fraction, static_fraction, shut_off_head
        As in `speed_for_system` [-].

    Returns
    -------
    Shaft power over rated shaft power [-].

    Notes
    -----
    p = q h_system(q) / eta(q / n): the efficiency follows the flow over speed. Without static head it is q^3.

    Examples
    --------
    >>> round(float(speed_controlled_power(0.7, 0.0)), 3)
    0.343
    """
    q, s = np.asarray(flow_fraction, dtype=float), np.asarray(static_fraction, dtype=float)
    speed = speed_for_system(q, s, shut_off_head)
    return np.asarray(q * (s + (1.0 - s) * q**2) / _efficiency_shape(q / speed))


def achievable_efficiency(flow: ArrayLike, average: ArrayLike, deviation: ArrayLike) -> NDArray[np.float64]:
    """Best efficiency a pump of a style can reach at a flow.

    Corrections for specific speed and viscosity are left out.

    Parameters
    ----------
    flow
        Volume flow [m3/h].
    average
        A, B, C, D, E of the style, shape (5,).
    deviation
        d0 ... d4 of the deviation curve, shape (5,).

    Returns
    -------
    Efficiency [-].

    Notes
    -----
    eta = (A + B exp(-C Q) + D exp(-E Q)) k / 10^4 with Q in US gal/min and
    k = 100 + d0 + d1 exp(-d2 log10 Q) + d3 exp(-d4 log10 Q). After ANSI/HI 20.3 (formerly HI 1.3), fit of the
    MEASUR computing library; rows in `reference/measures/pump_curves.csv`.

    Examples
    --------
    >>> round(float(achievable_efficiency(100.0, [80, 0, 0, 0, 0], [0, 0, 0, 0, 0])), 2)
    0.8
    """
    gpm = np.asarray(flow, dtype=float) / 0.2271247
    a, b, c, d, e = np.asarray(average, dtype=float)
    d0, d1, d2, d3, d4 = np.asarray(deviation, dtype=float)
    log_q = np.log10(np.maximum(gpm, 1.0))
    factor = 1.0 + (d0 + d1 * np.exp(-d2 * log_q) + d3 * np.exp(-d4 * log_q)) / 100.0
    return np.asarray((a + b * np.exp(-c * gpm) + d * np.exp(-e * gpm)) / 100.0 * factor)
