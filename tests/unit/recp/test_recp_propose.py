"""Solutions of a site."""

import pytest

from parkloop.model import Input, Range, Severity, Stage
from parkloop.recp import measure_types, propose
from parkloop.recp.spread import spread
from parkloop.reference.reference_rows import reference_rows
from parkloop.texts import LANGUAGES, mend, message

PUMP = {
    "rated_power_kw": 30.0,
    "load_fraction": 0.8,
    "control": "throttle",
    "throttled_fraction": 0.3,
    "flow_m3_h": 120.0,
    "required_head_m": 35.0,
}


def test_propose_when_a_pump_is_throttled_then_a_readable_proposal(site, flow, machine):
    found, _ = propose(site([flow("electricity", 1e6)], [machine("pump", PUMP)]))
    one = next(item for item in found if item.type_id == "pump_vsd")
    assert one.id == "R-E-1-pump_vsd-Q-pump"
    assert one.kind == "measure"
    assert one.stage is Stage.PROPOSED
    assert one.baseline_year == 2025
    assert one.method_ids


def test_propose_when_two_measures_rule_each_other_out_then_each_names_the_other(site, flow, machine):
    found, _ = propose(site([flow("electricity", 1e6)], [machine("pump", PUMP)]))
    by_type = {item.type_id: item for item in found}
    assert by_type["pump_vsd"].extra["excludes"] == by_type["pump_right_size"].id
    assert by_type["pump_right_size"].extra["excludes"] == by_type["pump_vsd"].id


def test_propose_when_a_field_is_missing_then_an_information_says_what_to_collect(site, flow, machine):
    item = machine("air_compressor", {"rated_power_kw": 75.0, "pressure_bar_g": 7.5})
    _, issues = propose(site([flow("electricity", 1e6)], [item]))
    wanted = [issue for issue in issues if issue.where.field == "required_pressure_bar_g"]
    assert [issue.severity for issue in wanted] == [Severity.INFO]
    for lang in LANGUAGES:
        assert "{" not in message(wanted[0].code, lang, wanted[0].arguments)
        assert mend(wanted[0].code, lang, wanted[0].arguments)


def test_propose_when_saving_is_unusually_large_then_a_warning(site, flow, machine):
    item = machine("pump", {"rated_power_kw": 30.0, "control": "throttle", "throttled_fraction": 0.8})
    _, issues = propose(site([flow("electricity", 1e6)], [item]))
    assert "recp.measure.above_usual" in {issue.code for issue in issues}


def test_propose_when_run_twice_then_the_same(site, flow, machine):
    where = site([flow("electricity", 1e6)], [machine("pump", PUMP)])
    assert propose(where) == propose(where)


def test_propose_when_site_is_empty_then_nothing(site):
    assert propose(site([])) == ((), ())


def test_inputs_when_a_solution_is_made_then_each_says_where_it_came_from(site, flow, machine):
    found, _ = propose(site([flow("electricity", 1e6)], [machine("pump", PUMP)]))
    for one in found:
        for item in one.inputs:
            assert item.figure_id or item.reference_id or item.note, (one.type_id, item.name)
            assert not item.reference_id or item.reference_id in reference_rows(), item.reference_id


def test_catalogue_when_listed_then_ids_titles_and_systems_are_complete():
    types = measure_types()
    assert len({item.id for item in types}) == len(types) >= 22
    assert len({item.system for item in types}) >= 8
    classes = {
        "good_housekeeping", "input_change", "process_control", "equipment_modification",
        "technology_change", "on_site_recovery", "useful_by_product", "product_change",
    }  # fmt: skip
    for item in types:
        assert item.recp_class in classes, item.id
        assert item.title_en and item.title_vi and item.summary_en and item.summary_vi, item.id
        assert item.sources, item.id


@pytest.mark.parametrize("kind", measure_types(), ids=lambda kind: kind.id)
def test_catalogue_when_a_measure_is_listed_then_lifetime_and_page_exist(kind):
    from pathlib import Path

    assert f"lifetime.{kind.id}" in reference_rows()
    page = Path(__file__).parents[3] / "docs" / "measures" / f"{kind.id.replace('_', '-')}.md"
    assert page.is_file(), f"write {page}"


def test_spread_when_inputs_are_independent_then_squares_add():
    inputs = (Input("a", 10.0, "-", low=7.0, high=13.0), Input("b", 20.0, "-", low=16.0, high=24.0))
    assert spread(lambda n: n["a"] + n["b"], inputs) == Range(25.0, 30.0, 35.0)


def test_spread_when_a_result_would_leave_its_bounds_then_it_is_held():
    inputs = (Input("a", 0.9, "-", low=0.1, high=2.0),)
    made = spread(lambda n: n["a"], inputs, 1.0)
    assert made.high == 1.0
