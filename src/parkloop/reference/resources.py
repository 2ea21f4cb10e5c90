"""The taxonomy of everything that moves, and how to find a resource by what people call it."""

import unicodedata
from collections.abc import Container, Iterable, Mapping
from functools import cache
from types import MappingProxyType

from parkloop.model import Family, Resource
from parkloop.reference.tables import confidence, parts, rows, table_files

__all__ = ["ancestors", "inheritors", "resource_for", "resources"]

_HAZARDOUS: Mapping[str, bool | None] = {"yes": True, "no": False, "test": None}
_CANDIDATES = 5
_LEAST_SIMILARITY = 75.0


@cache
def resources() -> Mapping[str, Resource]:
    """All resources by id, one CSV file a family, with their physical properties where a row gives them.

    Sources: own labels and grouping; codes of the European list of waste, HS and CPC as listed in
    `sources.csv`; each physical property is a row of `physical.csv` with its own source and
    can be asked with `row` (`diesel-ncv`, `diesel-density`).

    Examples
    --------
    >>> resources()["rice_husk"].name("vi")
    'Trấu'
    """
    properties = _properties()
    found: dict[str, Resource] = {}
    for file in table_files("resources"):
        family = Family(file.name.removesuffix(".csv"))
        for row in rows(file):
            found[row["id"]] = _resource(row, family, properties.get(row["id"], {}))
    return MappingProxyType(found)


def _properties() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in rows("physical.csv"):
        if row["resource_id"]:
            found.setdefault(row["resource_id"], {})[row["property"]] = float(row["value"])
    return found


def _resource(row: Mapping[str, str], family: Family, properties: Mapping[str, float]) -> Resource:
    return Resource(
        id=row["id"],
        family=family,
        name_en=row["name_en"],
        name_vi=row["name_vi"],
        unit=row["unit"],
        parent=row["parent"],
        synonyms_en=parts(row["synonyms_en"]),
        synonyms_vi=parts(row["synonyms_vi"]),
        ewc=parts(row["ewc"]),
        hs=parts(row["hs"]),
        cpc=parts(row["cpc"]),
        ncv_gj_per_unit=properties.get("ncv_gj_per_unit"),
        density_t_per_m3=properties.get("density_t_per_m3"),
        fossil_carbon_fraction=properties.get("fossil_carbon_fraction"),
        biogenic_carbon_fraction=properties.get("biogenic_carbon_fraction"),
        hazardous=_HAZARDOUS[row["hazardous"]],
        legal_class=dict(item.split(":", 1) for item in parts(row["legal_class"])),
        source=row["source"],
        confidence=confidence(row["confidence"]),
    )


@cache
def ancestors(resource_id: str) -> tuple[str, ...]:
    """The chain from `resource_id` upwards, itself first; KeyError for an unknown id.

    A price or factor that is missing for a kind may exist for what it is a kind of; who falls back says so.

    Examples
    --------
    >>> ancestors("steel_turnings")
    ('steel_turnings', 'steel_scrap', 'metal_scrap', 'general_industrial_waste')
    """
    chain = [resource_id]
    while parent := resources()[chain[-1]].parent:
        chain.append(parent)
    return tuple(chain)


def inheritors(having: Container[str]) -> Iterable[tuple[str, str]]:
    """Every resource not in `having` with the nearest of its `ancestors` that is and has the same unit.

    Examples
    --------
    >>> [pair for pair in inheritors({"steel_scrap"}) if pair[0] == "steel_turnings"]
    [('steel_turnings', 'steel_scrap')]
    """
    for item in resources().values():
        if item.parent and item.id not in having:
            nearest = next((one for one in ancestors(item.id)[1:] if one in having), "")
            if nearest and resources()[nearest].unit == item.unit:
                yield item.id, nearest


def resource_for(text: str, lang: str = "") -> tuple[str, ...]:
    """The ids `text` can mean: one when it is certain, several candidates when not, none when nobody knows.

    Asked in turn: id, label, synonym, then EWC, HS or CPC code; accents, case and punctuation do not
    matter. The first of these that knows the text answers, with every resource that carries it. When none
    does, up to five similar labels are given, best first. Nothing is ever chosen for the user.

    Parameters
    ----------
    text
        What was typed: `Dầu DO`, `dau do`, `100102`, `rice_husk`.
    lang
        `en` or `vi` limits labels and synonyms to one language; empty means both.

    Examples
    --------
    >>> resource_for("dau DO")
    ('diesel',)
    """
    key = _plain(text)
    if not key:
        return ()
    for level in _index(lang):
        if found := level.get(key):
            return found
    return _similar(key, lang)


def _plain(text: str) -> str:
    """`text` in small letters without accents and punctuation; đ is a letter of its own, not an accent."""
    spread = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


@cache
def _index(lang: str) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    ids: dict[str, tuple[str, ...]] = {}
    labels: dict[str, tuple[str, ...]] = {}
    synonyms: dict[str, tuple[str, ...]] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for item in resources().values():
        _add(ids, (item.id,), item.id)
        _add(labels, _of(lang, (item.name_en,), (item.name_vi,)), item.id)
        _add(synonyms, _of(lang, item.synonyms_en, item.synonyms_vi), item.id)
        _add(codes, item.ewc + item.hs + item.cpc, item.id)
        _add(codes, tuple(f"{code[:2]} {code[2:4]} {code[4:]}" for code in item.ewc), item.id)
        _add(codes, tuple(f"{code[:4]} {code[4:]}" for code in item.hs), item.id)
    return ids, labels, synonyms, codes


def _of(lang: str, english: tuple[str, ...], vietnamese: tuple[str, ...]) -> tuple[str, ...]:
    return {"en": english, "vi": vietnamese}.get(lang, english + vietnamese)


def _add(into: dict[str, tuple[str, ...]], names: tuple[str, ...], resource_id: str) -> None:
    for name in names:
        key = _plain(name)
        known = into.get(key, ())
        if resource_id not in known:
            into[key] = (*known, resource_id)


def _similar(key: str, lang: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # a fifth of a second that exact look-ups never pay

    choices: dict[str, tuple[str, ...]] = {}
    for level in _index(lang)[:3]:
        for name, found in level.items():
            choices.setdefault(name, found)
    hits = process.extract(
        key, choices.keys(), scorer=fuzz.WRatio, limit=4 * _CANDIDATES, score_cutoff=_LEAST_SIMILARITY
    )
    ids = dict.fromkeys(found for name, _, _ in hits for found in choices[name])
    return tuple(ids)[:_CANDIDATES]
