"""The lines of the forms, what solutions give to them, and the sums."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Group", "Part", "Tally"]


class Group(StrEnum):
    """The lines of the forms, and below them what the forms have no line for."""

    ELECTRICITY = "electricity"
    WATER = "water"
    WASTEWATER = "wastewater"
    REUSE = "reuse"
    RECYCLING = "recycling"
    MATERIAL = "material"
    CHEMICAL = "chemical"
    FUEL = "fuel"
    TAKEN = "taken"
    INCOME = "income"
    SERVICE = "service"
    HEAT = "heat"
    ENERGY_RECOVERY = "energy_recovery"
    PREVENTION = "prevention"
    SECONDARY = "secondary"
    BY_PRODUCT = "by_product"
    SALES = "sales"
    INCOME_OTHER = "income_other"
    COST = "cost"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """What one solution gives to one line at one participant.

    Attributes
    ----------
    what
        `amount` [canonical unit], `money` [VND] or `ghg` [tCO2e]; positive when good.
    value
        Realised in the data year: `alone` times `share` times `fraction`.
    alone
        Of a full year when the solution is the only one.
    share
        What is left of it beside the other solutions [-]; None where it gives nothing alone.
    fraction
        Part of the year in effect [-].
    """

    solution_id: str
    kind: str
    participant_id: str
    resource_id: str
    group: Group
    what: str
    value: float
    alone: float
    share: float | None
    fraction: float

    @property
    def figure_id(self) -> str:
        """The figure of the case it comes from."""
        tail = {"amount": self.resource_id, "money": "saving", "ghg": "ghg_t"}[self.what]
        return f"case/{self.solution_id}/{tail}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Parts with their sums."""

    parts: tuple[Part, ...]

    def of(self, what: str, *groups: Group) -> tuple[Part, ...]:
        """The parts of one kind of number, of some lines or of all."""
        return tuple(p for p in self.parts if p.what == what and (not groups or p.group in groups))

    def amount(self, group: Group) -> float:
        """Saved amount of a line [its unit]."""
        return sum(p.value for p in self.of("amount", group))

    def money(self, *groups: Group) -> float:
        """Saved money of lines [VND]."""
        return sum(p.value for p in self.of("money", *groups))

    def ghg(self, *groups: Group) -> float:
        """Avoided emissions of lines, of all without any [tCO2e]."""
        return sum(p.value for p in self.of("ghg", *groups))

    def by_resource(self, group: Group, what: str = "amount") -> Mapping[str, float]:
        """Sums of one line by resource."""
        sums: dict[str, float] = defaultdict(float)
        for part in self.of(what, group):
            sums[part.resource_id] += part.value
        return dict(sorted(sums.items()))

    def at(self, *participant_ids: str) -> "Tally":
        """The parts that fall on some participants."""
        return Tally(tuple(p for p in self.parts if p.participant_id in participant_ids))
