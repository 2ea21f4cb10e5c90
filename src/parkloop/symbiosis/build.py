"""From a chosen arc to a solution: physical deltas on the site where they happen, costs, inputs, reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from parkloop.model import (
    CostItem,
    Delta,
    Effect,
    Exchange,
    ExchangeKind,
    Flow,
    Input,
    ParticipantKind,
    Range,
    Resource,
    Rung,
    Solution,
    SourceClass,
    Step,
)
from parkloop.reference.uses import Use, symbiosis_forms, symbiosis_rates, treatments
from parkloop.symbiosis import wording
from parkloop.symbiosis.gain import rejects_of
from parkloop.texts import text

Row = Mapping[str, object]

_MEASURED = (SourceClass.METERED.value, SourceClass.BILLED.value)
_OUTSIDE = {ParticipantKind.CITY.value, ParticipantKind.CONTRACTOR.value}
_IN_USE = ("sold", "reused", "recycled")
METHODS = ("symbiosis.match", "symbiosis.allocate", "methods.allocation", "methods.geography")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all solutions of one run share."""

    uses: Mapping[str, Use]
    resources: Mapping[str, Resource]
    names: Mapping[str, str]
    flows: Mapping[str, Flow]
    yearly: frozenset[str]
    country: str


def number(row: Row, name: str) -> float:
    """The figure `name` of a row; KeyError or ValueError where there is none."""
    value = row[name]
    if not isinstance(value, int | float):
        raise ValueError(f"the pair {row['donor']} to {row['receiver']} has no {name}")
    return float(value)


def moved(row: Row) -> Range:
    """What leaves the donor [unit/a]: the allocated amount with the doubt of supply and need."""
    best, potential = number(row, "allocated"), number(row, "quantity")
    share = best / potential if potential > 0 else 0.0
    return Range(
        min(best, number(row, "quantity_low") * share), best, max(best, number(row, "quantity_high") * share)
    )


def displaced(row: Row) -> Range:
    """What the receiver need no longer buy [unit of the displaced resource/a], doubt included, cap kept."""
    amount = moved(row)
    best = amount.best * number(row, "displaced_per_unit")
    most = number(row, "want_amount_high") * number(row, "cap_fraction")
    return Range(
        min(best, amount.low * number(row, "displaced_per_unit_low")),
        best,
        max(best, min(amount.high * number(row, "displaced_per_unit_high"), most)),
    )


def solution(row: Row, solution_id: str, setting: Setting) -> Solution:
    """The exchange solution of one allocated arc."""
    use = setting.uses[str(row["use"])]
    donor, receiver = str(row["donor"]), str(row["receiver"])
    rates = symbiosis_rates()
    return Solution(
        id=solution_id,
        type_id=use.id,
        kind="exchange",
        title_en=wording.title(row, setting.names, setting.resources, "en"),
        title_vi=wording.title(row, setting.names, setting.resources, "vi"),
        participant_ids=(donor, receiver),
        deltas=deltas(row, use, setting),
        costs=costs(row, use),
        lifetime_a=rates["link_lifetime" if row["link"] else "truck_lifetime"].value.best,
        rung=_rung(row),
        baseline_year=setting.flows[str(row["donor_flow"])].period.start.year,
        inputs=_inputs(row, use, setting),
        exchange=_exchange(row, use, setting),
        subject_id=str(row["donor_flow"]),
        method_ids=METHODS,
        extra={
            "use_id": use.id,
            "credit": "price_and_transport" if row["fate"] in _IN_USE else "full",
            "screening_gain_per_a": f"{number(row, 'gain_per_unit') * number(row, 'allocated'):.6g}",
        },
    )


def deltas(row: Row, use: Use, setting: Setting) -> tuple[Delta, ...]:
    """What changes where, after minus before; the way and the treatment are carried by the receiver."""
    donor, receiver = str(row["donor"]), str(row["receiver"])
    amount = moved(row)

    def more(resource: str, per_unit: float, fate: str = "") -> Delta:
        value = amount.scaled(per_unit)
        return Delta(receiver, resource, Step.EXCHANGE, Effect.ABSOLUTE, value, fate=fate)

    fate = str(row["fate"])
    found = [
        Delta(
            donor,
            str(row["resource"]),
            Step.EXCHANGE,
            Effect.ABSOLUTE,
            amount.scaled(-1.0),
            node_id=_node(str(row["donor_flow"]), setting),
            cap=number(row, "amount"),
            fate="" if fate == "unknown" else fate,
        ),
        Delta(
            receiver,
            str(row["displaced"]),
            Step.EXCHANGE,
            Effect.ABSOLUTE,
            displaced(row).scaled(-1.0),
            node_id=_node(str(row["receiver_flow"]), setting),
            cap=number(row, "want_amount") * number(row, "cap_fraction"),
        ),
    ]
    power = number(row, "treatment_kwh") + number(row, "pumping_kwh")
    if power > 0:
        found.append(more("electricity", power))
    if number(row, "fuel_t_per_unit") > 0:
        found.append(more("diesel", number(row, "fuel_t_per_unit")))
    for resource, reject_fate, share in rejects_of(use, setting.resources):
        found.append(more(resource, share, reject_fate))
    return tuple(found)


def _node(flow_id: str, setting: Setting) -> str:
    """A flow entered by months is many records: its deltas act on the resource instead."""
    return f"flow/{flow_id}" if flow_id in setting.yearly else ""


def costs(row: Row, use: Use) -> tuple[CostItem, ...]:
    """Line, treatment and haulage in the currency and year of their rates; power and fuel are deltas."""
    receiver, amount = str(row["receiver"]), number(row, "allocated")
    rates = symbiosis_rates()
    found = []

    def add(kind: str, label: str, money: Range, currency: str, year: int, basis: str) -> None:
        if money.best > 0:
            found.append(
                CostItem(kind, text(f"symbiosis.cost.{label}", "en"), money, currency, year, basis, receiver)
            )

    if row["link"]:
        rate = rates[str(row["link"])]
        metres = number(row, "distance_km") * 1000.0
        add("capex", "link", rate.value.scaled(metres), rate.currency, rate.year, rate.id)
    left = amount
    for item in (treatments()[name] for name in use.treatment):
        add(
            "capex",
            "treatment_capex",
            item.capex_per_unit_a.scaled(left),
            item.step.currency,
            item.price_year,
            item.id,
        )
        if item.step.cost_per_unit is not None:
            add(
                "opex",
                "treatment_opex",
                item.step.cost_per_unit.scaled(left),
                item.step.currency,
                item.price_year,
                item.id,
            )
        left *= item.yield_fraction.best
    if row["mode"] == "truck":
        rate, handling = rates["truck_rate"], rates["truck_handling"]
        length = number(row, "distance_km")
        money = Range(
            *(
                amount * (length * one + other)
                for one, other in zip(_ends(rate.value), _ends(handling.value), strict=True)
            )
        )
        add("opex", "haulage", money, rate.currency, rate.year, rate.id)
    return tuple(found)


def _ends(value: Range) -> tuple[float, float, float]:
    return value.low, value.best, value.high


def _rung(row: Row) -> Rung:
    measured = row["source_class"] in _MEASURED and row["want_source_class"] in _MEASURED
    return Rung.ENGINEERING if measured and not row["missing"] else Rung.SCREENING


def _inputs(row: Row, use: Use, setting: Setting) -> tuple[Input, ...]:
    def of_flow(name: str, flow_id: str, prefix: str, resource: object) -> Input:
        found = setting.resources.get(str(resource))
        return Input(
            name,
            number(row, f"{prefix}amount"),
            f"{found.unit if found else ''}/a",
            figure_id=f"flow/{flow_id}/amount",
            source_class=SourceClass(str(row[f"{prefix}source_class"])),
            low=number(row, f"{prefix}amount_low"),
            high=number(row, f"{prefix}amount_high"),
        )

    def of_table(name: str, value: float, unit: str, reference: str, spread: Range | None = None) -> Input:
        return Input(
            name,
            value,
            unit,
            reference_id=reference,
            low=spread.low if spread else None,
            high=spread.high if spread else None,
        )

    road = symbiosis_rates()["road_factor"]
    return (
        of_flow("supply", str(row["donor_flow"]), "", row["resource"]),
        of_flow("demand", str(row["receiver_flow"]), "want_", row["displaced"]),
        of_table("displacement_ratio", use.displacement_ratio.best, "-", use.id, use.displacement_ratio),
        of_table("substitution_cap", use.cap_fraction, "-", use.id),
        of_table("road_factor", road.value.best, "-", road.id, road.value),
        Input(
            "distance",
            number(row, "distance_km"),
            "km",
            figure_id=f"participant/{row['receiver']}/place",
            source_class=SourceClass.ESTIMATED,
        ),
    )


def _exchange(row: Row, use: Use, setting: Setting) -> Exchange:
    left = 1.0
    for name in use.treatment:
        left *= treatments()[name].yield_fraction.best
    return Exchange(
        donor_id=str(row["donor"]),
        receiver_id=str(row["receiver"]),
        resource_id=str(row["resource"]),
        displaced_resource_id=str(row["displaced"]),
        amount=moved(row),
        kind=ExchangeKind(str(row["use_kind"])),
        donor_flow_id=str(row["donor_flow"]),
        receiver_flow_id=str(row["receiver_flow"]),
        displacement_ratio=number(row, "displaced_per_unit") / left,
        treatment=tuple(treatments()[name].step for name in use.treatment),
        distance_km=number(row, "distance_km"),
        legal_type=legal_type(row, setting.country),
        legal_class=str(row["legal"]),
        reasons_en=wording.reasons(row, use, setting.names, setting.resources, "en"),
        reasons_vi=wording.reasons(row, use, setting.names, setting.resources, "vi"),
        missing=missing_of(row),
        confidence=confidence_word(number(row, "confidence")),
    )


def missing_of(row: Row) -> tuple[str, ...]:
    """Codes of missing figures, those of prices included."""
    found: list[str] = []
    for name in ("missing", "price_missing"):
        values = row.get(name)
        if isinstance(values, list):
            found.extend(str(value) for value in values)
    return tuple(dict.fromkeys(found))


def confidence_word(score: float) -> str:
    """`high`, `medium` or `low` for a screening score [-]."""
    rates = symbiosis_rates()
    if score >= rates["confidence_high"].value.best:
        return "high"
    return "medium" if score >= rates["confidence_medium"].value.best else "low"


def legal_type(row: Row, country: str) -> str:
    """The clause of the country's list of symbiosis forms; empty where the country has none."""
    if {row["kind"], row["want_kind"]} & _OUTSIDE:
        partners = "outside"
    else:
        partners = "same_park" if row["park"] == row["want_park"] else "other_park"
    for form in symbiosis_forms():
        if (form.country, form.partners) == (country, partners) and form.kind in ("any", row["use_kind"]):
            return form.id
    return ""
