from dataclasses import replace

import pytest

from parkloop.model import Amount, Bill, Direction, Flow, Period
from parkloop.reports.yearly import year_flows


def _only(rows, who, resource):
    found = [row for row in rows if row.participant_id == who and row.resource_id == resource]
    assert len(found) == 1
    return found[0]


def test_year_flows_when_nine_bills_then_sum_and_three_quarters_covered(result):
    row = _only(year_flows(result), "E-06", "electricity")
    assert row.amount == pytest.approx(9 * 1.25e6)
    assert row.coverage_fraction == pytest.approx(9 / 12)


def test_year_flows_when_billed_and_entered_then_counted_once(result):
    extra = Flow("F-99", "E-06", Direction.IN, "electricity", Amount(15e6, "kWh"), Period.year(2025))
    both = replace(result, ledger=replace(result.ledger, flows=(*result.ledger.flows, extra)))
    assert _only(year_flows(both), "E-06", "electricity").amount == pytest.approx(9 * 1.25e6)


def test_year_flows_when_reconciled_then_both_values_are_kept(result):
    row = _only(year_flows(result), "E-01", "fresh_water")
    assert (row.entered, row.amount, row.adjusted) == (412_000, 401_300, True)


def test_year_flows_when_another_year_then_left_out(result):
    old = Bill("B-old", "E-01", "electricity", Period.month(2024, 1), Amount(1.0, "kWh"))
    ledger = replace(result.ledger, bills=(old,), flows=())
    assert year_flows(replace(result, ledger=ledger)) == ()
