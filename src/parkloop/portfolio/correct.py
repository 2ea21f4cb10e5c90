"""Corrects a choice made on stand-alone values for what the chosen solutions take from each other."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parkloop.methods import economics
from parkloop.model import Case, Evaluation, Solution
from parkloop.portfolio.candidates import Candidates, rivals
from parkloop.portfolio.settings import PortfolioSettings

_ROUNDS = 3
_MARGIN = 1.5  # of what a solution gives up, what the others would take over when it goes [-]


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

    A chosen solution is looked at when what it surely adds does not pay for it: its share of the joint
    saving, less one and a half times what it already gives up to the others. Each is tried on its
    neighbourhood: all chosen solutions that touch one of its participants.

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
        if not gained and not lost:
            break
        plan = plan.with_chosen([*plan.chosen, *gained])
    return plan, frozenset(dropped)


class Neighbours:
    """Solutions by the participants they touch; grows and shrinks with the plan."""

    def __init__(self, solutions: Sequence[Solution]) -> None:
        self._touching: dict[str, dict[str, Solution]] = defaultdict(dict)
        for solution in solutions:
            self.add(solution)

    def add(self, solution: Solution) -> None:
        """Take a solution in."""
        for name in _participants(solution):
            self._touching[name][solution.id] = solution

    def remove(self, solution: Solution) -> None:
        """Leave a solution out from now on."""
        for name in _participants(solution):
            self._touching[name].pop(solution.id, None)

    def of(self, solution: Solution) -> tuple[Solution, ...]:
        """All others that touch one of its participants, by id."""
        found: dict[str, Solution] = {}
        for name in _participants(solution):
            found |= self._touching.get(name, {})
        found.pop(solution.id, None)
        return tuple(found[key] for key in sorted(found))


def _participants(solution: Solution) -> set[str]:
    names = {delta.participant_id for delta in solution.deltas} | set(solution.participant_ids)
    if solution.exchange is not None:
        names |= {solution.exchange.donor_id, solution.exchange.receiver_id}
    return names


def _losers(plan: Plan) -> set[str]:
    """Chosen solutions whose removal raises the value of their neighbourhood and keeps the target."""
    shares = {share.solution_id: share for share in plan.whole.shares}
    spare = _spare_tonnes(plan)
    around = Neighbours(plan.members)
    at_risk = [
        (least, s.id, s)
        for s in plan.chosen
        if s.id not in plan.settings.must_have and (least := _surely(plan, s, shares[s.id].saving)) < 0.0
    ]
    lost: set[str] = set()
    for _, _, solution in sorted(at_risk):
        others = around.of(solution)
        without, now = plan.evaluate(others), plan.evaluate((*others, solution))
        given_up = now.ghg_t.best - without.ghg_t.best
        if without.npv > now.npv + 1e-9 * abs(now.npv) and given_up <= max(spare, 0.0) + 1e-12:
            spare -= given_up
            lost.add(solution.id)
            around.remove(solution)
    return lost


def _surely(plan: Plan, solution: Solution, share: float) -> float:
    """What a solution adds at least, judged by its share [money of the cases, present value]."""
    case = plan.cases[solution.id]
    given_up = max(case.saving_per_a.best - share, 0.0)
    return _alone(plan, solution) - (1.0 + _MARGIN) * given_up * _factor(case)


def _gainers(plan: Plan, dropped: set[str]) -> list[Solution]:
    """Candidates that the budget and the exclusions allow and that raise the value, the best return first."""
    settings = plan.settings
    room = float("inf") if settings.budget is None else settings.budget - plan.spent
    taken = {s.id for s in plan.members}
    barred = taken | dropped
    waiting = [s for s in plan.candidates.open if s.id not in barred and _alone(plan, s) > 0.0]
    waiting.sort(key=lambda s: (-_alone(plan, s) / max(plan.cases[s.id].capex.best, 1e-9), s.id))
    around, against = Neighbours(plan.members), rivals(plan.candidates.excludes)
    gained: list[Solution] = []
    for solution in waiting:
        outlay = plan.cases[solution.id].capex.best
        if outlay > room or not taken.isdisjoint(against.get(solution.id, ())):
            continue
        others = around.of(solution)
        if plan.evaluate((*others, solution)).npv > plan.evaluate(others).npv:
            gained.append(solution)
            around.add(solution)
            taken.add(solution.id)
            room -= outlay
    return gained


def _alone(plan: Plan, solution: Solution) -> float:
    npv = plan.cases[solution.id].npv
    return npv.best if npv is not None else 0.0


def _factor(case: Case) -> float:
    return _annuity_factor(case.discount_rate, case.lifetime_a)


@lru_cache(maxsize=256)
def _annuity_factor(rate: float, lifetime_a: float) -> float:
    return float(economics.annuity_factor(rate, lifetime_a))


def _spare_tonnes(plan: Plan) -> float:
    """Tonnes above the target; endless without one."""
    wanted = plan.settings.target_ghg_t
    return float("inf") if wanted is None else plan.whole.ghg_t.best - wanted
