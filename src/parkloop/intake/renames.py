"""New records of one file brought in line with those of the files before: one id, one thing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parkloop.intake.draft import Draft, holds, natural_key
from parkloop.intake.plain import from_plain, to_plain
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.sheets import sheets
from parkloop.model import Intake, Ledger

Key = tuple[str, str]
_REFERENCES: Mapping[str, tuple[str, ...]] = {
    "parks": ("park_id", "subject_id", "subject"),
    "participants": (
        "participant_id", "participant_ids", "subject_id", "donor_id", "receiver_id", "counterpart_id",
        "subject",
    ),
    "meters": ("meter_id",),
    "evidence": ("evidence", "evidence_id"),
    "solutions": ("solution_id", "solution_ids"),
    "baselines": ("baseline_id",),
    "visits": ("visit_id",),
    "permits": ("permit_id",),
    "photos": ("photos",),
    "flows": ("donor_flow_id", "receiver_flow_id"),
}  # fmt: skip
_FIGURES = ("node_id", "figure_id", "figure_ids")


def with_id() -> tuple[SheetSpec, ...]:
    """The sheets whose records carry an id, participants first: others refer to them."""
    skip = ("programme", "bill_months")
    return tuple(spec for spec in sheets().values() if spec.has_id and spec.key not in skip)


def clashes(draft: Draft, base: Ledger, theirs: Ledger, spec: SheetSpec) -> dict[str, str]:
    """New ids for the new records of `theirs` in one sheet.

    A record with the natural key of one that came before takes its id; one with the id of another thing
    takes a free id.
    """
    before, other = Draft(base).records(spec.collection), Draft(theirs).records(spec.collection)
    mine = {i: r for i, r in draft.records(spec.collection).items() if i not in before and holds(spec, r)}
    by_key = {natural_key(spec, record): record_id for record_id, record in mine.items()}
    found: dict[str, str] = {}
    for record_id, record in other.items():
        if record_id in before or not holds(spec, record):
            continue
        same = by_key.get(natural_key(spec, record))
        if same is not None and same != record_id:
            found[record_id] = same
        elif same is None and record_id in mine and _another(spec, mine[record_id], record):
            taken = {*draft.records(spec.collection), *other, *found.values()}
            found[record_id] = _free(record_id, taken)
    return found


def _another(spec: SheetSpec, first: Any, second: Any) -> bool:
    """Whether two records with one id are different things, not one thing told differently.

    A spelling alone makes a conflict; another owner, or two parts of the key at once, another thing.
    """
    pairs = list(zip(natural_key(spec, first), natural_key(spec, second), strict=True))
    differing = sum(1 for one, other in pairs if one != other)
    return differing > (0 if spec.strict else 1) or (len(pairs) > 1 and pairs[0][0] != pairs[0][1])


def _free(record_id: str, taken: set[str]) -> str:
    number = 2
    while f"{record_id}-{number}" in taken:
        number += 1
    return f"{record_id}-{number}"


def rename(one: Intake, spec: SheetSpec, renames: Mapping[str, str]) -> Intake:
    """A reading with ids of one kind of record changed everywhere they stand."""
    ledger = one.ledger
    changed: dict[str, Any] = {}
    for other in with_id():
        rows = getattr(ledger, other.collection)
        changed[other.collection] = tuple(_swapped(other, row, spec, renames) for row in rows)
    for name in ("series", "prices"):
        changed[name] = tuple(_swapped(None, row, spec, renames) for row in getattr(ledger, name))
    changes = tuple(
        replace(change, record_id=renames.get(change.record_id, change.record_id))
        if change.record_kind == spec.kind
        else change
        for change in one.changes
    )
    origins = {_figure(name, spec, renames): origin for name, origin in ledger.origins.items()}
    extras = {_figure(name, spec, renames): texts for name, texts in ledger.extras.items()}
    return Intake(replace(ledger, **changed, origins=origins, extras=extras), changes, one.issues)


def _swapped(other: SheetSpec | None, record: Any, spec: SheetSpec, renames: Mapping[str, str]) -> Any:
    plain = to_plain(record)
    new = _swap(plain, spec, renames, "")
    if other is not None and other.collection == spec.collection and isinstance(new, dict):
        new["id"] = renames.get(record.id, record.id)
    return record if new == plain else from_plain(type(record), new)


def _swap(value: Any, spec: SheetSpec, renames: Mapping[str, str], name: str) -> Any:
    if isinstance(value, dict):
        return {key: _swap(item, spec, renames, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_swap(item, spec, renames, name) for item in value]
    if not isinstance(value, str):
        return value
    if name in _FIGURES:
        return _figure(value, spec, renames)
    return renames.get(value, value) if name in _REFERENCES.get(spec.collection, ()) else value


def _figure(name: str, spec: SheetSpec, renames: Mapping[str, str]) -> str:
    """A figure id with the new id of its record."""
    kind, _, rest = name.partition("/")
    if kind != spec.kind:
        return name
    for old, new in renames.items():
        if rest == old or rest.startswith(f"{old}/"):
            return f"{kind}/{new}{rest[len(old) :]}"
    return name
