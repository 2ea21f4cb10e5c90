"""Why a figure is what it is."""

from dataclasses import dataclass

from parkloop.model.value import Confidence, Origin, SourceClass


@dataclass(frozen=True, slots=True)
class Derivation:
    """One node of the answer to "why": a figure, how it was made, and what it was made of.

    Attributes
    ----------
    figure_id
        Stable id: `case/S-0123/ghg_t`, `flow/F-12/amount`, `reference/grid-vn-2023`.
    formula
        The equation in words or symbols; empty for entered values.
    inputs
        The derivations of what went in.
    """

    figure_id: str
    label: str
    value: float | str | bool | None
    unit: str
    formula: str = ""
    method: str = ""
    source: str = ""
    confidence: Confidence | None = None
    source_class: SourceClass | None = None
    origin: Origin | None = None
    inputs: tuple["Derivation", ...] = ()
    note: str = ""
