"""The yearly forms of Viet Nam's eco-industrial park rules, as data.

Field names, codes and units are those of the national investment portal's specification (May 2026), a secondary
source; the annex of Circular 05/2025/TT-BKHDT was not seen, so every row is `unchecked` until checked off.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["FormRow", "form_rows", "form_titles"]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One field of a form; `personal` marks data of representatives: typed at export, never kept."""

    form: str
    id: str
    section: str
    label_vi: str
    label_en: str
    type: str
    unit: str
    required: bool
    personal: bool
    confidence: str


@cache
def form_rows(form: str) -> tuple[FormRow, ...]:
    """The fields of `form` (`A.4`, `A.5`, `B.4`, `B.5`) in printed order."""
    with (files(__package__) / "forms" / "fields.csv").open(encoding="utf-8") as handle:
        rows = csv.DictReader(handle)
        return tuple(
            FormRow(
                form=row["form"],
                id=row["id"],
                section=row["section"],
                label_vi=row["label_vi"],
                label_en=row["label_en"],
                type=row["type"],
                unit=row["unit"],
                required=row["required"] == "yes",
                personal=row["personal"] == "yes",
                confidence=row["confidence"],
            )
            for row in rows
            if row["form"] == form
        )


@cache
def form_titles() -> dict[str, tuple[str, str]]:
    """Form code to its title (English, Vietnamese)."""
    with (files(__package__) / "forms" / "titles.csv").open(encoding="utf-8") as handle:
        return {row["form"]: (row["title_en"], row["title_vi"]) for row in csv.DictReader(handle)}
