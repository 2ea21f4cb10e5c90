"""The words a field may hold, in both languages: for drop-downs, forms and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from parkloop.model import Confidence
from parkloop.reference.sectors import sector_groups
from parkloop.reference.tables import confidence, rows

__all__ = ["Code", "WasteCode", "code_lists", "waste_codes"]


@dataclass(frozen=True, slots=True)
class Code:
    """One word of a list: what is stored and what people read."""

    code: str
    label_en: str
    label_vi: str

    def label(self, lang: str) -> str:
        """The word in `lang`."""
        return self.label_vi if lang == "vi" else self.label_en


@cache
def code_lists() -> Mapping[str, tuple[Code, ...]]:
    """All code lists by plural name (`fates`, `stages`, `units`, ...), each in the order of display.

    Every word enumeration of `model` has its list. `legal_types` are the symbiosis forms of the countries,
    `sector_groups` those of `sector_groups()`.

    Examples
    --------
    >>> code_lists()["fates"][4].label("vi")
    'Chôn lấp'
    """
    found: dict[str, list[Code]] = {}
    for cells in rows("codes.csv"):
        one = Code(cells["code"], cells["label_en"], cells["label_vi"])
        found.setdefault(cells["list"], []).append(one)
    found["legal_types"] = [
        Code(cells["id"], cells["name_en"], cells["name_vi"]) for cells in rows("uses/symbiosis_forms.csv")
    ]
    found["sector_groups"] = [Code(item.id, item.name_en, item.name_vi) for item in sector_groups().values()]
    return MappingProxyType({name: tuple(codes) for name, codes in found.items()})


@dataclass(frozen=True, slots=True)
class WasteCode:
    """An entry of a country's own list of wastes, which is not the European one though it looks alike.

    `mark` is `NH` hazardous, `KS` to be tested, `TT` ordinary; `resource_id` what it usually is here.
    """

    country: str
    code: str
    mark: str
    title_en: str
    title_vi: str
    resource_id: str
    source: str
    locator: str
    confidence: Confidence


@cache
def waste_codes(country: str) -> tuple[WasteCode, ...]:
    """The legal waste codes of `country` that are known here: a recalled handful, all `unchecked`."""
    return tuple(
        WasteCode(
            country=cells["country"],
            code=cells["code"],
            mark=cells["mark"],
            title_en=cells["title_en"],
            title_vi=cells["title_vi"],
            resource_id=cells["resource_id"],
            source=cells["source"],
            locator=cells["locator"],
            confidence=confidence(cells["confidence"]),
        )
        for cells in rows("codes_waste.csv")
        if cells["country"] == country
    )
