"""One filing: a park's result, the reporting year, and what counts in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from parkloop.model import ParkResult, Participant, ParticipantKind, Solution
from parkloop.reports.forms.life import effective_date, running, started_in
from parkloop.reports.forms.savings import parts_of, vnd_rate
from parkloop.reports.forms.tally import Part, Tally
from parkloop.reports.voice import Voice, voice_of

__all__ = ["INSIDE", "Counting", "Filing", "filing", "still_here"]

Counting = Literal["running", "new"]
INSIDE = (ParticipantKind.ENTERPRISE, ParticipantKind.UTILITY)


@dataclass(frozen=True, slots=True)
class Filing:
    """What all forms of a park and year are filled from.

    Attributes
    ----------
    year
        N; most data are of N-1.
    measures, exchanges
        Those running on 31 December of N-1, each exchange once.
    counting
        Whose savings count: all that run, or those new in N-1.
    skipped
        Running solutions without savings in the sums, by id, with the reason code.
    solutions
        All solutions of the run by id.
    amounts
        Figure id of ledger flows and products to value and unit.
    voice
        The words of the language for what the result holds.
    """

    result: ParkResult
    year: int
    lang: str
    counting: Counting
    measures: tuple[Solution, ...]
    exchanges: tuple[Solution, ...]
    recp: Mapping[str, tuple[Part, ...]]
    symbiosis: Mapping[str, tuple[Part, ...]]
    skipped: Mapping[str, str]
    solutions: Mapping[str, Solution]
    amounts: Mapping[str, tuple[float, str]]
    voice: Voice

    @property
    def data_year(self) -> int:
        """N-1, the year of most figures."""
        return self.year - 1

    @property
    def last_day(self) -> date:
        """31 December of N-1."""
        return date(self.year - 1, 12, 31)

    @property
    def enterprises(self) -> tuple[Participant, ...]:
        """Enterprises in operation: those that file a B.4 and are the base of shares."""
        return tuple(
            p
            for p in self.result.ledger.participants
            if p.kind is ParticipantKind.ENTERPRISE and p.in_operation
        )

    @property
    def inside(self) -> frozenset[str]:
        """Ids of enterprises and utilities of the park; cities, contractors and strangers are outside."""
        park_id = self.result.park.id
        return frozenset(
            p.id for p in self.result.ledger.participants if p.kind in INSIDE and p.park_id == park_id
        )

    def tally(self, kind: str, participant_id: str = "") -> Tally:
        """Savings of measures or exchanges: of all inside the park, or what falls on one participant."""
        parts = self.recp if kind == "measure" else self.symbiosis
        if participant_id:
            return Tally(parts.get(participant_id, ()))
        inside = self.inside
        return Tally(tuple(p for member in sorted(parts) if member in inside for p in parts[member]))

    def beyond(self, kind: str) -> Tally:
        """What falls on partners outside the park: it stands in nobody's sum here."""
        parts = self.recp if kind == "measure" else self.symbiosis
        inside = self.inside
        return Tally(tuple(p for member in sorted(parts) if member not in inside for p in parts[member]))

    def name(self, participant_id: str) -> str:
        """The participant's name, or its id when nobody knows it."""
        return self.voice.participant(participant_id)

    def solution_in(self, figure_id: str) -> str:
        """The solution a figure of a case belongs to; empty for other figures."""
        parts = figure_id.split("/")
        return parts[1] if parts[0] == "case" and len(parts) > 1 else ""

    def rate(self, currency: str) -> float | None:
        """VND for one unit of `currency` in the year closest to the price book's; None when nobody knows."""
        return vnd_rate(self.result, currency)

    def undated(self, kind: str) -> tuple[Solution, ...]:
        """Counted solutions whose date nobody knows: taken as running all year."""
        return tuple(
            s for s in (self.measures if kind == "measure" else self.exchanges) if effective_date(s) is None
        )


def filing(result: ParkResult, year: int, lang: str, counting: Counting) -> Filing:
    """Collect what counts for reporting year `year`.

    Raises
    ------
    ValueError
        When the result is of another year than N-1.
    """
    if result.year != year - 1:
        raise ValueError(
            f"forms of {year} need the data of {year - 1}, the result is of {result.year}; "
            f"run the park with year {year - 1}"
        )
    day = date(year - 1, 12, 31)
    repeated = {s for s, why in result.portfolio.left_out.items() if why == "repeated_exchange"}
    known = tuple(s for s in result.solutions if s.id not in repeated)
    measures = tuple(s for s in running(known, "measure", day) if still_here(s, result))
    exchanges = running(known, "exchange", day)
    counted = measures + exchanges
    if counting == "new":
        counted = started_in(counted, year - 1)
    shares = {share.solution_id: share for share in result.portfolio.shares}
    recp: dict[str, list[Part]] = {}
    symbiosis: dict[str, list[Part]] = {}
    skipped: dict[str, str] = {}
    for solution in counted:
        share = shares.get(solution.id)
        if share is None or solution.id not in result.cases:
            skipped[solution.id] = result.portfolio.left_out.get(solution.id, "not_valued")
            continue
        into = recp if solution.kind == "measure" else symbiosis
        for part in parts_of(result, solution, share, year - 1):
            into.setdefault(part.participant_id, []).append(part)
    return Filing(
        result,
        year,
        lang,
        counting,
        measures,
        exchanges,
        {member: tuple(parts) for member, parts in recp.items()},
        {member: tuple(parts) for member, parts in symbiosis.items()},
        skipped,
        {solution.id: solution for solution in result.solutions},
        _amounts(result),
        voice_of(result, lang, result.reasons),
    )


def _amounts(result: ParkResult) -> dict[str, tuple[float, str]]:
    found = {f"flow/{f.id}/amount": (f.amount.value, f.amount.unit) for f in result.ledger.flows}
    for product in result.ledger.products:
        if product.output is not None:
            found[f"product/{product.id}/output"] = (product.output, product.unit)
        if product.capacity is not None:
            found[f"product/{product.id}/capacity"] = (product.capacity, product.unit)
        if product.revenue is not None:
            found[f"product/{product.id}/revenue"] = (product.revenue, product.revenue_currency)
    return found


def still_here(solution: Solution, result: ParkResult) -> bool:
    """Whether at least one of those a measure belongs to is in operation."""
    known = {p.id: p for p in result.ledger.participants}
    return any(p not in known or known[p].in_operation for p in solution.participant_ids)
