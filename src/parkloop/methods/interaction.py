"""How several changes act together on one forest of uses, so that nothing is saved twice.

Every node takes an input and passes `input * output_fraction` to its children. Changes act bottom-up: what
the children still need sets what a node must take, then the node's own changes act on what is left, in the
order demand (1), distribution (2), conversion (3), source (4), exchange (5). Inside one step of one node:

* fractions multiply; at a distribution node a fraction of step 2 acts on the loss alone;
* of several new efficiencies the one that saves most counts, never their product;
* absolute changes add up, each to its cap, all to the largest cap stated and to what is left. In steps 1-3 an
  absolute saving was stated against the baseline use and shrinks with it; in steps 4-5 it is a capacity
  (a solar roof, a contract) that takes its amount as long as so much is left;
* additions of a solution (the new carrier, pump power) follow the realised share of its savings;
* linked changes (donor and receiver) are realised to one common fraction, the smaller of all sides.

Every rule is symmetric in the changes, so the order of the list is without effect. Fair division of scarce
output among linked changes: see `rationing`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parkloop.methods.rationing import add_by_index, ration

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FRACTION, ABSOLUTE, EFFICIENCY = 0, 1, 2
DISTRIBUTION_STEP, CONVERSION_STEP, SOURCE_STEP, EXCHANGE_STEP = 2, 3, 4, 5
_PASSES = 12
_TINY = 1e-12


class Forest(NamedTuple):
    """Nodes of one or many graphs; every array has the shape `(n_nodes,)`.

    `parent` is -1 for what enters over the fence; a parent may stand anywhere in the list. `amount` is the
    baseline input a year; `output_fraction` what leaves per unit of input. `weight` is the parent's output
    one unit of the node's input needs (below 1 where uses were entered that exceed the supply). A node that
    is not `bounded` has an unknown baseline: absolute changes pass through it as stated.
    """

    parent: ArrayLike
    amount: ArrayLike
    output_fraction: ArrayLike | None = None
    distribution: ArrayLike | None = None
    weight: ArrayLike | None = None
    bounded: ArrayLike | None = None


class Changes(NamedTuple):
    """Changes to nodes, after minus before; arrays of shape `(n_changes,)`.

    `value` may be `(n_changes, n_draws)`. `effect` is FRACTION of the node's input [-], ABSOLUTE amount
    [input unit/a] or new EFFICIENCY [output per input]. `cap` [input unit/a] is infinite where there is none.
    `owner` numbers the solution; `link` numbers a set of changes realised to one fraction, -1 for none.
    """

    node: ArrayLike
    step: ArrayLike
    effect: ArrayLike
    value: ArrayLike
    cap: ArrayLike | None = None
    owner: ArrayLike | None = None
    link: ArrayLike | None = None


class Outcome(NamedTuple):
    """What is left, and who changed what.

    `amount` `(n_nodes, n_draws)` is the new input of each node; `change` `(n_changes, n_draws)` what each
    change did at its own node, after minus before, on what was left; `realised` `(n_owners, n_draws)` the
    mean share of its stated savings that each owner reached. Without draws the last axis is missing.
    """

    amount: Floats
    change: Floats
    realised: Floats


class _Group(NamedTuple):
    """The changes of one step at one depth, sorted by node."""

    step: int
    changes: Ints
    nodes: Ints
    starts: Ints
    inverse: Ints
    effects: tuple[Floats, Floats, Floats]


class _Level(NamedTuple):
    """The nodes of one depth: their step groups, then their hand-over to the parents."""

    groups: tuple[_Group, ...]
    children: Ints
    parents: Ints
    starts: Ints


class _Problem(NamedTuple):
    """Filled-in arrays and the order of work."""

    amount: Floats
    output_fraction: Floats
    distribution: NDArray[np.bool_]
    bounded: NDArray[np.bool_]
    hand_over: Floats
    node: Ints
    step: Ints
    effect: Ints
    value: Floats
    cap: Floats
    owner: Ints
    link: Ints
    n_owners: int
    n_links: int
    levels: tuple[_Level, ...]


class _State(NamedTuple):
    """The running values of one pass, written in place."""

    amount: Floats
    output_fraction: Floats
    drop: Floats
    added: Floats
    left: Floats


def combine(forest: Forest, changes: Changes) -> Outcome:
    """What all changes together leave of every use.

    Parameters
    ----------
    forest, changes
        See `Forest` and `Changes`; amounts in any unit per year, the same for all changes of a node.

    Returns
    -------
    Outcome
        New amounts [input unit/a] and the part of each change [input unit/a].

    Examples
    --------
    Two measures of 30 % on one compressor leave 49 % of its 100 kWh, and the supply falls by 51 kWh:

    >>> two = Changes(node=[1, 1], step=[1, 1], effect=[FRACTION] * 2, value=[-0.3, -0.3])
    >>> combine(Forest(parent=[-1, 0], amount=[400.0, 100.0]), two).amount.round(9).tolist()
    [349.0, 49.0]
    """
    problem, flat = _prepare(forest, changes)
    # a ratio beyond the largest number means no limit, which is what it is compared for
    with np.errstate(over="ignore"):
        state, realised = _settle(problem)
    change = state.added - state.drop
    if flat:
        return Outcome(state.amount[:, 0], change[:, 0], realised[:, 0])
    return Outcome(state.amount, change, realised)


def path_factors(forest: Forest) -> tuple[Ints, Floats]:
    """The root above each node and the root's input that one unit of the node's input needs.

    Returns
    -------
    tuple
        Root indices `(n_nodes,)` and factors [root input unit per node input unit] `(n_nodes,)`. The change
        of a root is the sum over all changes below it of change times factor.

    Examples
    --------
    A boiler that turns 1 t of coal into 5000 kWh of steam:

    >>> root, factor = path_factors(Forest([-1, 0, 1], [10.0, 10.0, 5e4], [1.0, 5000.0, 1.0]))
    >>> root.tolist(), factor.tolist()
    ([0, 0, 0], [1.0, 1.0, 0.0002])
    """
    parent = np.asarray(forest.parent, dtype=np.int64)
    hand_over = _hand_over(forest, parent)
    root = np.arange(len(parent))
    factor = np.ones(len(parent))
    for _ in range(len(parent) + 1):
        open_ = parent[root] >= 0
        if not open_.any():
            return root, factor
        factor[open_] *= hand_over[root[open_]]
        root[open_] = parent[root[open_]]
    raise ValueError("the parents form a circle; every node needs a way up to a supply")


def _settle(problem: _Problem) -> tuple[_State, Floats]:
    """Passes until additions and links agree with what the savings reach."""
    n_draws = problem.value.shape[1]
    shares = np.zeros((problem.n_owners, n_draws))
    fractions = np.zeros((problem.n_links, n_draws))
    adds = bool((problem.value[problem.effect != EFFICIENCY] > 0.0).any())
    if problem.n_links:
        fractions = _link_fractions(problem, shares)
    state = _pass(problem, shares, fractions)
    stated = _stated(problem)
    realised = _shares(problem, stated, state.drop)
    for _ in range(_PASSES if adds or problem.n_links else 0):
        bound = _bound_fractions(problem, state.drop, fractions)
        settled = not adds or np.allclose(realised, shares, rtol=0.0, atol=1e-10)
        if settled and np.allclose(bound, fractions, rtol=0.0, atol=1e-10):
            break
        shares, fractions = realised, bound
        state = _pass(problem, shares, fractions)
        realised = _shares(problem, stated, state.drop)
    return state, realised


def _hand_over(forest: Forest, parent: Ints) -> Floats:
    """Input of the parent per unit of the node's input [-]; 0 for roots."""
    n = len(parent)
    output = np.ones(n) if forest.output_fraction is None else np.asarray(forest.output_fraction, float)
    weight = np.ones(n) if forest.weight is None else np.asarray(forest.weight, float)
    above = output[np.maximum(parent, 0)]
    usable = (parent >= 0) & (above > 0.0)
    return np.where(usable, weight / np.where(above > 0.0, above, 1.0), 0.0)


def _prepare(forest: Forest, changes: Changes) -> tuple[_Problem, bool]:
    parent = np.asarray(forest.parent, dtype=np.int64)
    n = len(parent)
    output = np.ones(n) if forest.output_fraction is None else np.asarray(forest.output_fraction, float)
    node = np.asarray(changes.node, dtype=np.int64)
    m = len(node)
    value = np.asarray(changes.value, dtype=float)
    flat = value.ndim == 1
    value = value[:, None] if flat else value
    owner = np.arange(m) if changes.owner is None else np.asarray(changes.owner, dtype=np.int64)
    link = np.full(m, -1) if changes.link is None else np.asarray(changes.link, dtype=np.int64)
    step = np.asarray(changes.step, dtype=np.int64)
    effect = np.asarray(changes.effect, dtype=np.int64)
    problem = _Problem(
        amount=np.asarray(forest.amount, float),
        output_fraction=output,
        distribution=_flags(forest.distribution, n, default=False),
        bounded=_flags(forest.bounded, n, default=True),
        hand_over=_hand_over(forest, parent),
        node=node,
        step=step,
        effect=effect,
        value=value,
        cap=np.full(m, np.inf) if changes.cap is None else np.asarray(changes.cap, float),
        owner=owner,
        link=link,
        n_owners=int(owner.max()) + 1 if m else 0,
        n_links=int(link.max()) + 1 if m else 0,
        levels=_levels(parent, node, step, effect),
    )
    return problem, flat


def _flags(given: ArrayLike | None, n: int, *, default: bool) -> NDArray[np.bool_]:
    return np.full(n, default) if given is None else np.asarray(given, dtype=bool)


def _levels(parent: Ints, node: Ints, step: Ints, effect: Ints) -> tuple[_Level, ...]:
    """The order of work: deepest nodes first, at each depth the steps 1-5."""
    depth = np.zeros(len(parent), dtype=np.int64)
    above = parent.copy()
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, parent[np.maximum(above, 0)], -1)
        if depth.max(initial=0) > len(parent):
            raise ValueError("the parents form a circle; every node needs a way up to a supply")
    levels = []
    order = np.lexsort((node, step, depth[node])) if len(node) else np.zeros(0, dtype=np.int64)
    for level in range(int(depth.max(initial=0)), -1, -1):
        here = order[depth[node[order]] == level] if len(node) else order
        groups = tuple(_group(s, here[step[here] == s], node, effect) for s in np.unique(step[here]).tolist())
        children = np.flatnonzero((depth == level) & (parent >= 0))
        children = children[np.argsort(parent[children], kind="stable")]
        parents, starts = np.unique(parent[children], return_index=True)
        levels.append(_Level(groups, children, parents, starts))
    return tuple(levels)


def _group(step: int, changes: Ints, node: Ints, effect: Ints) -> _Group:
    nodes, starts, inverse = np.unique(node[changes], return_index=True, return_inverse=True)
    masks = tuple((effect[changes] == kind).astype(float)[:, None] for kind in range(3))
    return _Group(step, changes, nodes, starts, inverse, (masks[0], masks[1], masks[2]))


def _sum(group: _Group, values: Floats) -> Floats:
    """Values of changes added up by node."""
    if len(group.nodes) == len(group.changes):
        return values
    return np.asarray(np.add.reduceat(values, group.starts, axis=0))


def _pass(problem: _Problem, shares: Floats, fractions: Floats) -> _State:
    """One bottom-up evaluation with given shares of additions and fractions of links."""
    n_draws = problem.value.shape[1]
    m = len(problem.node)
    state = _State(
        np.repeat(problem.amount[:, None], n_draws, axis=1),
        np.repeat(problem.output_fraction[:, None], n_draws, axis=1),
        np.zeros((m, n_draws)),
        np.zeros((m, n_draws)),
        np.zeros((m, n_draws)) if problem.n_links else np.zeros((0, n_draws)),
    )
    for level in problem.levels:
        for group in level.groups:
            _apply(problem, group, state, shares, fractions)
        if len(level.children):
            moved = state.amount[level.children] - problem.amount[level.children, None]
            moved *= problem.hand_over[level.children, None]
            state.amount[level.parents] += np.add.reduceat(moved, level.starts, axis=0)
    return state


def _apply(problem: _Problem, group: _Group, state: _State, shares: Floats, fractions: Floats) -> None:
    """The changes of one step at the nodes of one depth, on what is left there."""
    before = state.amount[group.nodes]
    left = before.copy()
    saving = np.minimum(problem.value[group.changes], 0.0)
    if problem.n_links:
        state.left[group.changes] = before[group.inverse]
        link = problem.link[group.changes]
        saving *= np.where((link >= 0)[:, None], fractions[np.maximum(link, 0)], 1.0)
    drop = np.zeros_like(saving)
    if group.effects[EFFICIENCY].any():
        left -= _raise_efficiency(problem, group, state, before, drop)
    if group.effects[FRACTION].any():
        left -= _multiply_fractions(problem, group, state, saving, left, drop)
    if group.effects[ABSOLUTE].any():
        left -= _add_absolutes(problem, group, state, saving, (before, left), drop)
    state.drop[group.changes] = drop
    added = np.maximum(problem.value[group.changes], 0.0)
    added *= group.effects[ABSOLUTE] + group.effects[FRACTION] * before[group.inverse]
    if added.any():
        added = np.minimum(added, problem.cap[group.changes, None]) * shares[problem.owner[group.changes]]
        state.added[group.changes] = added
        left += _sum(group, added)
    state.amount[group.nodes] = left


def _raise_efficiency(
    problem: _Problem, group: _Group, state: _State, before: Floats, drop: Floats
) -> Floats:
    """Drop of input by the best of the new efficiencies; fills `drop`, returns it by node."""
    is_efficiency = group.effects[EFFICIENCY] > 0.0
    value = problem.value[group.changes]
    usable = is_efficiency & (value > 0.0)
    now = state.output_fraction[group.nodes][group.inverse]
    saved = before[group.inverse] * (1.0 - now / np.where(usable, value, 1.0))
    saved = np.where(usable, np.minimum(saved, problem.cap[group.changes, None]), -np.inf)
    best = np.maximum.reduceat(saved, group.starts, axis=0)
    best = np.where(np.isfinite(best), best, 0.0)
    winner = usable & (saved >= best[group.inverse])
    count = np.maximum(_sum(group, winner.astype(float)), 1.0)
    drop += np.where(winner, (best / count)[group.inverse], 0.0)
    return best


def _multiply_fractions(
    problem: _Problem, group: _Group, state: _State, saving: Floats, left: Floats, drop: Floats
) -> Floats:
    """Drop of input by fractions that multiply; fills `drop`, returns it by node."""
    here = np.maximum(left, 0.0)[group.inverse]
    cap = problem.cap[group.changes, None]
    fraction = np.clip(-saving * group.effects[FRACTION], 0.0, 1.0)
    output = state.output_fraction[group.nodes]
    on_loss = np.zeros(len(group.nodes), dtype=bool)
    if group.step == DISTRIBUTION_STEP:
        on_loss = problem.distribution[group.nodes]
    plain = ~on_loss[group.inverse][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = np.where(here > 0.0, cap / np.where(here > 0.0, here, 1.0), 1.0)
    fraction = np.where(plain, np.minimum(fraction, limit), fraction)
    kept = 1.0 - fraction
    if len(group.nodes) != len(group.changes):
        kept = np.multiply.reduceat(kept, group.starts, axis=0)
    new_output = 1.0 - np.clip(1.0 - output, 0.0, None) * kept
    whole = np.where(on_loss[:, None], 1.0 - output / np.maximum(new_output, _TINY), 1.0 - kept)
    whole = np.maximum(left, 0.0) * np.where((output > 1.0) & on_loss[:, None], 0.0, whole)
    size = _sum(group, fraction)
    parts = whole[group.inverse] * fraction / np.where(size > 0.0, size, 1.0)[group.inverse]
    parts = np.minimum(parts, cap)
    drop += parts
    total = _sum(group, parts)
    if on_loss.any():
        needed = left * output
        after = np.where(left - total > _TINY, needed / np.maximum(left - total, _TINY), output)
        state.output_fraction[group.nodes] = np.where(on_loss[:, None], after, output)
    return total


def _add_absolutes(
    problem: _Problem,
    group: _Group,
    state: _State,
    saving: Floats,
    before_left: tuple[Floats, Floats],
    drop: Floats,
) -> Floats:
    """Drop of input by absolute savings that add up; fills `drop`, returns it by node."""
    before, left = before_left
    bounded = problem.bounded[group.nodes][:, None]
    base = problem.amount[group.nodes][:, None]
    asked = -saving * group.effects[ABSOLUTE]
    takes = asked.any(axis=1)
    if group.step < SOURCE_STEP:
        ratio = np.clip(before / np.where(base > 0.0, base, 1.0), 0.0, 1.0)
        asked = asked * np.where(bounded, ratio, 1.0)[group.inverse]
    cap = problem.cap[group.changes]
    asked = np.minimum(asked, cap[:, None])
    largest = np.maximum.reduceat(np.where(takes, cap, 0.0), group.starts)[:, None]
    room = np.maximum(left, 0.0)
    if group.step == DISTRIBUTION_STEP:
        output = state.output_fraction[group.nodes]
        has_loss = problem.distribution[group.nodes][:, None] & (output < 1.0)
        room = np.where(has_loss, room * (1.0 - output), room)
    limit = np.minimum(np.where(bounded, room, np.inf), largest)
    total = _sum(group, asked)
    scale = np.where(total > limit, limit / np.where(total > 0.0, total, 1.0), 1.0)
    drop += asked * scale[group.inverse]
    return total * scale


def _stated(problem: _Problem) -> Floats:
    """The saving each change states against the baseline [input unit/a], 0 for additions."""
    base = problem.amount[problem.node][:, None]
    output = problem.output_fraction[problem.node][:, None]
    effect = problem.effect[:, None]
    saving = -np.minimum(problem.value, 0.0)
    stated = np.where(effect == FRACTION, saving * base, saving)
    if not (effect == EFFICIENCY).any():
        return stated
    by_efficiency = base * (1.0 - output / np.where(problem.value > 0.0, problem.value, np.inf))
    return np.where(effect == EFFICIENCY, np.maximum(by_efficiency, 0.0), stated)


def _shares(problem: _Problem, stated: Floats, drop: Floats) -> Floats:
    """Mean over each owner's savings of what was reached of what was stated; 1 without savings."""
    saves = stated > 0.0
    reached = np.where(saves, np.maximum(drop, 0.0) / np.where(saves, stated, 1.0), 0.0)
    count = add_by_index(saves.astype(float), problem.owner, problem.n_owners)
    total = add_by_index(reached, problem.owner, problem.n_owners)
    return np.where(count > 0.0, total / np.maximum(count, 1.0), 1.0)


def _bound_fractions(problem: _Problem, drop: Floats, fractions: Floats) -> Floats:
    """Fractions of links lowered to what the weakest side really took."""
    result = fractions.copy()
    linked = np.flatnonzero((problem.link >= 0) & (problem.effect == ABSOLUTE))
    if len(linked):
        asked = -np.minimum(problem.value[linked], 0.0)
        took = np.where(asked > 0.0, drop[linked] / np.where(asked > 0.0, asked, 1.0), 1.0)
        limited = took < fractions[problem.link[linked]] - 1e-9
        np.minimum.at(result, problem.link[linked], np.where(limited, took, 1.0))
    return result


def _link_fractions(problem: _Problem, shares: Floats) -> Floats:
    """The common fraction of each link, source switches first, exchanges on what they leave."""
    fractions = np.zeros((problem.n_links, problem.value.shape[1]))
    linked = np.flatnonzero(problem.link >= 0)
    for step in np.unique(problem.step[linked]).tolist():
        legs = linked[problem.step[linked] == step]
        state = _pass(problem, shares, fractions)
        left = np.maximum(state.left[legs], 0.0)
        asked = -np.minimum(problem.value[legs], 0.0)
        asked = np.where(problem.effect[legs][:, None] == FRACTION, np.minimum(asked, 1.0) * left, asked)
        left = np.where(problem.bounded[problem.node[legs]][:, None], left, np.inf)
        groups, link = np.unique(problem.link[legs], return_inverse=True)
        # a cap on one side holds all sides back
        capped = np.minimum(problem.cap[legs, None] / np.maximum(asked, _TINY), 1.0)
        ceiling = np.ones((len(groups), asked.shape[1]))
        np.minimum.at(ceiling, link, capped)
        fractions[groups] = ration((problem.node[legs], link), asked, left, ceiling)
    return fractions
