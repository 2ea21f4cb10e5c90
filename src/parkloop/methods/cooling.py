"""Cooling: COP against lift, chiller curves, cooling-tower water."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "carnot_cop",
    "chiller_part_load",
    "compressor_power_ratio",
    "cop_at_lift",
    "evaporation",
    "make_up",
    "tower_evaporation",
]


def carnot_cop(evaporating: ArrayLike, condensing: ArrayLike) -> NDArray[np.float64]:
    """Best COP any machine could reach between two temperatures.

    Parameters
    ----------
    evaporating, condensing
        Temperatures [degC].

    Returns
    -------
    COP [-].

    Notes
    -----
    T_e / (T_c - T_e), kelvin; the lift is at least 5 K so that the ratio stays finite.

    Examples
    --------
    >>> round(float(carnot_cop(2.0, 40.0)), 2)
    7.24
    """
    te = np.asarray(evaporating, dtype=float) + 273.15
    lift = np.maximum(np.asarray(condensing, dtype=float) + 273.15 - te, 5.0)
    return np.asarray(te / lift)


def cop_at_lift(
    cop: ArrayLike, before: tuple[ArrayLike, ArrayLike], after: tuple[ArrayLike, ArrayLike]
) -> NDArray[np.float64]:
    """COP of the same machine at other temperatures.

    Parameters
    ----------
    cop
        COP now [-].
    before, after
        Evaporating and condensing temperature now and then [degC].

    Returns
    -------
    COP then [-].

    Notes
    -----
    The share of the Carnot COP the machine reaches is kept: COP_2 = COP_1 C_2 / C_1. Good for changes of a
    few kelvin.

    Examples
    --------
    >>> round(float(cop_at_lift(4.0, (2.0, 40.0), (4.0, 40.0))), 2)
    4.25
    """
    return np.asarray(cop, dtype=float) * carnot_cop(*after) / carnot_cop(*before)


def compressor_power_ratio(
    before: tuple[ArrayLike, ArrayLike], after: tuple[ArrayLike, ArrayLike]
) -> NDArray[np.float64]:
    """Compressor electricity at other temperatures over electricity now, for the same cooling.

    Parameters
    ----------
    before, after
        Evaporating and condensing temperature now and then [degC].

    Returns
    -------
    Power ratio [-].

    Notes
    -----
    COP_1 / COP_2 with `cop_at_lift`.

    Examples
    --------
    >>> round(float(compressor_power_ratio((-10.0, 40.0), (-10.0, 35.0))), 2)
    0.9
    """
    return np.asarray(carnot_cop(*before) / carnot_cop(*after))


def chiller_part_load(ratio: ArrayLike, lift: ArrayLike, coefficients: ArrayLike) -> NDArray[np.float64]:
    """Relative power input of a chiller at part load.

    Parameters
    ----------
    ratio
        Load over available capacity [-], at least 0.1.
    lift
        Entering condenser minus leaving chilled water [degF].
    coefficients
        p0 ... p5, shape (6,).

    Returns
    -------
    Power over power at full load, before the temperature factor [-].

    Notes
    -----
    g = p0 + p1 r + p2 r^2 + p3 D + p4 D^2 + p5 D r: DOE-2 form, rows of the MEASUR computing library in
    `reference/measures/chiller_curves.csv`.

    Examples
    --------
    >>> round(float(chiller_part_load(1.0, 41.0, [0.24258001, 0.41468, 0.34273973, 0, 0, 0])), 3)
    1.0
    """
    r, d = np.maximum(np.asarray(ratio, dtype=float), 0.1), np.asarray(lift, dtype=float)
    p0, p1, p2, p3, p4, p5 = np.asarray(coefficients, dtype=float)
    return np.asarray(p0 + p1 * r + p2 * r**2 + p3 * d + p4 * d**2 + p5 * d * r)


def tower_evaporation(
    circulation: ArrayLike, temperature_range: ArrayLike, latent_share: ArrayLike
) -> NDArray[np.float64]:
    """Water a cooling tower evaporates.

    Parameters
    ----------
    circulation
        Water circulated [m3/h].
    temperature_range
        Hot minus cold water [K].
    latent_share
        Share of the heat given off by evaporation [-]; 0.75-0.95, high in warm dry weather.

    Returns
    -------
    Evaporation [m3/h].

    Notes
    -----
    E = L c_p dT f / h_fg with c_p = 4.187 kJ/(kg K) and h_fg = 2430 kJ/kg at 30 degC.

    Examples
    --------
    >>> round(float(tower_evaporation(100.0, 5.0, 0.85)), 3)
    0.732
    """
    heat = np.asarray(circulation, dtype=float) * 4.187 * np.asarray(temperature_range, dtype=float)
    return np.asarray(heat * np.asarray(latent_share, dtype=float) / 2430.0)


def evaporation(heat: ArrayLike, latent_share: ArrayLike) -> NDArray[np.float64]:
    """Water evaporated to give off an amount of heat.

    Parameters
    ----------
    heat
        Heat given off [kWh].
    latent_share
        Share of it by evaporation [-].

    Returns
    -------
    Water [m3].

    Notes
    -----
    heat 3600 f / (h_fg rho), h_fg = 2430 kJ/kg.

    Examples
    --------
    >>> round(float(evaporation(1000.0, 0.85)), 3)
    1.259
    """
    return np.asarray(np.asarray(heat, dtype=float) * 3.6 * np.asarray(latent_share, dtype=float) / 2430.0)


def make_up(evaporated: ArrayLike, cycles: ArrayLike, drift: ArrayLike = 0.0) -> NDArray[np.float64]:
    """Water a cooling tower must be given.

    Parameters
    ----------
    evaporated
        Evaporation [m3] in any time base.
    cycles
        Cycles of concentration [-], above 1.
    drift
        Drift [m3] in the same time base; it counts as part of the blowdown.

    Returns
    -------
    Make-up [m3] in that time base.

    Notes
    -----
    M = E C / (C - 1); blowdown = E / (C - 1) - drift, not below 0. Cooling Technology Institute, mass
    balance of salts.

    Examples
    --------
    >>> float(make_up(10.0, 3.0))
    15.0
    """
    e, c = np.asarray(evaporated, dtype=float), np.maximum(np.asarray(cycles, dtype=float), 1.0001)
    return np.asarray(np.maximum(e * c / (c - 1.0), e + np.asarray(drift, dtype=float)))
