"""Moist air: vapour pressure and humidity ratio."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["humidity_ratio", "moist_air_enthalpy", "vapour_pressure"]

_OVER_WATER = (-5800.2206, 1.3914993, -0.048640239, 4.1764768e-05, -1.4452093e-08, 6.5459673)


def vapour_pressure(temperature: ArrayLike) -> NDArray[np.float64]:
    """Saturation pressure of water vapour.

    Parameters
    ----------
    temperature
        Temperature [degC], 0 to 200.

    Returns
    -------
    Pressure [kPa].

    Notes
    -----
    Hyland and Wexler over liquid water, ASHRAE Handbook Fundamentals, psychrometrics chapter.

    Examples
    --------
    >>> round(float(vapour_pressure(30.0)), 3)
    4.246
    """
    t = np.asarray(temperature, dtype=float) + 273.15
    c = _OVER_WATER
    return np.asarray(
        np.exp(c[0] / t + c[1] + c[2] * t + c[3] * t**2 + c[4] * t**3 + c[5] * np.log(t)) / 1000.0
    )


def humidity_ratio(
    temperature: ArrayLike, relative_humidity: ArrayLike, pressure: ArrayLike = 101.325
) -> NDArray[np.float64]:
    """Water in moist air.

    Parameters
    ----------
    temperature
        Dry-bulb temperature [degC].
    relative_humidity
        Relative humidity [-].
    pressure
        Air pressure [kPa].

    Returns
    -------
    Water over dry air [kg/kg].

    Notes
    -----
    W = 0.62198 p_w / (p - p_w), ASHRAE Handbook Fundamentals.

    Examples
    --------
    >>> round(float(humidity_ratio(30.0, 0.7)), 4)
    0.0188
    """
    vapour = np.asarray(relative_humidity, dtype=float) * vapour_pressure(temperature)
    return np.asarray(0.62198 * vapour / (np.asarray(pressure, dtype=float) - vapour))


def moist_air_enthalpy(temperature: ArrayLike, ratio: ArrayLike) -> NDArray[np.float64]:
    """Heat content of moist air above dry air and water at 0 degC.

    Parameters
    ----------
    temperature
        Dry-bulb temperature [degC].
    ratio
        Humidity ratio [kg/kg].

    Returns
    -------
    Enthalpy [kJ/kg dry air].

    Notes
    -----
    1.006 t + W (2501 + 1.86 t), ASHRAE Handbook Fundamentals.

    Examples
    --------
    >>> round(float(moist_air_enthalpy(30.0, 0.0188)), 1)
    78.2
    """
    t, w = np.asarray(temperature, dtype=float), np.asarray(ratio, dtype=float)
    return np.asarray(1.006 * t + w * (2501.0 + 1.86 * t))
