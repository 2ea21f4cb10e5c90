"""Numbers typed as text, in Vietnamese and English habit."""

import pytest

from parkloop.intake.number import EN_STYLE, VI_STYLE, read_number


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.234.567,8", "", 1234567.8),
        ("1,234,567.8", "", 1234567.8),
        ("1,234.5", VI_STYLE, 1234.5),
        ("12,5", "", 12.5),
        ("12.5", VI_STYLE, 12.5),
        ("0,125", EN_STYLE, 0.125),
        ("0.125", VI_STYLE, 0.125),
        ("1.234", VI_STYLE, 1234.0),
        ("1,234", EN_STYLE, 1234.0),
        ("1.234.567", "", 1234567.0),
        ("1 234 567,5", "", 1234567.5),
        ("1\u00a0234,5", "", 1234.5),
        ("1'234.5", "", 1234.5),
        ("-12,5", "", -12.5),
        ("\u221212,5", "", -12.5),
        ("(12,5)", "", -12.5),
        ("1e-3", "", 0.001),
        ("2,5 triệu", "", 2_500_000.0),
        ("1,2 tỷ", "", 1.2e9),
        (",5", "", 0.5),
    ],
)
def test_number_text_when_unambiguous_or_declared_then_read_without_doubt(
    text: str, style: str, value: float
) -> None:
    found = read_number(text, style)
    assert found is not None
    assert found.value == pytest.approx(value, rel=1e-15)
    assert not found.doubtful


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [("1.234", "", 1234.0), ("1,234", "", 1.234), ("1,234", VI_STYLE, 1.234), ("1.234", EN_STYLE, 1.234)],
)
def test_number_text_when_it_can_be_read_in_two_ways_then_doubtful(
    text: str, style: str, value: float
) -> None:
    found = read_number(text, style)
    assert found is not None
    assert found.doubtful
    assert found.value == value


@pytest.mark.parametrize("text", ["", "abc", "~12", "1.2.3", "1,23.456,7", "12.34.56", "1 23 456", "1,2,3"])
def test_number_text_when_it_makes_no_sense_then_none(text: str) -> None:
    assert read_number(text) is None


def test_number_text_when_words_follow_then_they_are_kept_apart() -> None:
    found = read_number("12,5 tấn/tháng")
    assert found is not None
    assert (found.value, found.rest) == (12.5, "tấn/tháng")


def test_number_text_when_a_range_then_the_rest_shows_it() -> None:
    found = read_number("12-15")
    assert found is not None
    assert found.rest == "-15"
