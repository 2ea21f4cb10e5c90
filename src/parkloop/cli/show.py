"""How results look in a terminal and as JSON."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from parkloop.model import Change, Derivation, Issue, Period
from parkloop.texts import mend, message, text

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["as_json", "changes", "derivation", "headings", "issues", "number", "progress", "say", "table"]


def as_json(value: object) -> None:
    """Print `value` (records, mappings, sequences) as JSON on standard output."""
    json.dump(plain(value), sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def plain(value: Any) -> Any:
    """`value` in JSON's own types: records by field, enumerations by value, dates as ISO text."""
    if isinstance(value, Period):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def say(line: str) -> None:
    """One line of plain text on standard output."""
    sys.stdout.write(line + "\n")


def number(value: float | None, lang: str, digits: int = 3) -> str:
    """A number for people: thousands marked, `digits` significant figures below a thousand."""
    if value is None:
        return "–"
    value = value + 0.0  # minus nothing is nothing
    shown = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.{digits}g}"
    return shown.translate(str.maketrans(",.", ".,")) if lang == "vi" else shown


def headings(lang: str, *names: str) -> list[str]:
    """Column headings by name, in `lang`."""
    return [text(f"cli.column.{name}", lang) for name in names]


def table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output; figures are right-aligned."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title, title_justify="left", header_style="bold")
    rows = list(rows)
    for n, header in enumerate(headers):
        figures = bool(rows) and all(row[n][:1] in "–-0123456789" for row in rows if row[n])
        shown.add_column(header, justify="right" if figures and n else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(shown)


def issues(found: Sequence[Issue], lang: str, limit: int = 40) -> None:
    """Issues with place, message and mend; the gravest first."""
    if not found:
        say(text("cli.no_issues", lang))
        return
    order = {"blocking": 0, "error": 1, "warning": 2, "info": 3}
    ordered = sorted(found, key=lambda issue: order[issue.severity.value])
    rows = [
        (
            text(f"cli.severity.{issue.severity.value}", lang),
            str(issue.where),
            message(issue.code, lang, issue.arguments),
            mend(issue.code, lang, issue.arguments),
        )
        for issue in ordered[:limit]
    ]
    headers = headings(lang, "severity", "where", "what", "mend")
    table(text("cli.issues", lang, count=len(found)), headers, rows)
    if len(found) > limit:
        say(text("cli.more", lang, count=len(found) - limit))


def changes(found: Sequence[Change], lang: str, limit: int = 60) -> None:
    """The difference table of an import: counts, then every change that is not `unchanged`."""
    counts: dict[str, int] = {}
    for change in found:
        counts[change.kind.value] = counts.get(change.kind.value, 0) + 1
    say("; ".join(f"{text(f'cli.change.{kind}', lang)}: {count}" for kind, count in sorted(counts.items())))
    moved = [change for change in found if change.kind.value not in ("unchanged", "added")]
    if not moved:
        return
    headers = headings(lang, "change", "record", "field", "old", "new", "where")
    rows = [
        (
            text(f"cli.change.{c.kind.value}", lang),
            f"{c.record_kind} {c.record_id}",
            c.field,
            c.old,
            c.new,
            f"{c.file} {c.sheet}!{c.cell}" if c.cell else c.file,
        )
        for c in moved[:limit]
    ]
    table(text("cli.differences", lang), headers, rows)
    if len(moved) > limit:
        say(text("cli.more", lang, count=len(moved) - limit))


def derivation(node: Derivation, lang: str, depth: int = 0, seen: set[str] | None = None) -> None:
    """A derivation as an indented tree, down to cells and factors."""
    seen = set() if seen is None else seen
    pad = "  " * depth
    shown = number(node.value, lang, 5) if isinstance(node.value, (int, float)) else str(node.value or "")
    say(f"{pad}{node.label}: {shown} {node.unit}".rstrip())
    details = []
    if node.formula:
        details.append(f"= {node.formula}")
    if node.method:
        details.append(f"[{node.method}]")
    if node.source_class:
        details.append(text(f"cli.source_class.{node.source_class.value}", lang))
    if node.source:
        details.append(f"{text('cli.source', lang)}: {node.source}")
    if node.confidence:
        details.append(text(f"cli.confidence.{node.confidence.value}", lang))
    if node.origin:
        place = f"{node.origin.file} {node.origin.sheet}!{node.origin.cell}".strip(" !")
        details.append(f"{text('cli.from', lang)} {place or node.origin.kind.value}")
        if node.origin.typed:
            details.append(f"“{node.origin.typed}”")
    if node.note:
        details.append(node.note)
    if node.figure_id:
        details.append(f"({node.figure_id})")
    if details:
        say(f"{pad}    {'; '.join(details)}")
    if node.figure_id and node.figure_id in seen and node.inputs:
        say(f"{pad}    {text('cli.shown_above', lang)}")
        return
    seen.add(node.figure_id)
    for part in node.inputs:
        derivation(part, lang, depth + 1, seen)


def progress() -> "Progress":
    """A progress bar on standard error that vanishes when done; silent where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
