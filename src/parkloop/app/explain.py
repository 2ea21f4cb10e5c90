"""Answer "why" for any figure: inputs, method, factors, sources, data quality."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace

from parkloop import reference
from parkloop.app.trouble import AppError
from parkloop.model import (
    Amount,
    Case,
    Derivation,
    Input,
    Origin,
    ParkResult,
    PhysicalLine,
    Solution,
    SourceClass,
)
from parkloop.model.ledger import record_fields

__all__ = ["FigureError", "explain", "reasons"]

_SINGULAR = {
    "flow": "flows",
    "bill": "bills",
    "equipment": "equipment",
    "answer": "answers",
    "product": "products",
    "participant": "participants",
    "park": "parks",
    "solution": "solutions",
    "log": "log",
    "price": "prices",
    "baseline": "baselines",
    "target": "targets",
}
_MONEY_FIGURES = ("saving", "capex", "npv", "simple_payback_a")


class FigureError(AppError):
    """No figure of this id exists in these parks; the sentence says which forms ids have."""

    def __init__(self, figure_id: str, parks: str) -> None:
        super().__init__(
            f"no figure {figure_id!r} in {parks}; ids look like flow/F-1/amount, case/<solution>/ghg_t, "
            "portfolio/<park>/<year>/ghg_t or reference/<row>, as `parkloop find` and `value` print them"
        )


def explain(figure_id: str, result: ParkResult) -> Derivation:
    """The derivation of `figure_id` in one park's result.

    Raises
    ------
    FigureError
        When no such figure exists in the result.
    """
    kind, _, rest = figure_id.partition("/")
    answer = _EXPLAINERS.get(kind, _entered)(figure_id, rest, result)
    if answer is None:
        raise FigureError(figure_id, result.park.id)
    return answer


def reasons(result: ParkResult) -> dict[str, Derivation]:
    """Derivations of every figure the documents print, by figure id.

    Each figure stands once: an input that is a figure itself is named by its id and value, and its own inputs
    stand in its own entry.
    """
    found: dict[str, Derivation] = {}
    for solution in result.solutions:
        if solution.id not in result.cases:
            continue
        for name in ("ghg_t", *_MONEY_FIGURES):
            _keep(_case(f"case/{solution.id}/{name}", f"{solution.id}/{name}", result), found)
    root = f"{result.park.id}/{result.portfolio.year}"
    for name in ("ghg_t", "saving", "capex", *sorted(result.portfolio.physical)):
        _keep(_portfolio(f"portfolio/{root}/{name}", f"{root}/{name}", result), found)
    for assessment in result.assessments:
        key = f"{assessment.framework.id}/{assessment.subject_id}/{assessment.year}/score"
        _keep(_assessment(f"assessment/{key}", key, result), found)
    return found


def _keep(derivation: Derivation | None, found: dict[str, Derivation]) -> None:
    """Put a derivation and all that it was made of into `found`, one level deep each."""
    if derivation is None:
        return
    if derivation.figure_id and (derivation.inputs or derivation.figure_id not in found):
        stubs = tuple(replace(part, inputs=()) if part.figure_id else part for part in derivation.inputs)
        known = found.get(derivation.figure_id)
        if known is None or not known.inputs:
            found[derivation.figure_id] = replace(derivation, inputs=stubs)
    for part in derivation.inputs:
        if part.inputs or part.figure_id not in found:
            _keep(part, found)


def _entered(figure_id: str, rest: str, result: ParkResult) -> Derivation | None:
    """A value somebody entered: the record's field with its origin."""
    kind = figure_id.partition("/")[0]
    record_id, _, name = rest.rpartition("/")
    collection = _SINGULAR.get(kind, kind)
    if collection not in record_fields():
        return None
    record = next((r for r in getattr(result.ledger, collection) if _id(r) == record_id), None)
    if record is None:
        return None
    value, unit, source_class = _field(record, name)
    if value is None and figure_id not in result.ledger.origins:
        return None
    return Derivation(
        figure_id=figure_id,
        label=f"{kind} {record_id}: {name}",
        value=value,
        unit=unit,
        source_class=source_class,
        origin=result.ledger.origins.get(figure_id),
    )


def _id(record: object) -> str:
    return str(getattr(record, "id", ""))


def _field(record: object, name: str) -> tuple[float | str | bool | None, str, SourceClass | None]:
    value = getattr(record, name, None)
    properties = getattr(record, "properties", {})
    if value is None and name in properties:
        value = properties[name]
    source_class = getattr(record, "source_class", None)
    if isinstance(value, Amount):
        return value.value, value.unit, value.source_class
    if is_dataclass(value) and not isinstance(value, type):
        value = "; ".join(str(getattr(value, f.name)) for f in fields(value))
    if value is not None and not isinstance(value, (int, float, str, bool)):
        value = str(value)
    return value, "", source_class


def _reference(figure_id: str, rest: str, result: ParkResult) -> Derivation | None:
    try:
        row = reference.row(rest)
    except KeyError:
        return None
    check = next((c for c in result.ledger.check_offs if c.row_id == rest), None)
    note = f"checked by {check.who} on {check.when}: {check.source}" if check else ""
    return Derivation(
        figure_id=figure_id,
        label=row.label,
        value=row.value,
        unit=row.unit,
        source=" ".join(part for part in (row.source, row.locator, str(row.year or "")) if part),
        confidence=row.confidence,
        note=note,
    )


def _case(figure_id: str, rest: str, result: ParkResult) -> Derivation | None:
    solution_id, _, name = rest.rpartition("/")
    case = result.cases.get(solution_id)
    solution = next((s for s in result.solutions if s.id == solution_id), None)
    if case is None or solution is None:
        return None
    label = f"{solution.title_en}: {name}"
    if name == "ghg_t":
        return _ghg(figure_id, label, case, solution, result)
    if name == "saving":
        return _saving(figure_id, label, case, solution, result)
    if name == "capex":
        inputs = tuple(
            Derivation(
                f"case/{solution_id}/capex/{n}",
                cost.label,
                cost.amount.best,
                cost.currency,
                method=cost.basis,
                note=f"price year {cost.year}",
                inputs=_refer((cost.basis,), result),
            )
            for n, cost in enumerate(solution.costs)
            if cost.kind == "capex"
        )
        return Derivation(
            figure_id, label, case.capex.best, case.currency, "sum of cost items", inputs=inputs
        )
    if name in ("npv", "simple_payback_a"):
        return _economics(figure_id, label, name, case, solution, result)
    lines = tuple(line for line in case.physical if line.resource_id == name)
    if not lines:
        return None
    return _physical(figure_id, label, lines, solution, result)


def _ghg(figure_id: str, label: str, case: Case, solution: Solution, result: ParkResult) -> Derivation:
    inputs = []
    for number, line in enumerate(case.emissions, start=1):
        if line.book.value != "project" or line.biogenic:
            continue
        quantity = _quantity(solution, case, line.resource_id, line.party, result)
        inputs.append(
            Derivation(
                figure_id=f"{figure_id}/{number}",
                label=f"{line.resource_id}: {line.label} (scope {line.scope})",
                value=line.amount.best,
                unit="tCO2e/a",
                formula=f"{line.quantity:.6g} {line.unit}/a x factor",
                inputs=quantity + _refer((line.factor_id,), result),
            )
        )
    return Derivation(
        figure_id,
        label,
        case.ghg_t_per_a.best,
        "tCO2e/a",
        "sum of avoided emissions by resource",
        method="valuation.value",
        inputs=tuple(inputs),
    )


def _saving(figure_id: str, label: str, case: Case, solution: Solution, result: ParkResult) -> Derivation:
    inputs = []
    for number, line in enumerate(case.money, start=1):
        if line.transfer:
            continue
        quantity = _quantity(solution, case, line.resource_id, line.party, result)
        formula = (
            f"{line.quantity:.6g} {line.unit}/a x {line.price:.6g} {line.currency}/{line.unit}"
            if (line.quantity is not None and line.price is not None)
            else ""
        )
        refs = _refer((line.price_ref,), result) if line.price_ref else ()
        inputs.append(
            Derivation(
                f"{figure_id}/{number}",
                line.label,
                line.amount.best,
                f"{line.currency}/a",
                formula,
                inputs=quantity + refs,
            )
        )
    return Derivation(
        figure_id,
        label,
        case.saving_per_a.best,
        f"{case.currency}/a",
        "sum of money lines",
        method="valuation.value",
        inputs=tuple(inputs),
    )


def _economics(
    figure_id: str, label: str, name: str, case: Case, solution: Solution, result: ParkResult
) -> Derivation:
    value = case.npv if name == "npv" else case.simple_payback_a
    parts = [
        _case(f"case/{solution.id}/capex", f"{solution.id}/capex", result),
        _case(f"case/{solution.id}/saving", f"{solution.id}/saving", result),
    ]
    known = tuple(part for part in parts if part is not None)
    if name == "npv":
        rate = Derivation(
            "", "discount rate", case.discount_rate, "-", source=result.price_book.discount_rate_source
        )
        life = Derivation("", "lifetime", case.lifetime_a, "a")
        formula, known = "sum of saving / (1 + rate)^n over the lifetime, minus capex", (*known, rate, life)
    else:
        formula = "capex / saving per year"
    unit = case.currency if name == "npv" else "a"
    return Derivation(
        figure_id,
        label,
        value.best if value else None,
        unit,
        formula,
        inputs=known,
        note=case.undefined.get(name, ""),
    )


def _quantity(
    solution: Solution, case: Case, resource_id: str, party: str, result: ParkResult
) -> tuple[Derivation, ...]:
    lines = tuple(
        line
        for line in case.physical
        if line.resource_id == resource_id and (not party or line.participant_id == party)
    )
    if not lines:
        return ()
    return (_physical(f"case/{solution.id}/{resource_id}", resource_id, lines, solution, result),)


def _physical(
    figure_id: str, label: str, lines: Iterable[PhysicalLine], solution: Solution, result: ParkResult
) -> Derivation:
    lines = tuple(lines)
    inputs = tuple(_input(item, result) for item in solution.inputs)
    if not inputs:
        inputs = tuple(
            Derivation(
                f"solution/{solution.id}/deltas",
                f"entered change of {delta.resource_id}",
                delta.value.best,
                lines[0].unit,
                delta.effect.value,
                origin=_delta_origin(solution, delta.resource_id, result),
            )
            for delta in solution.deltas
            if delta.resource_id in {line.resource_id for line in lines}
        )
    return Derivation(
        figure_id=figure_id,
        label=label,
        value=sum(line.amount.best for line in lines),
        unit=f"{lines[0].unit}/a",
        formula="change after minus before, from the inputs below",
        method=", ".join(solution.method_ids) or solution.type_id,
        inputs=inputs,
    )


def _delta_origin(solution: Solution, resource_id: str, result: ParkResult) -> Origin | None:
    """Where the change of a resource was entered: its own cell, else the amount of the exchange."""
    root = f"solution/{solution.id}"
    slot = 1 + next(n for n, delta in enumerate(solution.deltas) if delta.resource_id == resource_id)
    names = (
        f"{root}/deltas/{resource_id}",
        f"{root}/exchange/amount",
        f"{root}/saving_{slot}",
        f"{root}/deltas",
    )
    return next((result.ledger.origins[name] for name in names if name in result.ledger.origins), None)


def _input(item: Input, result: ParkResult) -> Derivation:
    refs = tuple(
        ref for ref in (item.figure_id, item.reference_id and f"reference/{item.reference_id}") if ref
    )
    return Derivation(
        figure_id=refs[0] if refs else "",
        label=item.name,
        value=item.value,
        unit=item.unit,
        source_class=item.source_class,
        inputs=_refer(refs, result),
        note=item.note,
    )


def _refer(refs: Iterable[str], result: ParkResult) -> tuple[Derivation, ...]:
    """Derivations of figure ids or bare reference ids; what nobody knows is named, not dropped."""
    found = []
    for ref in refs:
        if not ref:
            continue
        kind, _, rest = ref.partition("/")
        answer = None
        if kind in _EXPLAINERS or kind in _SINGULAR:
            answer = _EXPLAINERS.get(kind, _entered)(ref, rest, result)
        if answer is None:
            answer = _reference(f"reference/{ref}", ref, result)
        found.append(answer or Derivation(ref, ref, None, ""))
    return tuple(found)


def _portfolio(figure_id: str, rest: str, result: ParkResult) -> Derivation | None:
    park_id, _, tail = rest.partition("/")
    year, _, name = tail.partition("/")
    portfolio = result.portfolio
    if park_id != result.park.id or year != str(portfolio.year):
        return None
    totals = {"ghg_t": portfolio.ghg_t, "saving": portfolio.saving, "capex": portfolio.capex}
    total = totals.get(name) or portfolio.physical.get(name)
    if total is None:
        return None
    parts: list[tuple[float, str]] = []
    for share in portfolio.shares:
        if name == "ghg_t":
            amount = share.ghg_t
        elif name == "saving":
            amount = share.saving
        elif name == "capex":
            amount = result.cases[share.solution_id].capex.best if share.solution_id in result.cases else 0.0
        else:
            amount = sum(line.amount.best for line in share.physical if line.resource_id == name)
        if amount:
            parts.append((amount, share.solution_id))
    parts.sort(key=lambda part: -abs(part[0]))
    units = {"ghg_t": "tCO2e/a", "saving": f"{portfolio.currency}/a", "capex": portfolio.currency}
    unit = units.get(name) or f"{result.resources[name].unit}/a"
    inputs = tuple(
        Derivation(f"case/{solution_id}/{name}", solution_id, amount, unit, "share after interactions")
        for amount, solution_id in parts[:10]
    )
    rest_sum = sum(amount for amount, _ in parts[10:])
    if rest_sum:
        inputs += (Derivation("", f"{len(parts) - 10} smaller shares", rest_sum, unit),)
    stand_alone = {"ghg_t": portfolio.stand_alone_ghg_t, "saving": portfolio.stand_alone_saving}
    alone = stand_alone.get(name, portfolio.stand_alone_physical.get(name))
    note = "" if alone is None else f"sum of stand-alone cases {alone:.6g}; the gap is what would count twice"
    return Derivation(
        figure_id,
        name,
        total.best,
        unit,
        "all chosen solutions evaluated together on the end-use graphs",
        method="portfolio.optimise",
        inputs=inputs,
        note=note,
    )


def _assessment(figure_id: str, rest: str, result: ParkResult) -> Derivation | None:
    parts = rest.split("/")
    for item in result.assessments:
        if parts[:3] != [item.framework.id, item.subject_id, str(item.year)]:
            continue
        now = item.total[0]
        counts = (
            f"met {now.met}, partly {now.partly}, not {now.not_met}, "
            f"n.a. {now.not_applicable}, unanswered {now.unanswered}"
        )
        inputs = tuple(
            Derivation(
                f"answer/{judged.answer_id}/value",
                judged.criterion.title_en,
                judged.value,
                judged.criterion.unit,
                judged.now.value,
                confidence=judged.criterion.confidence,
                origin=result.ledger.origins.get(f"answer/{judged.answer_id}/value"),
                source=judged.criterion.source,
            )
            for judged in item.judged
        )
        return Derivation(
            figure_id,
            item.framework.title_en,
            now.score_fraction,
            "-",
            f"partly counts {item.rule.partly_credit}; total over {item.rule.total}",
            "assessment.assess",
            inputs=inputs,
            note=counts,
        )
    return None


_EXPLAINERS: dict[str, Callable[[str, str, ParkResult], Derivation | None]] = {
    "case": _case,
    "portfolio": _portfolio,
    "assessment": _assessment,
    "reference": _reference,
}
