"""Last year's forms beside this year's: X05 and X33."""

import json
from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import Stage
from parkloop.reports.forms import fill_forms, form_as_dict, form_from_dict


@pytest.fixture(scope="module")
def last_year(small_park):
    """The forms of 2025, from the same park as it was in 2024."""
    return fill_forms(replace(small_park, year=2024), 2025, "en")


def test_continuity_when_nothing_was_corrected_then_agrees(small_park, file_again, last_year):
    # 2025: M-3 to N-2 (2023), then M-1, M-4, M-8, M-9 new in 2024; 2026: these five to N-2 (2024)
    count = {f.id: f.value for f in last_year[0].fields}
    assert (count["III.1.1.2"], count["III.1.1.4"]) == (1, 4)
    found = file_again(small_park, previous=last_year).checks["X05"]
    assert found.passed is True
    assert found.detail == "agrees with the form of 2025"


def test_continuity_when_a_measure_was_dropped_and_a_firm_closed_then_says_which(
    small_park, file_again, last_year
):
    people = tuple(
        replace(p, in_operation=False) if p.id == "E-2" else p for p in small_park.ledger.participants
    )
    dropped = tuple(
        replace(s, stage=Stage.REJECTED, history=()) if s.id == "M-4" else s for s in small_park.solutions
    )
    park = file_again(
        replace(small_park, ledger=replace(small_park.ledger, participants=people), solutions=dropped),
        previous=last_year,
    )
    found = park.checks["X05"]
    assert found.passed is False
    assert "E-2 (not in operation)" in found.detail
    assert "M-4 (now Rejected)" in found.detail


def test_continuity_when_a_measure_was_entered_late_then_says_so(small_park, file_again, last_year, kit):
    late = kit["measure"]("M-20", "E-3", on=date(2024, 2, 2))
    park = file_again(replace(small_park, solutions=(*small_park.solutions, late)), previous=last_year)
    assert park.checks["X05"].passed is False
    assert "new in the count: M-20" in park.checks["X05"].detail


def test_continuity_when_last_form_names_no_ids_then_compares_numbers(small_park, file_again, last_year):
    bare = replace(
        last_year[0],
        fields=tuple(
            replace(f, figure_ids=(), value=7 if f.id == "III.1.1.2" else f.value)
            for f in last_year[0].fields
        ),
    )
    found = file_again(small_park, previous=(bare,)).checks["X05"]
    assert found.passed is False
    assert "III.1.1.2: 5 / 11" in found.detail  # 7 + 4


def test_change_when_a_measure_came_or_ran_part_of_last_year_then_is_explained(
    small_park, file_again, last_year
):
    found = file_again(small_park, previous=last_year).checks["X33"]
    assert found.passed is True
    # E-1 had M-1 from March 2024; M-2 is new: 80,000 x 306/366 kWh, then 116,600
    whole = {f.id: f.value for form in last_year if form.subject_id == "E-3" for f in form.fields}
    assert whole["P3.15"] == pytest.approx(40 * 214 / 366, abs=0.01)  # from 1 June 2024
    assert (
        "B.4 E-3 P3.15: 23.39 → 40.00 (in effect only part of 2024: M-8)"
        in file_again(small_park, previous=tuple(f for f in last_year if f.subject_id == "E-3"))
        .checks["X33"]
        .detail
    )


def test_change_when_no_solution_explains_it_then_fails(small_park, file_again, last_year):
    wrong = tuple(
        replace(form, fields=tuple(replace(f, value=1.0) if f.id == "I.2.5.1" else f for f in form.fields))
        for form in last_year
    )
    found = file_again(small_park, previous=wrong).checks["X33"]
    assert found.passed is False
    assert "A.4 K I.2.5.1: 1.00 → 200.00" in found.detail


def test_change_when_the_sign_turns_then_is_seen(small_park, file_again, last_year):
    turned = tuple(
        replace(form, fields=tuple(replace(f, value=4_900.0) if f.id == "P3.2" else f for f in form.fields))
        for form in last_year
        if form.subject_id == "E-2"
    )
    found = file_again(small_park, previous=turned).checks["X33"]
    assert found.passed is False
    assert "P3.2: 4,900.00 → -5,000.00" in found.detail


def test_forms_of_another_year_or_park_when_given_as_previous_then_are_no_base(small_park, file_again, filed):
    assert file_again(small_park, previous=filed.forms).checks["X05"].passed is None


def test_form_when_kept_as_json_and_read_back_then_serves_as_last_year(small_park, file_again, last_year):
    kept = [json.loads(json.dumps(form_as_dict(form))) for form in last_year]
    read = tuple(form_from_dict(one) for one in kept)
    assert read[0].fields == last_year[0].fields
    assert read[0].trace == last_year[0].trace
    assert file_again(small_park, previous=read).checks["X33"].passed is True
