"""A ledger is copied, exported to one file, and opened elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parkloop.model import Ledger, Solution, Submission, Where
from parkloop.store import (
    AcceptedIssue,
    ReportingRound,
    Store,
    StoreConflict,
    StoreForeign,
    StoreUnknown,
)

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
NewLedger = Callable[..., Ledger]


@pytest.fixture
def store(store_url: str, new_ledger: NewLedger) -> Iterator[Store]:
    """A store with two programmes; P-1 has everything a programme can have."""
    with Store.open(store_url) as opened:
        opened.put_evidence(b"somebody else's", "other.pdf", "An", AT)
        proof = opened.put_evidence(b"the bill", "bill.pdf", "An", AT)
        solution = Solution("S-1", "leaks", "measure", "Leaks", "Rò rỉ", ("E-1",), (), programme_ids=("P-1",))
        ledger = replace(new_ledger(), evidence=(proof,), solutions=(solution,))
        opened.apply(None, ledger, "An", AT, "create")
        opened.apply(ledger, replace(ledger, flows=ledger.flows[:2]), "An", AT, "edit")
        opened.accept_issue("P-1", AcceptedIssue("x", Where(sheet="Flows"), "An", AT, "y"))
        opened.freeze_round("P-1", ReportingRound("2025", 2025, "An", AT, {"S-1": 1.0}))
        opened.keep_submission("P-1", Submission("B-1", "vn05", "PK-1", 2025, "draft", AT, "An"))
        opened.apply(None, new_ledger("P-2"), "An", AT, "create")
        yield opened


def _everything(store: Store, programme_id: str) -> tuple[object, ...]:
    ledger = store.load(programme_id)
    return (
        ledger,
        store.revision(programme_id),
        store.history(programme_id),
        store.accepted_issues(programme_id),
        store.rounds(programme_id),
        store.submission_steps(programme_id),
        [store.evidence(item.file_hash) for item in ledger.evidence],
    )


def test_export_when_opened_then_holds_the_one_programme_whole(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "gửi đi.parkloop"
    store.export_file("P-1", target)
    assert sorted(path.name for path in tmp_path.glob("gửi*")) == [target.name]
    with Store.open(target, create=False) as opened:
        assert [programme.id for programme in opened.programmes()] == ["P-1"]
        assert _everything(opened, "P-1") == _everything(store, "P-1")
        with pytest.raises(StoreUnknown):
            opened.evidence(store.put_evidence(b"somebody else's", "other.pdf", "An", AT).file_hash)


def test_export_when_imported_on_a_server_and_back_then_equal(
    store: Store, tmp_path: Path, new_postgres: Callable[[str], str]
) -> None:
    before = _everything(store, "P-1")
    store.export_file("P-1", tmp_path / "a.db")
    with Store.open(new_postgres("template1")) as server:
        assert server.import_file(tmp_path / "a.db") == ("P-1",)
        assert _everything(server, "P-1") == before
        server.export_file("P-1", tmp_path / "b.db")
    with Store.open(tmp_path / "c.db") as back:
        back.import_file(tmp_path / "b.db")
        assert _everything(back, "P-1") == before


def test_import_when_the_store_goes_on_then_history_goes_on(store: Store, tmp_path: Path) -> None:
    store.export_file("P-1", tmp_path / "a.db")
    with Store.open(tmp_path / "b.db") as opened:
        opened.import_file(tmp_path / "a.db")
        before = opened.load("P-1")
        opened.apply(before, replace(before, flows=before.flows[:1]), "Chi", AT, "edit")
        numbers = [event.number for event in opened.history("P-1")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_import_when_the_programme_is_there_then_conflict_and_nothing_changed(
    store: Store, tmp_path: Path
) -> None:
    store.export_file("P-1", tmp_path / "a.db")
    before = _everything(store, "P-1")
    with pytest.raises(StoreConflict, match="already a programme P-1"):
        store.import_file(tmp_path / "a.db")
    assert _everything(store, "P-1") == before


def test_import_when_the_file_is_read_only_and_open_elsewhere_then_still_read(
    store: Store, tmp_path: Path, new_ledger: NewLedger
) -> None:
    with Store.open(tmp_path / "live.db") as live:
        live.apply(None, new_ledger("P-3"), "An", AT, "create")
        assert store.import_file(tmp_path / "live.db") == ("P-3",)
    assert store.load("P-3") == new_ledger("P-3")


def test_import_when_the_file_is_no_store_then_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database at all " * 100)
    with pytest.raises(StoreForeign, match=r"notes\.db is not a parkloop store"):
        store.import_file(tmp_path / "notes.db")
    with pytest.raises(StoreUnknown, match=r"no store at .*missing\.db"):
        store.import_file(tmp_path / "missing.db")
    Store.open(tmp_path / "empty.db").close()
    with pytest.raises(StoreForeign, match="holds no programme"):
        store.import_file(tmp_path / "empty.db")


def test_export_when_it_cannot_be_done_then_no_file_is_left(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreUnknown, match="no programme P-9"):
        store.export_file("P-9", tmp_path / "x.out")
    (tmp_path / "there.out").write_text("mine")
    with pytest.raises(StoreConflict, match="already a file"):
        store.export_file("P-1", tmp_path / "there.out")
    assert sorted(path.name for path in tmp_path.glob("*.out*")) == ["there.out"]
    assert (tmp_path / "there.out").read_text() == "mine"


def test_copy_when_changed_then_the_first_stays(store: Store) -> None:
    before = _everything(store, "P-1")
    store.copy("P-1", "P-1b", "Chi", AT)
    copied = store.load("P-1b")
    first = store.load("P-1")
    assert copied == replace(
        first,
        programme=replace(first.programme, id="P-1b"),
        parks=tuple(replace(park, programme_id="P-1b") for park in first.parks),
        solutions=(replace(first.solutions[0], programme_ids=("P-1b",)),),
    )
    store.apply(copied, replace(copied, flows=()), "Chi", AT, "edit")
    assert _everything(store, "P-1") == before
    events = store.history("P-1b", "programme")
    assert (events[-1].action, events[-1].old, events[-1].who) == ("copy", '"P-1"', "Chi")


def test_copy_when_the_id_is_taken_then_conflict(store: Store) -> None:
    with pytest.raises(StoreConflict, match="already a programme P-2"):
        store.copy("P-1", "P-2", "Chi", AT)
    with pytest.raises(StoreUnknown, match="no programme P-9"):
        store.copy("P-9", "P-3", "Chi", AT)
    assert [programme.id for programme in store.programmes()] == ["P-1", "P-2"]
