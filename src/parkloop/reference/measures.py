"""What measures cost and assume: cost functions, typical values and curves, each row with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from parkloop.model import Confidence
from parkloop.reference.tables import confidence, parts, rows

__all__ = [
    "CostFunction",
    "FanCurve",
    "FuelBurning",
    "MeasureValue",
    "chiller_curve",
    "cost_functions",
    "curve",
    "fan_control",
    "fan_curves",
    "fuel_burning",
    "measure_values",
    "motor_class",
    "motor_curve",
    "pump_curve",
    "solar_yields",
]


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """One assumption of a measure: best value with its band, source and standing.

    `reference/<id>` is its figure id; `note` says what the share or ratio is of.
    """

    id: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    confidence: Confidence
    valid_for: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CostFunction:
    """Cost of a piece of work: fixed + coefficient * driver ** exponent, in money of `year`.

    `kind` is `capex` or `opex` (a year); `low_factor` and `high_factor` [-] give the band of an estimate
    without a quote; `driver_unit` the unit of the driver.
    """

    id: str
    kind: str
    driver: str
    driver_unit: str
    fixed: float
    coefficient: float
    exponent: float
    low_factor: float
    high_factor: float
    currency: str
    year: int
    label_en: str
    label_vi: str
    source: str
    confidence: Confidence

    def amount(self, driver: float) -> float:
        """Best estimate [currency of `year`] for a driver in `driver_unit`; 0 for nothing to buy."""
        if driver <= 0:
            return 0.0
        return float(self.fixed + self.coefficient * driver**self.exponent)


@dataclass(frozen=True, slots=True)
class FuelBurning:
    """How a fuel burns: Siegert constants, oxygen [-] when tuned, lowest stack temperature [degC]."""

    id: str
    fuel: str
    siegert_a2: float
    siegert_b: float
    target_o2_fraction: float
    target_o2_low: float
    target_o2_high: float
    lowest_stack_c: float
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class FanCurve:
    """Achievable efficiency of a type of fan over its specific speed (see `methods.fans`)."""

    id: str
    fan_type: str
    lowest: float
    highest: float
    transition: float | None
    polynomial: tuple[float, ...]
    exponential: tuple[float, ...]


@cache
def measure_values() -> Mapping[str, MeasureValue]:
    """All assumptions by id.

    Sources stand in each row of `rows/measures.csv` and `rows/measure_fuels.csv`; most are recalled by
    practitioners (`unchecked`).

    Examples
    --------
    >>> measure_values()["led.power_ratio"].unit
    '-'
    """
    return MappingProxyType(
        {
            row["id"]: MeasureValue(
                id=row["id"],
                value=float(row["value"]),
                low=float(row["low"]),
                high=float(row["high"]),
                unit=row["unit"],
                source=row["source"],
                confidence=confidence(row["confidence"]),
                valid_for=row["valid_for"],
                note=row["note"],
            )
            for table in ("rows/measures.csv", "rows/measure_fuels.csv")
            for row in rows(table)
        }
    )


@cache
def cost_functions() -> Mapping[str, CostFunction]:
    """All cost functions by id (`measures/costs.csv`, own orders of magnitude without a quote behind them).

    Examples
    --------
    >>> cost_functions()["cost.vsd"].driver_unit
    'kW'
    """
    return MappingProxyType(
        {
            row["id"]: CostFunction(
                id=row["id"],
                kind=row["kind"],
                driver=row["driver"],
                driver_unit=row["driver_unit"],
                fixed=float(row["fixed"]),
                coefficient=float(row["coefficient"]),
                exponent=float(row["exponent"]),
                low_factor=float(row["low_factor"]),
                high_factor=float(row["high_factor"]),
                currency=row["currency"],
                year=int(row["year"]),
                label_en=row["label_en"],
                label_vi=row["label_vi"],
                source=row["source"],
                confidence=confidence(row["confidence"]),
            )
            for row in rows("measures/costs.csv")
        }
    )


@cache
def fuel_burning() -> Mapping[str, FuelBurning]:
    """How each fuel burns, by resource id (`measures/fuels.csv`).

    Examples
    --------
    >>> fuel_burning()["natural_gas"].siegert_a2
    0.66
    """
    return MappingProxyType(
        {
            row["fuel"]: FuelBurning(
                id=row["id"],
                fuel=row["fuel"],
                siegert_a2=float(row["siegert_a2"]),
                siegert_b=float(row["siegert_b"]),
                target_o2_fraction=float(row["target_o2_fraction"]),
                target_o2_low=float(row["target_o2_low"]),
                target_o2_high=float(row["target_o2_high"]),
                lowest_stack_c=float(row["lowest_stack_c"]),
                source=row["source"],
                confidence=confidence(row["confidence"]),
            )
            for row in rows("measures/fuels.csv")
        }
    )


@cache
def motor_class(name: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Sizes [kW] and full-load efficiencies [-] of an IE class; IEC 60034-30-1, 50 Hz, 4 poles.

    Raises
    ------
    KeyError
        When the class has no table.

    Examples
    --------
    >>> sizes, values = motor_class("IE3")
    >>> values[sizes.index(11.0)]
    0.914
    """
    found = [row for row in rows("measures/motor_classes.csv") if row["motor_class"] == name]
    if not found:
        raise KeyError(f"no efficiency table for motor class {name!r}; there are IE1, IE2, IE3 and IE4")
    return (
        tuple(float(row["rated_power_kw"]) for row in found),
        tuple(float(row["efficiency_fraction"]) for row in found),
    )


@cache
def motor_curve(motor_class: str, poles: int, rated_power_hp: float) -> tuple[tuple[float, ...], ...]:
    """Coefficients A, B, C, D, E over loads 25, 50, 75, 100 % of a motor (`measures/motor_curves.csv`).

    `motor_class` is `standard`, `energy_efficient` or `premium` (2, 4 and 6 poles only; more take the row
    of 6).

    Examples
    --------
    >>> motor_curve("premium", 4, 50.0)[0][0]
    92.5676187511149
    """
    size = "up_to_125_hp" if rated_power_hp <= 125 else "above_125_hp"
    wanted = min(poles, 6) if motor_class == "premium" else poles
    found = [
        row
        for row in rows("measures/motor_curves.csv")
        if row["motor_class"] == motor_class and row["size"] == size and int(row["poles"]) == wanted
    ]
    if len(found) != 4:
        raise KeyError(f"no motor curve for {motor_class!r} with {poles} poles; poles run from 2 to 12, even")
    return tuple(tuple(float(row[letter]) for row in found) for letter in "abcde")


@cache
def fan_curves() -> Mapping[str, FanCurve]:
    """Achievable efficiency curves by type of fan (`measures/fan_types.csv`).

    Examples
    --------
    >>> fan_curves()["VaneAxial"].transition
    179670.0
    """
    return MappingProxyType(
        {
            row["fan_type"]: FanCurve(
                id=row["id"],
                fan_type=row["fan_type"],
                lowest=float(row["lowest"]),
                highest=float(row["highest"]),
                transition=float(row["transition"]) if row["transition"] else None,
                polynomial=tuple(float(item) for item in parts(row["polynomial"])),
                exponential=tuple(float(item) for item in parts(row["exponential"])),
            )
            for row in rows("measures/fan_types.csv")
        }
    )


@cache
def fan_control(control: str) -> tuple[float, ...]:
    """Coefficients of the part-flow power of a fan by its control (`measures/fan_control.csv`).

    Examples
    --------
    >>> fan_control("none")
    (1.0,)
    """
    for row in rows("measures/fan_control.csv"):
        if row["control"] == control:
            return tuple(float(item) for item in parts(row["coefficients"]))
    raise KeyError(f"no fan control {control!r}; there are damper, inlet_vane, vsd and none")


@cache
def pump_curve(style: str, flow_gpm: float) -> tuple[float, ...]:
    """Five coefficients of a style of pump at a flow [US gal/min]; `deviation` gives its own curve.

    Examples
    --------
    >>> pump_curve("large_end_suction", 500.0)[0]
    90.379274
    """
    for row in rows("measures/pump_curves.csv"):
        above = not row["from_gpm"] or flow_gpm >= float(row["from_gpm"])
        below = not row["to_gpm"] or flow_gpm < float(row["to_gpm"])
        if row["style"] == style and above and below:
            return tuple(float(row[letter]) for letter in "abcde")
    raise KeyError(f"no pump curve for style {style!r} at {flow_gpm:g} gal/min")


@cache
def chiller_curve(machine: str, name: str) -> tuple[float, ...]:
    """Six coefficients of a chiller (`screw.water.novfd`) and curve (`capacity | leaving_water | part_load`).

    Examples
    --------
    >>> len(chiller_curve("screw.water.novfd", "part_load"))
    6
    """
    for row in rows("measures/chiller_curves.csv"):
        if row["machine"] == machine and row["curve"] == name:
            return tuple(float(item) for item in parts(row["coefficients"]))
    raise KeyError(f"no chiller curve {name!r} for {machine!r}")


@cache
def curve(name: str) -> tuple[float, ...]:
    """Coefficients of a single fitted curve: `available_heat` or `belt_loss` (`measures/curves.csv`).

    Examples
    --------
    >>> len(curve("available_heat"))
    5
    """
    for row in rows("measures/curves.csv"):
        if row["id"] == name:
            return tuple(float(item) for item in parts(row["coefficients"]))
    raise KeyError(f"no curve {name!r}")


@cache
def solar_yields() -> tuple[tuple[float, float, float, float], ...]:
    """Latitude [deg], yield, low and high [kWh/kWp], rising (`measures/solar_yield.csv`).

    Examples
    --------
    >>> solar_yields()[0][0]
    8.5
    """
    return tuple(
        (float(row["latitude_deg"]), float(row["yield_kwh_per_kwp"]), float(row["low"]), float(row["high"]))
        for row in rows("measures/solar_yield.csv")
    )
