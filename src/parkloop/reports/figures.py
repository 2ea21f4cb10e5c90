"""The key figures of a park and what each unfolds into; no words, no formats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop.model import BaselineUse, ParkResult, PhysicalLine, Range, Stage

STAGES = (Stage.PROPOSED, Stage.FEASIBLE, Stage.DECIDED, Stage.IMPLEMENTED, Stage.VERIFIED)
TAKEN_WATER = ("fresh_water", "ground_water", "surface_water")
RESOURCES_OF = {"electricity": ("electricity",), "water": TAKEN_WATER}
UNITS = {"electricity": "kWh/a", "water": "m3/a", "ghg": "tCO2e/a"}
FLAG_FRACTION = 0.30
LARGEST_LINES = 10
_ZERO = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class StageFigure:
    """One stage of a key figure: how many solutions, how much."""

    stage: str
    count: int
    amount: Range | None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One total of the plan, positive when good.

    Attributes
    ----------
    id
        `electricity | water | saving | ghg`.
    total, total_usd
        The plan carried out as a whole, evaluated on flows; USD for `saving` alone.
    stand_alone
        The plain sum of the cases; what it has beyond `total` others count twice.
    stages
        Sub-totals by stage, never to be added up.
    lines
        Solution id and share of the total, the largest first.
    baseline
        The uses it is compared with.
    figure_ids
        Ids under which a derivation may be kept.
    """

    id: str
    unit: str
    total: Range
    total_usd: Range | None
    stand_alone: float
    stages: tuple[StageFigure, ...]
    lines: tuple[tuple[str, float], ...]
    baseline: tuple[BaselineUse, ...]
    figure_ids: tuple[str, ...]

    @property
    def counted_twice(self) -> float:
        """What adding up cases would count twice."""
        return self.stand_alone - self.total.best


def add(ranges: Iterable[Range]) -> Range:
    """The sum of ranges that err together: low to low, high to high."""
    found = tuple(ranges)
    return Range(sum(r.low for r in found), sum(r.best for r in found), sum(r.high for r in found))


def _saved(physical: Mapping[str, Range], resource_ids: Iterable[str]) -> Range:
    return add(physical.get(item, _ZERO).scaled(-1.0) for item in resource_ids)


def saved_of(lines: Iterable[PhysicalLine], resource_ids: Iterable[str]) -> Range:
    """What physical lines save of some resources together [canonical unit/a]."""
    wanted = frozenset(resource_ids)
    return add(line.amount.scaled(-1.0) for line in lines if line.resource_id in wanted)


def _physical(result: ParkResult, name: str) -> KeyFigure:
    plan, resource_ids = result.portfolio, RESOURCES_OF[name]
    stages = []
    for total in plan.stages:
        amount = -sum(total.physical.get(item, 0.0) for item in resource_ids)
        stages.append(StageFigure(total.stage, total.solution_count, Range.exact(amount)))
    lines = ((share.solution_id, saved_of(share.physical, resource_ids).best) for share in plan.shares)
    return KeyFigure(
        id=name,
        unit=UNITS[name],
        total=_saved(plan.physical, resource_ids),
        total_usd=None,
        stand_alone=-sum(plan.stand_alone_physical.get(item, 0.0) for item in resource_ids),
        stages=_by_stage(stages),
        lines=_largest(lines),
        baseline=tuple(use for use in plan.baseline if use.resource_id in resource_ids),
        figure_ids=_ids(result, *_names(plan.physical, name)),
    )


def _names(physical: Mapping[str, Range], name: str) -> tuple[str, ...]:
    """Last parts of figure ids of a physical total; a single resource's own id only where it is the total."""
    touched = [item for item in RESOURCES_OF[name] if item in physical]
    return (f"{name}_{UNITS[name].removesuffix('/a').lower()}", *(touched if len(touched) == 1 else ()))


def _ids(result: ParkResult, *names: str) -> tuple[str, ...]:
    owners = dict.fromkeys((result.park.id, result.portfolio.id))
    return tuple(f"portfolio/{owner}/{result.portfolio.year}/{name}" for owner in owners for name in names)


def _by_stage(found: Iterable[StageFigure]) -> tuple[StageFigure, ...]:
    by_stage = {item.stage: item for item in found}
    return tuple(by_stage.get(stage, StageFigure(stage, 0, None)) for stage in STAGES)


def _largest(lines: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((line for line in lines if line[1]), key=lambda line: (-abs(line[1]), line[0])))


def _money(result: ParkResult) -> KeyFigure:
    plan = result.portfolio
    return KeyFigure(
        id="saving",
        unit=plan.currency,
        total=plan.saving,
        total_usd=plan.saving_usd,
        stand_alone=plan.stand_alone_saving,
        stages=_by_stage(StageFigure(t.stage, t.solution_count, t.saving) for t in plan.stages),
        lines=_largest((share.solution_id, share.saving) for share in plan.shares),
        baseline=(),
        figure_ids=_ids(result, "saving"),
    )


def _ghg(result: ParkResult) -> KeyFigure:
    plan = result.portfolio
    return KeyFigure(
        id="ghg",
        unit=UNITS["ghg"],
        total=plan.ghg_t,
        total_usd=None,
        stand_alone=plan.stand_alone_ghg_t,
        stages=_by_stage(StageFigure(t.stage, t.solution_count, t.ghg_t) for t in plan.stages),
        lines=_largest((share.solution_id, share.ghg_t) for share in plan.shares),
        baseline=(),
        figure_ids=_ids(result, "ghg_t"),
    )


def key_figures(result: ParkResult) -> tuple[KeyFigure, ...]:
    """The four totals of a park's plan: electricity, water, money and greenhouse gas, per year."""
    return (_physical(result, "electricity"), _physical(result, "water"), _money(result), _ghg(result))


def stage_counts(result: ParkResult) -> dict[str, int]:
    """How many solutions of the park stand at each stage, rejected ones included."""
    counts = dict.fromkeys((*STAGES, Stage.REJECTED), 0)
    for solution in result.solutions:
        counts[solution.stage] += 1
    return {str(stage): number for stage, number in counts.items()}
