"""Water and steam: properties, boiler fuel, blowdown, flash, traps."""

import numpy as np
from CoolProp.CoolProp import PropsSI
from numpy.typing import ArrayLike, NDArray

ATMOSPHERE_BAR = 1.01325
KJ_PER_KWH = 3600.0
_FLUID = "IF97::Water"

__all__ = [
    "ATMOSPHERE_BAR",
    "blowdown_flow",
    "boiler_heat",
    "evaporation_heat",
    "flash_fraction",
    "heat_per_tonne",
    "liquid_enthalpy",
    "saturated_liquid_enthalpy",
    "saturated_vapour_enthalpy",
    "saturation_temperature",
    "trap_leak_flow",
]


def _from_coolprop(output: str, first: str, a: ArrayLike, quality: float) -> NDArray[np.float64]:
    values = np.asarray(a, dtype=float)
    flat = np.atleast_1d(values).ravel()
    found = np.asarray(PropsSI(output, first, flat, "Q", np.full(flat.shape, quality), _FLUID), dtype=float)
    return found.reshape(values.shape)


def saturation_temperature(pressure: ArrayLike) -> NDArray[np.float64]:
    """Temperature at which water boils.

    Parameters
    ----------
    pressure
        Absolute pressure [bar], any shape.

    Returns
    -------
    Saturation temperature [degC].

    Notes
    -----
    IAPWS-IF97 region 4, through CoolProp.

    Examples
    --------
    >>> round(float(saturation_temperature(8.0)), 2)
    170.41
    """
    return _from_coolprop("T", "P", np.asarray(pressure, dtype=float) * 1e5, 0.0) - 273.15


def saturated_vapour_enthalpy(pressure: ArrayLike) -> NDArray[np.float64]:
    """Enthalpy of dry saturated steam.

    Parameters
    ----------
    pressure
        Absolute pressure [bar].

    Returns
    -------
    Specific enthalpy [kJ/kg].

    Notes
    -----
    IAPWS-IF97, through CoolProp.

    Examples
    --------
    >>> round(float(saturated_vapour_enthalpy(8.0)), 1)
    2768.3
    """
    return _from_coolprop("H", "P", np.asarray(pressure, dtype=float) * 1e5, 1.0) / 1000.0


def saturated_liquid_enthalpy(pressure: ArrayLike) -> NDArray[np.float64]:
    """Enthalpy of boiling water at a pressure.

    Parameters
    ----------
    pressure
        Absolute pressure [bar].

    Returns
    -------
    Specific enthalpy [kJ/kg].

    Notes
    -----
    IAPWS-IF97, through CoolProp.

    Examples
    --------
    >>> round(float(saturated_liquid_enthalpy(8.0)), 1)
    721.0
    """
    return _from_coolprop("H", "P", np.asarray(pressure, dtype=float) * 1e5, 0.0) / 1000.0


def liquid_enthalpy(temperature: ArrayLike) -> NDArray[np.float64]:
    """Enthalpy of liquid water at a temperature.

    Parameters
    ----------
    temperature
        Temperature [degC], 1 to 300.

    Returns
    -------
    Specific enthalpy [kJ/kg], taken at saturation; pressure adds about 0.1 kJ/kg a bar.

    Notes
    -----
    IAPWS-IF97, through CoolProp.

    Examples
    --------
    >>> round(float(liquid_enthalpy(80.0)), 1)
    334.9
    """
    return _from_coolprop("H", "T", np.asarray(temperature, dtype=float) + 273.15, 0.0) / 1000.0


def evaporation_heat(pressure: ArrayLike) -> NDArray[np.float64]:
    """Heat that steam gives when it condenses.

    Parameters
    ----------
    pressure
        Absolute pressure [bar].

    Returns
    -------
    Latent heat [kJ/kg].

    Notes
    -----
    h'' - h' of IAPWS-IF97.

    Examples
    --------
    >>> round(float(evaporation_heat(8.0)), 0)
    2047.0
    """
    return saturated_vapour_enthalpy(pressure) - saturated_liquid_enthalpy(pressure)


def heat_per_tonne(pressure_gauge: ArrayLike, feed_temperature: ArrayLike) -> NDArray[np.float64]:
    """Useful heat in one tonne of saturated steam above the feed water.

    Parameters
    ----------
    pressure_gauge
        Steam pressure (gauge) [bar].
    feed_temperature
        Feed-water temperature [degC].

    Returns
    -------
    Heat [kWh/t].

    Notes
    -----
    h''(p) - h'(T_feed) of IAPWS-IF97.

    Examples
    --------
    >>> round(float(heat_per_tonne(7.0, 80.0)), 0)
    676.0
    """
    pressure = np.asarray(pressure_gauge, dtype=float) + ATMOSPHERE_BAR
    rise = saturated_vapour_enthalpy(pressure) - liquid_enthalpy(feed_temperature)
    return np.asarray(rise * 1000.0 / KJ_PER_KWH)


def boiler_heat(
    steam_mass: ArrayLike, steam_enthalpy: ArrayLike, feed_enthalpy: ArrayLike,
    drum_liquid_enthalpy: ArrayLike, blowdown: ArrayLike,
) -> NDArray[np.float64]:  # fmt: skip
    """Heat the water takes up in a boiler, blowdown included.

    Parameters
    ----------
    steam_mass
        Steam made [kg/h] or [kg/a].
    steam_enthalpy, feed_enthalpy, drum_liquid_enthalpy
        Of steam, feed water and boiling drum water [kJ/kg].
    blowdown
        Blowdown over feed water [-].

    Returns
    -------
    Heat [kJ] in the time base of `steam_mass`; divided by the efficiency it is the fuel.

    Notes
    -----
    feed = m / (1 - b); Q = m h'' + b feed h' - feed h_feed. Heat balance of the indirect method, ASME PTC 4.

    Examples
    --------
    >>> float(boiler_heat(1000.0, 2768.0, 335.0, 721.0, 0.0))
    2433000.0
    """
    m, b = np.asarray(steam_mass, dtype=float), np.asarray(blowdown, dtype=float)
    feed = m / (1.0 - b)
    gained = m * np.asarray(steam_enthalpy) + b * feed * np.asarray(drum_liquid_enthalpy)
    return np.asarray(gained - feed * np.asarray(feed_enthalpy))


def blowdown_flow(steam_mass: ArrayLike, blowdown: ArrayLike) -> NDArray[np.float64]:
    """Water blown down.

    Parameters
    ----------
    steam_mass
        Steam made [t] in any time base.
    blowdown
        Blowdown over feed water [-].

    Returns
    -------
    Blowdown [t] in that time base.

    Notes
    -----
    b m / (1 - b).

    Examples
    --------
    >>> round(float(blowdown_flow(95.0, 0.05)), 6)
    5.0
    """
    b = np.asarray(blowdown, dtype=float)
    return np.asarray(b * np.asarray(steam_mass, dtype=float) / (1.0 - b))


def flash_fraction(liquid_enthalpy_in: ArrayLike, flash_pressure: ArrayLike) -> NDArray[np.float64]:
    """Share of hot water that flashes to steam when its pressure falls.

    Parameters
    ----------
    liquid_enthalpy_in
        Enthalpy before the drop [kJ/kg].
    flash_pressure
        Absolute pressure after it [bar].

    Returns
    -------
    Steam over water [-], 0 to 1.

    Notes
    -----
    x = (h - h') / (h'' - h') at the flash pressure, IAPWS-IF97.

    Examples
    --------
    >>> round(float(flash_fraction(721.0, 1.01325)), 3)
    0.134
    """
    liquid = saturated_liquid_enthalpy(flash_pressure)
    share = (np.asarray(liquid_enthalpy_in, dtype=float) - liquid) / evaporation_heat(flash_pressure)
    return np.clip(share, 0.0, 1.0)


def trap_leak_flow(
    diameter: ArrayLike, pressure_gauge: ArrayLike, coefficient: ArrayLike
) -> NDArray[np.float64]:
    """Live steam that a failed-open trap lets through.

    Parameters
    ----------
    diameter
        Orifice of the trap [mm].
    pressure_gauge
        Steam pressure (gauge) [bar], above 0.7 so that the flow is choked.
    coefficient
        Discharge coefficient, part closure and condensate together [-].

    Returns
    -------
    Steam [kg/h].

    Notes
    -----
    Napier: W = 51.43 C A p with W in lb/h, A in in2, p in psia; in metric units 0.5245 C A p with A in mm2
    and p in bar absolute.

    Examples
    --------
    >>> round(float(trap_leak_flow(5.0, 7.0, 1.0)), 1)
    82.5
    """
    area = np.pi / 4.0 * np.asarray(diameter, dtype=float) ** 2
    pressure = np.asarray(pressure_gauge, dtype=float) + ATMOSPHERE_BAR
    return np.asarray(51.43 * 0.45359237 / 645.16 * 14.5037738 * np.asarray(coefficient) * area * pressure)
