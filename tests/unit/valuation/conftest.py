"""A park of two sites, small enough to add up by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import (
    Amount,
    Book,
    CostItem,
    Delta,
    Direction,
    Effect,
    EndUseGraph,
    EndUseNode,
    Exchange,
    ExchangeKind,
    ExchangeRate,
    Factor,
    FactorSet,
    Family,
    Fate,
    Flow,
    NodeKind,
    Period,
    Price,
    PriceBook,
    Range,
    Resource,
    Solution,
    Stage,
    StageEvent,
    Step,
)
from parkloop.valuation import Terms, ValuationSettings

FAMILIES = {
    "electricity": (Family.ELECTRICITY, "kWh"),
    "coal_anthracite": (Family.FUEL, "t"),
    "rice_husk_pellet": (Family.FUEL, "t"),
    "steam": (Family.HEAT, "t"),
    "waste_heat": (Family.HEAT, "kWh"),
    "fresh_water": (Family.WATER, "m3"),
    "fly_ash": (Family.WASTE, "t"),
    "steel_scrap": (Family.MATERIAL, "t"),
    "natural_sand": (Family.MATERIAL, "t"),
}
BANDS = {"peak": 0.2, "normal": 0.5, "off_peak": 0.3}


def resources() -> dict[str, Resource]:
    return {name: Resource(name, family, name, name, unit) for name, (family, unit) in FAMILIES.items()}


def site_graph() -> EndUseGraph:
    """A: 1,000,000 kWh, 200,000 of them for compressed air; 1000 t of coal make 7000 t of steam."""

    def node(name: str, kind: NodeKind, resource: str, amount: float, parent: str = "", **more) -> EndUseNode:
        return EndUseNode(
            f"A/{name}", "A", kind, resource, amount, parent_id=f"A/{parent}" if parent else "", **more
        )

    return EndUseGraph(
        "A",
        2025,
        (
            node("electricity/supply", NodeKind.SUPPLY, "electricity", 1e6, band_shares=BANDS),
            node(
                "electricity/air", NodeKind.USE, "electricity", 2e5, "electricity/supply",
                band_shares={"peak": 0.5, "normal": 0.5},
            ),
            node(
                "electricity/unallocated", NodeKind.UNALLOCATED, "electricity", 8e5, "electricity/supply",
                band_shares=BANDS,
            ),
            node("coal/supply", NodeKind.SUPPLY, "coal_anthracite", 1000.0),
            node(
                "coal/boiler", NodeKind.CONVERSION, "coal_anthracite", 1000.0, "coal/supply",
                output_resource_id="steam", output_fraction=7.0,
            ),
            node(
                "steam/distribution", NodeKind.DISTRIBUTION, "steam", 7000.0, "coal/boiler",
                output_resource_id="steam", output_fraction=0.9,
            ),
            node("steam/dyeing", NodeKind.USE, "steam", 6300.0, "steam/distribution"),
        ),
    )  # fmt: skip


def flow(name: str, who: str, way: Direction, what: str, amount: float, **more) -> Flow:
    unit = FAMILIES[what][1]
    return Flow(name, who, way, what, Amount(amount, unit), Period.year(2025), **more)


def flows() -> tuple[Flow, ...]:
    return (
        flow("ash", "A", Direction.OUT, "fly_ash", 100.0, fate=Fate.LANDFILLED),
        flow("scrap", "A", Direction.OUT, "steel_scrap", 50.0, fate=Fate.SOLD, price=8e6, currency="VND"),
        flow("heat", "A", Direction.OUT, "waste_heat", 1e6, fate=Fate.DISCHARGED),
        flow("sand", "B", Direction.IN, "natural_sand", 60.0),
        flow("scrap-in", "B", Direction.IN, "steel_scrap", 200.0),
        flow("water", "B", Direction.IN, "fresh_water", 10000.0),
    )


def prices() -> tuple[Price, ...]:
    return (
        Price("electricity", 3000.0, "VND", 2025, band="peak", reference_id="evn-peak"),
        Price("electricity", 1800.0, "VND", 2025, band="normal", reference_id="evn-normal"),
        Price("electricity", 1200.0, "VND", 2025, band="off_peak", reference_id="evn-off"),
        Price("coal_anthracite", 3e6, "VND", 2025),
        Price("rice_husk_pellet", 2e6, "VND", 2025),
        Price("natural_sand", 4e5, "VND", 2025),
        Price("steel_scrap", 9e6, "VND", 2025),
        Price("fresh_water", 12000.0, "VND", 2025),
        Price("fresh_water", 15000.0, "VND", 2025, participant_id="B", figure_id="flow/water/price"),
        Price("fly_ash", 5e5, "VND", 2025, side="dispose", fate="landfilled"),
    )


def factors() -> tuple[Factor, ...]:
    return (
        Factor("grid", "electricity", Book.PROJECT, 2, 0.00066, "tCO2/kWh", 2023),
        Factor("grid-inventory", "electricity", Book.INVENTORY, 2, 0.0005, "tCO2/kWh", 2023),
        Factor("coal-co2", "coal_anthracite", Book.PROJECT, 1, 2.6, "tCO2e/t", 2006, gas="CO2"),
        Factor("coal-ch4", "coal_anthracite", Book.PROJECT, 1, 0.008, "tCO2e/t", 2006, gas="CH4"),
        Factor("husk-ch4", "rice_husk_pellet", Book.PROJECT, 1, 0.01, "tCO2e/t", 2006, gas="CH4"),
        Factor("husk-co2", "rice_husk_pellet", Book.PROJECT, 1, 1.5, "t/t", 2006, gas="CO2", biogenic=True),
        Factor("sand-cycle", "natural_sand", Book.LIFE_CYCLE, 3, 0.005, "tCO2e/t", 2020),
        Factor("scrap-cycle", "steel_scrap", Book.LIFE_CYCLE, 3, 1.7, "tCO2e/t", 2020),
        Factor("ash-tip", "fly_ash", Book.PROJECT, 3, 0.02, "tCO2e/t", 2020, fate="landfilled"),
    )  # fmt: skip


@pytest.fixture
def terms() -> Terms:
    book = PriceBook("VND", 2025, prices(), (ExchangeRate("VND", "USD", 25000.0, 2025),), 0.10)
    return Terms(
        {"A": site_graph()},
        flows(),
        (),
        book,
        FactorSet("test", 2025, "VN", factors()),
        resources(),
        ValuationSettings(2025, draws=200),
    )


def delta(what: str, value: float, node: str = "", **more) -> Delta:
    """A change at A, absolute unless it says otherwise; `width` is the relative range."""
    width = more.pop("width", 0.0)
    who = more.pop("who", "A")
    step, effect = more.pop("step", Step.DEMAND), more.pop("effect", Effect.ABSOLUTE)
    return Delta(who, what, step, effect, Range.of(value, width), node, **more)


def solution(name: str, *deltas: Delta, capex: float | None = 1e9, opex: float = 0.0, **more) -> Solution:
    costs = () if capex is None else (CostItem("capex", "Machine", Range.exact(capex), "VND", 2025),)
    if opex:
        costs += (CostItem("opex", "Upkeep", Range.exact(opex), "VND", 2025),)
    who = tuple(dict.fromkeys(d.participant_id for d in deltas)) or ("A",)
    return Solution(name, "test", "measure", name, name, who, deltas, costs, **more)


def exchange(name: str, what: str, displaced: str, amount: float, **more) -> Solution:
    """A gives to B; deltas follow from the amount."""
    flows_ = {"fly_ash": "ash", "steel_scrap": "scrap"}, {"natural_sand": "sand", "steel_scrap": "scrap-in"}
    record = Exchange(
        "A", "B", what, displaced, Range.exact(amount), ExchangeKind.BY_PRODUCT_REUSE,
        flows_[0][what], flows_[1][displaced], price=more.pop("price", None), currency="VND",
    )  # fmt: skip
    return replace(solution(name, **more), kind="exchange", participant_ids=("A", "B"), exchange=record)


def implemented(record: Solution, on: date) -> Solution:
    return replace(record, stage=Stage.IMPLEMENTED, history=(StageEvent(Stage.IMPLEMENTED, on),))


class Make:
    """The builders above, for tests."""

    delta = staticmethod(delta)
    solution = staticmethod(solution)
    exchange = staticmethod(exchange)
    implemented = staticmethod(implemented)
    flow = staticmethod(flow)


@pytest.fixture
def make() -> Callable[..., object]:
    return Make
