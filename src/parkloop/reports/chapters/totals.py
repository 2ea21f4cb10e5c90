"""The key figures, and what each total unfolds into."""

from collections import Counter

from parkloop.model import BaselineUse, Range, SourceClass, Stage
from parkloop.reports.derive import share_id
from parkloop.reports.figures import FLAG_FRACTION, LARGEST_LINES, KeyFigure, stage_counts
from parkloop.reports.numbers import DASH, count, money_unit, number, percent, ranged, span, unit_text
from parkloop.reports.page import (
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Column,
    Fact,
    Fold,
    Heading,
    Paragraph,
    Table,
)
from parkloop.reports.story import Story, money_cell, money_text, range_cell

_MOST_BASELINES = 25
_MOST_OF_ALL_RESOURCES = 10
_MEASURED = frozenset({SourceClass.METERED, SourceClass.BILLED})


def totals_chapter(story: Story) -> Chapter:
    """Cards of the key figures and, under each, its unfolded calculation."""
    plan = story.result.portfolio
    blocks: list[Block] = []
    if not story.result.solutions:
        blocks.append(Paragraph(story.say("missing.no_solutions"), "notice"))
    elif not plan.solution_ids:
        blocks.append(Paragraph(story.say("missing.empty_plan"), "notice"))
    blocks.append(Cards((_solutions_card(story), *(_card(story, figure) for figure in story.figures))))
    blocks.append(Paragraph(story.say("totals.never_merged"), "muted"))
    if plan.solution_ids:
        blocks.extend(_unfold(story, figure) for figure in story.figures)
    lead = story.say("totals.lead", {"year": plan.year, "kind": story.voice.code("total_kind", plan.kind)})
    return Chapter("totals", story.say("chapter.totals"), tuple(blocks), lead)


def _solutions_card(story: Story) -> Card:
    counts = stage_counts(story.result)
    rows = tuple(
        Fact(story.voice.code("stage", stage), Cell(count(number_of, story.lang), tone=stage_tone(stage)))
        for stage, number_of in counts.items()
    )
    measures = sum(1 for item in story.result.solutions if item.exchange is None)
    second = story.say(
        "totals.kinds", {"measures": measures, "exchanges": len(story.result.solutions) - measures}
    )
    whole = Cell(count(len(story.result.solutions), story.lang))
    return Card(
        story.say("figure.solutions"), "", whole, second, rows, "solutions", story.say("totals.see_list")
    )


def stage_tone(stage: str) -> str:
    """The mark of a stage: how many of five steps are filled, `stage-0` for rejected."""
    order = [
        str(item)
        for item in (Stage.PROPOSED, Stage.FEASIBLE, Stage.DECIDED, Stage.IMPLEMENTED, Stage.VERIFIED)
    ]
    return f"stage-{order.index(stage) + 1 if stage in order else 0}"


def figure_unit(figure: KeyFigure, lang: str) -> str:
    """The printed unit of a key figure, per year."""
    if figure.id == "saving":
        return unit_text(f"{money_unit(figure.unit, lang)}/a", lang)
    return unit_text(figure.unit, lang)


def _cell(story: Story, figure: KeyFigure, amount: Range | None, why: str = "") -> Cell:
    if amount is None:
        return Cell(DASH, detail=story.say("missing.stage_empty"))
    if figure.id == "saving":
        return money_cell(amount, figure.unit, story.lang, why)
    return range_cell(amount, story.lang, why)


def _card(story: Story, figure: KeyFigure) -> Card:
    plan = story.result.portfolio
    rows = []
    for stage in figure.stages:
        cell = _cell(story, figure, stage.amount)
        named = story.voice.code("stage", stage.stage)
        rows.append(
            Fact(
                f"{named} ({stage.count})",
                Cell(cell.text, extent="", detail=cell.extent, tone=stage_tone(stage.stage)),
            )
        )
    second = ""
    if (
        figure.total_usd is not None
        and plan.solution_ids
        and (figure.total_usd.best or not figure.total.best)
    ):
        middle, ends = ranged(figure.total_usd, story.lang)
        second = f"USD {middle}" + (f" ({ends})" if ends else "") + unit_text("/a", story.lang)
    if not plan.solution_ids:
        value = Cell(DASH, detail=story.say("missing.empty_plan"))
    else:
        value = _cell(story, figure, figure.total, story.voice.why(*figure.figure_ids))
    return Card(
        title=story.say(f"figure.{figure.id}"),
        unit=figure_unit(figure, story.lang),
        value=value,
        second=second,
        rows=tuple(rows),
        target=f"unfold-{figure.id}" if plan.solution_ids else "",
        link=story.say("totals.unfold"),
        caption=story.say("totals.whole_plan", {"count": len(plan.solution_ids)}),
    )


def _unfold(story: Story, figure: KeyFigure) -> Fold:
    blocks = (
        *_compared(story, figure),
        *_stages(story, figure),
        *_twice(story, figure),
        *_boundary(story, figure),
        *_width(story, figure),
    )
    title = story.say("totals.unfolded", {"figure": story.say(f"figure.{figure.id}")})
    return Fold(f"unfold-{figure.id}", title, blocks)


def _compared(story: Story, figure: KeyFigure) -> tuple[Block, ...]:
    heading = Heading(story.say("unfold.compared"), 4)
    uses = figure.baseline or (story.result.portfolio.baseline if figure.id in {"saving", "ghg"} else ())
    if not uses:
        return heading, Paragraph(story.say("unfold.no_baseline"), "notice")
    ordered = sorted(uses, key=lambda use: -(use.fraction or 0.0))
    columns = (
        Column(story.say("column.participant"), width=2),
        Column(story.say("column.resource"), width=2),
        Column(story.say("column.baseline_use"), numeric=True),
        Column(story.say("column.saved"), numeric=True),
        Column(story.say("column.unit")),
        Column(story.say("column.share"), numeric=True),
        Column(story.say("column.source_class")),
    )
    rows = tuple(
        _baseline_row(story, use)
        for use in ordered[: _MOST_BASELINES if figure.baseline else _MOST_OF_ALL_RESOURCES]
    )
    hidden = len(ordered) - len(rows)
    note = story.say("unfold.more_rows", {"count": hidden}) if hidden > 0 else ""
    blocks: list[Block] = [heading]
    if len({use.unit for use in uses}) == 1:
        whole = sum(use.amount for use in uses)
        measured = sum(use.amount for use in uses if use.source_class in _MEASURED)
        saved = sum(use.saving for use in uses)
        said = {
            "use": number(whole, story.lang),
            "unit": unit_text(f"{uses[0].unit}/a", story.lang),
            "share": percent(saved / whole, story.lang) if whole else DASH,
            "measured": percent(measured / whole, story.lang) if whole else DASH,
        }
        blocks.append(Paragraph(story.say("unfold.baseline_said", said)))
    return (*blocks, Table(columns, rows, "", note, small=True))


def _baseline_row(story: Story, use: BaselineUse) -> tuple[Cell, ...]:
    high = use.fraction is not None and use.fraction > FLAG_FRACTION
    return (
        Cell(story.voice.participant(use.participant_id)),
        Cell(story.voice.resource(use.resource_id)),
        Cell(number(use.amount, story.lang)),
        Cell(number(use.saving, story.lang)),
        Cell(unit_text(f"{use.unit}/a", story.lang)),
        Cell(
            percent(use.fraction, story.lang),
            marks=("flagged",) if high else (),
            tone="attention" if high else "",
        ),
        Cell(story.voice.code("source_class", use.source_class)),
    )


def _stages(story: Story, figure: KeyFigure) -> tuple[Block, ...]:
    plan = story.result.portfolio
    details = {total.stage: total for total in plan.stages}
    columns = (
        Column(story.say("column.stage"), width=2),
        Column(story.say("column.solutions"), numeric=True),
        Column(figure_unit(figure, story.lang), numeric=True, width=2),
        Column(story.say("column.visited"), numeric=True),
        Column(story.say("column.verified"), numeric=True),
    )
    rows = []
    for stage in figure.stages:
        total = details.get(stage.stage)
        rows.append(
            (
                Cell(story.voice.code("stage", stage.stage), tone=stage_tone(stage.stage)),
                Cell(count(stage.count, story.lang)),
                _cell(story, figure, stage.amount),
                Cell(count(total.visited_count, story.lang) if total else DASH),
                Cell(count(total.verified_count, story.lang) if total else DASH),
            )
        )
    low, high = plan.realisation.low, plan.realisation.high
    rate = {"best": number(plan.realisation.best, story.lang), "span": span(low, high, story.lang) or "–"}
    note = story.say("unfold.realisation", rate)
    return Heading(story.say("unfold.stage"), 4), Table(columns, tuple(rows), "", note)


def _twice(story: Story, figure: KeyFigure) -> tuple[Block, ...]:
    unit = figure_unit(figure, story.lang)

    def said(value: float) -> str:
        if figure.id == "saving":
            return money_text(value, figure.unit, story.lang)
        return f"{number(value, story.lang)} {unit}"

    gap = figure.counted_twice
    arguments = {
        "alone": said(figure.stand_alone),
        "plan": said(figure.total.best),
        "gap": said(gap),
        "share": percent(gap / figure.stand_alone, story.lang) if figure.stand_alone else DASH,
    }
    chosen = set(story.result.portfolio.solution_ids)
    here = [item for item in story.result.solutions if item.id in chosen]
    shared = [item.id for item in here if item.exchange is not None]
    programmes = [item.id for item in here if len(item.programme_ids) > 1]
    blocks: list[Block] = [
        Heading(story.say("unfold.twice"), 4),
        Paragraph(story.say("unfold.gap", arguments)),
    ]
    if shared:
        blocks.append(Paragraph(story.say("unfold.partners", {"ids": ", ".join(shared)}), "muted"))
    if programmes:
        blocks.append(Paragraph(story.say("unfold.programmes", {"ids": ", ".join(programmes)}), "muted"))
    return tuple(blocks)


def _boundary(story: Story, figure: KeyFigure) -> tuple[Block, ...]:
    plan, lang = story.result.portfolio, story.lang
    blocks: list[Block] = [
        Heading(story.say("unfold.boundary"), 4),
        Paragraph(story.say(f"unfold.boundary_{figure.id}")),
    ]
    if figure.id == "ghg":
        scopes = ", ".join(
            story.say("unfold.scope", {"scope": scope, "t": number(value, lang)})
            for scope, value in sorted(plan.by_scope.items())
        )
        apart = {
            "scopes": scopes or DASH,
            "life_cycle": number(plan.life_cycle_ghg_t, lang),
            "biogenic": number(plan.biogenic_t, lang),
            "factors": story.result.factor_set.id,
            "year": story.result.factor_set.year,
        }
        blocks.append(Paragraph(story.say("unfold.scopes", apart)))
    columns = (
        Column(story.say("column.id")),
        Column(story.say("column.solution"), width=4),
        Column(figure_unit(figure, lang), numeric=True),
        Column(story.say("column.share"), numeric=True),
    )
    rows = tuple(_largest(story, figure, item, amount) for item, amount in figure.lines[:LARGEST_LINES])
    if rows:
        blocks.append(Table(columns, rows, story.say("unfold.largest"), small=True))
    return tuple(blocks)


def _largest(story: Story, figure: KeyFigure, solution_id: str, amount: float) -> tuple[Cell, ...]:
    why = story.voice.why(share_id(story.result, solution_id, figure.id))
    cell = _cell(story, figure, Range.exact(amount), why)
    share = amount / figure.total.best if figure.total.best else None
    return (
        Cell(solution_id),
        Cell(story.voice.solution(solution_id)),
        cell,
        Cell(percent(share, story.lang)),
    )


def _width(story: Story, figure: KeyFigure) -> tuple[Block, ...]:
    result, lang = story.result, story.lang
    chosen = [item for item in result.solutions if item.id in set(result.portfolio.solution_ids)]
    lives = [result.cases[item.id].lifetime_a for item in chosen if item.id in result.cases]
    cell = _cell(story, figure, figure.total)
    wide = {"best": cell.text, "span": cell.extent or cell.text, "unit": figure_unit(figure, lang)}
    blocks: list[Block] = [Heading(story.say("unfold.width"), 4), Paragraph(story.say("unfold.range", wide))]
    if lives:
        long = {
            "low": number(min(lives), lang),
            "high": number(max(lives), lang),
            "mean": number(sum(lives) / len(lives), lang),
        }
        blocks.append(Paragraph(story.say("unfold.lifetime", long)))
    who = Counter(item.contribution or "unstated" for item in chosen)
    parts = [f"{story.voice.code('contribution', key)}: {number_of}" for key, number_of in who.most_common()]
    blocks.append(Paragraph(story.say("unfold.because", {"classes": "; ".join(parts) or DASH})))
    unowned = sum(1 for item in chosen if not item.owner)
    if unowned:
        blocks.append(Paragraph(story.say("unfold.no_owner", {"count": unowned}), "muted"))
    return tuple(blocks)
