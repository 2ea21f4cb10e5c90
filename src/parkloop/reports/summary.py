"""The summary of a programme over its parks, in the same four forms as a dossier."""

from collections.abc import Sequence

from parkloop.model import Document, MaccBlock, ParkResult, Summary
from parkloop.reports.chapters.totals import stage_tone
from parkloop.reports.dossier import HTML, JSON, XLSX, page_words, pdf_documents
from parkloop.reports.figures import STAGES
from parkloop.reports.html import to_html
from parkloop.reports.indicators import indicator_title, indicator_unit
from parkloop.reports.macc_chart import draw_macc, restarted
from parkloop.reports.numbers import (
    DASH,
    count,
    entered,
    money_factor,
    number,
    percent,
    unit_text,
)
from parkloop.reports.page import (
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Column,
    Fact,
    Page,
    Paragraph,
    Picture,
    Table,
)
from parkloop.reports.record import to_json_bytes
from parkloop.reports.scatter import AxisWords, Dot, draw_scatter
from parkloop.reports.summary_data import summary_record, summary_sheets
from parkloop.reports.summary_story import ProgrammeStory, programme_story
from parkloop.reports.workbook import write_sheets

_GOOD, _FAIR = 0.8, 0.5
_CARD_INDICATORS = ("electricity_kwh", "water_m3", "saving", "saving_usd", "ghg_t")


def write_summary(
    summary: Summary, results: Sequence[ParkResult], languages: tuple[str, ...] = ("vi", "en")
) -> tuple[Document, ...]:
    """The programme summary as HTML, PDF, XLSX and JSON.

    Parameters
    ----------
    summary
        The sums over parks, stage by stage.
    results
        The parks' results, for names, frameworks and the joint abatement curve; may be empty.
    languages
        As in `write_dossier`.

    Raises
    ------
    ValueError
        When no language is given, or one there are no texts for.
    """
    if not languages:
        raise ValueError("no language given; name at least one of: vi, en")
    stories = tuple(programme_story(summary, tuple(results), lang) for lang in languages)
    pages = tuple(_page(story) for story in stories)
    voices = tuple(story.voice for story in stories)
    sheets = summary_sheets(stories[0], voices)
    return (
        Document("summary.html", HTML, to_html(pages)),
        *pdf_documents("summary", pages),
        Document("summary.xlsx", XLSX, write_sheets(sheets, voices[0], pages[0].title)),
        Document("summary.json", JSON, to_json_bytes(summary_record(stories[0], languages))),
    )


def _programme_name(story: ProgrammeStory) -> str:
    programme = story.programme
    if programme is None:
        return story.summary.programme_id
    return programme.name_vi if story.lang == "vi" else programme.name_en


def _page(story: ProgrammeStory) -> Page:
    voice, summary = story.voice, story.summary
    arguments = {"count": len(summary.parks), "year": summary.year}
    sample = story.programme is not None and story.programme.is_sample
    return Page(
        lang=story.lang,
        title=f"{voice.say('title.summary')}: {_programme_name(story)}",
        subtitle=voice.say("title.summary_subtitle", arguments),
        label=voice.say("title.sample") if sample else "",
        subject=_programme_name(story),
        chapters=(_totals(story), _parks(story), _targets(story), _compliance(story), *_macc(story)),
        words=page_words(voice),
    )


def _amount(story: ProgrammeStory, indicator: str, value: float | None) -> Cell:
    if value is None:
        return Cell(DASH, detail=story.voice.say("missing.stage_empty"))
    if indicator.endswith("count"):
        return Cell(count(value, story.lang))
    factor = money_factor(story.summary.currency) if indicator in {"saving", "capex"} else 1.0
    return Cell(number(value * factor, story.lang), detail=entered(value, story.lang))


def _indicators(story: ProgrammeStory) -> tuple[str, ...]:
    found = {name for stage in story.summary.stages.values() for name, value in stage.items() if value}
    ordered = [name for name in ("count", *_CARD_INDICATORS) if name in found]
    return (*ordered, *sorted(found - set(ordered)))


def _totals(story: ProgrammeStory) -> Chapter:
    voice = story.voice
    blocks: list[Block] = []
    if not story.summary.parks:
        blocks.append(Paragraph(voice.say("summary.no_parks"), "notice"))
    cards = tuple(_card(story, name) for name in _indicators(story) if name in ("count", *_CARD_INDICATORS))
    if cards:
        blocks.append(Cards(cards))
    unit = unit_text("tCO2e/a", story.lang)
    twice = [
        f"{voice.solution(item)} ({item}, {number(value, story.lang)} {unit})"
        for item, value in story.summary.counted_twice.items()
    ]
    said = (
        voice.say("summary.counted_twice", {"parts": "; ".join(twice)})
        if twice
        else voice.say("summary.nothing_twice")
    )
    blocks.append(Paragraph(said))
    if story.summary.issues:
        blocks.append(Paragraph(voice.say("summary.issues", {"count": len(story.summary.issues)}), "notice"))
        blocks.append(_issues(story))
    return Chapter("totals", voice.say("chapter.totals"), tuple(blocks), voice.say("summary.lead"))


def _card(story: ProgrammeStory, indicator: str) -> Card:
    rows = []
    for stage in STAGES:
        sums = story.summary.stages.get(stage, {})
        cell = _amount(story, indicator, sums.get(indicator))
        rows.append(
            Fact(
                story.voice.code("stage", stage), Cell(cell.text, detail=cell.detail, tone=stage_tone(stage))
            )
        )
    title = indicator_title(indicator, story.voice)
    caption = story.voice.say("summary.stage_total")
    unit = indicator_unit(indicator, story.summary.currency, story.lang)
    return Card(title, unit, Cell(""), "", tuple(rows), "parks", story.voice.say("chapter.parks"), caption)


def _issues(story: ProgrammeStory) -> Table:
    voice = story.voice
    columns = (
        Column(voice.say("column.severity"), width=2),
        Column(voice.say("column.where"), width=3),
        Column(voice.say("column.issue"), width=6),
        Column(voice.say("column.mend"), width=5),
    )
    rows = []
    for issue in story.summary.issues:
        message, mend = voice.issue(issue)
        rows.append(
            (
                Cell(voice.code("severity", issue.severity)),
                Cell(str(issue.where) or DASH),
                Cell(message),
                Cell(mend or DASH),
            )
        )
    return Table(columns, tuple(rows), small=True)


def _parks(story: ProgrammeStory) -> Chapter:
    voice, summary = story.voice, story.summary
    indicators = _indicators(story)
    columns = (
        Column(voice.say("column.park"), width=3),
        Column(voice.say("column.stage"), width=2),
        *(
            Column(
                indicator_title(name, story.voice),
                numeric=True,
                unit=indicator_unit(name, summary.currency, story.lang),
            )
            for name in indicators
        ),
    )
    rows = tuple(
        (
            Cell(story.park(park_id)),
            Cell(voice.code("stage", stage), tone=stage_tone(stage)),
            *(_amount(story, name, stages[stage].get(name)) for name in indicators),
        )
        for park_id, stages in summary.parks.items()
        for stage in STAGES
        if stage in stages
    )
    blocks: tuple[Block, ...] = (
        (Table(columns, rows, small=True),) if rows else (Paragraph(voice.say("summary.no_parks"), "notice"),)
    )
    return Chapter(
        "parks", voice.say("chapter.parks"), blocks, voice.say("summary.parks_lead"), wide=bool(rows)
    )


def _targets(story: ProgrammeStory) -> Chapter:
    voice, summary = story.voice, story.summary
    title = voice.say("chapter.targets")
    if not summary.targets:
        return Chapter("targets", title, (Paragraph(voice.say("summary.no_targets"), "notice"),))
    columns = (
        Column(voice.say("column.indicator"), width=3),
        Column(voice.say("column.unit")),
        Column(voice.say("column.target"), numeric=True),
        Column(voice.say("column.actual"), numeric=True),
        Column(voice.say("column.reached"), numeric=True),
    )
    rows = tuple(
        (
            Cell(indicator_title(name, story.voice)),
            Cell(indicator_unit(name, summary.currency, story.lang)),
            _amount(story, name, target),
            _amount(story, name, actual),
            Cell(percent(actual / target, story.lang) if target else DASH),
        )
        for name, (target, actual) in summary.targets.items()
    )
    return Chapter("targets", title, (Table(columns, rows),), voice.say("summary.targets_lead"))


def _compliance(story: ProgrammeStory) -> Chapter:
    voice, summary = story.voice, story.summary
    title = voice.say("chapter.compliance")
    columns_of: dict[str, list[str]] = {}
    for name in dict.fromkeys(name for scores in summary.compliance.values() for name in scores):
        framework, _, category = name.partition("/")
        columns_of.setdefault(framework, []).append(category)
    if not columns_of:
        return Chapter("compliance", title, (Paragraph(voice.say("summary.no_compliance"), "notice"),))
    blocks: list[Block] = [_heat_map(story, name, columns) for name, columns in columns_of.items()]
    dots = _dots(story)
    if dots:
        alt = voice.say("summary.potential_alt", {"count": len(dots)})
        axes = AxisWords(voice.say("summary.x_score"), voice.say("summary.y_ghg"))
        picture = draw_scatter(dots, axes, story.lang, alt)
        blocks.append(Picture(picture, alt, voice.say("summary.potential_caption")))
    return Chapter("compliance", title, tuple(blocks), voice.say("summary.compliance_lead"))


def _heat_map(story: ProgrammeStory, framework: str, categories: list[str]) -> Table:
    """Parks by category of one framework; the tone says how far a score is, beside the number itself."""
    voice = story.voice
    ordered = sorted(categories, key=lambda name: name in {"", "total"})
    titles = [
        voice.code("category", name) if name not in {"", "total"} else voice.say("scores.total")
        for name in ordered
    ]
    columns = (Column(voice.say("column.park"), width=3), *(Column(name, numeric=True) for name in titles))
    rows = []
    for park_id, scores in story.summary.compliance.items():
        cells = []
        for category in ordered:
            now, intended = scores.get(f"{framework}/{category}" if category else framework, (None, None))
            tone = (
                "" if now is None else "good" if now >= _GOOD else "attention" if now >= _FAIR else "breach"
            )
            after = f"→ {percent(intended, story.lang)}"
            cells.append(Cell(percent(now, story.lang), extent=after, tone=tone))
        rows.append((Cell(story.park(park_id)), *cells))
    return Table(columns, tuple(rows), story.titles.get(framework, framework))


def _dots(story: ProgrammeStory) -> tuple[Dot, ...]:
    dots = []
    for result in story.results:
        scores = story.summary.compliance.get(result.park.id, {})
        totals = (pair for name, pair in scores.items() if name.partition("/")[2] in {"", "total"})
        now = next((first for first, _ in totals if first is not None), None)
        if now is not None:
            dots.append(Dot(story.park(result.park.id), now, result.portfolio.ghg_t.best))
    return tuple(dots)


def _macc(story: ProgrammeStory) -> tuple[Chapter, ...]:
    blocks: tuple[MaccBlock, ...] = restarted(
        block for result in story.results for block in result.macc if block.ghg_t > 0
    )
    if not blocks:
        return ()
    voice = story.voice
    alt = voice.say(
        "macc.alt", {"blocks": len(blocks), "t": number(sum(b.ghg_t for b in blocks), story.lang)}
    )
    picture = Picture(draw_macc(blocks, voice, f"{story.lang}-macc"), alt, voice.say("macc.caption"))
    return (Chapter("macc", voice.say("chapter.macc"), (picture,), voice.say("summary.macc_lead")),)
