from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkloop.model import Range
from parkloop.reports.numbers import (
    DASH,
    day,
    entered,
    money_unit,
    number,
    percent,
    ranged,
    span,
    unit_text,
)


@pytest.mark.parametrize(
    ("value", "lang", "said"),
    [
        (4_412_345.0, "en", "4,410,000"),
        (4_412_345.0, "vi", "4.410.000"),
        (1234.5, "vi", "1.230"),
        (0.00065921, "vi", "0,000659"),
        (12.3456, "en", "12.3"),
        (99.96, "en", "100"),
        (0.0, "vi", "0"),
        (-1500.0, "vi", "\u22121.500"),
    ],
)
def test_number_when_estimated_then_three_digits_in_the_language(value, lang, said):
    assert number(value, lang) == said


def test_number_when_missing_then_dash():
    assert number(None, "vi") == DASH
    assert number(float("nan"), "en") == DASH


def test_entered_when_typed_then_no_twelve_decimals():
    assert entered(0.1 + 0.2, "en") == "0.3"
    assert entered(412_345.0, "vi") == "412.345"


def test_span_when_range_then_two_ends_and_one_dash():
    assert span(12.0, 18.0, "en") == "12–18"
    assert span(1.25, 1.75, "vi") == "1,25–1,75"


def test_span_when_ends_print_alike_then_empty():
    assert span(100.1, 100.2, "en") == ""


def test_span_when_negative_then_no_dash_that_reads_as_minus():
    assert span(-3.0, 2.0, "en") == "\u22123 … 2"


def test_ranged_when_scaled_to_millions_then_both_parts_are():
    assert ranged(Range(1.0e6, 2.0e6, 3.0e6), "vi", 1e-6) == ("2", "1–3")


def test_percent_when_small_then_decimal_comma():
    assert percent(0.0188, "vi") == "1,88 %"


def test_money_unit_when_dong_then_millions_in_words():
    assert money_unit("VND", "vi") == "triệu đồng"
    assert money_unit("VND", "en") == "VND million"
    assert money_unit("EUR", "vi") == "EUR"


def test_day_when_vietnamese_then_day_first():
    assert day(date(2025, 3, 9), "vi") == "09/03/2025"
    assert day(date(2025, 3, 9), "en") == "9 Mar 2025"
    assert day(None, "vi") == DASH


def test_unit_text_when_yearly_then_year_in_the_language():
    assert unit_text("tCO2e/a", "vi") == "tCO₂e/năm"
    assert unit_text("t/a", "vi") == "tấn/năm"
    assert unit_text("m3/a", "en") == "m³/a"


@given(st.floats(1e-6, 1e12))
def test_number_when_read_back_then_within_half_a_last_digit(value):
    back = float(number(value, "vi").replace(".", "").replace(",", "."))
    assert abs(back - value) <= 0.5e-2 * value * 1.0001  # three digits: at most 0.5 of 100
