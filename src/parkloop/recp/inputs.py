"""Inputs of findings: a number of the ledger, else a reference row, each with its band."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from parkloop.model import Equipment, Finding, Input, Participant, SourceClass, TypeInput
from parkloop.reference import EquipmentField, equipment_kinds, measure_values

__all__ = [
    "Need",
    "gather",
    "hours_input",
    "number_input",
    "reference_input",
    "text_input",
    "type_inputs",
    "values",
]


@dataclass(frozen=True, slots=True)
class Need:
    """One field a measure reads; `fallback` is the reference row for when nobody entered it, or empty."""

    name: str
    fallback: str = ""


def number_input(item: Equipment, name: str, unit: str) -> Input | None:
    """The number `name` of a machine with the band its class gives; None when it was not entered."""
    entered = item.properties.get(name)
    if isinstance(entered, bool) or not isinstance(entered, int | float):
        return None
    low, high = _band(float(entered), item, name)
    return Input(
        name=name,
        value=float(entered),
        unit=unit,
        figure_id=f"equipment/{item.id}/{name}",
        source_class=item.source_class,
        low=low,
        high=high,
    )


@cache
def _field(kind_id: str, name: str) -> EquipmentField | None:
    kind = equipment_kinds().get(kind_id)
    return kind.field(name) if kind else None


def _band(value: float, item: Equipment, name: str) -> tuple[float, float]:
    field = _field(item.kind, name)
    accuracy = field.accuracy if field else "judged"
    if accuracy == "plate":
        return value, value
    row = "spread.reading" if accuracy == "reading" else f"spread.{item.source_class}"
    half = abs(value) * measure_values()[row].value
    low, high = value - half, value + half
    if field is not None and field.low is not None:
        low = max(low, min(field.low, value))
    if field is not None and field.high is not None:
        high = min(high, max(field.high, value))
    return low, high


def text_input(item: Equipment, name: str) -> Input | None:
    """The word `name` of a machine; None when it was not entered."""
    entered = item.properties.get(name)
    if not isinstance(entered, str) or not entered:
        return None
    return Input(
        name, entered, "text", figure_id=f"equipment/{item.id}/{name}", source_class=item.source_class
    )


def reference_input(name: str, row_id: str) -> Input:
    """The reference row `row_id` as the input `name`, with its band."""
    row = measure_values()[row_id]
    return Input(
        name=name,
        value=row.value,
        unit=row.unit,
        reference_id=row_id,
        source_class=SourceClass.INFERRED,
        low=row.low,
        high=row.high,
        note=row.note,
    )


def hours_input(item: Equipment, participant: Participant) -> Input | None:
    """Running hours of a machine [h/a], else of the whole site; None when nobody entered either."""
    if item.hours_per_a is not None:
        band = item.hours_per_a * measure_values()[f"spread.{item.source_class}"].value / 2
        high = min(item.hours_per_a + band, max(8784.0, item.hours_per_a))
        return Input(
            "hours_per_a", item.hours_per_a, "h", figure_id=f"equipment/{item.id}/hours_per_a",
            source_class=item.source_class, low=item.hours_per_a - band, high=high,
        )  # fmt: skip
    if participant.hours_per_a is None:
        return None
    hours = participant.hours_per_a
    return Input(
        "hours_per_a", hours, "h", figure_id=f"participant/{participant.id}/hours_per_a",
        low=hours * 0.9, high=min(hours * 1.1, max(8784.0, hours)),
    )  # fmt: skip


def gather(item: Equipment, needs: tuple[Need, ...]) -> tuple[tuple[Input, ...], tuple[str, ...]]:
    """The inputs of `needs` that exist, entered before reference, and the names of those that do not."""
    found: list[Input] = []
    missing: list[str] = []
    for need in needs:
        field = _field(item.kind, need.name)
        unit = field.unit if field else "-"
        entered = text_input(item, need.name) if unit == "text" else number_input(item, need.name, unit)
        if entered is not None:
            found.append(entered)
        elif need.fallback:
            found.append(reference_input(need.name, need.fallback))
        else:
            missing.append(need.name)
    return tuple(found), tuple(missing)


def type_inputs(kind_id: str, needs: tuple[Need, ...]) -> tuple[TypeInput, ...]:
    """The fields of a measure as forms show them, with labels and bounds of the kind of equipment."""
    kind = equipment_kinds()[kind_id]
    found = [kind.field(need.name) for need in needs]
    return tuple(
        TypeInput(field.name, field.unit, field.label_en, field.label_vi, field.low, field.high)
        for field in found
        if field is not None
    )


def values(finding: Finding) -> Mapping[str, float]:
    """The numeric inputs of a finding by name."""
    return {item.name: item.value for item in finding.inputs if not isinstance(item.value, str)}
