"""What a sector usually uses per unit of product, where it uses it, and how far to trust a number.

Everything here is recalled practice, not measurement: it fills gaps marked `inferred` and raises issues on
figures that look odd; it is never printed as a fact.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from parkloop.model import Confidence, Family, Range, SourceClass
from parkloop.reference.resources import ancestors, resources
from parkloop.reference.tables import confidence, rows

__all__ = [
    "Intensity",
    "PlausibleBand",
    "bands",
    "end_use_shares",
    "inferred_factor",
    "intensities",
    "uncertainty",
]


@dataclass(frozen=True, slots=True)
class Intensity:
    """Use or output of one resource per unit of what drives it, as a band.

    Attributes
    ----------
    group, process
        Sector group and the process in it; a group may have several processes.
    resource_id
        `electricity`, `heat` (fuel and purchased heat at the fence, net calorific value), `fresh_water`, or a
        by-product that leaves the process.
    driver
        Unit of the product, or `employee`, or `m2` of floor or surface.
    low, high
        The usual band [`unit`]; `range` puts its geometric mean between.
    standing
        `H` a good reference outside would surprise, `M` usual order, `L` check first.
    """

    id: str
    label_en: str
    label_vi: str
    group: str
    process: str
    resource_id: str
    driver: str
    low: float
    high: float
    unit: str
    standing: str
    source: str
    confidence: Confidence
    note: str = ""

    @property
    def range(self) -> Range:
        """The band with its geometric mean [`unit`]."""
        return Range(self.low, math.sqrt(self.low * self.high), self.high)


@dataclass(frozen=True, slots=True)
class PlausibleBand:
    """Between what a figure usually lies: `low <= figure <= high` [`unit`], else an issue asks to look.

    `subject` is `compressed_air | boiler | steam | cooling | water | solar | electricity | fuel | saving |
    limit | wastewater_inlet | wastewater_plant | wastewater_outlet`.
    """

    id: str
    label_en: str
    label_vi: str
    subject: str
    low: float
    high: float
    unit: str
    standing: str
    source: str
    confidence: Confidence
    note: str = ""

    def holds(self, figure: float) -> bool:
        """Whether `figure` [`unit`] lies in the band, ends included."""
        return self.low <= figure <= self.high


@cache
def intensities() -> tuple[Intensity, ...]:
    """Specific use by sector group and process, for gap filling.

    Examples
    --------
    >>> beer = [i for i in intensities() if i.process == "beer" and i.resource_id == "electricity"]
    >>> beer[0].low, beer[0].high, beer[0].unit
    (70.0, 120.0, 'kWh/m3')
    """
    return tuple(
        Intensity(
            id=cells["id"],
            label_en=cells["label_en"],
            label_vi=cells["label_vi"],
            group=cells["group"],
            process=cells["process"],
            resource_id=cells["resource_id"],
            driver=cells["driver"],
            low=float(cells["low"]),
            high=float(cells["high"]),
            unit=cells["unit"],
            standing=cells["standing"],
            source=cells["source"],
            confidence=confidence(cells["confidence"]),
            note=cells["note"],
        )
        for cells in rows("intensities.csv")
    )


@cache
def bands() -> Mapping[str, PlausibleBand]:
    """Plausibility bands by id.

    Examples
    --------
    >>> bands()["band-ww-in-cod"].holds(5000.0)
    False
    """
    return MappingProxyType(
        {
            cells["id"]: PlausibleBand(
                id=cells["id"],
                label_en=cells["label_en"],
                label_vi=cells["label_vi"],
                subject=cells["subject"],
                low=float(cells["low"]),
                high=float(cells["high"]),
                unit=cells["unit"],
                standing=cells["standing"],
                source=cells["source"],
                confidence=confidence(cells["confidence"]),
                note=cells["note"],
            )
            for cells in rows("intensities_bands.csv")
        }
    )


@cache
def end_use_shares(group: str, carrier: str = "electricity") -> Mapping[str, float]:
    """Where a sector group uses `electricity`, `heat` or `water`: end use to share [-], summing to 1.

    For what no equipment list shows. The row behind a share is `share-<group>-<carrier>-<end use>`. An
    unknown group gets the shares of `other`.

    Examples
    --------
    >>> end_use_shares("seafood")["cooling"]
    0.7
    """
    table = _shares()
    if carrier not in {key[1] for key in table}:
        raise ValueError(f"no end uses of {carrier!r}; there are electricity, heat and water")
    return table.get((group, carrier)) or table[("other", carrier)]


@cache
def _shares() -> Mapping[tuple[str, str], Mapping[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for cells in rows("intensities_end_uses.csv"):
        found.setdefault((cells["group"], cells["carrier"]), {})[cells["end_use"]] = float(cells["value"])
    return found


@cache
def uncertainty(source_class: SourceClass, family: Family, resource_id: str = "") -> float:
    """Default uncertainty [-] of a value: half the width between the 10 and 90 % points over the value.

    A resource with a default of its own (wastewater billed as a share of supply) goes before its family,
    the nearest of its `ancestors` first. Inferred values are log-normal: for them this is the logarithm of
    `inferred_factor`, to be used as a spread in logarithms only.

    Examples
    --------
    >>> uncertainty(SourceClass.BILLED, Family.ELECTRICITY)
    0.02
    >>> uncertainty(SourceClass.BILLED, Family.WATER, "wastewater")
    0.2
    """
    if source_class is SourceClass.INFERRED:
        return math.log(inferred_factor(family))
    table = _uncertainties()
    for one in ancestors(resource_id) if resource_id in resources() else ():
        if (source_class.value, one) in table:
            return table[(source_class.value, one)]
    return table[(source_class.value, family.value)]


@cache
def inferred_factor(family: Family) -> float:
    """The factor [-] of an inferred value: the 10 % point is value / factor, the 90 % point value x it."""
    return _uncertainties()[(SourceClass.INFERRED.value, family.value)]


@cache
def _uncertainties() -> Mapping[tuple[str, str], float]:
    return {
        (cells["source_class"], cells["resource_id"] or cells["family"]): float(cells["value"])
        for cells in rows("intensities_uncertainty.csv")
    }
