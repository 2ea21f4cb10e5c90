"""The migrations give exactly the tables the records ask for."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from parkloop.model import Ledger
from parkloop.store import Store
from parkloop.store.connect import connect, locate, writing
from parkloop.store.migrate import VERSION_TABLE, alembic_config
from parkloop.store.tables import metadata

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


def test_migrations_when_run_then_tables_match_the_records(store_url: str) -> None:
    Store.open(store_url).close()
    engine = connect(locate(store_url), 1.0).engine
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        lacking = compare_metadata(context, metadata)
    assert lacking == [], "a record grew: write a migration with parkloop.store.migrate.draft, then set HEAD"
    engine.dispose()


def test_migrations_when_taken_back_then_nothing_is_left_and_they_run_again(store_url: str) -> None:
    Store.open(store_url).close()
    database = connect(locate(store_url), 1.0)
    with writing(database, "migrate") as connection:
        settings = alembic_config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        assert set(sa.inspect(connection).get_table_names()) == {VERSION_TABLE}
        connection.execute(sa.text(f"DROP TABLE {VERSION_TABLE}"))
    database.engine.dispose()
    with Store.open(store_url) as store:
        assert store.programmes() == ()


def test_store_when_up_to_date_then_opens_at_once(store_url: str) -> None:
    Store.open(store_url).close()
    started = time.perf_counter()
    Store.open(store_url).close()
    assert time.perf_counter() - started < 0.1


def test_store_when_closed_then_one_file(sqlite_url: str, new_ledger: Callable[..., Ledger]) -> None:
    with Store.open(sqlite_url) as store:
        store.apply(None, new_ledger(), "An", AT, "create")
        engine = store._database.engine
        with engine.connect() as connection:
            settings = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "synchronous")
            }
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    assert [path.name for path in Path(sqlite_url).parent.iterdir()] == ["store.db"]


def test_large_ledger_when_added_and_loaded_then_in_seconds(
    store_url: str, new_ledger: Callable[..., Ledger]
) -> None:
    """1,000 participants with 30 flows each; the limits leave room for a busy machine."""
    small = new_ledger()
    flow, origin = small.flows[0], small.origins["flow/F-1/amount"]
    participants = tuple(replace(small.participants[0], id=f"N-{i}") for i in range(1000))
    flows = tuple(
        replace(flow, id=f"N-{i}-{j}", participant_id=f"N-{i}", label=str(j))
        for i in range(1000)
        for j in range(30)
    )
    large = replace(
        small,
        participants=(*small.participants, *participants),
        flows=(*small.flows, *flows),
        origins={**small.origins, **{f"flow/{item.id}/amount": origin for item in flows}},
    )
    with Store.open(store_url) as store:
        store.apply(None, small, "An", AT, "create")
        started = time.perf_counter()
        store.apply(small, large, "An", AT, "import")
        applied = time.perf_counter()
        loaded = store.load("P-1")
        read = time.perf_counter()
    assert loaded == large
    assert applied - started < 20
    assert read - applied < 8
