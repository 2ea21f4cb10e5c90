"""Ledgers in the store: which programme, what comes in, what goes out."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parkloop import intake
from parkloop.app.trouble import AppError, DataError
from parkloop.model import Change, ChangeKind, Intake, Issue, Ledger, Programme, Severity
from parkloop.store import AcceptedIssue, Store
from parkloop.texts import mend, message

__all__ = ["KINDS", "Arrival", "Delivery", "bring_in", "choose_programme", "read_sources", "write_out"]

KINDS = ("workbook", "eprtr", "hotmaps", "series", "places", "mapped")
LARGEST_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a user hands in.

    `kind` is one of `KINDS`; `park_id` says which park a file without one belongs to; `mapping` is the saved
    column mapping of kind `mapped`; `accepted` are issue codes accepted by name.
    """

    paths: tuple[Path, ...]
    kind: str = "workbook"
    programme_id: str = ""
    park_id: str = ""
    mapping: Path | None = None
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a delivery did: the ledger before and after, differences, issues, and whether it was kept."""

    before: Ledger | None
    after: Ledger
    changes: tuple[Change, ...]
    issues: tuple[Issue, ...]
    kept: bool

    def counts(self) -> dict[str, int]:
        """Number of changes by kind."""
        found = {kind.value: 0 for kind in ChangeKind}
        for change in self.changes:
            found[change.kind.value] += 1
        return found


def choose_programme(store: Store, programme_id: str) -> str:
    """The programme asked for, or the only one there is.

    Raises
    ------
    AppError
        When there is none, several, or not the one asked for.
    """
    known = [p.id for p in store.programmes()]
    if programme_id:
        if programme_id not in known:
            raise AppError(
                f"no programme {programme_id!r} in {store.place}; there are: {', '.join(known) or 'none'}"
            )
        return programme_id
    if not known:
        raise AppError(f"{store.place} holds no programme yet; import a workbook first")
    if len(known) > 1:
        raise AppError(f"{store.place} holds {', '.join(known)}; say which with --programme")
    return known[0]


def bring_in(store: Store, delivery: Delivery, who: str, at: datetime, *, keep: bool) -> Arrival:
    """Read a delivery into its programme; with `keep` and nothing blocking, store it.

    Raises
    ------
    DataError
        When blocking issues stop the import; the store is then as before.
    StoreError
        When the store is busy, full or has moved on meanwhile.
    """
    known = {p.id for p in store.programmes()}
    existing = delivery.programme_id or (next(iter(known)) if len(known) == 1 else "")
    before = store.load(existing) if existing in known else None
    start = before or Ledger(Programme(delivery.programme_id or "P1", "Programme", "Chương trình"))
    read = read_sources(delivery, start)
    blocking = tuple(
        i for i in read.issues if i.severity is Severity.BLOCKING and i.code not in delivery.accepted
    )
    if blocking and keep:
        first = blocking[0]
        raise DataError(
            f"{first.where}: {message(first.code, 'en', first.arguments)} "
            f"{mend(first.code, 'en', first.arguments)} ({len(blocking)} blocking, nothing was kept)",
            read.issues,
        )
    if before is None and read.ledger.programme.id in known:
        before = store.load(read.ledger.programme.id)
        read = read_sources(delivery, before)
    kept = keep and not blocking
    if kept:
        _accept(store, read.issues, delivery.accepted, (who, at))
        store.apply(before, read.ledger, who, at, "import", ", ".join(path.name for path in delivery.paths))
    return Arrival(before, read.ledger, read.changes, read.issues, kept)


def _accept(
    store: Store, issues: tuple[Issue, ...], accepted: tuple[str, ...], by: tuple[str, datetime]
) -> None:
    programme = next(iter(store.programmes()), None)
    if programme is None:
        return
    for issue in issues:
        if issue.severity is Severity.BLOCKING and issue.code in accepted:
            note = AcceptedIssue(issue.code, issue.where, by[0], by[1], "accepted on import")
            store.accept_issue(programme.id, note)


def read_sources(delivery: Delivery, into: Ledger) -> Intake:
    """Read the files of a delivery on top of `into`.

    Raises
    ------
    AppError
        When a file is not there, too large, or of an unknown kind.
    """
    if delivery.kind == "workbook":
        files = [(path.name, _content(path)) for path in delivery.paths]
        if len(files) == 1:
            return intake.read_workbook(files[0][1], files[0][0], into)
        return intake.merge(into, files)
    if len(delivery.paths) != 1:
        raise AppError(
            f"kind {delivery.kind} takes one path, not {len(delivery.paths)}; import them one by one"
        )
    path = delivery.paths[0]
    if delivery.kind == "eprtr":
        return intake.read_eprtr(_folder(path), into)
    if delivery.kind == "hotmaps":
        return intake.read_hotmaps(_content(path), path.name, into)
    if delivery.kind == "series":
        return intake.read_series(_content(path), path.name, into)
    if delivery.kind == "places":
        return intake.read_places(_content(path), path.name, delivery.park_id, into)
    if delivery.kind == "mapped":
        if delivery.mapping is None:
            raise AppError("kind mapped needs a saved column mapping; give it with --mapping FILE")
        mapping = intake.read_mapping(_content(delivery.mapping), delivery.mapping.name)
        return intake.read_mapped(_content(path), path.name, mapping, into)
    raise AppError(f"unknown kind {delivery.kind!r}; there are: {', '.join(KINDS)}")


def _content(path: Path) -> bytes:
    if not path.exists():
        raise AppError(f"no file {path}; check the path")
    if path.is_dir():
        raise AppError(f"{path} is a folder; give a file, or put eprtr in front of a register's folder")
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise AppError(
            f"{path} has {size / 1e6:.0f} MB, more than the {LARGEST_BYTES / 1e6:.0f} MB that are read; "
            "split it, or bring meter data in as Parquet"
        )
    return path.read_bytes()


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise AppError(f"no folder {path}; the register's tables are read from a folder")
    return path


def write_out(store: Store, programme_id: str, path: Path, lang: str) -> None:
    """Write a programme to `path`: a workbook for `.xlsx`, else one store file.

    Raises
    ------
    AppError
        When `path` exists already.
    """
    if path.exists():
        raise AppError(f"{path} exists already; choose another name or remove it")
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(intake.write_workbook(store.load(programme_id), lang))
    else:
        store.export_file(programme_id, path)
