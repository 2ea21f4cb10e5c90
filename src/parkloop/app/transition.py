"""The product in one function: a park's ledger goes in, everything its documents are made of comes out."""

from collections.abc import Callable
from functools import partial

from parkloop import assessment, intake, portfolio, recp, reference, symbiosis, valuation
from parkloop.app.scope import activity_year, of_park, sites
from parkloop.app.settings import RunSettings
from parkloop.app.terms import factor_set, price_book
from parkloop.model import Assessment, Issue, Ledger, ParkResult, ScoringRule, Solution

__all__ = ["Stations", "travel"]

Stations = Callable[[str], None]


def travel(
    ledger: Ledger,
    park_id: str,
    settings: RunSettings = RunSettings(),
    pass_by: Stations = lambda station: None,
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
    graphs, graph_issues = recp.map_all(sites(part, year))
    measures, measure_issues = recp.propose_all(sites(part, year, graphs))
    exchanges = symbiosis.propose(
        part.participants, part.flows, part.solutions, resources, book, _match_settings(settings)
    )
    solutions = _gather(part.solutions, measures + exchanges.solutions)

    pass_by("value")
    terms = valuation.Terms(
        graphs, part.flows, part.bills, book, factors, resources, settings.valuation(year)
    )
    cases = valuation.value(solutions, terms)

    pass_by("plan")
    plan = portfolio.optimise(
        solutions, cases, partial(valuation.evaluate, terms=terms), settings.portfolio(park_id, year)
    )
    return ParkResult(
        park=park,
        year=year,
        ledger=part,
        resources=resources,
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
        issues=_issues(checked.issues, graph_issues, measure_issues, exchanges.issues, plan.issues),
    )


def _assess(part: Ledger, park_id: str, year: int) -> tuple[Assessment, ...]:
    """The park judged by each of its frameworks, entered answers before those the ledger itself gives."""
    frameworks = assessment.checked_off(reference.frameworks(), part.check_offs)
    derived = assessment.derive_answers(part, park_id, year)
    answers = assessment.join(part.answers, derived)
    return tuple(
        assessment.assess(park_id, frameworks[name], year, answers, ScoringRule())
        for name in part.park(park_id).frameworks
        if name in frameworks
    )


def _gather(known: tuple[Solution, ...], found: tuple[Solution, ...]) -> tuple[Solution, ...]:
    """Known solutions, and those found that nobody has on the list yet."""
    listed = {(s.type_id, s.participant_ids, s.subject_id) for s in known}
    ids = {s.id for s in known}
    new = (s for s in found if s.id not in ids and (s.type_id, s.participant_ids, s.subject_id) not in listed)
    return known + tuple(new)


def _issues(*groups: tuple[Issue, ...]) -> tuple[Issue, ...]:
    return tuple(issue for group in groups for issue in group)
