"""Commands around the ledger: template, import, export."""

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from parkloop import intake
from parkloop.app import impact, programmes
from parkloop.app.settings import RunSettings
from parkloop.app.trouble import AppError, DataError
from parkloop.cli import exits, show
from parkloop.model import FigureChange, Issue
from parkloop.store import Store
from parkloop.texts import text


@dataclass(frozen=True, slots=True)
class Request:
    """What stands behind `parkloop import`."""

    sources: tuple[str, ...]
    store: str
    programme: str
    park: str
    mapping: Path | None
    dry_run: bool
    accept: tuple[str, ...]
    who: str
    issues_to: Path | None


def template(path: Path, lang: str) -> None:
    """Write the blank workbook."""
    if path.exists():
        raise AppError(f"{path} exists already; choose another name or remove it")
    path.write_bytes(intake.write_template(lang))
    show.say(text("cli.written", lang, path=path))


def import_(request: Request, lang: str, as_json: bool) -> None:
    """Read, show the differences, keep them unless it is a dry run."""
    kind, paths = "workbook", request.sources
    if paths[0] in programmes.KINDS and not Path(paths[0]).exists():
        kind, paths = paths[0], paths[1:]
    if not paths:
        raise AppError(f"no path after {kind}; say which file or folder to import")
    delivery = programmes.Delivery(
        tuple(Path(p) for p in paths), kind, request.programme, request.park, request.mapping, request.accept
    )
    who = request.who or getpass.getuser()
    at = datetime.now(UTC)
    with Store.open(request.store) as store:
        try:
            arrival = programmes.bring_in(store, delivery, who, at, keep=not request.dry_run)
        except DataError as stopped:
            _issues_workbook(request, stopped.issues, lang)
            if not as_json:
                show.issues(stopped.issues, lang)
            raise
    _issues_workbook(request, arrival.issues, lang)
    moved = _moved(arrival)
    if as_json:
        show.as_json(
            {
                "kept": arrival.kept,
                "counts": arrival.counts(),
                "changes": [c for c in arrival.changes if c.kind.value != "unchanged"],
                "issues": arrival.issues,
                "figures_moved": moved,
            }
        )
    else:
        show.changes(arrival.changes, lang)
        show.issues(arrival.issues, lang)
        _show_moved(moved, lang)
        show.say(text("cli.kept" if arrival.kept else "cli.dry_run", lang, place=request.store))
    if request.dry_run and any(i.severity.value == "blocking" for i in arrival.issues):
        raise SystemExit(exits.DATA)


def _issues_workbook(request: Request, issues: tuple[Issue, ...], lang: str) -> None:
    if request.issues_to is not None:
        request.issues_to.write_bytes(intake.write_issues(issues, lang))


def _moved(arrival: programmes.Arrival) -> tuple[FigureChange, ...]:
    touched = any(c.kind.value in ("added", "changed") for c in arrival.changes)
    if arrival.before is None or not touched:
        return ()
    return impact.impact(arrival.before, arrival.after, RunSettings(draws=200))


def _show_moved(moved: tuple[FigureChange, ...], lang: str) -> None:
    if not moved:
        return
    headers = [text(f"cli.column.{name}", lang) for name in ("figure", "document", "unit", "old", "new")]
    rows = [
        (m.figure_id, m.document, m.unit, show.number(m.old, lang, 6), show.number(m.new, lang, 6))
        for m in moved[:25]
    ]
    show.table(text("cli.moved", lang, count=len(moved)), headers, rows)


def export(path: Path, store_place: str, programme: str, lang: str) -> None:
    """Write the ledger to one file."""
    with Store.open(store_place, create=False) as store:
        programmes.write_out(store, programmes.choose_programme(store, programme), path, lang)
    show.say(text("cli.written", lang, path=path))
