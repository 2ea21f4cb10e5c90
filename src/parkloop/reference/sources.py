"""What the rows of the tables were taken from."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from parkloop.model import Source
from parkloop.reference.tables import confidence, rows, table_files

__all__ = ["source", "sources"]


@cache
def sources() -> Mapping[str, Source]:
    """All publications by id, from every `sources*.csv` of this package.

    Examples
    --------
    >>> sources()["ember_yearly"].licence
    'CC BY 4.0 (Ember)'
    """
    found: dict[str, Source] = {}
    for file in table_files(""):
        if file.name.startswith("sources"):
            for row in rows(file):
                found[row["id"]] = Source(
                    id=row["id"],
                    title=row["title"],
                    edition=row["edition"],
                    locator=row["locator"],
                    licence=row["licence"],
                    url=row["url"],
                    confidence=confidence(row["confidence"]),
                )
    return MappingProxyType(found)


def source(source_id: str) -> Source:
    """The publication `source_id`; KeyError says so when no table of sources has it."""
    found = sources().get(source_id)
    if found is None:
        raise KeyError(f"no source {source_id!r}; add it to a sources*.csv of parkloop.reference")
    return found
