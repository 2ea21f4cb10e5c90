"""Derivations for printed figures that a result carries no reasons for, from the lines of its cases."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop.model import Case, Derivation, EmissionLine, Factor, MoneyLine, ParkResult, Price, Solution
from parkloop.reference import row as reference_row
from parkloop.reports.figures import RESOURCES_OF, KeyFigure, key_figures
from parkloop.reports.voice import Voice, voice_of


def all_reasons(result: ParkResult, lang: str) -> dict[str, Derivation]:
    """The reasons of a result, completed for totals and cases it says nothing about.

    What the result brings always goes before what is derived here.
    """
    voice = voice_of(result, lang, {})
    found: dict[str, Derivation] = {}
    factors = {factor.id: factor for factor in result.factor_set.factors}
    sources = {factor_id: _factor(factor, voice) for factor_id, factor in factors.items()}
    used = {
        line.price_ref.removeprefix("reference/") for case in result.cases.values() for line in case.money
    }
    prices = tuple(
        _price_row(price, voice) for price in result.price_book.prices if price.reference_id in used
    )
    by_row = {item.figure_id.removeprefix("reference/"): item for item in prices}
    for solution in result.solutions:
        case = result.cases.get(solution.id)
        if case is not None:
            found.update(_of_case(solution, case, voice, {**sources, **by_row}))
    for figure in key_figures(result):
        derivation = _of_total(figure, result, voice)
        found.setdefault(derivation.figure_id, derivation)
        found.update({item.figure_id: item for item in _of_shares(figure, result, voice)})
    # a factor is explained by its row wherever a figure names it
    found.update({item.figure_id: item for item in (*prices, *sources.values())})
    found.update(result.reasons)
    return {figure_id: _with_known(item, found) for figure_id, item in found.items()}


def _factor(factor: Factor, voice: Voice) -> Derivation:
    published = _published(factor.id, voice)
    said = (
        (published.source, str(factor.year), factor.geography)
        if published.source
        else (voice.source(factor.source), str(factor.year), factor.geography)
    )
    return replace(
        published,
        value=factor.value,
        unit=factor.unit,
        method=factor.method,
        source=" · ".join(part for part in said if part),
        confidence=factor.confidence,
    )


def _price_row(price: Price, voice: Voice) -> Derivation:
    published = _published(price.reference_id, voice)
    return (
        published
        if published.source
        else replace(published, value=price.value, unit=price.currency, confidence=price.confidence)
    )


def _published(row_id: str, voice: Voice) -> Derivation:
    """A row of the reference tables; only its id where no table has it."""
    figure_id = f"reference/{row_id}"
    try:
        row = reference_row(row_id)
    except KeyError:
        return Derivation(figure_id, row_id, None, "")
    source = ", ".join(part for part in (voice.source(row.source), row.locator) if part)
    return Derivation(
        figure_id,
        row.label_vi if voice.lang == "vi" else row.label_en,
        row.value,
        row.unit,
        row.formula,
        source=source,
        confidence=row.confidence,
        inputs=tuple(_published(item, voice) for item in row.inputs if item),
    )


def _with_known(derivation: Derivation, known: Mapping[str, Derivation]) -> Derivation:
    """The changes behind a solution with the derivations the result brings for them."""
    if not derivation.figure_id.endswith("/physical"):
        return derivation
    return replace(derivation, inputs=tuple(known.get(item.figure_id, item) for item in derivation.inputs))


def share_id(result: ParkResult, solution_id: str, figure_id: str) -> str:
    """The figure id of one solution's share of a total of the plan."""
    name = {"saving": "saving", "ghg": "ghg_t"}.get(figure_id, figure_id)
    return f"portfolio/{result.park.id}/{result.portfolio.year}/share/{solution_id}/{name}"


def _of_case(
    solution: Solution, case: Case, voice: Voice, sources: dict[str, Derivation]
) -> dict[str, Derivation]:
    stem = f"case/{solution.id}"
    title = solution.title(voice.lang)
    year = "/a"
    derivations = [
        Derivation(
            f"{stem}/ghg_t",
            title,
            case.ghg_t_per_a.best,
            "tCO2e/a",
            voice.say("why.sum_of_emissions"),
            inputs=tuple(_emission(line, voice, sources) for line in case.emissions if line.book == "project")
            or tuple(_emission(line, voice, sources) for line in case.emissions),
        ),
        Derivation(
            f"{stem}/saving",
            title,
            case.saving_per_a.best,
            f"{case.currency}{year}",
            voice.say("why.sum_of_money"),
            inputs=tuple(_money(line, voice, sources) for line in case.money if not line.transfer),
        ),
        Derivation(
            f"{stem}/capex",
            title,
            case.capex.best,
            case.currency,
            voice.say("why.sum_of_costs"),
            inputs=tuple(
                Derivation(
                    "", item.label, item.amount.best, item.currency, source=item.basis, note=str(item.year)
                )
                for item in solution.costs
                if item.kind == "capex"
            ),
        ),
    ]
    for resource_id in dict.fromkeys(line.resource_id for line in case.physical):
        lines = [line for line in case.physical if line.resource_id == resource_id]
        derivations.append(
            Derivation(
                f"{stem}/{resource_id}",
                voice.resource(resource_id),
                sum(line.amount.best for line in lines),
                f"{lines[0].unit}{year}",
                voice.say("why.sum_of_lines"),
                inputs=tuple(
                    Derivation(
                        "",
                        voice.participant(line.participant_id),
                        line.amount.best,
                        f"{line.unit}{year}",
                        note=line.node_id,
                    )
                    for line in lines
                ),
            )
        )
    if case.physical:
        changes = tuple(derivations[3:])
        derivations.append(
            Derivation(f"{stem}/physical", title, None, "", voice.say("why.sum_of_lines"), inputs=changes)
        )
    return {item.figure_id: item for item in derivations}


def _emission(line: EmissionLine, voice: Voice, sources: dict[str, Derivation]) -> Derivation:
    factor = sources.get(line.factor_id)
    quantity = Derivation("", voice.resource(line.resource_id), line.quantity, f"{line.unit}/a")
    return Derivation(
        figure_id="",
        label=line.label or voice.resource(line.resource_id),
        value=line.amount.best,
        unit="tCO2e/a",
        formula=voice.say("why.quantity_times_factor"),
        inputs=(quantity, factor) if factor else (quantity,),
        note="" if factor else line.factor_id,
    )


def _money(line: MoneyLine, voice: Voice, prices: Mapping[str, Derivation]) -> Derivation:
    inputs = []
    if line.quantity is not None:
        inputs.append(Derivation("", voice.resource(line.resource_id), line.quantity, f"{line.unit}/a"))
    if line.price is not None:
        unit = f"{line.currency}/{line.unit}"
        inputs.append(
            Derivation(line.price_ref, voice.say("why.price"), line.price, unit, source=line.price_ref)
        )
    formula = voice.say("why.quantity_times_price") if len(inputs) == 2 else ""
    return Derivation("", line.label, line.amount.best, f"{line.currency}/a", formula, inputs=tuple(inputs))


def _of_total(figure: KeyFigure, result: ParkResult, voice: Voice) -> Derivation:
    unit = f"{figure.unit}/a" if figure.id == "saving" else figure.unit
    inputs = tuple(
        Derivation(
            share_id(result, solution_id, figure.id),
            f"{solution_id} · {voice.solution(solution_id)}",
            amount,
            unit,
        )
        for solution_id, amount in figure.lines
    )
    note = voice.say("why.counted_twice_note") if abs(figure.counted_twice) > 1e-9 else ""
    return Derivation(
        figure.figure_ids[0],
        voice.say(f"figure.{figure.id}"),
        figure.total.best,
        unit,
        voice.say("why.sum_of_shares"),
        method="portfolio",
        inputs=inputs,
        note=note,
    )


def _of_shares(figure: KeyFigure, result: ParkResult, voice: Voice) -> tuple[Derivation, ...]:
    """What each solution contributes to a total, beside what it would save on its own."""
    unit = f"{figure.unit}/a" if figure.id == "saving" else figure.unit
    made = []
    for solution_id, amount in figure.lines:
        case = result.cases.get(solution_id)
        names = {"saving": ("saving",), "ghg": ("ghg_t",)}.get(figure.id) or RESOURCES_OF[figure.id]
        alone = tuple(
            Derivation(f"case/{solution_id}/{name}", voice.say("why.alone"), value, unit)
            for name in names
            if case is not None and (value := _alone(case, name)) is not None
        )
        made.append(
            Derivation(
                share_id(result, solution_id, figure.id),
                solution_id,
                amount,
                unit,
                voice.say("why.share"),
                method="portfolio",
                inputs=alone,
            )
        )
    return tuple(made)


def _alone(case: Case, name: str) -> float | None:
    """What a case gives on its own; changes are after minus before, so a saving of a resource is negative."""
    if name == "saving":
        return case.saving_per_a.best
    if name == "ghg_t":
        return case.ghg_t_per_a.best
    lines = [line.amount.best for line in case.physical if line.resource_id == name]
    return sum(lines) if lines else None
