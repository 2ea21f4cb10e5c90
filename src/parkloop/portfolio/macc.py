"""The marginal abatement cost curve of a plan."""

from collections.abc import Mapping

from parkloop.methods import economics
from parkloop.model import Case, MaccBlock, Portfolio, Share


def macc(cases: Mapping[str, Case], portfolio: Portfolio) -> tuple[MaccBlock, ...]:
    """Blocks of the curve in order of cost: how many tonnes each solution adds, and what one of them costs.

    The width is the solution's share of the plan, so that the curve is as wide as the total and nothing
    stands on it twice; the height is (annuity of the outlay less the yearly saving of the share) per tonne.
    Blocks below zero earn money. Among them the height is no ranking, because dividing a gain by few tonnes
    makes it look larger: compare their net present values instead. Solutions whose share saves no tonnes,
    or whose outlay is not known, have no block.

    Returns
    -------
    tuple
        Ascending in cost [USD/t]; `start_t` is the sum of the widths before [t/a].
    """
    found = []
    for share in portfolio.shares:
        case = cases[share.solution_id]
        cost = _cost_usd(case, share, portfolio)
        if share.ghg_t > 0.0 and cost is not None:
            found.append((cost / share.ghg_t, share.solution_id, share))
    start = 0.0
    blocks = []
    for height, solution_id, share in sorted(found, key=lambda item: item[:2]):
        blocks.append(MaccBlock(solution_id, share.ghg_t, height, start, share.stage))
        start += share.ghg_t
    return tuple(blocks)


def _cost_usd(case: Case, share: Share, portfolio: Portfolio) -> float | None:
    """Yearly cost of a share [USD/a], negative when it earns."""
    if "capex_missing" in case.undefined.values() or case.lifetime_a <= 0.0:
        return None
    rate = _usd_per_unit(case, portfolio)
    if rate is None:
        return None
    yearly = economics.annuity(case.capex.best, case.discount_rate, case.lifetime_a)
    return (float(yearly) - share.saving) * rate


def _usd_per_unit(case: Case, portfolio: Portfolio) -> float | None:
    pairs = (
        (portfolio.saving_usd.best, portfolio.saving.best),
        (case.saving_usd_per_a.best, case.saving_per_a.best),
        (case.capex_usd.best, case.capex.best),
    )
    return next((usd / own for usd, own in pairs if own != 0.0 and usd != 0.0), None)
