import numpy as np
import pytest

from parkloop.methods.interaction import (
    ABSOLUTE,
    EFFICIENCY,
    FRACTION,
    Changes,
    Forest,
    combine,
    path_factors,
)

# 1000 t coal -> boiler 4500 kWh/t -> 4.5 GWh steam -> 10 % loss -> 4.05 GWh use
STEAM = Forest(
    parent=[-1, 0, 1, 2],
    amount=[1000.0, 1000.0, 4.5e6, 4.05e6],
    output_fraction=[1.0, 4500.0, 0.9, 1.0],
    distribution=[False, False, True, False],
)


def test_two_measures_of_thirty_percent_on_one_compressor_save_51_percent():
    two = Changes([1, 1], [1, 1], [FRACTION, FRACTION], [-0.3, -0.3])
    outcome = combine(Forest([-1, 0], [400.0, 100.0]), two)
    assert outcome.amount == pytest.approx([349.0, 49.0])  # 100 x 0.7 x 0.7
    assert outcome.change.sum() == pytest.approx(-51.0)


def test_boiler_efficiency_and_demand_compound_as_by_hand():
    # use 4.05e6 x 0.8 = 3.24e6; before distribution / 0.9 = 3.6e6; boiler / 5000 = 720 t
    changes = Changes([3, 1], [1, 3], [FRACTION, EFFICIENCY], [-0.2, 5000.0])
    assert combine(STEAM, changes).amount == pytest.approx([720.0, 720.0, 3.6e6, 3.24e6])


def test_distribution_fraction_acts_on_the_loss_alone():
    # loss 10 % -> 5 %: 4.05e6 / 0.95 / 4500 t
    changes = Changes([2], [2], [FRACTION], [-0.5])
    assert combine(STEAM, changes).amount[0] == pytest.approx(4.05e6 / 0.95 / 4500.0)


def test_distribution_absolute_stops_at_the_loss():
    changes = Changes([2], [2], [ABSOLUTE], [-9e6])
    assert combine(STEAM, changes).amount[2] == pytest.approx(4.05e6)


def test_of_two_new_boilers_the_better_one_counts_and_no_product():
    changes = Changes([1, 1], [3, 3], [EFFICIENCY, EFFICIENCY], [5000.0, 4800.0])
    outcome = combine(STEAM, changes)
    assert outcome.amount[0] == pytest.approx(4.5e6 / 5000.0)
    assert outcome.change == pytest.approx([-100.0, 0.0])


def test_absolute_saving_stated_on_the_baseline_shrinks_with_what_is_left():
    # 100 kWh, 20 % less demand on the child; 30 kWh of the parent's 100 become 24 of its 80
    changes = Changes([1, 0], [1, 1], [FRACTION, ABSOLUTE], [-0.2, -30.0])
    outcome = combine(Forest([-1, 0], [100.0, 100.0]), changes)
    assert outcome.amount == pytest.approx([56.0, 80.0])


def test_absolute_savings_add_up_to_the_cap_and_to_what_is_left():
    changes = Changes([0, 0], [1, 1], [ABSOLUTE, ABSOLUTE], [-70.0, -70.0], cap=[90.0, 80.0])
    assert combine(Forest([-1], [200.0]), changes).amount[0] == pytest.approx(110.0)
    open_ = Changes([0, 0], [1, 1], [ABSOLUTE, ABSOLUTE], [-70.0, -70.0])
    assert combine(Forest([-1], [100.0]), open_).amount[0] == pytest.approx(0.0)


def test_solar_keeps_its_amount_when_demand_falls_but_not_beyond_what_is_left():
    demand_and_sun = Changes([0, 0], [1, 4], [FRACTION, ABSOLUTE], [-0.5, -40.0])
    assert combine(Forest([-1], [100.0]), demand_and_sun).amount[0] == pytest.approx(10.0)
    more_sun = Changes([0, 0], [1, 4], [FRACTION, ABSOLUTE], [-0.5, -70.0])
    assert combine(Forest([-1], [100.0]), more_sun).amount[0] == pytest.approx(0.0)


def test_new_fuel_follows_the_realised_share_of_the_old_one():
    # boiler switched from 1000 t coal to 1500 t husk; 20 % less demand leaves 800 t to switch: 1200 t husk
    forest = Forest([-1, -1], [1000.0, 0.0])
    changes = Changes(
        [0, 0, 1], [1, 4, 4], [FRACTION, FRACTION, ABSOLUTE], [-0.2, -1.0, 1500.0], owner=[0, 1, 1]
    )
    assert combine(forest, changes).amount == pytest.approx([0.0, 1200.0])


def test_exchange_takes_what_the_smaller_side_allows_on_both_sides():
    # donor has 100 t, of which a measure avoids 40; the receiver needs 50 and saves 20 % of it
    forest = Forest([-1, -1], [100.0, 50.0])
    changes = Changes(
        [0, 1, 0, 1],
        [1, 1, 5, 5],
        [ABSOLUTE, FRACTION, ABSOLUTE, ABSOLUTE],
        [-40.0, -0.2, -80.0, -40.0],
        owner=[0, 1, 2, 2],
        link=[-1, -1, 0, 0],
    )
    outcome = combine(forest, changes)
    assert outcome.change[2:] == pytest.approx([-60.0, -30.0])  # three quarters of both sides
    assert outcome.realised[2] == pytest.approx(0.75)


def test_cap_on_one_side_of_an_exchange_holds_the_other_back():
    # the receiver may replace 30 t only, so the donor keeps 70 of its 100 t
    changes = Changes(
        [0, 1], [5, 5], [ABSOLUTE] * 2, [-40.0, -40.0], cap=[np.inf, 30.0], owner=[0, 0], link=[0, 0]
    )
    assert combine(Forest([-1, -1], [100.0, 100.0]), changes).amount == pytest.approx([70.0, 70.0])


def test_heat_recovered_once_cannot_be_exchanged_again():
    # 1000 kWh of waste heat: 700 recovered inside (step 4), 600 promised to a neighbour: only 300 are left
    forest = Forest([-1, -1, -1], [1000.0, 5000.0, 5000.0])
    changes = Changes(
        [0, 1, 0, 2], [4, 4, 5, 5], [ABSOLUTE] * 4, [-700.0, -700.0, -600.0, -600.0],
        owner=[0, 0, 1, 1], link=[0, 0, 1, 1],
    )  # fmt: skip
    outcome = combine(forest, changes)
    assert outcome.amount == pytest.approx([0.0, 4300.0, 4700.0])


def test_what_one_receiver_cannot_take_is_offered_to_the_other():
    # 100 t for two receivers who ask for 100 t each; the first can use 10 t, so the second gets 90 t
    forest = Forest([-1, -1, -1], [100.0, 10.0, 200.0])
    changes = Changes(
        [0, 1, 0, 2], [5] * 4, [ABSOLUTE] * 4, [-100.0] * 4, owner=[0, 0, 1, 1], link=[0, 0, 1, 1]
    )
    assert combine(forest, changes).change == pytest.approx([-10.0, -10.0, -90.0, -90.0])


def test_exchange_on_a_use_below_a_boiler_reaches_the_fuel():
    # 450,000 of 4.05e6 kWh of heat come from the neighbour: one ninth less coal
    forest = Forest(
        [-1, 0, 1, 2, -1],
        [1000.0, 1000.0, 4.5e6, 4.05e6, 1e6],
        [1.0, 4500.0, 0.9, 1.0, 1.0],
    )
    changes = Changes([4, 3], [5, 5], [ABSOLUTE] * 2, [-450000.0, -450000.0], owner=[0, 0], link=[0, 0])
    assert combine(forest, changes).amount[0] == pytest.approx(1000.0 * 8 / 9)


def test_uses_that_exceed_the_supply_never_save_more_than_it():
    forest = Forest([-1, 0, 0], [100.0, 80.0, 80.0], weight=[1.0, 100 / 160, 100 / 160])
    changes = Changes([1, 2], [1, 1], [FRACTION] * 2, [-1.0, -1.0])
    assert combine(forest, changes).amount[0] == pytest.approx(0.0)


def test_unknown_baseline_lets_amounts_pass_as_stated():
    changes = Changes([0, 0], [1, 1], [ABSOLUTE] * 2, [-30.0, -12.0])
    assert combine(Forest([-1], [0.0], bounded=[False]), changes).amount[0] == pytest.approx(-42.0)


def test_draws_give_the_same_as_one_by_one():
    values = np.array([[-0.2, -0.5, 0.1], [5000.0, 4500.0, 5200.0]])
    both = combine(STEAM, Changes([3, 1], [1, 3], [FRACTION, EFFICIENCY], values)).amount
    for n in range(3):
        one = combine(STEAM, Changes([3, 1], [1, 3], [FRACTION, EFFICIENCY], values[:, n])).amount
        assert both[:, n] == pytest.approx(one)


def test_no_changes_leave_everything():
    outcome = combine(STEAM, Changes([], [], [], []))
    assert outcome.amount.reshape(-1) == pytest.approx([1000.0, 1000.0, 4.5e6, 4.05e6])


def test_parents_in_a_circle_are_refused():
    with pytest.raises(ValueError, match="circle"):
        path_factors(Forest([1, 0], [1.0, 1.0]))
