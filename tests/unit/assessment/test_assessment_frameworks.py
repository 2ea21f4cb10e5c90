"""Frameworks as rows: what is there, what is refused."""

from collections import Counter

import pytest

from parkloop.model import Confidence, Shape
from parkloop.reference import crossings, crosswalk, enterprise_shares, frameworks, read_framework

SMALL = """
id: mine
title_en: Mine
title_vi: Cua toi
edition: "1"
rule: scored
categories: [one]
criteria:
  - {id: a, category: one, kind: performance, en: A, vi: A, rule: {comparison: ">=", threshold: 5, unit: t}}
"""


def test_frameworks_when_read_then_all_titles_stand_in_both_languages_and_have_sources() -> None:
    for framework in frameworks().values():
        assert framework.title_en and framework.title_vi and framework.source
        for criterion in framework.criteria:
            assert criterion.title_en and criterion.title_vi, criterion.id
            assert criterion.title_en != criterion.title_vi, criterion.id
            assert criterion.source, criterion.id
            assert criterion.topic_en and criterion.topic_vi, criterion.id


def test_frameworks_when_read_then_criterion_ids_are_unique_over_all() -> None:
    counts = Counter(item.id for framework in frameworks().values() for item in framework.criteria)
    assert max(counts.values()) == 1


def test_international_when_shown_then_it_is_labelled_unverified() -> None:
    framework = frameworks()["int-eip-v1"]
    assert "unverified" in framework.edition
    assert "unverified" in framework.title_en
    assert {item.confidence for item in framework.criteria} == {Confidence.UNCHECKED}


def test_indicator_set_when_read_then_it_is_the_twenty_three_of_forms_a5_and_b5() -> None:
    ids = [item.id for item in frameworks()["vn-circular-05"].criteria]
    expected = [
        *(f"vn-ENV.{n}" for n in range(1, 7)),
        *(f"vn-PM.{n}" for n in range(1, 5)),
        *(f"vn-SOC.{n}" for n in range(1, 8)),
        *(f"vn-ECO.{n}" for n in range(1, 7)),
    ]
    assert ids == expected


def test_b5_when_read_then_bounds_are_twenty_and_seventy_five_percent() -> None:
    rows = {item.id: item for item in frameworks()["vn-circular-05"].criteria}
    assert rows["vn-ENV.2"].threshold == 20
    assert {rows[f"vn-SOC.{n}"].threshold for n in (1, 2, 4, 6)} == {75}
    assert rows["vn-ENV.3"].shape is Shape.INFORMATION


def test_crosswalk_when_read_then_every_row_is_inferred_and_same_means_same_unit() -> None:
    assert {row.confidence for row in crossings()} == {Confidence.INFERRED}
    assert all(row.from_unit == row.to_unit for row in crossings() if row.relation == "same")
    assert "vn-ENV.1" in crosswalk()["vn35-37-2b"]


def test_enterprise_shares_when_read_then_each_is_a_percentage_criterion() -> None:
    units = {item.id: item.unit for framework in frameworks().values() for item in framework.criteria}
    assert {units[name] for name in enterprise_shares()} == {"%"}
    assert enterprise_shares()["vn-SOC.1"] == 100


def test_read_framework_when_a_user_writes_one_then_it_is_a_framework() -> None:
    framework = read_framework(SMALL)
    assert framework.criteria[0].threshold == 5.0
    assert framework.confidence is Confidence.UNCHECKED


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("rule: scored", "rule: guess", "rule 'guess' is none of"),
        ("id: mine", "no: mine", "`id` is missing"),
        (">=", "~", "comparison '~' is none of"),
        ("category: one", "category: two", "category 'two' is none"),
        ("vi: A", "vi: ''", "the field 'vi' is missing"),
        ("threshold: 5, ", "", "none of threshold"),
        ("title_vi: Cua toi", "title_vi: ''", "'title_vi' is missing"),
    ],
)
def test_read_framework_when_something_does_not_fit_then_refused_with_the_reason(
    old: str, new: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        read_framework(SMALL.replace(old, new))


def test_read_framework_when_a_criterion_stands_twice_then_refused() -> None:
    twice = SMALL + SMALL[SMALL.index("  - {id: a") :]
    with pytest.raises(ValueError, match="stands there twice"):
        read_framework(twice)


def test_read_framework_when_the_text_is_not_yaml_then_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match="not YAML"):
        read_framework("id: [mine")
