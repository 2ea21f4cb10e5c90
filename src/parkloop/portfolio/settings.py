"""What a plan has to respect."""

from dataclasses import dataclass

from parkloop.model import Range


@dataclass(frozen=True, slots=True)
class PortfolioSettings:
    """Limits and wishes of one plan.

    Attributes
    ----------
    id
        Of the portfolio, usually the park's id.
    year
        Baseline year the yearly amounts belong to.
    budget
        Outlay for solutions that are not yet in place, in the currency of the cases; None for no limit.
    target_ghg_t
        Wanted saving of all chosen solutions, those in place included [tCO2e/a]; None for no target.
    exclusions
        Pairs of solution ids of which at most one may be chosen, besides those the solutions name
        themselves (`extra["excludes"]`, ids separated by `;`).
    baseline_year
        What was implemented before is in the bills already; a solution's own baseline year goes first, and
        `year` stands in where neither is given.
    must_have, must_not
        Ids the user insists on, or refuses.
    realisation
        Common realisation factor [-] the ranges were made with; None takes that of the evaluation.
    time_limit_s
        For the choice on stand-alone values [s].
    """

    id: str
    year: int
    budget: float | None = None
    target_ghg_t: float | None = None
    exclusions: tuple[tuple[str, str], ...] = ()
    baseline_year: int | None = None
    must_have: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    realisation: Range | None = None
    time_limit_s: float = 20.0
