import re

import pytest

from parkloop.model import Family
from parkloop.reference import ancestors, resource_for, resources, sources
from parkloop.units import CANONICAL

CORE = """
electricity:kWh steam:t hot_water_heat:kWh waste_heat:kWh chilled_water_cooling:kWh compressed_air:m3
natural_gas:m3 lpg:t cng:m3 diesel:t fuel_oil:t coal_anthracite:t coal_sub_bituminous:t rice_husk:t
rice_husk_pellet:t wood_pellet:t fuel_wood:t bagasse:t sawdust:t biogas:m3
fresh_water:m3 ground_water:m3 surface_water:m3 rain_water:m3 demineralised_water:m3 reclaimed_water:m3
cooling_water:m3 condensate:m3 wastewater:m3 treated_effluent:m3 domestic_wastewater:m3
carbon_dioxide:t oxygen:t nitrogen:m3 hydrogen:t
caustic_soda:t sulphuric_acid:t hydrochloric_acid:t salt:t dyestuff:t solvent:t coagulant_pac:t polymer:t
ferric_chloride:t refrigerant_r410a:t refrigerant_r134a:t lubricating_oil:t
fly_ash:t bottom_ash:t blast_furnace_slag:t eaf_slag:t eaf_dust:t mill_scale:t steel_scrap:t aluminium_scrap:t
copper_scrap:t zinc_dross:t foundry_sand:t gypsum_by_product:t glass_cullet:t ceramic_scrap:t
wastewater_sludge:t plating_sludge:t spent_acid:t spent_caustic:t spent_solvent:t used_oil:t
spent_pickling_liquor:t spent_grain:t spent_yeast:t fish_by_product:t shrimp_shell:t coffee_grounds:t
cassava_pulp:t rice_bran:t molasses:t fruit_waste:t food_waste:t used_cooking_oil:t
waste_paper:t paper_sludge:t waste_plastic_pe:t waste_plastic_pet:t waste_plastic_mixed:t textile_waste:t
wood_waste:t waste_rubber:t municipal_waste:t general_industrial_waste:t hazardous_waste:t scrap_electronics:t
iron_ore:t clinker:t limestone:t natural_sand:t clay:t natural_gypsum:t cotton_yarn:t polyester_fibre:t
grey_fabric:t malt:t maize:t soybean_meal:t wheat_flour:t fresh_fish:t pulp_virgin:t plastic_resin:t timber:t
steel_billet:t aluminium_ingot:t zinc_ingot:t packaging_board:t animal_feed:t cement:t
"""


@pytest.mark.parametrize("entry", CORE.split())
def test_resources_when_core_id_asked_then_there_with_its_unit(entry: str) -> None:
    resource_id, unit = entry.split(":")
    assert resources()[resource_id].unit == unit


def test_resources_when_counted_then_at_least_three_hundred_over_all_families() -> None:
    assert len(resources()) >= 300
    assert {item.family for item in resources().values()} == set(Family)


def test_resources_when_read_then_keys_are_plain_and_no_id_stands_twice() -> None:
    from parkloop.reference.tables import rows, table_files

    ids = [row["id"] for file in table_files("resources") for row in rows(file)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", item) for item in ids)


def test_resources_when_read_then_both_languages_unit_and_source_are_filled() -> None:
    for item in resources().values():
        assert item.name_en and item.name_vi, item.id
        assert item.unit in CANONICAL.values(), item.id
        assert item.source, item.id
        assert all(part in sources() for part in item.source.split(";")), item.id


def test_resources_when_labels_compared_then_no_label_stands_twice_in_one_language() -> None:
    for lang in ("en", "vi"):
        names = [item.name(lang).casefold() for item in resources().values()]
        assert sorted({n for n in names if names.count(n) > 1}) == []


def test_resources_when_parent_given_then_it_exists_and_the_chain_ends() -> None:
    for item in resources().values():
        chain = ancestors(item.id)
        assert chain[0] == item.id and len(chain) == len(set(chain))


def test_resources_when_hazardous_waste_is_the_ancestor_then_never_flagged_harmless() -> None:
    for item in resources().values():
        if "hazardous_waste" in ancestors(item.id):
            assert item.hazardous is not False, item.id


def test_resources_when_waste_then_vietnamese_legal_class_is_given() -> None:
    allowed = {"waste", "by_product", "scrap", "product", "ask_authority"}
    for item in resources().values():
        if item.family is Family.WASTE:
            assert item.legal_class["VN"] in allowed, item.id


def test_resources_when_a_core_fuel_then_it_has_a_calorific_value() -> None:
    for fuel in CORE.split("compressed_air:m3")[1].split("fresh_water")[0].split():
        ncv = resources()[fuel.split(":")[0]].ncv_gj_per_unit
        assert ncv is not None and ncv > 0, fuel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("electricity", "electricity"),
        ("Điện năng", "electricity"),
        ("DIEN NANG", "electricity"),
        ("dau DO", "diesel"),
        ("Tro bay", "fly_ash"),
        ("tro bay", "fly_ash"),
        ("Brewer's spent grain", "spent_grain"),
        ("brewer s spent-grain", "spent_grain"),
        ("ba hem bia", "spent_grain"),
        ("10 01 02", "fly_ash"),
        ("  Nước thải  ", "wastewater"),
    ],
)
def test_resource_for_when_written_as_people_do_then_exactly_one(text: str, expected: str) -> None:
    assert resource_for(text) == (expected,)


@pytest.mark.parametrize(
    ("typo", "expected"),
    [
        ("electricty", "electricity"),
        ("natural gs", "natural_gas"),
        ("tro bya", "fly_ash"),
        ("bun thai", "sludge"),
    ],
)
def test_resource_for_when_misspelt_then_the_meant_one_is_among_the_candidates(
    typo: str, expected: str
) -> None:
    assert expected in resource_for(typo)


def test_resource_for_when_one_word_has_two_meanings_then_all_are_given() -> None:
    assert set(resource_for("than cám")) == {"coal", "coal_anthracite"}


def test_resource_for_when_nothing_resembles_then_no_guess() -> None:
    assert resource_for("qqqqxyz") == ()
    assert resource_for("  ") == ()


def test_resource_for_when_language_given_then_the_other_language_is_not_asked() -> None:
    assert resource_for("Trấu", "vi") == ("rice_husk",)
    assert resource_for("firewood", "en") == ("fuel_wood",)
    assert resource_for("firewood", "vi") != ("fuel_wood",)
