"""The grey rows of the template that show how a sheet is filled."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Examples = Mapping[str, tuple[Mapping[str, str], ...]]


@cache
def examples(lang: str) -> Examples:
    """The example rows of the template by sheet."""
    lines = (files("parkloop.intake") / "examples.csv").read_text("utf-8").splitlines()
    found: dict[str, dict[str, dict[str, str]]] = {}
    for line in csv.DictReader(lines):
        found.setdefault(line["sheet"], {}).setdefault(line["row"], {})[line["key"]] = line[lang]
    return {sheet: tuple(rows.values()) for sheet, rows in found.items()}


def is_untouched(sheet: str, cells: Mapping[str, str]) -> bool:
    """Whether a row that is marked as an example says nothing that the template does not."""
    for lang in ("en", "vi"):
        for example in examples(lang).get(sheet, ()):
            if all(example.get(key) == value for key, value in cells.items()):
                return True
    return False
