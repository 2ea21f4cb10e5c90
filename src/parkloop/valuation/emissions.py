"""Emission factors of what crosses the fence; the inventory book is never touched."""

from collections import defaultdict

from parkloop.model import Book, Factor, Family, Issue, Severity, Where
from parkloop.valuation.places import Place
from parkloop.valuation.resolve import USED_ALREADY
from parkloop.valuation.terms import Terms

_BURNT_OR_USED = {Family.ELECTRICITY, Family.FUEL, Family.HEAT}
_ALL_GASES = "CO2e"


class Emissions:
    """Looks factors up; remembers which were missing."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.issues: dict[tuple[str, ...], Issue] = {}
        self._cache: dict[tuple[str, str, bool, bool], tuple[Factor, ...]] = {}

    def of(self, place: Place, fate: str, *, used_already: bool) -> tuple[Factor, ...]:
        """The factors of a line: project savings by scope and gas, biogenic CO2 and life cycle apart.

        Nothing that is put to use today earns a life-cycle credit. Where the project book has no factor for
        an energy carrier or a disposal, or no book has one for anything else, an issue names the resource.
        """
        key = (place.resource_id, fate if place.outgoing else "", place.outgoing, used_already)
        if key not in self._cache:
            wanted = fate if place.outgoing else ""
            found = (
                ()
                if place.outgoing and not wanted
                else self.terms.factors_of.get((place.resource_id, wanted), ())
            )
            usable = [f for f in found if self._same_unit(f)]
            self._cache[key] = self._one_each(usable, used_already=used_already)
        factors = self._cache[key]
        if not any(f.book is Book.PROJECT for f in factors):
            self._missing(place, fate, found=bool(factors))
        return factors

    def _one_each(self, factors: list[Factor], *, used_already: bool) -> tuple[Factor, ...]:
        """One factor for each book, scope and gas: the edition closest to the year of the set."""
        groups: dict[tuple[Book, int, bool], dict[str, list[Factor]]] = defaultdict(lambda: defaultdict(list))
        for factor in factors:
            if not (used_already and factor.book is Book.LIFE_CYCLE):
                groups[factor.book, factor.scope, factor.biogenic][factor.gas].append(factor)
        chosen: list[Factor] = []
        for group in groups.values():
            # a factor for all gases together stands for the single ones
            gases = [_ALL_GASES] if _ALL_GASES in group else sorted(group)
            chosen.extend(
                min(group[gas], key=lambda f: (abs(f.year - self.terms.factors.year), -f.year, f.id))
                for gas in gases
            )
        return tuple(sorted(chosen, key=lambda f: f.id))

    def _same_unit(self, factor: Factor) -> bool:
        unit = self.terms.resources[factor.resource_id].unit
        if "/" not in factor.unit or factor.unit.rsplit("/", 1)[1].strip() == unit:
            return True
        self.issues.setdefault(
            ("valuation.factor.unit_mismatch", factor.id),
            Issue(
                "valuation.factor.unit_mismatch",
                Severity.ERROR,
                Where(record=f"reference/{factor.id}"),
                {"factor": factor.id, "unit": factor.unit, "resource": factor.resource_id, "expected": unit},
            ),
        )
        return False

    def _missing(self, place: Place, fate: str, *, found: bool) -> None:
        """Note what has no factor where one is to be expected."""
        family = self.terms.resources[place.resource_id].family
        carrier = family in _BURNT_OR_USED and not place.outgoing
        free = place.outgoing and (family is Family.HEAT or fate in USED_ALREADY)
        if free or (found and not carrier):
            return
        self.issues.setdefault(
            ("valuation.factor.missing", place.resource_id, fate),
            Issue(
                "valuation.factor.missing",
                Severity.WARNING if carrier else Severity.INFO,
                Where(record=f"resource/{place.resource_id}"),
                {"resource": place.resource_id, "fate": fate or "-"},
            ),
        )
