"""Many arcs solved a few at a time give what all at once give; sizes are made up and seeded."""

import numpy as np
import pytest

from parkloop.methods.allocation import PackingProgramme, max_residual, solve_packing
from parkloop.symbiosis import columns
from parkloop.symbiosis.columns import solve_many


@pytest.fixture
def programme():
    """Forty donors times thirty receivers, each arc in a row of supply and a row of demand."""

    def make(seed: int) -> PackingProgramme:
        random = np.random.default_rng(seed)
        donor, receiver = (part.ravel() for part in np.meshgrid(np.arange(40), np.arange(30), indexing="ij"))
        n = donor.size
        return PackingProgramme(
            gain=random.uniform(-2.0, 10.0, n),
            row=np.concatenate([donor, 40 + receiver]),
            arc=np.tile(np.arange(n), 2),
            coefficient=np.concatenate([np.ones(n), random.uniform(0.5, 2.0, n)]),
            upper=random.uniform(1.0, 100.0, 70),
            arc_upper=random.uniform(0.0, 50.0, n),
            minimum=np.zeros(n),
            fixed=np.zeros(n),
        )

    return make


@pytest.mark.parametrize("seed", range(5))
def test_solve_many_when_arcs_are_called_in_by_price_then_the_gain_is_that_of_all_at_once(
    programme, monkeypatch, seed
):
    monkeypatch.setattr(columns, "_AT_ONCE", 10)
    whole = programme(seed)
    found, wanted = solve_many(whole, time_limit_s=10.0), solve_packing(whole, time_limit_s=10.0)
    assert found.status == wanted.status == "optimal"
    assert found.gain == pytest.approx(wanted.gain, rel=1e-6)
    assert max_residual(whole, found.quantity) <= 1e-9
    assert found.gain == pytest.approx(float(whole.gain @ found.quantity), rel=1e-9)


def test_solve_many_when_rounds_run_out_then_it_says_so(programme, monkeypatch):
    monkeypatch.setattr(columns, "_AT_ONCE", 10)
    monkeypatch.setattr(columns, "_EACH_ROW", 1)
    monkeypatch.setattr(columns, "_ROUNDS", 1)
    assert solve_many(programme(0), time_limit_s=10.0).status == "stopped"
