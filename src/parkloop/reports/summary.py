"""The summary of a programme over its parks, in the same four forms as a dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parkloop import __version__
from parkloop.model import Document, MaccBlock, Park, ParkResult, Programme, Summary
from parkloop.reports.chapters.totals import stage_tone
from parkloop.reports.dossier import HTML, JSON, XLSX, page_words, pdf_documents
from parkloop.reports.figures import STAGES
from parkloop.reports.html import to_html
from parkloop.reports.macc_chart import draw_macc, restarted
from parkloop.reports.numbers import (
    DASH,
    count,
    entered,
    money_factor,
    money_unit,
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
from parkloop.reports.record import Plain, to_json_bytes
from parkloop.reports.scatter import AxisWords, Dot, draw_scatter
from parkloop.reports.voice import Voice
from parkloop.reports.workbook import Sheet, headers, write_sheets

SUMMARY_SCHEMA_ID = "urn:parkloop:summary:1"
_CARD_INDICATORS = ("electricity_kwh", "water_m3", "saving", "saving_usd", "ghg_t")
_UNIT_ENDS = (("_kwh", "kWh/a"), ("_m3", "m3/a"), ("_usd", "USD/a"), ("_t", "t/a"))


@dataclass(frozen=True, slots=True)
class _Story:
    summary: Summary
    results: tuple[ParkResult, ...]
    voice: Voice
    programme: Programme | None
    parks: Mapping[str, Park]
    titles: Mapping[str, str]

    @property
    def lang(self) -> str:
        return self.voice.lang

    def park(self, park_id: str) -> str:
        known = self.parks.get(park_id)
        return known.name(self.lang) if known else park_id


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
    stories = tuple(_story(summary, tuple(results), lang) for lang in languages)
    pages = tuple(_page(story) for story in stories)
    name = _programme_name(stories[0])
    voices = tuple(story.voice for story in stories)
    sheets = _sheets(stories[0], voices)
    return (
        Document("summary.html", HTML, to_html(pages, name)),
        *pdf_documents("summary", pages),
        Document("summary.xlsx", XLSX, write_sheets(sheets, voices[0], pages[0].title)),
        Document("summary.json", JSON, to_json_bytes(_record(stories[0], languages))),
    )


def _story(summary: Summary, results: tuple[ParkResult, ...], lang: str) -> _Story:
    frameworks = {a.framework.id: a.framework for result in results for a in result.assessments}
    voice = Voice(
        lang,
        solutions={item.id: item for result in results for item in result.solutions},
    )
    return _Story(
        summary,
        results,
        voice,
        results[0].ledger.programme if results else None,
        {result.park.id: result.park for result in results},
        {key: item.title_vi if lang == "vi" else item.title_en for key, item in frameworks.items()},
    )


def _programme_name(story: _Story) -> str:
    programme = story.programme
    if programme is None:
        return story.summary.programme_id
    return programme.name_vi if story.lang == "vi" else programme.name_en


def _page(story: _Story) -> Page:
    voice, summary = story.voice, story.summary
    arguments = {"count": len(summary.parks), "year": summary.year}
    sample = story.programme is not None and story.programme.is_sample
    return Page(
        lang=story.lang,
        title=f"{voice.say('title.summary')}: {_programme_name(story)}",
        subtitle=voice.say("title.summary_subtitle", arguments),
        label=voice.say("title.sample") if sample else "",
        chapters=(_totals(story), _parks(story), _targets(story), _compliance(story), *_macc(story)),
        words=page_words(voice),
    )


def indicator_unit(indicator: str, currency: str, lang: str) -> str:
    """The printed unit of a programme indicator, from the unit in its name."""
    if indicator == "saving":
        return unit_text(f"{money_unit(currency, lang)}/a", lang)
    if indicator == "ghg_t":
        return unit_text("tCO2e/a", lang)
    return next((unit_text(unit, lang) for end, unit in _UNIT_ENDS if indicator.endswith(end)), "")


def _amount(story: _Story, indicator: str, value: float | None) -> Cell:
    if value is None:
        return Cell(DASH, detail=story.voice.say("missing.stage_empty"))
    if indicator == "count":
        return Cell(count(value, story.lang))
    factor = money_factor(story.summary.currency) if indicator == "saving" else 1.0
    return Cell(number(value * factor, story.lang), detail=entered(value, story.lang))


def _indicators(story: _Story) -> tuple[str, ...]:
    found = {name for stage in story.summary.stages.values() for name in stage}
    ordered = [name for name in ("count", *_CARD_INDICATORS) if name in found]
    return (*ordered, *sorted(found - set(ordered)))


def _totals(story: _Story) -> Chapter:
    voice = story.voice
    blocks: list[Block] = []
    if not story.summary.parks:
        blocks.append(Paragraph(voice.say("summary.no_parks"), "notice"))
    cards = tuple(_card(story, name) for name in _indicators(story))
    if cards:
        blocks.append(Cards(cards))
    twice = [
        f"{voice.code('indicator', name)} {_amount(story, name, value).text} {indicator_unit(name, story.summary.currency, story.lang)}"
        for name, value in story.summary.counted_twice.items()
        if value
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


def _card(story: _Story, indicator: str) -> Card:
    rows = []
    for stage in STAGES:
        sums = story.summary.stages.get(stage, {})
        cell = _amount(story, indicator, sums.get(indicator))
        rows.append(
            Fact(
                story.voice.code("stage", stage), Cell(cell.text, detail=cell.detail, tone=stage_tone(stage))
            )
        )
    title = story.voice.code("indicator", indicator)
    caption = story.voice.say("summary.stage_total")
    unit = indicator_unit(indicator, story.summary.currency, story.lang)
    return Card(title, unit, Cell(""), "", tuple(rows), "parks", story.voice.say("chapter.parks"), caption)


def _issues(story: _Story) -> Table:
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


def _parks(story: _Story) -> Chapter:
    voice, summary = story.voice, story.summary
    indicators = _indicators(story)
    columns = (
        Column(voice.say("column.park"), width=3),
        Column(voice.say("column.stage"), width=2),
        *(
            Column(
                voice.code("indicator", name),
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
    return Chapter("parks", voice.say("chapter.parks"), blocks, voice.say("summary.parks_lead"))


def _targets(story: _Story) -> Chapter:
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
            Cell(voice.code("indicator", name)),
            Cell(indicator_unit(name, summary.currency, story.lang)),
            _amount(story, name, target),
            _amount(story, name, actual),
            Cell(percent(actual / target, story.lang) if target else DASH),
        )
        for name, (target, actual) in summary.targets.items()
    )
    return Chapter("targets", title, (Table(columns, rows),), voice.say("summary.targets_lead"))


def _compliance(story: _Story) -> Chapter:
    voice, summary = story.voice, story.summary
    title = voice.say("chapter.compliance")
    frameworks = list(dict.fromkeys(name for scores in summary.compliance.values() for name in scores))
    if not frameworks:
        return Chapter("compliance", title, (Paragraph(voice.say("summary.no_compliance"), "notice"),))
    columns = (
        Column(voice.say("column.park"), width=2),
        *(Column(story.titles.get(name, name), width=3) for name in frameworks),
    )
    rows = []
    for park_id, scores in summary.compliance.items():
        cells = []
        for name in frameworks:
            now, intended = scores.get(name, (None, None))
            cells.append(
                Cell(
                    f"{percent(now, story.lang)} → {percent(intended, story.lang)}"
                    if name in scores
                    else DASH
                )
            )
        rows.append((Cell(story.park(park_id)), *cells))
    blocks: list[Block] = [Table(columns, tuple(rows))]
    dots = _dots(story)
    if dots:
        alt = voice.say("summary.potential_alt", {"count": len(dots)})
        axes = AxisWords(voice.say("summary.x_score"), voice.say("summary.y_ghg"))
        blocks.append(
            Picture(draw_scatter(dots, axes, story.lang, alt), alt, voice.say("summary.potential_caption"))
        )
    return Chapter("compliance", title, tuple(blocks), voice.say("summary.compliance_lead"))


def _dots(story: _Story) -> tuple[Dot, ...]:
    dots = []
    for result in story.results:
        scores = story.summary.compliance.get(result.park.id, {})
        now = next((first for first, _ in scores.values() if first is not None), None)
        if now is not None:
            dots.append(Dot(story.park(result.park.id), now, result.portfolio.ghg_t.best))
    return tuple(dots)


def _macc(story: _Story) -> tuple[Chapter, ...]:
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


def _sheets(story: _Story, voices: Sequence[Voice]) -> tuple[Sheet, ...]:
    summary, voice = story.summary, story.voice
    stages = tuple(
        (
            voice.code("stage", stage),
            voice.code("indicator", name),
            indicator_unit_raw(name, summary.currency),
            value,
        )
        for stage, sums in summary.stages.items()
        for name, value in sums.items()
    )
    parks = tuple(
        (
            story.park(park_id),
            voice.code("stage", stage),
            voice.code("indicator", name),
            indicator_unit_raw(name, summary.currency),
            value,
        )
        for park_id, by_stage in summary.parks.items()
        for stage, sums in by_stage.items()
        for name, value in sums.items()
    )
    targets = tuple(
        (voice.code("indicator", name), target, actual) for name, (target, actual) in summary.targets.items()
    )
    compliance = tuple(
        (story.park(park_id), story.titles.get(name, name), now, intended)
        for park_id, scores in summary.compliance.items()
        for name, (now, intended) in scores.items()
    )
    return (
        Sheet("stages", headers(("stage", "indicator", "unit", "amount"), voices), stages),
        Sheet("parks", headers(("park", "stage", "indicator", "unit", "amount"), voices), parks),
        Sheet("targets", headers(("indicator", "target", "actual"), voices), targets),
        Sheet("compliance", headers(("park", "framework", "now", "intended"), voices), compliance),
    )


def indicator_unit_raw(indicator: str, currency: str) -> str:
    """The unit of an indicator as kept: money unscaled."""
    if indicator == "saving":
        return f"{currency}/a"
    if indicator == "ghg_t":
        return "tCO2e/a"
    return next((unit for end, unit in _UNIT_ENDS if indicator.endswith(end)), "")


def _record(story: _Story, languages: tuple[str, ...]) -> Plain:
    summary = story.summary
    return {
        "schema": SUMMARY_SCHEMA_ID,
        "generator": f"parkloop {__version__}",
        "languages": list(languages),
        "is_sample": story.programme is not None and story.programme.is_sample,
        "programme_id": summary.programme_id,
        "year": summary.year,
        "currency": summary.currency,
        "stages": {stage: dict(sums) for stage, sums in summary.stages.items()},
        "parks": [
            {
                "id": park_id,
                "name_en": story.parks[park_id].name_en if park_id in story.parks else park_id,
                "name_vi": story.parks[park_id].name_vi if park_id in story.parks else park_id,
                "stages": {stage: dict(sums) for stage, sums in stages.items()},
                "compliance": {
                    name: {"now_fraction": now, "intended_fraction": intended}
                    for name, (now, intended) in summary.compliance.get(park_id, {}).items()
                },
            }
            for park_id, stages in summary.parks.items()
        ],
        "targets": {
            name: {"target": target, "actual": actual} for name, (target, actual) in summary.targets.items()
        },
        "counted_twice": dict(summary.counted_twice),
        "issues": [
            {"code": item.code, "severity": str(item.severity), "where": str(item.where)}
            for item in summary.issues
        ],
    }
