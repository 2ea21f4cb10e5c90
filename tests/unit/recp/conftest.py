"""A small site to try measures on."""

from collections.abc import Callable

import pytest

from parkloop.model import (
    Amount,
    Direction,
    Equipment,
    Fate,
    Finding,
    Flow,
    Park,
    Participant,
    Period,
    Place,
    Quantity,
    Range,
    Site,
    SolutionType,
    SourceClass,
)
from parkloop.recp import measure_types

YEAR = 2025


@pytest.fixture
def measure() -> Callable[[str], SolutionType]:
    """The measure of an id."""
    known = {item.id: item for item in measure_types()}
    return known.__getitem__


@pytest.fixture
def flow() -> Callable[..., Flow]:
    """A yearly flow of a resource into the site."""

    def make(
        resource_id: str,
        value: float,
        *,
        direction: Direction = Direction.IN,
        fate: Fate = Fate.PURCHASED,
        unit: str = "",
        name: str = "",
    ) -> Flow:
        amount = Amount(value, unit, source_class=SourceClass.METERED)
        flow_id = name or f"F-{resource_id}-{direction.value}"
        return Flow(flow_id, "E-1", direction, resource_id, amount, Period.year(YEAR), fate=fate)

    return make


@pytest.fixture
def machine() -> Callable[..., Equipment]:
    """One metered machine of a kind."""

    def make(kind: str, properties: dict[str, float | str], *, count: int = 1, hours: float | None = 6000.0):
        item_id = f"Q-{kind}"
        return Equipment(item_id, "E-1", kind, "", count, hours, properties, SourceClass.METERED)

    return make


@pytest.fixture
def site() -> Callable[..., Site]:
    """A site with given flows and machines at 10.8 degrees north."""

    def make(flows: list[Flow], machines: list[Equipment] | None = None, **more: object) -> Site:
        park = Park("P-1", "PR-1", "Park", "Khu", place=Place(lat=10.8, lon=106.9))
        owner = Participant("E-1", "P-1", "Works", hours_per_a=6000.0)
        return Site(park, owner, YEAR, tuple(flows), equipment=tuple(machines or ()), **more)

    return make


@pytest.fixture
def run(measure) -> Callable[[str, Site], tuple[Finding, Quantity]]:
    """The first complete finding of a measure at a site, quantified."""

    def go(type_id: str, where: Site) -> tuple[Finding, Quantity]:
        kind = measure(type_id)
        found = [item for item in kind.find(where) if not item.missing]
        assert found, f"{type_id} finds nothing"
        return found[0], kind.quantify(found[0])

    return go


@pytest.fixture
def best() -> Callable[[Quantity], float]:
    """Best value of the first delta, positive when saved; its range must be in order and not below zero."""

    def read(made: Quantity) -> float:
        value: Range = made.deltas[0].value
        assert value.low <= value.best <= value.high <= 0.0
        return -value.best

    return read
