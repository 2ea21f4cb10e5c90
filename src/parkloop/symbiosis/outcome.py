"""What comes out of the search for exchanges."""

from dataclasses import dataclass

from parkloop.model import Issue, Range, Solution


@dataclass(frozen=True, slots=True)
class Lead:
    """A possible exchange that someone has to complete, agree to, or keep in reserve.

    Attributes
    ----------
    status
        `incomplete` (fields are missing), `inferred` (a side stands for its sector), `confidential` (a side
        shows its flow to nobody), `standby` (possible, another partner is better) or `no_gain`.
    masked
        Sides (`donor`, `receiver`) whose identity, amount and price stay hidden until they consent.
    amount
        Yearly amount [canonical unit of the resource]; None while unknown or masked.
    gain_per_a
        Yearly net gain of both sides in `currency` at general prices; None while unknown.
    missing
        Codes of the fields to ask for; `missing_text` says them in words.
    confidence
        Screening score [-].
    """

    id: str
    status: str
    donor_id: str
    receiver_id: str
    resource_id: str
    displaced_resource_id: str
    use_id: str
    donor_flow_id: str = ""
    receiver_flow_id: str = ""
    distance_km: float | None = None
    amount: Range | None = None
    gain_per_a: float | None = None
    currency: str = ""
    masked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    confidence: float = 0.0
    reasons_en: tuple[str, ...] = ()
    reasons_vi: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A pair that fails a hard gate: `reason` is `hazard | legal | quality | temperature | time | quantity |
    distance`, `detail` the parameter or figure that failed."""

    donor_id: str
    receiver_id: str
    resource_id: str
    displaced_resource_id: str
    use_id: str
    donor_flow_id: str
    receiver_flow_id: str
    reason: str
    detail: str = ""
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Chosen exchanges, leads, rejected pairs and issues of one run."""

    solutions: tuple[Solution, ...]
    leads: tuple[Lead, ...]
    rejected: tuple[Rejection, ...]
    issues: tuple[Issue, ...]
