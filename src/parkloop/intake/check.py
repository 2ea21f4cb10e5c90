"""Check the ledger of a park: balances, reconciliation, gaps, plausibility."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop import reference
from parkloop.intake.balance import balances, reconciled
from parkloop.intake.gap import fill_gaps, implausible
from parkloop.intake.quantities import yearly_amounts
from parkloop.model import Adjusted, Balance, Checked, Family, Ledger, Resource

__all__ = ["check"]


def check(ledger: Ledger, park_id: str, year: int) -> Checked:
    """What the records of one park in one year say about themselves.

    Parameters
    ----------
    ledger
        The park's records; those of other parks are left aside.

    Returns
    -------
    Checked
        Balances per participant with adjusted values beside the entered ones, inferred flows as ranges, and
        issues. The ledger itself is not touched.
    """
    members = {p.id for p in ledger.participants_of(park_id)}
    part = replace(
        ledger,
        participants=ledger.participants_of(park_id),
        flows=tuple(f for f in ledger.flows if f.participant_id in members),
        bills=tuple(b for b in ledger.bills if b.participant_id in members),
        products=tuple(p for p in ledger.products if p.participant_id in members),
    )
    resources = reference.resources()
    amounts = yearly_amounts(part, year, resources)
    rows, open_issues = balances(amounts, year, resources)
    adjusted, gross = reconciled(part, year, resources)
    of = {flow.id: resources[flow.resource_id] for flow in part.flows if flow.resource_id in resources}
    rows = tuple(_beside(row, adjusted.get(row.participant_id, ()), of) for row in rows)
    inferred, gaps = fill_gaps(part, amounts, year)
    odd = implausible(part, amounts, year, resources)
    return Checked(rows, inferred, open_issues + gross + gaps + odd)


def _beside(row: Balance, adjusted: tuple[Adjusted, ...], of: Mapping[str, Resource]) -> Balance:
    """`row` with the adjusted values of its own subject; `of` is the resource of each flow."""

    def belongs(item: Adjusted) -> bool:
        resource = of[item.flow_id]
        if row.subject == "water":
            return resource.family is Family.WATER
        if row.subject == "energy":
            return resource.family in (Family.ELECTRICITY, Family.FUEL, Family.HEAT)
        return (
            row.subject == "mass"
            and resource.unit == "t"
            and resource.family not in (Family.FUEL, Family.HEAT)
        )

    return replace(row, adjusted=tuple(item for item in adjusted if belongs(item)))
