"""Evaluates bundle after bundle of the same solutions, for a search: best values and totals alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from parkloop.methods import attribution, economics
from parkloop.model import Evaluation, Range, Share, Solution
from parkloop.valuation.costs import costs_of
from parkloop.valuation.evaluate import single_exchanges
from parkloop.valuation.joint import Draws, Floats, forest_of
from parkloop.valuation.physical import roots_touched
from parkloop.valuation.price_lines import pricing
from parkloop.valuation.resolve import resolve
from parkloop.valuation.shares import Effect, attribute, effects_of, order_in_place, steps_of
from parkloop.valuation.terms import Terms


def quick_evaluator(
    solutions: Sequence[Solution], terms: Terms
) -> Callable[[Sequence[Solution]], Evaluation]:
    """A quicker `evaluate` for bundles of these solutions.

    The solutions are placed once, and a group of them that feel each other is worked out once: from one
    bundle of a search to the next most groups stay as they are.

    Returns
    -------
    Callable
        Takes a bundle and gives its `Evaluation` with shares, `saving`, `ghg_t`, `capex` and `npv` as
        `evaluate` does, without ranges, lines, baseline uses and issues. KeyError for unknown solutions.
    """
    return _Bench(solutions, terms).evaluate


class _Bench:
    """The solutions on their places, with what was already worked out of them."""

    def __init__(self, solutions: Sequence[Solution], terms: Terms) -> None:
        self.terms = replace(terms, settings=replace(terms.settings, draws=0))
        self.resolved = resolve(solutions, self.terms)
        self.forest = forest_of(self.resolved)
        self.prices = pricing(self.terms, Draws(terms.settings.seed, 0, 0.0))
        costs = costs_of(solutions, self.prices.money, self.prices.draws)
        self.capex, self.opex = costs.capex[:, 0], costs.opex[:, 0]
        self.number = {s.id: n for n, s in enumerate(solutions)}
        self.touched = roots_touched(self.resolved, self.forest)
        self.alone = self._effects([(n,) for n in range(len(solutions))])
        self.factor = [
            float(economics.annuity_factor(terms.book.discount_rate, s.lifetime_a)) for s in solutions
        ]
        self.usd = self.prices.money.rate(terms.book.currency, "USD", terms.book.year) or 0.0
        self.groups: dict[tuple[int, ...], tuple[Share, ...]] = {}

    def evaluate(self, bundle: Sequence[Solution]) -> Evaluation:
        """Totals and shares of a bundle."""
        kept, left_out, _ = single_exchanges(bundle)
        numbers = [self.number[s.id] for s in kept]
        members = attribution.components([self.touched[n] for n in numbers])
        groups = [tuple(sorted(numbers[n] for n in group)) for group in members]
        self._work_out([group for group in groups if group not in self.groups])
        of = {n: share for g in groups for n, share in zip(g, self.groups[g], strict=True)}
        shares = tuple(of[n] for n in numbers)
        saving = Range.exact(sum(share.saving for share in shares))
        capex = Range.exact(float(sum(self.capex[n] for n in numbers)))
        return Evaluation(
            solution_ids=tuple(s.id for s in kept),
            currency=self.terms.book.currency,
            year=self.terms.settings.year,
            physical={},
            lines=(),
            saving=saving,
            saving_usd=saving.scaled(self.usd),
            ghg_t=Range.exact(sum(share.ghg_t for share in shares)),
            capex=capex,
            capex_usd=capex.scaled(self.usd),
            npv=float(sum(of[n].saving * self.factor[n] - self.capex[n] for n in numbers)),
            shares=shares,
            baseline=(),
            realisation=self.terms.settings.realisation,
            usd_per_unit=self.usd,
            left_out=left_out,
        )

    def _effects(self, bundles: Sequence[Sequence[int]]) -> list[Effect]:
        return effects_of(self.resolved, self.forest, bundles, self.prices, self.opex)

    def _work_out(self, groups: Sequence[tuple[int, ...]]) -> None:
        """Shares of groups that were not met before."""
        joint = [group for group in groups if len(group) > 1]
        for (n,) in (group for group in groups if len(group) == 1):
            self.groups[n,] = (self._share(n, self.alone[n].at.values(), self.alone[n]),)
        ordered = [order_in_place(self.resolved, group) for group in joint]
        bundles = [b for g, first in zip(joint, ordered, strict=True) for b in steps_of(g, first)]
        effects = iter(self._effects(bundles))
        for group, first in zip(joint, ordered, strict=True):
            steps = [next(effects) for _ in range(len(first) + 1)]
            parts = attribute(steps, (group, first), self.alone)
            self.groups[group] = tuple(self._share(n, parts[n].values(), steps[-1]) for n in group)

    def _share(self, n: int, parts: Iterable[Floats], whole: Effect) -> Share:
        solution = self.resolved.solutions[n]
        _, money, tonnes = sum(parts, np.zeros(3)).tolist()
        saving = money - whole.opex.get(n, 0.0)
        return Share(solution.id, (), saving, tonnes, stage=solution.stage.value)
