"""What is watched: readings, permits, compliance, baselines, targets, activities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from parkloop.model.period import Period
from parkloop.model.value import Confidence, Range


class Flag(IntEnum):
    """QARTOD flags."""

    GOOD = 1
    UNKNOWN = 2
    SUSPECT = 3
    FAIL = 4
    MISSING = 9


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of an automatic station; `time` is of the event, `received_at` of its arrival, both UTC."""

    station: str
    parameter: str
    time: datetime
    value: float | None
    unit: str
    status: str = "00"
    flag: Flag = Flag.UNKNOWN
    received_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of one parameter in force for a permit, by regulation edition and column."""

    parameter: str
    value: float
    unit: str
    edition: str
    column: str = ""
    averaging: str = "daily_mean"
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit or licence with its limits and expiry."""

    id: str
    participant_id: str
    kind: str
    number: str = ""
    issuer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    limits: tuple[Limit, ...] = ()
    volume_m3_per_day: float | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection, finding or penalty in the compliance register.

    `law` is `investment | enterprise | construction | land | environment | labour | other`.
    """

    id: str
    subject_id: str
    on: date
    law: str
    authority: str = ""
    finding: str = ""
    breach: bool = False
    penalty: float | None = None
    currency: str = ""
    remedy_due: date | None = None
    closed_on: date | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """The use a saving is compared with."""

    id: str
    participant_id: str
    resource_id: str
    period: Period
    amount: float
    unit: str
    model: str = "measured"
    drivers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerifiedSaving:
    """Avoided use of one solution in a reporting period with its 90 % half-width."""

    id: str
    solution_id: str
    baseline_id: str
    period: Period
    resource_id: str
    unit: str
    avoided_use: Range
    option: str = ""
    verifier: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A log-frame or park target: `indicator` (`ghg_t`, `electricity_kwh`, ...) by year."""

    id: str
    subject_id: str
    indicator: str
    year: int
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Activity:
    """A training, event, visit or support action, with those who came by gender."""

    id: str
    subject_id: str
    kind: str
    title: str
    on: date
    men: int | None = None
    women: int | None = None
    solution_ids: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One point of a visit's checklist."""

    id: str
    visit_id: str
    text: str
    result: str = ""
    criterion_id: str = ""
    solution_id: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """Something seen on a visit, followed until closed."""

    id: str
    visit_id: str
    text: str
    severity: str = "minor"
    owner: str = ""
    due: date | None = None
    closed_on: date | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture kept as evidence, with place and time."""

    id: str
    visit_id: str
    evidence_id: str
    at: datetime | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of people to a park or participant."""

    id: str
    subject_id: str
    on: date
    purpose: str = ""
    visitors: tuple[str, ...] = ()
    note: str = ""
