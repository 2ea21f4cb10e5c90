"""Correct the power factor with capacitors."""

from collections.abc import Mapping

from parkloop.methods.electrical import cable_loss_fraction, capacitor_size, power_factor
from parkloop.model import (
    Bill,
    CostItem,
    Finding,
    Input,
    Quantity,
    Range,
    Site,
    SolutionType,
    SourceClass,
    Step,
)
from parkloop.recp.find import graph_of, node_use_input
from parkloop.recp.inputs import reference_input
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.reference import measure_values

__all__ = ["MEASURE"]

_PLAN = Plan(
    "power_factor",
    Step.DISTRIBUTION,
    ("electrical.power_factor", "electrical.capacitor_size", "electrical.cable_loss_fraction"),
    Benefits(
        "No reactive charge, free capacity of the transformer.",
        "Không còn tiền phạt công suất phản kháng, giải phóng công suất máy biến áp.",
        "Harmonics need detuned capacitors.",
        "Có sóng hài cần tụ kèm cuộn kháng.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Sites whose bills show reactive energy above what the limit allows."""
    supply = graph_of(site).supply("electricity")
    reactive = [b for b in site.bills if b.band == "reactive" and b.period.start.year == site.year]
    active = [b for b in site.bills if b.resource_id == "electricity" and _is_energy(b, site.year)]
    months = {b.period for b in reactive}
    kvarh = sum(b.amount.value for b in reactive)
    kwh = sum(b.amount.value for b in active if b.period in months)
    if supply is None or kwh <= 0 or kvarh <= 0:
        return ()
    if float(power_factor(kwh, kvarh)) >= measure_values()["power_factor.limit"].value:
        return ()
    days = sum(period.days for period in months)
    inputs = (
        Input("active_kwh", kwh, "kWh", f"bill/{active[0].id}/amount", source_class=SourceClass.BILLED),
        Input(
            "reactive_kvarh", kvarh, "kVArh", f"bill/{reactive[0].id}/amount", source_class=SourceClass.BILLED
        ),
        *_charge(reactive, days),
        *_hours(site, days),
        reference_input("target", "power_factor.target"),
        reference_input("network_loss_fraction", "power_factor.network_loss_fraction"),
        node_use_input(supply),
    )
    missing = () if any(i.name == "hours" for i in inputs) else ("hours_per_a",)
    return (Finding("power_factor", site.participant.id, "supply", inputs, supply.id, missing=missing),)


def _is_energy(bill: Bill, year: int) -> bool:
    return bill.band not in {"reactive", "capacity"} and bill.period.start.year == year


def _charge(reactive: list[Bill], days: int) -> tuple[Input, ...]:
    paid = [bill for bill in reactive if bill.money]
    if not paid:
        return ()
    money = sum(bill.money or 0.0 for bill in paid) * 365.0 / days
    figure = f"bill/{paid[0].id}/money"
    note = f"{len(paid)} reactive lines, as a full year"
    return (
        Input("reactive_charge", money, paid[0].currency, figure, source_class=SourceClass.BILLED, note=note),
        Input("currency", paid[0].currency, "text", figure, source_class=SourceClass.BILLED),
        Input("year", float(paid[0].period.start.year), "a", figure, source_class=SourceClass.BILLED),
    )


def _hours(site: Site, days: int) -> tuple[Input, ...]:
    hours = site.participant.hours_per_a
    if hours is None:
        return ()
    return (Input("hours", hours * days / 365.0, "h", f"participant/{site.participant.id}/hours_per_a"),)


def quantify(finding: Finding) -> Quantity:
    """Losses in cables and transformers that follow the current, and the reactive charge that ends."""

    def saved(n: Mapping[str, float]) -> float:
        now = float(power_factor(n["active_kwh"], n["reactive_kvarh"]))
        return float(cable_loss_fraction(n["network_loss_fraction"], now, max(n["target"], now)))

    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = fraction_saving(finding, _PLAN, saved)
    now = float(power_factor(numbers["active_kwh"], numbers["reactive_kvarh"]))
    size = float(capacitor_size(numbers["active_kwh"] / max(numbers["hours"], 1.0), now, numbers["target"]))
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.capacitor", size), *_ended_charge(finding)))


def _ended_charge(finding: Finding) -> tuple[CostItem, ...]:
    words = {i.name: i for i in finding.inputs}
    if "reactive_charge" not in words:
        return ()
    yearly = -finding.number("reactive_charge")
    return (
        CostItem(
            kind="opex",
            label="Reactive charge that ends",
            amount=Range(yearly, yearly, yearly * 0.9),
            currency=str(words["currency"].value),
            year=round(finding.number("year")),
            basis=words["reactive_charge"].figure_id,
            participant_id=finding.participant_id,
        ),
    )


MEASURE = SolutionType(
    id="power_factor",
    title_en="Correct the power factor",
    title_vi="Bù công suất phản kháng",
    system="electricity_supply",
    recp_class="equipment_modification",
    inputs=(),
    find=find,
    quantify=quantify,
    sources=("power triangle",),
    summary_en="An automatic capacitor bank lifts the power factor above the limit of the reactive charge.",
    summary_vi="Tủ tụ bù tự động nâng hệ số công suất trên mức bị tính tiền phản kháng.",
)
