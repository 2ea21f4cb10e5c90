from enum import Enum

import pytest

from parkloop import model
from parkloop.reference import Code, code_lists, resources, waste_codes
from parkloop.units import PERIODS_PER_YEAR, UNITS

ENUMERATIONS = {
    "directions": model.Direction, "fates": model.Fate, "source_classes": model.SourceClass,
    "confidences": model.Confidence, "visibilities": model.Visibility, "families": model.Family,
    "stages": model.Stage, "rungs": model.Rung, "steps": model.Step, "effects": model.Effect,
    "exchange_kinds": model.ExchangeKind, "participant_kinds": model.ParticipantKind,
    "severities": model.Severity, "shapes": model.Shape, "verdicts": model.Verdict, "books": model.Book,
    "total_kinds": model.TotalKind, "node_kinds": model.NodeKind, "origin_kinds": model.OriginKind,
    "change_kinds": model.ChangeKind, "flags": model.Flag,
}  # fmt: skip


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_code_lists_when_the_model_has_the_words_then_each_is_labelled(name: str) -> None:
    assert {code.code for code in code_lists()[name]} == {str(word.value) for word in ENUMERATIONS[name]}


def test_code_lists_when_the_model_grows_a_word_enumeration_then_this_test_asks_for_its_list() -> None:
    known = {item for item in vars(model).values() if isinstance(item, type) and issubclass(item, Enum)}
    assert known == set(ENUMERATIONS.values())


def test_code_lists_when_read_then_codes_unique_and_both_labels_filled() -> None:
    for name, codes in code_lists().items():
        assert len({code.code for code in codes}) == len(codes), name
        for lang in ("en", "vi"):
            labels = [code.label(lang) for code in codes]
            assert all(labels) and len(set(labels)) == len(labels), (name, lang)


def test_code_lists_when_units_then_all_are_convertible() -> None:
    for code in code_lists()["units"]:
        assert code.code in UNITS, code
    for code in code_lists()["periods"]:
        assert code.code in PERIODS_PER_YEAR, code


def test_code_lists_when_carriers_then_all_are_resources() -> None:
    assert all(code.code in resources() for code in code_lists()["carriers"])


def test_code_lists_when_counted_then_enough_barriers_eight_recp_classes_and_the_symbiosis_forms() -> None:
    lists = code_lists()
    assert len(lists["barriers"]) >= 15
    assert len(lists["recp_classes"]) == 8
    assert "vn05-2-1a" in {code.code for code in lists["legal_types"]}


def test_code_label_when_language_given_then_in_it() -> None:
    assert Code("a", "one", "một").label("vi") == "một"


def test_waste_codes_when_viet_nam_then_six_digits_a_mark_and_never_checked() -> None:
    for item in waste_codes("VN"):
        assert len(item.code) == 6 and item.mark in ("NH", "KS", "TT")
        assert item.confidence == "unchecked" and item.resource_id in resources()
    assert waste_codes("CO") == ()
