import pytest

from parkloop.model import Stage
from parkloop.reports.figures import key_figures, stage_counts


def test_counted_twice_when_cases_overlap_then_stand_alone_minus_plan(result):
    for figure in key_figures(result):
        assert figure.counted_twice == pytest.approx(figure.stand_alone - figure.total.best)
        # the fixture keeps 93 % of every case
        assert figure.total.best == pytest.approx(0.93 * figure.stand_alone)


def test_lines_when_shares_are_listed_then_they_sum_to_the_total(result):
    for figure in key_figures(result):
        assert sum(amount for _, amount in figure.lines) == pytest.approx(figure.total.best)


def test_electricity_when_after_minus_before_then_saved_is_positive(result):
    electricity = next(item for item in key_figures(result) if item.id == "electricity")
    assert result.portfolio.physical["electricity"].best < 0 < electricity.total.best


def test_stages_when_totalled_then_five_in_order_and_never_merged(result):
    for figure in key_figures(result):
        assert [item.stage for item in figure.stages] == [
            "proposed",
            "feasible",
            "decided",
            "implemented",
            "verified",
        ]


def test_stage_counts_when_counted_then_every_solution_once(result):
    counts = stage_counts(result)
    assert sum(counts.values()) == len(result.solutions)
    assert counts["rejected"] == sum(1 for item in result.solutions if item.stage is Stage.REJECTED)


def test_key_figures_when_nothing_is_there_then_zero_without_error(empty_result):
    for figure in key_figures(empty_result):
        assert figure.total.best == 0
        assert all(item.amount is None for item in figure.stages)
