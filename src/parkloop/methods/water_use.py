"""Water: rinsing, cleaning in place, leaks at night, reverse osmosis, cooling with fresh water."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "cooling_water_flow",
    "flow_over_hours",
    "night_leak",
    "parallel_rinse_ratio",
    "reject_flow",
    "rinse_ratio",
]


def rinse_ratio(dilution: ArrayLike, stages: ArrayLike) -> NDArray[np.float64]:
    """Rinse water per drag-out in counter-current stages for a required dilution.

    Parameters
    ----------
    dilution
        Concentration of the bath over the last rinse [-].
    stages
        Counter-current stages [item].

    Returns
    -------
    Rinse water over drag-out [-].

    Notes
    -----
    sum_{k=0..n} r^k = dilution (mass balance of the cascade with perfect mixing), for large r about
    dilution^(1/n). Solved by bisection. EU BREF Surface Treatment of Metals and Plastics describes the
    cascade.

    Examples
    --------
    >>> round(float(rinse_ratio(1000.0, 1)), 1)
    999.0
    >>> round(float(rinse_ratio(1000.0, 2)), 1)
    31.1
    """
    target, n = np.broadcast_arrays(np.asarray(dilution, dtype=float), np.asarray(stages, dtype=float))
    low, high = np.zeros(target.shape), np.maximum(target, 1.0) * np.ones(target.shape)
    most = int(np.max(n)) if n.size else 0
    for _ in range(100):
        middle = (low + high) / 2.0
        total = np.ones(target.shape)
        for k in range(1, most + 1):
            total = total + np.where(k <= n, middle**k, 0.0)
        low, high = np.where(total < target, middle, low), np.where(total < target, high, middle)
    return np.asarray((low + high) / 2.0)


def parallel_rinse_ratio(dilution: ArrayLike, stages: ArrayLike) -> NDArray[np.float64]:
    """Rinse water per drag-out where each stage has its own fresh water.

    Parameters
    ----------
    dilution
        Concentration of the bath over the last rinse [-].
    stages
        Stages [item].

    Returns
    -------
    Rinse water over drag-out, all stages together [-].

    Notes
    -----
    n (dilution^(1/n) - 1): each stage dilutes by the same factor.

    Examples
    --------
    >>> round(float(parallel_rinse_ratio(1000.0, 2)), 1)
    61.2
    """
    n = np.asarray(stages, dtype=float)
    return np.asarray(n * (np.asarray(dilution, dtype=float) ** (1.0 / n) - 1.0))


def night_leak(night_flow: ArrayLike, legitimate: ArrayLike, hours_per_day: ArrayLike) -> NDArray[np.float64]:
    """Water lost to leaks in a year, from the flow at night.

    Parameters
    ----------
    night_flow, legitimate
        Flow at night and the part of it that is used [m3/h].
    hours_per_day
        Hours a day under pressure [h].

    Returns
    -------
    Leakage [m3/a].

    Notes
    -----
    (Q_night - Q_used) t 365, not below 0: minimum-night-flow method (IWA Water Loss Task Force); pressure
    over the day is
    taken as constant.

    Examples
    --------
    >>> float(night_leak(3.0, 1.0, 24.0))
    17520.0
    """
    lost = np.clip(np.asarray(night_flow, dtype=float) - np.asarray(legitimate, dtype=float), 0.0, None)
    return np.asarray(lost * np.asarray(hours_per_day, dtype=float) * 365.0)


def reject_flow(feed: ArrayLike, recovery: ArrayLike) -> NDArray[np.float64]:
    """Reject of a reverse-osmosis unit.

    Parameters
    ----------
    feed
        Feed water [m3] in any time base.
    recovery
        Permeate over feed [-].

    Returns
    -------
    Reject [m3] in that time base.

    Notes
    -----
    feed (1 - recovery), mass balance.

    Examples
    --------
    >>> float(reject_flow(10.0, 0.75))
    2.5
    """
    return np.asarray(np.asarray(feed, dtype=float) * (1.0 - np.asarray(recovery, dtype=float)))


def cooling_water_flow(heat: ArrayLike, temperature_rise: ArrayLike) -> NDArray[np.float64]:
    """Cooling water that carries an amount of heat.

    Parameters
    ----------
    heat
        Heat [kW].
    temperature_rise
        Outlet minus inlet [K].

    Returns
    -------
    Flow [m3/h].

    Notes
    -----
    Q / (rho c_p dT), c_p 4.187 kJ/(kg K).

    Examples
    --------
    >>> round(float(cooling_water_flow(116.3, 10.0)), 1)
    10.0
    """
    return np.asarray(
        np.asarray(heat, dtype=float) * 3.6 / (4.187 * np.asarray(temperature_rise, dtype=float))
    )


def flow_over_hours(flow: ArrayLike, hours: ArrayLike) -> NDArray[np.float64]:
    """Volume of a flow over its hours.

    Parameters
    ----------
    flow
        Flow while running [m3/h].
    hours
        Hours [h/a].

    Returns
    -------
    Volume [m3/a].

    Notes
    -----
    V = Q t.

    Examples
    --------
    >>> float(flow_over_hours(2.0, 6000.0))
    12000.0
    """
    return np.asarray(np.asarray(flow, dtype=float) * np.asarray(hours, dtype=float))
