"""Sector codes of Viet Nam, the United Nations and Europe, and the sector group behind each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from parkloop.model import Confidence
from parkloop.reference.tables import rows

__all__ = ["Sector", "SectorGroup", "sector", "sector_groups", "sectors"]


@dataclass(frozen=True, slots=True)
class SectorGroup:
    """A group of sectors with alike processes: the key of intensities, end-use shares and measures."""

    id: str
    name_en: str
    name_vi: str

    def name(self, lang: str) -> str:
        """The name in `lang`."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Sector:
    """What a sector code means.

    Attributes
    ----------
    code, scheme
        Digits as given without dots, and `vsic`, `isic` or `nace`.
    isic
        Class of ISIC Rev. 4, or the division when the class is not in the table.
    group
        Id in `sector_groups()`.
    confidence
        `checked` for ISIC and for NACE by its published correspondence; `inferred` where the first four
        VSIC digits are taken as the ISIC class, or only the division is known.
    """

    code: str
    scheme: str
    isic: str
    title_en: str
    title_vi: str
    group: str
    confidence: Confidence = Confidence.CHECKED

    def title(self, lang: str) -> str:
        """The title in `lang`."""
        return self.title_vi if lang == "vi" else self.title_en


@cache
def sector_groups() -> Mapping[str, SectorGroup]:
    """The sector groups by id, in the order of the list people choose from."""
    return MappingProxyType({cells["id"]: SectorGroup(**cells) for cells in rows("sectors/groups.csv")})


@cache
def sectors() -> Mapping[str, Sector]:
    """ISIC Rev. 4 divisions and the classes of manufacturing, energy, water and waste, by code.

    Codes as published by the United Nations Statistics Division; titles shortened by us, both languages.
    """
    return MappingProxyType(
        {
            cells["code"]: Sector(
                code=cells["code"],
                scheme="isic",
                isic=cells["code"],
                title_en=cells["title_en"],
                title_vi=cells["title_vi"],
                group=cells["group"],
            )
            for cells in rows("sectors/isic.csv")
        }
    )


@cache
def sector(code: str) -> Sector | None:
    """The sector written `vsic:1313`, `isic:1313` or `nace:13.30`; None when nobody knows it.

    A VSIC code may have five digits. The first four are taken as the ISIC class except where the table
    says otherwise: that holds for most, not all classes, hence `inferred`.

    Examples
    --------
    >>> sector("nace:13.30").group, sector("vsic:13130").title_vi
    ('textile_dyeing', 'Nhuộm, hoàn tất sản phẩm dệt')
    """
    scheme, _, written = code.strip().lower().partition(":")
    digits = written.replace(".", "").replace(" ", "")
    if not digits.isdigit() or len(digits) < 2:
        return None
    if scheme == "isic":
        return _known(digits, scheme, digits, certain=True)
    if scheme == "nace":
        isic = _nace().get(digits)
        return _known(digits, scheme, isic or digits[:2], certain=isic is not None)
    if scheme == "vsic":
        return _known(digits, scheme, _vsic().get(digits[:4], digits[:4]), certain=False)
    return None


def _known(digits: str, scheme: str, isic: str, *, certain: bool) -> Sector | None:
    found = sectors().get(isic) or sectors().get(isic[:2])
    if found is None:
        return None
    exact = certain and found.isic == isic
    return Sector(
        code=digits,
        scheme=scheme,
        isic=found.isic,
        title_en=found.title_en,
        title_vi=found.title_vi,
        group=found.group,
        confidence=Confidence.CHECKED if exact else Confidence.INFERRED,
    )


@cache
def _nace() -> Mapping[str, str]:
    return {cells["nace"]: cells["isic"] for cells in rows("sectors/nace.csv")}


@cache
def _vsic() -> Mapping[str, str]:
    return {cells["vsic"]: cells["isic"] for cells in rows("sectors/vsic.csv")}
