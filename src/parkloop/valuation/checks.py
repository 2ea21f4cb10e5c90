"""Savings too large to be believed without a word."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from parkloop.methods import interaction
from parkloop.model import BaselineUse, Issue, Severity, Where
from parkloop.valuation.joint import Chunk, Lines
from parkloop.valuation.resolve import Resolved
from parkloop.valuation.terms import Terms, ValuationSettings


def large_single(
    resolved: Resolved, chunk: Chunk, settings: ValuationSettings
) -> dict[int, tuple[Issue, ...]]:
    """Measures that take more than the stated share of a use, by bundle number within the chunk."""
    found: dict[int, list[Issue]] = defaultdict(list)
    best = chunk.change[:, 0] if len(chunk.change) else np.zeros(0)
    for n, number in enumerate(chunk.change_number.tolist()):
        change = resolved.changes[number]
        place = resolved.places[change.place]
        if change.step >= interaction.SOURCE_STEP or place.outgoing or place.amount <= 0.0:
            continue
        fraction = -float(best[n]) / place.amount
        if fraction > settings.single_limit_fraction + 1e-9:
            solution = resolved.solutions[change.solution]
            issue = Issue(
                "valuation.measure.large",
                Severity.WARNING,
                Where(record=f"solution/{solution.id}"),
                {
                    "solution": solution.id,
                    "use": place.node_id or place.resource_id,
                    "percent": round(100.0 * fraction, 1),
                    "limit": round(100.0 * settings.single_limit_fraction),
                },
            )
            found[int(chunk.change_bundle[n])].append(issue)
    return {bundle: tuple(issues) for bundle, issues in found.items()}


def compared_with(
    resolved: Resolved, lines: Sequence[Lines], terms: Terms
) -> tuple[tuple[BaselineUse, ...], tuple[Issue, ...]]:
    """Baseline use of every carrier and output touched, and bundles that take too much of one."""
    amount: dict[int, float] = defaultdict(float)
    soft: dict[int, float] = defaultdict(float)
    for some in lines:
        for n, root in enumerate(some.root.tolist()):
            amount[root] += float(some.amount[n, 0])
            soft[root] += float(some.soft[n])
    uses, issues = [], []
    limit = terms.settings.bundle_limit_fraction
    for root in sorted(amount):
        place = resolved.places[root]
        known = place.bounded and place.amount > 0.0
        fraction = -amount[root] / place.amount if known else None
        unit = terms.resources[place.resource_id].unit
        uses.append(
            BaselineUse(
                place.participant_id,
                place.resource_id,
                unit,
                place.amount,
                -amount[root],
                fraction,
                place.source_class,
            )
        )
        if known and not place.outgoing and -soft[root] / place.amount > limit + 1e-9:
            issues.append(
                Issue(
                    "valuation.bundle.large",
                    Severity.WARNING,
                    Where(record=f"participant/{place.participant_id}"),
                    {
                        "participant": place.participant_id,
                        "resource": place.resource_id,
                        "percent": round(-100.0 * soft[root] / place.amount, 1),
                        "limit": round(100.0 * limit),
                    },
                )
            )
    return tuple(uses), tuple(issues)
