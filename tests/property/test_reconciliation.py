"""Reconciled values hold their balances and move no more than they must."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parkloop.methods.reconciliation import reconcile

VALUES = arrays(float, 5, elements=st.floats(1.0, 1e6))
SIGMAS = arrays(float, 5, elements=st.floats(0.1, 1e4))
NETWORK = np.array([[1.0, -1.0, -1.0, 0.0, 0.0], [0.0, 1.0, 0.0, -1.0, -1.0]])


@given(VALUES, SIGMAS)
def test_balances_hold_after_reconciliation(values: np.ndarray, sigma: np.ndarray) -> None:
    found = reconcile(values, sigma, NETWORK)
    assert np.all(np.abs(NETWORK @ found.values) <= 1e-6 * np.abs(values).max())


@given(VALUES, SIGMAS)
def test_uncertainty_never_grows(values: np.ndarray, sigma: np.ndarray) -> None:
    assert np.all(reconcile(values, sigma, NETWORK).sigma <= sigma * (1 + 1e-9))


@given(VALUES, SIGMAS)
def test_consistent_values_are_left_alone(values: np.ndarray, sigma: np.ndarray) -> None:
    values = values.copy()
    values[1] = values[3] + values[4]
    values[0] = values[1] + values[2]
    assert np.allclose(reconcile(values, sigma, NETWORK).values, values, rtol=1e-9)


@given(VALUES, SIGMAS)
def test_reconciled_values_reconcile_to_themselves(values: np.ndarray, sigma: np.ndarray) -> None:
    once = reconcile(values, sigma, NETWORK).values
    assert np.allclose(reconcile(once, sigma, NETWORK).values, once, rtol=1e-6, atol=1e-6 * values.max())
