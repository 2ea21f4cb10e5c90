"""One file while it is read: what it has said so far, and how trouble is put down at its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop.intake.cell import typed_text
from parkloop.intake.draft import Draft
from parkloop.intake.grid import Grid
from parkloop.intake.look import Look
from parkloop.intake.rows import Row, plan
from parkloop.intake.trouble import Argument, CellError, Note
from parkloop.model import Change, ChangeKind, Intake, Issue, Severity, Where

_SHOWN = 120
_EXACT_WHOLE = 1e15


@dataclass(slots=True)
class Taken:
    """Where a record was last read in this file, and the fields that were said."""

    sheet: str
    row: int
    fields: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Session:
    """One file being read: where it stands, and what it has said so far."""

    file: str
    file_hash: str
    draft: Draft
    look: Look
    overflow: Mapping[str, str] = field(default_factory=dict)
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def result(self) -> Intake:
        """The intake so far."""
        return Intake(self.draft.finish(), tuple(self.changes), tuple(self.issues))


def reject(session: Session, grid: Grid, row: Row, trouble: CellError, record_id: str = "") -> None:
    """Put a row down as rejected, with its trouble at the cell it lies in."""
    cell = row.address(trouble.key) if trouble.key else f"A{row.number}"
    column = plan(grid.spec.key).columns.get(trouble.key)
    given = row.raw.get("id")
    record_id = record_id or ("" if given is None else typed_text(given))
    missing = trouble.code == "intake.row.required_missing" and column is not None
    arguments = readable(trouble.arguments)
    if column is not None:
        arguments["column"] = f"{column.label_en} | {column.label_vi}"
    where = Where(session.file, grid.raw.name, cell, record_id, column.path if column else trouble.key)
    if not (missing and column is not None and column.key not in grid.places and grid.spec.layout == "rows"):
        session.issues.append(Issue(trouble.code, Severity.ERROR, where, arguments))
    raw = row.raw.get(trouble.key)
    session.changes.append(
        Change(
            ChangeKind.REJECTED, grid.spec.kind, record_id, column.path if column else trouble.key,
            new="" if raw is None else typed_text(raw)[:_SHOWN],
            file=session.file, sheet=grid.raw.name, cell=cell,
        )
    )  # fmt: skip


def note(session: Session, grid: Grid, row: Row, said: Note) -> None:
    """Put down something about a cell of a row that is taken."""
    where = Where(session.file, grid.raw.name, row.address(said.key), field=said.key)
    session.issues.append(Issue(said.code, said.severity, where, readable(said.arguments)))


def readable(arguments: Mapping[str, Argument]) -> dict[str, Argument]:
    """Numbers of a message without digits nobody reads."""
    return {name: _short(value) if isinstance(value, float) else value for name, value in arguments.items()}


def _short(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < _EXACT_WHOLE else float(f"{value:.6g}")
