"""Several people's workbooks into one ledger, with a view of what they say differently."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from parkloop.intake.apply import show
from parkloop.intake.cell import Blank
from parkloop.intake.container import Limits
from parkloop.intake.draft import Draft
from parkloop.intake.renames import clashes, rename, with_id
from parkloop.intake.rows import lay
from parkloop.intake.sheet import SheetSpec, blank_of
from parkloop.intake.sheets import sheets
from parkloop.intake.workbook import read_workbook
from parkloop.model import (
    Amount,
    Change,
    ChangeKind,
    Exchange,
    Intake,
    Issue,
    Ledger,
    Period,
    Range,
    Severity,
    Where,
)

_DEFAULT_LIMITS = Limits()
_WHOLE = (Amount, Range, Period, Exchange)  # their parts mean nothing without each other
Path = tuple[str, str, str]


@dataclass(slots=True)
class _Merge:
    """What the files say, by (sheet, record, path): file name and value."""

    base: Draft
    draft: Draft
    said: dict[Path, list[tuple[str, Any]]] = field(default_factory=dict)
    readings: list[tuple[str, Intake]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def merge(base: Ledger, files: Sequence[tuple[str, bytes]], *, limits: Limits = _DEFAULT_LIMITS) -> Intake:
    """`base` with several workbooks laid over it; where two disagree, both are listed and none is lost.

    A value that one file changes is taken; one that several change alike is taken once. Where they differ
    it stays as `base` has it (or as the first file gives it, for a new record), and a conflict line for each
    file names value, file, sheet and cell. Two new records with one id but different natural keys are both
    kept, the second under a new id. A file that cannot be read leaves its blocking issue; the others are
    merged all the same.

    Parameters
    ----------
    files
        Name and content of each workbook, in the order in which they came.
    """
    state = _Merge(Draft(base), Draft(base))
    for name, data in files:
        one = read_workbook(data, name, base, limits=limits)
        state.issues.extend(one.issues)
        if not one.blocked:
            _take(state, base, name, _in_line(state, base, name, one))
    conflicts = _apply_agreed(state)
    _take_origins(state, base, conflicts)
    changes = (*_kept_changes(state, conflicts), *_conflict_lines(state, conflicts))
    return Intake(state.draft.finish(), changes, tuple(state.issues))


def _in_line(state: _Merge, base: Ledger, file: str, one: Intake) -> Intake:
    for spec in with_id():
        renames = clashes(state.draft, base, one.ledger, spec)
        if not renames:
            continue
        for old, new in renames.items():
            if new in state.draft.records(spec.collection):
                continue
            arguments = {"record": f"{spec.kind}/{old}", "file": file, "new": new}
            where = Where(file, record=old)
            state.issues.append(Issue("intake.merge.renamed", Severity.WARNING, where, arguments))
        one = rename(one, spec, renames)
    return one


def _specs() -> Iterator[SheetSpec]:
    """One sheet for each collection."""
    seen: set[str] = set()
    for spec in sheets().values():
        if spec.collection not in seen:
            seen.add(spec.collection)
            yield spec


def _take(state: _Merge, base: Ledger, file: str, one: Intake) -> None:
    """Note every value of the file that differs from the base; new records also enter the draft."""
    theirs = Draft(one.ledger)
    for spec in _specs():
        before, mine = state.base.records(spec.collection), state.draft.records(spec.collection)
        for record_id, record in theirs.records(spec.collection).items():
            old = before.get(record_id)
            if old == record:
                continue
            known = {} if old is None else dict(leaves(old))
            now = dict(leaves(record))
            for path, value in now.items():
                if path not in known or known[path] != value:
                    if old is None and _is_default(record, path, value):
                        continue
                    state.said.setdefault((spec.key, record_id, path), []).append((file, value))
            for path in known.keys() - now.keys():
                state.said.setdefault((spec.key, record_id, path), []).append((file, Blank.CLEAR))
            if spec.key == "programme" and old is None:
                mine.clear()
            mine.setdefault(record_id, record)
    for name, texts in one.ledger.extras.items():
        before_texts, merged = base.extras.get(name, {}), dict(state.draft.extras.get(name, {}))
        for label, text in texts.items():
            if before_texts.get(label) != text and merged.get(label) in (None, before_texts.get(label)):
                merged[label] = text
        state.draft.extras[name] = merged
    state.readings.append((file, one))


def leaves(record: Any, start: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a record by dotted path; parts of a place or a quality stand alone, an amount is one."""
    for item in fields(record):
        if item.name == "limits" and hasattr(record, "limits"):
            continue
        path, value = f"{start}{item.name}", getattr(record, item.name)
        if is_dataclass(value) and not isinstance(value, _WHOLE):
            yield from leaves(value, f"{path}.")
        elif isinstance(value, Mapping) and item.name == "properties":
            for key, part in value.items():
                yield f"{path}.{key}", part
        else:
            yield path, value


def _is_default(record: Any, path: str, value: Any) -> bool:
    """Whether a new record holds at `path` only what nobody typed."""
    *way, last = path.split(".")
    for name in way:
        record = record.get(name) if isinstance(record, Mapping) else getattr(record, name)
    return is_dataclass(record) and bool(value == blank_of(type(record), last))


def _apply_agreed(state: _Merge) -> set[Path]:
    """Put what the files agree on into the draft; the paths they do not agree on come back."""
    conflicts: set[Path] = set()
    agreed: dict[tuple[str, str], dict[str, Any]] = {}
    for (sheet, record_id, path), said in state.said.items():
        values = [value for _, value in said]
        if any(value != values[0] for value in values[1:]):
            conflicts.add((sheet, record_id, path))
        else:
            agreed.setdefault((sheet, record_id), {})[path] = values[0]
    for (sheet, record_id), parts in agreed.items():
        spec = sheets()[sheet]
        records = state.draft.records(spec.collection)
        records[record_id] = lay(spec.record, records[record_id], parts)
    return conflicts


def _take_origins(state: _Merge, base: Ledger, conflicts: set[Path]) -> None:
    """Origins of what was taken; a disputed value keeps its old one, or that of the first file."""
    disputed = {f"{sheets()[s].kind}/{i}/{_figure(path)}" for s, i, path in conflicts}
    for _, one in state.readings:
        for name, origin in one.ledger.origins.items():
            if base.origins.get(name) == origin or (name in disputed and name in base.origins):
                continue
            if state.draft.origins.get(name) == base.origins.get(name):
                state.draft.origins[name] = origin


def _figure(path: str) -> str:
    return path.removeprefix("properties.")


def _kept_changes(state: _Merge, conflicts: set[Path]) -> Iterator[Change]:
    """The difference lines of the files without those in dispute; a record is added once."""
    disputed = {(sheets()[s].kind, i, path.partition(".")[0]) for s, i, path in conflicts}
    added: set[tuple[str, str]] = set()
    for _, one in state.readings:
        for change in one.changes:
            record = (change.record_kind, change.record_id)
            if change.kind is ChangeKind.CHANGED and (*record, change.field) in disputed:
                continue
            if change.kind is ChangeKind.ADDED and record in added:
                yield replace(change, kind=ChangeKind.UNCHANGED)
                continue
            if change.kind is ChangeKind.ADDED:
                added.add(record)
            yield change


def _conflict_lines(state: _Merge, conflicts: set[Path]) -> Iterator[Change]:
    readings = dict(state.readings)
    for sheet, record_id, path in sorted(conflicts):
        spec, said = sheets()[sheet], state.said[sheet, record_id, path]
        old = state.base.records(spec.collection).get(record_id)
        before = None if old is None else dict(leaves(old)).get(path)
        for file, value in said:
            origin = readings[file].ledger.origins.get(f"{spec.kind}/{record_id}/{_figure(path)}")
            line = Change(
                ChangeKind.CONFLICT, spec.kind, record_id, path, show(before),
                "" if value is Blank.CLEAR else show(value), file,
            )  # fmt: skip
            yield replace(line, sheet=origin.sheet, cell=origin.cell) if origin else line
        files = ", ".join(file for file, _ in said)
        arguments = {"record": f"{spec.kind}/{record_id}", "field": path, "files": files}
        where = Where(record=record_id, field=path)
        state.issues.append(Issue("intake.merge.conflict", Severity.ERROR, where, arguments))
