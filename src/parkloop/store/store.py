"""The store: keeps ledgers, their history and their evidence in one file or on a server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from parkloop.model import AuditEvent, Evidence, Ledger, Programme, Submission, Where
from parkloop.store import keep, read, transfer
from parkloop.store.changes import Entry
from parkloop.store.connect import Database, connect, locate, must_exist, reading, writing
from parkloop.store.errors import StoreBusy, StoreError
from parkloop.store.migrate import ensure_current
from parkloop.store.plan import plan_change
from parkloop.store.records import AcceptedIssue, ApplyResult, ReportingRound, Work
from parkloop.store.tables import running_work
from parkloop.store.write import write_entries, write_plan

_WAIT_S = 3.0


class Store:
    """Keeps the ledgers of many programmes; open it, use it from any thread, close it.

    Nothing is half done: a change that fails, for whatever reason, leaves the store as it was.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from parkloop.model import Ledger, Programme
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/parks.db") as store:
    ...     ledger = Ledger(Programme("P-1", "Pilot", "Thí điểm"))
    ...     done = store.apply(None, ledger, "An", datetime(2026, 1, 5, tzinfo=UTC), "create")
    ...     store.load("P-1") == ledger
    True
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: dict[str, int] = {}

    @classmethod
    def open(cls, url_or_path: str | Path, *, create: bool = True, wait_s: float = _WAIT_S) -> Self:
        """Open a store, making it or bringing it up to date where needed.

        Parameters
        ----------
        url_or_path
            A path (one SQLite file) or `postgresql://user@host/database`.
        create
            Whether a file that is not there is made.
        wait_s
            How long a writer waits for another one [s].

        Raises
        ------
        StoreError
            One sentence about the place and the mend: `StoreUnknown` (no such file), `StoreUnreachable`
            (folder, rights, server, driver), `StoreForeign` (not a store, damaged, or newer than the code).
        """
        url = locate(url_or_path)
        must_exist(url, create=create)
        database = connect(url, wait_s)
        try:
            ensure_current(database)
        except BaseException:
            database.engine.dispose()
            raise
        return cls(database)

    def close(self) -> None:
        """Let go of the file or server; an SQLite store is then one file."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self.place!r})"

    @property
    def place(self) -> str:
        """Where the store is, without any password."""
        return self._database.place

    def programmes(self) -> tuple[Programme, ...]:
        """All programmes by id."""
        with reading(self._database) as connection:
            return read.read_programmes(connection)

    def load(self, programme_id: str) -> Ledger:
        """The ledger of a programme, equal to the one that was applied last.

        Raises
        ------
        StoreUnknown
            When there is no such programme; the sentence lists those there are.
        """
        with reading(self._database) as connection:
            ledger = read.read_ledger(connection, programme_id)
            self._seen[programme_id] = read.read_revision(connection, programme_id) or 0
        return ledger

    def revision(self, programme_id: str) -> int:
        """The number of the ledger's present state; read it before `load` and hand it to `apply`.

        Raises
        ------
        StoreUnknown
            When there is no such programme.
        """
        with reading(self._database) as connection:
            found = read.read_revision(connection, programme_id)
            if found is None:
                raise read.unknown(connection, programme_id)
        return found

    def apply(  # noqa: PLR0913 - who, when, what and why belong to every change
        self,
        before: Ledger | None,
        after: Ledger,
        who: str,
        at: datetime,
        action: str,
        reason: str = "",
        revision: int | None = None,
        accepted: Sequence[AcceptedIssue] = (),
    ) -> ApplyResult:
        """Keep a changed ledger: only what differs is written, and each difference goes into the history.

        Parameters
        ----------
        before
            The ledger the change started from, as `load` gave it; None for a new programme.
        action
            What was done: `import`, `edit`, `decide`, ...
        revision
            What `revision` said when `before` was read; left out, what this store object last saw.
        accepted
            Disqualifying issues somebody accepted so that the change may be kept; they are kept with it.

        Raises
        ------
        StoreConflict
            When the programme moved on since `before` was read.
        StoreBusy
            When another writer does not finish in time; names what runs.
        StoreFull
            When there is no room left.
        StoreRefused
            When a record cannot be kept as it is.
        """
        programme_id = after.programme.id
        plan = plan_change(before, after)
        expected = self._seen.get(programme_id) if revision is None else revision
        work = Work(action, who, at, reason)
        with self._working(programme_id, work) as connection:
            result = write_plan(connection, plan, work, expected)
            for issue in accepted:
                keep.accept_issue(connection, programme_id, issue)
        self._seen[programme_id] = result.revision
        return result

    def history(
        self, programme_id: str, record_kind: str | None = None, record_id: str | None = None
    ) -> tuple[AuditEvent, ...]:
        """Every change of a programme from the first, of one kind of record or one record where given."""
        with reading(self._database) as connection:
            return read.read_history(connection, programme_id, record_kind, record_id)

    def copy(self, programme_id: str, new_id: str, who: str, at: datetime) -> None:
        """Copy a programme with its history under a new id; the history then says so.

        Raises
        ------
        StoreUnknown
            When there is no such programme.
        StoreConflict
            When there is one of the new id.
        """
        work = Work("copy", who, at)
        with self._working(new_id, work, programme_id) as connection:
            transfer.copy_programme(connection, connection, programme_id, new_id)
            entry = Entry("programme", new_id, "id", f'"{programme_id}"', f'"{new_id}"')
            write_entries(connection, new_id, [entry], work)

    def export_file(self, programme_id: str, path: str | Path) -> None:
        """Write one programme with history and evidence to one new file that any store opens.

        Raises
        ------
        StoreUnknown
            When there is no such programme.
        StoreConflict
            When the file is already there.
        """
        transfer.export_programme(self._database, programme_id, Path(path))

    def import_file(self, path: str | Path) -> tuple[str, ...]:
        """Copy every programme of an exported file (or SQLite store) into this store; their ids.

        Raises
        ------
        StoreUnknown, StoreForeign
            When there is no such file, or it is no store.
        StoreConflict
            When a programme of the same id is here already; nothing is copied then.
        """
        return transfer.import_programmes(self._database, Path(path))

    def put_evidence(self, content: bytes, name: str, who: str, at: datetime) -> Evidence:
        """Keep a file that proves a value, and give the record to put into the ledger."""
        given = keep.evidence_of(content, name, who, at)
        with writing(self._database, given.file_hash) as connection:
            keep.put_evidence(connection, content, given)
        return given

    def evidence(self, file_hash: str) -> bytes:
        """The file kept under a SHA-256; StoreUnknown when there is none."""
        with reading(self._database) as connection:
            return keep.read_evidence(connection, file_hash)

    def accept_issue(self, programme_id: str, accepted: AcceptedIssue) -> None:
        """Keep that a person accepted a disqualifying issue, and why."""
        work = Work("accept_issue", accepted.who, accepted.at)
        with self._working(programme_id, work) as connection:
            keep.accept_issue(connection, programme_id, accepted)

    def withdraw_acceptance(self, programme_id: str, code: str, where: Where, work: Work) -> None:
        """Take an acceptance back; StoreUnknown when the issue was not accepted."""
        with self._working(programme_id, work) as connection:
            keep.withdraw_acceptance(connection, programme_id, code, where, work)

    def accepted_issues(self, programme_id: str) -> tuple[AcceptedIssue, ...]:
        """The issues that were accepted, by code and place."""
        with reading(self._database) as connection:
            return keep.read_accepted_issues(connection, programme_id)

    def freeze_round(self, programme_id: str, frozen: ReportingRound) -> None:
        """Freeze the attributed shares of a report for good; StoreConflict when its id was frozen before."""
        with self._working(programme_id, Work("freeze_round", frozen.who, frozen.at)) as connection:
            keep.freeze_round(connection, programme_id, frozen)

    def rounds(self, programme_id: str) -> tuple[ReportingRound, ...]:
        """The frozen rounds by year and id."""
        with reading(self._database) as connection:
            return keep.read_rounds(connection, programme_id)

    def keep_submission(self, programme_id: str, kept: Submission) -> None:
        """Keep one more step in the life of a submission; StoreConflict when its version is an old one."""
        with self._working(programme_id, Work("submission", kept.who, kept.at)) as connection:
            keep.keep_submission(connection, programme_id, kept)

    def submissions(self, programme_id: str) -> tuple[Submission, ...]:
        """Every submission as it stands now, by id."""
        return tuple({step.id: step for step in self.submission_steps(programme_id)}.values())

    def submission_steps(self, programme_id: str, submission_id: str | None = None) -> tuple[Submission, ...]:
        """Every kept step of every submission (or of one), from the first."""
        with reading(self._database) as connection:
            return keep.read_submissions(connection, programme_id, submission_id)

    @contextmanager
    def _working(self, programme_id: str, work: Work, *also: str) -> Iterator[sa.Connection]:
        """One writing transaction (nobody writes to `also` either); those who wait can read what runs."""
        try:
            self._announce(programme_id, work)
            with writing(self._database, programme_id, *also) as connection:
                yield connection
                connection.execute(_note_of(programme_id))
        except StoreBusy as error:
            raise self._who_is_busy(error, programme_id, work) from error
        except BaseException:
            # The note is for people only: losing it to the same full disk must not hide what happened.
            with suppress(StoreError), writing(self._database, programme_id) as connection:
                connection.execute(_note_of(programme_id))
            raise

    def _announce(self, programme_id: str, work: Work) -> None:
        with writing(self._database, programme_id) as connection:
            connection.execute(_note_of(programme_id))
            row = {"programme_id": programme_id, "action": work.action, "who": work.who}
            connection.execute(sa.insert(running_work), {**row, "at": work.at.isoformat()})

    def _who_is_busy(self, error: StoreBusy, programme_id: str, work: Work) -> StoreBusy:
        note = running_work.c
        query = sa.select(note.programme_id, note.action, note.who, note.at).order_by(note.at.desc())
        if not self._database.is_sqlite:
            query = query.where(note.programme_id == programme_id)
        with reading(self._database) as connection:
            rows = connection.execute(query).all()
        mine = (programme_id, work.action, work.who, work.at.isoformat())
        for row in rows:
            if tuple(row) != mine:
                names = {"id": row.programme_id, "action": row.action, "who": row.who, "at": row.at}
                return StoreBusy("store.busy.named", {"place": self.place, **names})
        return error


def _note_of(programme_id: str) -> sa.Delete:
    return sa.delete(running_work).where(running_work.c.programme_id == programme_id)
