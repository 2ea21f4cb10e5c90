"""Values every solution on its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parkloop.methods import economics
from parkloop.model import (
    Book,
    Case,
    EmissionLine,
    Issue,
    MoneyLine,
    PhysicalLine,
    Range,
    Severity,
    Solution,
    Where,
)
from parkloop.valuation.checks import large_single
from parkloop.valuation.costs import Costs, costs_of, opex_scale, own_lines
from parkloop.valuation.drivers import drivers_of
from parkloop.valuation.joint import Chunk, Draws, Floats, forest_of, run
from parkloop.valuation.money import book_issues
from parkloop.valuation.price_lines import (
    Priced,
    Pricing,
    by_bundle,
    counted,
    emission_lines,
    missing_by_resource,
    money_lines,
    physical_lines,
    price_lines,
    pricing,
    ranges,
)
from parkloop.valuation.resolve import Resolved, resolve
from parkloop.valuation.terms import Terms

_LONGEST_PAYBACK_A = 100.0


def value(solutions: Sequence[Solution], terms: Terms) -> dict[str, Case]:
    """Physical change, money and emissions of each solution as if it were the only one.

    Parameters
    ----------
    solutions
        Measures and exchanges with different ids.
    terms
        Baseline, prices, factors and settings.

    Returns
    -------
    dict
        Case by solution id. Money is yearly, without VAT, in the currency and terms (real or nominal) of the
        book; `best` is the saving as stated, `low` and `high` its 10 and 90 % points including the common
        realisation factor. Missing prices, factors, outlays and baselines are issues of the case.
    """
    settings = terms.settings
    draws = Draws(settings.seed, settings.draws, settings.assessor_correlation)
    resolved = resolve(solutions, terms)
    forest = forest_of(resolved)
    prices = pricing(terms, draws)
    cases: dict[str, Case] = {}
    for chunk in run(resolved, forest, [(n,) for n in range(len(solutions))], settings, draws):
        cases.update(_cases(resolved, chunk, prices))
    return cases


@dataclass(frozen=True, slots=True)
class _Economy:
    """Arrays over the solutions of a chunk."""

    saving: Floats
    ghg: Floats
    capex: Floats
    npv: Floats
    lifetime: Floats
    irr: Floats
    discounted: Floats
    burden: Floats


def _cases(resolved: Resolved, chunk: Chunk, prices: Pricing) -> dict[str, Case]:
    solutions = resolved.solutions[chunk.first : chunk.first + chunk.n_bundles]
    priced = price_lines(resolved, chunk.lines, prices)
    costs = costs_of(solutions, prices.money, prices.draws)
    scale = np.array([opex_scale(s, chunk.realised[n]) for n, s in enumerate(solutions)])
    opex = costs.opex * scale
    economy = _economy(solutions, chunk, priced, prices, (costs, opex))
    drivers = drivers_of(solutions, priced, prices, economy.npv, economy.ghg)
    records = _records(resolved, chunk, priced, prices)
    rows = [ranges(item) for item in (economy.saving, economy.ghg, economy.capex, economy.npv)]
    payback = _payback(economy)
    flagged = large_single(resolved, chunk, prices.terms.settings)
    cases = {}
    for n, solution in enumerate(solutions):
        physical, money, emissions, unpriced = records[n]
        money = money + own_lines(solution, opex[n], float(chunk.realised[n, 0]), prices.money)
        why = _undefined(economy, n, known=costs.known[n], priced=bool(money) or not physical)
        book = prices.terms.book
        usd = prices.money.rate(book.currency, "USD", book.year)
        if usd is None:
            why["saving_usd_per_a"] = why["capex_usd"] = "rate_missing"
        ghg = rows[1][n].best
        cases[solution.id] = Case(
            solution_id=solution.id,
            currency=book.currency,
            price_year=book.year,
            physical=tuple(physical),
            money=tuple(money),
            emissions=tuple(emissions),
            capex=rows[2][n],
            saving_per_a=rows[0][n],
            saving_usd_per_a=rows[0][n].scaled(usd or 0.0),
            capex_usd=rows[2][n].scaled(usd or 0.0),
            ghg_t_per_a=rows[1][n],
            npv=None if "npv" in why else rows[3][n],
            irr=None if "irr" in why else float(economy.irr[n]),
            simple_payback_a=None if "simple_payback_a" in why else payback[n],
            discounted_payback_a=None if "discounted_payback_a" in why else float(economy.discounted[n]),
            abatement_cost_usd_per_t=None
            if "abatement_cost_usd_per_t" in why or usd is None
            else float(economy.burden[n] - economy.saving[n, 0]) * usd / ghg,
            lifetime_a=solution.lifetime_a,
            discount_rate=book.discount_rate,
            undefined=why,
            drivers=drivers[n],
            issues=resolved.issues_by_solution[chunk.first + n]
            + costs.issues[n]
            + (() if costs.known[n] else (_no_capex(solution),))
            + tuple(unpriced)
            + flagged.get(n, ())
            + book_issues(book),
        )
    return cases


def _economy(
    solutions: Sequence[Solution],
    chunk: Chunk,
    priced: Priced,
    prices: Pricing,
    cost: tuple[Costs, Floats],
) -> _Economy:
    costs, opex = cost
    saving = by_bundle(priced.money, chunk.lines.bundle, chunk.n_bundles) - opex
    project = counted(priced, Book.PROJECT)
    at = chunk.lines.bundle[priced.emission_line[project]]
    ghg = by_bundle(priced.emissions[project], at, chunk.n_bundles)
    lifetime = np.array([s.lifetime_a for s in solutions])
    rate = prices.terms.book.discount_rate
    npv = economics.present_value(costs.capex, saving, rate, lifetime[:, None])
    irr = economics.even_irr(costs.capex[:, 0], saving[:, 0], lifetime)
    discounted = economics.discounted_payback(costs.capex[:, 0], saving[:, 0], rate, lifetime)
    burden = economics.annuity(costs.capex[:, 0], rate, lifetime)
    return _Economy(saving, ghg, costs.capex, npv, lifetime, irr, discounted, burden)


def _payback(economy: _Economy) -> list[Range]:
    """Simple payback; a draw without saving counts as the longest one."""
    drawn = economics.simple_payback(economy.capex, economy.saving)
    return ranges(np.minimum(np.nan_to_num(drawn, nan=_LONGEST_PAYBACK_A), _LONGEST_PAYBACK_A))


def _undefined(economy: _Economy, n: int, *, known: bool, priced: bool) -> dict[str, str]:
    """Reason codes of what cannot be said."""
    why: dict[str, str] = {}
    saving, capex = float(economy.saving[n, 0]), float(economy.capex[n, 0])
    money = ("npv", "irr", "simple_payback_a", "discounted_payback_a", "abatement_cost_usd_per_t")
    if economy.lifetime[n] <= 0.0:
        why = dict.fromkeys(money, "no_lifetime")
    elif not known:
        why = dict.fromkeys(money, "capex_missing")
    elif not priced:
        why = dict.fromkeys(money, "price_missing")
    else:
        if saving <= 0.0:
            why["simple_payback_a"] = why["discounted_payback_a"] = "no_saving"
            why["irr"] = "no_sign_change"
        elif np.isnan(economy.discounted[n]):
            why["discounted_payback_a"] = "longer_than_lifetime"
        if capex <= 0.0:
            why["irr"] = "no_outlay"
    if economy.ghg[n, 0] <= 0.0:
        why["abatement_cost_usd_per_t"] = "no_emission_saving"
    return why


def _records(
    resolved: Resolved, chunk: Chunk, priced: Priced, prices: Pricing
) -> list[tuple[list[PhysicalLine], list[MoneyLine], list[EmissionLine], list[Issue]]]:
    """The lines of each solution, and what could not be priced among them."""
    records: list[tuple[list[PhysicalLine], list[MoneyLine], list[EmissionLine], list[Issue]]] = [
        ([], [], [], []) for _ in range(chunk.n_bundles)
    ]
    bundle = chunk.lines.bundle.tolist()
    for n, line in enumerate(physical_lines(resolved, chunk.lines, prices.terms)):
        records[bundle[n]][0].append(line)
    for n, money in enumerate(money_lines(resolved, priced, prices.terms)):
        if money is not None:
            records[bundle[n]][1].append(money)
    for n, emission in enumerate(emission_lines(resolved, priced, prices.terms)):
        records[bundle[int(priced.emission_line[n])]][2].append(emission)
    missing = missing_by_resource(prices)
    for physical, _, _, issues in records:
        keys = dict.fromkeys((line.participant_id, line.resource_id) for line in physical)
        for participant_id, resource_id in keys:
            issues.extend(missing.get((participant_id, resource_id), ()))
            issues.extend(missing.get(("", resource_id), ()))
    return records


def _no_capex(solution: Solution) -> Issue:
    where = Where(record=f"solution/{solution.id}", field="costs")
    return Issue("valuation.capex.missing", Severity.WARNING, where, {"solution": solution.id})
