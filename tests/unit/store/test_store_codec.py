"""Records to rows and back."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkloop.model import (
    Amount,
    Answer,
    AuditEvent,
    Direction,
    Flow,
    Geometry,
    Ledger,
    Origin,
    Period,
    Programme,
    Submission,
    record_fields,
)
from parkloop.store.codec import record_codec
from parkloop.store.values import UnstorableError, record_text

RECORDS = [get_args(get_type_hints(Ledger)[name])[0] for name in record_fields()]
KEPT = [*RECORDS, Programme, Origin, AuditEvent, Submission]
Strategies = Callable[[Any], st.SearchStrategy[Any]]


@pytest.mark.parametrize("record", KEPT, ids=lambda item: item.__name__)
def test_record_when_encoded_and_decoded_then_equal(record: type, records: Strategies) -> None:
    codec = record_codec(record)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(records(record))
    def check(value: Any) -> None:
        assert codec.decode(codec.encode(value)) == value

    check()


@pytest.mark.parametrize("record", KEPT, ids=lambda item: item.__name__)
def test_record_when_encoded_then_every_field_has_a_column(record: type) -> None:
    names = [column.name for column in record_codec(record).columns]
    lacking = [
        item.name
        for item in fields(record)
        if item.name not in names and not any(name.startswith(f"{item.name}_") for name in names)
    ]
    assert lacking == []


def test_nested_record_of_scalars_when_encoded_then_spread_over_columns() -> None:
    names = {column.name for column in record_codec(Flow).columns}
    assert {"amount_value", "amount_unit", "amount_source_class", "amount_low"} <= names
    assert "amount" not in names


def test_period_when_encoded_then_its_code_is_kept() -> None:
    codec = record_codec(Flow)
    flow = Flow("F", "E", Direction.IN, "steam", Amount(1.0, "t"), Period.month(2025, 3))
    row = dict(zip([column.name for column in codec.columns], codec.encode(flow), strict=True))
    assert row["period"] == "2025-03"


def test_truth_value_when_in_a_mixed_field_then_it_stays_a_truth_value() -> None:
    codec = record_codec(Answer)
    back = codec.decode(codec.encode(Answer("A", "PK", "C", 2025, value=True, intended_value=1.0)))
    assert back.value is True
    assert type(back.intended_value) is float


def test_nested_coordinates_when_tuples_and_lists_mix_then_each_stays_itself() -> None:
    codec = record_codec(Geometry)
    shape = [[(106.9, 10.9), [107.0, 10.9]], {"tuple": (1,), "map": []}]
    back = codec.decode(codec.encode(Geometry("G", "PK", "lot", "Polygon", shape)))
    assert back.coordinates == shape


def test_json_when_a_nested_record_has_grown_since_then_its_default_holds() -> None:
    @dataclass(frozen=True, slots=True)
    class Inner:
        items: tuple[str, ...]
        added_later: str = "as before"

    codec = record_codec(dataclass(frozen=True, slots=True)(type("Outer", (), _annotations(inner=Inner))))
    assert codec.decode(('{"items":["a"]}',)).inner == Inner(("a",))


def _annotations(**hints: type) -> dict[str, Any]:
    return {"__annotations__": hints}


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("note", "a\x00b", "zero_character"),
        ("note", "\ud83d", "half_character"),
        ("price", float("nan"), "not_finite"),
        ("price", float("inf"), "not_finite"),
        ("note", None, "wrong_type"),
        ("price", "twelve", "wrong_type"),
    ],
)
def test_value_when_no_database_keeps_it_then_refused_by_field(field: str, value: Any, reason: str) -> None:
    flow = Flow("F", "E", Direction.IN, "steam", Amount(1.0, "t"), Period.year(2025), **{field: value})
    with pytest.raises(UnstorableError) as caught:
        record_codec(Flow).encode(flow)
    assert caught.value.args == (field, reason)


def test_whole_number_when_too_large_then_refused() -> None:
    with pytest.raises(UnstorableError) as caught:
        record_codec(Programme).encode(Programme("P", "a", "b", baseline_year=2**63))
    assert caught.value.args == ("baseline_year", "too_large")


def test_codec_when_a_field_has_an_unknown_type_then_says_so() -> None:
    outer = dataclass(frozen=True)(type("Outer", (), _annotations(inner=complex)))
    with pytest.raises(TypeError, match="complex"):
        record_codec(outer)


def test_audit_text_when_vietnamese_then_readable() -> None:
    event = AuditEvent(1, datetime(2026, 1, 5, tzinfo=UTC), "An", "nhập", "flow", "F-1", reason="sửa số")
    assert "sửa số" in record_text(event)
    assert '"2026-01-05T00:00:00+00:00"' in record_text(event)
