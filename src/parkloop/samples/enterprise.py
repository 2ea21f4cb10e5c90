"""One fictional enterprise: profile, bills, flows and machines drawn from its archetype. Sample data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from parkloop import reference
from parkloop.model import (
    Amount,
    Bill,
    Direction,
    Equipment,
    Fate,
    Flow,
    Organisation,
    Participant,
    Period,
    Place,
    Product,
    Quality,
    Registration,
    SourceClass,
)
from parkloop.samples.machines import Load, machines

__all__ = ["Records", "archetypes", "enterprise"]

# Work of a month over the mean month: the dip of Tet in January and February, a peak before year's end.
MONTHS = (0.93, 0.68, 1.03, 1.02, 1.02, 1.01, 1.02, 1.03, 1.04, 1.07, 1.08, 1.07)
BANDS = {"normal": 0.55, "peak": 0.17, "off_peak": 0.28}


@dataclass(slots=True)
class Records:
    """Records gathered while a park is made up."""

    participants: list[Participant] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    equipment: list[Equipment] = field(default_factory=list)


@cache
def archetypes() -> Mapping[str, Any]:
    """The sector archetypes by name."""
    return tomllib.loads((files(__package__) / "archetypes.toml").read_text("utf-8"))


def enterprise(identity: tuple[str, str, str], kind: str, place: Place, year: int, seed: int) -> Records:
    """All records of one enterprise; `identity` is (park id, participant id, name)."""
    park_id, participant_id, name = identity
    draw = Random(f"{seed}/{participant_id}")
    type_ = archetypes()[kind]
    output = round(draw.uniform(*type_["output"]), -2)
    scatter = draw.uniform(0.92, 1.08)
    fuel = reference.resources()[type_["fuel"]] if type_["fuel"] else None
    load = Load(
        participant_id=participant_id,
        hours_per_a=float(type_["hours"]),
        electricity_kwh=output * type_["electricity"] * scatter,
        heat_gj=output * type_["heat_gj"] * scatter,
        fuel=fuel,
        water_m3=output * type_["water"] * scatter,
        employees=draw.randint(*type_["employees"]),
        shares=type_["use"],
        extra=tuple(type_["extra"]),
    )
    records = Records()
    records.participants.append(_profile(identity, type_, place, load, draw))
    records.products.append(
        Product(
            id=f"{participant_id}-product",
            participant_id=participant_id,
            name=type_["product"][1],
            unit=type_["unit"],
            year=year,
            output=output,
            capacity=round(output * draw.uniform(1.1, 1.45), -2),
            revenue=round(output * type_["revenue_vnd"], -6),
            revenue_currency="VND",
            source_class=SourceClass.METERED,
        )
    )
    records.bills += _bills(load, year, draw)
    records.flows += _flows(park_id, type_, load, output, year)
    records.equipment += machines(load, draw)
    return records


def _profile(
    identity: tuple[str, str, str], type_: Mapping[str, Any], place: Place, load: Load, draw: Random
) -> Participant:
    park_id, participant_id, name = identity
    number = f"{draw.randint(3600000000, 3699999999)}"
    issued = date(draw.randint(2004, 2019), draw.randint(1, 12), draw.randint(1, 28))
    registration = Registration(f"MAU-{number}", "Cơ quan đăng ký kinh doanh (dữ liệu mẫu)", issued)
    return Participant(
        id=participant_id,
        park_id=park_id,
        name=name,
        sector=f"vsic:{type_['vsic']}",
        place=place,
        employees=load.employees,
        employees_women=round(load.employees * type_["women_fraction"]),
        hours_per_a=load.hours_per_a,
        registration=registration,
        investor=Organisation(
            name=f"{name} (nhà đầu tư)", registration=registration, tax_code=f"MAU-{number}"
        ),
        project_name=f"Nhà máy {name}",
        investment_certificate=replace(registration, issuer="Ban quản lý các khu công nghiệp (dữ liệu mẫu)"),
        contact_role="Trưởng phòng kỹ thuật",
    )


def _bills(load: Load, year: int, draw: Random) -> list[Bill]:
    prices = {p.band: p for p in reference.prices("VN", year) if p.resource_id == "electricity" and p.band}
    water = next(
        p for p in reference.prices("VN", year) if p.resource_id == "fresh_water" and p.side == "buy"
    )
    found = []
    for month, work in enumerate(MONTHS, start=1):
        period = Period.month(year, month)
        part = work / 12 * draw.uniform(0.98, 1.02)
        for band, share in BANDS.items():
            kwh = round(load.electricity_kwh * part * share)
            money = round(kwh * prices[band].value) if band in prices else None
            found.append(_bill(load, "electricity", period, kwh, money, band))
        cubic = round(load.water_m3 * part)
        found.append(_bill(load, "fresh_water", period, cubic, round(cubic * water.value)))
        if load.fuel is not None and load.fuel.ncv_gj_per_unit and load.heat_gj > 0:
            burnt = round(load.heat_gj / load.fuel.ncv_gj_per_unit * part, 2)
            found.append(_bill(load, load.fuel.id, period, burnt, None))
    return found


def _bill(
    load: Load, resource_id: str, period: Period, value: float, money: float | None, band: str = ""
) -> Bill:
    unit = reference.resources()[resource_id].unit
    tail = f"-{band}" if band else ""
    return Bill(
        id=f"B-{load.participant_id}-{resource_id}-{period.code}{tail}",
        participant_id=load.participant_id,
        resource_id=resource_id,
        period=period,
        band=band,
        amount=Amount(value, unit, value, unit, SourceClass.BILLED),
        money=money,
        currency="VND" if money is not None else "",
    )


def _flows(park_id: str, type_: Mapping[str, Any], load: Load, output: float, year: int) -> list[Flow]:
    resources = reference.resources()
    period = Period.year(year)
    found = []

    def add(
        direction: Direction, resource_id: str, value: float, source: SourceClass, extra: Mapping[str, Any]
    ) -> None:
        if value <= 0:
            return
        unit = resources[resource_id].unit
        value = float(f"{value:.4g}")
        found.append(
            Flow(
                id=f"F-{load.participant_id}-{direction.value}-{resource_id}",
                participant_id=load.participant_id,
                direction=direction,
                resource_id=resource_id,
                amount=Amount(value, unit, value, unit, source),
                period=period,
                **extra,
            )
        )

    for resource_id, per_unit, price in type_["inputs"]:
        add(
            Direction.IN,
            resource_id,
            per_unit * output,
            SourceClass.BILLED,
            {"fate": Fate.PURCHASED, "price": price, "currency": "VND"},
        )
    for resource_id, per_unit, fate, price in type_["wastes"]:
        add(
            Direction.OUT,
            resource_id,
            per_unit * output,
            SourceClass.ESTIMATED,
            {"fate": Fate(fate), "price": price, "currency": "VND"},
        )
    for resource_id, per_unit, temperature in type_["heat_out"]:
        add(
            Direction.OUT,
            resource_id,
            per_unit * output,
            SourceClass.ESTIMATED,
            {"fate": Fate.DISCHARGED, "quality": Quality(temperature_c=temperature, profile="continuous")},
        )
    quality = Quality(
        temperature_c=type_["wastewater_c"],
        concentrations_mg_l={"cod": type_["cod"], "bod5": type_["cod"] * 0.42, "tss": type_["cod"] * 0.3},
    )
    add(
        Direction.OUT,
        "wastewater",
        load.water_m3 * type_["wastewater_fraction"],
        SourceClass.ESTIMATED,
        {"fate": Fate.TREATED, "quality": quality, "counterpart_id": f"{park_id}-WWTP"},
    )
    return found
