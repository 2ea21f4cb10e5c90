from dataclasses import replace

import pytest

from parkloop.portfolio import PortfolioSettings, macc, optimise

SETTINGS = PortfolioSettings("P", 2025, target_ghg_t=1e9)


def curve(plan, rows, left=1.0, who=None):
    solutions = [plan.solution(f"S{n}", who=who or f"E{n}") for n in range(len(rows))]
    cases = {f"S{n}": plan.case(f"S{n}", *row) for n, row in enumerate(rows)}
    found = optimise(solutions, cases, plan.bundle(cases, left), SETTINGS)
    return macc(cases, found), found, cases


def test_block_is_annual_cost_per_tonne_in_order_of_cost(plan):
    blocks, _, _ = curve(plan, [(1000.0, 100.0, 5.0), (1000.0, 300.0, 20.0)])
    # (1000 / 6.1446 - saving) / 25000 / t: 62.7 / 5 costs, -137.3 / 20 earns
    assert [b.solution_id for b in blocks] == ["S1", "S0"]
    assert blocks[0].cost_usd_per_t == pytest.approx((1000 / plan.factor - 300) / 25000 / 20)
    assert blocks[1].cost_usd_per_t == pytest.approx((1000 / plan.factor - 100) / 25000 / 5)
    assert blocks[0].cost_usd_per_t < 0.0 < blocks[1].cost_usd_per_t


def test_blocks_are_as_wide_as_the_plan_and_stand_side_by_side(plan):
    blocks, found, _ = curve(plan, [(10.0, 100.0, 5.0), (10.0, 100.0, 20.0)], left=0.5, who="A")
    assert sum(b.ghg_t for b in blocks) == pytest.approx(found.ghg_t.best)
    assert [b.start_t for b in blocks] == pytest.approx([0.0, blocks[0].ghg_t])


def test_solutions_without_tonnes_have_no_block(plan):
    blocks, _, _ = curve(plan, [(10.0, 100.0, 0.0), (10.0, 100.0, 2.0)])
    assert [b.solution_id for b in blocks] == ["S1"]


def test_unknown_outlay_has_no_block(plan):
    _, found, cases = curve(plan, [(10.0, 100.0, 2.0)])
    unknown = {"S0": replace(cases["S0"], undefined={"npv": "capex_missing"})}
    assert macc(unknown, found) == ()
