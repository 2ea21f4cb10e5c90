"""The dossier of a park: one story, told as a web page, on paper, as a workbook and as data."""

from collections.abc import Callable

from parkloop.model import Document, ParkResult
from parkloop.reports.chapters import (
    exchanges_chapter,
    flows_chapter,
    forms_chapter,
    macc_chapter,
    map_chapter,
    park_chapter,
    quality_chapter,
    scores_chapter,
    solutions_chapter,
    sources_chapter,
    totals_chapter,
)
from parkloop.reports.dossier_sheets import dossier_sheets
from parkloop.reports.html import to_html
from parkloop.reports.numbers import country, entered
from parkloop.reports.page import Chapter, Page
from parkloop.reports.paper import to_pdf
from parkloop.reports.reasons import anchors_of, figures_on, reasons_of
from parkloop.reports.record import dossier_record, to_json_bytes
from parkloop.reports.story import Story, story_of
from parkloop.reports.voice import CELL_MARKS, Voice
from parkloop.reports.workbook import write_sheets

_CHAPTERS: tuple[Callable[[Story], Chapter], ...] = (
    totals_chapter,
    park_chapter,
    map_chapter,
    flows_chapter,
    scores_chapter,
    solutions_chapter,
    macc_chapter,
    exchanges_chapter,
    quality_chapter,
    sources_chapter,
    forms_chapter,
)
_PAGE_WORDS = (
    "contents",
    "close",
    "language",
    "skip",
    "why_lead",
    "why_hint",
    "page",
    "more_inputs",
)
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}

HTML = "text/html; charset=utf-8"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"


def write_dossier(result: ParkResult, languages: tuple[str, ...] = ("vi", "en")) -> tuple[Document, ...]:
    """The dossier of one park as HTML, PDF, XLSX and JSON.

    Parameters
    ----------
    result
        The park after the whole road; empty parts are named as missing, never left blank.
    languages
        `vi`, `en` or both. With both, the web page carries both behind a switch (the first shown first),
        the PDF is one file a language, and the workbook has headers in both.

    Returns
    -------
    tuple of Document
        `dossier.html`, `dossier.pdf` (or `dossier.<language>.pdf`), `dossier.xlsx`, `dossier.json`.
        The same result gives the same bytes.

    Raises
    ------
    ValueError
        When no language is given, or one there are no texts for.
    """
    if not languages:
        raise ValueError("no language given; name at least one of: vi, en")
    stories = tuple(story_of(result, lang) for lang in languages)
    pages = tuple(_page(story) for story in stories)
    voices = tuple(story.voice for story in stories)
    reasons = voices[0].reasons
    record = dossier_record(result, reasons, languages)
    title = f"{voices[0].say('title.dossier')}: {result.park.name(languages[0])}"
    return (
        Document("dossier.html", HTML, to_html(pages)),
        *pdf_documents("dossier", pages),
        Document(
            "dossier.xlsx", XLSX, write_sheets(dossier_sheets(result, reasons, voices), voices[0], title)
        ),
        Document("dossier.json", JSON, to_json_bytes(record)),
    )


def pdf_documents(name: str, pages: tuple[Page, ...]) -> tuple[Document, ...]:
    """One PDF a language, named by it when there are several."""
    if len(pages) == 1:
        return (Document(f"{name}.pdf", PDF, to_pdf(pages[0])),)
    return tuple(Document(f"{name}.{page.lang}.pdf", PDF, to_pdf(page)) for page in pages)


def park_page(result: ParkResult, lang: str) -> Page:
    """The dossier of one park in one language, before it is rendered."""
    return _page(story_of(result, lang))


def _page(story: Story) -> Page:
    result, lang = story.result, story.lang
    chapters = tuple(chapter(story) for chapter in _CHAPTERS)
    figure_ids = tuple(item for item in figures_on(chapters) if item in story.voice.reasons)
    anchors = anchors_of(figure_ids, lang)
    programme = result.ledger.programme
    name = programme.name_vi if lang == "vi" else programme.name_en
    data_of = story.say("title.dossier_subtitle", {"programme": name, "year": result.year})
    return Page(
        lang=lang,
        title=f"{story.say('title.dossier')}: {result.park.name(lang)}",
        subtitle=" · ".join((*_whereabouts(story), data_of)),
        label=story.say("title.sample") if programme.is_sample else "",
        subject=result.park.name(lang),
        chapters=chapters,
        reasons=reasons_of(anchors, story.voice),
        anchors=anchors,
        notes=_notes(chapters, figure_ids),
        words=page_words(story.voice),
    )


def _whereabouts(story: Story) -> tuple[str, ...]:
    """Province, country and area of the park, where they are known."""
    park = story.result.park
    place = ", ".join(part for part in (park.place.province, country(park.place.country, story.lang)) if part)
    area = f"{entered(park.area_ha, story.lang)} ha" if park.area_ha else ""
    return tuple(part for part in (place, area) if part)


def _notes(chapters: tuple[Chapter, ...], figure_ids: tuple[str, ...]) -> dict[str, int]:
    """Numbers on paper: the key totals, their largest lines and the scores."""
    key = set(figures_on(chapters[:1]))
    for figure_id in tuple(key):
        _, _, share = figure_id.partition("/share/")
        key.add(f"case/{share}")  # what the solution gives on its own stands behind its share
    printed = [item for item in figure_ids if item in key or item.startswith("assessment/")]
    return {figure_id: number for number, figure_id in enumerate(printed, start=1)}


def page_words(voice: Voice) -> dict[str, str]:
    """The fixed words around the chapters."""
    words = {name: voice.say(f"page.{name}") for name in _PAGE_WORDS}
    words["language_name"] = _LANGUAGE_NAMES.get(voice.lang, voice.lang)
    words["chapter_why"] = voice.say("chapter.why")
    for name in (*CELL_MARKS, "computed", "entered"):
        words[f"mark_{name}"] = voice.say(f"mark.{name}")
        words[f"note_{name}"] = voice.code("mark_note", name)
    return words
