"""Compressed air: leaks through holes, power against pressure, heat that can be recovered."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

ATMOSPHERE_BAR = 1.01325
GAS_CONSTANT_AIR = 287.05
KAPPA = 1.4

__all__ = [
    "ATMOSPHERE_BAR",
    "bag_leak_flow",
    "leak_share_of_power",
    "orifice_leak_flow",
    "pressure_power_ratio",
    "recoverable_heat",
    "specific_power",
]


def orifice_leak_flow(
    diameter: ArrayLike, pressure_gauge: ArrayLike, temperature_c: ArrayLike, coefficient: ArrayLike
) -> NDArray[np.float64]:
    """Free air that escapes through a round hole.

    Parameters
    ----------
    diameter
        Hole diameter [mm].
    pressure_gauge
        Net pressure (gauge) [bar]; at least 0.9 so that the flow is choked.
    temperature_c
        Air temperature in the net [degC].
    coefficient
        Discharge coefficient [-]: 0.97 for a rounded, about 0.65 for a sharp edge.

    Returns
    -------
    Free air at 1.01325 bar and the same temperature [m3/min].

    Notes
    -----
    m = C A p sqrt(kappa / (R T)) (2 / (kappa + 1))^((kappa + 1) / (2 (kappa - 1))), choked isentropic nozzle;
    kappa 1.4, R 287.05 J/(kg K).

    Examples
    --------
    >>> round(float(orifice_leak_flow(3.0, 7.0, 20.0, 0.65)), 2)
    0.43
    """
    area = np.pi / 4.0 * (np.asarray(diameter, dtype=float) / 1000.0) ** 2
    pressure = (np.asarray(pressure_gauge, dtype=float) + ATMOSPHERE_BAR) * 1e5
    kelvin = np.asarray(temperature_c, dtype=float) + 273.15
    exponent = (KAPPA + 1.0) / (2.0 * (KAPPA - 1.0))
    flux = np.sqrt(KAPPA / (GAS_CONSTANT_AIR * kelvin)) * (2.0 / (KAPPA + 1.0)) ** exponent
    mass = np.asarray(coefficient, dtype=float) * area * pressure * flux
    return np.asarray(mass * GAS_CONSTANT_AIR * kelvin / (ATMOSPHERE_BAR * 1e5) * 60.0)


def bag_leak_flow(diameter: ArrayLike, height: ArrayLike, fill_time: ArrayLike) -> NDArray[np.float64]:
    """Leak flow from the time a cylindrical bag takes to fill.

    Parameters
    ----------
    diameter, height
        Of the filled bag [m].
    fill_time
        Time to fill [s].

    Returns
    -------
    Flow at ambient conditions [m3/min].

    Notes
    -----
    Q = pi D^2 H / 4 / t.

    Examples
    --------
    >>> round(float(bag_leak_flow(0.254, 0.254, 25.0)), 4)
    0.0309
    """
    volume = np.pi / 4.0 * np.asarray(diameter, dtype=float) ** 2 * np.asarray(height, dtype=float)
    return np.asarray(volume / np.asarray(fill_time, dtype=float) * 60.0)


def pressure_power_ratio(
    new_gauge: ArrayLike, old_gauge: ArrayLike, exponent: float = 0.395 / 1.395
) -> NDArray[np.float64]:
    """Compressor power at a new discharge pressure over power at the old one, for the same air.

    Parameters
    ----------
    new_gauge, old_gauge
        Discharge pressure (gauge) [bar].
    exponent
        (kappa - 1) / kappa [-]; 0.395/1.395 for air.

    Returns
    -------
    Power ratio [-].

    Notes
    -----
    (r_new^c - 1) / (r_old^c - 1), r = p / p_atm: isentropic compression work. MEASUR (US DOE) uses the same
    form.

    Examples
    --------
    >>> round(float(pressure_power_ratio(6.0, 7.0)), 3)
    0.916
    """
    new = (np.asarray(new_gauge, dtype=float) + ATMOSPHERE_BAR) / ATMOSPHERE_BAR
    old = (np.asarray(old_gauge, dtype=float) + ATMOSPHERE_BAR) / ATMOSPHERE_BAR
    return np.asarray((new**exponent - 1.0) / (old**exponent - 1.0))


def specific_power(power: ArrayLike, free_air_delivery: ArrayLike) -> NDArray[np.float64]:
    """Electric power per air delivered.

    Parameters
    ----------
    power
        Electric power [kW].
    free_air_delivery
        Free air delivery [m3/min].

    Returns
    -------
    Specific power [kW per m3/min].

    Notes
    -----
    Definition after ISO 1217 annex C.

    Examples
    --------
    >>> float(specific_power(75.0, 12.5))
    6.0
    """
    return np.asarray(np.asarray(power, dtype=float) / np.asarray(free_air_delivery, dtype=float))


def leak_share_of_power(
    air_fraction: ArrayLike, unload_power: ArrayLike, load_unload: ArrayLike, load: ArrayLike
) -> NDArray[np.float64]:
    """Share of the compressor's electricity that goes when a share of its air is no longer needed.

    Parameters
    ----------
    air_fraction
        Air saved over air made [-].
    unload_power
        Power when unloaded over full-load power [-]; 0.25-0.35 for screws, 0 for stop-start.
    load_unload
        1 where the machine loads and unloads, 0 where power follows the air (variable speed, stop-start).
    load
        Mean electric load over full load [-].

    Returns
    -------
    Electricity saved over electricity used [-].

    Notes
    -----
    Load-unload: P/P_full = u + (1 - u) a, a = air over full delivery. Saved share = (1 - u) a f / P. Where
    power follows the air the saved share is f.

    Examples
    --------
    >>> round(float(leak_share_of_power(0.2, 0.3, 1.0, 0.85)), 3)
    0.129
    """
    f, u = np.asarray(air_fraction, dtype=float), np.asarray(unload_power, dtype=float)
    power = np.maximum(np.asarray(load, dtype=float), 1e-9)
    air_part = np.clip(power - u, 0.0, None)
    return np.asarray(np.where(np.asarray(load_unload) > 0.5, f * air_part / power, f))


def recoverable_heat(power: ArrayLike, share: ArrayLike, demand: ArrayLike) -> NDArray[np.float64]:
    """Heat of an oil-flooded compressor that a neighbouring demand can use.

    Parameters
    ----------
    power
        Electric power of the compressor while running [kW].
    share
        Share of that power found again in oil or cooling air [-].
    demand
        Heat demand at the same time at a fitting temperature [kW].

    Returns
    -------
    Useful heat [kW].

    Notes
    -----
    min(share P, demand): what nobody needs is not recovered.

    Examples
    --------
    >>> float(recoverable_heat(90.0, 0.7, 40.0))
    40.0
    """
    found = np.asarray(power, dtype=float) * np.asarray(share, dtype=float)
    return np.asarray(np.minimum(found, np.asarray(demand, dtype=float)))
