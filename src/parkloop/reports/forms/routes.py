"""Which side of the fence a change is on, and what becomes of waste that no longer goes to treatment."""

from parkloop import reference
from parkloop.model import Case, Family, Fate, ParkResult, PhysicalLine, Resource, Solution

__all__ = ["leaves_site", "route_of", "to_treatment"]

DISPOSAL = {
    Fate.LANDFILLED.value,
    Fate.INCINERATED.value,
    Fate.TREATED.value,
    Fate.DISCHARGED.value,
    Fate.STORED.value,
}
TAKEN = {Fate.REUSED.value: "reuse", Fate.RECYCLED.value: "recycling"}


def leaves_site(line: PhysicalLine, solution: Solution, case: Case, result: ParkResult) -> bool:
    """Whether a change is of something that leaves the site rather than of something taken in.

    A fate or an output flow tells; without either the role in the exchange, the money of the case (a
    purchase is taken in), and last the family: waste and wastewater leave.
    """
    if line.fate or line.node_id.startswith("flow/"):
        return True
    if line.node_id:
        return False
    exchange = solution.exchange
    if exchange is not None and line.participant_id == exchange.donor_id:
        return line.resource_id == exchange.resource_id
    if exchange is not None and (line.participant_id, line.resource_id) == (
        exchange.receiver_id,
        exchange.displaced_resource_id,
    ):
        return False
    labels = {
        money.label
        for money in case.money
        if (money.party, money.resource_id) == (line.participant_id, line.resource_id) and not money.transfer
    }
    if any(label.endswith("purchase") for label in labels):
        return False
    resource = result.resources[line.resource_id]
    return resource.family is Family.WASTE or "wastewater" in (resource.id, resource.parent)


def to_treatment(resource: Resource, fate: str) -> bool:
    """Whether what leaves goes to treatment or disposal today; waste of unknown fate does.

    What is sold, reused or recycled already is no waste to treatment: moving it elsewhere reduces none.
    """
    if fate in DISPOSAL:
        return True
    return resource.family is Family.WASTE and fate in ("", Fate.UNKNOWN.value)


def route_of(solution: Solution, resource_id: str, result: ParkResult) -> str:
    """What becomes of the waste of `solution` that no longer goes to treatment.

    `reuse | recycling | energy_recovery | prevention`: a measure that states the new fate by a second change
    is believed; other measures and exchanges are looked up by type, treatment and process of the receiver.
    """
    exchange = solution.exchange
    if exchange is None:
        for delta in solution.deltas:
            if delta.resource_id == resource_id and delta.value.best > 0 and delta.fate in TAKEN:
                return TAKEN[delta.fate]
        return reference.waste_route("measure", (solution.type_id,))
    displaced = result.resources.get(exchange.displaced_resource_id)
    steps = tuple(
        step.reference_id.removeprefix("reference/").removeprefix("treatment.") for step in exchange.treatment
    )
    return reference.waste_route(
        "exchange", steps + _uses(solution), displaced.family if displaced is not None else None
    )


def _uses(solution: Solution) -> tuple[str, ...]:
    """Process, and steps where none are stated, of the use an exchange is an instance of."""
    exchange = solution.exchange
    if exchange is None:
        return ()
    pair = (exchange.resource_id, exchange.displaced_resource_id)
    named = solution.extra.get("use_id", "") or solution.type_id
    known = [use for use in reference.uses() if use.id == named]
    alike = [use for use in reference.uses() if (use.resource_id, use.displaced_resource_id) == pair]
    # several uses of one pair say nothing certain unless they agree
    chosen = known or (alike if len({_process(use.id) for use in alike}) == 1 else [])
    if not chosen:
        return ()
    return (_process(chosen[0].id), *(() if exchange.treatment else chosen[0].treatment))


def _process(use_id: str) -> str:
    return use_id.rsplit("-", 1)[-1]
