"""What public registers mean in our words: activities, inferred waste streams, countries, heat bands.

Tables lie beside this module in `registers/`; the shares of waste streams are numbers somebody may ask
"why" of, so they stand in `rows/register_streams.csv` with all other numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from parkloop.model import Confidence, Range
from parkloop.reference.tables import confidence, rows

T = TypeVar("T")

__all__ = [
    "HeatBand",
    "RegisterActivity",
    "RegisterCountry",
    "RegisterStream",
    "Subsector",
    "heat_bands",
    "register_activity",
    "register_country",
    "register_streams",
    "subsectors",
]


@dataclass(frozen=True, slots=True)
class RegisterActivity:
    """An Annex I activity of the European pollutant register; `id` is its code or the start of it.

    `nace` has dots (`24.10`); `utility_kind` is filled where the activity is a plant that serves others.
    """

    id: str
    nace: str
    utility_kind: str
    title_en: str
    title_vi: str
    source: str
    confidence: Confidence

    @property
    def sector(self) -> str:
        """The sector as participants carry it: `nace:24.10`."""
        return f"nace:{self.nace}"


@dataclass(frozen=True, slots=True)
class RegisterStream:
    """A share [-] of the waste an activity sends off, by class (`HW` or `NONHW`): what it may consist of."""

    id: str
    resource_id: str
    share: Range


@dataclass(frozen=True, slots=True)
class RegisterCountry:
    """A country by its ISO 3166 alpha-2 code, with its names."""

    id: str
    name_en: str
    name_vi: str


@dataclass(frozen=True, slots=True)
class Subsector:
    """A subsector of the Hotmaps sites: NACE code (empty where it has none) and what it makes."""

    id: str
    nace: str
    product_en: str
    product_vi: str

    @property
    def sector(self) -> str:
        """The sector as participants carry it; empty when the subsector stands for none."""
        return f"nace:{self.nace}" if self.nace else ""


@dataclass(frozen=True, slots=True)
class HeatBand:
    """A column of excess heat of the Hotmaps sites; `temperature_c` is the lower end of its band [degC]."""

    id: str
    label: str
    temperature_c: float


def register_activity(code: str) -> RegisterActivity | None:
    """The activity `code` (`4(a)(viii)`), by the longest start of it the table has; None for an unknown one.

    Source: titles after Regulation (EC) 166/2006, Annex I; the NACE code beside it is inferred.

    Examples
    --------
    >>> register_activity("2(c)(iii)").sector, register_activity("2(b)").title_en
    ('nace:25.61', 'Pig iron and steel, with continuous casting')
    """
    return _longest(code.strip(), _activities())


def _longest(code: str, table: Mapping[str, T]) -> T | None:
    starts = [start for start in table if code == start or code.startswith(f"{start}(")]
    return table[max(starts, key=len)] if starts else None


@cache
def _activities() -> Mapping[str, RegisterActivity]:
    return {
        cells["id"]: RegisterActivity(
            id=cells["id"],
            nace=cells["nace"],
            utility_kind=cells["utility_kind"],
            title_en=cells["title_en"],
            title_vi=cells["title_vi"],
            source=cells["source"],
            confidence=confidence(cells["confidence"]),
        )
        for cells in rows("registers/eprtr_activities.csv")
    }


def register_streams(activity: str, waste_class: str) -> tuple[RegisterStream, ...]:
    """What the waste of an activity is likely to be, as shares [-] of the reported mass; for screening only.

    The longest start of `activity` that has rows for the class counts; what the shares leave is unknown.

    Source: practitioners' orders of magnitude, recalled; every row has low, best and high.

    Examples
    --------
    >>> [stream.resource_id for stream in register_streams("3(g)", "NONHW")]
    ['ceramic_scrap', 'gypsum_mould_waste']
    >>> register_streams("", "HW")
    ()
    """
    return _longest(activity.strip(), _streams().get(waste_class, {})) or ()


@cache
def _streams() -> Mapping[str, Mapping[str, tuple[RegisterStream, ...]]]:
    found: dict[str, dict[str, tuple[RegisterStream, ...]]] = {}
    for cells in rows("rows/register_streams.csv"):
        share = Range(float(cells["low"]), float(cells["value"]), float(cells["high"]))
        stream = RegisterStream(cells["id"], cells["resource_id"], share)
        activities = found.setdefault(cells["waste_class"], {})
        activities[cells["activity"]] = (*activities.get(cells["activity"], ()), stream)
    return found


def register_country(name: str) -> RegisterCountry | None:
    """The country a register writes `name` for (`Netherland`, `Czech Republic`); None for an unknown one.

    Examples
    --------
    >>> register_country("Netherland").id
    'NL'
    """
    return _countries().get(name.strip().casefold())


@cache
def _countries() -> Mapping[str, RegisterCountry]:
    found: dict[str, RegisterCountry] = {}
    for cells in rows("registers/countries.csv"):
        country = RegisterCountry(cells["id"], cells["name_en"], cells["name_vi"])
        for word in (cells["id"], *cells["written"].split(";")):
            found[word.casefold()] = country
    return found


@cache
def subsectors() -> Mapping[str, Subsector]:
    """The subsectors of the Hotmaps industrial sites by name; NACE codes are inferred from the names."""
    return MappingProxyType(
        {
            cells["id"]: Subsector(cells["id"], cells["nace"], cells["product_en"], cells["product_vi"])
            for cells in rows("registers/hotmaps_subsectors.csv")
        }
    )


@cache
def heat_bands() -> tuple[HeatBand, ...]:
    """The temperature bands [degC] of the Hotmaps industrial sites, coldest first."""
    return tuple(
        HeatBand(cells["id"], cells["label"], float(cells["temperature_c"]))
        for cells in rows("registers/hotmaps_bands.csv")
    )
