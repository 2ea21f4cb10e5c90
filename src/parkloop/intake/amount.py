"""Amounts: what was typed, in its unit, and what it is over the whole period in the canonical unit."""

import unicodedata
from dataclasses import dataclass

from parkloop import units
from parkloop.intake.trouble import CellError, Note
from parkloop.intake.words import closest
from parkloop.model import Period, Resource, Severity

_GJ = units.convert(1.0, "GJ", "kWh")
_WORD_LENGTH = 4
_BY_WORD = {
    symbol.casefold(): symbol for symbol in units.UNITS if len(symbol) >= _WORD_LENGTH or not symbol.isascii()
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How many canonical units one typed unit is, and the notes that say how.

    `per_unit` leaves the time part of a rate out: it is what a price per unit is divided by.
    """

    factor: float
    per_unit: float
    notes: tuple[Note, ...] = ()


def scale(unit_text: str, canonical: str, period: Period | None, resource: Resource | None) -> Scale:
    """The scale from `unit_text` (`t`, `tấn/tháng`, `GJ`) to `canonical` over `period`.

    Parameters
    ----------
    period
        A rate such as t/month is summed over it; None stands for a full year.
    resource
        Its density or net calorific value carries an amount from one dimension to another.

    Raises
    ------
    CellError
        For a unit nobody knows, one of another kind, or a rate that does not fit the period.
    """
    symbol, per = _split(unit_text)
    notes: list[Note] = []
    per_unit = _convert(symbol, canonical, resource, notes)
    times = 1.0
    if per:
        times = _times(per, period, unit_text)
        if times != 1.0:
            notes.append(
                Note("intake.amount.rate_summed", Severity.INFO, "unit", unit=unit_text, times=times)
            )
    return Scale(per_unit * times, per_unit, tuple(notes))


def known_unit(text: str) -> str | None:
    """The symbol of the unit table that `text` means; words may be written in any case, symbols may not."""
    clean = unicodedata.normalize("NFC", text).strip()
    if clean in units.UNITS:
        return clean
    return _BY_WORD.get(clean.casefold())


def _split(text: str) -> tuple[str, str]:
    whole, mark, per = text.rpartition("/")
    per = per.strip().casefold()
    if mark and per in units.PERIODS_PER_YEAR:
        return whole.strip(), per
    if mark and per in ("h", "giờ", "hour"):
        raise CellError("intake.amount.rate_per_hour", "unit", unit=text)
    return text, ""


def _convert(symbol: str, canonical: str, resource: Resource | None, notes: list[Note]) -> float:
    known = known_unit(symbol)
    if known is None:
        near = ", ".join(closest(symbol, units.UNITS)) or "-"
        raise CellError("intake.amount.unit_unknown", "unit", unit=symbol, candidates=near)
    if canonical not in units.UNITS:
        if known == canonical:
            return 1.0
        raise CellError("intake.amount.unit_mismatch", "unit", unit=symbol, canonical=canonical)
    source, target = units.unit(known), units.unit(canonical)
    if source.dimension == target.dimension:
        return source.factor / target.factor
    bridged = _bridge(source, target, resource)
    if bridged is None:
        raise CellError("intake.amount.unit_mismatch", "unit", unit=symbol, canonical=canonical)
    factor, name, value = bridged
    notes.append(
        Note(
            "intake.amount.converted_by_property",
            Severity.INFO,
            "unit",
            unit=symbol,
            canonical=canonical,
            property=name,
            value=value,
        )
    )
    return factor


def _bridge(
    source: units.Unit, target: units.Unit, resource: Resource | None
) -> tuple[float, str, float] | None:
    """Factor, property and its value where density or calorific value leads from one kind to the other."""
    if resource is None:
        return None
    density, ncv = resource.density_t_per_m3, resource.ncv_gj_per_unit
    kinds = (source.dimension, target.dimension)
    if kinds == ("volume", "mass") and density:
        return source.factor * density / target.factor, "density_t_per_m3", density
    if kinds == ("mass", "volume") and density:
        return source.factor / density / target.factor, "density_t_per_m3", density
    if source.dimension == "energy" and ncv and target.dimension in ("mass", "volume"):
        return source.factor / _GJ / ncv / target.factor, "ncv_gj_per_unit", ncv
    return None


def _times(per: str, period: Period | None, unit_text: str) -> float:
    """How often the time of a rate fits into the period."""
    a_year = units.PERIODS_PER_YEAR[per]
    if period is None:
        return a_year
    if a_year > 12.0:
        days = 7.0 if per in ("week", "tuần") else 1.0
        return period.days / days
    if period == Period.year(period.start.year):
        return a_year
    if a_year == 12.0 and period == Period.month(period.start.year, period.start.month):
        return 1.0
    raise CellError("intake.amount.rate_period", "unit", unit=unit_text, period=period.code)
