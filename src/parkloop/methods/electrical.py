"""Supply of electricity: power factor, cable and transformer losses."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "apparent_power",
    "cable_loss_fraction",
    "capacitor_size",
    "power_factor",
    "reactive_power",
    "transformer_loss",
]


def power_factor(active: ArrayLike, reactive: ArrayLike) -> NDArray[np.float64]:
    """Mean power factor from active and reactive energy.

    Parameters
    ----------
    active
        Active energy [kWh] or power [kW].
    reactive
        Reactive energy [kVArh] or power [kVAr].

    Returns
    -------
    Power factor [-].

    Notes
    -----
    cos phi = P / sqrt(P^2 + Q^2).

    Examples
    --------
    >>> float(power_factor(80.0, 60.0))
    0.8
    """
    p, q = np.asarray(active, dtype=float), np.asarray(reactive, dtype=float)
    return np.asarray(p / np.maximum(np.hypot(p, q), 1e-12))


def reactive_power(active: ArrayLike, factor: ArrayLike) -> NDArray[np.float64]:
    """Reactive power at a power factor.

    Parameters
    ----------
    active
        Active power [kW].
    factor
        Power factor [-].

    Returns
    -------
    Reactive power [kVAr].

    Notes
    -----
    Q = P tan(arccos pf).

    Examples
    --------
    >>> round(float(reactive_power(80.0, 0.8)), 6)
    60.0
    """
    angle = np.arccos(np.clip(np.asarray(factor, dtype=float), 1e-6, 1.0))
    return np.asarray(np.asarray(active, dtype=float) * np.tan(angle))


def apparent_power(active: ArrayLike, factor: ArrayLike) -> NDArray[np.float64]:
    """Apparent power at a power factor.

    Parameters
    ----------
    active
        Active power [kW].
    factor
        Power factor [-].

    Returns
    -------
    Apparent power [kVA].

    Notes
    -----
    S = P / pf.

    Examples
    --------
    >>> float(apparent_power(80.0, 0.8))
    100.0
    """
    return np.asarray(np.asarray(active, dtype=float) / np.asarray(factor, dtype=float))


def capacitor_size(active: ArrayLike, factor: ArrayLike, target: ArrayLike) -> NDArray[np.float64]:
    """Capacitors that lift a power factor.

    Parameters
    ----------
    active
        Active power [kW].
    factor, target
        Power factor now and wanted [-].

    Returns
    -------
    Capacitor power [kVAr], not below 0.

    Notes
    -----
    P (tan phi_1 - tan phi_2).

    Examples
    --------
    >>> round(float(capacitor_size(87.0, 0.87, 0.95)), 2)
    20.71
    """
    return np.clip(reactive_power(active, factor) - reactive_power(active, target), 0.0, None)


def cable_loss_fraction(loss: ArrayLike, factor: ArrayLike, target: ArrayLike) -> NDArray[np.float64]:
    """Share of the electricity saved in cables and transformers when the current falls.

    Parameters
    ----------
    loss
        Losses behind the capacitors over electricity used [-].
    factor, target
        Power factor now and wanted [-].

    Returns
    -------
    Saved over electricity used [-], not below 0.

    Notes
    -----
    Losses follow the square of the current, which is P / pf: l (1 - (pf_1 / pf_2)^2).

    Examples
    --------
    >>> round(float(cable_loss_fraction(0.02, 0.8, 0.95)), 4)
    0.0058
    """
    ratio = np.asarray(factor, dtype=float) / np.asarray(target, dtype=float)
    return np.asarray(np.clip(np.asarray(loss, dtype=float) * (1.0 - ratio**2), 0.0, None))


def transformer_loss(no_load: ArrayLike, full_load: ArrayLike, load: ArrayLike) -> NDArray[np.float64]:
    """Losses of a transformer.

    Parameters
    ----------
    no_load, full_load
        No-load loss and load loss at rated load [kW].
    load
        Load over rated power [-].

    Returns
    -------
    Loss [kW].

    Notes
    -----
    P_0 + P_k b^2 (IEC 60076-1).

    Examples
    --------
    >>> float(transformer_loss(1.2, 10.0, 0.5))
    3.7
    """
    return np.asarray(np.asarray(no_load) + np.asarray(full_load) * np.asarray(load, dtype=float) ** 2)
