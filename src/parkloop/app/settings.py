"""What a user may set for a run, with the defaults stated."""

from dataclasses import dataclass

from parkloop.model import Range


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The options of one run of the road.

    Attributes
    ----------
    year
        Baseline year of activity; None takes the year with most flows of each park.
    seed, draws
        Random seed and number of Monte Carlo draws; the same seed gives the same figures. Above a thousand
        solutions a park takes fewer draws, but never under a hundred.
    budget
        Money for new solutions in the programme's currency; None means no limit.
    target_ghg_t
        Wanted saving [tCO2e/a]; None means no target.
    discount_rate
        Real rate [-] for NPV; None takes the reference row.
    max_distance_km
        Road distance beyond which no exchange is looked for [km].
    realisation
        Common realisation factor of savings not yet verified [-], 10/50/90 points.
    voltage
        Voltage level of the electricity tariff.
    """

    year: int | None = None
    seed: int = 20260101
    draws: int = 1000
    budget: float | None = None
    target_ghg_t: float | None = None
    discount_rate: float | None = None
    max_distance_km: float = 50.0
    realisation: Range = Range(0.6, 0.8, 1.0)
    voltage: str = "22_to_110kV"
