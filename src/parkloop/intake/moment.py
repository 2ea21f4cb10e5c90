"""Dates, times and periods as people type them and as spreadsheets keep them."""

import re
from datetime import date, datetime, time, timedelta

from parkloop.model import Period

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTH_FIRST_YEAR_LAST = re.compile(r"(?:t|th|tháng|thang)?\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?")
_SPAN = re.compile(r"(.+?)\s*(?:\.\.|–|→|\bđến\b|\bto\b)\s*(.+)")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet serials after their leap-year slip of 1900


def read_date(raw: object) -> date:
    """A calendar day from a date cell, a serial number, `31/12/2025` or `2025-12-31`; ValueError if none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if not 1 <= raw < 200_000:
            raise ValueError(f"{raw} is not the serial number of a day")
        return _EPOCH + timedelta(days=int(raw))
    text = str(raw).strip()
    if found := _DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


def read_datetime(raw: object) -> datetime:
    """A point in time from a cell or text; a day alone is its midnight."""
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        day = read_date(raw)
        seconds = round((float(raw) % 1) * 86400)
        return datetime.combine(day, time()) + timedelta(seconds=seconds)
    if isinstance(raw, date):
        return datetime.combine(raw, time())
    text = str(raw).strip()
    day_text, _, clock = text.partition(" ")
    if clock and (found := _TIME.fullmatch(clock.strip())) and _DAY_FIRST.fullmatch(day_text):
        return datetime.combine(read_date(day_text), time(int(found[1]), int(found[2]), int(found[3] or 0)))
    if _DAY_FIRST.fullmatch(text):
        return datetime.combine(read_date(text), time())
    return datetime.fromisoformat(text)


def read_period(raw: object) -> Period:
    """A year, month or span from a number, date cell or text; ValueError names the forms there are.

    A date cell on the first of a month is the month: spreadsheet programs turn `03/2025` into that.

    Examples
    --------
    >>> read_period("T3/2025").code
    '2025-03'
    >>> read_period(2025.0).code
    '2025'
    """
    if isinstance(raw, (date, datetime)):
        if raw.day != 1:
            raise ValueError(f"{raw:%d/%m/%Y} is a single day")
        return Period.month(raw.year, raw.month)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if raw != int(raw) or not 1900 <= raw <= 2200:
            raise ValueError(f"{raw} is not a year")
        return Period.year(int(raw))
    text = str(raw).strip()
    if found := _MONTH_FIRST_YEAR_LAST.fullmatch(text):
        return Period.month(int(found[2]), int(found[1]))
    if found := _YEAR_MONTH.fullmatch(text):
        return Period.month(int(found[1]), int(found[2]))
    if found := _SPAN.fullmatch(text):
        return Period(read_date(found[1].strip()), read_date(found[2].strip()))
    return Period.parse(text)
