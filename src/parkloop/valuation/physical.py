"""What a bundle of solutions changes physically."""

from collections.abc import Sequence

from parkloop.methods import attribution
from parkloop.model import Issue, PhysicalLine, Solution
from parkloop.valuation.joint import Draws, Forest, forest_of, run
from parkloop.valuation.price_lines import physical_lines
from parkloop.valuation.resolve import Resolved, resolve
from parkloop.valuation.terms import Terms


def physical(
    solutions: Sequence[Solution], terms: Terms
) -> tuple[tuple[PhysicalLine, ...], tuple[Issue, ...]]:
    """The yearly change of everything that crosses a fence, all solutions acting together.

    Returns
    -------
    tuple
        Lines by participant, resource, fate and tariff band (after minus before, canonical unit; the ranges
        include the common realisation factor), and issues. One solution alone is a bundle of one.
    """
    settings = terms.settings
    resolved = resolve(solutions, terms)
    bundles = connected(resolved)
    draws = Draws(settings.seed, settings.draws, settings.assessor_correlation)
    lines: list[PhysicalLine] = []
    for chunk in run(resolved, forest_of(resolved), bundles, settings, draws):
        lines.extend(physical_lines(resolved, chunk.lines, terms))
    return tuple(sorted(lines, key=_place_of)), resolved.issues


def connected(resolved: Resolved) -> tuple[tuple[int, ...], ...]:
    """Solutions that share a supply or an output, directly or through others; only these feel each other."""
    return attribution.components(roots_touched(resolved, forest_of(resolved)))


def roots_touched(resolved: Resolved, forest: Forest) -> list[list[int]]:
    """The supplies and outputs above the changes of each solution."""
    root = forest.root.tolist()
    return [sorted({root[resolved.changes[c].place] for c in own}) for own in resolved.by_solution]


def _place_of(line: PhysicalLine) -> tuple[str, str, str, str, str]:
    return line.participant_id, line.resource_id, line.node_id, line.fate, line.band
