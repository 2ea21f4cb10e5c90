"""Emission factors of a country and year in the three books that are never mixed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

from parkloop.model import Book, Confidence, Factor, FactorSet
from parkloop.reference.resources import inheritors
from parkloop.reference.tables import confidence, parts, rows

__all__ = ["factor_set", "gwp"]


@lru_cache(maxsize=64)
def factor_set(country: str, year: int, book: Book | None = None) -> FactorSet:
    """All emission factors [tCO2e per canonical unit] for `country` in `year`, resolved once.

    A resource may have several lines in one book (CO2, CH4, N2O; fossil and biogenic): they add up, and
    biogenic CO2 is reported apart. Lines without `fate` are for what is bought and used, lines with one for
    what is given off. A resource without a line of its own takes those of its nearest `ancestors` with the
    same unit; `basis` says of which. One without any is a gap to report, never a zero. Purchased steam has
    no default: its factor depends on the boiler behind the fence.

    Yearly factors are the latest official value not after `year`, else the earliest there is; the id says
    which year it is of. In `PROJECT` the official grid factor for projects is used where the country
    publishes one (Viet Nam), else the average intensity of generation. `INVENTORY` always uses the latter.

    Parameters
    ----------
    country
        ISO 3166 alpha-2.
    year
        Year of the activity.
    book
        One book only; None gives all three.

    Notes
    -----
    Sources per row: Viet Nam Department of Climate Change (grid for projects), Ember, CC BY 4.0 (average
    intensity), IPCC 2006 and 2019 guidelines, IPCC AR5 warming potentials.

    Examples
    --------
    >>> found = factor_set("VN", 2024, Book.PROJECT)
    >>> [(f.id, f.value) for f in found.factors if f.resource_id == "electricity"]
    [('grid-vn-official-2023', 0.0006592)]
    """
    chosen = (book,) if book is not None else tuple(Book)
    local = [factor for one in chosen for factor in _electric(country, year, one)]
    own = (*local, *(factor for factor in _fuels() + _others() if factor.book in chosen))
    suffix = f"-{book.value}" if book is not None else ""
    return FactorSet(
        id=f"{country}-{year}{suffix}", year=year, geography=country, factors=(*own, *_inherited(own))
    )


def _inherited(own: tuple[Factor, ...]) -> Iterable[Factor]:
    """The lines of kinds that have none: those of the nearest thing they are a kind of."""
    held: dict[tuple[Book, str], dict[str, list[Factor]]] = {}
    for factor in own:
        held.setdefault((factor.book, factor.fate), {}).setdefault(factor.resource_id, []).append(factor)
    for by_resource in held.values():
        for resource_id, ancestor in inheritors(by_resource):
            for factor in by_resource[ancestor]:
                if factor.id not in _not_inherited():
                    yield replace(
                        factor,
                        resource_id=resource_id,
                        basis=f"{factor.basis} (as {ancestor})",
                        confidence=_weaker(factor.confidence),
                    )


def _weaker(given: Confidence) -> Confidence:
    return Confidence.INFERRED if given is Confidence.CHECKED else given


@cache
def _not_inherited() -> frozenset[str]:
    """Rows that hold for a mixture only, not for the single things in it."""
    return frozenset(row["id"] for row in rows("factors/other.csv") if row["inherited"] == "no")


def _electric(country: str, year: int, book: Book) -> Iterable[Factor]:
    grid = _grid(country, year, book)
    if grid is None:
        return
    per_kwh = float(grid["value"]) / 1000.0
    yield _grid_factor(grid, book, per_kwh)
    for row in rows("factors/through_electricity.csv"):
        if book.value in parts(row["books"]):
            yield Factor(
                id=f"{row['id']}@{grid['id']}",
                resource_id=row["resource_id"],
                book=book,
                scope=int(row["scope"]),
                value=float(row["value"]) * per_kwh,
                unit=f"tCO2e/{row['unit'].partition('/')[2]}",
                year=int(grid["year"]),
                geography=country,
                basis="electricity per unit x grid factor",
                fate=row["fate"],
                source=grid["source"],
                confidence=Confidence.INFERRED,
                uncertainty=float(row["uncertainty"]),
            )


def _grid_factor(grid: Mapping[str, str], book: Book, per_kwh: float) -> Factor:
    stands_in = grid["book"] != book.value
    return Factor(
        id=grid["id"],
        resource_id="electricity",
        book=book,
        scope=2,
        value=per_kwh,
        unit="tCO2e/kWh",
        year=int(grid["year"]),
        geography=grid["country"],
        gas="CO2" if grid["unit"].startswith("tCO2/") else "CO2e",
        basis=grid["basis"],
        method="location-based",
        source=grid["source"],
        confidence=Confidence.INFERRED if stands_in else confidence(grid["confidence"]),
        uncertainty=float(grid["uncertainty"]) * (2 if stands_in else 1),
    )


def _grid(country: str, year: int, book: Book) -> Mapping[str, str] | None:
    if book is Book.LIFE_CYCLE:
        return None
    of_country = [row for row in rows("factors/grid.csv") if row["country"] == country]
    own = [row for row in of_country if row["book"] == book.value]
    published = sorted(own or of_country, key=lambda row: int(row["year"]))
    until = [row for row in published if int(row["year"]) <= year]
    return until[-1] if until else next(iter(published), None)


@cache
def _fuels() -> tuple[Factor, ...]:
    """Stationary combustion: NCV x kg/TJ x GWP, each gas a line, the same in inventory and project."""
    return tuple(
        Factor(
            id=row["id"],
            resource_id=row["resource_id"],
            book=book,
            scope=1,
            value=float(row["value"]),
            unit=row["unit"],
            year=int(row["year"]),
            geography=row["valid_for"],
            gas=row["gas"],
            gwp="AR5",
            basis="net",
            method="NCV x emissions per energy x GWP",
            biogenic=row["biogenic"] == "yes",
            source=row["source"],
            confidence=confidence(row["confidence"]),
            uncertainty=float(row["uncertainty"]),
        )
        for row in rows("factors/fuels.csv")
        for book in (Book.INVENTORY, Book.PROJECT)
    )


@cache
def _others() -> tuple[Factor, ...]:
    """Disposal, wastewater treatment, refrigerants and avoided production."""
    return tuple(
        Factor(
            id=row["id"],
            resource_id=row["resource_id"],
            book=Book(book),
            scope=int(row["scope"]),
            value=float(row["value"]),
            unit=row["unit"],
            year=int(row["year"]),
            geography=row["geography"],
            gas=row["gas"],
            gwp="AR5",
            basis=row["basis"],
            method=row["method"],
            fate=row["fate"],
            biogenic=row["biogenic"] == "yes",
            source=row["source"],
            confidence=confidence(row["confidence"]),
            uncertainty=float(row["uncertainty"]),
        )
        for row in rows("factors/other.csv")
        for book in parts(row["books"])
    )


@cache
def gwp(edition: str = "AR5") -> Mapping[str, float]:
    """Warming potentials over 100 years [kgCO2e/kg] of `AR5` or `AR6` by gas; ValueError for others.

    Examples
    --------
    >>> gwp("AR5")["CH4"]
    28.0
    """
    found = {row["gas"]: float(row["value"]) for row in rows("factors/gwp.csv") if row["set"] == edition}
    if not found:
        raise ValueError(f"no set of warming potentials {edition!r}; there are AR5 and AR6")
    return MappingProxyType(found)
