"""The tables measures read."""

import pytest

from parkloop.reference import cost_functions, equipment_kinds, measure_values
from parkloop.reference.measures import fuel_burning, motor_class, pump_curve
from parkloop.reference.sources import sources


def test_kinds_when_listed_then_labels_and_bounds_are_complete():
    for kind in equipment_kinds().values():
        assert kind.label_en and kind.label_vi and kind.fields, kind.id
        names = [field.name for field in kind.fields]
        assert len(names) == len(set(names)), kind.id
        for field in kind.fields:
            assert field.label_en and field.label_vi, (kind.id, field.name)
            if field.unit == "text":
                assert field.low is None and field.high is None
            else:
                assert field.low < field.high, (kind.id, field.name)


def test_kinds_when_a_field_is_asked_for_then_it_or_nothing_is_given():
    boiler = equipment_kinds()["boiler"]
    assert boiler.field("steam_capacity_t_h").required
    assert boiler.field("colour") is None
    assert boiler.label("vi") == boiler.label_vi


def test_values_when_listed_then_band_is_in_order_and_source_exists():
    for row in measure_values().values():
        assert row.low <= row.value <= row.high, row.id
        assert row.source in sources(), row.id


def test_costs_when_listed_then_a_bigger_job_costs_more_and_nothing_costs_nothing():
    for row in cost_functions().values():
        assert row.amount(0.0) == 0.0
        assert 0 < row.amount(1.0) < row.amount(10.0), row.id
        assert row.low_factor < 1 < row.high_factor
        assert row.source in sources(), row.id


def test_cost_when_a_driver_is_given_then_fixed_plus_power():
    assert cost_functions()["cost.vsd"].amount(30.0) == pytest.approx(400 + 230 * 30**0.85)


def test_fuels_when_listed_then_target_oxygen_is_in_its_band():
    for row in fuel_burning().values():
        assert 0 < row.target_o2_low <= row.target_o2_fraction <= row.target_o2_high < 0.2, row.fuel


def test_motor_class_when_unknown_then_it_says_which_there_are():
    with pytest.raises(KeyError, match="IE1, IE2, IE3 and IE4"):
        motor_class("IE9")


def test_pump_curve_when_style_is_unknown_then_it_says_so():
    with pytest.raises(KeyError, match="no pump curve"):
        pump_curve("spiral", 100.0)
