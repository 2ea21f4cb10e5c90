"""Runs bundles of resolved solutions through the interaction kernel, many bundles and draws at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parkloop.methods import interaction, monte_carlo
from parkloop.valuation.resolve import Resolved, fate_of
from parkloop.valuation.terms import ValuationSettings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CELLS_AT_ONCE = 1_500_000


@dataclass(frozen=True, slots=True)
class Draws:
    """Random numbers by key, the same whatever order they are asked for in; column 0 is the best value."""

    seed: int
    n_draws: int
    correlation: float
    known: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    def of(self, key: str) -> Floats:
        """Draws of one input; the same array when it is asked for again."""
        if key not in self.known:
            self.known[key] = monte_carlo.draws(self.seed, key, self.n_draws)
        return self.known[key]

    def of_estimates(self, kind: str, solution_ids: Sequence[str]) -> Floats:
        """Draws of one kind of estimate `(n_solutions, 1 + n_draws)`, with the assessor's common bias."""
        if self.n_draws == 0:
            return np.zeros((len(solution_ids), 1))
        common = self.of(f"assessor/{kind}")
        return np.array(
            [monte_carlo.share_bias(common, self.of(f"{kind}/{i}"), self.correlation) for i in solution_ids]
        ).reshape(len(solution_ids), 1 + self.n_draws)


@dataclass(frozen=True, slots=True)
class Forest:
    """The resolved places as arrays, with the root above each and the way up."""

    nodes: interaction.Forest
    parent: Ints
    amount: Floats
    output_fraction: Floats
    root: Ints
    path: Floats


@dataclass(frozen=True, slots=True)
class Lines:
    """What crosses the fence, by bundle, root, tariff band, fate and gate.

    `amount` `(n_lines, 1 + n_draws)` is after minus before in the root's unit; `soft` `(n_lines,)` the part
    of its best value that is neither source switch nor exchange.
    """

    bundle: Ints
    root: Ints
    band: tuple[str, ...]
    fate: tuple[str, ...]
    used_already: NDArray[np.bool_]
    amount: Floats
    soft: Floats


@dataclass(frozen=True, slots=True)
class Chunk:
    """The outcome of some bundles.

    `first` is the number of the first bundle; `members` lists (bundle, solution) of each owner row of
    `realised`; `change_*` describe each change run, with `change` `(n_changes, 1 + n_draws)` at its place.
    """

    first: int
    n_bundles: int
    members: tuple[tuple[int, int], ...]
    realised: Floats
    change_number: Ints
    change_bundle: Ints
    change: Floats
    lines: Lines


def forest_of(resolved: Resolved) -> Forest:
    """The places of all solutions as one forest."""
    places = resolved.places
    parent = np.array([p.parent for p in places], dtype=np.int64)
    nodes = interaction.Forest(
        parent,
        np.array([p.amount for p in places]),
        np.array([p.output_fraction for p in places]),
        np.array([p.kind.value == "distribution" for p in places], dtype=bool),
        np.array([p.weight for p in places]),
        np.array([p.bounded for p in places], dtype=bool),
    )
    root, path = interaction.path_factors(nodes)
    return Forest(nodes, parent, np.asarray(nodes.amount), np.asarray(nodes.output_fraction), root, path)


def run(
    resolved: Resolved,
    forest: Forest,
    bundles: Sequence[Sequence[int]],
    settings: ValuationSettings,
    draws: Draws,
) -> Iterator[Chunk]:
    """Evaluate bundles of solutions, each on its own copy of the nodes it touches.

    Parameters
    ----------
    bundles
        Solution numbers of each bundle; bundles do not feel each other.

    Yields
    ------
    Chunk
        A number of bundles at a time, so that memory stays small.
    """
    width = 1 + draws.n_draws
    start, load = 0, 0
    for number, bundle in enumerate(bundles):
        load += sum(len(resolved.by_solution[s]) for s in bundle) * width
        if load > _CELLS_AT_ONCE or number == len(bundles) - 1:
            yield _run_some(resolved, forest, start, bundles[start : number + 1], (settings, draws))
            start, load = number + 1, 0


def _run_some(
    resolved: Resolved,
    forest: Forest,
    first: int,
    bundles: Sequence[Sequence[int]],
    how: tuple[ValuationSettings, Draws],
) -> Chunk:
    picked, parents, node, number, owner, bundle_of, members = _copy_nodes(resolved, forest, bundles)
    values = _values(resolved, forest, number, how)
    changes = [resolved.changes[n] for n in number]
    linked = np.array([c.linked for c in changes], dtype=bool)
    # a link is a solution's changes of one step in one bundle
    keys = owner * 8 + np.array([c.step for c in changes], dtype=np.int64)
    link = np.full(len(changes), -1, dtype=np.int64)
    if linked.any():
        link[linked] = np.unique(keys[linked], return_inverse=True)[1]
    nodes = forest.nodes
    outcome = interaction.combine(
        interaction.Forest(
            parents,
            forest.amount[picked],
            forest.output_fraction[picked],
            np.asarray(nodes.distribution)[picked],
            np.asarray(nodes.weight)[picked],
            np.asarray(nodes.bounded)[picked],
        ),
        interaction.Changes(
            node,
            np.array([c.step for c in changes], dtype=np.int64),
            np.array([c.effect for c in changes], dtype=np.int64),
            values,
            np.array([c.cap for c in changes]),
            owner,
            link,
        ),
    )
    lines = _lines(resolved, forest, number, bundle_of, outcome.change)
    realised = np.ones((len(members), values.shape[1]))
    realised[: len(outcome.realised)] = outcome.realised
    return Chunk(first, len(bundles), members, realised, number, bundle_of, outcome.change, lines)


def _copy_nodes(
    resolved: Resolved, forest: Forest, bundles: Sequence[Sequence[int]]
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, tuple[tuple[int, int], ...]]:
    """For each bundle the nodes it touches and all above them; the rest stays as it is."""
    picked: list[int] = []
    parents: list[int] = []
    node, number, owner, bundle_of = [], [], [], []
    members: list[tuple[int, int]] = []
    up = forest.parent.tolist()
    for b, bundle in enumerate(bundles):
        local: dict[int, int] = {}
        for solution in bundle:
            members.append((b, solution))
            for change in resolved.by_solution[solution]:
                place = resolved.changes[change].place
                at = place
                while at >= 0 and at not in local:
                    local[at] = len(picked)
                    picked.append(at)
                    at = up[at]
                node.append(local[place])
                number.append(change)
                owner.append(len(members) - 1)
                bundle_of.append(b)
        parents.extend(local[up[at]] if up[at] >= 0 else -1 for at in picked[len(parents) :])
    return (
        np.array(picked, dtype=np.int64),
        np.array(parents, dtype=np.int64),
        np.array(node, dtype=np.int64),
        np.array(number, dtype=np.int64),
        np.array(owner, dtype=np.int64),
        np.array(bundle_of, dtype=np.int64),
        tuple(members),
    )


def realisation(settings: ValuationSettings, draws: Draws) -> Floats:
    """Draws of the common realisation factor [-], with 1 (as stated) in front."""
    given = settings.realisation
    factor = monte_carlo.at_quantile(given.low, given.best, given.high, draws.of("realisation"))
    factor[0] = 1.0
    return factor


def _values(resolved: Resolved, forest: Forest, number: Ints, how: tuple[ValuationSettings, Draws]) -> Floats:
    """Drawn values of changes `(n_changes, 1 + n_draws)`.

    A solution has one draw: where it saves more it also needs more of what it adds. Savings are scaled by
    the common realisation factor unless they are verified; additions follow by their realised share.
    """
    settings, draws = how
    changes = [resolved.changes[n] for n in number]
    low = np.array([c.value.low for c in changes])
    best = np.array([c.value.best for c in changes])
    high = np.array([c.value.high for c in changes])
    if draws.n_draws == 0:
        return best.reshape(-1, 1)
    solutions, where = np.unique([c.solution for c in changes], return_inverse=True)
    z = draws.of_estimates("delta", [resolved.solutions[s].id for s in solutions])[where]
    effect = np.array([c.effect for c in changes])
    saves = (best < 0.0) & (effect != interaction.EFFICIENCY)
    values = monte_carlo.at_quantile(low, best, high, np.where(saves[:, None], z, -z))
    fixed = np.array([resolved.fixed[c.solution] for c in changes], dtype=bool)
    factor = np.where(fixed[:, None], 1.0, realisation(settings, draws))
    now = forest.output_fraction[[c.place for c in changes]][:, None]
    values = np.where(saves[:, None], values * factor, values)
    is_efficiency = (effect == interaction.EFFICIENCY)[:, None]
    return np.asarray(np.where(is_efficiency, now + factor * (values - now), values), dtype=np.float64)


def _lines(resolved: Resolved, forest: Forest, number: Ints, bundle_of: Ints, change: Floats) -> Lines:
    """Changes at their nodes added up at the fence: each travels up its path, in its tariff bands."""
    index: dict[tuple[int, int, str, str, bool], int] = {}
    row: list[int] = []
    source: list[int] = []
    part: list[float] = []
    for at, (n, bundle) in enumerate(zip(number.tolist(), bundle_of.tolist(), strict=True)):
        placed = resolved.changes[n]
        place = resolved.places[placed.place]
        root = int(forest.root[placed.place])
        bands = {placed.band: 1.0} if placed.band else place.bands or resolved.places[root].bands
        whole = sum(bands.values())
        fate = fate_of(placed, place)
        up = float(forest.path[placed.place])
        for band, share in (bands if whole > 0.0 else {"": 1.0}).items():
            key = (bundle, root, band, fate, placed.used_already)
            row.append(index.setdefault(key, len(index)))
            source.append(at)
            part.append(share / (whole if whole > 0.0 else 1.0) * up)
    keys = sorted(index)
    order = {index[key]: place for place, key in enumerate(keys)}
    rows = np.array([order[r] for r in row], dtype=np.int64)
    moved = change[source] * np.array(part)[:, None] if row else change[:0]
    amount = np.zeros((len(keys), change.shape[1]))
    soft: Floats = np.zeros(len(keys))
    if row:
        by_row = np.argsort(rows, kind="stable")
        present, starts = np.unique(rows[by_row], return_index=True)
        amount[present] = np.add.reduceat(moved[by_row], starts, axis=0)
        early = np.array([resolved.changes[number[s]].step < interaction.SOURCE_STEP for s in source])
        soft = np.asarray(np.bincount(rows, moved[:, 0] * early, len(keys)), dtype=np.float64)
    return Lines(
        np.array([key[0] for key in keys], dtype=np.int64),
        np.array([key[1] for key in keys], dtype=np.int64),
        tuple(key[2] for key in keys),
        tuple(key[3] for key in keys),
        np.array([key[4] for key in keys], dtype=bool),
        amount,
        soft,
    )
