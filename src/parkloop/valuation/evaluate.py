"""Evaluates a bundle of solutions together, so that nothing counts twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parkloop.methods import attribution, economics
from parkloop.model import (
    Book,
    EmissionLine,
    Evaluation,
    Issue,
    MoneyLine,
    PhysicalLine,
    Severity,
    Solution,
    Where,
)
from parkloop.valuation.checks import compared_with
from parkloop.valuation.costs import Costs, costs_of, opex_scale, own_lines
from parkloop.valuation.joint import Draws, Floats, Forest, Lines, forest_of, run
from parkloop.valuation.money import book_issues
from parkloop.valuation.physical import connected
from parkloop.valuation.price_lines import (
    Pricing,
    counted,
    emission_lines,
    money_lines,
    physical_lines,
    price_lines,
    pricing,
    ranges,
)
from parkloop.valuation.resolve import Resolved, resolve
from parkloop.valuation.shares import shares_of
from parkloop.valuation.terms import Terms


@dataclass(slots=True)
class _Totals:
    """Sums over the chunks of one evaluation, drawn; only this module writes to it."""

    saving: Floats
    ghg: Floats
    resources: dict[str, Floats]
    by_scope: dict[int, float]
    life_cycle: float
    biogenic: float
    lines: list[Lines]
    physical: list[PhysicalLine]
    money: list[MoneyLine]
    emissions: list[EmissionLine]


def evaluate(solutions: Sequence[Solution], terms: Terms) -> Evaluation:
    """What a bundle saves when all its solutions act on the same graphs and flows.

    Parameters
    ----------
    solutions
        The bundle, in any order. Of several records of one exchange (same donor, receiver and resource)
        the most advanced counts.
    terms
        Baseline, prices, factors and settings.

    Returns
    -------
    Evaluation
        Totals, lines, baseline uses, issues, and a share of every solution; the shares sum to the totals.
        Implemented and verified solutions come first, each with what it added at its date; planned ones
        share the rest in proportion to what they would save alone. Prices between partners cancel.
    """
    kept, left_out, repeated = single_exchanges(solutions)
    settings = terms.settings
    draws = Draws(settings.seed, settings.draws, settings.assessor_correlation)
    resolved = resolve(kept, terms)
    forest = forest_of(resolved)
    prices = pricing(terms, draws)
    costs = costs_of(kept, prices.money, draws)
    totals = _evaluate_joint(resolved, forest, prices, costs)
    shares = shares_of(resolved, forest, terms)
    baseline, large = compared_with(resolved, totals.lines, terms)
    lifetime = np.array([s.lifetime_a for s in kept])
    saving = np.array([share.saving for share in shares])
    npv = economics.present_value(costs.capex[:, 0], saving, terms.book.discount_rate, lifetime)
    usd = prices.money.rate(terms.book.currency, "USD", terms.book.year) or 0.0
    capex = ranges(costs.capex.sum(axis=0)[None, :])[0]
    whole = ranges(totals.saving[None, :])[0]
    return Evaluation(
        solution_ids=tuple(s.id for s in kept),
        currency=terms.book.currency,
        year=settings.year,
        physical={name: ranges(rows[None, :])[0] for name, rows in sorted(totals.resources.items())},
        lines=tuple(totals.physical),
        saving=whole,
        saving_usd=whole.scaled(usd),
        ghg_t=ranges(totals.ghg[None, :])[0],
        capex=capex,
        capex_usd=capex.scaled(usd),
        npv=float(npv.sum()),
        shares=shares,
        baseline=baseline,
        realisation=settings.realisation,
        money=tuple(totals.money),
        emissions=tuple(totals.emissions),
        by_scope=dict(sorted(totals.by_scope.items())),
        life_cycle_ghg_t=totals.life_cycle,
        biogenic_t=totals.biogenic,
        usd_per_unit=usd,
        left_out=left_out,
        issues=repeated
        + resolved.issues
        + tuple(issue for group in costs.issues for issue in group)
        + tuple(prices.money.issues.values())
        + tuple(prices.emissions.issues.values())
        + large
        + book_issues(terms.book),
    )


def single_exchanges(
    solutions: Sequence[Solution],
) -> tuple[tuple[Solution, ...], dict[str, str], tuple[Issue, ...]]:
    """Each exchange once, though both partners report it; the reason and an issue for each record dropped."""
    keys: list[tuple[str, str, str] | None] = []
    for s in solutions:
        e = s.exchange
        keys.append((e.donor_id, e.receiver_id, e.resource_id) if e else None)
    advance = ["verified", "implemented", "decided", "feasible", "proposed", "rejected"]
    ranks = [(advance.index(s.stage.value), s.id) for s in solutions]
    keep = set(attribution.first_of_each(keys, ranks))
    dropped = [s for n, s in enumerate(solutions) if n not in keep]
    issues = tuple(
        Issue(
            "valuation.exchange.repeated",
            Severity.WARNING,
            Where(record=f"solution/{s.id}"),
            {
                "solution": s.id,
                "donor": s.exchange.donor_id if s.exchange else "",
                "receiver": s.exchange.receiver_id if s.exchange else "",
                "resource": s.exchange.resource_id if s.exchange else "",
            },
        )
        for s in dropped
    )
    kept = tuple(s for n, s in enumerate(solutions) if n in keep)
    return kept, {s.id: "repeated_exchange" for s in dropped}, issues


def _evaluate_joint(resolved: Resolved, forest: Forest, prices: Pricing, costs: Costs) -> _Totals:
    width = 1 + prices.draws.n_draws
    totals = _Totals(np.zeros(width), np.zeros(width), {}, defaultdict(float), 0.0, 0.0, [], [], [], [])
    settings = prices.terms.settings
    for chunk in run(resolved, forest, connected(resolved), settings, prices.draws):
        priced = price_lines(resolved, chunk.lines, prices)
        project = counted(priced, Book.PROJECT)
        totals.saving += priced.money.sum(axis=0)
        totals.ghg += priced.emissions[project].sum(axis=0)
        for n in project.tolist():
            totals.by_scope[priced.factors[n].scope] += float(priced.emissions[n, 0])
        totals.life_cycle += float(priced.emissions[counted(priced, Book.LIFE_CYCLE), 0].sum())
        totals.biogenic += float(priced.emissions[counted(priced, Book.PROJECT, biogenic=True), 0].sum())
        for n, root in enumerate(chunk.lines.root.tolist()):
            name = resolved.places[root].resource_id
            totals.resources[name] = totals.resources.get(name, 0.0) + chunk.lines.amount[n]
        for (_, number), realised in zip(chunk.members, chunk.realised, strict=True):
            solution = resolved.solutions[number]
            opex = costs.opex[number] * opex_scale(solution, realised)
            totals.saving -= opex
            totals.money.extend(own_lines(solution, opex, float(realised[0]), prices.money))
        totals.lines.append(chunk.lines)
        totals.physical.extend(physical_lines(resolved, chunk.lines, prices.terms))
        totals.money.extend(m for m in money_lines(resolved, priced, prices.terms) if m is not None)
        totals.emissions.extend(emission_lines(resolved, priced, prices.terms))
    return totals
