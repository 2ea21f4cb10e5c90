"""What is kept beside the ledger: accepted issues, frozen rounds, submissions and the files of evidence."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath

import sqlalchemy as sa

from parkloop.model import Evidence, Submission, Where
from parkloop.store.changes import Entry
from parkloop.store.errors import StoreConflict, StoreRefused, StoreUnknown
from parkloop.store.plan import encoded
from parkloop.store.read import columns_of, read_revision, unknown
from parkloop.store.records import AcceptedIssue, ReportingRound, Work
from parkloop.store.tables import (
    accepted_issue,
    evidence_file,
    reporting_round,
    submission,
    submission_codec,
)
from parkloop.store.values import json_of, record_text, to_text
from parkloop.store.write import write_entries

_where: Callable[[object], Where] = json_of(Where)[1]
_submission_columns = tuple(item.name for item in submission_codec.columns)


def _must_know(connection: sa.Connection, programme_id: str) -> None:
    if read_revision(connection, programme_id) is None:
        raise unknown(connection, programme_id)


def accept_issue(connection: sa.Connection, programme_id: str, accepted: AcceptedIssue) -> None:
    """Keep that somebody accepted an issue; accepting it again replaces name, time and reason.

    Raises
    ------
    StoreRefused
        When nobody or no reason is named.
    """
    _must_know(connection, programme_id)
    if not accepted.who.strip() or not accepted.reason.strip():
        raise StoreRefused("store.acceptance.nameless", {"code": accepted.code})
    place = record_text(accepted.where)
    _forget(connection, programme_id, accepted.code, place)
    row = {"programme_id": programme_id, "code": accepted.code, "place": place}
    giver = {"who": accepted.who, "at": accepted.at.isoformat(), "reason": accepted.reason}
    connection.execute(sa.insert(accepted_issue), {**row, **giver})
    work = Work("accept_issue", accepted.who, accepted.at, accepted.reason)
    write_entries(connection, programme_id, [Entry("accepted_issue", accepted.code, new=place)], work)


def withdraw_acceptance(
    connection: sa.Connection, programme_id: str, code: str, where: Where, work: Work
) -> None:
    """Take an acceptance back, so that the issue stops its step again.

    Raises
    ------
    StoreUnknown
        When the issue was not accepted.
    """
    place = record_text(where)
    if not _forget(connection, programme_id, code, place):
        raise StoreUnknown("store.acceptance.unknown", {"code": code, "where": str(where)})
    write_entries(connection, programme_id, [Entry("accepted_issue", code, old=place)], work)


def _forget(connection: sa.Connection, programme_id: str, code: str, place: str) -> bool:
    table = accepted_issue.c
    query = sa.delete(accepted_issue).where(
        table.programme_id == programme_id, table.code == code, table.place == place
    )
    return connection.execute(query).rowcount > 0


def read_accepted_issues(connection: sa.Connection, programme_id: str) -> tuple[AcceptedIssue, ...]:
    """The accepted issues of a programme, by code and place."""
    table = accepted_issue.c
    query = (
        sa.select(table.code, table.place, table.who, table.at, table.reason)
        .where(table.programme_id == programme_id)
        .order_by(table.code, table.place)
    )
    return tuple(
        AcceptedIssue(code, _where(json.loads(place)), who, datetime.fromisoformat(at), reason)
        for code, place, who, at, reason in connection.execute(query)
    )


def freeze_round(connection: sa.Connection, programme_id: str, frozen: ReportingRound) -> None:
    """Freeze the shares of a reporting round for good.

    Raises
    ------
    StoreConflict
        When a round of this id was frozen before.
    StoreRefused
        When the shares are not plain JSON.
    """
    _must_know(connection, programme_id)
    if any(known.id == frozen.id for known in read_rounds(connection, programme_id)):
        raise StoreConflict("store.round.frozen", {"id": frozen.id})
    try:
        shares = to_text(dict(frozen.shares))
    except (TypeError, ValueError):
        raise StoreRefused("store.round.not_json", {"id": frozen.id}) from None
    row = {"programme_id": programme_id, "id": frozen.id, "year": frozen.year, "who": frozen.who}
    connection.execute(sa.insert(reporting_round), {**row, "at": frozen.at.isoformat(), "shares": shares})
    work = Work("freeze_round", frozen.who, frozen.at)
    write_entries(connection, programme_id, [Entry("reporting_round", frozen.id, new=shares)], work)


def read_rounds(connection: sa.Connection, programme_id: str) -> tuple[ReportingRound, ...]:
    """The frozen rounds of a programme, by year and id."""
    table = reporting_round.c
    query = (
        sa.select(table.id, table.year, table.who, table.at, table.shares)
        .where(table.programme_id == programme_id)
        .order_by(table.year, table.id)
    )
    return tuple(
        ReportingRound(round_id, year, who, datetime.fromisoformat(at), json.loads(shares))
        for round_id, year, who, at, shares in connection.execute(query)
    )


def keep_submission(connection: sa.Connection, programme_id: str, kept: Submission) -> None:
    """Keep one more step in the life of a submission; earlier steps and versions stay.

    Raises
    ------
    StoreConflict
        When the version is older than the newest one kept.
    """
    _must_know(connection, programme_id)
    steps = read_submissions(connection, programme_id, kept.id)
    if steps and kept.version < steps[-1].version:
        raise StoreConflict(
            "store.submission.old_version",
            {"id": kept.id, "version": kept.version, "newest": steps[-1].version},
        )
    row = encoded(submission_codec, _submission_columns, kept, f"submission {kept.id}")
    connection.execute(sa.insert(submission), {**row, "programme_id": programme_id, "step": len(steps) + 1})
    old = record_text(steps[-1]) if steps else ""
    entry = Entry("submission", kept.id, old=old, new=record_text(kept))
    write_entries(connection, programme_id, [entry], Work("submission", kept.who, kept.at, kept.reason))


def read_submissions(
    connection: sa.Connection, programme_id: str, submission_id: str | None = None
) -> tuple[Submission, ...]:
    """Every kept step of every submission (or of one), by id and in the order they were kept."""
    query = sa.select(*columns_of(submission, submission_codec)).where(
        submission.c.programme_id == programme_id
    )
    if submission_id is not None:
        query = query.where(submission.c.id == submission_id)
    rows = connection.execute(query.order_by(submission.c.id, submission.c.step))
    return tuple(submission_codec.decode(row) for row in rows)


def put_evidence(connection: sa.Connection, content: bytes, given: Evidence) -> None:
    """Keep the bytes of a file under their SHA-256; the same bytes are kept once."""
    known = sa.select(evidence_file.c.file_hash).where(evidence_file.c.file_hash == given.file_hash)
    if connection.execute(known).scalar() is None:
        row = {"file_hash": given.file_hash, "name": given.file, "who": given.who, "at": given.at}
        connection.execute(sa.insert(evidence_file), {**row, "content": content})


def evidence_of(content: bytes, name: str, who: str, at: datetime) -> Evidence:
    """The record of a file: its id and hash follow from its bytes, its kind from its name."""
    digest = hashlib.sha256(content).hexdigest()
    kind = PurePath(name).suffix.lstrip(".").lower()
    return Evidence(f"E-{digest[:12]}", name, digest, kind, who, at.isoformat())


def read_evidence(connection: sa.Connection, file_hash: str) -> bytes:
    """The bytes kept under a SHA-256.

    Raises
    ------
    StoreUnknown
        When there is no such file.
    """
    query = sa.select(evidence_file.c.content).where(evidence_file.c.file_hash == file_hash)
    content = connection.execute(query).scalar()
    if content is None:
        raise StoreUnknown("store.evidence.unknown", {"hash": file_hash})
    return bytes(content)
