"""Troubles put in on purpose, so that the checks have something to find. Sample data."""

from dataclasses import replace

from parkloop.model import (
    Amount,
    Bill,
    Direction,
    Equipment,
    Fate,
    Flow,
    Ledger,
    Participant,
    Quality,
    SourceClass,
)

__all__ = ["TROUBLES", "trouble"]

TROUBLES = {
    "TG-05 wastewater": "wastewater above water supply: a wrong meter factor",
    "LB-07 electricity": "one month of bills is missing: the year is not covered",
    "PT-02 electricity": "March typed in MWh as if it were kWh",
    "AH-06 sector": "no sector code",
    "PT-05 bills": "only a yearly estimate of electricity instead of bills",
    "AH-03 compressor": "rated power typed in W as if it were kW",
}


def trouble(ledger: Ledger) -> Ledger:
    """`ledger` with the troubles of `TROUBLES`; everything else is left alone."""
    return replace(
        ledger,
        participants=tuple(_participant(p) for p in ledger.participants),
        flows=tuple(_flow(f) for f in ledger.flows) + _estimates(ledger),
        bills=tuple(b for b in map(_bill, ledger.bills) if b is not None),
        equipment=tuple(_machine(e) for e in ledger.equipment),
    )


def _participant(member: Participant) -> Participant:
    return replace(member, sector="") if member.id == "AH-06" else member


def _flow(flow: Flow) -> Flow:
    if flow.id == "F-TG-05-out-wastewater":
        return replace(flow, amount=_times(flow.amount, 1.6))
    return flow


def _bill(bill: Bill) -> Bill | None:
    if bill.participant_id == "LB-07" and bill.resource_id == "electricity" and bill.period.code == "2025-08":
        return None
    if bill.participant_id == "PT-05" and bill.resource_id == "electricity":
        return None
    if bill.participant_id == "PT-02" and bill.resource_id == "electricity" and bill.period.code == "2025-03":
        return replace(bill, amount=_times(bill.amount, 1e-3))
    return bill


def _machine(machine: Equipment) -> Equipment:
    if machine.id != "AH-03-air-compressor":
        return machine
    wrong = {**machine.properties, "rated_power_kw": float(machine.properties["rated_power_kw"]) * 1000}
    return replace(machine, properties=wrong)


def _estimates(ledger: Ledger) -> tuple[Flow, ...]:
    from_bills = [b for b in ledger.bills if b.participant_id == "PT-05" and b.resource_id == "electricity"]
    if not from_bills:
        return ()
    total = float(f"{sum(b.amount.value for b in from_bills):.2g}")
    sample = next(f for f in ledger.flows if f.participant_id == "PT-05")
    return (
        replace(
            sample,
            id="F-PT-05-in-electricity",
            direction=Direction.IN,
            resource_id="electricity",
            amount=Amount(total, "kWh", total, "kWh", SourceClass.ESTIMATED),
            price=None,
            currency="",
            fate=Fate.PURCHASED,
            quality=Quality(),
            counterpart_id="",
        ),
    )


def _times(amount: Amount, factor: float) -> Amount:
    value = amount.value * factor
    return replace(amount, value=value, typed_value=value)
