import numpy as np
import pytest

from parkloop.methods import economics as eco


def test_npv_of_the_textbook_flow_matches_the_sum_by_hand():
    # -1000 + 300/1.08 + 400/1.1664 + 500/1.259712 = -1000 + 277.778 + 342.936 + 396.916
    assert float(eco.npv(0.08, [-1000.0, 300.0, 400.0, 500.0])) == pytest.approx(17.630, abs=1e-3)


def test_npv_takes_many_flows_at_once():
    flows = np.array([[-1000.0, 1100.0], [-1000.0, 1210.0]])
    assert eco.npv([0.10, 0.10], flows) == pytest.approx([0.0, 100.0])


def test_npv_at_the_irr_is_zero():
    flow = [-5000.0, 1200.0, 1410.0, 1875.0, 1050.0]
    rate = eco.irr(flow)
    assert rate.value is not None
    assert float(eco.npv(rate.value, flow)) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        ([100.0, 50.0], eco.NoRate.NO_SIGN_CHANGE),
        ([-100.0, -50.0], eco.NoRate.NO_SIGN_CHANGE),
        ([0.0, 0.0], eco.NoRate.NO_SIGN_CHANGE),
        ([-1000.0, 2300.0, -1320.0], eco.NoRate.MULTIPLE),  # zero at 10 % and at 20 %
        ([-100.0, 230.0, -200.0], eco.NoRate.NO_ROOT),  # 230^2 < 4 x 100 x 200
    ],
)
def test_irr_is_none_with_the_reason_when_undefined(flow, reason):
    assert eco.irr(flow) == (None, reason)


def test_even_irr_agrees_with_the_general_one():
    rates = eco.even_irr([1000.0, 1000.0, 0.0, 1000.0], [500.0, 100.0, 100.0, 0.0], 5.0)
    assert rates[0] == pytest.approx(eco.irr([-1000.0] + [500.0] * 5).value, abs=1e-9)
    assert rates[1] == pytest.approx(eco.irr([-1000.0] + [100.0] * 5).value, abs=1e-9)
    assert np.isnan(rates[2:]).all()


def test_annuity_factor_of_a_broken_lifetime_counts_the_rest_at_the_end_of_its_year():
    # 1/1.1 + 1/1.21 + 0.5/1.331
    assert float(eco.annuity_factor(0.1, 2.5)) == pytest.approx(1 / 1.1 + 1 / 1.21 + 0.5 / 1.331)


def test_annuity_pays_the_outlay_back_exactly():
    assert float(eco.annuity(1000.0, 0.07, 10.0) * eco.annuity_factor(0.07, 10.0)) == pytest.approx(1000.0)


def test_present_value_equals_the_written_out_flow():
    flow = [-1000.0] + [320.0] * 4
    assert float(eco.present_value(1000.0, 320.0, 0.09, 4.0)) == pytest.approx(float(eco.npv(0.09, flow)))


def test_discounted_payback_matches_the_sum_by_hand():
    # 454.545 + 413.223 = 867.769; 132.231 of 375.657 in year three
    assert float(eco.discounted_payback(1000.0, 500.0, 0.1, 5.0)) == pytest.approx(2.352, abs=1e-3)


def test_discounted_payback_is_nan_when_the_lifetime_ends_before():
    assert np.isnan(eco.discounted_payback(1000.0, 250.0, 0.1, 5.0))
    assert np.isnan(eco.discounted_payback(1000.0, -1.0, 0.1, 5.0))


def test_discounted_payback_without_interest_is_the_simple_one():
    assert float(eco.discounted_payback(1000.0, 400.0, 0.0, 5.0)) == pytest.approx(2.5)


def test_simple_payback_is_nan_without_saving_and_zero_without_outlay():
    assert np.isnan(eco.simple_payback(100.0, 0.0))
    assert float(eco.simple_payback(0.0, 10.0)) == 0.0


def test_levelised_cost_of_saved_kwh_by_hand():
    # annuity 1000 / 2.486852 = 402.115; (402.115 - 30) / 5000
    assert float(eco.levelised_cost(1000.0, -30.0, 5000.0, 0.1, 3.0)) == pytest.approx(0.074423, abs=1e-6)


def test_loan_repays_everything_and_present_value_at_its_rate_is_the_principal():
    credit = eco.loan(1000.0, 0.09, 6, grace_a=2)
    assert credit.repayment.sum() == pytest.approx(1000.0)
    assert credit.payment[:2] == pytest.approx([90.0, 90.0])
    assert float(eco.npv(0.09, np.concatenate(([0.0], credit.payment)))) == pytest.approx(1000.0)
    assert credit.balance[-1] == 0.0


def test_loan_without_a_year_of_repayment_is_refused():
    with pytest.raises(ValueError, match="repayment"):
        eco.loan(1000.0, 0.1, 2, grace_a=2)


def test_loan_cash_flow_is_outlay_less_loan_then_saving_less_payment():
    # annuity of 500 over 2 years at 10 %: 500 / 1.735537 = 288.095
    flow = eco.loan_cash_flow(1000.0, 500.0, 3, eco.loan(500.0, 0.1, 2), 500.0)
    assert flow == pytest.approx([-500.0, 211.905, 211.905, 500.0], abs=1e-3)
