"""How frameworks hang together: one answer for several of them, and shares that enterprises answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from parkloop.model import Confidence
from parkloop.reference.frameworks import frameworks
from parkloop.reference.yaml_rows import Row, load, number, rows, text_of

_RELATIONS = ("same", "implies", "related")


@dataclass(frozen=True, slots=True)
class Crossing:
    """How an answer to one criterion bears on a criterion of another framework.

    Attributes
    ----------
    relation
        `same` (either serves the other), `implies` (a yes to the first is a yes to the second) or `related`
        (same evidence, nothing carried over).
    from_unit, to_unit
        Units of the two criteria; a value is carried only between equal units.
    yes_value
        Number [`to_unit`] that a yes stands for, where a question serves a count.
    """

    id: str
    from_id: str
    to_id: str
    relation: str
    from_unit: str
    to_unit: str
    yes_value: float | None = None
    confidence: Confidence = Confidence.INFERRED
    note: str = ""


@cache
def crossings() -> tuple[Crossing, ...]:
    """The rows of the crosswalk, with the units of both criteria.

    Our own reading of the wordings, confidence `inferred` throughout.
    """
    units = {
        criterion.id: criterion.unit
        for framework in frameworks().values()
        for criterion in framework.criteria
    }
    return tuple(_crossing(row, units) for row in rows(_crosswalk_file(), "rows"))


@cache
def crosswalk() -> Mapping[str, tuple[str, ...]]:
    """Criterion id to the criteria of other frameworks that look at the same evidence, in both directions.

    Examples
    --------
    >>> crosswalk()["vn35-37-2c"]
    ('vn-ENV.2',)
    """
    found: dict[str, list[str]] = {}
    for row in crossings():
        for here, there in ((row.from_id, row.to_id), (row.to_id, row.from_id)):
            if there not in found.setdefault(here, []):
                found[here].append(there)
    return {key: tuple(value) for key, value in found.items()}


@cache
def enterprise_shares() -> Mapping[str, int]:
    """Criteria that are a share of enterprises each answering yes or no, with the size counted from.

    The value is a number of workers [person]; an enterprise is counted when it has more.
    """
    found = rows(_crosswalk_file(), "enterprise_shares")
    return {str(row["criterion"]): int(str(row["more_than_workers"])) for row in found}


def _crossing(row: Row, units: Mapping[str, str]) -> Crossing:
    name = str(row["id"])
    from_id, to_id, relation = str(row["from"]), str(row["to"]), str(row["relation"])
    for criterion_id in (from_id, to_id):
        if criterion_id not in units:
            raise ValueError(f"crosswalk row {name}: there is no criterion {criterion_id}")
    if relation not in _RELATIONS:
        raise ValueError(f"crosswalk row {name}: relation {relation!r} is none of {', '.join(_RELATIONS)}")
    if relation == "same" and units[from_id] != units[to_id]:
        raise ValueError(
            f"crosswalk row {name}: {from_id} and {to_id} differ in unit, so they are not the same"
        )
    return Crossing(
        id=name,
        from_id=from_id,
        to_id=to_id,
        relation=relation,
        from_unit=units[from_id],
        to_unit=units[to_id],
        yes_value=number(row.get("yes_value")),
        note=str(row.get("note", "")),
    )


@cache
def _crosswalk_file() -> Row:
    found = load(text_of("crosswalk"))
    return found if isinstance(found, Mapping) else {}
