"""What databases say becomes one sentence with the place and the mend."""

import re
import sqlite3
import string
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from parkloop import texts
from parkloop.store import StoreBusy, StoreConflict, StoreError, StoreFull, StoreUnreachable
from parkloop.store.connect import complaint, connect, locate, shown


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _used_codes() -> set[str]:
    folder = Path(str(files("parkloop.store")))
    source = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    plain = set(re.findall(r'"(store\.[a-z_.]+[a-z])"', source)) - {"store.value"}
    return plain | {
        f"store.value.{reason}" for reason in re.findall(r'UnstorableError\([^)]*"(\w+)"\)', source)
    }


def _texts(lang: str) -> Mapping[str, str]:
    return {key: text for key, text in texts.catalogue(lang).items() if key.startswith("store.")}


def test_codes_when_used_then_have_message_and_mend_in_both_languages() -> None:
    wanted = {f"{code}.{part}" for code in _used_codes() for part in ("message", "mend")}
    assert len(wanted) > 60
    for lang in texts.LANGUAGES:
        assert wanted == set(_texts(lang))


def test_texts_when_translated_then_name_the_same_things() -> None:
    english, vietnamese = _texts("en"), _texts("vi")
    assert {key: _placeholders(text) for key, text in english.items()} == {
        key: _placeholders(text) for key, text in vietnamese.items()
    }


def test_error_when_shown_then_names_place_and_mend_in_english() -> None:
    error = StoreFull("store.full", {"place": "/data/parks.db"})
    assert str(error) == (
        "There is no room left for the store /data/parks.db; nothing was changed. "
        "Free some space on that disk and do the same again."
    )
    assert "/data/parks.db" in error.message("vi")


def _sqlite_error(number: int) -> sa.exc.DBAPIError:
    error = sqlite3.OperationalError("the driver's words")
    error.sqlite_errorcode = number
    return sa.exc.OperationalError("SELECT 1", {}, error)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (sqlite3.SQLITE_FULL, StoreFull),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
        (sqlite3.SQLITE_READONLY_DIRECTORY, StoreUnreachable),
        (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, StoreConflict),
    ],
)
def test_sqlite_complaint_when_turned_then_right_kind(number: int, kind: type[StoreError]) -> None:
    assert type(complaint(_sqlite_error(number), "parks.db")) is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.DiskFull("no space left on device"), StoreFull),
        (psycopg.errors.LockNotAvailable("lock"), StoreBusy),
        (psycopg.errors.ForeignKeyViolation("key"), StoreConflict),
        (psycopg.errors.ReadOnlySqlTransaction("read only"), StoreUnreachable),
        (psycopg.OperationalError("connection refused"), StoreUnreachable),
    ],
)
def test_postgres_complaint_when_turned_then_right_kind(error: Exception, kind: type[StoreError]) -> None:
    assert type(complaint(sa.exc.OperationalError("SELECT 1", {}, error), "server")) is kind


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://an:s3cret@host:5432/parks",
        "postgres://an:s3cret@host/parks",
        "postgresql://an@host/parks?password=s3cret",
    ],
)
def test_place_when_shown_then_without_password(url: str) -> None:
    place = shown(locate(url))
    assert "s3cret" not in place
    assert "host" in place


def test_address_when_unreadable_then_not_repeated() -> None:
    with pytest.raises(StoreUnreachable) as caught:
        locate("postgresql://an:s3cret@host:port/parks")
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_address_when_of_another_kind_then_says_what_there_is() -> None:
    with pytest.raises(StoreUnreachable, match="mysql"):
        locate("mysql://host/parks")


def test_postgres_when_driver_is_missing_then_names_the_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnreachable, match=r"pip install 'parkloop\[postgres\]'"):
        connect(locate("postgresql://host/parks"), 1.0)
