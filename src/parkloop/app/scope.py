"""One park's part of a programme's ledger."""

from collections import Counter, defaultdict
from dataclasses import replace

from parkloop.model import Ledger, Site
from parkloop.model.end_use import EndUseGraph

__all__ = ["activity_year", "has_year", "of_park", "sites"]


def of_park(ledger: Ledger, park_id: str) -> Ledger:
    """The records of `park_id` alone; a solution belongs to every park that one of its partners is in."""
    park = ledger.park(park_id)
    members = ledger.participants_of(park_id)
    ids = {member.id for member in members}
    subjects = ids | {park_id}
    visits = {visit.id for visit in ledger.visits if visit.subject_id in subjects}
    meters = tuple(m for m in ledger.meters if m.participant_id in ids)
    meter_ids = {meter.id for meter in meters}
    return replace(
        ledger,
        parks=(park,),
        participants=members,
        products=tuple(r for r in ledger.products if r.participant_id in ids),
        flows=tuple(r for r in ledger.flows if r.participant_id in ids),
        bills=tuple(r for r in ledger.bills if r.participant_id in ids),
        equipment=tuple(r for r in ledger.equipment if r.participant_id in ids),
        log=tuple(r for r in ledger.log if r.participant_id in ids),
        meters=meters,
        series=tuple(r for r in ledger.series if r.meter_id in meter_ids),
        answers=tuple(r for r in ledger.answers if r.subject_id in subjects),
        solutions=tuple(r for r in ledger.solutions if ids.intersection(r.participant_ids)),
        geometries=tuple(r for r in ledger.geometries if r.park_id == park_id),
        permits=tuple(r for r in ledger.permits if r.participant_id in ids),
        inspections=tuple(r for r in ledger.inspections if r.subject_id in subjects),
        baselines=tuple(r for r in ledger.baselines if r.participant_id in ids),
        targets=tuple(r for r in ledger.targets if r.subject_id in subjects),
        activities=tuple(r for r in ledger.activities if r.subject_id in subjects),
        visits=tuple(r for r in ledger.visits if r.id in visits),
        check_items=tuple(r for r in ledger.check_items if r.visit_id in visits),
        observations=tuple(r for r in ledger.observations if r.visit_id in visits),
        photos=tuple(r for r in ledger.photos if r.visit_id in visits),
        stakeholders=tuple(r for r in ledger.stakeholders if r.park_id == park_id),
        screenings=tuple(r for r in ledger.screenings if r.park_id == park_id),
        prices=tuple(r for r in ledger.prices if not r.participant_id or r.participant_id in ids),
    )


def activity_year(ledger: Ledger) -> int:
    """The year that most flows and bills fall in; the later one on a tie."""
    years = Counter(flow.period.start.year for flow in ledger.flows)
    years.update(bill.period.start.year for bill in ledger.bills)
    if not years:
        years.update(answer.year for answer in ledger.answers)
    if not years:
        raise ValueError(
            "the ledger has no flow, bill or answer to tell its year; fill one of these sheets or give --year"
        )
    return max(years, key=lambda year: (years[year], year))


def has_year(ledger: Ledger) -> bool:
    """Whether any flow, bill or answer tells which year the ledger is of."""
    return bool(ledger.flows or ledger.bills or ledger.answers)


def sites(ledger: Ledger, year: int, graphs: dict[str, EndUseGraph] | None = None) -> tuple[Site, ...]:
    """One `Site` per participant with its records of `year`."""
    flows, bills, equipment = defaultdict(list), defaultdict(list), defaultdict(list)
    products, log = defaultdict(list), defaultdict(list)
    for flow in ledger.flows:
        if flow.period.start.year <= year <= flow.period.end.year:
            flows[flow.participant_id].append(flow)
    for bill in ledger.bills:
        if bill.period.start.year == year:
            bills[bill.participant_id].append(bill)
    for machine in ledger.equipment:
        equipment[machine.participant_id].append(machine)
    for product in ledger.products:
        if product.year == year:
            products[product.participant_id].append(product)
    for entry in ledger.log:
        log[entry.participant_id].append(entry)
    parks = {park.id: park for park in ledger.parks}
    return tuple(
        Site(
            park=parks[member.park_id],
            participant=member,
            year=year,
            flows=tuple(flows[member.id]),
            bills=tuple(bills[member.id]),
            equipment=tuple(equipment[member.id]),
            products=tuple(products[member.id]),
            log=tuple(log[member.id]),
            graph=graphs.get(member.id) if graphs else None,
        )
        for member in ledger.participants
    )
