"""A ledger written as a workbook and read into an empty ledger comes back as it was."""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from parkloop import intake, reference
from parkloop.model import (
    Amount,
    ChangeKind,
    Ledger,
    Origin,
    Period,
    Programme,
    Range,
    SourceClass,
    record_fields,
)
from parkloop.model.place import Place

# A workbook takes most of a second to write: a failing ledger is shown as found, not shrunk for minutes.
FAST = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "a",
            "-",
            "#clear",
            "=1+1",
            "+84",
            "@x",
            "  two  spaces ",
            "1.234",
            "12,5",
            "có",
            "no",
            "<r>x</r>",
        ]
    ),
    st.text(max_size=12),
)
IDS = st.text(alphabet="abcXYZ019-_# |;é", min_size=1, max_size=6)
FLOATS = st.one_of(
    st.sampled_from([0.0, 0.1 + 0.2, 1.234, 1e-9, 123456789.123456789]),
    st.floats(allow_nan=False, allow_infinity=False),
)
RESOURCES = st.sampled_from(["electricity", "diesel", "wastewater_sludge", "no such resource"])
DATES = st.dates(date(1800, 1, 1), date(2200, 12, 31))
TIMES = st.one_of(
    st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1)),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))])),
)
PERIODS = st.one_of(
    st.integers(1990, 2040).map(Period.year),
    st.builds(Period.month, st.integers(1990, 2040), st.integers(1, 12)),
    st.tuples(DATES, DATES).map(lambda pair: Period(min(pair), max(pair))),
)
JSON = st.recursive(
    st.one_of(st.none(), FLOATS, TEXTS), lambda inner: st.lists(inner, max_size=3), max_leaves=6
)
LEAVES: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    float: FLOATS,
    int: st.integers(-(10**6), 10**6),
    bool: st.booleans(),
    date: DATES,
    datetime: TIMES,
    object: JSON,
    Period: PERIODS,
    Range: st.lists(FLOATS, min_size=3, max_size=3).map(sorted).map(lambda ends: Range(*ends)),
    Place: st.builds(
        Place, st.none() | st.floats(-90, 90), st.none() | st.floats(-180, 180), TEXTS, TEXTS, TEXTS, TEXTS
    ),
}


UNITS = st.sampled_from(["kWh", "t", "kg", "tấn/tháng", "m3/day", "L", "GJ", "nonsense", ""])
PARTIES = st.sampled_from(["P-1", "P-2", "nobody"])


def _amount(
    value: float, unit: str, typed: str, ends: tuple[float | None, float | None], known: bool
) -> Amount:
    """An amount, half of them as the workbook itself would have read it."""
    if known:
        return Amount(value * 0.001, "t", value, "kg", SourceClass.METERED)
    return Amount(value, unit, value, typed, SourceClass.BILLED, *ends)


def values(hint: Any, name: str = "") -> st.SearchStrategy[Any]:
    """Any value of an annotated type; ids and resources more often sensible than not."""
    if name.endswith("resource_id"):
        return RESOURCES
    if name == "id":
        return IDS
    if name in ("participant_id", "donor_id", "receiver_id", "subject_id"):
        return PARTIES
    if name == "currency":
        return st.sampled_from(["VND", "USD", "", "XXX"])
    if hint is Amount:
        return st.builds(
            _amount, FLOATS, UNITS, UNITS, st.tuples(st.none() | FLOATS, st.none() | FLOATS), st.booleans()
        )
    if hint in LEAVES:
        return LEAVES[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if item is type(None) else values(item) for item in args))
    if origin is tuple and args[1:] == (...,):
        return st.lists(values(args[0], name.removesuffix("s")), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(item) for item in args))
    if origin is not None:
        return st.dictionaries(TEXTS, values(args[1]), max_size=2)
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), hint
    hints = typing.get_type_hints(hint)
    return st.builds(hint, **{item.name: values(hints[item.name], item.name) for item in fields(hint)})


def natural(name: str, record: Any) -> Any:
    """What may stand once only in a ledger."""
    if name == "flows":
        return (record.participant_id, record.direction, record.resource_id, record.label, record.period)
    if name == "answers":
        return (record.subject_id, record.criterion_id, record.year)
    if name == "series":
        return (record.meter_id, record.at)
    if name == "prices":
        return tuple(
            getattr(record, n)
            for n in ("resource_id", "side", "band", "fate", "participant_id", "currency", "year")
        )
    if name == "exchange_rates":
        return (record.currency, record.base, record.year)
    if name == "check_offs":
        return (record.row_id, record.who, record.when)
    return record.id


def _loose(record: Any) -> Any:
    if hasattr(record, "limits"):
        seen = {(i.parameter, i.edition, i.column, i.averaging): i for i in record.limits}
        return replace(record, limits=tuple(seen.values()))
    return record


def unique(name: str, records: list[Any]) -> tuple[Any, ...]:
    kept: dict[Any, Any] = {}
    seen: set[Any] = set()
    for record in records:
        key = natural(name, record)
        if key not in seen and getattr(record, "id", None) not in kept:
            seen.add(key)
            kept[getattr(record, "id", key)] = _loose(record)
    return tuple(kept.values())


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A ledger with a few records of a few kinds, nothing about them sensible."""
    hints = typing.get_type_hints(Ledger)
    names = draw(st.lists(st.sampled_from(record_fields()), max_size=4, unique=True))
    found: dict[str, Any] = {}
    for name in names:
        record = typing.get_args(hints[name])[0]
        found[name] = unique(name, draw(st.lists(values(record), min_size=1, max_size=3)))
    programme = draw(values(Programme))
    extras = draw(
        st.dictionaries(
            st.sampled_from(["flow/a", "bill/x", "odd"]),
            st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=2),
            max_size=2,
        )
    )
    for name in names:
        if found[name] and hasattr(found[name][0], "id") and draw(st.booleans()):
            kind = {"flows": "flow", "parks": "park", "bills": "bill"}.get(name)
            if kind:
                extras[f"{kind}/{found[name][0].id}"] = draw(
                    st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=2)
                )
    return Ledger(programme=programme, extras=extras, **found)


@settings(FAST, max_examples=60)
@given(ledgers(), st.sampled_from(["en", "vi"]))
def test_workbook_when_written_and_read_into_an_empty_ledger_gives_it_back(ledger: Ledger, lang: str) -> None:
    data = intake.write_workbook(ledger, lang)
    back = intake.read_workbook(data, "back.xlsx", Ledger(Programme("empty", "", "")))
    assert back.issues == ()
    origins: Mapping[str, Origin] = ledger.origins
    assert replace(back.ledger, origins=origins) == ledger


@settings(FAST, max_examples=25)
@given(ledgers(), st.sampled_from(["en", "vi"]))
def test_workbook_when_read_into_the_ledger_it_came_from_changes_nothing(ledger: Ledger, lang: str) -> None:
    data = intake.write_workbook(ledger, lang)
    back = intake.read_workbook(data, "back.xlsx", ledger)
    assert back.issues == ()
    assert {change.kind for change in back.changes} <= {ChangeKind.UNCHANGED}
    assert back.ledger == ledger


@settings(FAST, max_examples=25)
@given(ledgers())
def test_merge_when_one_file_is_given_then_the_same_as_reading_it(ledger: Ledger) -> None:
    data = intake.write_workbook(ledger, "vi")
    empty = Ledger(Programme("empty", "", ""))
    read = intake.read_workbook(data, "one.xlsx", empty)
    assert intake.merge(empty, [("one.xlsx", data)]).ledger == read.ledger
    twice = intake.merge(empty, [("one.xlsx", data), ("two.xlsx", data)])
    assert replace(twice.ledger, origins={}) == replace(read.ledger, origins={})


def test_resources_of_the_strategy_exist() -> None:
    assert {"electricity", "diesel", "wastewater_sludge"} <= set(reference.resources())


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_sample_programme_when_written_and_read_back_then_the_same_records(lang: str) -> None:
    from parkloop import samples

    ledger = samples.make_programme()
    back = intake.read_workbook(
        intake.write_workbook(ledger, lang), "s.xlsx", Ledger(Programme("empty", "", ""))
    )
    assert [issue for issue in back.issues if issue.severity.value != "info"] == []
    assert replace(back.ledger, origins=ledger.origins) == ledger
