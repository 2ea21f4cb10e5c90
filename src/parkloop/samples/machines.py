"""Machines of a fictional enterprise, sized so that they explain its bills. Sample data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from parkloop.model import Equipment, Resource, SourceClass
from parkloop.units import GJ_PER_KWH

__all__ = ["Load", "machines"]

LATENT_T_PER_GJ = 1 / 2.45  # t of steam per GJ of heat, middle of the band for 7 bar g in reference/bands


@dataclass(frozen=True, slots=True)
class Load:
    """What one enterprise uses in a year: the sizes its machines are drawn from."""

    participant_id: str
    hours_per_a: float
    electricity_kwh: float
    heat_gj: float
    fuel: Resource | None
    water_m3: float
    employees: int
    shares: dict[str, float]
    extra: tuple[str, ...]


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "equipment.toml").read_text("utf-8"))


def machines(load: Load, draw: Random) -> tuple[Equipment, ...]:
    """All machines of one enterprise."""
    found = [_electric(load, kind, share, draw) for kind, share in load.shares.items()]
    if "air_compressor" in load.shares:
        found.append(
            _machine(
                load,
                "air_leak_survey",
                "Khảo sát rò rỉ khí nén",
                1,
                {
                    "leak_fraction": round(draw.uniform(0.18, 0.38), 2),
                    "pressure_bar_g": 7.0,
                },
            )
        )
    found += [_EXTRA[kind](load, draw) for kind in load.extra if _applies(kind, load)]
    return tuple(found)


def _applies(kind: str, load: Load) -> bool:
    return load.fuel is not None or kind not in {"boiler", "furnace", "dryer", "oven_stenter"}


def _machine(
    load: Load, kind: str, name: str, count: int, properties: dict[str, float | str], measured: bool = False
) -> Equipment:
    return Equipment(
        id=f"{load.participant_id}-{kind.replace('_', '-')}",
        participant_id=load.participant_id,
        kind=kind,
        name=name,
        count=count,
        hours_per_a=load.hours_per_a,
        properties=properties,
        source_class=SourceClass.METERED if measured else SourceClass.ESTIMATED,
    )


def _electric(load: Load, kind: str, share: float, draw: Random) -> Equipment:
    template = _templates()[kind]
    properties: dict[str, float | str] = dict(template.get("fixed", {}))
    for name, (low, high) in template.get("spread", {}).items():
        properties[name] = round(draw.uniform(low, high), 3 if name.endswith("fraction") else 1)
    for name, options in template.get("choice", {}).items():
        properties[name] = draw.choice(options)
    energy = load.electricity_kwh * share
    if kind == "lighting_group":
        watt = round(draw.uniform(*template["watt"]))
        if properties.get("lamp_type") == "t8":
            watt = 40
        if properties.get("lamp_type") == "led":
            watt = 100
        properties["lamp_power_w"] = float(watt)
        return _machine(
            load, kind, template["name"], max(1, round(energy / (watt / 1000 * load.hours_per_a))), properties
        )
    if kind == "sewing_machine":
        power = float(properties["rated_power_kw"])
        drive = 0.75 if properties["drive"] == "clutch" else 0.3
        return _machine(
            load,
            kind,
            template["name"],
            max(1, round(energy / (power * drive * load.hours_per_a))),
            properties,
        )
    count = draw.randint(*template["count"])
    if "unit_kw" in template:
        count = max(1, round(energy / (load.hours_per_a * draw.uniform(*template["unit_kw"]) * 0.65)))
    loading = float(properties.get("load_fraction", 0.7)) / float(properties.get("efficiency_fraction", 1.0))
    power = energy / (load.hours_per_a * count * loading)
    if kind == "chiller":
        capacity = (
            energy
            * float(properties["cop"])
            / (load.hours_per_a * count * float(properties["load_fraction"]))
        )
        properties["cooling_capacity_kw"] = round(capacity, 0)
    else:
        properties["rated_power_kw"] = round(power, 1)
    if kind == "air_compressor":
        properties["free_air_delivery_m3_min"] = round(power / 7.0, 1)
        properties["usable_heat_demand_kw"] = round(power * 0.3, 0)
    return _machine(load, kind, template["name"], count, properties)


BURNERS = {"furnace": 0.85, "dryer": 0.35, "oven_stenter": 0.18}  # share of the site's fuel [-]


def _boiler(load: Load, draw: Random) -> Equipment:
    heat_gj = load.heat_gj * (1 - sum(BURNERS.get(kind, 0.0) for kind in load.extra))
    efficiency = draw.uniform(0.7, 0.8) if load.fuel and load.fuel.unit == "t" else draw.uniform(0.84, 0.9)
    steam_t = heat_gj * 0.97 * efficiency * LATENT_T_PER_GJ
    capacity = steam_t / load.hours_per_a / 0.62
    return _machine(
        load,
        "boiler",
        "Nồi hơi",
        1,
        {
            "fuel": load.fuel.id if load.fuel else "",
            "steam_capacity_t_h": round(max(capacity, 0.3), 1),
            "load_fraction": 0.62,
            "pressure_bar_g": 7.0,
            "efficiency_fraction": round(efficiency, 3),
            "flue_gas_temperature_c": round(draw.uniform(175, 245), 0),
            "flue_o2_fraction": round(draw.uniform(0.06, 0.12), 3),
            "ambient_temperature_c": 30.0,
            "feed_water_temperature_c": round(draw.uniform(55, 80), 0),
            "make_up_temperature_c": 28.0,
            "condensate_return_fraction": round(draw.uniform(0.2, 0.5), 2),
            "possible_condensate_return_fraction": round(draw.uniform(0.65, 0.8), 2),
            "condensate_temperature_c": 90.0,
            "blowdown_fraction": round(draw.uniform(0.05, 0.1), 3),
            "has_economiser": draw.choice(["no", "no", "yes"]),
        },
        measured=True,
    )


def _steam_line(load: Load, draw: Random) -> Equipment:
    length = max(10.0, round(load.heat_gj / 1500, 0))
    return _machine(
        load,
        "steam_line",
        "Đường ống hơi chưa bọc",
        1,
        {
            "length_m": min(length, 160.0),
            "outside_diameter_mm": 89.0,
            "fluid_temperature_c": 165.0,
            "pressure_bar_g": 7.0,
            "insulation_thickness_mm": 0.0,
            "proposed_thickness_mm": 50.0,
            "ambient_temperature_c": 31.0,
            "bare_valve_count": float(draw.randint(4, 14)),
        },
    )


def _traps(load: Load, draw: Random) -> Equipment:
    return _machine(
        load,
        "steam_trap_group",
        "Bẫy hơi toàn nhà máy",
        1,
        {
            "trap_count": float(max(6, min(120, round(load.heat_gj / 1300)))),
            "failed_fraction": round(draw.uniform(0.1, 0.28), 2),
            "orifice_diameter_mm": round(draw.uniform(1.6, 2.6), 1),
            "pressure_bar_g": 7.0,
        },
    )


def _burner(kind: str, name: str, low_c: float, high_c: float) -> Any:
    def make(load: Load, draw: Random) -> Equipment:
        heat_kwh = load.heat_gj / GJ_PER_KWH * BURNERS[kind] * 0.97
        power = heat_kwh / (load.hours_per_a * 0.7)
        properties: dict[str, float | str] = {
            "fuel": load.fuel.id if load.fuel else "",
            "rated_power_kw": round(power, 0),
            "load_fraction": 0.7,
        }
        if kind == "furnace":
            properties |= {
                "flue_gas_temperature_c": round(draw.uniform(low_c, high_c), 0),
                "flue_o2_fraction": round(draw.uniform(0.05, 0.1), 3),
                "combustion_air_temperature_c": 32.0,
                "ambient_temperature_c": 31.0,
            }
        else:
            properties |= {
                "exhaust_flow_m3_h": round(power * 6.5, 0),
                "exhaust_temperature_c": round(draw.uniform(low_c, high_c), 0),
                "fresh_air_temperature_c": 30.0,
            }
        return _machine(load, kind, name, 1, properties)

    return make


def _cooling_tower(load: Load, draw: Random) -> Equipment:
    # A quarter of the water is make-up: 0.15 % of circulation evaporates per kelvin, 1.6 with blowdown.
    flow = 0.25 * load.water_m3 / (5.0 * 0.0015 * 1.6 * 0.7 * load.hours_per_a)
    return _machine(
        load,
        "cooling_tower",
        "Tháp giải nhiệt",
        1,
        {
            "circulation_m3_h": round(max(flow, 1.0), 1),
            "temperature_range_k": 5.0,
            "load_fraction": 0.7,
            "cycles_of_concentration": round(draw.uniform(2.0, 3.0), 1),
            "possible_cycles": round(draw.uniform(4.5, 6.0), 1),
        },
    )


def _roof(load: Load, draw: Random) -> Equipment:
    # Enough roof for some 4 to 9 % of the site's electricity; 6 m2 a kWp, 1,200 kWh/kWp.
    area = load.electricity_kwh * draw.uniform(0.04, 0.09) / 1200 * 6 / 0.6
    return _machine(
        load,
        "roof",
        "Mái nhà xưởng",
        1,
        {
            "roof_area_m2": round(min(max(area, 1500.0), 40000.0), -2),
            "usable_fraction": 0.6,
            "self_use_fraction": round(draw.uniform(0.85, 0.98), 2),
        },
    )


def _rinse(load: Load, draw: Random) -> Equipment:
    return _machine(
        load,
        "rinse_line",
        "Dây chuyền rửa",
        1,
        {
            "water_flow_m3_h": round(load.water_m3 * 0.3 / load.hours_per_a, 2),
            "stages": 1.0,
            "proposed_stages": 2.0,
            "dilution_ratio": round(draw.uniform(80, 400), 0),
        },
        measured=True,
    )


def _cip(load: Load, draw: Random) -> Equipment:
    cycles = round(load.hours_per_a / 12)
    return _machine(
        load,
        "cip_station",
        "Trạm CIP",
        1,
        {
            "cycles_per_a": float(cycles),
            "final_rinse_m3_per_cycle": round(load.water_m3 * 0.05 / cycles, 2),
            "pre_rinse_m3_per_cycle": round(load.water_m3 * 0.05 / cycles, 2),
            "recovered_fraction": 0.0,
        },
    )


def _water_network(load: Load, draw: Random) -> Equipment:
    mean = load.water_m3 / 8760
    return _machine(
        load,
        "water_network",
        "Mạng cấp nước",
        1,
        {
            "night_flow_m3_h": round(mean * draw.uniform(0.3, 0.5), 2),
            "legitimate_night_flow_m3_h": round(mean * 0.22, 2),
            "leak_hours_per_day": 24.0,
        },
        measured=True,
    )


def _sanitary(load: Load, draw: Random) -> Equipment:
    return _machine(
        load,
        "sanitary_fittings",
        "Thiết bị vệ sinh",
        1,
        {
            "users": float(load.employees),
            "use_l_per_person_day": round(draw.uniform(50, 75), 0),
            "days_per_a": 300.0,
        },
    )


def _reverse_osmosis(load: Load, draw: Random) -> Equipment:
    return _machine(
        load,
        "reverse_osmosis",
        "Hệ thống RO",
        1,
        {
            "feed_m3_h": round(load.water_m3 * 0.25 / load.hours_per_a, 2),
            "recovery_fraction": round(draw.uniform(0.55, 0.7), 2),
            "reject_reused_fraction": 0.0,
        },
    )


def _tank(load: Load, draw: Random) -> Equipment:
    return _machine(
        load,
        "tank",
        "Bể mạ gia nhiệt",
        4,
        {
            "area_m2": round(draw.uniform(6, 14), 1),
            "liquid_temperature_c": round(draw.uniform(50, 62), 0),
            "open_surface_m2": round(draw.uniform(2, 5), 1),
            "ambient_temperature_c": 30.0,
            "heated_by": "electricity",
        },
    )


_EXTRA = {
    "boiler": _boiler,
    "steam_line": _steam_line,
    "steam_trap_group": _traps,
    "furnace": _burner("furnace", "Lò nung", 520, 780),
    "dryer": _burner("dryer", "Máy sấy", 95, 140),
    "oven_stenter": _burner("oven_stenter", "Máy văng sấy", 130, 165),
    "cooling_tower": _cooling_tower,
    "roof": _roof,
    "rinse_line": _rinse,
    "cip_station": _cip,
    "water_network": _water_network,
    "sanitary_fittings": _sanitary,
    "reverse_osmosis": _reverse_osmosis,
    "tank": _tank,
}
