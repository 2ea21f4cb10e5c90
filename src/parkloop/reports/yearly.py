"""Yearly amounts per participant and resource, as drawings and tables need them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parkloop.model import Direction, Fate, Flow, ParkResult, SourceClass

_WEAKEST_LAST = tuple(SourceClass)


@dataclass(frozen=True, slots=True)
class YearFlow:
    """One resource into or out of a participant in the year of the result [canonical unit/a].

    `entered` is the sum as typed, `amount` after reconciliation; `coverage_fraction` is below 1 when fewer
    than twelve months are there (nothing is scaled up).
    """

    participant_id: str
    direction: Direction
    resource_id: str
    unit: str
    amount: float
    entered: float
    fate: Fate
    source_class: SourceClass
    coverage_fraction: float
    flow_ids: tuple[str, ...]
    counterpart_id: str = ""

    @property
    def adjusted(self) -> bool:
        """Whether reconciliation moved the value."""
        return abs(self.amount - self.entered) > 1e-9 * max(1.0, abs(self.entered))


def _weakest(classes: Iterable[SourceClass]) -> SourceClass:
    return max(classes, key=_WEAKEST_LAST.index)


def _from_flows(
    key: tuple[str, Direction, str, Fate], flows: list[Flow], moved: dict[str, float]
) -> YearFlow:
    participant_id, direction, resource_id, fate = key
    entered = sum(flow.amount.value for flow in flows)
    months = {(flow.label, flow.period): flow.period.coverage_fraction for flow in flows}
    labels = {label for label, _ in months} or {""}
    return YearFlow(
        participant_id=participant_id,
        direction=direction,
        resource_id=resource_id,
        unit=flows[0].amount.unit,
        amount=sum(moved.get(flow.id, flow.amount.value) for flow in flows),
        entered=entered,
        fate=fate,
        source_class=_weakest(flow.amount.source_class for flow in flows),
        coverage_fraction=min(1.0, sum(months.values()) / len(labels)),
        flow_ids=tuple(flow.id for flow in flows),
        counterpart_id=flows[0].counterpart_id,
    )


def _billed(result: ParkResult) -> dict[tuple[str, str], tuple[float, str, float, SourceClass]]:
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    months: dict[tuple[str, str], set[str]] = defaultdict(set)
    unit: dict[tuple[str, str], str] = {}
    classes: dict[tuple[str, str], list[SourceClass]] = defaultdict(list)
    for bill in result.ledger.bills:
        if bill.period.start.year != result.year or bill.band in {"reactive", "capacity"}:
            continue
        key = (bill.participant_id, bill.resource_id)
        amounts[key] += bill.amount.value
        months[key].add(bill.period.code)
        unit[key] = bill.amount.unit
        classes[key].append(bill.amount.source_class)
    return {
        key: (amount, unit[key], min(1.0, len(months[key]) / 12), _weakest(classes[key]))
        for key, amount in amounts.items()
    }


def year_flows(result: ParkResult) -> tuple[YearFlow, ...]:
    """All flows of the result's year, one row per participant, direction, resource and fate.

    Bills stand for an input when there are any: the flow of the same resource is then not added again.
    """
    moved = {item.flow_id: item.adjusted for balance in result.balances for item in balance.adjusted}
    billed = _billed(result)
    groups: dict[tuple[str, Direction, str, Fate], list[Flow]] = defaultdict(list)
    for flow in result.ledger.flows:
        if flow.period.start.year == result.year:
            groups[(flow.participant_id, flow.direction, flow.resource_id, flow.fate)].append(flow)
    rows = []
    for key, flows in groups.items():
        participant_id, direction, resource_id, _ = key
        if direction is Direction.IN and (participant_id, resource_id) in billed and not _moves(flows, moved):
            continue
        rows.append(_from_flows(key, flows, moved))
    covered = {(row.participant_id, row.resource_id) for row in rows if row.direction is Direction.IN}
    for (participant_id, resource_id), (amount, unit, coverage, source_class) in billed.items():
        if (participant_id, resource_id) not in covered:
            rows.append(
                YearFlow(
                    participant_id, Direction.IN, resource_id, unit, amount, amount, Fate.PURCHASED,
                    source_class, coverage, (),
                )
            )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.participant_id, row.direction, row.resource_id, row.fate)))


def _moves(flows: list[Flow], moved: dict[str, float]) -> bool:
    return any(flow.id in moved for flow in flows)
