"""What one park adds to its programme, stage by stage."""

from collections.abc import Iterable, Mapping

from parkloop.model import ParkResult, PhysicalLine, Resource, Share, Solution, Stage
from parkloop.reference import ResultIndicator, result_indicators
from parkloop.units import GJ_PER_KWH

STAGES = (Stage.PROPOSED, Stage.FEASIBLE, Stage.DECIDED, Stage.IMPLEMENTED, Stage.VERIFIED)


def park_sums(result: ParkResult, currency: str) -> Mapping[str, Mapping[str, float]]:
    """Stage to indicator to the park's number; stages are never added to one another.

    Physical indicators are per year and positive when saved [unit in the name]; `saving` and `capex` are in
    `currency` and absent where the park's plan is in another; `count` is the solutions behind the sums,
    `measure_count` and `exchange_count` are all that stand at the stage, chosen or not.
    """
    found: dict[str, dict[str, float]] = {stage: dict.fromkeys(indicator_names(), 0.0) for stage in STAGES}
    for total in result.portfolio.stages:
        if total.stage not in found:
            continue
        numbers = found[total.stage]
        numbers["count"] += total.solution_count
        numbers["saving_usd"] += total.saving_usd.best
        numbers["ghg_t"] += total.ghg_t.best
        if result.portfolio.currency == currency:
            numbers["saving"] = numbers.get("saving", 0.0) + total.saving.best
            numbers["capex"] = numbers.get("capex", 0.0) + total.capex.best
        for indicator in result_indicators():
            numbers[indicator.id] += saved(total.physical.items(), indicator, result.resources)
    for solution in result.solutions:
        if solution.stage in found:
            found[solution.stage][f"{solution.kind}_count"] += 1
    return found


def share_sums(share: Share, result: ParkResult, currency: str) -> Mapping[str, float]:
    """What one solution's share adds to the sums of its park; `saving` and `capex` only in `currency`."""
    numbers = {
        indicator.id: saved(amounts(share.physical), indicator, result.resources)
        for indicator in result_indicators()
    }
    plan = result.portfolio
    usd = plan.saving_usd.best / plan.saving.best if plan.saving.best else 0.0
    case = result.cases.get(share.solution_id)
    found = {**numbers, "saving_usd": share.saving * usd, "ghg_t": share.ghg_t}
    if plan.currency == currency:
        found["saving"] = share.saving
        found["capex"] = case.capex.best if case is not None else 0.0
    return found


def saved(
    changes: Iterable[tuple[str, float]], indicator: ResultIndicator, resources: Mapping[str, Resource]
) -> float:
    """What changes save of one indicator [unit of the indicator per year], positive when good.

    Parameters
    ----------
    changes
        Resource id and change, after minus before [canonical unit of the resource per year].
    """
    # 0.0 - x, so that nothing saved is 0 and never -0
    return 0.0 - sum(
        change * _weight(resource_id, indicator, resources)
        for resource_id, change in changes
        if _counts(resource_id, indicator, resources)
    )


def amounts(lines: Iterable[PhysicalLine]) -> tuple[tuple[str, float], ...]:
    """Resource id and best amount of each line."""
    return tuple((line.resource_id, line.amount.best) for line in lines)


def exchange_key(solution: Solution) -> str:
    """What makes two records one: donor, receiver and resource of an exchange, else the id."""
    exchange = solution.exchange
    if exchange is None:
        return solution.id
    return f"{exchange.donor_id}>{exchange.receiver_id}:{exchange.resource_id}"


def is_kind(resource_id: str, kinds: Iterable[str], resources: Mapping[str, Resource]) -> bool:
    """Whether a resource is one of `kinds` or a kind of one of them."""
    wanted = set(kinds)
    while resource_id:
        if resource_id in wanted:
            return True
        known = resources.get(resource_id)
        resource_id = known.parent if known else ""
    return False


def _counts(resource_id: str, indicator: ResultIndicator, resources: Mapping[str, Resource]) -> bool:
    if is_kind(resource_id, indicator.left_out, resources):
        return False
    known = resources.get(resource_id)
    if indicator.family:
        return known is not None and known.family == indicator.family
    return is_kind(resource_id, indicator.kinds, resources)


def _weight(resource_id: str, indicator: ResultIndicator, resources: Mapping[str, Resource]) -> float:
    if not indicator.by_heating_value:
        return 1.0
    return (resources[resource_id].ncv_gj_per_unit or 0.0) / GJ_PER_KWH


def indicator_names() -> tuple[str, ...]:
    """The indicators every park and stage has a number for; `saving` and `capex` may be absent."""
    counts = ("count", "measure_count", "exchange_count")
    return (*counts, *(indicator.id for indicator in result_indicators()), "saving_usd", "ghg_t")
