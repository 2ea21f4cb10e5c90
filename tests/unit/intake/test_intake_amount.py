"""Typed units to canonical amounts."""

import pytest

from parkloop import reference
from parkloop.intake.amount import scale
from parkloop.intake.trouble import CellError
from parkloop.model import Period

YEAR = Period.year(2025)


def test_scale_when_a_monthly_rate_in_a_year_then_twelve_times_and_said() -> None:
    found = scale("tấn/tháng", "t", YEAR, None)
    assert found.factor == 12.0
    assert [note.code for note in found.notes] == ["intake.amount.rate_summed"]


@pytest.mark.parametrize(
    ("unit", "period", "factor"),
    [
        ("kg/day", Period.year(2024), 0.366),  # 366 days of 1 kg
        ("m3/ngày", Period.month(2025, 2), 28.0),
        ("t/month", Period.month(2025, 2), 1.0),
        ("t/năm", YEAR, 1.0),
        ("t/quý", YEAR, 4.0),
        ("TẤN", YEAR, 1.0),
        ("Lít", YEAR, 0.001),
    ],
)
def test_scale_when_rate_and_period_fit_then_summed(unit: str, period: Period, factor: float) -> None:
    canonical = "m3" if unit.startswith(("m3", "L")) else "t"
    assert scale(unit, canonical, period, None).factor == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "period", "code"),
    [
        ("t/năm", Period.month(2025, 2), "intake.amount.rate_period"),
        ("t/h", YEAR, "intake.amount.rate_per_hour"),
        ("kWhh", YEAR, "intake.amount.unit_unknown"),
        ("ml", YEAR, "intake.amount.unit_unknown"),  # never read as ML, a million litres
        ("kWh", YEAR, "intake.amount.unit_mismatch"),
    ],
)
def test_scale_when_it_would_be_a_guess_then_refused(unit: str, period: Period, code: str) -> None:
    with pytest.raises(CellError) as caught:
        scale(unit, "t", period, None)
    assert caught.value.code == code


def test_scale_when_litres_of_diesel_then_by_its_density() -> None:
    diesel = reference.resources()["diesel"]
    assert diesel.density_t_per_m3 is not None
    found = scale("L", "t", YEAR, diesel)
    assert found.factor == pytest.approx(diesel.density_t_per_m3 / 1000.0)
    assert found.notes[0].arguments["property"] == "density_t_per_m3"


def test_scale_when_gigajoules_of_coal_then_by_its_calorific_value() -> None:
    coal = reference.resources()["coal_anthracite"]
    assert coal.ncv_gj_per_unit is not None
    assert scale("GJ", "t", YEAR, coal).factor == pytest.approx(1.0 / coal.ncv_gj_per_unit)
