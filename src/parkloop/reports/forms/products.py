"""Form B.4, part II: products with capacity, output, energy and revenue, one row a product."""

from dataclasses import dataclass

from parkloop import reference, units
from parkloop.model import Family, NodeKind, Participant, Product
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.wording import amount, million

__all__ = ["fill_products"]

CARRIERS = (Family.ELECTRICITY, Family.FUEL, Family.HEAT)
KWH_PER_GJ = 1 / 0.0036


@dataclass(frozen=True, slots=True)
class _Carrier:
    """Yearly use of one energy carrier of a site: amount [unit], energy [kWh], choice of the portal."""

    resource_id: str
    amount: float
    unit: str
    name: str
    energy_kwh: float
    choice: str


@dataclass(frozen=True, slots=True)
class _Site:
    """What the rows of one enterprise share: its carriers, and each product's part of the energy [-]."""

    member: Participant
    carriers: tuple[_Carrier, ...]
    shares: tuple[float, ...]
    basis: str


def fill_products(member: Participant, values: Values) -> None:
    """P2.1 to P2.6 for each product of N-1; the reason where the ledger has none."""
    year = values.filing.data_year
    products = [
        p for p in values.filing.result.ledger.products if p.participant_id == member.id and p.year == year
    ]
    if not products:
        for n in range(1, 7):
            values.put(f"P2.{n}", None, reason=values.say("forms.no_product", year=year))
        return
    shares, basis = _shares(products)
    site = _Site(member, _carriers(member.id, values), shares, basis)
    for n, product in enumerate(products):
        _capacity(n + 1, product, site, values)
        _energy(n + 1, product, site, values)
        _revenue(n + 1, product, values)


def _shares(products: list[Product]) -> tuple[tuple[float, ...], str]:
    """Part of the site's energy [-] by product: by revenue, else by output in one unit, else equally."""
    if len(products) == 1:
        return (1.0,), ""
    for name, basis in (("revenue", "revenue"), ("output", "output")):
        numbers = [getattr(p, name) for p in products]
        same = {p.revenue_currency if name == "revenue" else p.unit for p in products}
        if len(same) == 1 and all(number is not None for number in numbers) and sum(numbers) > 0:
            return tuple(number / sum(numbers) for number in numbers), basis
    return tuple(1.0 / len(products) for _ in products), "number"


def _capacity(n: int, product: Product, site: _Site, values: Values) -> None:
    """Name, unit, design capacity and output; all three in the unit the portal offers where there is one."""
    factor, unit, hourly = _portal_unit(product.unit, site.member.hours_per_a)
    figures = (f"product/{product.id}/output",)
    values.put(f"P2.1[{n}]", product.name, figures=(f"product/{product.id}/name",))
    choice = reference.portal_choice("unit", unit, values.lang) if unit else ""
    volume = not unit and _is_volume(product.unit)
    offered = values.say("forms.no_hours" if volume else "forms.unit_not_offered", unit=product.unit)
    note = "" if product.unit == unit else values.say("forms.converted", unit=product.unit)
    values.put(f"P2.2[{n}]", choice, note if choice else "", reason=offered)
    shown = choice or f"{product.unit}/{values.say('forms.year')}"
    if hourly and choice:
        values.annotate(f"P2.2[{n}]", values.say("forms.hourly", hours=amount(site.member.hours_per_a or 0)))
    for field_id, number, figure in (
        (f"P2.3[{n}]", product.capacity, (f"product/{product.id}/capacity",)),
        (f"P2.4[{n}]", product.output, figures),
    ):
        text = None if number is None else f"{_plain(number * factor)} {shown}"
        values.put(field_id, text, figures=figure)


def _plain(value: float) -> str:
    """A number with the decimals it needs: none above 100."""
    digits = 0 if abs(value) >= 100 else 2
    return amount(value, digits)


def _is_volume(symbol: str) -> bool:
    return symbol in units.UNITS and units.UNITS[symbol].dimension == "volume"


def _portal_unit(symbol: str, hours_per_a: float | None) -> tuple[float, str, bool]:
    """Factor and unit of the portal's list for a product unit, and whether it is by the hour.

    Mass becomes tonnes, length metres, area square metres, volume cubic metres an hour; without a match the
    factor is 1 and the unit empty.
    """
    if symbol == "m":
        return 1.0, "m", False
    try:
        value, canonical = units.to_canonical(1.0, symbol)
    except units.UnitError:
        return 1.0, "", False
    if canonical == "km":
        return value * 1000.0, "m", False
    if canonical == "m3":
        return (value / hours_per_a, "m3", True) if hours_per_a else (1.0, "", False)
    return (value, canonical, False) if canonical in ("t", "m2") else (1.0, "", False)


def _carriers(participant_id: str, values: Values) -> tuple[_Carrier, ...]:
    """Yearly supply of each energy carrier, the one with most energy first."""
    result = values.filing.result
    graph = result.graphs.get(participant_id)
    found = []
    for node in graph.nodes if graph is not None else ():
        resource = result.resources[node.resource_id]
        if node.kind is not NodeKind.SUPPLY or resource.family not in CARRIERS or node.amount <= 0:
            continue
        per_unit = 1.0 if resource.unit == "kWh" else (resource.ncv_gj_per_unit or 0.0) * KWH_PER_GJ
        found.append(
            _Carrier(
                resource.id,
                node.amount,
                resource.unit,
                resource.name(values.lang),
                node.amount * per_unit,
                _choice(resource.id, values),
            )
        )
    return tuple(sorted(found, key=lambda c: (-c.energy_kwh, c.resource_id)))


def _choice(resource_id: str, values: Values) -> str:
    """Electricity, oil or gas; empty for what the portal does not offer."""
    resources = values.filing.result.resources
    at = resources.get(resource_id)
    while at is not None:
        choice = reference.portal_choice("carrier", at.id, values.lang)
        if choice:
            return choice
        at = resources.get(at.parent)
    return ""


def _energy(n: int, product: Product, site: _Site, values: Values) -> None:
    """The carrier with most energy that the portal offers; all the others in the note."""
    field_id, share = f"P2.5[{n}]", site.shares[n - 1]
    offered = [carrier for carrier in site.carriers if carrier.choice]
    if not offered:
        listed = "; ".join(f"{_plain(c.amount * share)} {c.unit} {c.name}" for c in site.carriers)
        reason = values.say("forms.no_carrier", carriers=listed) if listed else values.say("forms.no_energy")
        values.put(field_id, None, reason=reason)
        return
    main = offered[0]
    notes = []
    if site.basis:
        notes.append(values.say(f"forms.shared_by.{site.basis}", share=amount(100 * share, 1)))
    notes += [f"{_plain(c.amount * share)} {c.unit} {c.name}" for c in site.carriers if c is not main]
    figures = (f"product/{product.id}/output",)
    unit = f"{main.unit} – {main.choice}"
    values.choose(field_id, main.amount * share, unit, "; ".join(notes), figures)


def _revenue(n: int, product: Product, values: Values) -> None:
    figures = (f"product/{product.id}/revenue",)
    if product.revenue is None:
        values.put(f"P2.6[{n}]", None, figures=figures)
        return
    rate = values.filing.rate(product.revenue_currency or "VND")
    if rate is None:
        reason = values.say("forms.no_rate", currency=product.revenue_currency)
        values.put(f"P2.6[{n}]", None, reason=reason, figures=figures)
        return
    note = (
        values.say("forms.at_rate", rate=amount(rate, 2), currency=product.revenue_currency)
        if rate != 1
        else ""
    )
    values.put(f"P2.6[{n}]", million(product.revenue * rate), note, figures)
