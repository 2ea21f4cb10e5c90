"""Turns what crosses the fence into money and emissions, draw by draw."""

from dataclasses import dataclass

import numpy as np

from parkloop.methods import monte_carlo
from parkloop.model import Book, EmissionLine, Factor, Issue, MoneyLine, PhysicalLine, Range
from parkloop.valuation.emissions import Emissions
from parkloop.valuation.joint import Draws, Floats, Ints, Lines
from parkloop.valuation.money import Money, UnitValue
from parkloop.valuation.resolve import Resolved
from parkloop.valuation.terms import Terms

_ONE = np.ones(1)
_PURCHASE, _DISPOSAL, _SALE = "purchase", "disposal", "sale"


@dataclass(frozen=True, slots=True)
class Priced:
    """Lines with their money and emissions.

    `money` `(n_lines, 1 + n_draws)` is positive when saved, `values` the price of each line or None;
    `emission_line` `(n_emissions,)` the line each of the `emissions` `(n_emissions, 1 + n_draws)` [t/a],
    positive when avoided, belongs to, with its `factors`.
    """

    lines: Lines
    money: Floats
    values: tuple[UnitValue | None, ...]
    emissions: Floats
    emission_line: Ints
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Pricing:
    """What prices lines: the look-ups and the drawn multipliers."""

    terms: Terms
    money: Money
    emissions: Emissions
    draws: Draws
    multipliers: dict[tuple[str, float], Floats]

    def multiplier(self, key: str, uncertainty: float) -> Floats:
        """Relative draws of one price or factor `(1 + n_draws,)` [-], 1 in front."""
        if self.draws.n_draws == 0:
            return _ONE
        if (key, uncertainty) not in self.multipliers:
            z = self.draws.of(key)
            spread = min(abs(uncertainty), 0.99)
            self.multipliers[key, uncertainty] = monte_carlo.at_quantile(1 - spread, 1.0, 1 + spread, z)
        return self.multipliers[key, uncertainty]


def pricing(terms: Terms, draws: Draws) -> Pricing:
    """Look-ups for one run."""
    return Pricing(terms, Money(terms), Emissions(terms), draws, {})


def price_lines(resolved: Resolved, lines: Lines, with_: Pricing) -> Priced:
    """Money and emissions of all lines."""
    values: list[UnitValue | None] = []
    rows: list[int] = []
    factors: list[Factor] = []
    money = np.zeros_like(lines.amount)
    known: dict[tuple[int, str, str, bool], tuple[UnitValue | None, tuple[Factor, ...]]] = {}
    for n, root in enumerate(lines.root.tolist()):
        key = (root, lines.band[n], lines.fate[n], bool(lines.used_already[n]))
        if key not in known:
            place = resolved.places[root]
            value = with_.money.unit_value(place, lines.band[n], lines.fate[n])
            found = with_.emissions.of(place, lines.fate[n], used_already=key[3])
            known[key] = (value, found)
        value, found = known[key]
        values.append(value)
        if value is not None:
            multiplier = with_.multiplier(value.key, value.uncertainty)
            np.multiply(lines.amount[n], value.income * multiplier, out=money[n])
        rows.extend([n] * len(found))
        factors.extend(found)
    emission_line = np.array(rows, dtype=np.int64)
    emissions = -lines.amount[emission_line] if rows else np.zeros((0, lines.amount.shape[1]))
    for n, factor in enumerate(factors):
        emissions[n] *= factor.value * with_.multiplier(f"factor/{factor.id}", factor.uncertainty)
    return Priced(lines, money, tuple(values), emissions, emission_line, tuple(factors))


def by_bundle(rows: Floats, bundle: Ints, n_bundles: int) -> Floats:
    """Rows added up by bundle `(n_bundles, 1 + n_draws)`."""
    total = np.zeros((n_bundles, rows.shape[1]))
    if len(bundle):
        order = np.argsort(bundle, kind="stable")
        present, starts = np.unique(bundle[order], return_index=True)
        total[present] = np.add.reduceat(rows[order], starts, axis=0)
    return total


def counted(priced: Priced, book: Book, *, biogenic: bool = False) -> Ints:
    """The numbers of the emissions of one book."""
    return np.array(
        [n for n, f in enumerate(priced.factors) if f.book is book and f.biogenic is biogenic], dtype=np.int64
    )


def ranges(rows: Floats) -> list[Range]:
    """Best value and 10/90 % points of each row."""
    low, high = monte_carlo.ten_and_ninety(rows)
    triples = zip(low.tolist(), rows[:, 0].tolist(), high.tolist(), strict=True)
    return [Range(a, b, c) for a, b, c in triples]


def physical_lines(resolved: Resolved, lines: Lines, terms: Terms) -> list[PhysicalLine]:
    """One record a line, in the order of `lines`."""
    result = []
    for n, amount in enumerate(ranges(lines.amount)):
        place = resolved.places[int(lines.root[n])]
        unit = terms.resources[place.resource_id].unit
        result.append(
            PhysicalLine(
                place.participant_id,
                place.resource_id,
                unit,
                amount,
                lines.fate[n],
                place.node_id,
                lines.band[n],
            )
        )
    return result


def money_lines(resolved: Resolved, priced: Priced, terms: Terms) -> list[MoneyLine | None]:
    """One record a line that has a price; `quantity` times `price` is its best amount."""
    result: list[MoneyLine | None] = []
    for n, amount in enumerate(ranges(priced.money)):
        value = priced.values[n]
        if value is None:
            result.append(None)
            continue
        place = resolved.places[int(priced.lines.root[n])]
        best = float(priced.lines.amount[n, 0])
        kind = _PURCHASE if not place.outgoing else _SALE if value.income > 0.0 else _DISPOSAL
        less = "lost" if kind == _SALE else "avoided"
        result.append(
            MoneyLine(
                f"{less if best <= 0.0 else 'added'}_{kind}",
                place.participant_id,
                amount,
                terms.book.currency,
                quantity=-best,
                unit=terms.resources[place.resource_id].unit,
                price=-value.income,
                price_ref=value.ref,
                resource_id=place.resource_id,
                fate=priced.lines.fate[n],
            )
        )
    return result


def emission_lines(resolved: Resolved, priced: Priced, terms: Terms) -> list[EmissionLine]:
    """One record an emission; `quantity` times the factor is its best amount."""
    result = []
    for n, amount in enumerate(ranges(priced.emissions)):
        factor, line = priced.factors[n], int(priced.emission_line[n])
        place = resolved.places[int(priced.lines.root[line])]
        kind = "life_cycle" if factor.book is Book.LIFE_CYCLE else "disposal" if place.outgoing else "use"
        result.append(
            EmissionLine(
                kind,
                factor.book,
                factor.scope,
                amount,
                -float(priced.lines.amount[line, 0]),
                terms.resources[place.resource_id].unit,
                factor.id,
                place.participant_id,
                place.resource_id,
                factor.biogenic,
            )
        )
    return result


def missing_by_resource(with_: Pricing) -> dict[tuple[str, str], list[Issue]]:
    """Issues of the look-ups so far by (participant, resource); participant is empty for factors."""
    result: dict[tuple[str, str], list[Issue]] = {}
    for issue in (*with_.money.issues.values(), *with_.emissions.issues.values()):
        key = (str(issue.arguments.get("participant", "")), str(issue.arguments.get("resource", "")))
        result.setdefault(key, []).append(issue)
    return result
