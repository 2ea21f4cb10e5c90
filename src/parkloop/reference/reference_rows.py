"""Any published number by its id, so that "why" can print it whatever table it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from parkloop.model import Confidence
from parkloop.reference.tables import confidence, number, rows, table_files

__all__ = ["ReferenceRow", "reference_rows", "row"]

_TABLES = (
    "physical.csv",
    "prices.csv",
    "prices_parameters.csv",
    "prices_exchange_rates.csv",
    "intensities.csv",
    "intensities_bands.csv",
    "intensities_end_uses.csv",
    "intensities_uncertainty.csv",
    "uses/uses.csv",
    "uses/treatments.csv",
    "uses/rates.csv",
    "uses/sector_streams.csv",
)
_FOLDERS = ("factors", "rows")


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One number of a table with where it comes from.

    Attributes
    ----------
    value
        The number [`unit`]; None where the row gives a band only, then `low` and `high` hold it.
    source
        Id of the publication, see `source()`.
    formula
        The arithmetic behind a computed row, else empty.
    table
        The file the row stands in.
    """

    id: str
    label_en: str
    label_vi: str
    value: float | None
    unit: str
    year: int | None
    source: str
    locator: str
    confidence: Confidence
    table: str
    low: float | None = None
    high: float | None = None
    formula: str = ""
    inputs: tuple[str, ...] = ()
    valid_for: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """What the number is, in English."""
        return self.label_en

    def name(self, lang: str) -> str:
        """What the number is, in `lang`."""
        return self.label_vi if lang == "vi" else self.label_en


@cache
def reference_rows() -> Mapping[str, ReferenceRow]:
    """Every row of every numeric table by id; ids are unique over all tables.

    A CSV file dropped into `rows/` with the columns `id, label_en, label_vi, value, unit, year, source,
    locator, confidence, valid_for` is read without further ado.
    """
    found: dict[str, ReferenceRow] = {}
    for name, file in _files():
        for cells in rows(file):
            item = _row(cells, name)
            if item.id in found:
                raise ValueError(f"{name}: id {item.id} already stands in {found[item.id].table}")
            found[item.id] = item
    return MappingProxyType(found)


def _files() -> list[tuple[str, Traversable]]:
    root = files("parkloop.reference")
    found = [(name, root / name) for name in _TABLES]
    for folder in _FOLDERS:
        if (root / folder).is_dir():
            found += [(f"{folder}/{file.name}", file) for file in table_files(folder)]
    return found


def _row(cells: Mapping[str, str], table: str) -> ReferenceRow:
    year = cells["year"]
    inputs = (cells.get(column, "") for column in ("ncv_id", "input_id", "gwp_id"))
    return ReferenceRow(
        id=cells["id"],
        label_en=cells["label_en"],
        label_vi=cells["label_vi"],
        value=number(cells["value"]),
        unit=cells["unit"],
        year=int(year) if year else None,
        source=cells["source"],
        locator=cells["locator"],
        confidence=confidence(cells["confidence"]),
        table=table,
        low=number(cells.get("low", "")),
        high=number(cells.get("high", "")),
        formula=cells.get("formula", "") or _product(cells),
        inputs=tuple(item for item in inputs if item),
        valid_for=cells.get("valid_for", ""),
        note=cells.get("note", ""),
    )


def _product(cells: Mapping[str, str]) -> str:
    if "kg_per_tj" not in cells:
        return ""
    return f"{cells['ncv_gj_per_unit']} GJ x {cells['kg_per_tj']} kg/TJ x {cells['gwp']} / 1e6"


def row(row_id: str) -> ReferenceRow:
    """The row `row_id`; `<row>@<row>` is the product of an amount and a factor, as made by `factor_set`.

    Raises
    ------
    KeyError
        When no table has it.

    Examples
    --------
    >>> row("grid-vn-official-2023").value
    0.6592
    >>> row("supply-fresh_water@grid-vn-official-2023").inputs
    ('supply-fresh_water', 'grid-vn-official-2023')
    """
    known = reference_rows()
    if row_id in known:
        return known[row_id]
    first, _, second = row_id.partition("@")
    if second and first in known and second in known:
        return _combined(row_id, known[first], known[second])
    raise KeyError(f"no reference row {row_id!r} in the tables of parkloop.reference")


def _combined(row_id: str, amount: ReferenceRow, factor: ReferenceRow) -> ReferenceRow:
    per_kwh = (factor.value or 0.0) / 1000.0
    return ReferenceRow(
        id=row_id,
        label_en=f"{amount.label_en} x {factor.label_en}",
        label_vi=f"{amount.label_vi} x {factor.label_vi}",
        value=(amount.value or 0.0) * per_kwh,
        unit=f"tCO2e/{amount.unit.partition('/')[2]}",
        year=factor.year,
        source=factor.source,
        locator=factor.locator,
        confidence=Confidence.INFERRED,
        table=f"{amount.table}, {factor.table}",
        formula=f"{amount.value} {amount.unit} x {factor.value} {factor.unit} / 1000",
        inputs=(amount.id, factor.id),
        valid_for=factor.valid_for,
        note=amount.note,
    )
