"""Which inputs make a case uncertain."""

from collections.abc import Sequence

import numpy as np

from parkloop.methods import monte_carlo
from parkloop.model import Solution
from parkloop.valuation.joint import Draws, Floats
from parkloop.valuation.price_lines import Priced, Pricing

# correlations of this size appear by chance between some hundred draws
_NOISE = 0.005


def drivers_of(
    solutions: Sequence[Solution], priced: Priced, prices: Pricing, npv: Floats, ghg: Floats
) -> list[dict[str, float]]:
    """Shares of the variance [-] of net present value and emissions by kind of input.

    Parameters
    ----------
    npv, ghg
        Drawn results `(n_solutions, 1 + n_draws)` [money], [t/a].

    Returns
    -------
    list
        For each solution `npv.tariff`, `npv.delta`, `npv.realisation`, `npv.cost` and `ghg.factor`,
        `ghg.delta`, `ghg.realisation`; each group sums to 1 where the result varies.
    """
    draws = prices.draws
    if draws.n_draws == 0:
        return [{} for _ in solutions]
    ids = [s.id for s in solutions]
    delta, cost = draws.of_estimates("delta", ids), draws.of_estimates("cost", ids)
    common = draws.of("realisation")
    bundle = priced.lines.bundle.tolist()
    tariffs = {(bundle[n], v.key) for n, v in enumerate(priced.values) if v is not None}
    factors = {
        (bundle[line], f"factor/{f.id}")
        for f, line in zip(priced.factors, priced.emission_line.tolist(), strict=True)
    }
    groups = {
        "npv": {
            "tariff": _of_shared(npv, tariffs, draws),
            "delta": _of_own(npv, delta),
            "realisation": monte_carlo.squared_correlations(npv[:, 1:], common[None, 1:])[:, 0],
            "cost": _of_own(npv, cost),
        },
        "ghg": {
            "factor": _of_shared(ghg, factors, draws),
            "delta": _of_own(ghg, delta),
            "realisation": monte_carlo.squared_correlations(ghg[:, 1:], common[None, 1:])[:, 0],
        },
    }
    return [_shares(groups, n) for n in range(len(solutions))]


def _of_own(result: Floats, z: Floats) -> Floats:
    """Squared correlation of each result with its own input `(n,)`."""
    one, other = result[:, 1:], z[:, 1:]
    one = one - one.mean(axis=1, keepdims=True)
    other = other - other.mean(axis=1, keepdims=True)
    size = np.einsum("ij,ij->i", one, one) * np.einsum("ij,ij->i", other, other)
    both = np.einsum("ij,ij->i", one, other)
    return np.asarray(np.where(size > 0.0, both**2 / np.where(size > 0.0, size, 1.0), 0.0))


def _of_shared(result: Floats, used: set[tuple[int, str]], draws: Draws) -> Floats:
    """Sum of squared correlations of each result with the shared inputs it uses `(n,)`."""
    keys = sorted({key for _, key in used})
    if not keys:
        return np.zeros(len(result))
    column = {key: n for n, key in enumerate(keys)}
    mask = np.zeros((len(result), len(keys)), dtype=bool)
    for row, key in used:
        mask[row, column[key]] = True
    drawn = np.array([draws.of(key)[1:] for key in keys])
    parts = monte_carlo.squared_correlations(result[:, 1:], drawn)
    return np.asarray(np.where(mask, parts, 0.0).sum(axis=1))


def _shares(groups: dict[str, dict[str, Floats]], n: int) -> dict[str, float]:
    shares = {}
    for name, kinds in groups.items():
        parts = {kind: float(values[n]) for kind, values in kinds.items()}
        parts = {kind: part if part > _NOISE else 0.0 for kind, part in parts.items()}
        total = sum(parts.values())
        if total > 0.0:
            shares.update({f"{name}.{kind}": part / total for kind, part in parts.items()})
    return shares
