"""What a programme adds up over its parks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from parkloop.reference.yaml_rows import listed, load, rows, text_of


@dataclass(frozen=True, slots=True)
class ResultIndicator:
    """A quantity a programme adds up over its parks [`unit` per year], positive when saved.

    `kinds` are resources counted with all kinds below them, less those in `left_out`; `family` counts a
    whole family; `by_heating_value` counts net calorific value instead of the amount.
    """

    id: str
    unit: str
    title_en: str
    title_vi: str
    kinds: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    family: str = ""
    by_heating_value: bool = False


@cache
def result_indicators() -> tuple[ResultIndicator, ...]:
    """The physical quantities a programme adds up, in their order.

    Own grouping, after the lines of the yearly park form A.4; units are canonical units per year.

    Examples
    --------
    >>> result_indicators()[0].id
    'electricity_kwh'
    """
    found = load(text_of("result_indicators"))
    file = found if isinstance(found, Mapping) else {}
    return tuple(
        ResultIndicator(
            id=str(row["id"]),
            unit=str(row["unit"]),
            title_en=str(row["en"]),
            title_vi=str(row["vi"]),
            kinds=tuple(str(item) for item in listed(row, "kinds")),
            left_out=tuple(str(item) for item in listed(row, "except")),
            family=str(row.get("family", "")),
            by_heating_value=row.get("per") == "ncv",
        )
        for row in rows(file, "rows")
    )
