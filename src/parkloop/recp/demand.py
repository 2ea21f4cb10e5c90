"""What each machine takes in a year, from its nameplate and operating point."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parkloop.methods.cooling import make_up, tower_evaporation
from parkloop.methods.insulation import flat_heat_loss, open_bath_loss
from parkloop.methods.lighting import lighting_energy
from parkloop.methods.motors import input_power
from parkloop.methods.water_use import reject_flow
from parkloop.model import Equipment, Participant
from parkloop.recp.heat import boiler_efficiency, fuel_heat_kwh, steam_heat_kwh
from parkloop.recp.inputs import hours_input
from parkloop.reference import equipment_kinds, measure_values

__all__ = ["Demand", "demands"]

WATER = "water"


@dataclass(frozen=True, slots=True)
class Demand:
    """What one machine takes of one carrier in a year.

    `carrier` is a resource id, or `water` for whichever water the site takes; `output_fraction` is steam
    [t] per
    unit of fuel for boilers and 1 otherwise.
    """

    equipment: Equipment
    carrier: str
    amount: float
    output_fraction: float = 1.0

    @property
    def use(self) -> str:
        """Name of the node: the end use, with the machine unless all machines of the kind share one."""
        kind = equipment_kinds()[self.equipment.kind]
        return kind.end_use if kind.grouping == "site" else f"{kind.end_use}-{self.equipment.id}"


def demands(item: Equipment, participant: Participant) -> tuple[Demand, ...]:
    """All carriers a machine takes; empty where it takes none or too little is known.

    Amounts are in the canonical unit of the carrier per year: rated power times load over efficiency times
    hours times count for motors, heat output over calorific value and efficiency for boilers, flow times
    hours for water.
    """
    kind = equipment_kinds().get(item.kind)
    if kind is None or kind.grouping == "none":
        return ()
    hours = hours_input(item, participant)
    time = float(hours.value) if hours is not None else 0.0
    if kind.carrier == "electricity":
        return (Demand(item, "electricity", _electric_kwh(item, time)),)
    if kind.carrier == "electricity+water":
        return (
            Demand(item, "electricity", _electric_kwh(item, time)),
            Demand(item, WATER, _tower_m3(item, time)),
        )
    if kind.carrier == "water":
        return (Demand(item, WATER, _water_m3(item, time)),)
    if kind.carrier == "heat":
        heated_by = str(item.properties.get("heated_by", ""))
        return (Demand(item, "electricity", _tank_kwh(item, time)),) if heated_by == "electricity" else ()
    return _fuel_demand(item, time)


def _number(item: Equipment, name: str, fallback: str = "") -> float:
    entered = item.properties.get(name)
    if isinstance(entered, int | float):
        return float(entered)
    return measure_values()[fallback].value if fallback else 0.0


def _electric_kwh(item: Equipment, hours: float) -> float:
    if item.kind == "lighting_group":
        return float(lighting_energy(item.count, _number(item, "lamp_power_w"), hours))
    power = _number(item, "rated_power_kw")
    load = _number(item, "load_fraction", "default.load_fraction")
    if item.kind == "chiller" and "cop" in item.properties:
        cop = max(_number(item, "cop"), 0.1)
        power = _number(item, "cooling_capacity_kw") / cop
    if item.kind == "transformer":
        loss = _number(item, "no_load_loss_kw") + _number(item, "load_loss_kw") * load**2
        return loss * hours * item.count
    if item.kind in _SHAFT_POWER:
        efficiency = _number(item, "efficiency_fraction", "default.motor_efficiency_fraction")
        return float(input_power(power, load, efficiency)) * hours * item.count
    return power * load * hours * item.count


_SHAFT_POWER = {"motor", "pump", "fan", "blower", "vacuum_pump", "air_compressor"}


def _tower_m3(item: Equipment, hours: float) -> float:
    circulation = _number(item, "circulation_m3_h") * _number(item, "load_fraction", "default.load_fraction")
    spread = _number(item, "temperature_range_k", "tower.temperature_range_k")
    evaporated = tower_evaporation(circulation, spread, measure_values()["tower.latent_share"].value)
    cycles = _number(item, "cycles_of_concentration", "tower.cycles_of_concentration")
    drift = circulation * _number(item, "drift_fraction", "tower.drift_fraction")
    return float(make_up(evaporated, cycles, drift)) * hours * item.count


def _cip_m3(item: Equipment, hours: float) -> float:
    fresh = _number(item, "final_rinse_m3_per_cycle") * (1.0 - _number(item, "recovered_fraction"))
    return _number(item, "cycles_per_a") * (fresh + _number(item, "pre_rinse_m3_per_cycle"))


def _sanitary_m3(item: Equipment, hours: float) -> float:
    days = _number(item, "days_per_a") or 300.0
    return _number(item, "users") * _number(item, "use_l_per_person_day") * days / 1000.0


def _reject_m3(item: Equipment, hours: float) -> float:
    # The permeate is counted where it is used; only the reject is a use of its own.
    recovery = _number(item, "recovery_fraction", "ro.recovery_fraction")
    return float(reject_flow(_number(item, "feed_m3_h"), recovery)) * hours


_WATER: Mapping[str, Callable[[Equipment, float], float]] = {
    "cip_station": _cip_m3,
    "sanitary_fittings": _sanitary_m3,
    "reverse_osmosis": _reject_m3,
}


def _water_m3(item: Equipment, hours: float) -> float:
    calculate = _WATER.get(item.kind)
    one = calculate(item, hours) if calculate else _number(item, "water_flow_m3_h") * hours
    return one * item.count


def _tank_kwh(item: Equipment, hours: float) -> float:
    ambient = _number(item, "ambient_temperature_c", "default.ambient_temperature_c")
    liquid = _number(item, "liquid_temperature_c")
    wall = float(flat_heat_loss(liquid, ambient, 0.0, 0.05)) * _number(item, "area_m2")
    humidity = measure_values()["tank.relative_humidity"].value
    wind = measure_values()["default.wind_speed_m_s"].value
    open_w = float(open_bath_loss(liquid, ambient, humidity, wind)) * _number(item, "open_surface_m2")
    return (wall + open_w) / 1000.0 * hours * item.count


def _fuel_demand(item: Equipment, hours: float) -> tuple[Demand, ...]:
    carrier = str(item.properties.get("fuel", ""))
    heat = fuel_heat_kwh(carrier)
    if not heat:
        return ()
    load = _number(item, "load_fraction", "default.load_fraction")
    if item.kind == "boiler":
        per_t = steam_heat_kwh(item)
        output = heat * float(boiler_efficiency(item).value) / per_t
        load = _number(item, "load_fraction", "default.boiler_load_fraction")
        steam = _number(item, "steam_capacity_t_h") * load * hours * item.count
        return (Demand(item, carrier, steam / output, output),)
    power = _number(item, "rated_power_kw")
    if item.kind == "thermal_oil_heater":
        power /= float(boiler_efficiency(item).value)
    if item.kind == "generator":
        power /= _number(item, "efficiency_fraction", "default.generator_efficiency_fraction")
    return (Demand(item, carrier, power * load * hours * item.count / heat),)
