from dataclasses import replace

import pytest

from parkloop.methods import economics
from parkloop.model import (
    Amount,
    Bill,
    Book,
    CostItem,
    Direction,
    Effect,
    ExchangeRate,
    Fate,
    Flow,
    Period,
    Price,
    Range,
    Rung,
    Step,
)
from parkloop.valuation import physical, value

AIR, BOILER, DYEING = "A/electricity/air", "A/coal/boiler", "A/steam/dyeing"


def codes(issues):
    return {issue.code for issue in issues}


def only(record, terms):
    return value((record,), terms)[record.id]


def test_money_is_priced_at_the_bands_of_the_node_never_at_the_mean(terms, make):
    # 20,000 kWh, half at peak 3000, half at normal 1800
    case = only(make.solution("S", make.delta("electricity", -0.1, AIR, effect=Effect.FRACTION)), terms)
    assert case.saving_per_a.best == pytest.approx(10000 * 3000 + 10000 * 1800)
    assert {(round(m.quantity, 6), m.price, m.price_ref) for m in case.money} == {
        (10000.0, 3000.0, "evn-peak"), (10000.0, 1800.0, "evn-normal"),
    }  # fmt: skip


def test_a_band_of_the_delta_itself_goes_first(terms, make):
    sun = make.delta("electricity", -1000.0, step=Step.SOURCE, band="normal")
    assert only(make.solution("S", sun), terms).saving_per_a.best == pytest.approx(1.8e6)


def test_less_steam_is_less_coal_through_the_boiler(terms, make):
    # 630 t of steam at the use / 0.9 / 7 = 100 t of coal; 2.6 + 0.008 t CO2e each, in scope 1
    case = only(make.solution("S", make.delta("steam", -0.1, DYEING, effect=Effect.FRACTION)), terms)
    assert [(p.resource_id, p.unit) for p in case.physical] == [("coal_anthracite", "t")]
    assert case.physical[0].amount.best == pytest.approx(-100.0)
    assert case.ghg_t_per_a.best == pytest.approx(260.8)
    assert case.saving_per_a.best == pytest.approx(3e8)
    assert {e.scope for e in case.emissions} == {1}


def test_steam_without_a_place_is_taken_where_steam_begins(terms, make):
    # 700 t before distribution / 7 = 100 t of coal
    case = only(make.solution("S", make.delta("steam", -700.0)), terms)
    assert case.physical[0].amount.best == pytest.approx(-100.0)


def test_steam_stated_at_the_boiler_is_converted_to_its_fuel(terms, make):
    case = only(make.solution("S", make.delta("steam", -700.0, BOILER, step=Step.CONVERSION)), terms)
    assert case.physical[0].amount.best == pytest.approx(-100.0)


def test_economics_follow_from_saving_and_outlay(terms, make):
    # 48 million a year on 200 million over 10 years at 10 %: annuity factor 6.144567
    record = make.solution(
        "S", make.delta("electricity", -0.1, AIR, effect=Effect.FRACTION), capex=2e8, opex=8e6
    )
    case = only(record, terms)
    assert case.saving_per_a.best == pytest.approx(4e7)
    assert case.saving_usd_per_a.best == pytest.approx(1600.0)
    assert case.npv.best == pytest.approx(4e7 * 6.144567 - 2e8, rel=1e-6)
    assert case.simple_payback_a.best == pytest.approx(5.0)
    assert case.irr == pytest.approx(economics.irr([-2e8] + [4e7] * 10).value)
    # (200 / 6.144567 - 40) million VND / 25000 over 13.2 t
    assert case.abatement_cost_usd_per_t == pytest.approx((2e8 / 6.144567 - 4e7) / 25000 / 13.2, rel=1e-6)


def test_fuel_switch_keeps_biogenic_co2_apart(terms, make):
    record = make.solution(
        "S",
        make.delta("coal_anthracite", -1.0, BOILER, effect=Effect.FRACTION, step=Step.SOURCE),
        make.delta("rice_husk_pellet", 1600.0, step=Step.SOURCE),
    )
    case = only(record, terms)
    assert case.ghg_t_per_a.best == pytest.approx(1000 * 2.608 - 1600 * 0.01)
    biogenic = [e for e in case.emissions if e.biogenic]
    assert sum(e.amount.best for e in biogenic) == pytest.approx(-2400.0)
    assert case.saving_per_a.best == pytest.approx(1000 * 3e6 - 1600 * 2e6)


def test_inventory_factors_are_never_used(terms, make):
    case = only(make.solution("S", make.delta("electricity", -1000.0)), terms)
    assert {e.factor_id for e in case.emissions} == {"grid"}
    assert case.ghg_t_per_a.best == pytest.approx(0.66)


def test_flat_price_is_no_value_for_a_saving_where_there_are_bands(terms, make):
    # a mean of 1950 and the participant's own mean of 2100 stand beside the bands
    flat = (
        Price("electricity", 1950.0, "VND", 2025, reference_id="mean"),
        Price("electricity", 2100.0, "VND", 2025, participant_id="A", figure_id="flow/E/price"),
    )
    book = replace(terms.book, prices=terms.book.prices + flat)
    case = only(make.solution("S", make.delta("electricity", -100.0, AIR)), replace(terms, book=book))
    assert case.saving_per_a.best == pytest.approx(50 * 3000 + 50 * 1800)


def test_unknown_band_takes_the_normal_one_and_says_so(terms, make):
    case = only(make.solution("S", make.delta("electricity", -100.0, who="C")), terms)
    assert case.saving_per_a.best == pytest.approx(100 * 1800)
    assert "valuation.price.band_unknown" in codes(case.issues)


def test_flat_price_counts_where_there_are_no_bands(terms, make):
    book = replace(terms.book, prices=(Price("electricity", 1950.0, "VND", 2025),))
    case = only(make.solution("S", make.delta("electricity", -100.0, AIR)), replace(terms, book=book))
    assert case.saving_per_a.best == pytest.approx(100 * 1950)


def test_own_price_of_a_participant_goes_first(terms, make):
    case = only(make.solution("S", make.delta("fresh_water", -100.0, who="B")), terms)
    assert case.saving_per_a.best == pytest.approx(100 * 15000)
    assert case.money[0].price_ref == "flow/water/price"


def test_missing_price_is_an_issue_and_no_zero_saving(terms, make):
    thin = replace(terms, book=replace(terms.book, prices=()))
    case = only(make.solution("S", make.delta("electricity", -1000.0)), thin)
    assert case.npv is None
    assert case.undefined["npv"] == "price_missing"
    issue = next(i for i in case.issues if i.code == "valuation.price.missing")
    assert issue.arguments["resource"] == "electricity"


def test_missing_factor_names_the_resource(terms, make):
    bare = replace(terms, factors=replace(terms.factors, factors=()))
    case = only(make.solution("S", make.delta("electricity", -1000.0)), bare)
    issue = next(i for i in case.issues if i.code == "valuation.factor.missing")
    assert (issue.arguments["resource"], issue.severity.value) == ("electricity", "warning")


def test_factor_in_another_unit_is_refused(terms, make):
    wrong = tuple(replace(f, unit="tCO2/MWh") if f.id == "grid" else f for f in terms.factors.factors)
    other = replace(terms, factors=replace(terms.factors, factors=wrong))
    case = only(make.solution("S", make.delta("electricity", -1000.0)), other)
    assert case.ghg_t_per_a.best == 0.0
    assert "valuation.factor.missing" in codes(case.issues)


def test_amount_in_another_unit_than_its_place_is_refused(terms, make):
    case = only(make.solution("S", make.delta("electricity", -1000.0, BOILER)), terms)
    assert case.physical == ()
    assert "valuation.delta.unit_mismatch" in codes(case.issues)


@pytest.mark.parametrize(
    ("place", "code"),
    [("A/none", "valuation.delta.node_unknown"), ("flow/none", "valuation.delta.flow_unknown")],
)
def test_unknown_place_is_an_issue_and_nothing_is_counted(terms, make, place, code):
    case = only(make.solution("S", make.delta("electricity", -1000.0, place)), terms)
    assert case.physical == ()
    assert code in codes(case.issues)


def test_amount_without_a_baseline_is_taken_as_stated_and_marked(terms, make):
    case = only(make.solution("S", make.delta("electricity", -1000.0, who="C")), terms)
    assert case.physical[0].amount.best == -1000.0
    assert "valuation.delta.unbounded" in codes(case.issues)


def test_share_without_a_baseline_is_not_counted(terms, make):
    share = make.delta("electricity", -0.1, who="C", effect=Effect.FRACTION)
    case = only(make.solution("S", share), terms)
    assert case.physical == ()
    assert "valuation.delta.no_baseline" in codes(case.issues)


def test_bills_stand_in_where_neither_graph_nor_flow_is_known(terms, make):
    bills = tuple(
        Bill(f"{band}{m}", "C", "electricity", Period.month(2025, m), Amount(amount, "kWh"), band)
        for m in range(1, 13)
        for band, amount in (("peak", 100.0), ("normal", 300.0), ("reactive", 999.0))
    )
    share = make.delta("electricity", -0.1, who="C", effect=Effect.FRACTION)
    case = only(make.solution("S", share), replace(terms, bills=bills))
    # a tenth of 1200 kWh at peak and 3600 kWh at normal hours
    assert case.saving_per_a.best == pytest.approx(120 * 3000 + 360 * 1800)


def test_outlay_nobody_stated_is_not_zero(terms, make):
    record = make.solution("S", make.delta("electricity", -1000.0), capex=None)
    case = only(record, terms)
    assert case.npv is None
    assert case.undefined["simple_payback_a"] == "capex_missing"
    assert "valuation.capex.missing" in codes(case.issues)


def test_stated_outlay_of_zero_pays_back_at_once_and_has_no_rate(terms, make):
    case = only(make.solution("S", make.delta("electricity", -1000.0), capex=0.0), terms)
    assert case.simple_payback_a.best == 0.0
    assert (case.irr, case.undefined["irr"]) == (None, "no_outlay")


def test_nothing_saved_leaves_payback_and_rate_undefined_with_reasons(terms, make):
    case = only(make.solution("S", make.delta("electricity", 1000.0)), terms)
    assert case.saving_per_a.best < 0.0
    assert case.undefined["simple_payback_a"] == "no_saving"
    assert case.undefined["irr"] == "no_sign_change"
    assert case.undefined["abatement_cost_usd_per_t"] == "no_emission_saving"


def test_cost_in_another_currency_takes_the_rate_of_its_year(terms, make):
    rates = (*terms.book.rates, ExchangeRate("VND", "USD", 23000.0, 2020))
    cost = CostItem("capex", "Quote", Range.exact(1000.0), "USD", 2020)
    record = replace(make.solution("S", make.delta("electricity", -1000.0)), costs=(cost,))
    case = only(record, replace(terms, book=replace(terms.book, rates=rates)))
    assert case.capex.best == pytest.approx(2.3e7)
    assert "valuation.cost.old_price" in codes(case.issues)


def test_cost_without_a_rate_is_an_issue(terms, make):
    cost = CostItem("capex", "Quote", Range.exact(1000.0), "JPY", 2025)
    record = replace(make.solution("S", make.delta("electricity", -1000.0)), costs=(cost,))
    case = only(record, terms)
    assert case.undefined["npv"] == "capex_missing"
    assert "valuation.rate.missing" in codes(case.issues)


def test_prices_with_vat_are_an_issue(terms, make):
    taxed = replace(terms, book=replace(terms.book, vat_included=True))
    case = only(make.solution("S", make.delta("electricity", -1000.0)), taxed)
    assert "valuation.book.vat_included" in codes(case.issues)


def test_measure_above_forty_percent_of_its_use_is_to_be_explained(terms, make):
    big = make.solution("S", make.delta("electricity", -0.5, AIR, effect=Effect.FRACTION))
    fine = make.solution("T", make.delta("electricity", -0.4, AIR, effect=Effect.FRACTION))
    cases = value((big, fine), terms)
    assert "valuation.measure.large" in codes(cases["S"].issues)
    assert "valuation.measure.large" not in codes(cases["T"].issues)


def test_waste_avoided_saves_its_disposal_and_its_emissions(terms, make):
    case = only(make.solution("S", make.delta("fly_ash", -10.0, "flow/ash")), terms)
    assert [(m.label, m.amount.best, m.fate) for m in case.money] == [
        ("avoided_disposal", pytest.approx(5e6), "landfilled")
    ]
    assert case.ghg_t_per_a.best == pytest.approx(0.2)


def test_scrap_that_is_sold_loses_its_income_when_it_is_avoided(terms, make):
    case = only(make.solution("S", make.delta("steel_scrap", -10.0, "flow/scrap")), terms)
    assert [(m.label, m.amount.best) for m in case.money] == [("lost_sale", pytest.approx(-8e7))]
    assert case.emissions == ()


def test_stream_entered_month_by_month_counts_as_one(terms, make):
    months = tuple(
        Flow(f"m{n}", "A", Direction.OUT, "natural_sand", Amount(10.0, "t"), Period.month(2025, n),
             fate=Fate.LANDFILLED, price=-1e5, currency="VND")
        for n in range(1, 13)
    )  # fmt: skip
    record = make.solution("S", make.delta("natural_sand", -90.0, "flow/m3"))
    case = only(record, replace(terms, flows=terms.flows + months))
    assert case.physical[0].amount.best == pytest.approx(-90.0)
    assert case.saving_per_a.best == pytest.approx(9e6)


def test_heat_given_off_has_neither_price_nor_emissions(terms, make):
    record = make.solution(
        "S",
        make.delta("waste_heat", -1e5, "flow/heat", step=Step.SOURCE),
        make.delta("steam", -63.0, DYEING, step=Step.SOURCE),
    )
    case = only(record, terms)
    assert not codes(case.issues)
    # 63 / 0.9 / 7 = 10 t of coal
    assert case.ghg_t_per_a.best == pytest.approx(26.08)


def test_ranges_enclose_the_best_value_and_come_back_with_the_same_seed(terms, make):
    record = make.solution("S", make.delta("electricity", -1000.0, width=0.3))
    one, again = only(record, terms), only(record, terms)
    other = only(record, replace(terms, settings=replace(terms.settings, seed=2)))
    assert one.saving_per_a.low < one.saving_per_a.best <= one.saving_per_a.high
    assert one == again
    assert one.saving_per_a.best == other.saving_per_a.best
    assert one.saving_per_a.low != other.saving_per_a.low


def test_realisation_alone_gives_its_own_points(terms, make):
    # no other doubt: 60 % at the tenth, the stated saving in front
    exact = tuple(replace(p, uncertainty=0.0) for p in terms.book.prices)
    sure = replace(terms, book=replace(terms.book, prices=exact))
    case = only(make.solution("S", make.delta("electricity", -1000.0, AIR)), sure)
    assert case.saving_per_a.low == pytest.approx(0.6 * case.saving_per_a.best, rel=0.01)
    assert case.saving_per_a.high == pytest.approx(case.saving_per_a.best, rel=0.01)


def test_measured_saving_is_not_discounted_by_the_realisation_factor(terms, make):
    exact = tuple(replace(p, uncertainty=0.0) for p in terms.book.prices)
    sure = replace(terms, book=replace(terms.book, prices=exact))
    case = only(make.solution("S", make.delta("electricity", -1000.0, AIR), rung=Rung.MEASURED), sure)
    assert case.saving_per_a.low == pytest.approx(case.saving_per_a.best)


def test_drivers_sum_to_one_and_name_the_widest_input(terms, make):
    settings = replace(terms.settings, realisation=Range.exact(1.0), draws=1000)
    record = make.solution("S", make.delta("electricity", -1000.0, width=0.5), capex=1e4)
    case = only(record, replace(terms, settings=settings))
    npv = {name: part for name, part in case.drivers.items() if name.startswith("npv.")}
    assert sum(npv.values()) == pytest.approx(1.0)
    assert max(npv, key=npv.__getitem__) == "npv.delta"
    assert sum(p for n, p in case.drivers.items() if n.startswith("ghg.")) == pytest.approx(1.0)


def test_exchange_falls_on_both_sites_whole_and_its_price_cancels(terms, make):
    case = only(make.exchange("X", "fly_ash", "natural_sand", 50.0, price=1e5), terms)
    assert {(p.participant_id, p.resource_id, p.amount.best) for p in case.physical} == {
        ("A", "fly_ash", -50.0), ("B", "natural_sand", -50.0),
    }  # fmt: skip
    transfers = [m for m in case.money if m.transfer]
    assert {(m.party, m.amount.best) for m in transfers} == {("A", 5e6), ("B", -5e6)}
    # 50 t of tipping at 500,000 and 50 t of sand at 400,000; the price between them is not in it
    assert case.saving_per_a.best == pytest.approx(50 * 5e5 + 50 * 4e5)


def test_life_cycle_credit_never_enters_the_site_total(terms, make):
    case = only(make.exchange("X", "fly_ash", "natural_sand", 50.0), terms)
    cycle = [e for e in case.emissions if e.book is Book.LIFE_CYCLE]
    assert sum(e.amount.best for e in cycle) == pytest.approx(0.25)
    assert case.ghg_t_per_a.best == pytest.approx(50 * 0.02)


def test_scrap_sold_today_earns_the_price_difference_and_no_credit(terms, make):
    case = only(make.exchange("X", "steel_scrap", "steel_scrap", 20.0), terms)
    assert case.emissions == ()
    # B no longer buys at 9 million, A no longer sells at 8 million
    assert case.saving_per_a.best == pytest.approx(20 * (9e6 - 8e6))


def test_physical_of_a_bundle_is_the_joint_change(terms, make):
    two = tuple(make.solution(n, make.delta("electricity", -0.3, AIR, effect=Effect.FRACTION)) for n in "ST")
    lines, issues = physical(two, terms)
    assert sum(line.amount.best for line in lines) == pytest.approx(-0.51 * 2e5)
    assert issues == ()
