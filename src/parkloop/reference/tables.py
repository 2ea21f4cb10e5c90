"""How the CSV tables of this package are read: rows as dictionaries of stripped text."""

import csv
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from parkloop.model import Confidence

__all__ = ["confidence", "number", "parts", "rows", "table_files"]


def table_files(folder: str) -> tuple[Traversable, ...]:
    """The CSV files of `folder` (relative to this package), sorted by name."""
    found = [item for item in (files("parkloop.reference") / folder).iterdir() if item.name.endswith(".csv")]
    return tuple(sorted(found, key=lambda item: item.name))


def rows(name: str | Traversable) -> Iterable[Mapping[str, str]]:
    """The rows of one CSV file, in its order; `name` is relative to this package.

    Raises
    ------
    ValueError
        When a row has more or fewer cells than the header.
    """
    place = files("parkloop.reference") / name if isinstance(name, str) else name
    reader = csv.reader(place.read_text("utf-8").splitlines())
    header = next(reader)
    for cells in reader:
        if len(cells) != len(header):
            raise ValueError(f"{place.name}: row {cells[:1]} has {len(cells)} cells, not {len(header)}")
        yield dict(zip(header, cells, strict=True))


def number(cell: str) -> float | None:
    """The number in a cell; None when it is empty."""
    return float(cell) if cell else None


def parts(cell: str) -> tuple[str, ...]:
    """The items of a cell that lists several, separated by semicolons."""
    return tuple(cell.split(";")) if cell else ()


def confidence(cell: str) -> Confidence:
    """The confidence in a cell; an unknown word is an error of the table."""
    return Confidence(cell)
