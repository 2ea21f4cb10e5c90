"""From what a calculator says to deltas and cost items."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from parkloop.model import CostItem, Delta, Effect, Finding, Quantity, Range, Rung, SourceClass, Step
from parkloop.recp.spread import Calculator, Column, spread
from parkloop.reference import cost_functions, measure_values

__all__ = [
    "Amount",
    "Benefits",
    "Plan",
    "absolute_saving",
    "carrier_of",
    "cost",
    "fraction_saving",
    "fuel_for_heat",
    "quantity",
    "screened",
    "screening_saving",
]

Amount = TypeVar("Amount", float, Column)


@dataclass(frozen=True, slots=True)
class Benefits:
    """What a measure brings or risks besides resources and money, in both languages."""

    benefit_en: str = ""
    benefit_vi: str = ""
    risk_en: str = ""
    risk_vi: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a type acts: the step of its deltas, methods it runs, and what comes with it.

    `decisive` names inputs without which the result is a screening one, however much else was entered.
    """

    type_id: str
    step: Step
    method_ids: tuple[str, ...]
    benefits: Benefits = Benefits()
    decisive: tuple[str, ...] = ()


def carrier_of(finding: Finding) -> str:
    """The resource id of the node a finding acts on."""
    return finding.node_id.rsplit("/", 2)[1]


def fraction_saving(
    finding: Finding, plan: Plan, saved: Calculator, *, at_once: bool = False
) -> tuple[Delta, ...]:
    """The saved share of a machine's use [-] as a delta on its node; nothing when nothing is saved.

    `at_once` says that `saved` takes columns (see `spread`).
    """
    numbers = _numbers(finding)
    part = spread(saved, finding.inputs, 1.0, at_once=at_once).scaled(numbers.get("share_of_node", 1.0))
    if part.best <= 0 or numbers.get("node_use", 0.0) <= 0:
        return ()
    return (_delta(finding, plan, Effect.FRACTION, part.scaled(-1.0), None),)


def absolute_saving(
    finding: Finding, plan: Plan, saved: Calculator, *, at_once: bool = False
) -> tuple[Delta, ...]:
    """A saved yearly amount [unit of the node] as a delta capped by the node's use; empty for no saving.

    `at_once` says that `saved` takes columns (see `spread`).
    """
    use = _numbers(finding).get("node_use", 0.0)
    amount = spread(saved, finding.inputs, use, at_once=at_once)
    if amount.best <= 0:
        return ()
    return (_delta(finding, plan, Effect.ABSOLUTE, amount.scaled(-1.0), use),)


def _delta(finding: Finding, plan: Plan, effect: Effect, value: Range, cap: float | None) -> Delta:
    return Delta(
        participant_id=finding.participant_id,
        resource_id=carrier_of(finding),
        step=plan.step,
        effect=effect,
        value=value,
        node_id=finding.node_id,
        cap=cap,
    )


def fuel_for_heat(heat_kwh: Amount, numbers: Mapping[str, Amount]) -> Amount:
    """What a heat source takes [its unit] for heat [kWh]: heat over calorific value and efficiency."""
    efficiency: Amount = np.maximum(numbers["heat_efficiency_fraction"], 1e-3)
    return heat_kwh / (numbers["ncv_kwh_per_unit"] * efficiency)


def screened(finding: Finding) -> bool:
    """True when the finding rests on shares of the sector alone."""
    return any(item.name == "screening_fraction" for item in finding.inputs)


def screening_saving(finding: Finding, plan: Plan) -> Quantity:
    """The usual share of a use that a measure saves, as a screening result without cost items."""
    deltas = fraction_saving(finding, plan, lambda n: n["screening_fraction"])
    return quantity(finding, plan, deltas, (), Rung.SCREENING)


def cost(finding: Finding, row_id: str, driver: float, times: float = 1.0) -> CostItem:
    """A cost item from the cost function `row_id` for a driver in its unit, `times` over."""
    function = cost_functions()[row_id]
    best = function.amount(driver) * times
    return CostItem(
        kind=function.kind,
        label=function.label_en,
        amount=Range(best * function.low_factor, best, best * function.high_factor),
        currency=function.currency,
        year=function.year,
        basis=row_id,
        participant_id=finding.participant_id,
    )


def quantity(
    finding: Finding,
    plan: Plan,
    deltas: tuple[Delta, ...],
    costs: tuple[CostItem, ...],
    rung: Rung | None = None,
) -> Quantity:
    """The result of a measure: engineering when its decisive inputs were entered, else screening."""
    entered = any(item.figure_id and item.source_class is not SourceClass.INFERRED for item in finding.inputs)
    assumed = any(item.name in plan.decisive and item.reference_id for item in finding.inputs)
    reached = rung or (Rung.ENGINEERING if entered and not assumed else Rung.SCREENING)
    return Quantity(
        deltas=deltas,
        costs=costs if deltas else (),
        lifetime_a=measure_values()[f"lifetime.{plan.type_id}"].value,
        rung=reached,
        method_ids=plan.method_ids,
        co_benefits_en=plan.benefits.benefit_en,
        co_benefits_vi=plan.benefits.benefit_vi,
        risks_en=plan.benefits.risk_en,
        risks_vi=plan.benefits.risk_vi,
    )


def _numbers(finding: Finding) -> Mapping[str, float]:
    return {item.name: item.value for item in finding.inputs if not isinstance(item.value, str)}
