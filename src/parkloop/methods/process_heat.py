"""Process heat: exhaust heat, recovery, furnace walls and openings, water heating."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parkloop.methods.insulation import STEFAN_BOLTZMANN

__all__ = ["air_heat", "opening_loss", "recovered_heat", "wall_loss", "water_heat"]


def air_heat(
    flow: ArrayLike, hot: ArrayLike, cold: ArrayLike, at: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Sensible heat in a flow of hot air or lean exhaust.

    Parameters
    ----------
    flow
        Volume flow at temperature `at` [m3/h].
    hot, cold
        Temperatures between which it is cooled [degC].
    at
        Temperature at which the flow was measured [degC]; `hot` when left out.

    Returns
    -------
    Heat flow [kW].

    Notes
    -----
    m c_p (T_h - T_c); density 353.05 / T_K kg/m3 (dry air at 1.01325 bar), c_p 1.01 kJ/(kg K).

    Examples
    --------
    >>> round(float(air_heat(10000.0, 150.0, 90.0)), 1)
    140.4
    """
    base = np.asarray(hot if at is None else at, dtype=float)
    mass = np.asarray(flow, dtype=float) * 353.05 / (base + 273.15)
    return np.asarray(mass * 1.01 * (np.asarray(hot, dtype=float) - np.asarray(cold, dtype=float)) / 3600.0)


def recovered_heat(
    flow: ArrayLike, exhaust: ArrayLike, fresh: ArrayLike, effectiveness: ArrayLike, outlet_floor: ArrayLike
) -> NDArray[np.float64]:
    """Heat an air-to-air exchanger takes from an exhaust for the fresh air.

    Parameters
    ----------
    flow
        Exhaust at exhaust temperature [m3/h].
    exhaust, fresh
        Exhaust and fresh-air temperature [degC].
    effectiveness
        Of the exchanger, equal mass flows [-].
    outlet_floor
        Lowest exhaust temperature allowed, for condensing oil, water or acid [degC].

    Returns
    -------
    Heat flow [kW], not below 0.

    Notes
    -----
    min(eps (T_e - T_f), T_e - T_floor) m c_p, effectiveness definition.

    Examples
    --------
    >>> round(float(recovered_heat(10000.0, 150.0, 30.0, 0.5, 80.0)), 1)
    140.4
    """
    te, tf = np.asarray(exhaust, dtype=float), np.asarray(fresh, dtype=float)
    drop = np.minimum(np.asarray(effectiveness) * (te - tf), te - np.asarray(outlet_floor, dtype=float))
    return air_heat(flow, te, te - np.clip(drop, 0.0, None))


def water_heat(flow: ArrayLike, cold: ArrayLike, hot: ArrayLike) -> NDArray[np.float64]:
    """Heat that warms water.

    Parameters
    ----------
    flow
        Water [m3] in any time base.
    cold, hot
        Temperatures [degC].

    Returns
    -------
    Heat [kWh] in that time base.

    Notes
    -----
    V rho c_p (T_h - T_c), 1.163 kWh/(m3 K).

    Examples
    --------
    >>> round(float(water_heat(10.0, 30.0, 80.0)), 1)
    581.5
    """
    rise = np.asarray(hot, dtype=float) - np.asarray(cold, dtype=float)
    return np.asarray(np.asarray(flow, dtype=float) * 1.163 * rise)


def wall_loss(
    area: ArrayLike, surface: ArrayLike, ambient: ArrayLike, wind: ArrayLike, emissivity: ArrayLike,
    shape_factor: ArrayLike,
) -> NDArray[np.float64]:  # fmt: skip
    """Heat loss of a furnace wall by convection and radiation.

    Parameters
    ----------
    area
        Wall area [ft2].
    surface, ambient
        Temperatures [degF].
    wind
        Air speed [mph].
    emissivity
        Of the wall [-].
    shape_factor
        1.394 for a vertical plate, 1.016 for a horizontal cylinder [-].

    Returns
    -------
    Heat loss [Btu/h].

    Notes
    -----
    ASTM C680 kind of film: A dT F (1/24)^0.2 (2/(Ta+Ts))^0.181 dT^0.266 sqrt(1 + 1.277 v), plus radiation
    with 460 as zero;
    customary units because the constants are. Fit of the MEASUR computing library (US DOE).

    Examples
    --------
    >>> round(float(wall_loss(500.0, 225.0, 80.0, 10.0, 0.9, 1.394)) / 1000.0, 1)
    404.6
    """
    ts, ta = np.asarray(surface, dtype=float), np.asarray(ambient, dtype=float)
    rise = ts - ta
    film = np.asarray(shape_factor) * (1.0 / 24.0) ** 0.2 * (2.0 / (ta + ts)) ** 0.181 * np.abs(rise) ** 0.266
    convection = rise * film * np.sqrt(1.0 + 1.277 * np.asarray(wind, dtype=float))
    radiation = np.asarray(emissivity) * 0.1713e-8 * ((ts + 460.0) ** 4 - (ta + 460.0) ** 4)
    return np.asarray(np.asarray(area, dtype=float) * (convection + radiation))


def opening_loss(
    area: ArrayLike, inside: ArrayLike, ambient: ArrayLike, emissivity: ArrayLike, view_factor: ArrayLike
) -> NDArray[np.float64]:
    """Heat radiated through an opening or from an open bath.

    Parameters
    ----------
    area
        Area of the opening [m2].
    inside, ambient
        Temperatures [degC].
    emissivity
        Of the furnace space or bath [-].
    view_factor
        Share of the radiation that gets out [-].

    Returns
    -------
    Heat loss [kW].

    Notes
    -----
    eps sigma F A (T_i^4 - T_a^4), Stefan-Boltzmann.

    Examples
    --------
    >>> round(float(opening_loss(0.5, 1400.0, 30.0, 0.3, 1.0)), 1)
    66.6
    """
    ti, ta = np.asarray(inside, dtype=float) + 273.15, np.asarray(ambient, dtype=float) + 273.15
    flux = np.asarray(emissivity) * STEFAN_BOLTZMANN * np.asarray(view_factor) * (ti**4 - ta**4)
    return np.asarray(np.asarray(area, dtype=float) * flux / 1000.0)
