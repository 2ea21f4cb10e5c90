"""The product in one function: a park's ledger goes in, everything its documents are made of comes out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from parkloop import assessment, intake, portfolio, recp, reference, symbiosis, valuation
from parkloop.app.scope import activity_year, of_park, sites
from parkloop.app.settings import RunSettings
from parkloop.app.terms import factor_set, price_book
from parkloop.model import (
    Assessment,
    Case,
    Checked,
    FactorSet,
    Issue,
    Ledger,
    ParkResult,
    Portfolio,
    Site,
    Solution,
)

__all__ = ["Stations", "travel"]

Stations = Callable[[str], None]

FEWEST_DRAWS = 100
MANY_SOLUTIONS = 1000


def _quietly(station: str) -> None:
    """Nobody watches."""


def travel(
    ledger: Ledger, park_id: str, settings: RunSettings | None = None, pass_by: Stations = _quietly
) -> ParkResult:
    """Take one park the whole road.

    `pass_by` is called with the name of each station as it is reached.

    Raises
    ------
    KeyError
        When the ledger has no such park.
    ValueError
        When nothing in the ledger tells the year and `settings` names none.
    """
    settings = settings or RunSettings()
    part = of_park(ledger, park_id)
    park = part.park(park_id)
    year = settings.year or activity_year(part)
    resources = reference.resources()
    book, factors = price_book(ledger, settings, year), factor_set(ledger, year)

    pass_by("check")
    checked = intake.check(part, park_id, year)

    pass_by("assess")
    assessments = _assess(part, park_id, year)

    pass_by("find")
    places = sites(part, year)
    uses = {place.participant.id: recp.read_uses(place) for place in places}
    graphs = {name: found.graph for name, found in uses.items()}
    measures, measure_issues = _measures(places, uses)
    exchanges = symbiosis.propose(
        part.participants, part.flows, part.parks, resources, book, _matching(part, settings, factors, year)
    )
    solutions = _gather(part.solutions, measures + exchanges.solutions)

    pass_by("value")
    terms = valuation.Terms(
        graphs, part.flows, part.bills, book, factors, resources, _valuing(settings, year, len(solutions))
    )
    cases = valuation.value(solutions, terms)

    pass_by("plan")
    plan = portfolio.optimise(
        solutions,
        cases,
        partial(valuation.evaluate, terms=terms),
        _planning(part, settings, year),
        valuation.quick_evaluator(solutions, terms),
    )
    return ParkResult(
        park=park,
        year=year,
        ledger=part,
        resources=dict(resources),
        graphs=graphs,
        assessments=assessments,
        balances=checked.balances,
        inferred=checked.inferred,
        solutions=solutions,
        cases=cases,
        portfolio=plan,
        macc=portfolio.macc(cases, plan),
        price_book=book,
        factor_set=factors,
        leads=exchanges.leads,
        issues=_issues(checked, assessments, measure_issues, exchanges.issues, cases.values(), plan),
    )


def _assess(part: Ledger, park_id: str, year: int) -> tuple[Assessment, ...]:
    """The park judged by each of its frameworks, entered answers before those the ledger itself gives."""
    frameworks = assessment.checked_off(reference.frameworks(), part.check_offs)
    answers = part.answers + assessment.derive_answers(part, park_id, year)
    return tuple(
        assessment.assess(park_id, frameworks[name], year, answers)
        for name in part.park(park_id).frameworks
        if name in frameworks
    )


def _gather(known: tuple[Solution, ...], found: tuple[Solution, ...]) -> tuple[Solution, ...]:
    """Known solutions, and those found that nobody has on the list yet."""
    listed = {(s.type_id, s.participant_ids, s.subject_id) for s in known}
    ids = {s.id for s in known}
    new = (s for s in found if s.id not in ids and (s.type_id, s.participant_ids, s.subject_id) not in listed)
    return known + tuple(new)


def _measures(
    places: Iterable[Site], uses: Mapping[str, recp.UseMap]
) -> tuple[tuple[Solution, ...], tuple[Issue, ...]]:
    """Measures of every site on the graph already drawn for it."""
    solutions: list[Solution] = []
    issues: list[Issue] = []
    for place in places:
        drawn = uses[place.participant.id]
        found, trouble = recp.propose(replace(place, graph=drawn.graph))
        solutions += found
        issues += (*drawn.issues, *trouble)
    return tuple(solutions), tuple(issues)


def _matching(part: Ledger, settings: RunSettings, factors: FactorSet, year: int) -> symbiosis.MatchSettings:
    known = tuple(s for s in part.solutions if s.kind == "exchange")
    return symbiosis.MatchSettings(
        year=year,
        country=part.programme.country,
        known=known,
        factors=factors,
        keep_rejected=False,
        max_distance_km=settings.max_distance_km,
    )


def _valuing(settings: RunSettings, year: int, count: int) -> valuation.ValuationSettings:
    draws = min(settings.draws, max(FEWEST_DRAWS, settings.draws * MANY_SOLUTIONS // max(count, 1)))
    return valuation.ValuationSettings(
        year=year, seed=settings.seed, draws=draws, realisation=settings.realisation
    )


def _planning(part: Ledger, settings: RunSettings, year: int) -> portfolio.PortfolioSettings:
    return portfolio.PortfolioSettings(
        id=part.parks[0].id,
        year=year,
        budget=settings.budget,
        target_ghg_t=settings.target_ghg_t,
        realisation=settings.realisation,
    )


def _issues(
    checked: Checked,
    assessments: Iterable[Assessment],
    found: tuple[Issue, ...],
    matched: tuple[Issue, ...],
    cases: Iterable[Case],
    plan: Portfolio,
) -> tuple[Issue, ...]:
    """All issues of the stations, each once, in the order of the road."""
    told = [*checked.issues, *(i for a in assessments for i in a.issues), *found, *matched]
    told += [issue for case in cases for issue in case.issues]
    told += plan.issues
    seen: dict[str, Issue] = {}
    for issue in told:
        seen.setdefault(f"{issue.code}/{issue.where}/{dict(issue.arguments)}", issue)
    return tuple(seen.values())
