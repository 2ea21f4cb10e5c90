"""Numbers, money and dates as people of a language write them."""

import math
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from parkloop.model import Range

DASH = "–"
MINUS = "\u2212"
_MILLION_CURRENCIES = frozenset({"VND", "IDR"})
_DIGITS_OF_ENTERED = 6


@lru_cache(maxsize=65536)
def number(value: float | None, lang: str, digits: int = 3) -> str:
    """A number with `digits` significant digits and the separators of `lang`; a dash when there is none.

    Examples
    --------
    >>> number(1234.56, "vi", 5)
    '1.234,6'
    >>> number(4412345.0, "en")
    '4,410,000'
    """
    if value is None or not math.isfinite(value):
        return DASH
    if value == 0:
        return "0"
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, decimals)
    places = max(0, decimals)
    text = format_decimal(rounded, format="#,##0." + "#" * places if places else "#,##0", locale=lang)
    return text.replace("-", MINUS)


def entered(value: float | None, lang: str) -> str:
    """A number someone entered or a published factor, with up to six significant digits."""
    return number(value, lang, _DIGITS_OF_ENTERED)


def count(value: float, lang: str) -> str:
    """A whole number with separators."""
    return format_decimal(round(value), format="#,##0", locale=lang).replace("-", MINUS)


def percent(fraction: float | None, lang: str) -> str:
    """A share [-] as percent, whole above 10 %.

    Examples
    --------
    >>> percent(0.125, "vi")
    '12,5 %'
    """
    if fraction is None or not math.isfinite(fraction):
        return DASH
    return f"{number(fraction * 100, lang)} %"


def span(low: float, high: float, lang: str) -> str:
    """Two ends of a range as `12–18`; empty when both print alike.

    Examples
    --------
    >>> span(12.0, 18.0, "en")
    '12–18'
    """
    first, last = number(low, lang), number(high, lang)
    if first == last:
        return ""
    if low < 0 or high < 0:
        return f"{first} … {last}"
    return f"{first}–{last}"


def ranged(value: Range | None, lang: str, factor: float = 1.0) -> tuple[str, str]:
    """The middle of a range and its two ends as text, both times `factor`."""
    if value is None:
        return DASH, ""
    scaled = value.scaled(factor)
    return number(scaled.best, lang), span(scaled.low, scaled.high, lang)


def money_factor(currency: str) -> float:
    """What an amount is multiplied with before it is printed under `money_unit`."""
    return 1e-6 if currency in _MILLION_CURRENCIES else 1.0


def money_unit(currency: str, lang: str) -> str:
    """The unit of printed money: million dong in the words of `lang`, other currencies by their code.

    Examples
    --------
    >>> money_unit("VND", "vi")
    'triệu đồng'
    """
    if currency == "VND":
        return "triệu đồng" if lang == "vi" else "VND million"
    if currency in _MILLION_CURRENCIES:
        return f"triệu {currency}" if lang == "vi" else f"{currency} million"
    return currency


def day(value: date | None, lang: str) -> str:
    """A date: dd/MM/yyyy in Vietnamese, d MMM yyyy in English; a dash when there is none.

    Examples
    --------
    >>> day(date(2025, 3, 9), "vi"), day(date(2025, 3, 9), "en")
    ('09/03/2025', '9 Mar 2025')
    """
    if value is None:
        return DASH
    if lang == "vi":
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    month = Locale.parse(lang).months["format"]["abbreviated"][value.month]
    return f"{value.day} {month} {value.year}"


def country(code: str, lang: str) -> str:
    """The name of a country (ISO 3166 alpha-2); the code itself when it is none.

    Examples
    --------
    >>> country("VN", "vi")
    'Việt Nam'
    """
    return str(Locale.parse(lang).territories.get(code, code))


_PRETTY_UNITS = (
    ("tCO2e", "tCO₂e"),
    ("CO2", "CO₂"),
    ("m3", "m³"),
    ("m2", "m²"),
    ("degC", "°C"),
)


def unit_text(unit: str, lang: str) -> str:
    """A unit as it is printed: superscripts, and the word for a year.

    Examples
    --------
    >>> unit_text("m3/a", "vi")
    'm³/năm'
    """
    text = unit
    for plain, pretty in _PRETTY_UNITS:
        text = text.replace(plain, pretty)
    year = "năm" if lang == "vi" else "a"
    if text.endswith("/a"):
        text = f"{text[:-2]}/{year}"
    if text in {"t", "t/a", "t/năm"} and lang == "vi":
        text = text.replace("t", "tấn", 1)
    return {"a": year, "-": "", "item": "cái" if lang == "vi" else "items"}.get(text, text)
