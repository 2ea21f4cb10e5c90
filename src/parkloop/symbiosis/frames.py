"""Records to columns: offers, wants and uses as frames, so that a nation goes the same way as a park."""

from collections.abc import Iterable, Mapping

import polars as pl

from parkloop.model import (
    Direction,
    Family,
    Fate,
    Flow,
    Park,
    Participant,
    Range,
    Resource,
    SourceClass,
)
from parkloop.reference.intensities import inferred_factor, uncertainty
from parkloop.reference.sectors import sector
from parkloop.reference.uses import Use, symbiosis_rates, treatments, utility_sectors

SIDE_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "flow": pl.String,
    "participant": pl.String,
    "park": pl.String,
    "kind": pl.String,
    "isic": pl.String,
    "resource": pl.String,
    "amount_low": pl.Float64,
    "amount": pl.Float64,
    "amount_high": pl.Float64,
    "lat": pl.Float64,
    "lon": pl.Float64,
    "located": pl.Boolean,
    "temperature_c": pl.Float64,
    "pressure_bar": pl.Float64,
    "moisture_fraction": pl.Float64,
    "hazardous": pl.Boolean,
    "legal_class": pl.String,
    "fate": pl.String,
    "profile": pl.String,
    "storage_days": pl.Float64,
    "source_class": pl.String,
    "visibility": pl.String,
    "price": pl.Float64,
    "currency": pl.String,
    "inferred": pl.Boolean,
}
"""Columns of offers and of wants: amounts [canonical unit/a], place [deg], price [currency/unit]."""

PARAMETER_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "flow": pl.String,
    "basis": pl.String,
    "parameter": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
}
"""Columns of measured qualities: `basis` is `mg_l` or `fraction`."""

_HAZARD_WORDS = {
    "no": False, "none": False, "non_hazardous": False, "ordinary": False, "tt": False,
    "yes": True, "hazardous": True, "nh": True,
}  # fmt: skip


def isic_digits(participant: Participant) -> str:
    """The ISIC Rev. 4 digits of a participant's sector, by the crosswalk; empty when nobody knows them."""
    if participant.utility_kind in utility_sectors() and not participant.sector:
        return utility_sectors()[participant.utility_kind]
    found = sector(participant.sector)
    return found.isic if found else ""


def amount_range(flow: Flow, resources: Mapping[str, Resource]) -> Range:
    """The amount of a flow with its doubt: the typed bounds, else the default of its class and carrier."""
    amount = flow.amount
    if amount.low is not None and amount.high is not None and amount.low <= amount.value <= amount.high:
        return Range(amount.low, amount.value, amount.high)
    known = resources.get(flow.resource_id)
    family = known.family if known else Family.MATERIAL
    if amount.source_class is SourceClass.INFERRED:
        factor = inferred_factor(family)
        return Range(amount.value / factor, amount.value, amount.value * factor)
    return Range.of(amount.value, uncertainty(amount.source_class, family, flow.resource_id))


def yearly(
    flows: Iterable[Flow], year: int | None, resources: Mapping[str, Resource]
) -> list[tuple[Flow, Range, float]]:
    """Flows of one year, months added up: the first record of each, its yearly amount, its coverage [-].

    Without `year` each flow's own latest year counts. Nothing is scaled up.
    """
    groups: dict[tuple[str, str, str, str], list[Flow]] = {}
    for flow in flows:
        key = (flow.participant_id, flow.direction.value, flow.resource_id, flow.label)
        groups.setdefault(key, []).append(flow)
    found = []
    for _, group in sorted(groups.items()):
        wanted = year if year is not None else max(flow.period.start.year for flow in group)
        inside = sorted(
            (flow for flow in group if flow.period.start.year == wanted),
            key=lambda flow: (flow.period, flow.id),
        )
        if not inside:
            continue
        whole = [flow for flow in inside if flow.period.coverage_fraction >= 1.0]
        parts = whole[:1] or inside
        ranges = [amount_range(flow, resources) for flow in parts]
        total = Range(
            sum(item.low for item in ranges),
            sum(item.best for item in ranges),
            sum(item.high for item in ranges),
        )
        found.append((parts[0], total, min(1.0, sum(flow.period.coverage_fraction for flow in parts))))
    return found


def sides(
    participants: Iterable[Participant],
    flows: Iterable[tuple[Flow, Range, float]],
    parks: Iterable[Park],
    resources: Mapping[str, Resource],
    country: str,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Offers, wants and measured parameters as frames (`SIDE_SCHEMA`, `PARAMETER_SCHEMA`).

    Outputs that an exchange or an own use already takes are not on offer; inputs that an exchange already
    covers are not wanted. A participant without a place stands at its park, with `located` false.
    """
    people = {person.id: person for person in participants if person.in_operation}
    places = {park.id: park.place for park in parks}
    offers: list[dict[str, object]] = []
    wants: list[dict[str, object]] = []
    parameters: list[dict[str, object]] = []
    for flow, amount, _ in flows:
        person = people.get(flow.participant_id)
        if person is None or flow.fate in (Fate.EXCHANGED, Fate.OWN) and flow.direction is Direction.OUT:
            continue
        if flow.direction is Direction.IN and flow.fate is Fate.EXCHANGED:
            continue
        place = person.place if person.place.located else places.get(person.park_id, person.place)
        row: dict[str, object] = {
            "flow": flow.id,
            "participant": person.id,
            "park": person.park_id,
            "kind": person.kind.value,
            "isic": isic_digits(person),
            "resource": flow.resource_id,
            "amount_low": amount.low,
            "amount": amount.best,
            "amount_high": amount.high,
            "lat": place.lat,
            "lon": place.lon,
            "located": person.place.located,
            "temperature_c": flow.quality.temperature_c,
            "pressure_bar": flow.quality.pressure_bar,
            "moisture_fraction": flow.quality.moisture_fraction,
            "hazardous": _hazardous(flow, resources),
            "legal_class": _legal_class(flow.resource_id, resources, country),
            "fate": flow.fate.value,
            "profile": flow.quality.profile,
            "storage_days": flow.quality.storage_days,
            "source_class": flow.amount.source_class.value,
            "visibility": flow.visibility.value,
            "price": flow.price,
            "currency": flow.currency,
            "inferred": flow.amount.source_class is SourceClass.INFERRED,
        }
        (offers if flow.direction is Direction.OUT else wants).append(row)
        for name, value in flow.quality.concentrations_mg_l.items():
            parameters.append(
                {"flow": flow.id, "basis": "mg_l", "parameter": name, "low": value, "high": value}
            )
        for name, (low, high) in flow.quality.composition.items():
            parameters.append(
                {"flow": flow.id, "basis": "fraction", "parameter": name, "low": low, "high": high}
            )
    return (
        pl.DataFrame(offers, schema=SIDE_SCHEMA),
        pl.DataFrame(wants, schema=SIDE_SCHEMA),
        pl.DataFrame(parameters, schema=PARAMETER_SCHEMA),
    )


def _hazardous(flow: Flow, resources: Mapping[str, Resource]) -> bool | None:
    said = flow.quality.hazard.strip().lower()
    if said in _HAZARD_WORDS:
        return _HAZARD_WORDS[said]
    if said in ("test", "ks"):
        return None
    if said:
        return True
    resource = resources.get(flow.resource_id)
    return None if resource is None else resource.hazardous


def _legal_class(resource_id: str, resources: Mapping[str, Resource], country: str) -> str:
    resource = resources.get(resource_id)
    return "" if resource is None else resource.legal_class.get(country, "")


# what is wanted may be met by what serves its kind only here: drinking water is a kind of fresh water, too
_COARSE = (Family.ELECTRICITY, Family.HEAT, Family.FUEL, Family.WASTE)


def lineage(resources: Mapping[str, Resource], side: Direction) -> pl.DataFrame:
    """Under which names a resource may be given or wanted: columns `resource`, `as_resource`, `steps` up.

    What is given counts as everything it is a kind of in the same unit, short of the roots of the wastes,
    which are mixtures. What is wanted does so only where a finer grade asks for no more than the coarse one.
    """
    rows = []
    for start, resource in resources.items():
        current, steps = start, 0
        while current in resources:
            rows.append((start, current, steps))
            parent = resources.get(resources[current].parent)
            if parent is None or parent.unit != resource.unit:
                break
            if side is Direction.IN and resource.family not in _COARSE:
                break
            if parent.family is Family.WASTE and not parent.parent:
                break
            current, steps = parent.id, steps + 1
    schema = {"resource": pl.String, "as_resource": pl.String, "steps": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def energy_gj(resource_id: str, resources: Mapping[str, Resource]) -> float | None:
    """Useful energy of one canonical unit [GJ]: calorific value, of steam its useful heat; None unknown."""
    current = resource_id
    while current in resources:
        resource = resources[current]
        if resource.unit == "kWh":
            return 0.0036
        if resource.ncv_gj_per_unit is not None:
            return resource.ncv_gj_per_unit
        if (rate := symbiosis_rates().get(f"energy_{current}")) is not None:
            return rate.value.best
        current = resource.parent
    return None


def uses_frame(uses: Iterable[Use], resources: Mapping[str, Resource], country: str) -> pl.DataFrame:
    """Uses as columns, with the treatment path rolled up per unit that leaves the donor.

    Adds to the fields of `Use`: `by_energy` (ratios are energy per energy), `yield_*` [-], `treatment_kwh`
    [kWh/unit], `treatment_cost` and `treatment_capex` [USD per unit and per unit/a], `legal_use`.
    """
    rows = [_use_row(use, resources, country) for use in sorted(uses, key=lambda use: use.id)]
    return pl.DataFrame(rows, schema=_USE_SCHEMA)


_USE_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "use": pl.String,
    "use_resource": pl.String,
    "displaced": pl.String,
    "use_kind": pl.String,
    "mode": pl.String,
    "cold": pl.Boolean,
    "link": pl.String,
    "by_energy": pl.Boolean,
    "ratio_low": pl.Float64,
    "ratio": pl.Float64,
    "ratio_high": pl.Float64,
    "yield_low": pl.Float64,
    "yield": pl.Float64,
    "yield_high": pl.Float64,
    "treatment_kwh": pl.Float64,
    "treatment_cost": pl.Float64,
    "treatment_capex": pl.Float64,
    "cap_fraction": pl.Float64,
    "sectors": pl.List(pl.String),
    "kinds": pl.List(pl.String),
    "min_temperature_c": pl.Float64,
    "max_temperature_c": pl.Float64,
    "dt_min_k": pl.Float64,
    "min_pressure_bar": pl.Float64,
    "max_moisture_fraction": pl.Float64,
    "max_distance_km": pl.Float64,
    "min_amount": pl.Float64,
    "hazard_allowed": pl.Boolean,
    "legal_use": pl.String,
    "use_confidence": pl.String,
}


def _use_row(use: Use, resources: Mapping[str, Resource], country: str) -> dict[str, object]:
    path = [treatments()[step] for step in use.treatment]
    low = best = high = 1.0
    electricity = cost = capex = 0.0
    for item in path:
        electricity += best * item.step.electricity_kwh_per_unit
        cost += best * (item.step.cost_per_unit.best if item.step.cost_per_unit else 0.0)
        capex += best * item.capex_per_unit_a.best
        low *= item.yield_fraction.low
        best *= item.yield_fraction.best
        high *= item.yield_fraction.high
    return {
        "use": use.id,
        "use_resource": use.resource_id,
        "displaced": use.displaced_resource_id,
        "use_kind": use.kind.value,
        "mode": use.mode,
        "cold": use.resource_id == "chilled_water_cooling",
        "link": _link(use, resources),
        "by_energy": use.ratio_basis == "energy",
        "ratio_low": use.displacement_ratio.low,
        "ratio": use.displacement_ratio.best,
        "ratio_high": use.displacement_ratio.high,
        "yield_low": low,
        "yield": best,
        "yield_high": high,
        "treatment_kwh": electricity,
        "treatment_cost": cost,
        "treatment_capex": capex,
        "cap_fraction": use.cap_fraction,
        "sectors": list(use.receiver_sectors) or [""],
        "kinds": list(use.receiver_kinds),
        "min_temperature_c": use.min_temperature_c,
        "max_temperature_c": use.max_temperature_c,
        "dt_min_k": use.dt_min_k,
        "min_pressure_bar": use.min_pressure_bar,
        "max_moisture_fraction": use.max_moisture_fraction,
        "max_distance_km": use.max_distance_km,
        "min_amount": use.min_amount,
        "hazard_allowed": use.hazard_allowed,
        "legal_use": use.legal_class_vn if country == "VN" or use.legal_class_vn == "prohibited" else "",
        "use_confidence": use.confidence.value,
    }


def _link(use: Use, resources: Mapping[str, Resource]) -> str:
    """The rate of the line that has to be laid, or empty for trucks and services."""
    if use.mode == "cable":
        return "cable"
    if use.mode != "pipe":
        return ""
    resource = resources.get(use.resource_id)
    family = resource.family if resource else None
    if family is Family.HEAT:
        return "pipe_heat"
    return "pipe_water" if family is Family.WATER else "pipe_gas"


def limits_frame(uses: Iterable[Use]) -> pl.DataFrame:
    """Quality limits in long form: columns `use`, `basis`, `parameter`, `limit`."""
    rows = [
        (use.id, basis, name, limit)
        for use in uses
        for basis, limits in (("mg_l", use.limits_mg_l), ("fraction", use.limits_fraction))
        for name, limit in limits.items()
    ]
    schema = {"use": pl.String, "basis": pl.String, "parameter": pl.String, "limit": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
