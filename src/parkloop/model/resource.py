"""Resources: everything that moves between participants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parkloop.model.value import Confidence


class Family(StrEnum):
    """The top level of the resource taxonomy."""

    ELECTRICITY = "electricity"
    FUEL = "fuel"
    HEAT = "heat"
    WATER = "water"
    GAS = "gas"
    MATERIAL = "material"
    CHEMICAL = "chemical"
    PRODUCT = "product"
    WASTE = "waste"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry of the taxonomy.

    Attributes
    ----------
    unit
        Canonical unit of amounts: `kWh`, `m3`, `t`, `item` or `h`.
    ncv_gj_per_unit
        Net calorific value [GJ per canonical unit]; None where it has none or none is known.
    density_t_per_m3
        Bulk density [t/m3].
    fossil_carbon_fraction, biogenic_carbon_fraction
        Carbon by mass [-].
    ewc, hs, cpc
        Codes without dots or spaces; several are possible.
    hazardous
        True for EWC entries with an asterisk or an equal class; None when it depends on a test.
    legal_class
        Country (ISO 3166 alpha-2) to `waste | by_product | scrap | product | ask_authority`.
    """

    id: str
    family: Family
    name_en: str
    name_vi: str
    unit: str
    parent: str = ""
    synonyms_en: tuple[str, ...] = ()
    synonyms_vi: tuple[str, ...] = ()
    ewc: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    ncv_gj_per_unit: float | None = None
    density_t_per_m3: float | None = None
    fossil_carbon_fraction: float | None = None
    biogenic_carbon_fraction: float | None = None
    hazardous: bool | None = False
    legal_class: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED

    def name(self, lang: str) -> str:
        """The label in `lang` (`en` or `vi`)."""
        return self.name_vi if lang == "vi" else self.name_en
