from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import Effect, Range, Stage, Step
from parkloop.valuation import evaluate, value

AIR, BOILER, DYEING = "A/electricity/air", "A/coal/boiler", "A/steam/dyeing"


@pytest.fixture
def leaks(make):
    return make.solution("leaks", make.delta("electricity", -0.3, AIR, effect=Effect.FRACTION))


@pytest.fixture
def pressure(make):
    return make.solution("pressure", make.delta("electricity", -0.3, AIR, effect=Effect.FRACTION))


def share_of(found, name):
    return next(share for share in found.shares if share.solution_id == name)


def test_two_measures_of_thirty_percent_save_51_percent_of_the_compressor(terms, leaks, pressure):
    found = evaluate((leaks, pressure), terms)
    assert found.physical["electricity"].best == pytest.approx(-0.51 * 2e5)
    assert found.ghg_t.best == pytest.approx(0.51 * 2e5 * 0.00066)
    assert found.saving.best == pytest.approx(0.51 * 2e5 * (0.5 * 3000 + 0.5 * 1800))


def test_one_measure_alone_is_its_case(terms, make, leaks):
    record = replace(leaks, costs=make.solution("x", opex=5e6).costs)
    found, case = evaluate((record,), terms), value((record,), terms)["leaks"]
    assert found.saving == case.saving_per_a
    assert found.ghg_t == case.ghg_t_per_a
    assert found.npv == pytest.approx(case.npv.best)
    assert found.shares[0].saving == pytest.approx(case.saving_per_a.best)


def test_planned_measures_share_in_proportion_to_what_they_save_alone(terms, make, leaks):
    half = make.solution("half", make.delta("electricity", -0.15, AIR, effect=Effect.FRACTION))
    found = evaluate((leaks, half), terms)
    # 1 - 0.7 x 0.85 = 0.405 of 2e5, two thirds to the measure that is twice as large
    kwh = [sum(line.amount.best for line in share_of(found, n).physical) for n in ("leaks", "half")]
    assert kwh == pytest.approx([-0.405 * 2e5 * 2 / 3, -0.405 * 2e5 / 3])


def test_implemented_ones_come_first_in_order_of_date(terms, make, leaks, pressure):
    late = make.implemented(leaks, date(2025, 9, 1))
    early = make.implemented(pressure, date(2025, 2, 1))
    plan = make.solution("plan", make.delta("electricity", -0.5, AIR, effect=Effect.FRACTION))
    found = evaluate((plan, late, early), terms)
    kwh = {s.solution_id: -sum(line.amount.best for line in s.physical) for s in found.shares}
    # 30 % of all, 30 % of the 70 % left, 50 % of the 49 % left
    assert kwh == {
        "pressure": pytest.approx(0.30 * 2e5),
        "leaks": pytest.approx(0.21 * 2e5),
        "plan": pytest.approx(0.245 * 2e5),
    }


def test_new_ideas_do_not_change_the_shares_of_what_is_in_place(terms, make, leaks, pressure):
    standing = make.implemented(leaks, date(2025, 3, 1))
    alone = share_of(evaluate((standing,), terms), "leaks")
    with_more = share_of(evaluate((standing, pressure), terms), "leaks")
    assert with_more.saving == pytest.approx(alone.saving)
    assert with_more.ghg_t == pytest.approx(alone.ghg_t)


def test_boiler_and_demand_compound_and_shares_sum(terms, make):
    boiler = make.solution(
        "boiler", make.delta("coal_anthracite", 8.0, BOILER, effect=Effect.EFFICIENCY, step=Step.CONVERSION)
    )
    dyeing = make.solution("dyeing", make.delta("steam", -0.2, DYEING, effect=Effect.FRACTION))
    found = evaluate((boiler, dyeing), terms)
    # 6300 x 0.8 / 0.9 / 8 = 700 t of the 1000
    assert found.physical["coal_anthracite"].best == pytest.approx(-300.0)
    assert sum(s.saving for s in found.shares) == pytest.approx(found.saving.best)
    assert sum(s.ghg_t for s in found.shares) == pytest.approx(found.ghg_t.best)


def test_order_of_the_list_is_without_effect(terms, make, leaks, pressure):
    other = make.exchange("X", "fly_ash", "natural_sand", 50.0, price=1e5)
    one, back = evaluate((leaks, pressure, other), terms), evaluate((other, pressure, leaks), terms)
    assert one.saving == back.saving
    assert {s.solution_id: s.saving for s in one.shares} == pytest.approx(
        {s.solution_id: s.saving for s in back.shares}
    )


def test_exchange_reported_by_both_partners_counts_once(terms, make):
    one = make.exchange("from-donor", "fly_ash", "natural_sand", 50.0)
    again = make.exchange("from-receiver", "fly_ash", "natural_sand", 50.0, stage=Stage.DECIDED)
    found = evaluate((one, again), terms)
    assert found.solution_ids == ("from-receiver",)
    assert found.left_out == {"from-donor": "repeated_exchange"}
    assert found.physical["fly_ash"].best == pytest.approx(-50.0)
    assert "valuation.exchange.repeated" in {i.code for i in found.issues}


def test_ash_avoided_first_leaves_less_to_exchange_on_both_sides(terms, make):
    avoid = make.solution("avoid", make.delta("fly_ash", -70.0, "flow/ash"))
    trade = make.exchange("X", "fly_ash", "natural_sand", 50.0, price=1e5)
    found = evaluate((avoid, trade), terms)
    assert found.physical["fly_ash"].best == pytest.approx(-100.0)
    assert found.physical["natural_sand"].best == pytest.approx(-30.0)
    transfers = [m.amount.best for m in found.money if m.transfer]
    assert sorted(transfers) == pytest.approx([-3e6, 3e6])


def test_heat_recovered_once_cannot_be_exchanged_again(terms, make):
    # 1,000,000 kWh given off; 900,000 recovered for 63 t of steam, 400,000 promised to B: 100,000 are left
    inside = make.solution(
        "inside",
        make.delta("waste_heat", -9e5, "flow/heat", step=Step.SOURCE),
        make.delta("steam", -63.0, DYEING, step=Step.SOURCE),
    )
    trade = replace(
        make.solution(
            "trade",
            make.delta("waste_heat", -4e5, "flow/heat", step=Step.EXCHANGE),
            make.delta("natural_sand", -40.0, who="B", step=Step.EXCHANGE),
        ),
        exchange=replace(
            make.exchange("x", "fly_ash", "natural_sand", 1.0).exchange, resource_id="waste_heat"
        ),
    )
    found = evaluate((inside, trade), terms)
    assert found.physical["waste_heat"].best == pytest.approx(-1e6)
    assert found.physical["natural_sand"].best == pytest.approx(-10.0)


def test_haulage_of_an_exchange_follows_what_is_exchanged(terms, make):
    avoid = make.solution("avoid", make.delta("fly_ash", -75.0, "flow/ash"), capex=0.0)
    trade = make.exchange("X", "fly_ash", "natural_sand", 50.0, opex=1e6)
    found = evaluate((avoid, trade), terms)
    haulage = [m.amount.best for m in found.money if m.label == "Upkeep"]
    assert haulage == pytest.approx([-5e5])
    assert sum(s.saving for s in found.shares) == pytest.approx(found.saving.best)


def test_range_of_the_total_keeps_the_common_realisation_factor(terms, make):
    # twelve like solutions: their doubts do not cancel, because one factor stands behind all
    many = tuple(make.solution(f"S{n}", make.delta("electricity", -1000.0, width=0.1)) for n in range(12))
    sure = replace(terms, settings=replace(terms.settings, draws=1000))
    found = evaluate(many, sure)
    assert found.physical["electricity"].low >= found.physical["electricity"].best - 1200
    assert found.physical["electricity"].high / found.physical["electricity"].best < 0.65


def test_bundle_above_thirty_percent_of_a_carrier_is_to_be_explained(terms, make):
    site = make.solution("site", make.delta("electricity", -0.31, effect=Effect.FRACTION))
    sun = make.solution("sun", make.delta("electricity", -5e5, step=Step.SOURCE))
    assert "valuation.bundle.large" in {i.code for i in evaluate((site,), terms).issues}
    assert "valuation.bundle.large" not in {i.code for i in evaluate((sun,), terms).issues}


def test_baseline_says_what_the_saving_is_compared_with(terms, leaks):
    use = evaluate((leaks,), terms).baseline[0]
    assert (use.participant_id, use.resource_id, use.amount) == ("A", "electricity", 1e6)
    assert use.saving == pytest.approx(6e4)
    assert use.fraction == pytest.approx(0.06)


def test_scopes_sum_to_the_total_and_life_cycle_stands_apart(terms, make, leaks):
    steam = make.solution("steam", make.delta("steam", -0.1, DYEING, effect=Effect.FRACTION))
    trade = make.exchange("X", "fly_ash", "natural_sand", 50.0)
    found = evaluate((leaks, steam, trade), terms)
    assert sum(found.by_scope.values()) == pytest.approx(found.ghg_t.best)
    assert found.by_scope == {
        1: pytest.approx(260.8), 2: pytest.approx(39.6), 3: pytest.approx(1.0),
    }  # fmt: skip
    assert found.life_cycle_ghg_t == pytest.approx(0.25)


def test_nothing_to_evaluate_is_nothing(terms):
    found = evaluate((), terms)
    assert (found.saving, found.ghg_t, found.shares) == (Range.exact(0.0), Range.exact(0.0), ())
