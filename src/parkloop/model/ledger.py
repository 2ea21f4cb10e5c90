"""The ledger: everything that was entered, nothing that was computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from parkloop.model.account import Evidence
from parkloop.model.case import ExchangeRate, Price
from parkloop.model.flow import Bill, Equipment, Flow, LogEntry, Meter, SeriesPoint
from parkloop.model.framework import Answer, CheckOff
from parkloop.model.monitoring import (
    Activity,
    Baseline,
    CheckItem,
    Inspection,
    Observation,
    Permit,
    Photo,
    Target,
    VerifiedSaving,
    Visit,
)
from parkloop.model.participant import (
    Park,
    ParkScreening,
    Participant,
    Policy,
    Product,
    Programme,
    Stakeholder,
)
from parkloop.model.place import Geometry
from parkloop.model.solution import Solution
from parkloop.model.value import Origin


@dataclass(frozen=True, slots=True)
class Ledger:
    """All records of one programme.

    Attributes
    ----------
    origins
        Figure id (`flow/F-12/amount`) to where the value came from.
    extras
        `<record kind>/<record id>` to the columns nobody knew, kept as they were typed.
    """

    programme: Programme
    parks: tuple[Park, ...] = ()
    participants: tuple[Participant, ...] = ()
    products: tuple[Product, ...] = ()
    flows: tuple[Flow, ...] = ()
    bills: tuple[Bill, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    log: tuple[LogEntry, ...] = ()
    meters: tuple[Meter, ...] = ()
    series: tuple[SeriesPoint, ...] = ()
    answers: tuple[Answer, ...] = ()
    solutions: tuple[Solution, ...] = ()
    geometries: tuple[Geometry, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    permits: tuple[Permit, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    verified_savings: tuple[VerifiedSaving, ...] = ()
    targets: tuple[Target, ...] = ()
    activities: tuple[Activity, ...] = ()
    visits: tuple[Visit, ...] = ()
    check_items: tuple[CheckItem, ...] = ()
    observations: tuple[Observation, ...] = ()
    photos: tuple[Photo, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    policies: tuple[Policy, ...] = ()
    screenings: tuple[ParkScreening, ...] = ()
    prices: tuple[Price, ...] = ()
    exchange_rates: tuple[ExchangeRate, ...] = ()
    check_offs: tuple[CheckOff, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    extras: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def park(self, park_id: str) -> Park:
        """The park `park_id`; KeyError lists the parks there are."""
        for park in self.parks:
            if park.id == park_id:
                return park
        known = ", ".join(park.id for park in self.parks)
        raise KeyError(f"no park {park_id!r} in the ledger; there are: {known}")

    def participants_of(self, park_id: str) -> tuple[Participant, ...]:
        """Those who take part in `park_id`."""
        return tuple(p for p in self.participants if p.park_id == park_id)


def record_fields() -> tuple[str, ...]:
    """The names of the ledger's record collections, in their fixed order."""
    skip = {"programme", "origins", "extras"}
    return tuple(item.name for item in fields(Ledger) if item.name not in skip)
