"""The list of solutions and what a tonne avoided costs."""

from parkloop.model import Case, PhysicalLine, Solution, Stage
from parkloop.reports.chapters.totals import stage_tone
from parkloop.reports.macc_chart import draw_macc
from parkloop.reports.numbers import DASH, money_unit, number, unit_text
from parkloop.reports.page import Block, Cell, Chapter, Column, Fold, Paragraph, Picture, Table
from parkloop.reports.story import Story, money_cell, range_cell

_STAGE_ORDER = (
    Stage.VERIFIED, Stage.IMPLEMENTED, Stage.DECIDED, Stage.FEASIBLE, Stage.PROPOSED, Stage.REJECTED,
)  # fmt: skip
_MOST_LINES = 3


def solutions_chapter(story: Story) -> Chapter:
    """All solutions, furthest stage first, and those the plan leaves out with the reason."""
    result = story.result
    if not result.solutions:
        blocks: tuple[Block, ...] = (Paragraph(story.say("missing.no_solutions"), "notice"),)
        return Chapter("solutions", story.say("chapter.solutions"), blocks)
    currency = result.portfolio.currency
    money = money_unit(currency, story.lang)
    columns = (
        Column(story.say("column.id")),
        Column(story.say("column.solution"), width=5),
        Column(story.say("column.participants"), width=3),
        Column(story.say("column.stage"), width=2),
        Column(story.say("column.rung"), width=2),
        Column(story.say("column.physical"), width=4),
        Column(story.say("column.saving"), numeric=True, unit=unit_text(f"{money}/a", story.lang)),
        Column(story.say("column.capex"), numeric=True, unit=money),
        Column(story.say("column.payback"), numeric=True, unit=unit_text("a", story.lang)),
        Column(story.say("column.ghg"), numeric=True, unit=unit_text("tCO2e/a", story.lang)),
    )
    ordered = sorted(
        result.solutions, key=lambda item: (_STAGE_ORDER.index(item.stage), -_weight(story, item), item.id)
    )
    table = Table(
        columns,
        tuple(_row(story, item, result.cases.get(item.id)) for item in ordered),
        story.say("solutions.caption", {"count": len(ordered)}),
        story.say("solutions.note"),
        small=True,
    )
    blocks = (table, *_left_out(story))
    return Chapter(
        "solutions", story.say("chapter.solutions"), blocks, story.say("solutions.lead"), wide=True
    )


def _weight(story: Story, solution: Solution) -> float:
    case = story.result.cases.get(solution.id)
    return case.ghg_t_per_a.best if case else float("-inf")


def _row(story: Story, solution: Solution, case: Case | None) -> tuple[Cell, ...]:
    voice, lang, stem = story.voice, story.lang, f"case/{solution.id}"
    who = ", ".join(voice.participant(item) for item in solution.participant_ids)
    known = ("entered",) if solution.known else ()
    head = (
        Cell(solution.id),
        Cell(solution.title(lang), marks=known),
        Cell(who),
        Cell(voice.code("stage", solution.stage), tone=stage_tone(solution.stage)),
        Cell(voice.code("rung", solution.rung)),
    )
    if case is None:
        empty = Cell(DASH, detail=story.say("missing.not_valued"))
        return (*head, empty, empty, empty, empty, empty)
    return (
        *head,
        _physical(story, solution.id, case),
        money_cell(case.saving_per_a, case.currency, lang, voice.why(f"{stem}/saving")),
        money_cell(case.capex, case.currency, lang, voice.why(f"{stem}/capex")),
        _payback(story, case),
        range_cell(case.ghg_t_per_a, lang, voice.why(f"{stem}/ghg_t")),
    )


def _payback(story: Story, case: Case) -> Cell:
    if case.simple_payback_a is not None:
        return range_cell(
            case.simple_payback_a, story.lang, story.voice.why(f"case/{case.solution_id}/simple_payback_a")
        )
    reason = case.undefined.get("simple_payback_a", "")
    return Cell(DASH, detail=story.voice.code("undefined", reason) or story.say("missing.undefined"))


def _physical(story: Story, solution_id: str, case: Case) -> Cell:
    """The largest physical savings of a case in words; what it uses more of carries a plus."""
    sums: dict[str, tuple[float, str]] = {}
    for line in case.physical:
        before, _ = sums.get(line.resource_id, (0.0, ""))
        sums[line.resource_id] = (before + line.amount.best, line.unit)
    parts = []
    for resource_id, (amount, unit) in sorted(sums.items(), key=lambda item: _order(case.physical, item[0])):
        sign = "+" if amount > 0 else ""
        said = f"{sign}{number(amount, story.lang)} {unit_text(unit, story.lang)}"
        parts.append(f"{story.voice.resource(resource_id)} {said}")
    more = f"; +{len(parts) - _MOST_LINES}" if len(parts) > _MOST_LINES else ""
    why = story.voice.why(f"case/{solution_id}/physical")
    detail = "; ".join(parts) if more else ""
    return Cell("; ".join(parts[:_MOST_LINES]) + more if parts else DASH, why=why, detail=detail)


def _order(lines: tuple[PhysicalLine, ...], resource_id: str) -> int:
    return next(index for index, line in enumerate(lines) if line.resource_id == resource_id)


def _left_out(story: Story) -> tuple[Block, ...]:
    left_out = story.result.portfolio.left_out
    if not left_out:
        return ()
    columns = (
        Column(story.say("column.id")),
        Column(story.say("column.solution"), width=5),
        Column(story.say("column.reason"), width=5),
    )
    rows = tuple(
        (Cell(item), Cell(story.voice.solution(item)), Cell(story.voice.code("left_out", reason)))
        for item, reason in left_out.items()
    )
    title = story.say("solutions.left_out", {"count": len(rows)})
    return (Fold("left-out", title, (Table(columns, rows, small=True),)),)


def macc_chapter(story: Story) -> Chapter:
    """The marginal abatement cost curve with its table."""
    title = story.say("chapter.macc")
    blocks = tuple(block for block in story.result.macc if block.ghg_t > 0)
    if not blocks:
        return Chapter("macc", title, (Paragraph(story.say("missing.no_macc"), "notice"),))
    svg = draw_macc(blocks, story.voice, f"{story.lang}-macc")
    whole = number(sum(block.ghg_t for block in blocks), story.lang)
    alt = story.say("macc.alt", {"blocks": len(blocks), "t": whole})
    columns = (
        Column(story.say("column.id")),
        Column(story.say("column.solution"), width=5),
        Column(story.say("column.stage"), width=2),
        Column(story.say("column.ghg"), numeric=True, unit=unit_text("tCO2e/a", story.lang)),
        Column(story.say("column.abatement_cost"), numeric=True, unit="USD/tCO₂e"),
        Column(story.say("column.cumulative"), numeric=True, unit=unit_text("tCO2e/a", story.lang)),
    )
    rows = tuple(
        (
            Cell(block.solution_id),
            Cell(story.voice.solution(block.solution_id)),
            Cell(story.voice.code("stage", block.stage), tone=stage_tone(block.stage)),
            Cell(number(block.ghg_t, story.lang)),
            Cell(number(block.cost_usd_per_t, story.lang)),
            Cell(number(block.start_t + block.ghg_t, story.lang)),
        )
        for block in blocks
    )
    fold = Fold("table-macc", story.say("macc.table"), (Table(columns, rows, small=True),))
    return Chapter(
        "macc", title, (Picture(svg, alt, story.say("macc.caption")), fold), story.say("macc.lead")
    )
