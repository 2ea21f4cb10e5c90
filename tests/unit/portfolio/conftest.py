"""Cases given by hand, and a bundle in which solutions of one participant take from each other."""

from collections.abc import Callable
from datetime import date

import pytest

from parkloop.methods import economics
from parkloop.model import (
    Case,
    Evaluation,
    PhysicalLine,
    Range,
    Share,
    Solution,
    Stage,
    StageEvent,
)

RATE, LIFETIME, USD = 0.1, 10.0, 1 / 25000
FACTOR = float(economics.annuity_factor(RATE, LIFETIME))


def solution(name: str, who: str = "A", **more) -> Solution:
    return Solution(name, "test", "measure", name, name, (who,), (), **more)


def implemented(name: str, year: int, who: str = "A", stage: Stage = Stage.IMPLEMENTED) -> Solution:
    return solution(name, who, stage=stage, history=(StageEvent(Stage.IMPLEMENTED, date(year, 6, 1)),))


def case(name: str, capex: float, saving: float, ghg_t: float) -> Case:
    """A case whose range is 60 to 100 % of the best value."""

    def spread(best: float) -> Range:
        ends = sorted((0.6 * best, best))
        return Range(ends[0], best, ends[1])

    return Case(
        solution_id=name,
        currency="VND",
        price_year=2025,
        physical=(PhysicalLine("A", "electricity", "kWh", Range.exact(-1000.0 * ghg_t)),),
        money=(),
        emissions=(),
        capex=Range.exact(capex),
        saving_per_a=spread(saving),
        saving_usd_per_a=spread(saving).scaled(USD),
        capex_usd=Range.exact(capex * USD),
        ghg_t_per_a=spread(ghg_t),
        npv=spread(saving * FACTOR - capex),
        irr=None,
        simple_payback_a=None,
        discounted_payback_a=None,
        abatement_cost_usd_per_t=None,
        lifetime_a=LIFETIME,
        discount_rate=RATE,
    )


class Bundle:
    """Evaluates by a rule simple enough to check: of the solutions of one participant the largest counts in
    full, every other one for the fraction `left`; calls are kept."""

    def __init__(self, cases: dict[str, Case], left: float = 1.0) -> None:
        self.cases, self.left = cases, left
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, solutions: tuple[Solution, ...]) -> Evaluation:
        self.calls.append(tuple(s.id for s in solutions))
        shares, npv = [], 0.0
        for one in solutions:
            peers = [s for s in solutions if s.participant_ids == one.participant_ids]
            first = max(peers, key=lambda s: (self.cases[s.id].saving_per_a.best, s.id))
            own, part = self.cases[one.id], 1.0 if one is first else self.left
            saving, ghg = own.saving_per_a.best * part, own.ghg_t_per_a.best * part
            lines = tuple(
                PhysicalLine(x.participant_id, x.resource_id, x.unit, x.amount.scaled(part))
                for x in own.physical
            )
            shares.append(Share(one.id, lines, saving, ghg, stage=one.stage.value))
            npv += saving * FACTOR - own.capex.best
        total = Range.exact(sum(s.saving for s in shares))
        capex = Range.exact(sum(self.cases[s.id].capex.best for s in solutions))
        return Evaluation(
            solution_ids=tuple(s.id for s in solutions),
            currency="VND",
            year=2025,
            physical={},
            lines=(),
            saving=total,
            saving_usd=total.scaled(USD),
            ghg_t=Range.exact(sum(s.ghg_t for s in shares)),
            capex=capex,
            capex_usd=capex.scaled(USD),
            npv=npv,
            shares=tuple(shares),
            baseline=(),
            realisation=Range(0.6, 0.8, 1.0),
            usd_per_unit=USD,
        )


class Plan:
    """The builders above, for tests."""

    solution = staticmethod(solution)
    implemented = staticmethod(implemented)
    case = staticmethod(case)
    bundle = Bundle
    factor = FACTOR


@pytest.fixture
def plan() -> Callable[..., object]:
    return Plan
