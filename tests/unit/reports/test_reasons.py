from dataclasses import replace

import pytest

from parkloop.model import Derivation, Range
from parkloop.reports.chapters import solutions_chapter, totals_chapter
from parkloop.reports.derive import all_reasons, share_id
from parkloop.reports.dossier import park_page
from parkloop.reports.numbers import money_factor, number
from parkloop.reports.page import Cards, Cell, Fold, Table
from parkloop.reports.reasons import anchors_of, reasons_of
from parkloop.reports.story import range_cell, story_of


def _cells(blocks):
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from row
        elif isinstance(block, Cards):
            yield from (card.value for card in block.items)
        elif isinstance(block, Fold):
            yield from _cells(block.blocks)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_why_when_a_printed_number_is_opened_then_it_explains_that_very_number(result, lang):
    story = story_of(result, lang)
    checked = 0
    for chapter in (totals_chapter, solutions_chapter):
        for cell in _cells(chapter(story).blocks):
            value = story.voice.reasons[cell.why].value if cell.why else None
            if (
                value is None or cell.why == "case/S-001/ghg_t"
            ):  # the fixture brings its own reason for this one
                continue
            factor = money_factor("VND") if cell.why.endswith(("/saving", "/capex")) else 1.0
            assert cell.text == number(value * factor, lang), cell
            checked += 1
    assert checked > 100


def test_all_reasons_when_the_result_brings_one_then_it_goes_first(result):
    assert all_reasons(result, "vi")["case/S-001/ghg_t"] is result.reasons["case/S-001/ghg_t"]


def test_all_reasons_when_a_case_has_none_then_its_lines_add_up(result):
    reason = all_reasons(result, "en")["case/S-003/ghg_t"]
    assert sum(item.value for item in reason.inputs) == pytest.approx(reason.value)
    quantity, factor = reason.inputs[0].inputs
    assert quantity.value * factor.value == pytest.approx(reason.inputs[0].value)


def test_all_reasons_when_shares_are_explained_then_they_add_up_to_the_plan(result):
    reasons = all_reasons(result, "en")
    total = reasons["portfolio/amata/2025/ghg_t"]
    shares = [reasons[share_id(result, item, "ghg")].value for item in result.portfolio.solution_ids]
    assert sum(shares) == pytest.approx(total.value)


def test_reason_when_a_cell_was_typed_then_file_sheet_cell_and_letters_are_said(result):
    story = story_of(result, "vi")
    reason = reasons_of({"case/S-001/ghg_t": "a"}, story.voice)[0]
    origin = next(line.value.text for line in reason.inputs[0].lines if line.label == "Nhập tại")
    assert origin == "amata-2025.xlsx · Bills!F14 · “12,5 tấn/tháng”"


def test_reason_when_a_factor_is_unchecked_then_it_is_marked(result):
    story = story_of(result, "en")
    reason = reasons_of({"case/X-03/ghg_t": "a"}, story.voice)[0]
    assert reason.inputs[0].inputs[1].marks == ("unchecked",)


def test_anchors_when_ids_look_alike_then_they_stay_apart():
    anchors = anchors_of(("flow/F 1/amount", "flow/F-1/amount"), "vi")
    assert len(set(anchors.values())) == 2


def test_page_when_built_then_every_opened_figure_has_a_card_and_notes_are_numbered(result):
    page = park_page(result, "en")
    explained = {item.figure_id for item in page.reasons}
    assert explained == set(page.anchors)
    assert set(page.notes) <= explained
    assert sorted(page.notes.values()) == list(range(1, len(page.notes) + 1))


def test_page_when_printed_then_the_case_behind_a_large_share_is_among_the_notes(result):
    page = park_page(result, "en")
    assert "case/X-06/ghg_t" in page.notes


def test_why_of_when_the_value_differs_then_nothing_is_opened(result):
    voice = story_of(result, "en").voice
    assert voice.why_of(result.cases["S-003"].ghg_t_per_a.best, "case/S-003/ghg_t") == "case/S-003/ghg_t"
    assert voice.why_of(-1.0, "case/S-003/ghg_t") == ""


def test_cell_when_range_is_exact_then_no_ends_are_printed():
    assert range_cell(Range.exact(12.0), "en") == Cell("12")


def test_phrase_when_it_holds_numbers_then_they_are_kept_in_the_language(result):
    voice = story_of(result, "vi").voice
    assert voice.phrase("86561.9 kWh/a x factor") == "86.561,9 kWh/năm × hệ số"
    assert voice.phrase("price year 2024") == "giá năm 2024"
    assert voice.phrase("entered change of fresh_water") == "thay đổi đã nhập: Nước cấp"


def test_phrase_when_nobody_translated_it_then_it_stays_as_it_is(result):
    assert story_of(result, "vi").voice.phrase("a sentence nobody knows 7") == "a sentence nobody knows 7"


def test_reason_when_a_derivation_only_names_its_own_figure_then_it_is_told_once(result):
    inner = Derivation("equipment/Q-1/rated_power_kw", "power", 55.0, "kW", note="plate")
    outer = Derivation("equipment/Q-1/rated_power_kw", "rated_power_kw", 55.0, "kW", inputs=(inner,))
    top = Derivation("case/S-002/ghg_t", "S-002", 1.0, "tCO2e/a", inputs=(outer,))
    voice = replace(story_of(result, "en").voice, reasons={top.figure_id: top})
    told = reasons_of({top.figure_id: "a"}, voice)[0]
    assert told.inputs[0].inputs == ()
    assert [line.value.text for line in told.inputs[0].lines] == ["plate"]


def test_reason_when_two_figures_rest_on_one_then_it_is_told_once_and_linked(result):
    leaf = Derivation("flow/F-01/amount", "flow", 5.0, "m3")
    shared = Derivation("case/S-002/fresh_water", "water", -5.0, "m3/a", inputs=(leaf,))
    figures = {
        name: Derivation(f"case/S-002/{name}", "S-002", 1.0, "", inputs=(shared,))
        for name in ("ghg_t", "saving")
    }
    voice = replace(story_of(result, "en").voice, reasons={item.figure_id: item for item in figures.values()})
    saving, ghg = reasons_of({"case/S-002/saving": "a", "case/S-002/ghg_t": "b"}, voice)
    assert ghg.inputs[0].inputs[0].value == "5 m³"
    assert saving.inputs[0].link == ghg.inputs[0].anchor
