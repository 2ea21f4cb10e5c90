"""Chooses the solutions of a plan under a budget and a target, counted together."""

from collections.abc import Callable, Mapping, Sequence

from parkloop.model import Case, Evaluation, Issue, Portfolio, Severity, Solution, Where
from parkloop.portfolio.candidates import ruled_out, sort_out
from parkloop.portfolio.choose import Problem, choose
from parkloop.portfolio.correct import Plan, correct
from parkloop.portfolio.settings import PortfolioSettings
from parkloop.portfolio.total import to_portfolio

_ROUNDS = 4
_RELATIVE = 1e-9


def optimise(
    solutions: Sequence[Solution],
    cases: Mapping[str, Case],
    evaluate: Callable[[tuple[Solution, ...]], Evaluation],
    settings: PortfolioSettings,
    search: Callable[[tuple[Solution, ...]], Evaluation] | None = None,
) -> Portfolio:
    """Choose solutions, evaluate them together and say under the total what it stands on.

    What is in place stays in; from the rest a mixed-integer programme picks the set with the largest net
    present value on stand-alone values (proved best *on these values*). Then interactions are corrected on
    joint evaluations: where overlaps leave the target missed, the programme is solved again with the gap
    added; a solution whose net present value is negative next to the others is dropped, the worst first,
    unless the target needs it; what the budget then still allows is added where it gains. This second part
    is a search by single steps: when it ends, no single removal (that the target allows) helps, but nothing
    is proved about sets that differ in several solutions at once.

    Parameters
    ----------
    solutions
        All solutions of the park, of every stage.
    cases
        Their cases by id.
    evaluate
        Evaluates a bundle jointly; called for the whole park a few times and otherwise only for solutions
        that share a participant.
    settings
        Budget, target, exclusions.
    search
        A quicker `evaluate` for the steps of the search, of best values alone; None takes `evaluate`.

    Returns
    -------
    Portfolio
        Run-rate (a full year of operation) of everything chosen and in place, in the cases' currency.
    """
    candidates = sort_out(solutions, cases, settings)
    look = search or evaluate
    start = Plan(candidates, cases, look, settings, (), look(candidates.in_place))
    first, proved = _first_choice(start)
    plan, dropped = correct(first)
    left_out = candidates.left_out | _why_left(plan, dropped)
    notes = candidates.issues + _notes(plan, proved=proved)
    whole = plan.whole if look is evaluate else evaluate(plan.members)
    return to_portfolio(whole, cases, solutions, left_out, settings, notes)


def _first_choice(plan: Plan) -> tuple[Plan, bool]:
    """Solve on stand-alone values; where overlaps miss the target, ask for more."""
    settings, open_ = plan.settings, plan.candidates.open
    values = [plan.cases[s.id] for s in open_]
    number = {s.id: n for n, s in enumerate(open_)}
    pairs = sorted(
        (number[a], number[b])
        for a, b in (sorted(pair) for pair in plan.candidates.excludes)
        if a in number and b in number
    )
    forced = [number[i] for i in settings.must_have if i in number]
    wanted = settings.target_ghg_t
    standing = plan.whole.ghg_t.best
    extra, proved, best = 0.0, True, plan
    for _ in range(_ROUNDS):
        problem = Problem(
            [c.npv.best if c.npv else 0.0 for c in values],
            [c.capex.best for c in values],
            [c.ghg_t_per_a.best for c in values],
            settings.budget,
            None if wanted is None else wanted - standing + extra,
            pairs,
        )
        choice = choose(problem, forced, settings.time_limit_s)
        proved = proved and choice.proved
        found = plan.with_chosen(tuple(open_[n] for n in choice.chosen))
        if wanted is None:
            return found, proved
        gap = wanted - found.whole.ghg_t.best
        if best is plan or gap < wanted - best.whole.ghg_t.best:
            best = found
        if gap <= _RELATIVE * abs(wanted) or choice.missing_t > _RELATIVE * abs(wanted):
            break
        extra += gap
    return best, proved


def _why_left(plan: Plan, dropped: frozenset[str]) -> dict[str, str]:
    """The reason code of every open candidate that was not chosen."""
    chosen = {s.id for s in plan.members}
    budget = plan.settings.budget
    left = None if budget is None else budget - plan.spent
    barred = ruled_out(plan.candidates.excludes, chosen)
    reasons = {}
    for solution in plan.candidates.open:
        if solution.id in chosen:
            continue
        case = plan.cases[solution.id]
        if solution.id in barred:
            reasons[solution.id] = "excluded_by_other"
        elif case.npv is not None and case.npv.best < 0.0:
            reasons[solution.id] = "negative_npv"
        elif solution.id in dropped:
            reasons[solution.id] = "negative_together"
        elif left is not None and case.capex.best > left:
            reasons[solution.id] = "over_budget"
        else:
            reasons[solution.id] = "no_gain"
    return reasons


def _notes(plan: Plan, *, proved: bool) -> tuple[Issue, ...]:
    settings = plan.settings
    where = Where(record=f"portfolio/{settings.id}")
    issues = []
    wanted = settings.target_ghg_t
    reached = plan.whole.ghg_t.best
    if wanted is not None and reached < wanted * (1.0 - _RELATIVE):
        arguments = {"target_t": round(wanted, 1), "reached_t": round(reached, 1)}
        issues.append(Issue("portfolio.target.missed", Severity.WARNING, where, arguments))
    if settings.budget is not None and plan.spent > settings.budget * (1.0 + _RELATIVE):
        arguments = {"budget": round(settings.budget), "spent": round(plan.spent)}
        issues.append(Issue("portfolio.budget.exceeded", Severity.WARNING, where, arguments))
    if not proved:
        issues.append(Issue("portfolio.choice.not_proved", Severity.INFO, where, {}))
    return tuple(issues)
