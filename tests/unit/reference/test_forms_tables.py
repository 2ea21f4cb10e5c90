"""The tables of the legal forms: lines, routes of waste and choices of the portal."""

import doctest

import pytest

import parkloop.reference.forms
from parkloop import reference
from parkloop.model import Family
from parkloop.recp.catalogue import MEASURES
from parkloop.reference.tables import rows
from parkloop.reports.forms.tally import Group


def test_examples_in_the_loader_when_run_then_hold():
    assert doctest.testmod(parkloop.reference.forms).failed == 0


@pytest.mark.parametrize(
    ("resource_id", "leaves", "line"),
    [
        ("electricity", False, "electricity"),
        ("coal_anthracite", False, "fuel"),
        ("steam", False, "heat"),
        ("fresh_water", False, "water"),
        ("ground_water", False, "water"),
        ("reclaimed_water", False, "other"),
        ("wastewater_dyeing", True, "wastewater"),
        ("treated_effluent", True, "other"),
        ("caustic_soda", False, "chemical"),
        ("cotton_yarn", False, "material"),
        ("oxygen", False, "material"),
        ("nitrogen", False, "other"),  # cubic metres do not add to tonnes
        ("steel_scrap", False, "secondary"),
        ("steel_scrap", True, "waste"),
        ("rice_husk", True, "waste"),
        ("waste_heat", True, "other"),
    ],
)
def test_line_of_a_resource_when_it_comes_or_goes_then_is_the_one_of_the_forms(resource_id, leaves, line):
    known = reference.resources()
    assert reference.form_line(known[resource_id], known, leaves=leaves) == line


def test_every_resource_when_looked_up_then_has_a_line_the_forms_can_fill():
    known = reference.resources()
    groups = {group.value for group in Group} | {"waste"}
    for resource in known.values():
        for leaves in (False, True):
            assert reference.form_line(resource, known, leaves=leaves) in groups


@pytest.mark.parametrize(
    ("kind", "keys", "displaced", "route"),
    [
        ("exchange", ("silo_quality_control", "cement_grinding"), Family.PRODUCT, "reuse"),
        ("exchange", ("sorting", "steel_melting"), Family.WASTE, "recycling"),
        ("exchange", ("rdf_preparation", "clinker_burning"), Family.FUEL, "energy_recovery"),
        ("exchange", (), None, "reuse"),
        ("measure", ("plastic_regrind",), None, "reuse"),
        ("measure", ("sludge_press",), None, "prevention"),
        ("measure", ("anything",), None, "prevention"),
    ],
)
def test_route_of_waste_when_treated_then_is_reuse_only_while_its_nature_stays(kind, keys, displaced, route):
    assert reference.waste_route(kind, keys, displaced) == route


def test_keys_of_routes_when_listed_then_are_known_steps_processes_and_measures():
    processes = {use.id.rsplit("-", 1)[-1] for use in reference.uses()}
    measures = {measure.id for measure in MEASURES}
    known = {
        "treatment": set(reference.treatments()),
        "process": processes,
        "measure": measures,
        "default": {"exchange", "measure"},
    }
    for row in rows("forms/waste_routes.csv"):
        assert row["key"] in known[row["kind"]], row["key"]
        assert row["route"] in ("reuse", "recycling", "prevention")


def test_choices_of_the_portal_when_listed_then_are_carriers_of_the_taxonomy():
    for row in rows("forms/portal_choices.csv"):
        if row["kind"] == "carrier":
            assert row["key"] in reference.resources()
    assert reference.portal_choice("unit", "t", "vi") == "tấn/năm"
    assert reference.portal_choice("unit", "piece", "vi") == ""
