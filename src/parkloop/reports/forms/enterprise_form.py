"""Form B.4: the yearly monitoring report of one enterprise."""

from datetime import date

from parkloop.model import Family, ParkResult, Participant, Product, Solution
from parkloop.model.participant import Organisation
from parkloop.reports.forms.park_form import (
    benefits,
    exchange_kinds,
    fuel_text,
    grid_factor,
    partners,
    traded,
)
from parkloop.reports.forms.savings import Group, Tally, implemented, tally
from parkloop.reports.forms.sheet import Values, million, whole

__all__ = ["fill_b4"]

PORTAL_UNITS = ("t", "m", "m2", "m3")
CARRIERS = (Family.ELECTRICITY, Family.FUEL, Family.HEAT)


def fill_b4(result: ParkResult, member: Participant, year: int, values: Values) -> None:
    """Fill B.4 of `member` for reporting year `year` (N)."""
    _identity(member, values)
    _products(result, member, year - 1, values)
    until = date(year - 1, 12, 31)
    mine = tuple(s for s in implemented(result.solutions, "measure", until) if member.id in s.participant_ids)
    _measures(result, mine, tally(result, mine, year - 1, member.id), values)
    shared = tuple(
        s for s in implemented(result.solutions, "exchange", until) if member.id in s.participant_ids
    )
    _exchanges(result, member, shared, tally(result, shared, year - 1, member.id), values)


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def _identity(member: Participant, values: Values) -> None:
    investor = member.investor or Organisation("")
    kind = {"organisation": "forms.organisation", "individual": "forms.individual"}.get(investor.kind, "")
    label = values.say(kind) if kind and member.investor else ""
    individual = investor.kind == "individual"
    other = values.say("forms.other_kind")
    values.put("I.0", member.project_name or member.name, figures=(f"participant/{member.id}/name",))
    values.put("I.1.1.1", label if individual else "", reason="" if individual else other)
    values.put("I.1.2.1", "" if individual else label, reason=other if individual else "")
    for field_id, given in (
        ("I.1.2.2", investor.name),
        ("I.1.2.3", investor.registration.number),
        ("I.1.2.4", _day(investor.registration.first_issued)),
        ("I.1.2.5", investor.registration.issuer),
        ("I.1.2.6", investor.address),
        ("I.1.2.7", investor.tax_code),
        ("I.1.2.8", investor.phone),
        ("I.1.2.9", investor.fax),
        ("I.1.2.10", investor.email),
        ("I.1.2.11", investor.website),
        ("I.2.1", member.name),
        ("I.2.2", member.registration.number),
        ("I.2.3", member.registration.issuer),
        ("I.2.4", _day(member.registration.first_issued)),
        ("I.2.5", _day(member.registration.last_amended)),
        ("I.3.1", member.project_name),
        ("I.3.2", ", ".join(p for p in (member.place.lot, member.place.address) if p)),
        ("I.3.3", member.investment_certificate.number),
        ("I.3.4", member.investment_certificate.issuer),
        ("I.3.5", _day(member.investment_certificate.first_issued)),
        ("I.3.6", _day(member.investment_certificate.last_amended)),
    ):
        values.put(field_id, given, figures=(f"participant/{member.id}/registration",))


def _products(result: ParkResult, member: Participant, year: int, values: Values) -> None:
    products = [p for p in result.ledger.products if p.participant_id == member.id and p.year == year]
    if not products:
        for n in range(1, 7):
            values.put(f"P2.{n}", None, reason=values.say("forms.no_product", year=year))
        return
    revenue = sum(p.revenue or 0.0 for p in products)
    for n, product in enumerate(products, start=1):
        _product(result, product, (n, revenue, len(products)), values)


def _product(result: ParkResult, product: Product, place: tuple[int, float, int], values: Values) -> None:
    n, revenue, count = place
    figures = (f"product/{product.id}/output",)
    fits = product.unit in PORTAL_UNITS
    note = "" if fits else values.say("forms.unit_not_offered", unit=product.unit)
    values.put(f"P2.1[{n}]", product.name, figures=figures)
    values.put(
        f"P2.2[{n}]",
        f"{product.unit}/{values.say('forms.year')}" if fits else None,
        note,
        reason="" if fits else note,
    )
    capacity = f"{product.capacity:,.0f} {product.unit}" if product.capacity is not None else None
    output = f"{product.output:,.0f} {product.unit}" if product.output is not None else None
    values.put(f"P2.3[{n}]", capacity, figures=(f"product/{product.id}/capacity",))
    values.put(f"P2.4[{n}]", output, figures=figures)
    share = (product.revenue or 0.0) / revenue if revenue > 0 else 1 / count
    carriers = _carriers(result, product.participant_id)
    if carriers:
        main = carriers[0]
        rest = "; ".join(f"{a * share:,.0f} {u} {name}" for a, u, name in carriers[1:])
        basis = values.say("forms.by_revenue", share=f"{100 * share:.0f}") if count > 1 else ""
        note = "; ".join(part for part in (basis, rest) if part)
        values.put(f"P2.5[{n}]", f"{main[0] * share:,.0f} {main[1]} {main[2]}", note)
    else:
        values.put(f"P2.5[{n}]", None, reason=values.say("forms.no_energy"))
    money = (
        million(product.revenue)
        if product.revenue is not None and product.revenue_currency == "VND"
        else None
    )
    values.put(f"P2.6[{n}]", money, figures=(f"product/{product.id}/revenue",))


def _carriers(result: ParkResult, participant_id: str) -> list[tuple[float, str, str]]:
    """Yearly supply of each energy carrier, electricity first as the portal does."""
    graph = result.graphs.get(participant_id)
    if graph is None:
        return []
    found = []
    for node in graph.nodes:
        resource = result.resources[node.resource_id]
        if node.kind.value == "supply" and resource.family in CARRIERS and node.amount > 0:
            found.append((CARRIERS.index(resource.family), node.amount, resource.unit, resource.name_vi))
    return [(a, u, name) for _, a, u, name in sorted(found, key=lambda item: (item[0], -item[1]))]


def _measures(result: ParkResult, mine: tuple[Solution, ...], saved: Tally, values: Values) -> None:
    none = values.say("forms.none")
    figures = tuple(f"solution/{s.id}" for s in mine)
    values.put("P3.1", "; ".join(s.title(values.lang) for s in mine)[:3000] or none, figures=figures)
    _energy(result, saved, ("P3.2", "P3.3", "P3.4"), ("P3.7", "P3.8", "P3.10"), values)
    text = benefits(mine, values.lang) or none
    values.put("P3.5", text)
    fuels = sorted(saved[Group.FUEL].by_resource.items(), key=lambda item: -abs(item[1]))
    if fuels:
        resource = result.resources[fuels[0][0]]
        values.put(
            "P3.6", f"{fuels[0][1]:,.2f} {resource.unit}", fuel_text(result, saved, values.lang), figures
        )
    else:
        values.put("P3.6", "0", none)
    values.put("P3.9", text if fuels else none)
    _lines(
        saved,
        values,
        {
            Group.WATER: ("P3.11", "P3.12"),
            Group.WASTEWATER: ("P3.13", "P3.14"),
            Group.REUSE: ("P3.15", "P3.16"),
            Group.RECYCLING: ("P3.17", "P3.18"),
            Group.MATERIAL: ("P3.19", "P3.20"),
            Group.CHEMICAL: ("P3.21", "P3.22"),
        },
    )
    values.put(
        "P3.16a",
        whole(whole(saved[Group.REUSE].amount) + whole(saved[Group.RECYCLING].amount)),
        figures=figures,
    )


def _energy(
    result: ParkResult, saved: Tally, power: tuple[str, str, str], rest: tuple[str, str, str], values: Values
) -> None:
    """Electricity (kWh, tCO2, money), then fuel's tCO2 and money and the total tCO2."""
    factor, row = grid_factor(result)
    line, fuel = saved[Group.ELECTRICITY], saved[Group.FUEL]
    note = values.say("forms.negative") if line.amount < 0 else ""
    figures = tuple(f"solution/{s}" for s in saved.solution_ids)
    values.put(power[0], whole(line.amount), note, figures)
    values.put(power[1], whole(line.amount * factor), f"{line.amount:,.0f} kWh x {factor:g} tCO2/kWh", (row,))
    values.put(power[2], million(line.money_vnd), figures=figures)
    values.put(rest[0], whole(fuel.ghg_t), figures=figures)
    values.put(rest[1], million(fuel.money_vnd), figures=figures)
    other = saved.ghg_t - line.ghg_t - fuel.ghg_t
    parts = values.say(
        "forms.ghg_parts", electricity=f"{line.ghg_t:,.2f}", fuel=f"{fuel.ghg_t:,.2f}", other=f"{other:,.2f}"
    )
    values.put(rest[2], whole(saved.ghg_t), parts, figures)


def _lines(saved: Tally, values: Values, pairs: dict[Group, tuple[str, str]]) -> None:
    for group, (amount_id, money_id) in pairs.items():
        note = values.say("forms.negative") if group in saved.negative else ""
        values.put(amount_id, whole(saved[group].amount), note)
        values.put(money_id, million(saved[group].money_vnd))


def _exchanges(
    result: ParkResult, member: Participant, shared: tuple[Solution, ...], saved: Tally, values: Values
) -> None:
    none = values.say("forms.none")
    figures = tuple(f"solution/{s.id}" for s in shared)
    kinds = exchange_kinds(result, shared)
    named = tuple(values.say(f"forms.kind.{kind}") for kind, members in kinds.items() if members)
    others = tuple(p for p in partners(result, shared)[0] if p != member.name)
    values.put("P4.1", len(shared), values.say("forms.cut_off", day=f"31/12/{result.year}"), figures)
    values.put("P4.2", named, reason=none)
    values.put("P4.3", others, reason=none)
    values.put("P4.4", ", ".join(partners(result, shared)[1]) or none)
    support = [a.title for a in result.ledger.activities if a.kind == "symbiosis_support"] if shared else []
    values.put("P4.5", "; ".join(support) or none)
    _energy(result, saved, ("P4.6", "P4.7", "P4.8"), ("P4.11", "P4.12", "P4.14"), values)
    text = benefits(shared, values.lang) or none
    values.put("P4.9", text)
    values.put("P4.10", fuel_text(result, saved, values.lang) or none)
    values.put("P4.13", text if saved[Group.FUEL].by_resource else none)
    _lines(
        saved,
        values,
        {
            Group.WATER: ("P4.15", "P4.16"),
            Group.WASTEWATER: ("P4.17", "P4.18"),
            Group.REUSE: ("P4.20", "P4.21"),
            Group.RECYCLING: ("P4.22", "P4.23"),
            Group.MATERIAL: ("P4.24", "P4.25"),
            Group.CHEMICAL: ("P4.30", "P4.31"),
        },
    )
    values.put(
        "P4.19",
        whole(whole(saved[Group.REUSE].amount) + whole(saved[Group.RECYCLING].amount)),
        figures=figures,
    )
    trade = traded(result, shared, {member.id})
    bought = saved[Group.MATERIAL].money_vnd - trade.paid_vnd
    values.put("P4.25", 0.0, values.say("forms.in_taken_material"))
    values.put("P4.26", whole(trade.taken_t), figures=figures)
    note = values.say("forms.negative") if bought < 0 else values.say("forms.purchase_less_price")
    values.put("P4.27", million(bought), note)
    values.put("P4.28", f"{trade.given_t:,.2f} t", figures=figures)
    values.put("P4.29", million(trade.income_vnd))
    services = kinds["services"]
    values.put("P4.32", "; ".join(s.title(values.lang) for s in services) or none)
    year = result.year
    values.put("P4.33", million(tally(result, services, year, member.id).money_vnd))
