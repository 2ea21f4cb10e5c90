"""Takes the deltas of solutions to the places they act on; what cannot be placed is an issue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parkloop.methods import interaction
from parkloop.model import (
    Delta,
    Effect,
    Exchange,
    Fate,
    Issue,
    Range,
    Rung,
    Severity,
    Solution,
    Stage,
    Step,
    Where,
)
from parkloop.valuation.places import Place, Places
from parkloop.valuation.terms import Terms

EFFECTS = {
    Effect.FRACTION: interaction.FRACTION,
    Effect.ABSOLUTE: interaction.ABSOLUTE,
    Effect.EFFICIENCY: interaction.EFFICIENCY,
}
USED_ALREADY = {Fate.SOLD.value, Fate.REUSED.value, Fate.RECYCLED.value, Fate.EXCHANGED.value}


@dataclass(frozen=True, slots=True)
class PlacedChange:
    """One change at one place. `linked` ones of a solution are realised to one fraction; `used_already`
    marks an exchange of something that is put to use today, which earns no life-cycle credit."""

    solution: int
    place: int
    step: int
    effect: int
    value: Range
    cap: float
    band: str = ""
    linked: bool = False
    used_already: bool = False
    donor: bool = False
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """All solutions on their places; `by_solution` holds the numbers of each solution's changes."""

    solutions: tuple[Solution, ...]
    places: tuple[Place, ...]
    changes: tuple[PlacedChange, ...]
    by_solution: tuple[tuple[int, ...], ...]
    fixed: tuple[bool, ...]
    issues: tuple[Issue, ...]
    issues_by_solution: tuple[tuple[Issue, ...], ...]


def resolve(solutions: Sequence[Solution], terms: Terms) -> Resolved:
    """Find the place of every delta.

    Returns
    -------
    Resolved
        Places, changes and issues; `fixed` says which solutions are verified or measured, so that the
        realisation factor does not touch them.
    """
    concerned = {d.participant_id for s in solutions for d in effective_deltas(s)}
    named = _flow_ids(solutions)
    concerned |= {terms.flow_by_id[i].participant_id for i in named if i in terms.flow_by_id}
    places = Places(terms, concerned)
    general = tuple(places.issues)
    changes: list[PlacedChange] = []
    by_solution: list[tuple[int, ...]] = []
    issues: list[tuple[Issue, ...]] = []
    for number, solution in enumerate(solutions):
        places.issues = []
        found = [c for d in effective_deltas(solution) for c in _place(number, solution, d, places, terms)]
        found = _linked(solution, found, places)
        by_solution.append(tuple(range(len(changes), len(changes) + len(found))))
        changes.extend(found)
        issues.append(tuple(places.issues))
    return Resolved(
        tuple(solutions),
        tuple(places.places),
        tuple(changes),
        tuple(by_solution),
        tuple(s.stage is Stage.VERIFIED or s.rung is Rung.MEASURED for s in solutions),
        general + tuple(issue for group in issues for issue in group),
        tuple(issues),
    )


def effective_deltas(solution: Solution) -> tuple[Delta, ...]:
    """The deltas of a solution; those of an exchange that was entered without any follow from its amount."""
    exchange = solution.exchange
    if solution.deltas or exchange is None:
        return solution.deltas
    usable = exchange.displacement_ratio
    for step in exchange.treatment:
        usable *= step.yield_fraction
    return (
        Delta(
            exchange.donor_id,
            exchange.resource_id,
            Step.EXCHANGE,
            Effect.ABSOLUTE,
            exchange.amount.scaled(-1.0),
            f"flow/{exchange.donor_flow_id}" if exchange.donor_flow_id else "",
        ),
        Delta(
            exchange.receiver_id,
            exchange.displaced_resource_id,
            Step.EXCHANGE,
            Effect.ABSOLUTE,
            exchange.amount.scaled(-usable),
            f"flow/{exchange.receiver_flow_id}" if exchange.receiver_flow_id else "",
        ),
    )


def _flow_ids(solutions: Sequence[Solution]) -> set[str]:
    return {d.node_id[5:] for s in solutions for d in effective_deltas(s) if d.node_id.startswith("flow/")}


def _place(number: int, solution: Solution, delta: Delta, places: Places, terms: Terms) -> list[PlacedChange]:
    """The changes one delta makes; several when a resource leaves in several flows."""
    resource = terms.resources.get(delta.resource_id)
    if resource is None:
        places.issues.append(_issue("valuation.resource.unknown", solution, delta, Severity.ERROR))
        return []
    exchange = solution.exchange
    donor = exchange is not None and _is_donor(exchange, delta)
    step = Step.EXCHANGE if exchange is not None and delta.effect is not Effect.EFFICIENCY else delta.step
    cap = float("inf") if delta.cap is None else abs(delta.cap)
    effect = EFFECTS[delta.effect]
    change = PlacedChange(
        number, -1, int(step), effect, delta.value, cap, delta.band, donor=donor, fate=delta.fate
    )
    node_id = delta.node_id
    if not node_id and exchange is not None and delta.value.best < 0.0:
        node_id = _flow_of(exchange, delta, places)
    if node_id.startswith("flow/"):
        at = places.of_flow(node_id[5:])
        if at is None:
            places.issues.append(_issue("valuation.delta.flow_unknown", solution, delta, Severity.ERROR))
            return []
        placed = [_at(change, at[0], cap=min(cap, at[1]) if delta.value.best < 0.0 else cap)]
    elif node_id:
        if node_id not in places.nodes:
            places.issues.append(_issue("valuation.delta.node_unknown", solution, delta, Severity.ERROR))
            return []
        placed = [_at(change, places.nodes[node_id])]
    else:
        placed = _by_resource(change, solution, delta, places, is_output=donor)
    return _same_unit(placed, solution, delta, places, terms)


def _at(change: PlacedChange, place: int, *, cap: float | None = None) -> PlacedChange:
    """The change at a place; spelt out, because this is done for every delta of a park."""
    return PlacedChange(
        change.solution,
        place,
        change.step,
        change.effect,
        change.value,
        change.cap if cap is None else cap,
        change.band,
        donor=change.donor,
        fate=change.fate,
    )


def _is_donor(exchange: Exchange, delta: Delta) -> bool:
    return (
        delta.participant_id == exchange.donor_id
        and delta.resource_id == exchange.resource_id
        and delta.value.best < 0.0
    )


def _flow_of(exchange: Exchange, delta: Delta, places: Places) -> str:
    flow_id = ""
    if _is_donor(exchange, delta):
        flow_id = exchange.donor_flow_id
    elif (delta.participant_id, delta.resource_id) == (exchange.receiver_id, exchange.displaced_resource_id):
        flow_id = exchange.receiver_flow_id
    return f"flow/{flow_id}" if flow_id in places.flows else ""


def _by_resource(
    change: PlacedChange, solution: Solution, delta: Delta, places: Places, *, is_output: bool
) -> list[PlacedChange]:
    """The supply of the resource, else where it is made inside, else where it leaves."""
    key = (delta.participant_id, delta.resource_id)
    outgoing = is_output or bool(delta.fate)
    if not outgoing and key in places.supplies:
        return [_at(change, places.supplies[key])]
    if not outgoing and len(places.inner.get(key, [])) == 1:
        return [_at(change, places.inner[key][0])]
    if not outgoing and places.converters.get(key):
        makers = places.converters[key]
        return _split([_at_converter(change, n, places.places[n]) for n in makers], places)
    given = places.given_off(delta.participant_id, delta.resource_id, delta.fate)
    if given:
        return _split([_at(change, n) for n in given], places)
    if change.effect != interaction.ABSOLUTE:
        places.issues.append(_issue("valuation.delta.no_baseline", solution, delta, Severity.ERROR))
        return []
    if delta.value.best < 0.0:
        places.issues.append(_issue("valuation.delta.unbounded", solution, delta, Severity.WARNING))
    outgoing = outgoing or places.is_waste(delta.resource_id)
    place = places.free(delta.participant_id, delta.resource_id, delta.fate, outgoing=outgoing)
    return [_at(change, place)]


def _split(changes: list[PlacedChange], places: Places) -> list[PlacedChange]:
    """One change over several places: fractions act on each, amounts are divided as the places' sizes."""
    if len(changes) == 1 or changes[0].effect != interaction.ABSOLUTE:
        return changes
    sizes = [places.places[c.place].amount * places.places[c.place].output_fraction for c in changes]
    total = sum(sizes)
    parts = [size / total if total > 0.0 else 1.0 / len(sizes) for size in sizes]
    return [
        replace(c, value=c.value.scaled(part), cap=c.cap * part)
        for c, part in zip(changes, parts, strict=True)
        if part > 0.0
    ]


def _at_converter(change: PlacedChange, number: int, place: Place) -> PlacedChange:
    """A change stated in what a boiler or chiller makes, as a change of what it takes."""
    if change.effect != interaction.ABSOLUTE or place.output_fraction <= 0.0:
        return _at(change, number)
    per_unit = 1.0 / place.output_fraction
    return replace(change, place=number, value=change.value.scaled(per_unit), cap=change.cap * per_unit)


def _same_unit(
    placed: list[PlacedChange], solution: Solution, delta: Delta, places: Places, terms: Terms
) -> list[PlacedChange]:
    """Changes whose amount is in the unit of their place; others are an issue and left out."""
    kept = []
    for change in placed:
        place = places.places[change.place]
        by_node = bool(delta.node_id) and place.resource_id != delta.resource_id
        if by_node and place.output_resource_id == delta.resource_id:
            kept.append(_at_converter(change, change.place, place))
            continue
        if by_node and change.effect == interaction.ABSOLUTE:
            other = terms.resources.get(place.resource_id)
            if other is None or other.unit != terms.resources[delta.resource_id].unit:
                places.issues.append(_issue("valuation.delta.unit_mismatch", solution, delta, Severity.ERROR))
                continue
        kept.append(change)
    return kept


def _linked(solution: Solution, changes: list[PlacedChange], places: Places) -> list[PlacedChange]:
    """Mark what must be realised together: both sides of an exchange, and heat or by-product taken inside."""
    takes_output = any(
        places.places[c.place].outgoing and c.value.best < 0.0 and c.step >= Step.SOURCE for c in changes
    )
    if solution.exchange is None and not takes_output:
        return changes
    used = any(c.donor and fate_of(c, places.places[c.place]) in USED_ALREADY for c in changes)
    return [
        replace(
            c,
            linked=c.value.best < 0.0 and c.step >= Step.SOURCE and c.effect != interaction.EFFICIENCY,
            used_already=used,
        )
        for c in changes
    ]


def fate_of(change: PlacedChange, place: Place) -> str:
    """The present fate of what a change acts on: the flow's own before the one the delta states."""
    if not place.outgoing:
        return ""
    return place.fate if place.fate not in ("", Fate.UNKNOWN.value) else change.fate


def _issue(code: str, solution: Solution, delta: Delta, severity: Severity) -> Issue:
    return Issue(
        code,
        severity,
        Where(record=f"solution/{solution.id}", field="deltas"),
        {
            "solution": solution.id,
            "participant": delta.participant_id,
            "resource": delta.resource_id,
            "place": delta.node_id or delta.resource_id,
        },
    )
