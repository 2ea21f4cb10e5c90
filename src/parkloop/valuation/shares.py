"""What each solution contributes to a bundle, so that the shares sum to the total."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from parkloop.methods import attribution
from parkloop.model import Book, PhysicalLine, Range, Share, Solution, Stage
from parkloop.valuation.costs import costs_of, opex_scale
from parkloop.valuation.joint import Draws, Floats, Forest, run
from parkloop.valuation.physical import connected
from parkloop.valuation.price_lines import Pricing, counted, price_lines, pricing
from parkloop.valuation.resolve import Resolved
from parkloop.valuation.terms import Terms

_IN_PLACE = {Stage.IMPLEMENTED, Stage.VERIFIED}
_NOTHING = np.zeros(3)


@dataclass(frozen=True, slots=True)
class _Effect:
    """Best values of one bundle: change, money and tonnes at each (root, fate), yearly cost by solution."""

    at: dict[tuple[int, str], Floats]
    opex: dict[int, float]


def effective_date(solution: Solution) -> date:
    """When a solution came into effect: its implementation, else its start; far ahead when unknown."""
    for event in solution.history:
        if event.stage is Stage.IMPLEMENTED:
            return event.on
    return solution.start or date.max


def shares_of(resolved: Resolved, forest: Forest, terms: Terms) -> tuple[Share, ...]:
    """Shares of all solutions, computed on best values, root by root.

    Within each group of solutions that feel each other those in place get what they added in order of date;
    the rest of the joint value goes to the planned ones in proportion to what they would save alone.
    """
    groups = connected(resolved)
    ordered = [_in_place(resolved, group) for group in groups]
    bundles: list[tuple[int, ...]] = [(n,) for n in range(len(resolved.solutions))]
    for group, in_place in zip(groups, ordered, strict=True):
        bundles.extend(tuple(in_place[:n]) for n in range(1, len(in_place) + 1))
        bundles.append(group)
    effects = _effects(resolved, forest, bundles, pricing(terms, Draws(terms.settings.seed, 0, 0.0)))
    alone = effects[: len(resolved.solutions)]
    shares: dict[int, Share] = {}
    at = len(alone)
    for group, in_place in zip(groups, ordered, strict=True):
        steps = [_Effect({}, {}), *effects[at : at + len(in_place)]]
        whole = effects[at + len(in_place)]
        at += len(in_place) + 1
        planned = [n for n in group if n not in set(in_place)]
        parts = _attribute(steps, whole, (in_place, planned), alone)
        for n in group:
            shares[n] = _share(resolved, n, parts[n], whole.opex.get(n, 0.0), terms)
    return tuple(shares[n] for n in range(len(resolved.solutions)))


def _in_place(resolved: Resolved, group: Sequence[int]) -> list[int]:
    """The implemented and verified solutions of a group in order of date."""
    found = [n for n in group if resolved.solutions[n].stage in _IN_PLACE]
    return sorted(found, key=lambda n: (effective_date(resolved.solutions[n]), resolved.solutions[n].id))


def _effects(
    resolved: Resolved, forest: Forest, bundles: Sequence[Sequence[int]], prices: Pricing
) -> list[_Effect]:
    settings = prices.terms.settings
    opex = costs_of(resolved.solutions, prices.money, prices.draws).opex[:, 0]
    result = [_Effect({}, {}) for _ in bundles]
    for chunk in run(resolved, forest, bundles, settings, prices.draws):
        priced = price_lines(resolved, chunk.lines, prices)
        tonnes = np.zeros(len(chunk.lines.root))
        project = counted(priced, Book.PROJECT)
        np.add.at(tonnes, priced.emission_line[project], priced.emissions[project, 0])
        for n, root in enumerate(chunk.lines.root.tolist()):
            at = result[chunk.first + int(chunk.lines.bundle[n])].at
            values = np.array([chunk.lines.amount[n, 0], priced.money[n, 0], tonnes[n]])
            key = (root, chunk.lines.fate[n])
            at[key] = at.get(key, _NOTHING) + values
        for (bundle, solution), realised in zip(chunk.members, chunk.realised, strict=True):
            scale = float(opex_scale(resolved.solutions[solution], realised)[0])
            result[chunk.first + bundle].opex[solution] = float(opex[solution]) * scale
    return result


def _attribute(
    steps: Sequence[_Effect],
    whole: _Effect,
    members: tuple[Sequence[int], Sequence[int]],
    alone: Sequence[_Effect],
) -> dict[int, dict[tuple[int, str], Floats]]:
    """Change, money and tonnes of each solution at each root; together they make the whole."""
    in_place, planned = members
    parts: dict[int, dict[tuple[int, str], Floats]] = defaultdict(dict)
    for key in sorted(whole.at):
        totals = np.array([step.at.get(key, _NOTHING) for step in steps])
        rest = whole.at[key] - totals[-1]
        for n, gained in zip(in_place, attribution.shares_in_order(totals), strict=True):
            parts[n][key] = gained
        if planned:
            each = np.array([alone[n].at.get(key, _NOTHING) for n in planned])
            shared = attribution.shares_in_proportion(each, rest)
            for n, part in zip(planned, shared, strict=True):
                if part.any():
                    parts[n][key] = part
    return parts


def _share(
    resolved: Resolved, n: int, parts: dict[tuple[int, str], Floats], opex: float, terms: Terms
) -> Share:
    lines = []
    for (root, fate), (amount, _, _) in parts.items():
        place = resolved.places[root]
        unit = terms.resources[place.resource_id].unit
        lines.append(
            PhysicalLine(
                place.participant_id,
                place.resource_id,
                unit,
                Range.exact(float(amount)),
                fate,
                place.node_id,
            )
        )
    total = sum(parts.values(), _NOTHING)
    solution = resolved.solutions[n]
    return Share(
        solution.id, tuple(lines), float(total[1]) - opex, float(total[2]), stage=solution.stage.value
    )
