"""History that cannot be rewritten, accepted issues, frozen rounds, submissions and evidence."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from parkloop.model import Ledger, Submission, Where
from parkloop.store import (
    AcceptedIssue,
    ReportingRound,
    Store,
    StoreConflict,
    StoreRefused,
    StoreUnknown,
    Work,
)
from parkloop.store.connect import connect, locate
from parkloop.store.tables import APPEND_ONLY

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
NewLedger = Callable[..., Ledger]


@pytest.fixture
def store(store_url: str, new_ledger: NewLedger) -> Store:
    with Store.open(store_url) as opened:
        opened.apply(None, new_ledger(), "An", AT, "create")
        yield opened


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_history_when_someone_rewrites_it_by_hand_then_the_database_refuses(
    store: Store, store_url: str, table: str, verb: str
) -> None:
    _fill(store)
    before = (store.history("P-1"), store.rounds("P-1"), store.submission_steps("P-1"))
    assert all(before)
    statement = f"UPDATE {table} SET who = 'x'" if verb == "update" else f"DELETE FROM {table}"
    engine = connect(locate(store_url), 1.0).engine
    with pytest.raises(sa.exc.DBAPIError, match="never changed or deleted"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
    assert (store.history("P-1"), store.rounds("P-1"), store.submission_steps("P-1")) == before


def _fill(store: Store) -> None:
    store.freeze_round("P-1", ReportingRound("2025", 2025, "An", AT, {"S-1": {"ghg_t": 12.5}}))
    store.keep_submission("P-1", Submission("B-1", "vn05", "PK-1", 2025, "draft", AT, "An"))


def test_acceptance_when_given_then_kept_with_who_when_and_why(store: Store) -> None:
    where = Where("khảo sát.xlsx", "Flows", "E14", "flow/F-1", "amount")
    accepted = AcceptedIssue("intake.flow.unit_unknown", where, "Bình", AT, "đơn vị theo hóa đơn")
    store.accept_issue("P-1", accepted)
    store.accept_issue("P-1", replace(accepted, where=Where(sheet="Bills")))
    assert set(store.accepted_issues("P-1")) == {accepted, replace(accepted, where=Where(sheet="Bills"))}
    again = replace(accepted, who="Chi", reason="đã đối chiếu")
    store.accept_issue("P-1", again)
    assert again in store.accepted_issues("P-1")
    assert len(store.accepted_issues("P-1")) == 2
    events = store.history("P-1", "accepted_issue")
    assert [(event.who, event.reason) for event in events][::2] == [
        ("Bình", "đơn vị theo hóa đơn"),
        ("Chi", "đã đối chiếu"),
    ]


def test_acceptance_when_withdrawn_then_gone_but_in_the_history(store: Store) -> None:
    accepted = AcceptedIssue("assess.gate", Where(record="park/PK-1"), "Bình", AT, "vì thế")
    store.accept_issue("P-1", accepted)
    work = Work("withdraw", "Chi", AT + timedelta(days=1), "sai lý do")
    store.withdraw_acceptance("P-1", accepted.code, accepted.where, work)
    assert store.accepted_issues("P-1") == ()
    assert store.history("P-1", "accepted_issue")[-1].who == "Chi"
    with pytest.raises(StoreUnknown, match=r"assess\.gate at park/PK-1"):
        store.withdraw_acceptance("P-1", accepted.code, accepted.where, work)


@pytest.mark.parametrize(("who", "reason"), [("", "vì thế"), ("An", " ")])
def test_acceptance_when_nameless_then_refused(store: Store, who: str, reason: str) -> None:
    with pytest.raises(StoreRefused, match="a name and a reason"):
        store.accept_issue("P-1", AcceptedIssue("x", Where(), who, AT, reason))
    assert store.accepted_issues("P-1") == ()


def test_round_when_frozen_then_never_again_under_the_same_id(store: Store) -> None:
    frozen = ReportingRound("2025-H1", 2025, "An", AT, {"S-1": {"ghg_t": 12.5, "parts": [1, None, "x"]}})
    store.freeze_round("P-1", frozen)
    with pytest.raises(StoreConflict, match="2025-H1 is frozen"):
        store.freeze_round("P-1", replace(frozen, shares={"S-1": {"ghg_t": 99.0}}))
    later = replace(frozen, id="2024", year=2024)
    store.freeze_round("P-1", later)
    assert store.rounds("P-1") == (later, frozen)


def test_round_when_shares_are_no_json_then_refused(store: Store) -> None:
    with pytest.raises(StoreRefused, match="2025-H1"):
        store.freeze_round("P-1", ReportingRound("2025-H1", 2025, "An", AT, {"S-1": float("nan")}))
    assert store.rounds("P-1") == ()


def test_submission_when_it_moves_on_then_every_step_and_version_is_kept(store: Store) -> None:
    first = Submission("B-1", "vn05", "PK-1", 2025, "draft", AT, "An")
    steps = (
        first,
        replace(first, state="waiting", at=AT + timedelta(hours=1)),
        replace(first, state="returned", who="Ban quản lý", reason="thiếu số liệu nước"),
        replace(first, state="waiting", version=2),
    )
    for step in steps:
        store.keep_submission("P-1", step)
    assert store.submission_steps("P-1", "B-1") == steps
    assert store.submissions("P-1") == (steps[-1],)
    with pytest.raises(StoreConflict, match="older than the version 2"):
        store.keep_submission("P-1", first)


@pytest.mark.parametrize("what", ["accept", "freeze", "submit"])
def test_keeping_when_the_programme_is_unknown_then_sentence(store: Store, what: str) -> None:
    verbs = {
        "accept": lambda: store.accept_issue("P-9", AcceptedIssue("x", Where(), "An", AT, "y")),
        "freeze": lambda: store.freeze_round("P-9", ReportingRound("1", 2025, "An", AT, {})),
        "submit": lambda: store.keep_submission("P-9", Submission("B", "f", "s", 2025, "draft", AT)),
    }
    with pytest.raises(StoreUnknown, match="no programme P-9"):
        verbs[what]()


def test_evidence_when_put_then_comes_back_by_its_hash(store: Store) -> None:
    content = bytes(range(256)) * 1000
    given = store.put_evidence(content, "hóa đơn 03-2025.PDF", "An", AT)
    assert given.file_hash == hashlib.sha256(content).hexdigest()
    assert (given.kind, given.who, given.at) == ("pdf", "An", AT.isoformat())
    assert store.evidence(given.file_hash) == content
    assert store.put_evidence(content, "bản sao.pdf", "Bình", AT).id == given.id
    with pytest.raises(StoreUnknown, match="0000"):
        store.evidence("0000")
