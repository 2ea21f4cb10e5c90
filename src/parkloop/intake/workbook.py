"""Read a filled workbook into a ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from parkloop.intake.apply import read_sheet
from parkloop.intake.cell import text_of
from parkloop.intake.container import Limits, RawSheet, open_workbook
from parkloop.intake.draft import Draft, introduce_all
from parkloop.intake.grid import (
    GUIDE,
    HIDDEN,
    LOOSE_EXTRAS,
    Grid,
    data_rows,
    field_rows,
    month_rows,
    read_head,
    recognise,
    sheet_by_labels,
    suggest_sheet,
)
from parkloop.intake.look import Look
from parkloop.intake.number import STYLES
from parkloop.intake.plain import from_plain, read_json
from parkloop.intake.rows import Row
from parkloop.intake.session import Session
from parkloop.intake.sheets import READING_ORDER, sheets
from parkloop.model import ChangeKind, Intake, Issue, Ledger, Severity, Where

_DEFAULT_LIMITS = Limits()
_READERS = {"rows": data_rows, "fields": field_rows, "months": month_rows}


def read_workbook(data: bytes, file: str, into: Ledger, *, limits: Limits = _DEFAULT_LIMITS) -> Intake:
    """What `into` becomes when a filled workbook is laid over it, with every difference and every trouble.

    A blank cell leaves its field alone; `#clear` or `-` empties it. A row with trouble is rejected whole and
    the record stays as it was; a file that cannot be read gives one blocking issue and the ledger unchanged.

    Parameters
    ----------
    data, file
        Content and name of an .xlsx file; the name stands in issues, changes and origins.
    into
        The ledger as it is; it is not changed.
    limits
        Sizes beyond which a file is refused before it is unpacked.

    Returns
    -------
    Intake
        The new ledger, one change a record (and a field where it changed), and the issues by cell.
    """
    found, refusal = open_workbook(data, file, limits)
    if refusal is not None:
        return Intake(into, (), (refusal,))
    known = [(recognise(sheet), sheet) for sheet in found]
    if not any(key for key, _ in known if key not in (None, GUIDE, *HIDDEN)):
        names = ", ".join(sheet.name for sheet in found)
        arguments = {"file": file, "sheets": names}
        return Intake(into, (), (Issue("intake.file.no_sheet", Severity.BLOCKING, Where(file), arguments),))
    look = Look(_style([sheet for key, sheet in known if key == GUIDE]))
    introduce_all(look, into)
    overflow = _overflow([sheet for key, sheet in known if key == "overflow"])
    session = Session(file, sha256(data).hexdigest(), Draft(into), look, overflow)
    for sheet in (sheet for key, sheet in known if key is None and sheet.rows):
        session.issues.append(_unknown(file, sheet))
    for wanted in READING_ORDER:
        for key, sheet in known:
            if key == wanted:
                _read(session, sheet, key)
    _restore_loose_extras(session, overflow)
    return session.result()


def _unknown(file: str, sheet: RawSheet) -> Issue:
    """A sheet nobody reads: an error when it has our headers, else somebody's own."""
    spec = sheet_by_labels(sheet)
    if spec is None:
        arguments = {"sheet": sheet.name, "candidates": suggest_sheet(sheet.name)}
        return Issue("intake.sheet.unknown", Severity.WARNING, Where(file, sheet.name), arguments)
    arguments = {"sheet": sheet.name, "candidates": f"{spec.name_en} | {spec.name_vi}"}
    return Issue("intake.sheet.renamed", Severity.ERROR, Where(file, sheet.name), arguments)


def _read(session: Session, sheet: RawSheet, key: str) -> None:
    grid = read_head(sheet, key, session.file)
    rows: Sequence[Row] = list(_READERS[grid.spec.layout](grid))
    at, since = len(session.issues), len(session.changes)
    read_sheet(session, _as_bills(grid) if grid.spec.layout == "months" else grid, rows)
    rejected = {change.field for change in session.changes[since:] if change.kind is ChangeKind.REJECTED}
    session.issues[at:at] = [_weighed(issue, rejected) for issue in grid.issues]


def _weighed(issue: Issue, rejected: set[str]) -> Issue:
    """A column that is missing is an error once a row was rejected for it."""
    if issue.code == "intake.column.missing" and issue.where.field in rejected:
        return replace(issue, severity=Severity.ERROR)
    return issue


def _as_bills(grid: Grid) -> Grid:
    """Months across are bills once they are unfolded."""
    return Grid(sheets()["bills"], grid.raw, grid.start, grid.places, months=grid.months, file=grid.file)


def _style(guides: Sequence[RawSheet]) -> str:
    """The number style the guide declares; empty when it says none."""
    for sheet in guides:
        for row in sheet.rows:
            if row and row[0] == f"{GUIDE}.number_style":
                said = next((text_of(cell) for cell in row[1:] if text_of(cell) in STYLES), "")
                if said:
                    return said
    return ""


def _overflow(found: Sequence[RawSheet]) -> dict[str, str]:
    """Long texts by their token, put together from their parts."""
    parts: dict[str, list[str]] = {}
    for sheet in found:
        for row in sheet.rows[1:]:
            if len(row) > 1 and row[0]:
                parts.setdefault(str(row[0]), []).append(str(row[1]))
    return {token: "".join(texts) for token, texts in parts.items()}


def _restore_loose_extras(session: Session, overflow: Mapping[str, str]) -> None:
    """Columns kept for records that no sheet shows."""
    try:
        loose = from_plain(Mapping[str, Mapping[str, str]], read_json(overflow.get(LOOSE_EXTRAS, "{}")))
    except (ValueError, TypeError, AttributeError):
        where = Where(session.file, LOOSE_EXTRAS)
        session.issues.append(Issue("intake.file.extras_damaged", Severity.WARNING, where))
        return
    for name, texts in loose.items():
        session.draft.extras.setdefault(name, texts)
