import json
from io import BytesIO

import openpyxl
import pytest

from parkloop.model import Summary
from parkloop.reports import write_summary
from parkloop.reports.numbers import number


@pytest.fixture(scope="module")
def documents(summary, programme_results):
    return {item.name: item.content for item in write_summary(summary, programme_results, ("vi", "en"))}


def test_summary_when_two_languages_then_one_page_and_a_pdf_each(documents):
    assert set(documents) == {
        "summary.html",
        "summary.vi.pdf",
        "summary.en.pdf",
        "summary.xlsx",
        "summary.json",
    }


def test_summary_when_read_then_parks_targets_and_what_counts_twice_are_named(documents):
    text = documents["summary.html"].decode()
    for said in ("Khu công nghiệp 3", "4.400.000", "25,8 %", "Bã bia làm thức ăn chăn nuôi", "X-01"):
        assert said in text


def test_summary_when_totals_are_shown_then_stages_are_not_added_up(summary, documents):
    merged = sum(sums["ghg_t"] for sums in summary.stages.values())
    cards = documents["summary.html"].decode().split('<div class="cards">')[1].split("</div>\n")[0]
    assert f">{number(merged, 'vi')}<" not in cards


def test_summary_when_kept_as_data_then_the_sums_are_the_given_ones(summary, documents):
    record = json.loads(documents["summary.json"])
    assert record["stages"]["verified"]["ghg_t"] == pytest.approx(summary.stages["verified"]["ghg_t"])
    assert len(record["parks"]) == 4


def test_summary_when_kept_as_workbook_then_one_row_a_park_stage_and_indicator(summary, documents):
    book = openpyxl.load_workbook(BytesIO(documents["summary.xlsx"]))
    rows = sum(len(sums) for stages in summary.parks.values() for sums in stages.values())
    assert book["Khu công nghiệp"].max_row == rows + 1


def test_summary_when_the_programme_is_empty_then_it_says_what_is_missing():
    nothing = Summary("P-1", 2025, "VND", {}, {}, {}, {}, {})
    text = write_summary(nothing, (), ("en",))[0].content.decode()
    assert "no parks with results yet" in text
    assert "No target is entered" in text
