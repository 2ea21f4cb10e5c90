"""A full disk, a killed process, a second import, a wrong file: a sentence, and a store exactly as before."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from parkloop.model import Ledger
from parkloop.store import (
    Store,
    StoreBusy,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreUnknown,
    StoreUnreachable,
)
from parkloop.store.connect import connect, locate
from parkloop.store.migrate import VERSION_TABLE

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
NewLedger = Callable[..., Ledger]


def _many(ledger: Ledger, number: int = 5000) -> Ledger:
    flows = tuple(replace(ledger.flows[0], id=f"N-{i}", label=str(i), note="x" * 200) for i in range(number))
    origins = {f"flow/N-{i}/amount": ledger.origins["flow/F-1/amount"] for i in range(number)}
    return replace(ledger, flows=(*ledger.flows, *flows), origins={**ledger.origins, **origins})


def _state(url: str) -> tuple[object, ...]:
    with Store.open(url) as store:
        return store.load("P-1"), store.revision("P-1"), store.history("P-1")


def _healthy(url: str) -> None:
    if "://" not in url:
        with sqlite3.connect(url) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


_KILLED = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
import sqlalchemy as sa
from parkloop.store import Store

url, table = sys.argv[1:]
store = Store.open(url)
before = store.load("P-1")
first = before.flows[0]
flows = tuple(replace(first, id=f"N-{i}", label=str(i), note="x" * 200) for i in range(5000))
origins = {f"flow/N-{i}/amount": before.origins["flow/F-1/amount"] for i in range(5000)}
after = replace(before, flows=(*before.flows, *flows), origins={**before.origins, **origins})

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def wait(connection, cursor, statement, parameters, context, many):
    if many and statement.startswith(f"INSERT INTO {table} "):
        print("writing", flush=True)
        sys.stdin.read()

store.apply(before, after, "An", datetime(2026, 1, 5, tzinfo=UTC), "import")
print("done", flush=True)
"""


@pytest.mark.parametrize("table", ["flow", "audit_event"])
def test_process_when_killed_in_the_middle_then_store_as_before_and_writable(
    store_url: str, new_ledger: NewLedger, table: str
) -> None:
    with Store.open(store_url) as store:
        store.apply(None, new_ledger(), "An", AT, "create")
    before = _state(store_url)
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, store_url, table],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    child.kill()
    child.communicate()
    assert child.returncode < 0
    assert _state(store_url) == before
    _healthy(store_url)
    with Store.open(store_url) as store:
        ledger = store.load("P-1")
        store.apply(ledger, _many(ledger, 3), "An", AT, "import")
        assert store.load("P-1") == _many(ledger, 3)


@contextmanager
def _room_for(store: Store, pages: int) -> Iterator[None]:
    """A disk with room for so many more pages: SQLite's own limit gives the same error as a full disk."""
    engine = store._database.engine

    def limit(connection: sqlite3.Connection, _record: Any) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    engine.dispose()
    sa.event.listen(engine, "connect", limit)
    yield
    sa.event.remove(engine, "connect", limit)
    engine.dispose()


@pytest.mark.parametrize("pages", [0, 1, 40, 400])
def test_disk_when_full_then_sentence_and_store_as_before(
    sqlite_url: str, new_ledger: NewLedger, pages: int
) -> None:
    with Store.open(sqlite_url) as store:
        ledger = new_ledger()
        store.apply(None, ledger, "An", AT, "create")
        before = _state(sqlite_url)
        with _room_for(store, pages):
            with pytest.raises(StoreFull, match="no room left for the store .*Free some space"):
                store.apply(ledger, _many(ledger), "An", AT, "import")
            with pytest.raises(StoreFull):
                store.put_evidence(b"x" * 10_000_000, "photo.jpg", "An", AT)
        assert store.load("P-1") == ledger
        _healthy(sqlite_url)
        assert _state(sqlite_url) == before
        store.apply(ledger, _many(ledger, 5), "An", AT, "import")
        assert store.load("P-1") == _many(ledger, 5)


def test_second_import_when_one_runs_then_sentence_names_it(store_url: str, new_ledger: NewLedger) -> None:
    writing, go_on = threading.Event(), threading.Event()

    def wait(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO audit_event"):
            writing.set()
            go_on.wait(20)

    with Store.open(store_url) as first, Store.open(store_url, wait_s=0.2) as second:
        ledger = new_ledger()
        first.apply(None, ledger, "An", AT, "create")
        sa.event.listen(first._database.engine, "after_cursor_execute", wait)
        run = threading.Thread(target=first.apply, args=(ledger, _many(ledger, 50), "An", AT, "import"))
        run.start()
        try:
            assert writing.wait(20)
            assert second.load("P-1") == ledger
            with pytest.raises(StoreBusy, match=r"An is writing to .*: import in programme P-1") as caught:
                second.apply(ledger, replace(ledger, flows=()), "Bình", AT, "import")
            assert "2026-01-05T08:30" in str(caught.value)
        finally:
            go_on.set()
            run.join(20)
        assert second.load("P-1") == _many(ledger, 50)
        now = second.load("P-1")
        second.apply(now, replace(now, flows=()), "Bình", AT, "import")


def test_two_processes_when_they_make_the_same_store_then_both_open_it(sqlite_url: str) -> None:
    code = "import sys; from parkloop.store import Store; Store.open(sys.argv[1], wait_s=20).close()"
    children = [subprocess.Popen([sys.executable, "-c", code, sqlite_url]) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    Store.open(sqlite_url).close()


def test_path_when_it_cannot_be_a_store_then_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Danh sách công ty " * 200)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE customers (id INTEGER)")
    for path, kind, words in (
        (tmp_path, StoreUnreachable, "is a folder"),
        (tmp_path / "none" / "x.db", StoreUnreachable, "there is no folder"),
        (tmp_path / "notes.txt", StoreForeign, "notes.txt is not a parkloop store"),
        (tmp_path / "other.db", StoreForeign, r"other.db is not a parkloop store \(customers\)"),
    ):
        with pytest.raises(kind, match=words):
            Store.open(path)
    with pytest.raises(StoreUnknown, match="no store at"):
        Store.open(tmp_path / "typo.db", create=False)
    assert not (tmp_path / "typo.db").exists()
    with sqlite3.connect(tmp_path / "other.db") as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("customers",)]


def test_store_when_damaged_then_sentence(sqlite_url: str, new_ledger: NewLedger) -> None:
    with Store.open(sqlite_url) as store:
        store.apply(None, new_ledger(), "An", AT, "create")
    path = Path(sqlite_url)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    with pytest.raises(StoreForeign, match="damaged"), Store.open(sqlite_url) as store:
        store.load("P-1")


def test_store_when_newer_than_the_code_then_sentence_to_update(store_url: str) -> None:
    Store.open(store_url).close()
    engine = connect(locate(store_url), 1.0).engine
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreForeign, match=r"newer version .*pip install --upgrade parkloop"):
        Store.open(store_url)


def test_folder_when_not_writable_then_sentence(new_ledger: NewLedger) -> None:
    if not hasattr(os, "geteuid"):
        pytest.skip("needs an operating system with user ids")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "old.db") as store:
            store.apply(None, new_ledger(), "An", AT, "create")
        folder.chmod(0o555)
        with _as_nobody():
            with pytest.raises(StoreUnreachable, match=r"new\.db cannot be opened.*Check that you may"):
                Store.open(folder / "new.db")
            with pytest.raises(StoreUnreachable, match=r"old\.db (cannot be opened|can be read but not)"):
                Store.open(folder / "old.db").apply(None, new_ledger("P-2"), "An", AT, "create")
        folder.chmod(0o755)
        with Store.open(folder / "old.db") as store:
            assert store.load("P-1") == new_ledger()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no folder refuses."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_server_when_it_does_not_answer_then_sentence_without_password() -> None:
    with pytest.raises(StoreUnreachable) as caught:
        Store.open("postgresql://an:s3cret@127.0.0.1:1/parks?connect_timeout=2")
    assert "127.0.0.1" in str(caught.value)
    assert "s3cret" not in f"{caught.value} {caught.value.__cause__} {caught.value.arguments}"


def test_errors_when_raised_then_hold_no_values_of_other_people(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        ledger = new_ledger()
        store.apply(None, ledger, "An", AT, "create")
        secret = replace(ledger.flows[0], id="F-9", note="bí mật kinh doanh")
        added = replace(ledger, flows=(*ledger.flows, secret))
        store.apply(ledger, added, "An", AT, "import")
        with pytest.raises(StoreError) as caught:
            store.apply(ledger, added, "An", AT, "import", revision=2)
    assert "bí mật" not in f"{caught.value} {caught.value.__cause__}"
