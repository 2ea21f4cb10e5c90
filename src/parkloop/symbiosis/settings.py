"""What a run of the matcher may be told."""

from dataclasses import dataclass

from parkloop.model import Book, FactorSet, Solution
from parkloop.reference.uses import Use

OBJECTIVES = ("money", "emissions")


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """How to search, judge and choose exchanges.

    Attributes
    ----------
    year
        Flows of this year; None takes the latest year of each flow.
    country
        Whose law classifies wastes (ISO 3166 alpha-2).
    known
        Exchanges the ledger already holds: they are not proposed again, and those that are decided or run
        take their supply and demand first.
    uses
        The uses to search; None takes the reference table.
    infer_wants, infer_offers
        Whether sectors stand in for inputs and outputs that nobody entered; what comes of it is a lead.
    max_partners
        Nearest receivers looked at for each output and use; None looks at all within reach.
    max_distance_km
        No pair farther apart than this by road, whatever its use bears; None leaves it to the uses.
    reach_factor
        How far beyond the distance limit of a use near misses are still shown as rejected [-].
    keep_rejected
        Whether candidates that fail a gate are returned with their reason.
    objective
        `money` (net gain of the park) or `emissions` (avoided tCO2e, needs `factors`).
    books
        Books of emission factors that count for the objective `emissions`.
    exact_limit
        Up to so many arcs with a fixed cost or a minimum are chosen exactly; above, fixed costs are spread.
    max_leads
        Most promising leads kept.
    """

    year: int | None = None
    country: str = "VN"
    known: tuple[Solution, ...] = ()
    uses: tuple[Use, ...] | None = None
    infer_wants: bool = True
    infer_offers: bool = False
    max_partners: int | None = None
    max_distance_km: float | None = None
    reach_factor: float = 2.0
    keep_rejected: bool = True
    objective: str = "money"
    factors: FactorSet | None = None
    books: tuple[Book, ...] = (Book.INVENTORY, Book.LIFE_CYCLE)
    exact_limit: int = 1500
    max_leads: int = 300
    time_limit_s: float = 30.0

    def __post_init__(self) -> None:
        if self.objective not in OBJECTIVES:
            raise ValueError(f"objective {self.objective!r} is unknown; choose {' or '.join(OBJECTIVES)}")
        if self.objective == "emissions" and self.factors is None:
            raise ValueError("the objective emissions needs emission factors; hand over a factor set")
        if self.reach_factor < 1.0:
            raise ValueError(
                f"reach factor {self.reach_factor} is below 1; nothing within the limit may be lost"
            )
