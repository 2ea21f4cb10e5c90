"""Small parks to match: every figure is a round one made up for the test."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from parkloop import reference
from parkloop.model import (
    Amount,
    Confidence,
    Direction,
    ExchangeKind,
    ExchangeRate,
    Flow,
    Park,
    Participant,
    ParticipantKind,
    Period,
    Place,
    Price,
    PriceBook,
    Quality,
    Range,
    SourceClass,
)
from parkloop.reference.uses import Use
from parkloop.symbiosis import Matches, MatchSettings, match, sides, yearly

LAT, LON = 10.0, 106.0


@pytest.fixture
def firm() -> Callable[..., Participant]:
    """An enterprise `north_km` from the corner of its park."""

    def make(
        name: str,
        sector: str = "",
        north_km: float = 0.0,
        kind: ParticipantKind = ParticipantKind.ENTERPRISE,
        park: str = "P",
    ) -> Participant:
        place = Place(LAT + north_km / 111.195, LON)
        return Participant(name, park, f"Company {name}", kind, sector, place=place)

    return make


@pytest.fixture
def flow() -> Callable[..., Flow]:
    """A metered yearly flow of 2025: `flow("F1", "A", "out", "fly_ash", 1000, "t", fate=...)`."""

    def make(name: str, owner: str, direction: str, resource: str, amount: float, unit: str = "t") -> Flow:
        return Flow(
            name,
            owner,
            Direction(direction),
            resource,
            Amount(amount, unit, source_class=SourceClass.METERED),
            Period.year(2025),
        )

    return make


@pytest.fixture
def park() -> Park:
    """The park all firms stand in unless told otherwise."""
    return Park("P", "G", "Test park", "Khu thử", place=Place(LAT, LON))


@pytest.fixture
def use() -> Use:
    """Fly ash for clinker, one for one, without treatment, up to half of the need and 50 km."""
    return Use(
        id="ash-clinker",
        resource_id="fly_ash",
        displaced_resource_id="clinker",
        role_en="cement constituent",
        role_vi="phụ gia xi măng",
        process_en="cement grinding",
        process_vi="nghiền xi măng",
        kind=ExchangeKind.BY_PRODUCT_REUSE,
        mode="truck",
        ratio_basis="unit",
        displacement_ratio=Range.exact(1.0),
        cap_fraction=0.5,
        receiver_sectors=("2394",),
        receiver_kinds=("enterprise", "contractor", "city"),
        min_temperature_c=None,
        max_temperature_c=None,
        dt_min_k=0.0,
        min_pressure_bar=None,
        max_moisture_fraction=None,
        limits_mg_l={},
        limits_fraction={},
        treatment=(),
        max_distance_km=50.0,
        min_amount=0.0,
        hazard_allowed=False,
        legal_class_vn="by_product",
        rules_vn=("vn-lep-2020",),
        permit_en="Transfer record",
        permit_vi="Biên bản giao nhận",
        source="made up for the test",
        confidence=Confidence.CHECKED,
    )


@pytest.fixture
def heat_use(use: Use) -> Use:
    """Waste heat for hot water, one for one by pipe, at least 60 degC and 10 K above the receiver."""
    return replace(
        use,
        id="heat-hot_water",
        resource_id="waste_heat",
        displaced_resource_id="hot_water_heat",
        mode="pipe",
        receiver_sectors=(),
        min_temperature_c=60.0,
        dt_min_k=10.0,
        kind=ExchangeKind.UTILITY_SHARING,
    )


@pytest.fixture
def book() -> PriceBook:
    """Clinker 100, landfill 20, sale of ash 30, power 0.1, diesel 1000 USD a unit."""
    prices = (
        Price("clinker", 100.0, "USD", 2025),
        Price("fly_ash", 20.0, "USD", 2025, side="dispose", fate="landfilled"),
        Price("fly_ash", 30.0, "USD", 2025, side="sell"),
        Price("electricity", 0.1, "USD", 2025),
        Price("diesel", 1000.0, "USD", 2025),
        Price("hot_water_heat", 0.05, "USD", 2025),
    )
    return PriceBook("USD", 2025, prices, (ExchangeRate("VND", "USD", 25_000.0, 2025),), 0.1)


@pytest.fixture
def settings(use: Use) -> MatchSettings:
    """The one use, nothing inferred."""
    return MatchSettings(uses=(use,), infer_wants=False)


@pytest.fixture
def find(park: Park) -> Callable[..., Matches]:
    """Matches between firms by their flows."""

    def run(firms: list[Participant], flows: list[Flow], settings: MatchSettings) -> Matches:
        resources = reference.resources()
        records = yearly(flows, settings.year, resources)
        offers, wants, parameters = sides(firms, records, [park], resources, settings.country)
        assert settings.uses is not None
        return match(offers, wants, parameters, settings.uses, resources, settings)

    return run


@pytest.fixture
def warm() -> Callable[[Flow, float], Flow]:
    """A flow at a temperature [degC]."""

    def make(flow: Flow, temperature_c: float) -> Flow:
        return replace(flow, quality=Quality(temperature_c=temperature_c))

    return make


@pytest.fixture
def arcs() -> Callable[..., pl.DataFrame]:
    """Arcs to allocate from rows (donor flow, receiver flow, supply, demand, gain per unit)."""

    def make(rows: list[tuple[str, str, float, float, float]], **columns: list[float]) -> pl.DataFrame:
        frame = pl.DataFrame(
            rows,
            schema=["donor_flow", "receiver_flow", "amount", "want_amount", "gain_per_unit"],
            orient="row",
        ).with_columns(
            use=pl.lit("u"),
            cap_fraction=pl.lit(1.0),
            displaced_per_unit=pl.lit(1.0),
            fixed_cost_per_a=pl.lit(0.0),
            min_amount=pl.lit(0.0),
            quantity=pl.min_horizontal("amount", "want_amount"),
        )
        return frame.with_columns(**{name: pl.Series(values) for name, values in columns.items()})

    return make
