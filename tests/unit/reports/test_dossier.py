import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import jsonschema
import openpyxl
import pytest

from parkloop.model import Document
from parkloop.reports import write_dossier
from parkloop.reports.chapters.sources import used_factors
from parkloop.reports.dossier import park_page
from parkloop.reports.numbers import number
from parkloop.reports.paper import to_png
from parkloop.reports.record import dossier_schema
from parkloop.reports.story import story_of

NASTY = 'Dệt <b>Sông & Biển</b> #set "hi" {{ 7*7 }} $x$ [a]'


@pytest.fixture(scope="module")
def documents(result) -> dict[str, Document]:
    return {item.name: item for item in write_dossier(result, ("vi", "en"))}


class Page(HTMLParser):
    """Ids, links, headings, languages and outside addresses of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.headings, self.fetched, self.tags = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        self.fetched.extend(found[name] for name in ("src", "data", "srcset") if name in found)
        if tag == "link":
            self.fetched.append(found["href"])


@pytest.fixture(scope="module")
def page(documents):
    return Page(documents["dossier.html"].content.decode())


def test_dossier_when_two_languages_then_one_page_and_a_pdf_each(documents):
    assert set(documents) == {
        "dossier.html",
        "dossier.vi.pdf",
        "dossier.en.pdf",
        "dossier.xlsx",
        "dossier.json",
    }


def test_dossier_when_one_language_then_plain_names(empty_result):
    names = {item.name for item in write_dossier(empty_result, ("en",))}
    assert names == {"dossier.html", "dossier.pdf", "dossier.xlsx", "dossier.json"}


def test_dossier_when_no_language_then_the_error_names_what_there_is(empty_result):
    with pytest.raises(ValueError, match="vi, en"):
        write_dossier(empty_result, ())
    with pytest.raises(ValueError, match="no texts in language 'fr'"):
        write_dossier(empty_result, ("fr",))


def test_dossier_when_written_twice_then_the_same_bytes(empty_result):
    assert write_dossier(empty_result, ("vi",)) == write_dossier(empty_result, ("vi",))


def test_html_when_opened_then_small_and_nothing_is_fetched(documents, page):
    assert len(documents["dossier.html"].content) < 3_000_000
    assert all(item.startswith("data:") for item in page.fetched)
    assert all(link.startswith("#") for link in page.links)
    text = documents["dossier.html"].content.decode()
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text


def test_html_when_linked_then_every_link_arrives_and_ids_are_unique(page):
    assert len(page.ids) == len(set(page.ids))
    closing = {"vi-closed", "en-closed"}  # names nothing, so that a card closes and nothing scrolls
    assert {link[1:] for link in page.links} - closing <= set(page.ids)


def test_html_when_read_aloud_then_headings_never_skip_a_level(page):
    assert page.headings.count(1) == 2
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_html_when_both_languages_then_vietnamese_first_and_each_part_says_its_language(page):
    parts = [
        found["lang"] for tag, found in page.tags if tag == "div" and "page" in found.get("class", "").split()
    ]
    assert parts == ["vi", "en"]
    assert next(found for tag, found in page.tags if tag == "html")["lang"] == "vi"


def test_html_when_a_name_looks_like_markup_then_it_stays_text(documents, page):
    text = documents["dossier.html"].content.decode()
    assert "<b>Sông" not in text
    assert "&lt;b&gt;Sông &amp; Biển&lt;/b&gt;" in text
    assert "<b>Sông" not in text.replace("&lt;", "")


def test_html_when_sample_then_it_says_so_in_both_languages(documents):
    text = documents["dossier.html"].content.decode()
    assert "Dữ liệu mẫu" in text
    assert "Sample data" in text


def test_html_when_a_framework_is_unchecked_then_it_is_marked(documents):
    text = documents["dossier.html"].content.decode()
    assert "mark-unchecked" in text
    assert "chưa kiểm chứng" in text


def test_html_when_a_card_is_read_then_its_large_figure_is_the_plan_and_no_sum_of_stages(result, documents):
    text = documents["dossier.html"].content.decode()
    large = re.findall(r'<div class="big">\s*<a class="v"[^>]*>([^<]+)</a>', text)
    wanted = number(result.portfolio.ghg_t.best, "vi")
    merged = number(sum(total.ghg_t.best for total in result.portfolio.stages), "vi")
    assert wanted in large
    assert merged not in large


def test_pdf_when_set_then_several_sheets_with_the_font(documents, result):
    for name in ("dossier.vi.pdf", "dossier.en.pdf"):
        content = documents[name].content
        assert content.startswith(b"%PDF-")
        assert b"SourceSansPro" in content


def test_pdf_when_the_park_is_nearly_empty_then_a_few_sheets(empty_result):
    assert 2 <= len(to_png(park_page(empty_result, "vi"), 20.0)) <= 6


def test_workbook_when_opened_then_sheets_and_headers_in_both_languages(documents):
    book = openpyxl.load_workbook(BytesIO(documents["dossier.xlsx"].content))
    assert len(book.sheetnames) == 12
    assert book["Giải pháp"]["A1"].value == "Mã / ID"


def test_workbook_when_texts_look_like_formulas_then_they_stay_texts(result):
    evil = replace(result.solutions[0], title_vi="=1+1", title_en="@SUM(A1)", owner="+cmd")
    changed = replace(result, solutions=(evil, *result.solutions[1:]))
    book = openpyxl.load_workbook(BytesIO(_document(write_dossier(changed, ("vi",)), "dossier.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert "=1+1" in {cell.value for cell in cells}


def _document(documents, name):
    return next(item.content for item in documents if item.name == name)


def test_workbook_when_numbers_are_read_then_they_are_raw(result, documents):
    book = openpyxl.load_workbook(BytesIO(documents["dossier.xlsx"].content))
    rows = list(book["Giải pháp"].iter_rows(min_row=2, values_only=True))
    first = next(row for row in rows if row[0] == "S-001")
    assert first[7] == pytest.approx(result.cases["S-001"].saving_per_a.best)


@pytest.mark.parametrize("which", ["result", "empty_result"])
def test_json_when_written_then_it_follows_the_published_schema(which, request):
    schema = dossier_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    record = json.loads(_document(write_dossier(request.getfixturevalue(which), ("en",)), "dossier.json"))
    jsonschema.Draft202012Validator(schema).validate(record)


def test_json_when_read_then_totals_are_the_plan_and_figures_can_be_asked(result, documents):
    record = json.loads(documents["dossier.json"].content)
    ghg = record["totals"]["ghg"]
    assert ghg["total_tco2e_per_a"]["best"] == pytest.approx(result.portfolio.ghg_t.best)
    assert ghg["figure_id"] in record["reasons"]
    assert record["is_sample"] is True


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_page_when_the_park_is_empty_then_every_chapter_says_what_is_missing(empty_result, lang):
    page = park_page(empty_result, lang)
    silent = {
        chapter.id
        for chapter in page.chapters
        if not any(getattr(block, "tone", "") == "notice" for block in chapter.blocks)
    }
    assert silent == {"forms"}


def test_page_when_told_in_two_languages_then_the_same_chapters_and_figures(result):
    vi, en = park_page(result, "vi"), park_page(result, "en")
    assert [chapter.id for chapter in vi.chapters] == [chapter.id for chapter in en.chapters]
    assert list(vi.anchors) == list(en.anchors)
    assert vi.title != en.title


def test_sources_when_a_factor_serves_many_resources_then_only_what_was_used_is_listed_once(result):
    spare = replace(result.factor_set.factors[0], id="never-used")
    doubled = replace(
        result.factor_set, factors=(*result.factor_set.factors, *result.factor_set.factors, spare)
    )
    story = story_of(replace(result, factor_set=doubled), "en")
    assert [item.id for item in used_factors(story)] == ["grid-vn-2023", "coal-ipcc", "gas-ipcc"]
