"""Flows, bills, equipment and field measurements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from parkloop.model.period import Period
from parkloop.model.value import Amount, SourceClass, Visibility


class Direction(StrEnum):
    """Seen from the participant."""

    IN = "in"
    OUT = "out"


class Fate(StrEnum):
    """Where an output goes; for inputs the origin of the resource."""

    SOLD = "sold"
    REUSED = "reused"
    RECYCLED = "recycled"
    TREATED = "treated"
    LANDFILLED = "landfilled"
    INCINERATED = "incinerated"
    DISCHARGED = "discharged"
    STORED = "stored"
    PURCHASED = "purchased"
    OWN = "own"
    EXCHANGED = "exchanged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quality:
    """What a stream is like.

    Attributes
    ----------
    temperature_c, return_temperature_c
        Supply and target or return temperature [degC].
    pressure_bar
        Absolute pressure [bar].
    concentrations_mg_l
        Parameter (`cod`, `tss`, `tn`, ...) to concentration [mg/L].
    composition
        Substance to (low, high) mass fraction [-].
    moisture_fraction
        Water by mass [-].
    profile
        `continuous | day | batch | seasonal`, or twelve monthly shares that sum to 1, joined by `;`.
    storage_days
        How long it keeps [day].
    """

    temperature_c: float | None = None
    return_temperature_c: float | None = None
    pressure_bar: float | None = None
    concentrations_mg_l: Mapping[str, float] = field(default_factory=dict)
    composition: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    moisture_fraction: float | None = None
    hazard: str = ""
    profile: str = ""
    storage_days: float | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A quantity of one resource into or out of a participant in a period.

    Natural key: participant, direction, resource, label, period. `price` is money per canonical unit in
    `currency`: paid for inputs (positive = cost), received for outputs (negative = disposal cost).
    """

    id: str
    participant_id: str
    direction: Direction
    resource_id: str
    amount: Amount
    period: Period
    label: str = ""
    process: str = ""
    meter_id: str = ""
    price: float | None = None
    currency: str = ""
    fate: Fate = Fate.UNKNOWN
    quality: Quality = Quality()
    counterpart_id: str = ""
    visibility: Visibility = Visibility.PROGRAMME
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """One month of one carrier: amount in the canonical unit and money in `currency`, without VAT.

    `band` is `normal | peak | off_peak | reactive | capacity` or empty for carriers without bands.
    """

    id: str
    participant_id: str
    resource_id: str
    period: Period
    amount: Amount
    band: str = ""
    money: float | None = None
    currency: str = ""
    meter_id: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Equipment:
    """A machine with nameplate and operating point.

    `properties` holds canonical numbers and texts by field name of its kind (`rated_power_kw`,
    `load_fraction`, `hours_per_a`, `efficiency`, ...); the fields of each kind are a table in `reference`.
    """

    id: str
    participant_id: str
    kind: str
    name: str = ""
    count: int = 1
    hours_per_a: float | None = None
    properties: Mapping[str, float | str] = field(default_factory=dict)
    source_class: SourceClass = SourceClass.ESTIMATED
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A field measurement or a line of a plant's daily log."""

    id: str
    participant_id: str
    point: str
    at: datetime
    value: float
    unit: str
    instrument: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter or weighbridge that measures one resource at one participant."""

    id: str
    participant_id: str
    resource_id: str
    name: str = ""
    serves: str = ""
    calibrated: str = ""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One value of a meter, production or weather series at UTC time `at`."""

    meter_id: str
    at: datetime
    value: float
    unit: str
