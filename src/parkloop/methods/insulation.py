"""Heat loss of bare and insulated pipes, flat walls and open tanks."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEFAN_BOLTZMANN = 5.670374419e-8

__all__ = ["STEFAN_BOLTZMANN", "flat_heat_loss", "open_bath_loss", "pipe_heat_loss", "surface_coefficient"]


def surface_coefficient(
    surface: ArrayLike, ambient: ArrayLike, emissivity: ArrayLike, size: ArrayLike, wind: ArrayLike
) -> NDArray[np.float64]:
    """Heat transfer from a surface to still or moving air, radiation included.

    Parameters
    ----------
    surface, ambient
        Surface and air temperature [degC].
    emissivity
        Emissivity of the surface [-].
    size
        Outside diameter of a pipe or height of a wall [m].
    wind
        Air speed [m/s]; below about 0.5 m/s natural convection counts.

    Returns
    -------
    Coefficient [W/(m2 K)].

    Notes
    -----
    ISO 12241: radiation eps sigma (Ts^4 - Ta^4)/(Ts - Ta); natural convection 1.25 (dT/D)^0.25 (laminar,
    pipe);
    forced 8.9 v^0.9 / D^0.1. The larger of the two convections is taken.

    Examples
    --------
    >>> round(float(surface_coefficient(170.0, 30.0, 0.9, 0.0603, 0.0)), 1)
    19.7
    """
    ts, ta = np.asarray(surface, dtype=float), np.asarray(ambient, dtype=float)
    d, v = np.asarray(size, dtype=float), np.asarray(wind, dtype=float)
    rise = np.maximum(np.abs(ts - ta), 1e-6)
    ks, ka = ts + 273.15, ta + 273.15
    radiation = np.asarray(emissivity) * STEFAN_BOLTZMANN * (ks**2 + ka**2) * (ks + ka)
    natural = 1.25 * (rise / d) ** 0.25
    forced = 8.9 * np.maximum(v, 0.0) ** 0.9 / d**0.1
    return np.asarray(radiation + np.maximum(natural, forced))


def pipe_heat_loss(
    diameter: ArrayLike, fluid: ArrayLike, ambient: ArrayLike, thickness: ArrayLike,
    conductivity: ArrayLike, surface: tuple[float, float] = (0.9, 0.0),
) -> NDArray[np.float64]:  # fmt: skip
    """Heat loss of one metre of pipe, bare or insulated.

    Parameters
    ----------
    diameter
        Outside diameter of the pipe [m].
    fluid, ambient
        Fluid and air temperature [degC].
    thickness
        Insulation thickness [m]; 0 for a bare pipe.
    conductivity
        Of the insulation at its mean temperature [W/(m K)].
    surface
        Emissivity of the outer surface [-] and air speed [m/s].

    Returns
    -------
    Heat loss [W/m].

    Notes
    -----
    ISO 12241: q = pi (T_f - T_a) / (ln(D_o/D_i)/(2 k) + 1/(h D_o)), h at the surface temperature, solved by
    bisection; wall and inner film are left out (metal pipe, steam).

    Examples
    --------
    >>> round(float(pipe_heat_loss(0.0603, 170.0, 30.0, 0.0, 0.045)), 0)
    521.0
    >>> round(float(pipe_heat_loss(0.0603, 170.0, 30.0, 0.05, 0.045, (0.2, 0.0))), 0)
    36.0
    """
    inner, hot = np.asarray(diameter, dtype=float), np.asarray(fluid, dtype=float)
    ta, s = np.asarray(ambient, dtype=float), np.asarray(thickness, dtype=float)
    outer = inner + 2.0 * s
    resistance = np.log(outer / inner) / (2.0 * np.asarray(conductivity, dtype=float))
    emissivity, wind = surface
    low, high = np.broadcast_arrays(np.minimum(ta, hot) + 0.0 * resistance, np.maximum(ta, hot))
    for _ in range(60):
        middle = (low + high) / 2.0
        film = surface_coefficient(middle, ta, emissivity, outer, wind) * outer * (middle - ta)
        inward = np.where(resistance > 0, (hot - middle) / np.maximum(resistance, 1e-12), np.inf)
        rises = film < inward
        low, high = np.where(rises, middle, low), np.where(rises, high, middle)
    skin = np.where(resistance > 0, (low + high) / 2.0, hot)
    return np.asarray(np.pi * surface_coefficient(skin, ta, emissivity, outer, wind) * outer * (skin - ta))


def flat_heat_loss(
    wall: ArrayLike, ambient: ArrayLike, thickness: ArrayLike, conductivity: ArrayLike,
    surface: tuple[float, float] = (0.9, 0.0), height: ArrayLike = 1.0,
) -> NDArray[np.float64]:  # fmt: skip
    """Heat loss of one square metre of hot wall, bare or insulated.

    Parameters
    ----------
    wall, ambient
        Temperature of the bare wall and of the air [degC]; the wall keeps it under insulation.
    thickness
        Insulation thickness [m]; 0 for a bare wall.
    conductivity
        Of the insulation [W/(m K)].
    surface
        Emissivity of the outer surface [-] and air speed [m/s].
    height
        Height of the wall [m].

    Returns
    -------
    Heat loss [W/m2].

    Notes
    -----
    ISO 12241: q = (T_w - T_a) / (s/k + 1/h), h at the outer surface, by bisection.

    Examples
    --------
    >>> round(float(flat_heat_loss(120.0, 30.0, 0.0, 0.045)), 0)
    1135.0
    """
    hot, ta = np.asarray(wall, dtype=float), np.asarray(ambient, dtype=float)
    resistance = np.asarray(thickness, dtype=float) / np.asarray(conductivity, dtype=float)
    emissivity, wind = surface
    low, high = np.broadcast_arrays(np.minimum(ta, hot) + 0.0 * resistance, np.maximum(ta, hot))
    for _ in range(60):
        middle = (low + high) / 2.0
        film = surface_coefficient(middle, ta, emissivity, height, wind) * (middle - ta)
        inward = np.where(resistance > 0, (hot - middle) / np.maximum(resistance, 1e-12), np.inf)
        rises = film < inward
        low, high = np.where(rises, middle, low), np.where(rises, high, middle)
    skin = np.where(resistance > 0, (low + high) / 2.0, hot)
    return np.asarray(surface_coefficient(skin, ta, emissivity, height, wind) * (skin - ta))


def open_bath_loss(
    liquid: ArrayLike, ambient: ArrayLike, relative_humidity: ArrayLike, wind: ArrayLike
) -> NDArray[np.float64]:
    """Heat that leaves an open water surface by evaporation.

    Parameters
    ----------
    liquid, ambient
        Liquid and air temperature [degC].
    relative_humidity
        Of the air [-].
    wind
        Air speed over the bath [m/s].

    Returns
    -------
    Heat loss [W/m2].

    Notes
    -----
    m = (0.089 + 0.0782 v)(p_w - p_a) / h_fg in kg/(m2 s), p in kPa, h_fg in kJ/kg: Carrier's pool equation
    as ASHRAE HVAC
    Applications gives it; vapour pressure after Magnus.

    Examples
    --------
    >>> round(float(open_bath_loss(60.0, 30.0, 0.7, 0.2)), 0)
    1785.0
    """
    bath = 0.61094 * np.exp(
        17.625 * np.asarray(liquid, dtype=float) / (np.asarray(liquid, dtype=float) + 243.04)
    )
    air_t = np.asarray(ambient, dtype=float)
    air = np.asarray(relative_humidity) * 0.61094 * np.exp(17.625 * air_t / (air_t + 243.04))
    per_area = (0.089 + 0.0782 * np.asarray(wind, dtype=float)) * (bath - air)
    return np.clip(per_area * 1000.0, 0.0, None)
