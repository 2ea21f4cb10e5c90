"""Answers that follow from flows and bills of the year."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from parkloop.assessment.derive.facts import Facts, Ground, computed, weakest
from parkloop.model import Answer, Bill, Direction, Family, Fate, Flow, ParticipantKind, Period, SourceClass
from parkloop.units import GJ_PER_KWH

_REUSED = (Fate.REUSED, Fate.RECYCLED, Fate.EXCHANGED)
_GIVEN_ON = (*_REUSED, Fate.SOLD)
_MEASURED = (SourceClass.METERED, SourceClass.BILLED)


@dataclass(frozen=True, slots=True)
class _Use:
    """Energy of one carrier at one participant in the year [kWh], and how much of it is measured."""

    energy_kwh: float
    measured_kwh: float
    figure_ids: tuple[str, ...]


def derive_flows(facts: Facts) -> tuple[Answer, ...]:
    """Reuse of wastewater, use and landfill of waste, metered energy [% each], where flows are there.

    Kinds of wastewater, waste and energy carriers are told apart by the taxonomy in `facts`.
    """
    outputs = [item for item in yearly(facts) if item.direction is Direction.OUT]
    return (*_wastewater(facts, outputs), *_waste(facts, outputs), *_metered(facts))


def yearly(facts: Facts) -> tuple[Flow, ...]:
    """Flows of the park in the year, months left out where the same stream is given for the whole year."""
    members = {item.id for item in facts.participants}
    whole = Period.year(facts.year)
    inside = [
        item
        for item in facts.ledger.flows
        if item.participant_id in members
        and item.period.start >= whole.start
        and item.period.end <= whole.end
    ]
    given_whole = {_stream(item) for item in inside if item.period == whole}
    return tuple(item for item in inside if item.period == whole or _stream(item) not in given_whole)


def _stream(flow: Flow) -> tuple[str, Direction, str, str]:
    return flow.participant_id, flow.direction, flow.resource_id, flow.label


def _wastewater(facts: Facts, outputs: Iterable[Flow]) -> tuple[Answer, ...]:
    enterprises = {item.id for item in facts.participants if item.kind is ParticipantKind.ENTERPRISE}
    plants = {item.id for item in facts.participants if item.kind is ParticipantKind.UTILITY}
    generated, reused = [], []
    for item in outputs:
        effluent = facts.kind_of(item.resource_id, "treated_effluent")
        industrial = facts.kind_of(item.resource_id, "wastewater") and not effluent
        to_plant = item.fate is Fate.EXCHANGED and item.counterpart_id in plants
        if item.participant_id in enterprises and industrial:
            generated.append(item)
            if item.fate in _REUSED and not to_plant:
                reused.append(item)
        recovered = effluent or facts.kind_of(item.resource_id, "reclaimed_water")
        if item.participant_id in plants and recovered and item.fate in _GIVEN_ON:
            reused.append(item)
    total = _sum(generated)
    if total <= 0:
        return ()
    numbers = {"reused": round(_sum(reused), 1), "total": round(total, 1)}
    ground = _ground("wastewater_reuse", numbers, [*generated, *reused])
    share = 100.0 * _sum(reused) / total
    return tuple(computed(facts, name, share, ground) for name in ("vn-ENV.3", "int-env-8"))


def _waste(facts: Facts, outputs: Iterable[Flow]) -> tuple[Answer, ...]:
    enterprises = {item.id for item in facts.participants if item.kind is ParticipantKind.ENTERPRISE}
    waste = [
        item
        for item in outputs
        if item.participant_id in enterprises
        and item.amount.unit == "t"
        and item.resource_id in facts.resources
        and facts.resources[item.resource_id].family is Family.WASTE
    ]
    ordinary = [item for item in waste if not _hazardous(facts, item)]
    return (
        *_share(facts, "int-env-11", "waste_landfilled", waste, lambda item: item.fate is Fate.LANDFILLED),
        *_share(facts, "int-env-9", "waste_reused", waste, lambda item: item.fate in _GIVEN_ON),
        *_share(facts, "hj274-06", "waste_used", waste, lambda item: item.fate in _GIVEN_ON),
        *_share(facts, "cn-lcp-13", "waste_used", ordinary, lambda item: item.fate in _GIVEN_ON),
    )


def _share(
    facts: Facts, criterion_id: str, note: str, flows: list[Flow], counts: Callable[[Flow], bool]
) -> tuple[Answer, ...]:
    total = _sum(flows)
    unknown = [item for item in flows if item.fate is Fate.UNKNOWN]
    if total <= 0 or len(unknown) == len(flows):
        return ()
    part = _sum(item for item in flows if counts(item))
    numbers = {"part": round(part, 2), "total": round(total, 2), "unknown": round(_sum(unknown), 2)}
    return (computed(facts, criterion_id, 100.0 * part / total, _ground(note, numbers, flows)),)


def _hazardous(facts: Facts, flow: Flow) -> bool:
    return facts.resources[flow.resource_id].hazardous is not False


def _metered(facts: Facts) -> tuple[Answer, ...]:
    uses = [use for use in _energy(facts) if use.energy_kwh > 0]
    total = sum(use.energy_kwh for use in uses)
    if total <= 0:
        return ()
    measured = sum(use.measured_kwh for use in uses)
    ground = Ground(
        "energy_metered",
        {"measured": round(measured / 1000, 1), "total": round(total / 1000, 1)},
        tuple(figure for use in uses for figure in use.figure_ids),
        SourceClass.ESTIMATED,
    )
    return (computed(facts, "int-env-2", 100.0 * measured / total, ground),)


def _energy(facts: Facts) -> tuple[_Use, ...]:
    """One entry per participant and carrier; bills go before flows, because flows are made from them."""
    flows: dict[tuple[str, str], list[Flow]] = {}
    for flow in yearly(facts):
        if flow.direction is Direction.IN and flow.fate in (Fate.PURCHASED, Fate.UNKNOWN):
            flows.setdefault((flow.participant_id, flow.resource_id), []).append(flow)
    bills = _bills(facts)
    return tuple(
        use
        for key in sorted({*flows, *bills})
        if (use := _use(facts, key[1], bills.get(key, []), flows.get(key, []))) is not None
    )


def _use(facts: Facts, resource_id: str, bills: list[Bill], flows: list[Flow]) -> _Use | None:
    factor = _kwh_per_unit(facts, resource_id)
    if factor is None:
        return None
    rows: list[tuple[str, float, SourceClass]] = [
        (f"bill/{item.id}/amount", item.amount.value * factor, item.amount.source_class) for item in bills
    ] or [(f"flow/{item.id}/amount", item.amount.value * factor, item.amount.source_class) for item in flows]
    return _Use(
        energy_kwh=sum(energy for _, energy, _ in rows),
        measured_kwh=sum(energy for _, energy, source in rows if source in _MEASURED),
        figure_ids=tuple(figure for figure, _, _ in rows),
    )


def _bills(facts: Facts) -> Mapping[tuple[str, str], list[Bill]]:
    members = {item.id for item in facts.participants}
    whole = Period.year(facts.year)
    found: dict[tuple[str, str], list[Bill]] = {}
    for bill in facts.ledger.bills:
        inside = whole.start <= bill.period.start and bill.period.end <= whole.end
        if bill.participant_id in members and inside and bill.band not in ("reactive", "capacity"):
            found.setdefault((bill.participant_id, bill.resource_id), []).append(bill)
    return found


def _kwh_per_unit(facts: Facts, resource_id: str) -> float | None:
    resource = facts.resources.get(resource_id)
    if resource is None:
        return None
    if resource.family in (Family.ELECTRICITY, Family.HEAT) and resource.unit == "kWh":
        return 1.0
    if resource.family is Family.FUEL and resource.ncv_gj_per_unit is not None:
        return resource.ncv_gj_per_unit / GJ_PER_KWH
    return None


def _ground(note: str, numbers: Mapping[str, str | float | int], flows: Iterable[Flow]) -> Ground:
    listed = list(flows)
    figures = tuple(dict.fromkeys(f"flow/{item.id}/amount" for item in listed))
    return Ground(note, numbers, figures, weakest(item.amount.source_class for item in listed))


def _sum(flows: Iterable[Flow]) -> float:
    return sum(item.amount.value for item in flows)
