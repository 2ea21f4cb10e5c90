"""How good the data are: sources, gaps, issues with their mend, what was inferred and adjusted."""

from collections import Counter
from collections.abc import Iterable

from parkloop.model import Balance, Issue, Severity, SourceClass, Verdict
from parkloop.reports.numbers import DASH, count, entered, number, percent, span, unit_text
from parkloop.reports.page import Block, Cell, Chapter, Column, Fold, Heading, Paragraph, Table
from parkloop.reports.story import Story

_SEVERITIES = (Severity.BLOCKING, Severity.ERROR, Severity.WARNING, Severity.INFO)
_TONES = {Severity.BLOCKING: "breach", Severity.ERROR: "breach", Severity.WARNING: "attention"}
_MOST_ISSUES = 150
_THREE_SIGMA = 3.0


def quality_chapter(story: Story) -> Chapter:
    """The data-quality page."""
    blocks: list[Block] = [_classes(story)]
    blocks.extend(_missing(story))
    blocks.extend(_issues(story))
    blocks.extend(_balances(story))
    blocks.extend(_adjusted(story))
    blocks.extend(_inferred(story))
    return Chapter("quality", story.say("chapter.quality"), tuple(blocks), story.say("quality.lead"))


def _classes(story: Story) -> Table:
    ledger, year = story.result.ledger, story.result.year
    groups: tuple[tuple[str, Counter[SourceClass]], ...] = (
        ("flows", Counter(f.amount.source_class for f in ledger.flows if f.period.start.year == year)),
        ("bills", Counter(b.amount.source_class for b in ledger.bills if b.period.start.year == year)),
        ("equipment", Counter(e.source_class for e in ledger.equipment)),
        ("answers", Counter(a.source_class for a in ledger.answers if a.year == year)),
        ("products", Counter(p.source_class for p in ledger.products if p.year == year)),
        ("filled", Counter({SourceClass.INFERRED: len(story.result.inferred)})),
    )
    columns = (
        Column(story.say("column.records"), width=3),
        *(Column(story.voice.code("source_class", item), numeric=True) for item in SourceClass),
        Column(story.say("column.total"), numeric=True),
    )
    rows = tuple(
        (
            Cell(story.say(f"quality.{name}")),
            *(Cell(count(found[item], story.lang)) for item in SourceClass),
            Cell(count(found.total(), story.lang)),
        )
        for name, found in groups
    )
    return Table(columns, rows, story.say("quality.classes"))


def _missing(story: Story) -> tuple[Block, ...]:
    result = story.result
    with_flows = {row.participant_id for row in story.flows}
    silent = [p.name for p in result.ledger.participants if p.id not in with_flows]
    lines = []
    if silent:
        lines.append(story.say("quality.silent", {"count": len(silent), "names": _some(silent)}))
    for assessment in result.assessments:
        waiting = [j.criterion.id for j in assessment.judged if j.now is Verdict.UNANSWERED]
        if waiting and assessment.subject_id == result.park.id:
            framework = assessment.framework
            title = framework.title_vi if story.lang == "vi" else framework.title_en
            arguments = {"count": len(waiting), "framework": title, "ids": _some(waiting)}
            lines.append(story.say("quality.unanswered", arguments))
    part = [row for row in story.flows if row.coverage_fraction < 1]
    if part:
        names = [
            f"{story.voice.participant(r.participant_id)} – {story.voice.resource(r.resource_id)}"
            for r in part
        ]
        lines.append(story.say("quality.part_year", {"count": len(part), "names": _some(names)}))
    unvalued = [item.id for item in result.solutions if item.id not in result.cases]
    if unvalued:
        lines.append(story.say("quality.unvalued", {"count": len(unvalued), "ids": _some(unvalued)}))
    unowned = [item.id for item in result.solutions if not item.owner]
    if unowned:
        lines.append(story.say("quality.unowned", {"count": len(unowned)}))
    if not lines:
        lines.append(story.say("quality.nothing_missing"))
    return (Heading(story.say("quality.missing")), *(Paragraph(line) for line in lines))


def _some(names: Iterable[str], most: int = 12) -> str:
    found = list(names)
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")


def _issues(story: Story) -> tuple[Block, ...]:
    heading = Heading(story.say("quality.issues"))
    found = sorted(_all_issues(story), key=lambda issue: _SEVERITIES.index(issue.severity))
    if not found:
        return heading, Paragraph(story.say("quality.no_issues"))
    counts = Counter(issue.severity for issue in found)
    said = ", ".join(
        f"{counts[item]} {story.voice.code('severity', item)}" for item in _SEVERITIES if counts[item]
    )
    columns = (
        Column(story.say("column.severity"), width=2),
        Column(story.say("column.where"), width=3),
        Column(story.say("column.issue"), width=6),
        Column(story.say("column.mend"), width=5),
    )
    rows = []
    for issue in found[:_MOST_ISSUES]:
        message, mend = story.voice.issue(issue)
        rows.append(
            (
                Cell(story.voice.code("severity", issue.severity), tone=_TONES.get(issue.severity, "muted")),
                Cell(str(issue.where) or DASH),
                Cell(message, detail=issue.code),
                Cell(mend or DASH),
            )
        )
    hidden = len(found) - len(rows)
    note = story.say("unfold.more_rows", {"count": hidden}) if hidden > 0 else ""
    table = Table(columns, tuple(rows), "", note, small=True)
    return heading, Paragraph(said), Fold("issues", story.say("quality.issue_list"), (table,), open=True)


def _all_issues(story: Story) -> tuple[Issue, ...]:
    result = story.result
    seen: dict[tuple[str, str, str], Issue] = {}
    nested = (issue for assessment in result.assessments for issue in assessment.issues)
    for issue in (*result.issues, *nested, *result.portfolio.issues):
        seen.setdefault((issue.code, str(issue.where), repr(sorted(issue.arguments.items()))), issue)
    return tuple(seen.values())


def _balances(story: Story) -> tuple[Block, ...]:
    heading = Heading(story.say("quality.balances"))
    if not story.result.balances:
        return heading, Paragraph(story.say("missing.no_balances"), "notice")
    columns = (
        Column(story.say("column.participant"), width=3),
        Column(story.say("column.subject")),
        Column(story.say("column.inflow"), numeric=True),
        Column(story.say("column.outflow"), numeric=True),
        Column(story.say("column.residual"), numeric=True),
        Column(story.say("column.unit")),
        Column(story.say("column.closes"), width=2),
    )
    rows = tuple(_balance_row(story, item) for item in story.result.balances)
    return heading, Table(columns, rows, small=True)


def _balance_row(story: Story, balance: Balance) -> tuple[Cell, ...]:
    lang = story.lang
    if balance.closes is None:
        verdict = story.say("quality.coverage", {"share": percent(balance.coverage_fraction, lang)})
        tone = "muted"
    else:
        verdict = story.say("quality.closes" if balance.closes else "quality.does_not_close")
        tone = "good" if balance.closes else "attention"
    return (
        Cell(story.voice.participant(balance.participant_id)),
        Cell(story.voice.code("balance", balance.subject)),
        Cell(number(balance.inflow, lang)),
        Cell(number(balance.outflow, lang)),
        Cell(number(balance.residual, lang), extent=f"± {number(balance.sigma, lang)}"),
        Cell(unit_text(f"{balance.unit}/a", lang)),
        Cell(verdict, tone=tone),
    )


def _adjusted(story: Story) -> tuple[Block, ...]:
    moved = [item for balance in story.result.balances for item in balance.adjusted]
    if not moved:
        return ()
    flows = {flow.id: flow for flow in story.result.ledger.flows}
    columns = (
        Column(story.say("column.flow"), width=4),
        Column(story.say("column.entered"), numeric=True),
        Column(story.say("column.adjusted"), numeric=True),
        Column(story.say("column.unit")),
        Column(story.say("column.sigmas"), numeric=True),
    )
    rows = []
    for item in sorted(moved, key=lambda entry: -abs(entry.z)):
        flow = flows.get(item.flow_id)
        said = item.flow_id
        if flow is not None:
            names = (story.voice.participant(flow.participant_id), story.voice.resource(flow.resource_id))
            said = " · ".join((item.flow_id, *names))
        far = abs(item.z) > _THREE_SIGMA
        rows.append(
            (
                Cell(said),
                Cell(entered(item.entered, story.lang), why=story.voice.why(f"flow/{item.flow_id}/amount")),
                Cell(entered(item.adjusted, story.lang), marks=("adjusted",)),
                Cell(unit_text(item.unit, story.lang)),
                Cell(
                    number(item.z, story.lang, 2),
                    tone="attention" if far else "",
                    marks=("flagged",) if far else (),
                ),
            )
        )
    return Heading(story.say("quality.adjusted")), Table(
        columns, tuple(rows), note=story.say("quality.adjusted_note"), small=True
    )


def _inferred(story: Story) -> tuple[Block, ...]:
    if not story.result.inferred:
        return ()
    columns = (
        Column(story.say("column.participant"), width=3),
        Column(story.say("column.resource"), width=3),
        Column(story.say("column.amount"), numeric=True, width=2),
        Column(story.say("column.unit")),
        Column(story.say("column.from_what"), width=4),
    )
    rows = []
    for item in story.result.inferred:
        ends = span(item.range.low, item.range.high, story.lang)
        named = f"{story.voice.code('driver', item.driver)} = {entered(item.driver_value, story.lang)}"
        rows_used = "; ".join(story.voice.row(part) for part in item.reference_id.split("; "))
        driver = f"{named} · {rows_used}"
        trust = story.voice.confidence(item.reference_id.partition("; ")[0])
        rows.append(
            (
                Cell(story.voice.participant(item.flow.participant_id)),
                Cell(story.voice.resource(item.flow.resource_id)),
                Cell(number(item.range.best, story.lang), extent=ends, marks=("inferred",)),
                Cell(unit_text(f"{item.flow.amount.unit}/a", story.lang)),
                Cell(driver, marks=story.unchecked(item.reference_id, trust)),
            )
        )
    return Heading(story.say("quality.inferred")), Table(
        columns, tuple(rows), note=story.say("quality.inferred_note"), small=True
    )
