"""Nothing is saved twice, whatever the graph and whatever acts on it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parkloop.methods.attribution import shares_in_proportion
from parkloop.methods.interaction import (
    ABSOLUTE,
    EFFICIENCY,
    FRACTION,
    Changes,
    Forest,
    combine,
    path_factors,
)

SOME = settings(max_examples=150, deadline=None)


@st.composite
def forests(draw):
    """Trees whose children use what their parents give, with a remainder."""
    n = draw(st.integers(1, 9))
    parent = [-1] + [draw(st.integers(-1, i - 1)) for i in range(1, n)]
    output = [draw(st.floats(0.3, 1.0)) for _ in range(n)]
    amount = [0.0] * n
    room = [0.0] * n
    for i in range(n):
        if parent[i] < 0:
            amount[i] = draw(st.floats(0.0, 1e6))
        else:
            amount[i] = room[parent[i]] * draw(st.floats(0.0, 1.0))
            room[parent[i]] -= amount[i]
        room[i] = amount[i] * output[i]
    kind = [draw(st.booleans()) for _ in range(n)]
    return Forest(parent, amount, output, kind)


@st.composite
def savings(draw, n_nodes, linked=False):
    """Measures that only save; pairs of step 5 where exchanges are wanted."""
    rows = []
    for owner in range(draw(st.integers(1, 8))):
        node, step = draw(st.integers(0, n_nodes - 1)), draw(st.integers(1, 4))
        effect = draw(st.sampled_from([FRACTION, ABSOLUTE, EFFICIENCY]))
        value = draw(st.floats(1.0, 1.5) if effect == EFFICIENCY else st.floats(0.0, 1.0))
        value = value if effect == EFFICIENCY else -value * (1e6 if effect == ABSOLUTE else 1.0)
        step = 3 if effect == EFFICIENCY else step
        cap = draw(st.sampled_from([np.inf, 1e4, 5e5]))
        rows.append((node, step, effect, value, cap, owner, -1))
    if linked:
        for link in range(draw(st.integers(1, 4))):
            for _ in range(2):
                node, value = draw(st.integers(0, n_nodes - 1)), -draw(st.floats(1.0, 1e6))
                rows.append((node, 5, ABSOLUTE, value, np.inf, len(rows), link))
    return rows


def changes(rows):
    return Changes(*[np.array(column) for column in zip(*rows, strict=True)])


@st.composite
def problems(draw, linked=False):
    forest = draw(forests())
    return forest, draw(savings(len(forest.parent), linked))


def near(one, other, scale=1.0):
    return np.allclose(one, other, rtol=1e-9, atol=1e-7 * max(scale, 1.0))


@SOME
@given(problems(linked=True))
def test_nothing_saves_more_than_the_use_of_any_node(problem):
    forest, rows = problem
    left = combine(forest, changes(rows)).amount
    base = np.array(forest.amount)
    assert (left >= -1e-6).all()
    assert (left <= base + 1e-6).all()


@SOME
@given(problems(linked=True), st.randoms())
def test_order_of_the_list_is_without_effect(problem, random):
    forest, rows = problem
    mixed = rows[:]
    random.shuffle(mixed)
    one, other = combine(forest, changes(rows)), combine(forest, changes(mixed))
    assert near(one.amount, other.amount, max(forest.amount))


@SOME
@given(problems(linked=True))
def test_parts_of_all_changes_add_up_to_what_the_roots_save(problem):
    forest, rows = problem
    outcome = combine(forest, changes(rows))
    root, path = path_factors(forest)
    node = np.array([row[0] for row in rows])
    parts = np.bincount(root[node], outcome.change * path[node], len(forest.parent))
    saved = np.where(np.array(forest.parent) < 0, outcome.amount - np.array(forest.amount), 0.0)
    assert near(parts, saved, max(forest.amount))


@SOME
@given(problems())
def test_one_more_measure_never_raises_what_is_left(problem):
    forest, rows = problem
    with_all = combine(forest, changes(rows)).amount
    without_last = combine(forest, changes(rows[:-1])).amount if len(rows) > 1 else np.array(forest.amount)
    assert (with_all <= without_last + 1e-6).all()


@SOME
@given(problems(linked=True))
def test_both_sides_of_an_exchange_are_realised_to_one_fraction(problem):
    forest, rows = problem
    outcome = combine(forest, changes(rows))
    for link in {row[6] for row in rows} - {-1}:
        sides = [outcome.change[n] / row[3] for n, row in enumerate(rows) if row[6] == link]
        assert np.allclose(sides, sides[0], atol=1e-6)


@SOME
@given(problems())
def test_fractions_of_one_step_on_one_node_multiply(problem):
    forest, rows = problem
    node = rows[0][0]
    values = [abs(row[3]) % 1.0 for row in rows]
    same = [(node, 1, FRACTION, -v, np.inf, n, -1) for n, v in enumerate(values)]
    left = combine(forest, changes(same)).amount[node]
    assert near(left, forest.amount[node] * np.prod([1.0 - v for v in values]), forest.amount[node])


@SOME
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8), st.floats(-1e6, 1e6))
def test_shares_sum_to_the_total(alone, total):
    assert near(shares_in_proportion(alone, total).sum(), total, 1e6)
