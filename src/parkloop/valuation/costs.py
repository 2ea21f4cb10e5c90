"""Outlays and running costs of solutions, drawn, in the currency of the book."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parkloop.methods import monte_carlo
from parkloop.model import Issue, MoneyLine, Range, Severity, Solution, Where
from parkloop.valuation.joint import Draws, Floats
from parkloop.valuation.money import Money
from parkloop.valuation.price_lines import ranges

_OLD_PRICE_YEARS = 3
_ITEMS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs of solutions `(n_solutions, 1 + n_draws)` in book currency: outlay, and yearly cost (saved < 0).

    `known` says which solutions state an outlay at all.
    """

    capex: Floats
    opex: Floats
    known: tuple[bool, ...]
    issues: tuple[tuple[Issue, ...], ...]


def costs_of(solutions: Sequence[Solution], money: Money, draws: Draws) -> Costs:
    """Add up the cost items of each solution; all items of one solution have one draw."""
    z = draws.of_estimates("cost", [s.id for s in solutions])
    capex = np.zeros((len(solutions), 1 + draws.n_draws))
    opex = np.zeros_like(capex)
    known, issues = [], []
    amounts: list[tuple[int, bool, Range, float]] = []
    for n, solution in enumerate(solutions):
        found: list[Issue] = []
        missing = False
        for item in solution.costs:
            rate = money.rate(item.currency, money.book.currency, item.year)
            if rate is None:
                found.append(_issue("valuation.rate.missing", solution, item.currency, money.book.currency))
                missing |= item.kind == "capex"
                continue
            if abs(item.year - money.book.year) > _OLD_PRICE_YEARS:
                found.append(_old_price(solution, item.label, item.year, money.book.year))
            amounts.append((n, item.kind == "capex", item.amount, rate))
        known.append(not missing and any(item.kind == "capex" for item in solution.costs))
        issues.append(tuple(found))
    _add_drawn(amounts, z, capex, opex)
    return Costs(capex, opex, tuple(known), tuple(issues))


def _add_drawn(amounts: list[tuple[int, bool, Range, float]], z: Floats, capex: Floats, opex: Floats) -> None:
    """Draw items (solution, whether outlay, amount, rate) and add them to their solution."""
    for start in range(0, len(amounts), _ITEMS_AT_ONCE):
        some = amounts[start : start + _ITEMS_AT_ONCE]
        at = np.array([n for n, _, _, _ in some])
        outlay = np.array([is_outlay for _, is_outlay, _, _ in some])
        low, best, high = np.array([(a.low, a.best, a.high) for _, _, a, _ in some]).T
        drawn = monte_carlo.at_quantile(low, best, high, z[at])
        drawn *= np.array([rate for _, _, _, rate in some])[:, None]
        np.add.at(capex, at[outlay], drawn[outlay])
        np.add.at(opex, at[~outlay], drawn[~outlay])


def own_lines(solution: Solution, opex: Floats, realised: float, money: Money) -> list[MoneyLine]:
    """The running costs of a solution as money lines, and the price between partners as two that cancel.

    Parameters
    ----------
    opex
        Drawn yearly cost of the solution as it is realised `(1 + n_draws,)`.
    realised
        Share of the stated exchange that takes place [-].
    """
    lines = []
    items = [item for item in solution.costs if item.kind == "opex"]
    total = sum(_in_book(money, i.amount.best, i.currency, i.year) for i in items)
    whole = ranges(-opex[None, :])[0] if items else Range.exact(0.0)
    for item in items:
        best = _in_book(money, item.amount.best, item.currency, item.year)
        party = item.participant_id or next(iter(solution.participant_ids), "")
        # several items share one draw, so that each has its part of the range
        amount = (
            whole.scaled(best / total)
            if total and best / total >= 0.0
            else ranges(np.array([[-best * _scale(solution, realised)]]))[0]
        )
        lines.append(
            MoneyLine(item.label or "opex", party, amount, money.book.currency, price_ref=item.basis)
        )
    return lines + _transfer(solution, realised, money)


def opex_scale(solution: Solution, realised: Floats) -> Floats:
    """Haulage and treatment of an exchange follow what is exchanged; the upkeep of a machine does not."""
    return realised if solution.exchange is not None else np.ones_like(realised)


def _scale(solution: Solution, realised: float) -> float:
    return realised if solution.exchange is not None else 1.0


def _transfer(solution: Solution, realised: float, money: Money) -> list[MoneyLine]:
    exchange = solution.exchange
    if exchange is None or not exchange.price:
        return []
    unit_price = money.convert(exchange.price, exchange.currency or money.book.currency, money.book.year)
    if unit_price is None:
        return []
    amount = exchange.amount.scaled(realised * unit_price)
    resource = money.terms.resources.get(exchange.resource_id)
    lines = []
    for party, sign in ((exchange.donor_id, 1.0), (exchange.receiver_id, -1.0)):
        lines.append(
            MoneyLine(
                "exchange_price",
                party,
                amount.scaled(sign),
                money.book.currency,
                quantity=exchange.amount.best * realised,
                unit=resource.unit if resource else "",
                price=sign * unit_price,
                price_ref=f"solution/{solution.id}/exchange.price",
                resource_id=exchange.resource_id,
                transfer=True,
            )
        )
    return lines


def _in_book(money: Money, amount: float, currency: str, year: int) -> float:
    return amount * (money.rate(currency, money.book.currency, year) or 0.0)


def _issue(code: str, solution: Solution, currency: str, to: str) -> Issue:
    where = Where(record=f"solution/{solution.id}", field="costs")
    return Issue(code, Severity.ERROR, where, {"currency": currency, "to": to})


def _old_price(solution: Solution, label: str, year: int, book_year: int) -> Issue:
    return Issue(
        "valuation.cost.old_price",
        Severity.INFO,
        Where(record=f"solution/{solution.id}", field="costs"),
        {"solution": solution.id, "label": label, "year": year, "book_year": book_year},
    )
