"""How numbers, days and long texts are written on the forms: point for decimals, comma between thousands."""

from datetime import date

__all__ = ["AREA_LIMIT", "TEXT_LIMIT", "amount", "clip", "day", "listed", "million"]

TEXT_LIMIT, AREA_LIMIT = 255, 3000
CUT = " …"


def million(vnd: float) -> float:
    """VND in million VND, three decimals of the portal's five."""
    return round(vnd / 1e6, 3) + 0.0


def amount(value: float, digits: int = 0) -> str:
    """A number as the portal's files write it: `1,234.5`."""
    return f"{round(value, digits) + 0.0:,.{digits}f}"


def day(value: date | None) -> str:
    """A date as the portal takes it: DD/MM/YYYY; empty when there is none."""
    return value.strftime("%d/%m/%Y") if value else ""


def clip(whole: str, limit: int) -> str:
    """`whole`, or its beginning up to the last full item with a mark that it was cut.

    Examples
    --------
    >>> clip("one; two; three", 12)
    'one; two …'
    """
    if len(whole) <= limit:
        return whole
    start = whole[: limit - len(CUT)]
    at = max(start.rfind(";"), start.rfind(", "))
    return (start[:at] if at > limit // 4 else start) + CUT


def listed(items: tuple[str, ...] | list[str], most: int = 12) -> str:
    """Items joined, the first `most` of them, with the number of those left out."""
    shown = "; ".join(items[:most])
    return f"{shown} (+{len(items) - most})" if len(items) > most else shown
