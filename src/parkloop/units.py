"""Canonical units and the conversions into them, used at the edges only.

Inside the house amounts are in kWh, m3, t, item or h over their period, power in kW, temperature in degC,
pressure in bar. This table holds exact definitions; each comment names the definition where it is not SI.
"""

from dataclasses import dataclass

GJ_PER_KWH = 0.0036
HOURS_PER_YEAR = 8760.0


class UnitError(ValueError):
    """An unknown unit or a conversion between unlike dimensions."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension and how many canonical units one of it is."""

    symbol: str
    dimension: str
    factor: float


CANONICAL = {
    "energy": "kWh",
    "mass": "t",
    "volume": "m3",
    "power": "kW",
    "count": "item",
    "time": "h",
    "length": "km",
    "area": "m2",
    "pressure": "bar",
    "money": "money",
    "fraction": "-",
    "mass_flow": "t/h",
    "volume_flow": "m3/h",
    "concentration": "mg/L",
    "reactive_energy": "kVArh",
}

_TABLE: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("energy", 1.0, ("kWh", "kwh", "KWh", "KWH", "kw.h", "kW.h", "kW·h", "số điện")),
    ("energy", 1e-3, ("Wh",)),
    ("energy", 1e3, ("MWh", "mwh", "MWH")),
    ("energy", 1e6, ("GWh", "gwh", "GWH")),
    ("energy", 1 / 3600, ("kJ",)),
    ("energy", 1 / 3.6, ("MJ", "mj")),
    ("energy", 1e3 / 3.6, ("GJ", "gj")),
    ("energy", 1e6 / 3.6, ("TJ", "tj")),
    ("energy", 4.1868e-3 / 3.6, ("kcal",)),  # International Table calorie, 4.1868 J
    ("energy", 4.1868 / 3.6, ("Mcal",)),
    ("energy", 4.1868e3 / 3.6, ("Gcal",)),
    ("energy", 1055.05585262e-3 / 3600, ("Btu", "BTU")),  # International Table Btu
    ("energy", 1055.05585262e3 / 3600, ("MMBtu", "MMBTU", "mmbtu")),
    ("energy", 11630.0, ("toe", "TOE")),  # 41.868 GJ, International Energy Agency definition
    ("mass", 1.0, ("t", "T", "ton", "tons", "tonne", "tonnes", "tấn", "Tấn", "tan", "mt", "MT")),
    ("mass", 1e-3, ("kg", "Kg", "KG", "kilogram", "kí", "ký")),
    ("mass", 1e-6, ("g", "gram")),
    ("mass", 0.1, ("tạ", "quintal")),  # tạ: 100 kg
    ("mass", 1e3, ("kt", "nghìn tấn")),
    ("mass", 0.45359237e-3, ("lb", "lbs")),  # international pound
    (
        "volume",
        1.0,
        ("m3", "M3", "m³", "cbm", "khối", "Nm3", "nm3", "Sm3", "kL", "kl", "met khoi", "mét khối"),
    ),
    ("volume", 1e-3, ("L", "l", "litre", "liter", "litres", "liters", "lít", "lit", "dm3")),
    ("volume", 0.1, ("hL", "hl")),
    ("volume", 1e3, ("nghìn m3", "1000 m3", "ML")),
    ("power", 1.0, ("kW", "kw", "KW")),
    ("power", 1e-3, ("W",)),
    ("power", 1e3, ("MW",)),
    ("power", 0.745699871582, ("hp", "HP")),  # mechanical horsepower, 550 ft lbf/s
    ("power", 0.73549875, ("PS", "cv", "mã lực")),  # metric horsepower, 75 kgf m/s
    (
        "count",
        1.0,
        ("item", "items", "pcs", "pc", "piece", "pieces", "cái", "chiếc", "bộ", "set", "sp", "sản phẩm"),
    ),
    ("time", 1.0, ("h", "hour", "hours", "giờ")),
    ("time", 24.0, ("d", "day", "days", "ngày")),
    ("length", 1.0, ("km",)),
    ("length", 1e-3, ("m", "mét")),
    ("area", 1.0, ("m2", "m²", "mét vuông")),
    ("area", 1e4, ("ha", "hecta", "hectare")),
    ("pressure", 1.0, ("bar",)),
    ("pressure", 1e-5, ("Pa",)),
    ("pressure", 1e-2, ("kPa",)),
    ("pressure", 10.0, ("MPa",)),
    ("pressure", 0.0689475729, ("psi",)),
    ("pressure", 0.980665, ("kgf/cm2", "kG/cm2", "at")),
    ("fraction", 1.0, ("-", "fraction")),
    ("fraction", 0.01, ("%", "percent", "phần trăm")),
    ("mass_flow", 1.0, ("t/h", "tấn/giờ", "tấn/h")),
    ("mass_flow", 1e-3, ("kg/h",)),
    ("volume_flow", 1.0, ("m3/h", "m³/h")),
    ("volume_flow", 1 / 24, ("m3/d", "m3/day", "m3/ngày", "m³/ngày")),
    ("volume_flow", 3.6, ("L/s", "l/s")),
    ("concentration", 1.0, ("mg/L", "mg/l", "g/m3", "ppm")),
    ("concentration", 1e3, ("g/L", "g/l", "kg/m3")),
    ("reactive_energy", 1.0, ("kVArh", "kvarh", "kVARh")),
)

UNITS: dict[str, Unit] = {
    symbol: Unit(symbol, dimension, factor) for dimension, factor, symbols in _TABLE for symbol in symbols
}

PERIODS_PER_YEAR: dict[str, float] = {
    "a": 1.0, "year": 1.0, "yr": 1.0, "năm": 1.0,
    "month": 12.0, "tháng": 12.0, "mo": 12.0,
    "quarter": 4.0, "quý": 4.0,
    "week": 365.25 / 7, "tuần": 365.25 / 7,
    "day": 365.25, "ngày": 365.25, "d": 365.25,
}  # fmt: skip


def unit(symbol: str) -> Unit:
    """The unit written `symbol`; UnitError when nobody knows it.

    Examples
    --------
    >>> unit("tấn").dimension
    'mass'
    """
    found = UNITS.get(symbol.strip())
    if found is None:
        raise UnitError(f"unknown unit {symbol!r}; the code list of the template names the units there are")
    return found


def convert(value: float, from_symbol: str, to_symbol: str) -> float:
    """`value` in `from_symbol` expressed in `to_symbol`; UnitError when the dimensions differ.

    Examples
    --------
    >>> round(convert(1.0, "GJ", "kWh"), 3)
    277.778
    """
    source, target = unit(from_symbol), unit(to_symbol)
    if source.dimension != target.dimension:
        raise UnitError(
            f"{from_symbol} measures {source.dimension}, {to_symbol} {target.dimension}; give one of its kind"
        )
    return value * source.factor / target.factor


def to_canonical(value: float, symbol: str) -> tuple[float, str]:
    """`value` in the canonical unit of its dimension, and that unit.

    Examples
    --------
    >>> to_canonical(2500.0, "kg")
    (2.5, 't')
    """
    source = unit(symbol)
    return value * source.factor, CANONICAL[source.dimension]
