"""Money and emissions of solutions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parkloop.model.issue import Issue
from parkloop.model.value import Confidence, Range


class Book(StrEnum):
    """The books of emissions, never mixed."""

    INVENTORY = "inventory"
    PROJECT = "project"
    LIFE_CYCLE = "life_cycle"


@dataclass(frozen=True, slots=True)
class Price:
    """Money per canonical unit of a resource.

    `side` is `buy | sell | dispose`; a participant's own price (`participant_id` set) goes before the
    general one. `band` as in `Bill`. `figure_id` or `reference_id` says where it came from.
    """

    resource_id: str
    value: float
    currency: str
    year: int
    side: str = "buy"
    band: str = ""
    fate: str = ""
    participant_id: str = ""
    figure_id: str = ""
    reference_id: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    uncertainty: float = 0.1


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """Units of `currency` for one `base` on a date or in a year; `reference_id` names its reference row."""

    currency: str
    base: str
    rate: float
    year: int
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    reference_id: str = ""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """All prices a run uses, resolved once."""

    currency: str
    year: int
    prices: tuple[Price, ...]
    rates: tuple[ExchangeRate, ...]
    discount_rate: float
    discount_rate_source: str = ""
    vat_included: bool = False
    real: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """tCO2e per canonical unit of a resource in one book.

    `fate` is set for disposal factors; `scope` 1-3; `biogenic` marks CO2 that is reported apart.
    """

    id: str
    resource_id: str
    book: Book
    scope: int
    value: float
    unit: str
    year: int
    geography: str = ""
    gas: str = "CO2e"
    gwp: str = ""
    basis: str = ""
    method: str = ""
    fate: str = ""
    biogenic: bool = False
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    uncertainty: float = 0.05


@dataclass(frozen=True, slots=True)
class FactorSet:
    """All emission factors a run uses, resolved once."""

    id: str
    year: int
    geography: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class PhysicalLine:
    """Yearly change of one resource at one participant: after minus before, in the canonical unit."""

    participant_id: str
    resource_id: str
    unit: str
    amount: Range
    fate: str = ""
    node_id: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Yearly money from one physical line or cost item; positive when saved.

    `price_ref` is the figure or reference id of the price; `party` who gains it.
    """

    label: str
    party: str
    amount: Range
    currency: str
    quantity: float | None = None
    unit: str = ""
    price: float | None = None
    price_ref: str = ""
    resource_id: str = ""
    fate: str = ""
    transfer: bool = False


@dataclass(frozen=True, slots=True)
class EmissionLine:
    """Yearly tCO2e from one physical line; positive when avoided."""

    label: str
    book: Book
    scope: int
    amount: Range
    quantity: float
    unit: str
    factor_id: str
    party: str = ""
    resource_id: str = ""
    biogenic: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One solution valued on its own.

    Money in `currency` and in USD of `price_year`; `simple_payback_a`, `irr` and `npv` are None when
    undefined and `undefined` then gives the reason code by field. `drivers` maps `npv.<input>` and
    `ghg.<input>` (tariff, factor, delta, realisation, cost) to its share of the variance [-].
    """

    solution_id: str
    currency: str
    price_year: int
    physical: tuple[PhysicalLine, ...]
    money: tuple[MoneyLine, ...]
    emissions: tuple[EmissionLine, ...]
    capex: Range
    saving_per_a: Range
    saving_usd_per_a: Range
    capex_usd: Range
    ghg_t_per_a: Range
    npv: Range | None
    irr: float | None
    simple_payback_a: Range | None
    discounted_payback_a: float | None
    abatement_cost_usd_per_t: float | None
    lifetime_a: float
    discount_rate: float
    undefined: Mapping[str, str] = field(default_factory=dict)
    drivers: Mapping[str, float] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


class TotalKind(StrEnum):
    """What a total adds up over time."""

    RUN_RATE = "run_rate"
    IN_YEAR = "in_year"
    CUMULATIVE = "cumulative"
    LIFETIME = "lifetime"


@dataclass(frozen=True, slots=True)
class Share:
    """What one solution contributes to a portfolio, so that shares sum to the total.

    `stage` is the stage of the solution; the ranges are those of its case, scaled to the share.
    """

    solution_id: str
    physical: tuple[PhysicalLine, ...]
    saving: float
    ghg_t: float
    stage: str = ""
    saving_range: Range | None = None
    ghg_range: Range | None = None


@dataclass(frozen=True, slots=True)
class StageTotal:
    """The sum over the solutions of one stage; never merged with another stage."""

    stage: str
    solution_count: int
    physical: Mapping[str, float]
    saving: Range
    saving_usd: Range
    ghg_t: Range
    capex: Range
    visited_count: int = 0
    verified_count: int = 0


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """Compared with what: baseline use of one resource at the participants concerned [canonical unit/a]."""

    participant_id: str
    resource_id: str
    unit: str
    amount: float
    saving: float
    fraction: float | None
    source_class: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A bundle of solutions evaluated together on the graphs and flows.

    `best` of a range is the value with every input at its best and everything realised as stated; `low` and
    `high` are the 10 and 90 % points with the common realisation factor. `physical` is keyed by resource id,
    after minus before. `npv` and money are in `currency`; `usd_per_unit` is USD for one unit of it.
    `by_scope`, `ghg_t` hold the project book only; life-cycle and biogenic tonnes stand apart.
    """

    solution_ids: tuple[str, ...]
    currency: str
    year: int
    physical: Mapping[str, Range]
    lines: tuple[PhysicalLine, ...]
    saving: Range
    saving_usd: Range
    ghg_t: Range
    capex: Range
    capex_usd: Range
    npv: float
    shares: tuple[Share, ...]
    baseline: tuple[BaselineUse, ...]
    realisation: Range
    money: tuple[MoneyLine, ...] = ()
    emissions: tuple[EmissionLine, ...] = ()
    by_scope: Mapping[int, float] = field(default_factory=dict)
    life_cycle_ghg_t: float = 0.0
    biogenic_t: float = 0.0
    usd_per_unit: float = 0.0
    left_out: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Chosen solutions evaluated together on the graphs and flows.

    `stand_alone_saving` and `stand_alone_ghg_t` are the plain sums of the cases; the gap to the totals is
    what others count twice. `physical` is keyed by resource id, after minus before.
    """

    id: str
    year: int
    currency: str
    kind: TotalKind
    solution_ids: tuple[str, ...]
    left_out: Mapping[str, str]
    physical: Mapping[str, Range]
    saving: Range
    saving_usd: Range
    ghg_t: Range
    capex: Range
    capex_usd: Range
    npv: float
    stand_alone_physical: Mapping[str, float]
    stand_alone_saving: float
    stand_alone_ghg_t: float
    shares: tuple[Share, ...]
    stages: tuple[StageTotal, ...]
    baseline: tuple[BaselineUse, ...]
    realisation: Range
    budget: float | None = None
    target_ghg_t: float | None = None
    by_scope: Mapping[int, float] = field(default_factory=dict)
    life_cycle_ghg_t: float = 0.0
    biogenic_t: float = 0.0
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class MaccBlock:
    """One block of the marginal abatement cost curve: width [t/a], height [USD/t], cumulative start [t/a]."""

    solution_id: str
    ghg_t: float
    cost_usd_per_t: float
    start_t: float
    stage: str
