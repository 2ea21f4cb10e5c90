"""Data reconciliation: measurements adjusted as little as possible until their balances hold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Reconciled", "half_width_to_sigma", "reconcile"]

TEN_NINETY = 1.2815515655446004  # quantile of the standard normal distribution at 0.9 [-]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Adjusted values, their standard uncertainty and the adjustment in standard deviations of itself.

    All arrays have shape `(n_values,)`; `z` is 0 where nothing constrains a value.
    """

    values: NDArray[np.float64]
    sigma: NDArray[np.float64]
    z: NDArray[np.float64]


def half_width_to_sigma(half_width: float) -> float:
    """Standard deviation [same unit] of a normal value whose 10-90 % half-width is given [any unit].

    Source: quantiles of the normal distribution.

    Examples
    --------
    >>> round(half_width_to_sigma(1.2816), 3)
    1.0
    """
    return half_width / TEN_NINETY


def reconcile(values: ArrayLike, sigma: ArrayLike, balances: ArrayLike) -> Reconciled:
    """Adjust measured values [one unit a row] so that `balances @ values = 0`, by weighted least squares.

    Parameters
    ----------
    values
        Measured values, shape `(n_values,)`.
    sigma
        Their standard uncertainties, shape `(n_values,)`, all above 0 [same units].
    balances
        One row a balance, shape `(n_balances, n_values)` [-]; dependent rows are allowed.

    Returns
    -------
    Reconciled
        x - S A' (A S A')^+ A x with S = diag(sigma^2); `z` divides each adjustment by its own standard
        deviation, so that above 3 it is a gross error.

    Raises
    ------
    ValueError
        When shapes disagree or an uncertainty is not above 0.

    Notes
    -----
    Source: linear steady-state data reconciliation with the measurement test, as in Narasimhan and Jordache,
    Data Reconciliation and Gross Error Detection (2000); unchecked.

    Examples
    --------
    >>> found = reconcile([100.0, 62.0, 30.0], [2.0, 1.0, 1.0], [[1.0, -1.0, -1.0]])
    >>> [round(float(v), 2) for v in found.values]
    [94.67, 63.33, 31.33]
    """
    x = np.asarray(values, dtype=float)
    spread = np.asarray(sigma, dtype=float)
    a = np.atleast_2d(np.asarray(balances, dtype=float))
    if x.ndim != 1 or spread.shape != x.shape or a.shape[1] != x.size:
        raise ValueError(f"shapes {x.shape}, {spread.shape} and {a.shape} do not fit; one column a value")
    if np.any(~(spread > 0)):
        raise ValueError("every uncertainty must be above 0; give the default of its source class instead")
    scale = np.maximum(np.abs(a) @ np.abs(x), 1e-300)
    a = a / scale[:, None]
    s = spread**2
    inverse = np.linalg.pinv((a * s) @ a.T, hermitian=True)
    gain = (s[:, None] * a.T) @ inverse
    adjustment = gain @ (a @ x)
    variance = np.maximum(np.einsum("ij,ji->i", gain @ a, np.diag(s)), 0.0)
    left = np.sqrt(np.maximum(s - variance, 0.0))
    moved = np.sqrt(variance)
    z = np.divide(adjustment, moved, out=np.zeros_like(x), where=moved > 1e-12 * spread)
    return Reconciled(x - adjustment, left, z)
