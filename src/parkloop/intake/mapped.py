"""Read a user's own workbook or text table by a saved column mapping."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from parkloop.intake.apply import read_sheet
from parkloop.intake.draft import Draft, introduce_all
from parkloop.intake.look import Look
from parkloop.intake.mapped_files import open_sheets
from parkloop.intake.mapped_layout import Layout, LayoutError, choose_sheet, lay_out
from parkloop.intake.mapped_rows import mapped_rows
from parkloop.intake.mapping import ColumnMapping, TableMapping
from parkloop.intake.number import EN_STYLE
from parkloop.intake.session import Session
from parkloop.intake.sheets import READING_ORDER
from parkloop.intake.words import bare
from parkloop.model import ChangeKind, Intake, Issue, Ledger, Severity, Where


def read_mapped(content: bytes, name: str, mapping: ColumnMapping, into: Ledger) -> Intake:
    """What `into` becomes with the rows of a user's own file, read as `mapping` says.

    Rows go through the same door as those of the template: units, words, ids, differences and origins
    behave alike, a row with trouble is rejected whole and named by its cell. A file or mapping that does
    not fit gives blocking issues and the ledger unchanged.

    Parameters
    ----------
    content, name
        An .xlsx workbook or a text table (delimiter and encoding are found, or said by the mapping).
    mapping
        From `read_mapping`; its tables are read in the order of the template's sheets.
    """
    if mapping.issues:
        return Intake(into, (), mapping.issues)
    look = Look()
    introduce_all(look, into)
    for person in into.participants:
        look.introduce("participants", person.id, bare(person.name))  # people type names without diacritics
    session = Session(name, sha256(content).hexdigest(), Draft(into), look)
    try:
        laid = [_lay_out(content, name, table) for table in _in_order(mapping)]
    except LayoutError as trouble:
        return Intake(into, (), (trouble.issue,))
    for layout, delimiter in laid:
        # a comma between cells leaves only the point for decimals
        look.style = layout.table.style or (EN_STYLE if delimiter == "," else "")
        rows = mapped_rows(session, layout, mapping.name)
        said = len(session.changes)
        read_sheet(session, layout.grid, rows)
        _name_unfilled(session, layout, said)
    read = session.result()
    return replace(read, issues=_once(read.issues))


def _once(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Each issue once: a cell that serves twelve months has one trouble, not twelve."""
    found = {(i.code, i.where, tuple(sorted(i.arguments.items()))): i for i in reversed(issues)}
    return tuple(reversed(found.values()))


def _name_unfilled(session: Session, layout: Layout, since: int) -> None:
    """Rows rejected for a field that no column and no constant fills share one issue."""
    grid = layout.grid
    for column in grid.spec.columns:
        rejected = sum(
            1
            for change in session.changes[since:]
            if change.kind is ChangeKind.REJECTED and change.field == column.path and not change.new
        )
        if rejected and column.required and column.key not in grid.places:
            where = Where(session.file, grid.raw.name, field=column.path)
            field = f"{column.key} ({column.label_en} | {column.label_vi})"
            arguments: dict[str, str | float | int] = {"field": field, "count": rejected}
            session.issues.append(Issue("intake.mapped.field_unfilled", Severity.ERROR, where, arguments))


def _in_order(mapping: ColumnMapping) -> list[TableMapping]:
    return sorted(mapping.tables, key=lambda table: READING_ORDER.index(table.records))


def _lay_out(content: bytes, name: str, table: TableMapping) -> tuple[Layout, str]:
    raws, delimiter, issue = open_sheets(content, name, table)
    if issue is not None:
        trouble = LayoutError(issue.code, issue.where)
        trouble.issue = issue
        raise trouble
    return lay_out(choose_sheet(raws, table, name), table, name), delimiter
