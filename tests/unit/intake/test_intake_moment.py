"""Dates and periods as they are typed."""

from datetime import date, datetime

import pytest

from parkloop.intake.moment import read_date, read_datetime, read_period


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2025", "2025"),
        (2025.0, "2025"),
        ("2025-03", "2025-03"),
        ("03/2025", "2025-03"),
        ("3/2025", "2025-03"),
        ("T3/2025", "2025-03"),
        ("tháng 3/2025", "2025-03"),
        (date(2025, 3, 1), "2025-03"),
        ("2025-01-15..2025-02-14", "2025-01-15..2025-02-14"),
        ("15/01/2025 đến 14/02/2025", "2025-01-15..2025-02-14"),
    ],
)
def test_period_when_in_a_common_form_then_read(raw: object, code: str) -> None:
    assert read_period(raw).code == code


@pytest.mark.parametrize("raw", [date(2025, 3, 7), "13/2025", 12.5, "last year", 20250.0])
def test_period_when_not_one_then_refused(raw: object) -> None:
    with pytest.raises(ValueError):
        read_period(raw)


@pytest.mark.parametrize(
    "raw", ["31/12/2025", "31-12-2025", "31.12.2025", "2025-12-31", 46022.0, datetime(2025, 12, 31, 5)]
)
def test_date_when_text_serial_or_cell_then_the_same_day(raw: object) -> None:
    # serial 46022: 45658 is 1 January 2025 in spreadsheet programs, plus 364 days
    assert read_date(raw) == date(2025, 12, 31)


@pytest.mark.parametrize("raw", ["31/13/2025", "12/31/2025", "yesterday", -4.0, ""])
def test_date_when_there_is_no_such_day_then_refused(raw: object) -> None:
    with pytest.raises(ValueError):
        read_date(raw)


def test_datetime_when_day_and_clock_then_both() -> None:
    assert read_datetime("31/12/2025 7:30") == datetime(2025, 12, 31, 7, 30)
    assert read_datetime(46022.5) == datetime(2025, 12, 31, 12)
