"""What moved: figures of documents before and after a change of the ledger."""

from parkloop.app.scope import has_year, of_park
from parkloop.app.settings import RunSettings
from parkloop.app.transition import travel
from parkloop.model import FigureChange, Ledger, ParkResult, record_fields

__all__ = ["figures", "impact"]

SAME = 1e-9


def figures(result: ParkResult) -> dict[str, tuple[str, str, float]]:
    """The printed figures of a park: id to (document, unit, value)."""
    found: dict[str, tuple[str, str, float]] = {}
    root = f"portfolio/{result.park.id}/{result.portfolio.year}"
    for resource_id, amount in result.portfolio.physical.items():
        unit = result.resources[resource_id].unit
        found[f"{root}/{resource_id}"] = ("dossier", f"{unit}/a", amount.best)
    currency = result.portfolio.currency
    found[f"{root}/saving"] = ("dossier", f"{currency}/a", result.portfolio.saving.best)
    found[f"{root}/ghg_t"] = ("dossier", "tCO2e/a", result.portfolio.ghg_t.best)
    found[f"{root}/capex"] = ("dossier", currency, result.portfolio.capex.best)
    for solution_id, case in result.cases.items():
        found[f"case/{solution_id}/saving"] = ("dossier", f"{case.currency}/a", case.saving_per_a.best)
        found[f"case/{solution_id}/ghg_t"] = ("dossier", "tCO2e/a", case.ghg_t_per_a.best)
        found[f"case/{solution_id}/capex"] = ("dossier", case.currency, case.capex.best)
    for item in result.assessments:
        score = item.total[0].score_fraction
        if score is not None:
            key = f"assessment/{item.framework.id}/{item.subject_id}/{item.year}/score"
            found[key] = ("dossier", "-", score)
    for balance in result.balances:
        key = f"balance/{balance.participant_id}/{balance.subject}/{balance.year}"
        found[key] = ("dossier", balance.unit, balance.residual)
    found |= _form_figures(result)
    return found


def _form_figures(result: ParkResult) -> dict[str, tuple[str, str, float]]:
    from parkloop import reports

    found = {}
    for form in reports.fill_forms(result, result.year + 1, "en"):
        for item in form.fields:
            if isinstance(item.value, (int, float)) and not isinstance(item.value, bool):
                key = f"form/{form.code}/{form.subject_id}/{form.year}/{item.id}"
                found[key] = (f"form {form.code}", item.unit, float(item.value))
    return found


def impact(before: Ledger, after: Ledger, settings: RunSettings) -> tuple[FigureChange, ...]:
    """Every printed figure that differs between two ledgers, the largest relative change first.

    Only parks that were there before and whose records differ are run again; a park without any record that
    tells its year has no figures yet.
    """
    known = {park.id for park in before.parks}
    moved: list[FigureChange] = []
    for park in after.parks:
        if park.id not in known:
            continue
        parts = of_park(before, park.id), of_park(after, park.id)
        if same_records(*parts) or not (has_year(parts[0]) and has_year(parts[1])):
            continue
        old, new = (figures(travel(part, park.id, settings)) for part in parts)
        moved += _differences(old, new)
    return tuple(sorted(moved, key=_size, reverse=True))


def same_records(one: Ledger, other: Ledger) -> bool:
    """Whether two ledgers hold equal records, wherever their values came from."""
    return all(getattr(one, name) == getattr(other, name) for name in record_fields())


def _differences(
    old: dict[str, tuple[str, str, float]], new: dict[str, tuple[str, str, float]]
) -> list[FigureChange]:
    found = []
    for key in sorted(old.keys() | new.keys()):
        document, unit, _ = new.get(key) or old[key]
        was = old[key][2] if key in old else None
        now = new[key][2] if key in new else None
        if was is not None and now is not None and abs(now - was) <= SAME * max(abs(was), abs(now)):
            continue
        found.append(FigureChange(key, document, key, unit, was, now))
    return found


def _size(change: FigureChange) -> float:
    if change.old is None or change.new is None or change.old == 0:
        return float("inf")
    return abs(change.new / change.old - 1)
