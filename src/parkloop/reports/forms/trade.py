"""Material moved by exchanges in the data year, read from the flows of both sides."""

from dataclasses import dataclass

from parkloop.model import Effect, ExchangeKind, Solution
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.tally import Part

__all__ = ["Delivery", "deliveries"]

NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one exchange moved in the data year [t].

    `given_t` follows from what no longer leaves the donor, `taken_t` from what the receiver no longer buys,
    both as the amount at the donor's gate; `one_sided` marks a receiver whose flows do not tell.
    """

    solution_id: str
    donor_id: str
    receiver_id: str
    given_t: float
    taken_t: float
    one_sided: bool
    given_by: tuple[Part, ...]
    taken_by: tuple[Part, ...]


def deliveries(filing: Filing) -> tuple[Delivery, ...]:
    """Deliveries of all exchanges of material: counted in tonnes, joint services left out."""
    parts = filing.tally("exchange").of("amount") + filing.beyond("exchange").of("amount")
    by_solution: dict[str, list[Part]] = {}
    for part in parts:
        by_solution.setdefault(part.solution_id, []).append(part)
    found = []
    for solution_id, members in by_solution.items():
        delivery = _delivery(filing, filing.solutions[solution_id], members)
        if delivery is not None:
            found.append(delivery)
    return tuple(found)


def _delivery(filing: Filing, solution: Solution, parts: list[Part]) -> Delivery | None:
    exchange = solution.exchange
    if exchange is None or exchange.kind is ExchangeKind.JOINT_SERVICE:
        return None
    if filing.result.resources[exchange.resource_id].unit != "t":
        return None
    out = [p for p in parts if (p.participant_id, p.resource_id) == (exchange.donor_id, exchange.resource_id)]
    bought = [
        p
        for p in parts
        if (p.participant_id, p.resource_id) == (exchange.receiver_id, exchange.displaced_resource_id)
    ]
    given = sum(part.value for part in out)
    per_unit = _displaced_per_unit(solution)
    one_sided = per_unit is None or not bought
    scale = 1.0 if per_unit is None else 1.0 / per_unit
    taken_by = tuple(out) if one_sided else tuple(_scaled(part, scale) for part in bought)
    taken = sum(part.value for part in taken_by)
    return Delivery(
        solution.id, exchange.donor_id, exchange.receiver_id, given, taken, one_sided, tuple(out), taken_by
    )


def _displaced_per_unit(solution: Solution) -> float | None:
    """Displaced units per unit that leaves the donor; None when other changes hide it."""
    exchange = solution.exchange
    if exchange is None or exchange.amount.best <= NOTHING:
        return None
    if not solution.deltas:
        usable = exchange.displacement_ratio
        for step in exchange.treatment:
            usable *= step.yield_fraction
        return usable if usable > NOTHING else None
    changes = [
        delta.value.best
        for delta in solution.deltas
        if (delta.participant_id, delta.resource_id) == (exchange.receiver_id, exchange.displaced_resource_id)
        and delta.effect is Effect.ABSOLUTE
    ]
    if not changes or any(change > 0 for change in changes):
        return None
    per_unit = -sum(changes) / exchange.amount.best
    return per_unit if per_unit > NOTHING else None


def _scaled(part: Part, by: float) -> Part:
    return Part(
        part.solution_id,
        part.kind,
        part.participant_id,
        part.resource_id,
        part.group,
        part.what,
        part.value * by,
        part.alone * by,
        part.share,
        part.fraction,
    )
