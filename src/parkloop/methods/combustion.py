"""Burning fuel: excess air, stack loss, available heat, what an economiser or air preheater takes back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

OXYGEN_IN_AIR = 0.2095

__all__ = [
    "OXYGEN_IN_AIR",
    "available_heat",
    "efficiency_after_stack_change",
    "excess_air",
    "oxygen_excess_air",
    "stack_loss",
    "stack_temperature_for_loss",
]


def excess_air(oxygen: ArrayLike) -> NDArray[np.float64]:
    """Air above what the fuel needs, from the oxygen in the flue gas.

    Parameters
    ----------
    oxygen
        Oxygen in dry flue gas by volume [-], below 0.209.

    Returns
    -------
    Excess air over stoichiometric air [-].

    Notes
    -----
    e = O2 / (0.2095 - O2), for fuels whose dry flue gas and air volumes are nearly equal.

    Examples
    --------
    >>> round(float(excess_air(0.05)), 3)
    0.313
    """
    o2 = np.clip(np.asarray(oxygen, dtype=float), 0.0, 0.2)
    return np.asarray(o2 / (OXYGEN_IN_AIR - o2))


def oxygen_excess_air(oxygen: ArrayLike) -> NDArray[np.float64]:
    """Excess air of natural gas from the oxygen in the flue gas, as the available-heat fit wants it.

    Parameters
    ----------
    oxygen
        Oxygen in dry flue gas by volume [-].

    Returns
    -------
    Excess air [-].

    Notes
    -----
    e = 8.52381 o / (2 - 9.52381 o): two volumes of oxygen, 9.524 of air and 8.524 of dry flue gas per
    volume of methane.

    Examples
    --------
    >>> round(float(oxygen_excess_air(0.05)), 3)
    0.28
    """
    o = np.clip(np.asarray(oxygen, dtype=float), 0.0, 0.2)
    return np.asarray(8.52381 * o / (2.0 - 9.52381 * o))


def stack_loss(
    flue_temperature: ArrayLike, air_temperature: ArrayLike, oxygen: ArrayLike, a2: ArrayLike, b: ArrayLike
) -> NDArray[np.float64]:
    """Share of the fuel's heat that leaves with dry flue gas and its water vapour's sensible heat.

    Parameters
    ----------
    flue_temperature, air_temperature
        Flue gas at the stack and combustion air [degC].
    oxygen
        Oxygen in dry flue gas by volume [-].
    a2, b
        Siegert constants of the fuel (rows in `reference/measures/fuels.csv`).

    Returns
    -------
    Loss over net calorific value [-], not below 0.

    Notes
    -----
    q = (T_g - T_a) (A2 / (21 - O2) + B) / 100 with O2 in percent: Siegert's formula as used by EN 50379 and
    the German small-furnace ordinance.

    Examples
    --------
    >>> round(float(stack_loss(200.0, 30.0, 0.05, 0.66, 0.009)), 4)
    0.0854
    """
    rise = np.asarray(flue_temperature, dtype=float) - np.asarray(air_temperature, dtype=float)
    o2 = np.clip(np.asarray(oxygen, dtype=float), 0.0, 0.2) * 100.0
    return np.asarray(np.clip(rise * (np.asarray(a2) / (21.0 - o2) + np.asarray(b)) / 100.0, 0.0, None))


def stack_temperature_for_loss(
    loss: ArrayLike, air_temperature: ArrayLike, oxygen: ArrayLike, a2: ArrayLike, b: ArrayLike
) -> NDArray[np.float64]:
    """Flue-gas temperature at which the stack loss has a value; the inverse of `stack_loss`.

    Parameters
    ----------
    loss
        Stack loss [-].
    air_temperature, oxygen, a2, b
        As in `stack_loss`.

    Returns
    -------
    Flue-gas temperature [degC].

    Notes
    -----
    Siegert's formula solved for T_g.

    Examples
    --------
    >>> round(float(stack_temperature_for_loss(0.0854, 30.0, 0.05, 0.66, 0.009)), 0)
    200.0
    """
    o2 = np.clip(np.asarray(oxygen, dtype=float), 0.0, 0.2) * 100.0
    factor = np.asarray(a2) / (21.0 - o2) + np.asarray(b)
    return np.asarray(
        np.asarray(air_temperature, dtype=float) + np.asarray(loss, dtype=float) * 100.0 / factor
    )


def efficiency_after_stack_change(
    efficiency: ArrayLike, loss_before: ArrayLike, loss_after: ArrayLike
) -> NDArray[np.float64]:
    """Boiler efficiency after its stack loss has changed and its other losses have not.

    Parameters
    ----------
    efficiency
        Efficiency before, on net calorific value [-].
    loss_before, loss_after
        Stack loss before and after [-].

    Returns
    -------
    Efficiency after [-], at most 1.08 (a condensing boiler on net calorific value).

    Notes
    -----
    eta_2 = eta_1 + q_1 - q_2, heat-loss method (EN 12952-15, ASME PTC 4).

    Examples
    --------
    >>> round(float(efficiency_after_stack_change(0.78, 0.12, 0.09)), 2)
    0.81
    """
    better = np.asarray(efficiency, dtype=float) + np.asarray(loss_before) - np.asarray(loss_after)
    return np.asarray(np.clip(better, 1e-3, 1.08))


def available_heat(
    excess: ArrayLike, flue_temperature: ArrayLike, air_temperature: ArrayLike, coefficients: ArrayLike
) -> NDArray[np.float64]:
    """Share of a burner's heat that stays in the furnace.

    Parameters
    ----------
    excess
        Excess air [-].
    flue_temperature
        Flue gas leaving the furnace [degC].
    air_temperature
        Combustion air, after any preheating [degC].
    coefficients
        a0, a1, c0, c1, k of the fit, shape (5,), for degF.

    Returns
    -------
    Available heat over gross calorific value [-], 0.01 to 1.

    Notes
    -----
    AH = a0 + a1 T_g - (k + c T_g) e + (k + c T_a)(1 + e) percent, c = c0 + c1 T_a, degF: natural-gas fit of
    the MEASUR computing library (US DOE); row `available_heat` in `reference/measures/curves.csv`. Ratios of
    two states are
    used for other fuels as an approximation.

    Examples
    --------
    >>> c = [95, -0.025, 0.017828518, 2.556e-06, -1.078913827]
    >>> round(float(available_heat(0.65, 287.78, 148.89, c)), 4)
    0.8273
    """
    a0, a1, c0, c1, k = np.asarray(coefficients, dtype=float)
    flue = np.asarray(flue_temperature, dtype=float) * 1.8 + 32.0
    air = np.asarray(air_temperature, dtype=float) * 1.8 + 32.0
    e = np.asarray(excess, dtype=float)
    c = c0 + c1 * air
    percent = a0 + a1 * flue - (k + c * flue) * e + (k + c * air) * (1.0 + e)
    return np.asarray(np.clip(percent / 100.0, 0.01, 1.0))
