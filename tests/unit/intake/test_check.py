"""Balances, reconciliation, gaps and plausibility of a small park worked out by hand."""

from dataclasses import replace

import pytest

from parkloop.intake.check import check
from parkloop.model import (
    Amount,
    Bill,
    Direction,
    Flow,
    Ledger,
    Park,
    Participant,
    ParticipantKind,
    Period,
    Product,
    Programme,
    SourceClass,
)

YEAR = 2025


def flow(owner: str, direction: Direction, resource_id: str, value: float, **more: object) -> Flow:
    unit = "kWh" if resource_id == "electricity" else "m3"
    amount = Amount(value, unit, source_class=SourceClass.METERED)
    tail = f"-{more['counterpart_id']}" if more.get("counterpart_id") else ""
    return Flow(
        f"{owner}-{direction.value}-{resource_id}{tail}",
        owner,
        direction,
        resource_id,
        amount,
        Period.year(YEAR),
        **more,
    )  # type: ignore[arg-type]


def ledger(*flows: Flow, bills: tuple[Bill, ...] = (), products: tuple[Product, ...] = ()) -> Ledger:
    return Ledger(
        Programme("P", "p", "p"),
        (Park("K", "P", "k", "k"),),
        (
            Participant("A", "K", "a", sector="vsic:1313"),
            Participant("B", "K", "b"),
            Participant("W", "K", "w", ParticipantKind.UTILITY, utility_kind="wastewater_plant"),
        ),
        flows=flows,
        bills=bills,
        products=products,
    )


def codes(found: object) -> list[str]:
    return sorted(issue.code for issue in found.issues)  # type: ignore[attr-defined]


def test_water_balance_when_less_leaves_than_comes_then_it_closes() -> None:
    found = check(
        ledger(flow("A", Direction.IN, "fresh_water", 1000), flow("A", Direction.OUT, "wastewater", 800)),
        "K",
        YEAR,
    )
    row = next(b for b in found.balances if b.participant_id == "A" and b.subject == "water")
    assert (row.inflow, row.outflow, row.residual, row.closes) == (1000, 800, 200, True)


def test_water_balance_when_more_leaves_than_comes_then_an_issue_names_the_participant() -> None:
    found = check(
        ledger(flow("A", Direction.IN, "fresh_water", 1000), flow("A", Direction.OUT, "wastewater", 1600)),
        "K",
        YEAR,
    )
    issue = next(i for i in found.issues if i.code == "intake.balance.does_not_close")
    assert issue.where.record == "A"
    assert issue.where.field == "water"


def test_reconciliation_when_tenants_and_plant_disagree_then_both_are_moved_by_their_uncertainty() -> None:
    # 600 + 300 arrive as 930. One class of source, so one relative uncertainty: variances as 600^2 : 300^2 :
    # 930^2, and the 30 m3 are shared in these proportions.
    found = check(
        ledger(
            flow("A", Direction.OUT, "wastewater", 600, counterpart_id="W"),
            flow("B", Direction.OUT, "wastewater", 300, counterpart_id="W"),
            flow("A", Direction.IN, "fresh_water", 700),
            flow("B", Direction.IN, "fresh_water", 400),
            flow("W", Direction.IN, "wastewater", 930),
        ),
        "K",
        YEAR,
    )
    adjusted = {a.flow_id: a for b in found.balances if b.subject == "water" for a in b.adjusted}
    total = 600**2 + 300**2 + 930**2
    assert adjusted["A-out-wastewater-W"].adjusted == pytest.approx(600 + 30 * 600**2 / total)
    assert adjusted["W-in-wastewater"].adjusted == pytest.approx(930 - 30 * 930**2 / total)
    assert adjusted["A-out-wastewater-W"].entered == 600


def test_reconciliation_when_one_value_is_ten_times_off_then_it_is_a_gross_error() -> None:
    found = check(
        ledger(
            flow("A", Direction.OUT, "wastewater", 600, counterpart_id="W"),
            flow("A", Direction.IN, "fresh_water", 700),
            flow("W", Direction.IN, "wastewater", 6000),
        ),
        "K",
        YEAR,
    )
    assert "intake.balance.gross_error" in codes(found)


def test_gap_when_a_dyehouse_entered_nothing_then_ranges_are_inferred_and_not_entered() -> None:
    given = ledger(products=(Product("A-p", "A", "fabric", "t", YEAR, 1000.0),))
    found = check(given, "K", YEAR)
    inferred = {row.flow.resource_id: row for row in found.inferred if row.flow.participant_id == "A"}
    # 1,000 t at 800 to 2,500 kWh/t (band of the sector, unchecked); the best value is the geometric mean.
    assert inferred["electricity"].range.low == pytest.approx(800e3, rel=1e-3)
    assert inferred["electricity"].range.high == pytest.approx(2500e3, rel=1e-3)
    assert inferred["electricity"].range.best == pytest.approx((800e3 * 2500e3) ** 0.5, rel=1e-3)
    assert inferred["electricity"].flow.amount.source_class is SourceClass.INFERRED
    assert given.flows == ()


def test_gap_when_sector_is_unknown_then_the_gap_stays_open() -> None:
    assert "intake.gap.open" in codes(check(ledger(), "K", YEAR))


def bill(month: int, kwh: float) -> Bill:
    period = Period.month(YEAR, month)
    return Bill(f"b{month}", "A", "electricity", period, Amount(kwh, "kWh", source_class=SourceClass.BILLED))


def test_bills_when_a_month_is_missing_then_the_year_is_not_covered() -> None:
    found = check(ledger(bills=tuple(bill(m, 1e5) for m in range(1, 12))), "K", YEAR)
    assert "intake.bills.year_not_covered" in codes(found)


def test_bills_when_one_month_is_in_mwh_then_it_is_odd() -> None:
    bills = tuple(replace(bill(m, 1e5), amount=Amount(100.0 if m == 3 else 1e5, "kWh")) for m in range(1, 13))
    found = check(ledger(bills=bills), "K", YEAR)
    issue = next(i for i in found.issues if i.code == "intake.bills.odd_month")
    assert issue.where.record == "bill/b3"
