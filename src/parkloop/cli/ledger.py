"""Commands around the ledger: template, import, export."""

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from parkloop.app import impact, programmes
from parkloop.app.settings import RunSettings
from parkloop.app.trouble import DataError, UseError
from parkloop.cli import show
from parkloop.model import FigureChange
from parkloop.texts import mend, message, text


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
    keep_good_rows: bool = False


def template(path: Path, lang: str) -> None:
    """Write the blank workbook."""
    programmes.write_template(path, lang)
    show.say(text("cli.written", lang, path=path))


def import_(request: Request, lang: str, as_json: bool) -> None:
    """Read, show the differences and the figures they move, keep all or nothing.

    Everything that may go wrong is done before anything is kept, so that a failure leaves the store alone.
    """
    delivery = _delivery(request)
    who = request.who or _user()
    with programmes.open_store(request.store) as store:
        arrival = programmes.read_delivery(store, delivery)
        if request.issues_to is not None:
            programmes.write_issues(arrival.issues, request.issues_to, lang)
        moved = () if arrival.stopping else _moved(arrival)
        stopped = DataError(arrival.stopping, arrival.issues, arrival.changes) if arrival.stopping else None
        if stopped is None and not request.dry_run:
            arrival = programmes.keep_arrival(store, arrival, delivery, who, datetime.now(UTC))
    if as_json:
        show.as_json(_plain(arrival, moved, lang))
    else:
        show.changes(arrival.changes, lang)
        show.issues(arrival.issues, lang)
        _show_moved(moved, lang)
        if stopped is None:
            show.say(text("cli.kept" if arrival.kept else "cli.dry_run", lang, place=request.store))
    if stopped is not None:
        raise stopped


def _delivery(request: Request) -> programmes.Delivery:
    kind, words = "workbook", request.sources
    if words[0] in programmes.KINDS and not Path(words[0]).exists():
        kind, words = words[0], words[1:]
    if not words:
        raise UseError("use.import.no_path", {"kind": kind})
    paths = tuple(Path(word) for word in words)
    target = request.issues_to
    if target is not None and target.resolve() in (path.resolve() for path in paths):
        raise UseError("use.file.own_source", {"path": str(target)})
    return programmes.Delivery(
        paths,
        kind,
        request.programme,
        request.park,
        request.mapping,
        request.accept,
        request.keep_good_rows,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        raise UseError("cli.user_unknown", {}) from None


def _plain(arrival: programmes.Arrival, moved: tuple[FigureChange, ...], lang: str) -> dict[str, object]:
    """What an import says as JSON: each issue with its texts, changes without records that stay the same."""
    issues = [
        {
            **show.plain(issue),
            "message": message(issue.code, lang, issue.arguments),
            "mend": mend(issue.code, lang, issue.arguments),
        }
        for issue in arrival.issues
    ]
    return {
        "kept": arrival.kept,
        "counts": arrival.counts(),
        "changes": [c for c in arrival.changes if c.kind.value != "unchanged"],
        "issues": issues,
        "figures_moved": moved,
    }


def _moved(arrival: programmes.Arrival) -> tuple[FigureChange, ...]:
    touched = any(c.kind.value in ("added", "changed") for c in arrival.changes)
    if arrival.before is None or not touched:
        return ()
    return impact.impact(arrival.before, arrival.after, RunSettings(draws=200))


def _show_moved(moved: tuple[FigureChange, ...], lang: str) -> None:
    if not moved:
        return
    headers = show.headings(lang, "figure", "document", "unit", "old", "new")
    rows = [
        (m.figure_id, m.document, m.unit, show.number(m.old, lang, 6), show.number(m.new, lang, 6))
        for m in moved[:25]
    ]
    show.table(text("cli.moved", lang, count=len(moved)), headers, rows)


def export(path: Path, store_place: str, programme: str, lang: str) -> None:
    """Write the ledger to one file."""
    with programmes.open_store(store_place, create=False) as store:
        programmes.write_out(store, programmes.choose_programme(store, programme), path, lang)
    show.say(text("cli.written", lang, path=path))
