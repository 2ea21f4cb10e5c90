"""Meter, production and weather series."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import openpyxl
import polars as pl
import pytest

from parkloop import intake
from parkloop.intake import series_columns
from parkloop.model import (
    ChangeKind,
    Intake,
    Ledger,
    Meter,
    Park,
    Participant,
    Programme,
    SeriesPoint,
    Severity,
)

LEDGER = Ledger(
    Programme("P1", "Programme", "Chương trình"),
    parks=(Park("K1", "P1", "Park", "Khu công nghiệp"),),
    participants=(Participant("E-01", "K1", "Dệt Sao Mai"),),
)
WIDE = """Thời gian;CT-1 [MWh];Ngoài trời (degC)
01/03/2025 00:00;1,5;24,1
01/03/2025 24:00;1.234,25;
"""


def read(text: str | bytes, into: Ledger = LEDGER, file: str = "s.csv", **more: str) -> Intake:
    return intake.read_series(text.encode() if isinstance(text, str) else text, file, into, **more)


def codes(found: Intake) -> list[str]:
    return [issue.code for issue in found.issues]


def points(found: Intake) -> list[tuple[str, str, float, str]]:
    return [(p.meter_id, p.at.isoformat(), p.value, p.unit) for p in found.ledger.series]


def test_wide_when_decimal_commas_and_local_time_then_canonical_values_in_utc() -> None:
    assert points(read(WIDE)) == [
        ("CT-1", "2025-02-28T17:00:00+00:00", 1500.0, "kWh"),
        ("CT-1", "2025-03-01T17:00:00+00:00", 1234250.0, "kWh"),
        ("Ngoài trời", "2025-02-28T17:00:00+00:00", 24.1, "degC"),
    ]


def test_wide_when_read_then_meters_of_amounts_are_made_and_weather_needs_none() -> None:
    found = read(WIDE)
    assert found.ledger.meters == (Meter("CT-1", "", ""),)
    assert {"intake.series.offset_assumed", "intake.series.meter_incomplete"} <= set(codes(found))
    assert found.ledger.origins["series/CT-1/value"].file == "s.csv"


def test_long_when_participant_and_resource_are_given_then_meter_is_whole() -> None:
    table = "meter,time,value,unit,resource,participant\nM2,2025-03-01T00:00:00Z,1.5,kWh,điện,Dệt Sao Mai\n"
    found = read(table)
    assert found.ledger.meters == (Meter("M2", "E-01", "electricity"),)
    assert points(found) == [("M2", "2025-03-01T00:00:00+00:00", 1.5, "kWh")]
    assert found.issues == ()


@pytest.mark.parametrize(
    ("time", "utc"),
    [
        ("2025-03-01 07:30", "2025-03-01T00:30:00+00:00"),
        ("2025-03-01T07:30:15+07:00", "2025-03-01T00:30:15+00:00"),
        ("2025-03-01T07:30:00-03:30", "2025-03-01T11:00:00+00:00"),
        ("2025/3/1 7:30:00.250", "2025-03-01T00:30:00.250000+00:00"),
        ("1/3/2025 7:30", "2025-03-01T00:30:00+00:00"),
        ("2025-03-01", "2025-02-28T17:00:00+00:00"),
        ("2025-12-31 24:00", "2025-12-31T17:00:00+00:00"),
    ],
)
def test_time_when_written_in_several_ways_then_the_same_point(time: str, utc: str) -> None:
    assert points(read(f"meter;time;value;unit\nM;{time};1;kWh\n"))[0][1] == utc


@pytest.mark.parametrize(
    "time", ["31/02/2025", "03/31/2025", "noon", "2025-03-01 25:00", "2025-03-01T00:00+99:00"]
)
def test_time_when_it_is_none_then_row_named_and_left_out(time: str) -> None:
    found = read(f"meter;time;value;unit\nM;{time};1;kWh\nM;2025-03-01;2;kWh\n")
    assert len(found.ledger.series) == 1
    issue = next(i for i in found.issues if i.code == "intake.series.time_unreadable")
    assert issue.arguments == {"count": 1, "examples": "2"} and issue.severity is Severity.ERROR


def test_offset_when_said_in_argument_column_or_header_then_taken_in_that_order() -> None:
    assert points(read("time;M [kWh]\n2025-01-01;1\n", utc_offset="+00:00"))[0][1].startswith("2025-01-01T00")
    column = "time;M [kWh];utc_offset\n2025-01-01;1;UTC+1\n"
    assert points(read(column))[0][1] == "2024-12-31T23:00:00+00:00"
    assert points(read("time (UTC);M [kWh]\n2025-01-01;1\n"))[0][1] == "2025-01-01T00:00:00+00:00"
    with pytest.raises(ValueError, match="Hanoi"):
        read(WIDE, utc_offset="Hanoi")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,5", "2"], [1.5, 2.0]),
        (["1.234,5", "12"], [1234.5, 12.0]),
        (["1,234.5", "12"], [1234.5, 12.0]),
        (["1 234,5", "-3"], [1234.5, -3.0]),
        (["0.125", "1.250"], [0.125, 1.25]),
        (["1,234,567", "8"], [1234567.0, 8.0]),
        (["1.5e3", "2.0"], [1500.0, 2.0]),
    ],
)
def test_numbers_when_one_habit_holds_then_whole_column_by_it(cells: list[str], values: list[float]) -> None:
    rows = "".join(f"2025-01-0{n};{cell}\n" for n, cell in enumerate(cells, 1))
    found = read("time;M [kWh]\n" + rows)
    assert [p.value for p in found.ledger.series] == values
    assert "intake.series.number_doubtful" not in codes(found)


def test_numbers_when_both_readings_fit_then_vietnamese_one_and_a_warning() -> None:
    found = read("time;M [kWh]\n2025-01-01;1.234\n")
    assert found.ledger.series[0].value == 1234.0
    assert "intake.series.number_doubtful" in codes(found)


def test_numbers_when_commas_separate_cells_then_the_point_is_the_decimal() -> None:
    found = read("time,M [kWh]\n2025-01-01,1.234\n")
    assert found.ledger.series[0].value == 1.234 and "intake.series.number_doubtful" not in codes(found)


def test_rows_when_no_number_or_meter_then_named() -> None:
    found = read("meter;time;value;unit\nM;2025-01-01;abc;kWh\n;2025-01-01;1;kWh\nM;2025-01-02;;kWh\n")
    assert found.ledger.series == ()
    assert {"intake.series.value_unreadable", "intake.series.meter_missing"} <= set(codes(found))


def test_doubles_when_same_then_once_and_when_different_then_the_last_with_a_warning() -> None:
    same = read("time;M [kWh]\n2025-01-01;1\n2025-01-01;1\n")
    assert [p.value for p in same.ledger.series] == [1.0] and "intake.series.repeated" in codes(same)
    other = read("time;M [kWh]\n2025-01-01;1\n2025-01-01;2\n")
    assert [p.value for p in other.ledger.series] == [2.0] and "intake.series.conflict" in codes(other)


def test_series_when_read_twice_then_unchanged_and_equal() -> None:
    first = read(WIDE)
    second = read(WIDE, first.ledger)
    assert second.ledger == first.ledger
    assert {c.kind for c in second.changes} == {ChangeKind.UNCHANGED}


def test_series_when_a_value_moves_and_one_comes_then_one_line_each() -> None:
    first = read("time;M [kWh]\n2025-01-01;1\n2025-01-02;2\n")
    second = read("time;M [kWh]\n2025-01-02;3\n2025-01-03;4\n", first.ledger)
    assert [p.value for p in second.ledger.series] == [1.0, 3.0, 4.0]
    assert {(c.kind, c.new) for c in second.changes} == {(ChangeKind.CHANGED, "1"), (ChangeKind.ADDED, "1")}


def test_series_when_ledger_holds_naive_utc_in_another_unit_then_same_point_and_unit() -> None:
    there = replace(LEDGER, series=(SeriesPoint("M", datetime(2025, 1, 1), 1.5, "MWh"),))
    found = read("time (UTC);M [kWh]\n2025-01-01;1500\n2025-01-02;3000\n", there)
    assert [(p.value, p.unit) for p in found.ledger.series] == [(1.5, "MWh"), (3.0, "MWh")]


def test_units_when_missing_or_mixed_then_not_taken() -> None:
    found = read("meter;time;value;unit\nA;2025-01-01;1;\nB;2025-01-01;1;kWh\nB;2025-01-02;1;m3\n")
    assert [(p.meter_id, p.unit) for p in found.ledger.series] == [("B", "kWh")]
    assert {"intake.series.unit_missing", "intake.series.unit_mixed"} <= set(codes(found))


def test_workbook_when_dates_are_cells_then_as_in_text() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (["Exported today"], ["time", "M [kWh]", "N [m3]"], [datetime(2025, 1, 1, 7), 1.125, "2,5"])
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue(), file="s.xlsx")
    assert [(p.meter_id, p.value) for p in found.ledger.series] == [("M", 1.125), ("N", 2.5)]
    assert found.ledger.series[0].at == datetime(2025, 1, 1, tzinfo=UTC)
    assert "intake.series.number_doubtful" not in codes(found)


def test_parquet_when_times_have_a_zone_then_no_offset_is_assumed() -> None:
    east = datetime(2025, 1, 1, 7, tzinfo=timezone(timedelta(hours=7)))
    frame = pl.DataFrame({"time": [east], "M [kWh]": [1.0]})
    stream = io.BytesIO()
    frame.write_parquet(stream)
    found = read(stream.getvalue(), file="s.parquet")
    assert found.ledger.series[0].at == datetime(2025, 1, 1, tzinfo=UTC)
    assert "intake.series.offset_assumed" not in codes(found)


def test_series_when_larger_than_a_ledger_holds_then_blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    from parkloop.intake import series

    for module in (series, series_columns):
        monkeypatch.setattr(module, "LARGEST_SERIES", 3)
    rows = "".join(f"2025-01-0{n};{n}\n" for n in range(1, 5))
    assert codes(read("time;M [kWh]\n" + rows)) == ["intake.series.too_many"]
    first = read("time;M [kWh]\n" + rows[: rows.index("2025-01-04")])
    again = read("time;M [kWh]\n" + rows[: rows.index("2025-01-04")], first.ledger)
    assert not again.blocked
    more = read("time;M [kWh]\n2025-02-01;1\n", first.ledger)
    assert more.blocked and more.ledger == first.ledger


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake.file.empty"),
        (b"PAR1 broken", "intake.series.unreadable"),
        (b"PK\x03\x04", "intake.file.damaged"),
        (b"a;b\n1;2\n", "intake.series.no_time"),
        (b"time\n2025-01-01\n", "intake.series.no_meter"),
        (b"\xff\xfe\x00", "intake.series.unreadable"),
        (b"time;M [kWh]\n2025-01-01;1;2;3\n", "intake.series.unreadable"),
    ],
)
def test_file_when_it_is_no_series_then_blocked_and_ledger_as_it_was(content: bytes, code: str) -> None:
    found = read(content)
    assert codes(found) == [code] and found.blocked and found.ledger == LEDGER
