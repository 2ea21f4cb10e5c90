"""Makes the portfolio record: the total and everything that stands under it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parkloop.model import (
    Case,
    Evaluation,
    Issue,
    Portfolio,
    Range,
    Share,
    Solution,
    Stage,
    StageTotal,
    TotalKind,
)
from parkloop.portfolio.settings import PortfolioSettings

_STAGES = (Stage.PROPOSED, Stage.FEASIBLE, Stage.DECIDED, Stage.IMPLEMENTED, Stage.VERIFIED)


def to_portfolio(
    whole: Evaluation,
    cases: Mapping[str, Case],
    solutions: Sequence[Solution],
    left_out: Mapping[str, str],
    settings: PortfolioSettings,
    issues: tuple[Issue, ...],
) -> Portfolio:
    """The record of an evaluated plan: totals, stages, shares, what others would count twice."""
    shares = tuple(_with_ranges(share, cases) for share in whole.shares)
    counted = [cases[share.solution_id] for share in shares]
    alone: dict[str, float] = defaultdict(float)
    for case in counted:
        for line in case.physical:
            alone[line.resource_id] += line.amount.best
    return Portfolio(
        id=settings.id,
        year=settings.year,
        currency=whole.currency,
        kind=TotalKind.RUN_RATE,
        solution_ids=whole.solution_ids,
        left_out={**whole.left_out, **left_out},
        physical=whole.physical,
        saving=whole.saving,
        saving_usd=whole.saving_usd,
        ghg_t=whole.ghg_t,
        capex=whole.capex,
        capex_usd=whole.capex_usd,
        npv=whole.npv,
        stand_alone_physical=dict(sorted(alone.items())),
        stand_alone_saving=sum(case.saving_per_a.best for case in counted),
        stand_alone_ghg_t=sum(case.ghg_t_per_a.best for case in counted),
        shares=shares,
        stages=stage_totals(shares, solutions, cases, whole.usd_per_unit),
        baseline=whole.baseline,
        realisation=settings.realisation or whole.realisation,
        budget=settings.budget,
        target_ghg_t=settings.target_ghg_t,
        by_scope=whole.by_scope,
        life_cycle_ghg_t=whole.life_cycle_ghg_t,
        biogenic_t=whole.biogenic_t,
        issues=whole.issues + issues,
    )


def stage_totals(
    shares: Sequence[Share],
    solutions: Sequence[Solution],
    cases: Mapping[str, Case],
    usd_per_unit: float,
) -> tuple[StageTotal, ...]:
    """Five sub-totals, one a stage, from shares, so that together they make the total.

    Ranges are added end to end, because estimates share one bias and one realisation factor.

    Parameters
    ----------
    shares
        Of one evaluation.
    solutions, cases
        Those the shares belong to (others are passed over).
    usd_per_unit
        USD for one unit of the cases' currency.
    """
    by_id = {s.id: s for s in solutions}
    totals = []
    for stage in _STAGES:
        own = [share for share in shares if by_id[share.solution_id].stage is stage]
        physical: dict[str, float] = defaultdict(float)
        for share in own:
            for line in share.physical:
                physical[line.resource_id] += line.amount.best
        saving = _end_to_end(share.saving_range or Range.exact(share.saving) for share in own)
        members = [by_id[share.solution_id] for share in own]
        totals.append(
            StageTotal(
                stage=stage.value,
                solution_count=len(own),
                physical=dict(sorted(physical.items())),
                saving=saving,
                saving_usd=saving.scaled(usd_per_unit),
                ghg_t=_end_to_end(share.ghg_range or Range.exact(share.ghg_t) for share in own),
                capex=_end_to_end(cases[share.solution_id].capex for share in own),
                visited_count=sum(bool(s.extra.get("visited")) for s in members),
                verified_count=sum(s.stage is Stage.VERIFIED for s in members),
            )
        )
    return tuple(totals)


def _with_ranges(share: Share, cases: Mapping[str, Case]) -> Share:
    """A share with the range of its case, scaled to the share."""
    case = cases[share.solution_id]
    return replace(
        share,
        saving_range=_scaled(case.saving_per_a, share.saving),
        ghg_range=_scaled(case.ghg_t_per_a, share.ghg_t),
    )


def _scaled(whole: Range, part: float) -> Range:
    if whole.best == 0.0 or part / whole.best < 0.0:
        return Range.exact(part)
    factor = part / whole.best
    return Range(min(whole.low * factor, part), part, max(whole.high * factor, part))


def _end_to_end(ranges: Iterable[Range]) -> Range:
    low = best = high = 0.0
    for item in ranges:
        low, best, high = low + item.low, best + item.best, high + item.high
    return Range(min(low, best), best, max(high, best))
