"""What one column of the workbook is; the table of all of them is `columns.csv`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: it drives the template, the export and the import alike.

    Attributes
    ----------
    key
        The machine key in the hidden first row.
    path
        Where the value goes in the record: a field, or `place.lat` for a field of a field. Columns that make
        one value together (amount, unit, low, high) share a path that a codec of the sheet reads.
    type
        `text number integer boolean code codes word ids resource participant participants park visit subject
        date datetime period year mapping spans json`, or `amount unit answer derived`, which codecs read.
    codes
        Name of the code list for `code` and `codes`.
    unit
        Unit numbers are in [as written]; a number typed with another unit is converted.
    low, high
        Bounds beyond which a number is rejected.
    """

    sheet: str
    key: str
    path: str
    type: str
    codes: str = ""
    unit: str = ""
    required: bool = False
    low: float | None = None
    high: float | None = None
    label_en: str = ""
    label_vi: str = ""
    help_en: str = ""
    help_vi: str = ""

    @property
    def head(self) -> str:
        """The field of the record the value ends up in."""
        return self.path.partition(".")[0]

    @property
    def figure(self) -> str:
        """The last part of the figure id of its value."""
        return self.path.removeprefix("properties.")

    def label(self, lang: str) -> str:
        """The header in `lang`."""
        return self.label_vi if lang == "vi" else self.label_en

    def help(self, lang: str) -> str:
        """What to write here, in `lang`."""
        return self.help_vi if lang == "vi" else self.help_en


@cache
def table() -> Mapping[str, tuple[Column, ...]]:
    """The columns of every sheet by sheet key, in the order they stand in the workbook."""
    text = (files("parkloop.intake") / "columns.csv").read_text("utf-8")
    found: dict[str, list[Column]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["sheet"], []).append(_column(row))
    return {sheet: tuple(columns) for sheet, columns in found.items()}


def _column(row: Mapping[str, str]) -> Column:
    return Column(
        sheet=row["sheet"],
        key=row["key"],
        path=row["path"] or row["key"],
        type=row["type"],
        codes=row["codes"],
        unit=row["unit"],
        required=row["required"] == "yes",
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        label_en=row["label_en"],
        label_vi=row["label_vi"],
        help_en=row["help_en"],
        help_vi=row["help_vi"],
    )
