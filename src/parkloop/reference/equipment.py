"""The kinds of equipment and the fields each kind has: what the workbook asks and the calculators read."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["EquipmentField", "EquipmentKind", "equipment_kinds"]


@dataclass(frozen=True, slots=True)
class EquipmentField:
    """One column of a kind of equipment.

    Attributes
    ----------
    name, unit
        Key in `Equipment.properties` and its unit; `text` for words, `-` for shares.
    low, high
        Bounds outside of which a number is almost surely a slip; None for texts.
    required
        Without it no calculator of this kind can run.
    choices
        The words a text may be; empty when it is free (a resource id for `fuel`).
    accuracy
        `plate` (stands on a plate or is counted), `reading` (of an instrument) or `judged` (as good as the
        source class of the machine); empty for texts.
    """

    name: str
    unit: str
    label_en: str
    label_vi: str
    low: float | None = None
    high: float | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    accuracy: str = "judged"


@dataclass(frozen=True, slots=True)
class EquipmentKind:
    """One kind of equipment.

    Attributes
    ----------
    system
        The system of the measure catalogue it belongs to.
    end_use
        Name of its node in the end-use graph; empty when it uses no carrier itself.
    grouping
        `each` for a node a machine, `site` for one node of all machines of the kind, `none` for no node.
    carrier
        `electricity`, `water`, `fuel` (the field `fuel` names it), `heat`, `electricity+water` or empty.
    sector_share
        Names of the end uses it stands for in `end_use_shares`, separated by semicolons; empty when in none.
    """

    id: str
    label_en: str
    label_vi: str
    fields: tuple[EquipmentField, ...]
    system: str = ""
    end_use: str = ""
    grouping: str = "each"
    carrier: str = ""
    sector_share: str = ""

    def label(self, lang: str) -> str:
        """The name of the kind in `lang`."""
        return self.label_vi if lang == "vi" else self.label_en

    def field(self, name: str) -> EquipmentField | None:
        """The field `name`, or None."""
        return next((item for item in self.fields if item.name == name), None)


@cache
def equipment_kinds() -> Mapping[str, EquipmentKind]:
    """All kinds of equipment by id, in the order of the list people choose from.

    Examples
    --------
    >>> equipment_kinds()["pump"].field("head_m").unit
    'm'
    """
    folder = files("parkloop.reference") / "equipment"
    fields: dict[str, list[EquipmentField]] = {}
    for row in csv.DictReader((folder / "fields.csv").read_text("utf-8").splitlines()):
        fields.setdefault(row["kind"], []).append(_field(row))
    kinds = {
        row["id"]: EquipmentKind(fields=tuple(fields.pop(row["id"], ())), **row)
        for row in csv.DictReader((folder / "kinds.csv").read_text("utf-8").splitlines())
    }
    if fields:
        raise ValueError(
            f"equipment/fields.csv names kinds that kinds.csv lacks: {', '.join(sorted(fields))}"
        )
    return MappingProxyType(kinds)


def _field(row: Mapping[str, str]) -> EquipmentField:
    return EquipmentField(
        name=row["name"],
        unit=row["unit"],
        label_en=row["label_en"],
        label_vi=row["label_vi"],
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        required=row["required"] == "yes",
        choices=tuple(row["choices"].split(";")) if row["choices"] else (),
        accuracy=row["accuracy"],
    )
