"""Possible exchanges that are not yet solutions."""

from dataclasses import dataclass

from parkloop.model.value import Range


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
        Codes of the fields to ask for; `symbiosis.missing_text` says them in words.
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
