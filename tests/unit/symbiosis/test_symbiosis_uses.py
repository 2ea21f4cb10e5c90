"""The table of uses: every row is whole, of this taxonomy, and honest about its source."""

import pytest

from parkloop import reference
from parkloop.model import Confidence, ExchangeKind
from parkloop.symbiosis.frames import energy_gj

USES = reference.uses()


def test_uses_are_many_and_of_every_kind():
    assert len(USES) >= 250
    assert {use.kind for use in USES} == set(ExchangeKind)
    assert {"truck", "pipe", "cable", "service"} == {use.mode for use in USES}


def test_use_ids_are_unique():
    assert len({use.id for use in USES}) == len(USES)


def test_uses_reach_cities_both_ways():
    assert any("city" in use.receiver_kinds for use in USES if use.resource_id == "treated_effluent")
    assert any(use.resource_id == "domestic_wastewater" for use in USES)


def test_uses_name_resources_of_the_taxonomy():
    known = reference.resources().keys()
    assert [use.id for use in USES if not {use.resource_id, use.displaced_resource_id} <= known] == []


def test_uses_have_possible_ratios_caps_and_distances():
    assert all(0 < use.displacement_ratio.low <= use.displacement_ratio.high for use in USES)
    assert all(0 < use.cap_fraction <= 1 for use in USES)
    assert all(use.max_distance_km > 0 for use in USES)


def test_uses_speak_both_languages():
    texts = ("role_en", "role_vi", "process_en", "process_vi", "permit_en", "permit_vi")
    assert [use.id for use in USES if not all(getattr(use, name) for name in texts)] == []


def test_uses_name_their_source_and_claim_no_check_that_was_not_made():
    assert all(use.source for use in USES)
    assert {use.confidence for use in USES} == {Confidence.UNCHECKED, Confidence.INFERRED}


def test_uses_are_held_against_known_rules():
    classes = {"waste", "by_product", "scrap", "product", "ask_authority", "prohibited"}
    rules = reference.legal_rules().keys()
    assert {use.legal_class_vn for use in USES} <= classes
    assert [use.id for use in USES if not use.rules_vn or not set(use.rules_vn) <= rules] == []


def test_uses_treat_in_the_unit_of_their_resource():
    resources, treatments = reference.resources(), reference.treatments()
    wrong = [
        (use.id, step)
        for use in USES
        for step in use.treatment
        if treatments[step].unit != resources[use.resource_id].unit
    ]
    assert wrong == []


def test_uses_by_energy_know_both_calorific_values():
    by_energy = [use for use in USES if use.ratio_basis == "energy"]
    resources = reference.resources()
    assert by_energy
    assert all(energy_gj(use.resource_id, resources) for use in by_energy)
    assert all(energy_gj(use.displaced_resource_id, resources) for use in by_energy)


def test_uses_of_hazardous_waste_are_licensed():
    hazardous = [use for use in USES if reference.resources()[use.resource_id].hazardous]
    assert hazardous
    assert [use.id for use in hazardous if not use.hazard_allowed] == []


def test_uses_of_heat_ask_for_a_temperature():
    hot = [use for use in USES if use.resource_id in ("steam", "waste_heat", "hot_water_heat")]
    assert hot
    assert all(use.min_temperature_c is not None for use in hot)


def test_used_cooking_oil_never_returns_to_feed():
    found = [
        use
        for use in USES
        if use.resource_id == "used_cooking_oil" and use.displaced_resource_id == "animal_feed"
    ]
    assert [use.legal_class_vn for use in found] == ["prohibited"]


def test_treatments_leave_no_more_than_they_take():
    for item in reference.treatments().values():
        assert 0 < item.yield_fraction.low <= item.yield_fraction.high <= 1
        assert item.step.yield_fraction == item.yield_fraction.best
        assert item.reject_resource_id == "" or item.reject_resource_id in reference.resources()


def test_carbon_dioxide_replaces_acid_by_equivalents():
    # one mole of CO2 (44 g) gives one equivalent to bicarbonate, one of H2SO4 (98 g) two: 49 / 44
    use = next(one for one in USES if one.id == "carbon_dioxide-sulphuric_acid-neutralisation")
    assert use.displacement_ratio.best == pytest.approx(49.04 / 44.01, abs=0.01)


def test_steam_holds_its_enthalpy_above_feed_water():
    from CoolProp.CoolProp import PropsSI

    steam = PropsSI("H", "P", 8e5, "Q", 1, "Water") - PropsSI("H", "P", 8e5, "T", 363.15, "Water")
    assert energy_gj("steam", reference.resources()) == pytest.approx(steam / 1e6, abs=0.005)


def test_sector_streams_are_of_the_taxonomy():
    for stream in reference.sector_streams():
        assert stream.resource_id in reference.resources()
        assert stream.factor > 1 and stream.per_employee > 0


def test_legal_forms_of_viet_nam_are_checked_only_where_the_text_was_read():
    checked = {form.id for form in reference.symbiosis_forms() if form.confidence is Confidence.CHECKED}
    assert checked == {"vn05-2-1a", "vn05-2-1b"}
