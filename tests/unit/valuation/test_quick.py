"""The quick evaluator of a search says the same as the full one."""

from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import Effect, Stage, StageEvent
from parkloop.valuation import evaluate, quick_evaluator

AIR = "A/electricity/air"


@pytest.fixture
def calm(terms):
    """Terms without draws."""
    return replace(terms, settings=replace(terms.settings, draws=0))


@pytest.fixture
def leaks(make):
    return make.solution("leaks", make.delta("electricity", -0.3, AIR, effect=Effect.FRACTION))


@pytest.fixture
def pressure(make):
    return make.solution("pressure", make.delta("electricity", -0.3, AIR, effect=Effect.FRACTION))


def same(found, wanted):
    assert found.solution_ids == wanted.solution_ids
    for name in ("saving", "saving_usd", "ghg_t", "capex", "capex_usd"):
        assert getattr(found, name).best == pytest.approx(getattr(wanted, name).best, rel=1e-9, abs=1e-6)
    assert found.npv == pytest.approx(wanted.npv, rel=1e-9, abs=1e-6)
    for one, other in zip(found.shares, wanted.shares, strict=True):
        assert (one.solution_id, one.stage) == (other.solution_id, other.stage)
        assert one.saving == pytest.approx(other.saving, rel=1e-9, abs=1e-6)
        assert one.ghg_t == pytest.approx(other.ghg_t, rel=1e-9, abs=1e-9)


def test_quick_evaluation_of_every_bundle_is_that_of_evaluate(calm, leaks, pressure):
    quick = quick_evaluator((leaks, pressure), calm)
    for bundle in ((), (leaks,), (pressure,), (leaks, pressure), (pressure, leaks)):
        same(quick(bundle), evaluate(bundle, calm))


def test_quick_evaluation_when_one_is_in_place_then_it_keeps_what_it_added(calm, leaks, pressure):
    done = replace(leaks, stage=Stage.IMPLEMENTED, history=(StageEvent(Stage.IMPLEMENTED, date(2024, 5, 1)),))
    same(quick_evaluator((pressure, done), calm)((pressure, done)), evaluate((pressure, done), calm))


def test_quick_evaluation_when_a_solution_is_not_one_of_them_then_it_is_refused(calm, leaks, pressure):
    with pytest.raises(KeyError):
        quick_evaluator((leaks,), calm)((pressure,))
