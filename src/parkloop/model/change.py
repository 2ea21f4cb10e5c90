"""Differences between what is there and what comes in."""

from dataclasses import dataclass
from enum import StrEnum

from parkloop.model.issue import Issue
from parkloop.model.ledger import Ledger


class ChangeKind(StrEnum):
    """What an import does to one record."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """One record (or one field of it) in a difference table; `old` and `new` as shown to people."""

    kind: ChangeKind
    record_kind: str
    record_id: str
    field: str = ""
    old: str = ""
    new: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading files gave: the ledger as it would become, the differences, the issues."""

    ledger: Ledger
    changes: tuple[Change, ...]
    issues: tuple[Issue, ...]

    @property
    def blocked(self) -> bool:
        """Whether an issue stops the import."""
        return any(issue.severity.value == "blocking" for issue in self.issues)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of a document that moved when the ledger changed."""

    figure_id: str
    document: str
    label: str
    unit: str
    old: float | None
    new: float | None
