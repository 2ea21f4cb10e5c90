"""The yearly forms of Viet Nam's eco-industrial park rules, as data.

Field names, codes and units are those of the national investment portal's specification (May 2026), a
secondary source; the annex of Circular 05/2025/TT-BKHDT was not seen, so every row is `unchecked` until
checked off. Which resource belongs to which line, and what counts as reuse or recycling, are readings of this
project.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from parkloop.model import Confidence, Family, Resource
from parkloop.reference.tables import confidence, number, rows

__all__ = [
    "FormRow",
    "FormTitle",
    "form_line",
    "form_rows",
    "form_section",
    "form_titles",
    "portal_choice",
    "waste_route",
]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One field of a form.

    Attributes
    ----------
    printed_code
        The code as the specification misprints it, else the id.
    required
        Marked required without a condition.
    required_if
        The condition under which it is required: `individual`, `organisation`, or the id of a ticked field.
    may_be_empty
        Marked required although nothing may exist to fill in (never amended, no fax): optional in our checks.
    personal
        Data of representatives: typed at export, never kept.
    threshold
        The least value the portal's field accepts [%]; the true value is kept all the same.
    """

    form: str
    id: str
    printed_code: str
    section: str
    label_vi: str
    label_en: str
    type: str
    unit: str
    required: bool
    required_if: str
    may_be_empty: bool
    personal: bool
    threshold: float | None
    confidence: Confidence

    def label(self, lang: str) -> str:
        """The label in `lang`."""
        return self.label_vi if lang == "vi" else self.label_en


@dataclass(frozen=True, slots=True)
class FormTitle:
    """What a form is called, by which code the portal knows it, and where its field list was read."""

    form: str
    report_code: str
    title_en: str
    title_vi: str
    legal_basis: str
    source: str
    locator: str
    confidence: Confidence


@cache
def form_rows(form: str) -> tuple[FormRow, ...]:
    """The fields of `form` (`A.4`, `A.5`, `B.4`, `B.5`) in printed order.

    Examples
    --------
    >>> [len(form_rows(form)) for form in ("A.4", "A.5", "B.4", "B.5")]
    [114, 18, 107, 5]
    """
    return tuple(_row(cells) for cells in rows("forms/fields.csv") if cells["form"] == form)


def _row(cells: Mapping[str, str]) -> FormRow:
    return FormRow(
        form=cells["form"],
        id=cells["id"],
        printed_code=cells["printed_code"] or cells["id"],
        section=cells["section"],
        label_vi=cells["label_vi"],
        label_en=cells["label_en"],
        type=cells["type"],
        unit=cells["unit"],
        required=cells["required"] == "yes",
        required_if=cells["required"].removeprefix("if ") if cells["required"].startswith("if ") else "",
        may_be_empty=cells["may_be_empty"] == "yes",
        personal=cells["personal"] == "yes",
        threshold=number(cells["threshold"]),
        confidence=confidence(cells["confidence"]),
    )


@cache
def form_titles() -> Mapping[str, FormTitle]:
    """Form code to its title, report code and source."""
    return MappingProxyType(
        {
            cells["form"]: FormTitle(
                form=cells["form"],
                report_code=cells["report_code"],
                title_en=cells["title_en"],
                title_vi=cells["title_vi"],
                legal_basis=cells["legal_basis"],
                source=cells["source"],
                locator=cells["locator"],
                confidence=confidence(cells["confidence"]),
            )
            for cells in rows("forms/titles.csv")
        }
    )


def form_section(section: str, lang: str) -> str:
    """The heading of a section in `lang`; the name itself where the table has none.

    Examples
    --------
    >>> form_section("I.2.5 land", "vi")
    'I.2.5 Sử dụng đất'
    """
    found = _sections().get(section)
    if found is None:
        return section
    return found[1] if lang == "vi" else found[0]


@cache
def _sections() -> Mapping[str, tuple[str, str]]:
    return {cells["section"]: (cells["label_en"], cells["label_vi"]) for cells in rows("forms/sections.csv")}


def form_line(resource: Resource, resources: Mapping[str, Resource], *, leaves: bool) -> str:
    """The line of the forms on which a change of `resource` stands.

    Parameters
    ----------
    leaves
        Whether the resource leaves the site; else it is taken in.

    Returns
    -------
    str
        `electricity | fuel | heat | water | wastewater | waste | material | chemical | secondary | other`;
        lines in tonnes take only resources counted in tonnes, those of water only cubic metres.

    Examples
    --------
    >>> from parkloop.reference import resources
    >>> known = resources()
    >>> form_line(known["demineralised_water"], known, leaves=False)
    'water'
    >>> form_line(known["treated_effluent"], known, leaves=True)
    'other'
    """
    direction = "out" if leaves else "in"
    table = _lines()
    at: Resource | None = resource
    found = ""
    while at is not None and not found:
        found = table.get((at.id, direction), "")
        at = resources.get(at.parent) if at.parent else None
    found = found or table.get((f"family:{resource.family.value}", direction), "other")
    return found if _LINE_UNITS.get(found, resource.unit) == resource.unit else "other"


_LINE_UNITS = {
    "electricity": "kWh",
    "water": "m3",
    "wastewater": "m3",
    "waste": "t",
    "material": "t",
    "chemical": "t",
    "secondary": "t",
}


@cache
def _lines() -> Mapping[tuple[str, str], str]:
    return {(cells["key"], cells["direction"]): cells["line"] for cells in rows("forms/lines.csv")}


def waste_route(kind: str, keys: tuple[str, ...], displaced: Family | None = None) -> str:
    """What becomes of waste that no longer goes to treatment.

    Parameters
    ----------
    kind
        `exchange` or `measure`.
    keys
        Ids of treatment steps and of the receiver's process, or of the measure.
    displaced
        Family of what the waste replaces; fuel, heat and electricity make it energy recovery.

    Returns
    -------
    str
        `reuse | recycling | energy_recovery | prevention`; the forms have a line for the first two only.

    Examples
    --------
    >>> waste_route("exchange", ("plastic_wash", "regranulation"))
    'recycling'
    >>> waste_route("exchange", ("cool_storage_feed", "feed_mixing"))
    'reuse'
    """
    if displaced in (Family.FUEL, Family.HEAT, Family.ELECTRICITY):
        return "energy_recovery"
    table = _routes()
    kinds = ("measure",) if kind == "measure" else ("treatment", "process")
    found = [table[name, key] for key in keys for name in kinds if (name, key) in table]
    if "recycling" in found:
        return "recycling"
    return found[0] if found else table["default", kind]


@cache
def _routes() -> Mapping[tuple[str, str], str]:
    return {(cells["kind"], cells["key"]): cells["route"] for cells in rows("forms/waste_routes.csv")}


def portal_choice(kind: str, key: str, lang: str) -> str:
    """What a drop-down of the portal offers for `key`; empty where it offers nothing.

    Parameters
    ----------
    kind
        `unit` (of products) or `carrier` (of energy: electricity, oil, gas).
    key
        A canonical unit, or a resource id.

    Examples
    --------
    >>> portal_choice("carrier", "diesel", "en"), portal_choice("carrier", "coal_anthracite", "en")
    ('Oil', '')
    """
    found = _choices().get((kind, key))
    if found is None:
        return ""
    return found[1] if lang == "vi" else found[0]


@cache
def _choices() -> Mapping[tuple[str, str], tuple[str, str]]:
    return {
        (cells["kind"], cells["key"]): (cells["label_en"], cells["label_vi"])
        for cells in rows("forms/portal_choices.csv")
    }
