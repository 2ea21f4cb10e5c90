"""Corrects a choice made on stand-alone values for what the chosen solutions take from each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from parkloop.methods import attribution, economics
from parkloop.model import Case, Evaluation, Solution
from parkloop.portfolio.candidates import Candidates, ruled_out
from parkloop.portfolio.settings import PortfolioSettings

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """A choice with its joint evaluation."""

    candidates: Candidates
    cases: Mapping[str, Case]
    evaluate: Callable[[tuple[Solution, ...]], Evaluation]
    settings: PortfolioSettings
    chosen: tuple[Solution, ...]
    whole: Evaluation

    @property
    def members(self) -> tuple[Solution, ...]:
        """All that count: those in place and those chosen."""
        return self.candidates.in_place + self.chosen

    @property
    def spent(self) -> float:
        """Outlay of the chosen [money]; what stands in place is paid."""
        return sum(self.cases[s.id].capex.best for s in self.chosen)

    def with_chosen(self, chosen: Sequence[Solution]) -> "Plan":
        """The plan with other choices, evaluated anew where they differ."""
        if {s.id for s in chosen} == {s.id for s in self.chosen}:
            return self
        ordered = tuple(sorted(chosen, key=lambda s: s.id))
        return replace(self, chosen=ordered, whole=self.evaluate(self.candidates.in_place + ordered))


def correct(plan: Plan) -> tuple[Plan, frozenset[str]]:
    """Drop what loses next to the others, add what the budget then allows and gains.

    Only solutions joined by a chain of shared participants are evaluated again, and among them only those
    that could lose: net present value alone less everything its group counts twice is below zero.

    Returns
    -------
    tuple
        The corrected plan and the ids that were dropped on the way; a dropped one does not come back.
    """
    dropped: set[str] = set()
    for _ in range(_ROUNDS):
        lost = _losers(plan)
        dropped |= lost
        plan = plan.with_chosen([s for s in plan.chosen if s.id not in lost])
        gained = _gainers(plan, dropped)
        if not gained:
            break
        plan = plan.with_chosen([*plan.chosen, *gained])
    return plan, frozenset(dropped)


def groups_of(solutions: Sequence[Solution]) -> list[list[Solution]]:
    """Solutions joined by a chain of shared participants."""
    numbers: dict[str, int] = {}
    touched = [
        [numbers.setdefault(name, len(numbers)) for name in sorted(_participants(s))] for s in solutions
    ]
    return [[solutions[n] for n in group] for group in attribution.components(touched)]


def _participants(solution: Solution) -> set[str]:
    names = {delta.participant_id for delta in solution.deltas} | set(solution.participant_ids)
    if solution.exchange is not None:
        names |= {solution.exchange.donor_id, solution.exchange.receiver_id}
    return names


def _losers(plan: Plan) -> set[str]:
    """Chosen solutions whose removal raises the value of their group and keeps the target."""
    shares = {share.solution_id: share for share in plan.whole.shares}
    free = {s.id for s in plan.chosen if s.id not in plan.settings.must_have}
    spare = _spare_tonnes(plan)
    lost: set[str] = set()
    for group in groups_of(plan.members):
        overlap = sum(plan.cases[s.id].saving_per_a.best - shares[s.id].saving for s in group)
        longest = max(_factor(plan.cases[s.id]) for s in group)
        at_risk = [s for s in group if s.id in free and _alone(plan, s) < max(overlap, 0.0) * longest]
        if not at_risk:
            continue
        now = plan.evaluate(tuple(group))
        while at_risk:
            tried = [(s, plan.evaluate(tuple(o for o in group if o.id != s.id))) for s in at_risk]
            useful = [
                (without.npv - now.npv, s, without)
                for s, without in tried
                if without.npv > now.npv + 1e-9 * abs(now.npv)
                and now.ghg_t.best - without.ghg_t.best <= max(spare, 0.0) + 1e-12
            ]
            if not useful:
                break
            _, worst, without = max(useful, key=lambda item: (item[0], item[1].id))
            spare -= now.ghg_t.best - without.ghg_t.best
            lost.add(worst.id)
            group = [s for s in group if s.id != worst.id]
            at_risk = [s for s in at_risk if s.id != worst.id]
            now = without
    return lost


def _gainers(plan: Plan, dropped: set[str]) -> list[Solution]:
    """Candidates that the budget and the exclusions allow and that raise the value, the best return first."""
    settings = plan.settings
    room = float("inf") if settings.budget is None else settings.budget - plan.spent
    taken = {s.id for s in plan.members}
    waiting = [s for s in plan.candidates.open if s.id not in taken | dropped and _alone(plan, s) > 0.0]
    waiting.sort(key=lambda s: (-_alone(plan, s) / max(plan.cases[s.id].capex.best, 1e-9), s.id))
    gained: list[Solution] = []
    for solution in waiting:
        outlay = plan.cases[solution.id].capex.best
        if outlay > room or solution.id in ruled_out(plan.candidates.excludes, taken):
            continue
        group = _group_with(solution, [*plan.members, *gained])
        before = plan.evaluate(tuple(s for s in group if s.id != solution.id)).npv
        after = plan.evaluate(tuple(group)).npv
        if after > before:
            gained.append(solution)
            taken.add(solution.id)
            room -= outlay
    return gained


def _group_with(solution: Solution, others: Sequence[Solution]) -> list[Solution]:
    """The group a solution would belong to, with it."""
    return next(group for group in groups_of([solution, *others]) if group[0].id == solution.id)


def _alone(plan: Plan, solution: Solution) -> float:
    npv = plan.cases[solution.id].npv
    return npv.best if npv is not None else 0.0


def _factor(case: Case) -> float:
    return float(economics.annuity_factor(case.discount_rate, case.lifetime_a))


def _spare_tonnes(plan: Plan) -> float:
    """Tonnes above the target; endless without one."""
    wanted = plan.settings.target_ghg_t
    return float("inf") if wanted is None else plan.whole.ghg_t.best - wanted
