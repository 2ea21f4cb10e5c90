"""Time spans a value can belong to."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, a calendar month or an explicit span; both ends included.

    Examples
    --------
    >>> Period.year(2025).code
    '2025'
    >>> Period.parse("2025-02").end
    datetime.date(2025, 2, 28)
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}; swap the two dates")

    @classmethod
    def year(cls, year: int) -> Self:
        """The calendar year `year`."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """The calendar month `month` of `year`."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025`, `2025-03` or `2025-01-15..2025-02-14`; ValueError says which forms exist."""
        text = text.strip()
        if found := _YEAR.fullmatch(text):
            return cls.year(int(found[1]))
        if found := _MONTH.fullmatch(text):
            return cls.month(int(found[1]), int(found[2]))
        if found := _SPAN.fullmatch(text):
            return cls(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        raise ValueError(f"{text!r} is not a period; write 2025, 2025-03 or 2025-01-15..2025-02-14")

    @property
    def code(self) -> str:
        """The shortest text `parse` reads back."""
        if self == Period.year(self.start.year):
            return f"{self.start.year:04d}"
        if self == Period.month(self.start.year, self.start.month):
            return f"{self.start.year:04d}-{self.start.month:02d}"
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def days(self) -> int:
        """Length [day]."""
        return (self.end - self.start).days + 1

    @property
    def coverage_fraction(self) -> float:
        """Share of a year that the span covers [-], at most 1."""
        return min(1.0, self.days / (366 if calendar.isleap(self.start.year) else 365))
