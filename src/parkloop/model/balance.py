"""Balances of participants, reconciled values and filled gaps."""

from dataclasses import dataclass

from parkloop.model.flow import Flow
from parkloop.model.issue import Issue
from parkloop.model.value import Range


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One flow after reconciliation, beside what was entered; `z` is adjustment over standard uncertainty."""

    flow_id: str
    entered: float
    adjusted: float
    unit: str
    sigma: float
    z: float


@dataclass(frozen=True, slots=True)
class Balance:
    """In minus out minus stored of one subject at one participant in one year.

    `subject` is `water`, `energy`, `mass` or a named substance; `sigma` is the standard uncertainty of the
    residual; `closes` is None for mass, which is shown as coverage only.
    """

    participant_id: str
    subject: str
    unit: str
    year: int
    inflow: float
    outflow: float
    residual: float
    sigma: float
    closes: bool | None
    coverage_fraction: float | None = None
    adjusted: tuple[Adjusted, ...] = ()


@dataclass(frozen=True, slots=True)
class InferredFlow:
    """A flow nobody entered, from a sector intensity: a log-normal range, never an entered value."""

    flow: Flow
    range: Range
    driver: str
    driver_value: float
    reference_id: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the balance checks found: balances, filled gaps and issues."""

    balances: tuple[Balance, ...]
    inferred: tuple[InferredFlow, ...]
    issues: tuple[Issue, ...]
