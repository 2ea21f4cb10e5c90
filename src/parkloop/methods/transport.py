"""Moving things between two partners: haulage, fuel, pipes and what gets lost on the way."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def haul_cost(
    mass_t: ArrayLike, distance_km: ArrayLike, rate_per_t_km: float, handling_per_t: float = 0.0
) -> Floats:
    """Money for hauling a mass by truck: so much a tonne-kilometre plus loading and unloading.

    Parameters
    ----------
    mass_t
        Mass moved [t/a].
    distance_km
        One way by road [km].
    rate_per_t_km
        Vehicle, driver, tolls and the empty way back, without fuel [money/(t km)].
    handling_per_t
        Loading and unloading [money/t].

    Returns
    -------
    ndarray
        Money [money/a].

    Examples
    --------
    >>> float(haul_cost(1000.0, 20.0, 0.06, 1.5))
    2700.0
    """
    mass = np.asarray(mass_t, float)
    per_tonne = np.asarray(distance_km, float) * rate_per_t_km + handling_per_t
    return np.asarray(mass * per_tonne, dtype=np.float64)


def haul_fuel_t(
    mass_t: ArrayLike, distance_km: ArrayLike, fuel_l_per_t_km: float, density_t_per_m3: float
) -> Floats:
    """Diesel burnt for hauling a mass, the empty way back included [t].

    Parameters
    ----------
    mass_t
        Mass moved [t/a].
    distance_km
        One way by road [km].
    fuel_l_per_t_km
        Fuel per tonne-kilometre of the loaded way [L/(t km)].
    density_t_per_m3
        Density of the fuel [t/m3].

    Examples
    --------
    >>> round(float(haul_fuel_t(1000.0, 20.0, 0.045, 0.84)), 4)
    0.756
    """
    litres = np.asarray(mass_t, float) * np.asarray(distance_km, float) * fuel_l_per_t_km
    return np.asarray(litres / 1000.0 * density_t_per_m3, dtype=np.float64)


def fuel_l_per_t_km(loaded_l_per_100_km: float, empty_l_per_100_km: float, payload_t: float) -> float:
    """Fuel per tonne-kilometre of a truck that comes back empty [L/(t km)].

    Parameters
    ----------
    loaded_l_per_100_km, empty_l_per_100_km
        Consumption of the full and of the empty truck [L/100 km].
    payload_t
        Load carried one way [t].

    Examples
    --------
    >>> round(fuel_l_per_t_km(34.0, 24.0, 13.0), 4)
    0.0446
    """
    return (loaded_l_per_100_km + empty_l_per_100_km) / 100.0 / payload_t


def pumping_kwh_per_m3_km(head_loss_m_per_km: float, pump_efficiency: float) -> float:
    """Electricity to push water through a pipe [kWh/(m3 km)]: rho g h / efficiency.

    Parameters
    ----------
    head_loss_m_per_km
        Friction head [m/km].
    pump_efficiency
        Pump and motor together [-].

    Examples
    --------
    >>> round(pumping_kwh_per_m3_km(10.0, 0.6), 4)
    0.0454
    """
    density_kg_per_m3, gravity_m_per_s2, joule_per_kwh = 1000.0, 9.80665, 3.6e6
    return density_kg_per_m3 * gravity_m_per_s2 * head_loss_m_per_km / pump_efficiency / joule_per_kwh


def delivered_fraction(distance_km: ArrayLike, loss_fraction_per_km: float) -> Floats:
    """What is left of heat or cold after a pipe [-]: exponential decay with length.

    Parameters
    ----------
    distance_km
        Length of the pipe [km].
    loss_fraction_per_km
        Share lost in one kilometre [-].

    Examples
    --------
    >>> float(delivered_fraction(2.0, 0.5))
    0.25
    """
    return np.asarray((1.0 - loss_fraction_per_km) ** np.asarray(distance_km, float), dtype=np.float64)
