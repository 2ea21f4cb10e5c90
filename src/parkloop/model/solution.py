"""Solutions: changes to flows, with their life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from parkloop.model.end_use import EndUseGraph
from parkloop.model.flow import Bill, Equipment, Flow, LogEntry
from parkloop.model.issue import Issue
from parkloop.model.participant import Park, Participant, Product
from parkloop.model.value import Range, SourceClass


class Stage(StrEnum):
    """The life of a solution."""

    PROPOSED = "proposed"
    FEASIBLE = "feasible"
    DECIDED = "decided"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    REJECTED = "rejected"


class Rung(StrEnum):
    """How far the numbers of a solution have been worked out."""

    SCREENING = "screening"
    ENGINEERING = "engineering"
    QUOTED = "quoted"
    MEASURED = "measured"


class Step(IntEnum):
    """The order in which deltas act on what is left."""

    DEMAND = 1
    DISTRIBUTION = 2
    CONVERSION = 3
    SOURCE = 4
    EXCHANGE = 5


class Effect(StrEnum):
    """How the number of a delta is to be read."""

    FRACTION = "fraction"
    ABSOLUTE = "absolute"
    EFFICIENCY = "efficiency"


@dataclass(frozen=True, slots=True)
class Delta:
    """A physical change, after minus before, in a full year of operation.

    Attributes
    ----------
    node_id
        End-use node or flow id (`flow/F-12`) it acts on; empty means the supply of `resource_id`.
    effect, value
        `fraction` of the node's input [-], `absolute` amount [canonical unit/a] or new `efficiency` [-].
    cap
        Largest absolute change [canonical unit/a]; None means the node's input.
    fate
        For waste: the fate that is avoided or taken (`landfilled`, `recycled`, ...).
    """

    participant_id: str
    resource_id: str
    step: Step
    effect: Effect
    value: Range
    node_id: str = ""
    cap: float | None = None
    fate: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class CostItem:
    """A cost in the currency it was given in.

    `kind` is `capex | opex` (money per year; savings of opex are negative); `basis` names the cost function
    or quote, `year` its price year.
    """

    kind: str
    label: str
    amount: Range
    currency: str
    year: int
    basis: str = ""
    participant_id: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One number a solution was computed from.

    `figure_id` points to the ledger (`equipment/Q-3/rated_power_kw`), `reference_id` to a reference row;
    one of the two is set unless `source_class` is inferred by rule, which `note` then states.
    """

    name: str
    value: float | str
    unit: str
    figure_id: str = ""
    reference_id: str = ""
    source_class: SourceClass = SourceClass.ESTIMATED
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One participant with everything the ledger knows of it, as calculators read it."""

    park: Park
    participant: Participant
    year: int
    flows: tuple[Flow, ...] = ()
    bills: tuple[Bill, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    products: tuple[Product, ...] = ()
    log: tuple[LogEntry, ...] = ()
    graph: EndUseGraph | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a solution type applies, with the inputs to quantify it."""

    type_id: str
    participant_id: str
    subject_id: str
    inputs: tuple[Input, ...]
    node_id: str = ""
    note: str = ""
    missing: tuple[str, ...] = ()

    def number(self, name: str) -> float:
        """The numeric input `name`; KeyError names the finding when it is absent."""
        for item in self.inputs:
            if item.name == name and not isinstance(item.value, str):
                return item.value
        raise KeyError(f"finding {self.type_id} at {self.subject_id} has no number {name!r}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a type makes of a finding: physical deltas, costs, lifetime [a], and what is not money."""

    deltas: tuple[Delta, ...]
    costs: tuple[CostItem, ...]
    lifetime_a: float
    rung: Rung
    method_ids: tuple[str, ...] = ()
    co_benefits_en: str = ""
    co_benefits_vi: str = ""
    risks_en: str = ""
    risks_vi: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeInput:
    """One typed input of a solution type, for forms and pages."""

    name: str
    unit: str
    label_en: str
    label_vi: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class SolutionType:
    """One row of a catalogue.

    `system` is one of `motors pumps fans compressed_air steam lighting cooling process_heating water
    insulation solar materials wastewater exchange ...`; `recp_class` one of the eight UNIDO classes;
    `maturity` is `draft | tested | referenced | field_proven`.
    """

    id: str
    title_en: str
    title_vi: str
    system: str
    recp_class: str
    inputs: tuple[TypeInput, ...]
    find: Callable[[Site], tuple[Finding, ...]]
    quantify: Callable[[Finding], Quantity]
    sources: tuple[str, ...] = ()
    maturity: str = "tested"
    summary_en: str = ""
    summary_vi: str = ""


@dataclass(frozen=True, slots=True)
class StageEvent:
    """A step in the life of a solution, with the real date, cost and reason where it has them."""

    stage: Stage
    on: date
    who: str = ""
    reason: str = ""
    cost: float | None = None
    currency: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barrier:
    """What holds a solution up: `code` from the list of barriers, owner and next date."""

    code: str
    opened: date
    owner: str = ""
    due: date | None = None
    closed: date | None = None
    note: str = ""


class ExchangeKind(StrEnum):
    """The three kinds of exchange between participants."""

    BY_PRODUCT_REUSE = "by_product_reuse"
    UTILITY_SHARING = "utility_sharing"
    JOINT_SERVICE = "joint_service"


@dataclass(frozen=True, slots=True)
class TreatmentStep:
    """One step from output to usable input; `yield_fraction` [-] is what is left of the input."""

    name_en: str
    name_vi: str
    yield_fraction: float = 1.0
    electricity_kwh_per_unit: float = 0.0
    cost_per_unit: Range | None = None
    currency: str = ""
    reference_id: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The partners' side of an exchange.

    Attributes
    ----------
    donor_flow_id, receiver_flow_id
        The output given and the input displaced; `receiver_flow_id` empty while only inferred.
    amount
        Yearly amount leaving the donor [canonical unit of `resource_id`].
    displacement_ratio
        Canonical units of the displaced input per unit of treated output [-].
    distance_km
        By road: straight line times the road factor.
    price
        Agreed money per unit from receiver to donor (negative: donor pays); a transfer inside the park.
    legal_type
        Clause of the country's list of symbiosis forms (`vn05-2-1a`).
    """

    donor_id: str
    receiver_id: str
    resource_id: str
    displaced_resource_id: str
    amount: Range
    kind: ExchangeKind
    donor_flow_id: str = ""
    receiver_flow_id: str = ""
    displacement_ratio: float = 1.0
    treatment: tuple[TreatmentStep, ...] = ()
    distance_km: float | None = None
    price: float | None = None
    currency: str = ""
    agreement_form: str = ""
    legal_type: str = ""
    legal_class: str = ""
    reasons_en: tuple[str, ...] = ()
    reasons_vi: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Solution:
    """A measure or an exchange: deltas to flows, costs, and a life."""

    id: str
    type_id: str
    kind: str
    title_en: str
    title_vi: str
    participant_ids: tuple[str, ...]
    deltas: tuple[Delta, ...]
    costs: tuple[CostItem, ...] = ()
    lifetime_a: float = 10.0
    rung: Rung = Rung.SCREENING
    stage: Stage = Stage.PROPOSED
    history: tuple[StageEvent, ...] = ()
    start: date | None = None
    baseline_id: str = ""
    baseline_year: int | None = None
    inputs: tuple[Input, ...] = ()
    exchange: Exchange | None = None
    subject_id: str = ""
    barriers: tuple[Barrier, ...] = ()
    owner: str = ""
    programme_ids: tuple[str, ...] = ()
    contribution: str = ""
    co_benefits_en: str = ""
    co_benefits_vi: str = ""
    evidence: tuple[str, ...] = ()
    method_ids: tuple[str, ...] = ()
    known: bool = False
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """The title in `lang`."""
        return self.title_vi if lang == "vi" else self.title_en
