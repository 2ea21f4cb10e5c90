"""What documents are made from, and the legal forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop.model.balance import Balance, InferredFlow
from parkloop.model.case import Case, FactorSet, MaccBlock, Portfolio, PriceBook
from parkloop.model.derivation import Derivation
from parkloop.model.end_use import EndUseGraph
from parkloop.model.framework import Assessment
from parkloop.model.issue import Issue
from parkloop.model.lead import Lead
from parkloop.model.ledger import Ledger
from parkloop.model.participant import Park
from parkloop.model.resource import Resource
from parkloop.model.solution import Solution


@dataclass(frozen=True, slots=True)
class ParkResult:
    """One park after the whole road: what every document of the park is a function of.

    `ledger` holds the records of this park alone; `solutions` the known and the found ones; `reasons`
    maps figure ids to their derivations for the figures that documents print; `leads` are possible exchanges
    with what is missing.
    """

    park: Park
    year: int
    ledger: Ledger
    resources: Mapping[str, Resource]
    graphs: Mapping[str, EndUseGraph]
    assessments: tuple[Assessment, ...]
    balances: tuple[Balance, ...]
    inferred: tuple[InferredFlow, ...]
    solutions: tuple[Solution, ...]
    cases: Mapping[str, Case]
    portfolio: Portfolio
    macc: tuple[MaccBlock, ...]
    price_book: PriceBook
    factor_set: FactorSet
    issues: tuple[Issue, ...]
    reasons: Mapping[str, Derivation] = field(default_factory=dict)
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered document: file name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a legal form: its value, or the reason why there is none.

    `value` is as typed into the portal; `figure_ids` are what it was computed from; `note` stands beside
    it (base of a percentage, list behind a main value, mark of a value below a threshold).
    """

    id: str
    section: str
    label_en: str
    label_vi: str
    type: str
    unit: str
    required: bool
    value: float | int | str | bool | tuple[str, ...] | None
    reason: str = ""
    note: str = ""
    figure_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormCheck:
    """One cross-check of the forms: `passed` None when there was nothing to compare."""

    id: str
    severity: str
    passed: bool | None
    detail: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A filled form A.4, A.5, B.4 or B.5 of one subject and reporting year N (data of N-1).

    `trace` derives the numeric fields: ids `form/<code>/<subject>/<N>/<field>`, inputs one a solution or
    record, each a stub that points to its own entry of the result's `reasons`.
    """

    code: str
    title_en: str
    title_vi: str
    subject_id: str
    park_id: str
    year: int
    fields: tuple[FormField, ...]
    checks: tuple[FormCheck, ...] = ()
    standing_en: str = ""
    standing_vi: str = ""
    trace: tuple[Derivation, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A programme over its parks: sums by stage, targets against actuals, compliance per park.

    `stages` maps stage to indicator (`electricity_kwh`, `water_m3`, `saving_usd`, `ghg_t`, `count`) to the
    sum over parks; `parks` the same per park id.
    """

    programme_id: str
    year: int
    currency: str
    parks: Mapping[str, Mapping[str, Mapping[str, float]]]
    stages: Mapping[str, Mapping[str, float]]
    compliance: Mapping[str, Mapping[str, tuple[float | None, float | None]]]
    targets: Mapping[str, tuple[float, float]]
    counted_twice: Mapping[str, float]
    issues: tuple[Issue, ...] = ()
