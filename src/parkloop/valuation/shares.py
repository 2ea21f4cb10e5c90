"""What each solution contributes to a bundle, so that the shares sum to the total."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from parkloop.methods import attribution
from parkloop.model import Book, PhysicalLine, Range, Share, Solution, Stage
from parkloop.valuation.costs import costs_of
from parkloop.valuation.joint import Draws, Floats, Forest, run
from parkloop.valuation.physical import connected
from parkloop.valuation.price_lines import Pricing, counted, price_lines, pricing
from parkloop.valuation.resolve import Resolved
from parkloop.valuation.terms import Terms

_IN_PLACE = {Stage.IMPLEMENTED, Stage.VERIFIED}
_NOTHING = np.zeros(3)


@dataclass(frozen=True, slots=True)
class Effect:
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
    ordered = [order_in_place(resolved, group) for group in groups]
    prices = pricing(terms, Draws(terms.settings.seed, 0, 0.0))
    opex = costs_of(resolved.solutions, prices.money, prices.draws).opex[:, 0]
    bundles: list[tuple[int, ...]] = [(n,) for n in range(len(resolved.solutions))]
    for group, in_place in zip(groups, ordered, strict=True):
        bundles.extend(steps_of(group, in_place))
    effects = effects_of(resolved, forest, bundles, prices, opex)
    alone = effects[: len(resolved.solutions)]
    shares: dict[int, Share] = {}
    at = len(alone)
    for group, in_place in zip(groups, ordered, strict=True):
        steps = effects[at : at + len(in_place) + 1]
        at += len(steps)
        parts = attribute(steps, (group, in_place), alone)
        for n in group:
            shares[n] = _share(resolved, n, parts[n], steps[-1].opex.get(n, 0.0), terms)
    return tuple(shares[n] for n in range(len(resolved.solutions)))


def steps_of(group: tuple[int, ...], in_place: Sequence[int]) -> list[tuple[int, ...]]:
    """The bundles to evaluate for the shares of a group: those in place one after the other, then all."""
    return [*(tuple(in_place[:n]) for n in range(1, len(in_place) + 1)), group]


def order_in_place(resolved: Resolved, group: Sequence[int]) -> list[int]:
    """The implemented and verified solutions of a group in order of date."""
    found = [n for n in group if resolved.solutions[n].stage in _IN_PLACE]
    return sorted(found, key=lambda n: (effective_date(resolved.solutions[n]), resolved.solutions[n].id))


def effects_of(
    resolved: Resolved, forest: Forest, bundles: Sequence[Sequence[int]], prices: Pricing, opex: Floats
) -> list[Effect]:
    """Best values of bundles; `opex` is the yearly cost of each solution as stated `(n_solutions,)`."""
    settings = prices.terms.settings
    result = [Effect({}, {}) for _ in bundles]
    for chunk in run(resolved, forest, bundles, settings, prices.draws):
        priced = price_lines(resolved, chunk.lines, prices)
        tonnes = np.zeros(len(chunk.lines.root))
        project = counted(priced, Book.PROJECT)
        np.add.at(tonnes, priced.emission_line[project], priced.emissions[project, 0])
        lines = chunk.lines
        values = np.column_stack([lines.amount[:, 0], priced.money[:, 0], tonnes])
        rows = zip(lines.bundle.tolist(), lines.root.tolist(), lines.fate, values, strict=True)
        for bundle, root, fate, value in rows:
            at = result[chunk.first + bundle].at
            key = (root, fate)
            at[key] = at[key] + value if key in at else value
        realised = chunk.realised[:, 0].tolist()
        for (bundle, solution), share in zip(chunk.members, realised, strict=True):
            scale = share if resolved.solutions[solution].exchange is not None else 1.0
            result[chunk.first + bundle].opex[solution] = float(opex[solution]) * scale
    return result


def attribute(
    steps: Sequence[Effect], members: tuple[Sequence[int], Sequence[int]], alone: Sequence[Effect]
) -> dict[int, dict[tuple[int, str], Floats]]:
    """Change, money and tonnes of each solution at each root; together they make the whole.

    Parameters
    ----------
    steps
        The effects of `steps_of`.
    members
        The group, and those of it in place in order of date.
    alone
        The effect of each solution by itself, by its number.
    """
    group, in_place = members
    whole = steps[-1]
    standing = set(in_place)
    planned = [n for n in group if n not in standing]
    touching: dict[tuple[int, str], list[int]] = defaultdict(list)
    for n in planned:
        for key in alone[n].at:
            touching[key].append(n)
    parts: dict[int, dict[tuple[int, str], Floats]] = defaultdict(dict)
    for key in sorted(whole.at):
        totals = np.array([_NOTHING, *(step.at.get(key, _NOTHING) for step in steps[:-1])])
        rest = whole.at[key] - totals[-1]
        for n, gained in zip(in_place, attribution.shares_in_order(totals), strict=True):
            parts[n][key] = gained
        if not planned:
            continue
        sharing = touching[key]
        if not sharing or ((rest != 0.0) & ~np.any([alone[n].at[key] for n in sharing], axis=0)).any():
            # nobody would do this alone: it is everybody's
            sharing = planned
        each = np.array([alone[n].at.get(key, _NOTHING) for n in sharing])
        for n, part in zip(sharing, attribution.shares_in_proportion(each, rest), strict=True):
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
