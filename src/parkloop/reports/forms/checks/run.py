"""All cross-checks in the order of their numbers (X01 to X35 of the published field lists)."""

from collections.abc import Callable

from parkloop.model import FormCheck, LegalForm
from parkloop.reports.forms.checks import emissions, indicators, limits, money, networks, park, sums, years
from parkloop.reports.forms.checks.seen import Seen, seen
from parkloop.reports.forms.filing import Filing

__all__ = ["check_forms"]

CHECKS: tuple[Callable[[Seen], FormCheck], ...] = (
    park.land,
    park.land_shares,
    park.land_quarter,
    park.uptake,
    years.continuity,
    emissions.of_electricity,
    emissions.of_fuel,
    emissions.parts,
    money.portal_totals,
    money.full_totals,
    sums.waste_totals,
    sums.measures,
    sums.exchanges,
    networks.counted_once,
    networks.mass,
    sums.nothing_twice,
    indicators.symbioses,
    indicators.recp_share,
    indicators.wastewater_share,
    networks.papers,
    indicators.evidence,
    indicators.new_park,
    indicators.below_thresholds,
    indicators.denominators,
    limits.negative,
    limits.portal,
    networks.attachments,
    limits.percentages,
    money.units,
    limits.products,
    years.own_years,
    networks.nothing_runs,
    years.changes,
    park.compliance,
    limits.one_record,
)


def check_forms(
    forms: tuple[LegalForm, ...], filing: Filing, previous: tuple[LegalForm, ...]
) -> tuple[FormCheck, ...]:
    """Run every cross-check; those that need last year's forms stay open without them.

    Parameters
    ----------
    forms
        A.4, A.5, B.5 and all B.4 of one park and year.
    previous
        Forms of the year before, in any order.
    """
    everything = seen(forms, filing, previous)
    return tuple(check(everything) for check in CHECKS)
