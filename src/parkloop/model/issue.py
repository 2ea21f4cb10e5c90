"""Trouble in data, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How far an issue reaches; `blocking` stops the step unless someone accepts it by name."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an issue: a cell of a file, or a field of a record."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet
        parts = [self.file, place, self.record, self.field]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Issue:
    """One trouble with its place; `code` names message and mend in `texts`, `arguments` fill them in."""

    code: str
    severity: Severity
    where: Where = Where()
    arguments: Mapping[str, str | float | int] = field(default_factory=dict)
