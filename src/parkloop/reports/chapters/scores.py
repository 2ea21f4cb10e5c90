"""The park against the frameworks it is judged by: now, intended, criterion by criterion."""

from parkloop.model import Answer, Assessment, Criterion, Judged, Tally, Verdict
from parkloop.reports.bars import Bar, draw_bars
from parkloop.reports.numbers import DASH, entered, percent, unit_text
from parkloop.reports.page import (
    Block,
    Cell,
    Chapter,
    Column,
    Fact,
    Facts,
    Fold,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from parkloop.reports.story import Story

_TONES = {
    Verdict.MET: "good",
    Verdict.PARTLY: "attention",
    Verdict.NOT_MET: "breach",
    Verdict.NOT_APPLICABLE: "muted",
    Verdict.UNANSWERED: "muted",
}


def scores_chapter(story: Story) -> Chapter:
    """One scorecard per framework; says so when nothing was judged."""
    blocks: list[Block] = []
    here = [a for a in story.result.assessments if a.subject_id == story.result.park.id]
    others = [a for a in story.result.assessments if a.subject_id != story.result.park.id]
    if not here and not others:
        blocks.append(Paragraph(story.say("missing.no_assessment"), "notice"))
    for assessment in here:
        blocks.extend(_scorecard(story, assessment))
    if others:
        blocks.append(Heading(story.say("scores.enterprises")))
        blocks.append(_enterprises(story, others))
    return Chapter("scores", story.say("chapter.scores"), tuple(blocks), story.say("scores.lead"))


def framework_title(assessment: Assessment, lang: str) -> str:
    """The framework's title."""
    return assessment.framework.title_vi if lang == "vi" else assessment.framework.title_en


def _score_id(assessment: Assessment) -> str:
    return f"assessment/{assessment.framework.id}/{assessment.subject_id}/{assessment.year}/score"


def _scorecard(story: Story, assessment: Assessment) -> tuple[Block, ...]:
    framework = assessment.framework
    marks = () if framework.check_off else story.unchecked(framework.id, framework.confidence)
    now, intended = assessment.total
    blocks: list[Block] = [Heading(framework_title(assessment, story.lang))]
    facts = [
        Fact(story.say("scores.edition"), Cell(framework.edition or DASH)),
        Fact(story.say("scores.outcome"), Cell(_outcome(story, assessment), tone=_passed_tone(assessment))),
        Fact(
            story.say("scores.now"),
            Cell(
                percent(now.score_fraction, story.lang),
                why=story.voice.why(_score_id(assessment)),
                marks=marks,
            ),
        ),
        Fact(story.say("scores.intended"), Cell(percent(intended.score_fraction, story.lang))),
        Fact(story.say("scores.counts"), Cell(_counts(story, now))),
    ]
    if assessment.failed_gates:
        facts.append(Fact(story.say("scores.gates"), Cell(_gates(story, assessment), tone="breach")))
    blocks.append(Facts(tuple(facts)))
    if marks:
        blocks.append(Paragraph(story.say("scores.unchecked"), "muted"))
    if now.met + now.partly + now.not_met == 0:
        blocks.append(Paragraph(story.say("missing.no_answers"), "notice"))
    else:
        blocks.append(_bars(story, assessment))
    table = _criteria(story, assessment)
    title = story.say("scores.criteria", {"count": len(assessment.judged)})
    blocks.append(Fold(f"criteria-{framework.id}", title, (table,)))
    return tuple(blocks)


def _gates(story: Story, assessment: Assessment) -> str:
    titles = {
        item.id: item.title_vi if story.lang == "vi" else item.title_en
        for item in assessment.framework.criteria
    }
    return "; ".join(titles.get(item, item) for item in assessment.failed_gates)


def _passed_tone(assessment: Assessment) -> str:
    return {True: "good", False: "attention", None: ""}[assessment.passed]


def _outcome(story: Story, assessment: Assessment) -> str:
    key = {True: "passed", False: "not_passed", None: "no_rule"}[assessment.passed]
    return story.say(f"scores.{key}")


def _counts(story: Story, tally: Tally) -> str:
    return story.say(
        "scores.tally",
        {
            "met": tally.met,
            "partly": tally.partly,
            "not_met": tally.not_met,
            "unanswered": tally.unanswered,
            "not_applicable": tally.not_applicable,
        },
    )


def _bars(story: Story, assessment: Assessment) -> Picture:
    bars = []
    rows = [
        (story.voice.code("category", name), now, intended, False)
        for name, (now, intended) in assessment.by_category.items()
    ]
    rows.append((story.say("scores.total"), *assessment.total, True))
    for label, now, intended, strong in rows:
        said = f"{percent(now.score_fraction, story.lang)} → {percent(intended.score_fraction, story.lang)}"
        answered = now.met + now.partly + now.not_met
        said += f"  ({now.met}/{answered + now.unanswered})"
        bars.append(Bar(label, now.score_fraction, intended.score_fraction, said, strong))
    alt = story.say(
        "scores.alt",
        {
            "framework": framework_title(assessment, story.lang),
            "now": percent(assessment.total[0].score_fraction, story.lang),
            "intended": percent(assessment.total[1].score_fraction, story.lang),
        },
    )
    uid = f"{story.lang}-bars-{assessment.framework.id}"
    return Picture(draw_bars(tuple(bars), uid, alt), alt, story.say("scores.caption"))


def _criteria(story: Story, assessment: Assessment) -> Table:
    answers = {item.id: item for item in story.result.ledger.answers}
    columns = (
        Column(story.say("column.id")),
        Column(story.say("column.criterion"), width=5),
        Column(story.say("column.kind"), width=2),
        Column(story.say("column.now"), width=2),
        Column(story.say("column.intended"), width=2),
        Column(story.say("column.value")),
        Column(story.say("column.needed")),
        Column(story.say("column.evidence"), width=2),
    )
    rows = tuple(_criterion_row(story, judged, answers.get(judged.answer_id)) for judged in assessment.judged)
    return Table(columns, rows, small=True)


def _criterion_row(story: Story, judged: Judged, answer: Answer | None) -> tuple[Cell, ...]:
    criterion, voice = judged.criterion, story.voice
    title = criterion.title_vi if story.lang == "vi" else criterion.title_en
    why = voice.why(f"answer/{judged.answer_id}/value") if judged.answer_id else ""
    value = _value(story, judged.value, criterion.unit)
    unchecked = () if criterion.check_off else story.unchecked(criterion.id, criterion.confidence)
    computed = ("computed",) if judged.computed else ()
    return (
        Cell(criterion.id),
        Cell(title, marks=unchecked),
        Cell(voice.code("criterion_kind", "gate" if criterion.gate else criterion.kind)),
        Cell(voice.code("verdict", judged.now), tone=_TONES[judged.now]),
        Cell(voice.code("verdict", judged.intended), tone=_TONES[judged.intended]),
        Cell(value, why=why, marks=computed),
        Cell(_needed(story, criterion)),
        Cell(_evidence(story, answer), detail=answer.reason if answer else ""),
    )


def _value(story: Story, value: float | bool | str | None, unit: str) -> str:
    if value is None:
        return DASH
    if isinstance(value, bool):
        return story.voice.code("answer", "yes" if value else "no")
    if isinstance(value, str):
        return value
    return f"{entered(value, story.lang)} {unit_text(unit, story.lang)}".strip()


def _needed(story: Story, criterion: Criterion) -> str:
    signs = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
    if criterion.comparison == "is_true" or isinstance(criterion.threshold, bool):
        return story.voice.code("answer", "yes")
    if criterion.threshold is not None:
        limit = f"{entered(criterion.threshold, story.lang)} {unit_text(criterion.unit, story.lang)}"
        return f"{signs.get(criterion.comparison, criterion.comparison)} {limit}".strip()
    if criterion.parameter:
        return f"{signs.get(criterion.comparison, '')} {criterion.parameter.replace('_', ' ')}".strip()
    return story.voice.code("shape", criterion.shape) if criterion.branches or criterion.bands else DASH


def _evidence(story: Story, answer: Answer | None) -> str:
    if answer is None:
        return DASH
    files = {item.id: item.file for item in story.result.ledger.evidence}
    named = [files.get(item, item) for item in answer.evidence]
    return "; ".join(named) if named else story.voice.code("source_class", answer.source_class)


def _enterprises(story: Story, assessments: list[Assessment]) -> Table:
    columns = (
        Column(story.say("column.participant"), width=3),
        Column(story.say("column.framework"), width=3),
        Column(story.say("column.now"), numeric=True),
        Column(story.say("column.intended"), numeric=True),
        Column(story.say("scores.outcome"), width=2),
    )
    rows = tuple(
        (
            Cell(story.voice.participant(item.subject_id)),
            Cell(framework_title(item, story.lang)),
            Cell(percent(item.total[0].score_fraction, story.lang), why=story.voice.why(_score_id(item))),
            Cell(percent(item.total[1].score_fraction, story.lang)),
            Cell(_outcome(story, item)),
        )
        for item in assessments
    )
    return Table(columns, rows)
