"""What stands on the sheets of a park's workbook."""

from collections.abc import Mapping, Sequence

from parkloop.model import Derivation, ParkResult
from parkloop.reports.evidence_sheets import (
    balances_sheet,
    factors_sheet,
    issues_sheet,
    scorecard_sheet,
    sources_sheet,
)
from parkloop.reports.figures import key_figures, stage_counts
from parkloop.reports.reasons import flat
from parkloop.reports.voice import Voice
from parkloop.reports.workbook import Sheet, Value, ends, headers, why_sheet
from parkloop.reports.yearly import year_flows

Row = tuple[Value, ...]


def dossier_sheets(
    result: ParkResult, reasons: Mapping[str, Derivation], voices: Sequence[Voice]
) -> tuple[Sheet, ...]:
    """All sheets of one park; codes are worded in the first language."""
    return (
        _overview(result, voices),
        _solutions(result, voices),
        _cases(result, voices),
        _physical(result, voices),
        _exchanges(result, voices),
        _flows(result, voices),
        balances_sheet(result, voices),
        scorecard_sheet(result, voices),
        issues_sheet(result, voices),
        factors_sheet(result, voices),
        sources_sheet(result, voices),
        why_sheet(reasons, voices, flat(reasons)),
    )


def _overview(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    voice, plan, park = voices[0], result.portfolio, result.park
    rows: list[Row] = [
        (voice.say("column.park"), park.name(voice.lang), "", None, None, None, park.id),
        (voice.say("column.year"), "", "", None, result.year, None, ""),
    ]
    if result.ledger.programme.is_sample:
        rows.insert(0, (voice.say("title.sample"), "", "", None, None, None, ""))
    for stage, number in stage_counts(result).items():
        rows.append((voice.say("figure.solutions"), voice.code("stage", stage), "", None, number, None, ""))
    for figure in key_figures(result):
        title = voice.say(f"figure.{figure.id}")
        unit = f"{figure.unit}/a" if figure.id == "saving" else figure.unit
        whole = voice.say("totals.whole_plan", {"count": len(plan.solution_ids)})
        rows.append((title, whole, unit, *ends(figure.total), figure.figure_ids[0]))
        if figure.total_usd is not None:
            rows.append((title, whole, "USD/a", *ends(figure.total_usd), ""))
        for item in figure.stages:
            rows.append((title, voice.code("stage", item.stage), unit, *ends(item.amount), ""))
        alone = voice.say("unfold.twice")
        rows.append((title, alone, unit, None, figure.counted_twice, None, ""))
    columns = ("indicator", "stage", "unit", "low", "best", "high", "figure")
    return Sheet("overview", headers(columns, voices), tuple(rows))


def _who(voice: Voice, participant_ids: Sequence[str]) -> str:
    return ", ".join(voice.participant(item) for item in participant_ids)


def _solutions(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    voice, currency = voices[0], result.portfolio.currency
    shares = {share.solution_id: share for share in result.portfolio.shares}
    rows: list[Row] = []
    for item in result.solutions:
        case, share = result.cases.get(item.id), shares.get(item.id)
        reason = result.portfolio.left_out.get(item.id, "")
        rows.append(
            (
                item.id,
                item.title_vi,
                item.title_en,
                _who(voice, item.participant_ids),
                voice.code("stage", item.stage),
                voice.code("rung", item.rung),
                item.owner,
                case.saving_per_a.best if case else None,
                case.capex.best if case else None,
                case.simple_payback_a.best if case and case.simple_payback_a else None,
                case.ghg_t_per_a.best if case else None,
                share.saving if share else None,
                share.ghg_t if share else None,
                voice.code("left_out", reason),
            )
        )
    columns = (
        "id",
        "title_vi",
        "title_en",
        "participants",
        "stage",
        "rung",
        "owner",
        f"saving|{currency}/a",
        f"capex|{currency}",
        "payback|a",
        "ghg|tCO2e/a",
        f"share_of_plan|{currency}/a",
        "share_of_plan|tCO2e/a",
        "reason",
    )
    return Sheet("solutions", headers(columns, voices), tuple(rows))


def _cases(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    voice = voices[0]
    rows: list[Row] = []
    for item in result.cases.values():
        money, lines = (
            item.currency,
            (
                ("saving", f"{item.currency}/a", ends(item.saving_per_a), "saving"),
                ("saving", "USD/a", ends(item.saving_usd_per_a), "saving_usd"),
                ("capex", item.currency, ends(item.capex), "capex"),
                ("capex", "USD", ends(item.capex_usd), "capex_usd"),
                ("ghg", "tCO2e/a", ends(item.ghg_t_per_a), "ghg_t"),
                ("npv", item.currency, ends(item.npv), "npv"),
                ("irr", "-", (None, item.irr, None), "irr"),
                ("payback", "a", ends(item.simple_payback_a), "simple_payback_a"),
                (
                    "abatement_cost",
                    "USD/tCO2e",
                    (None, item.abatement_cost_usd_per_t, None),
                    "abatement_cost",
                ),
                ("lifetime", "a", (None, item.lifetime_a, None), "lifetime_a"),
                ("discount_rate", "-", (None, item.discount_rate, None), "discount_rate"),
            ),
        )
        for column, unit, values, name in lines:
            note = voice.code("undefined", item.undefined.get(name, "")) if values[1] is None else ""
            figure = f"case/{item.solution_id}/{name}"
            rows.append(
                (
                    item.solution_id,
                    voice.solution(item.solution_id),
                    voice.say(f"column.{column}"),
                    unit or money,
                    *values,
                    note,
                    figure,
                )
            )
    columns = ("id", "solution", "indicator", "unit", "low", "best", "high", "note", "figure")
    return Sheet("cases", headers(columns, voices), tuple(rows))


def _physical(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    voice = voices[0]
    rows: list[Row] = [
        (
            case.solution_id,
            voice.participant(line.participant_id),
            voice.resource(line.resource_id),
            line.unit + "/a",
            *ends(line.amount),
            voice.code("fate", line.fate),
            voice.code("band", line.band),
            line.node_id,
        )
        for case in result.cases.values()
        for line in case.physical
    ]
    columns = ("id", "participant", "resource", "unit", "low", "best", "high", "fate", "side", "node")
    return Sheet("physical", headers(columns, voices), tuple(rows))


def _exchanges(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    voice = voices[0]
    rows: list[Row] = []
    for item in result.solutions:
        exchange = item.exchange
        if exchange is None:
            continue
        resource = result.resources.get(exchange.resource_id)
        rows.append(
            (
                item.id,
                item.title(voice.lang),
                voice.participant(exchange.donor_id),
                voice.participant(exchange.receiver_id),
                voice.resource(exchange.resource_id),
                voice.resource(exchange.displaced_resource_id),
                f"{resource.unit}/a" if resource else "",
                *ends(exchange.amount),
                voice.code("legal_class", exchange.legal_class),
                voice.legal_form(exchange.legal_type),
                voice.code("stage", item.stage),
                ", ".join(voice.missing(m) for m in exchange.missing),
            )
        )
    columns = (
        "id",
        "exchange",
        "donor",
        "receiver",
        "resource",
        "displaced",
        "unit",
        "low",
        "best",
        "high",
        "law",
        "form",
        "stage",
        "open_points",
    )
    return Sheet("exchanges", headers(columns, voices), tuple(rows))


def _flows(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    voice = voices[0]
    rows: list[Row] = [
        (
            voice.participant(row.participant_id),
            voice.code("direction", row.direction),
            voice.resource(row.resource_id),
            f"{row.unit}/a",
            row.amount,
            row.entered,
            voice.code("fate", row.fate),
            voice.code("source_class", row.source_class),
            row.coverage_fraction,
            ", ".join(f"flow/{item}/amount" for item in row.flow_ids[:12]),
        )
        for row in year_flows(result)
    ]
    rows.extend(
        (
            voice.participant(item.flow.participant_id),
            voice.code("direction", item.flow.direction),
            voice.resource(item.flow.resource_id),
            f"{item.flow.amount.unit}/a",
            item.range.best,
            None,
            voice.code("fate", item.flow.fate),
            voice.code("source_class", "inferred"),
            None,
            f"reference/{item.reference_id}",
        )
        for item in result.inferred
    )
    columns = (
        "participant",
        "direction",
        "resource",
        "unit",
        "amount",
        "entered",
        "fate",
        "source_class",
        "share",
        "figure",
    )
    return Sheet("flows", headers(columns, voices), tuple(rows))
