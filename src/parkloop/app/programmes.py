"""Ledgers in the store: which programme, what comes in, what goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from parkloop import intake
from parkloop.app.trouble import DataError, UseError
from parkloop.model import Change, ChangeKind, Intake, Issue, Ledger, Programme, Severity
from parkloop.store import AcceptedIssue, Store, StoreError, StoreRefused

__all__ = [
    "KINDS",
    "Arrival",
    "Delivery",
    "Store",
    "StoreError",
    "StoreRefused",
    "bring_in",
    "choose_programme",
    "keep_arrival",
    "load",
    "open_store",
    "read_delivery",
    "read_sources",
    "write_issues",
    "write_out",
    "write_template",
]

KINDS = ("workbook", "eprtr", "hotmaps", "series", "places", "mapped")
LARGEST_BYTES = 60_000_000
_UNNAMED = "P1"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a user hands in.

    `kind` is one of `KINDS`; `park_id` says which park a file without one belongs to; `mapping` is the saved
    column mapping of kind `mapped`; `accepted` are issue codes accepted by name; with `keep_good_rows` rows
    that cannot be taken do not hold up the others.
    """

    paths: tuple[Path, ...]
    kind: str = "workbook"
    programme_id: str = ""
    park_id: str = ""
    mapping: Path | None = None
    accepted: tuple[str, ...] = ()
    keep_good_rows: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a delivery does: the ledger before and after, differences, issues, and whether it was kept.

    `stopping` are the issues that stand in the way of keeping it.
    """

    before: Ledger | None
    after: Ledger
    changes: tuple[Change, ...]
    issues: tuple[Issue, ...]
    stopping: tuple[Issue, ...] = ()
    kept: bool = False

    def counts(self) -> dict[str, int]:
        """Number of changes by kind."""
        found = {kind.value: 0 for kind in ChangeKind}
        for change in self.changes:
            found[change.kind.value] += 1
        return found


def open_store(place: str, *, create: bool = True) -> Store:
    """The store at `place`: a file, or `postgresql://...`; without `create` it has to be there."""
    return Store.open(place, create=create)


def load(place: str, programme_id: str) -> Ledger:
    """The ledger of a programme from the store at `place`, which has to be there."""
    with open_store(place, create=False) as store:
        return store.load(choose_programme(store, programme_id))


def choose_programme(store: Store, programme_id: str) -> str:
    """The programme asked for, or the only one there is.

    Raises
    ------
    UseError
        When there is none, several, or not the one asked for.
    """
    known = [p.id for p in store.programmes()]
    arguments = {"id": programme_id, "place": store.place, "known": ", ".join(known) or "-"}
    if programme_id:
        if programme_id not in known:
            raise UseError("use.programme.unknown", arguments)
        return programme_id
    if not known:
        raise UseError("use.programme.none", arguments)
    if len(known) > 1:
        raise UseError("use.programme.several", arguments)
    return known[0]


def bring_in(store: Store, delivery: Delivery, who: str, at: datetime, *, keep: bool) -> Arrival:
    """Read a delivery into its programme; with `keep` store it, wholly or not at all.

    Raises
    ------
    DataError
        When issues stop the import; the store is then as before.
    StoreError
        When the store is busy, full or has moved on meanwhile.
    """
    arrival = read_delivery(store, delivery)
    return keep_arrival(store, arrival, delivery, who, at) if keep else arrival


def read_delivery(store: Store, delivery: Delivery) -> Arrival:
    """What a delivery would do to its programme; nothing is kept.

    Raises
    ------
    UseError
        When a file cannot be used, or it is not clear which programme it belongs to.
    """
    known = {p.id for p in store.programmes()}
    asked = delivery.programme_id
    existing = asked or (next(iter(known)) if len(known) == 1 else "")
    before = store.load(existing) if existing in known else None
    start = before or Ledger(Programme(asked or _UNNAMED, "Programme", "Chương trình"))
    read = read_sources(delivery, start)
    found = read.ledger.programme.id
    arguments = {"file": ", ".join(path.name for path in delivery.paths), "typed": found, "asked": asked}
    if asked and found != asked:
        raise UseError("use.programme.other", arguments)
    if before is None and known and not asked and read.ledger.programme is start.programme:
        raise UseError("use.programme.several", {"place": store.place, "known": ", ".join(sorted(known))})
    if found != existing:  # the workbook names its programme, and the one looked at holds nothing
        before = store.load(found) if found in known else None
        read = read_sources(delivery, before or start)
    stopping = tuple(issue for issue in read.issues if _stops(issue, delivery))
    if before is None and not stopping and not read.changes:
        raise UseError("use.import.nothing", arguments)
    return Arrival(before, read.ledger, read.changes, read.issues, stopping)


def _stops(issue: Issue, delivery: Delivery) -> bool:
    """Whether an issue stands in the way: an unreadable file always, a row unless others may go on."""
    grave = issue.severity is Severity.BLOCKING
    wrong = issue.severity is Severity.ERROR and not delivery.keep_good_rows
    return (grave or wrong) and issue.code not in delivery.accepted


def keep_arrival(store: Store, arrival: Arrival, delivery: Delivery, who: str, at: datetime) -> Arrival:
    """Store what was read, together with the issues that were accepted by name, or nothing at all.

    Raises
    ------
    DataError
        When issues stand in the way.
    StoreError
        When the store is busy, full or has moved on since the delivery was read.
    """
    if arrival.stopping:
        raise DataError(arrival.stopping, arrival.issues, arrival.changes)
    grave = (Severity.ERROR, Severity.BLOCKING)
    accepted = tuple(
        AcceptedIssue(issue.code, issue.where, who, at, "accepted on import")
        for issue in arrival.issues
        if issue.severity in grave and issue.code in delivery.accepted
    )
    reason = ", ".join(path.name for path in delivery.paths)
    if left_out := arrival.counts()["rejected"]:
        reason += f" ({left_out} rows left out)"
    store.apply(arrival.before, arrival.after, who, at, "import", reason, accepted=accepted)
    return replace(arrival, kept=True)


def read_sources(delivery: Delivery, into: Ledger) -> Intake:
    """Read the files of a delivery on top of `into`.

    Raises
    ------
    UseError
        When a file is not there, too large, or of an unknown kind.
    """
    if delivery.kind == "workbook":
        files = [(name, _content(path)) for name, path in _named(delivery.paths)]
        if len(files) == 1:
            return intake.read_workbook(files[0][1], files[0][0], into)
        return intake.merge(into, files)
    if len(delivery.paths) != 1:
        raise UseError("use.import.one_path", {"kind": delivery.kind, "count": len(delivery.paths)})
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
            raise UseError("use.import.no_mapping", {})
        mapping = intake.read_mapping(_content(delivery.mapping), delivery.mapping.name)
        return intake.read_mapped(_content(path), path.name, mapping, into)
    raise UseError("use.import.kind_unknown", {"kind": delivery.kind, "known": ", ".join(KINDS)})


def _named(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Each file once, by its name; by its path where two have one name, so that every cell can be found."""
    single = list({path.resolve(): path for path in paths}.values())
    names = [path.name for path in single]
    return [(path.name if names.count(path.name) == 1 else str(path), path) for path in single]


def _content(path: Path) -> bytes:
    if not path.exists():
        raise UseError("use.file.missing", {"path": str(path)})
    if path.is_dir():
        raise UseError("use.file.folder", {"path": str(path)})
    if not path.is_file():  # a device or a pipe has no size and may never end
        raise UseError("use.file.not_regular", {"path": str(path)})
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        sizes = {"size_mb": round(size / 1e6), "limit_mb": round(LARGEST_BYTES / 1e6)}
        raise UseError("use.file.too_large", {"path": str(path), **sizes})
    return path.read_bytes()


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise UseError("use.folder.missing", {"path": str(path)})
    return path


def write_template(path: Path, lang: str) -> None:
    """Write the blank workbook.

    Raises
    ------
    UseError
        When `path` exists already.
    """
    if path.exists():
        raise UseError("use.file.exists", {"path": str(path)})
    path.write_bytes(intake.write_template(lang))


def write_issues(issues: Sequence[Issue], path: Path, lang: str) -> None:
    """Write issues to a workbook that can be sent back."""
    path.write_bytes(intake.write_issues(tuple(issues), lang))


def write_out(store: Store, programme_id: str, path: Path, lang: str) -> None:
    """Write a programme to `path`: a workbook for `.xlsx`, else one store file.

    Raises
    ------
    UseError
        When `path` exists already.
    """
    if path.exists():
        raise UseError("use.file.exists", {"path": str(path)})
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(intake.write_workbook(store.load(programme_id), lang))
    else:
        store.export_file(programme_id, path)
