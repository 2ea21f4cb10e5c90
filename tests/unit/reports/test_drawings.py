import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from parkloop.model import MaccBlock, ParticipantKind
from parkloop.reports.bars import Bar, draw_bars
from parkloop.reports.chapters import (
    exchanges_chapter,
    flows_chapter,
    macc_chapter,
    map_chapter,
    scores_chapter,
)
from parkloop.reports.links import exchange_links, line_style
from parkloop.reports.macc_chart import restarted
from parkloop.reports.page import Fold, Picture
from parkloop.reports.park_map import draw_map
from parkloop.reports.projection import frame_for, round_length
from parkloop.reports.sankey import Diagram, Link, Node, folded, merged, sizes
from parkloop.reports.sankey_energy import energy_throughflow
from parkloop.reports.sankey_matter import material_throughflow, water_throughflow
from parkloop.reports.story import story_of


def _diagram():
    nodes = tuple(
        Node(name, name, column, "#000") for name, column in (("a", 0), ("b", 0), ("c", 0), ("d", 1))
    )
    links = (Link("a", "d", 97.0, "#1"), Link("b", "d", 1.0, "#1"), Link("c", "d", 2.0, "#2"))
    return Diagram(nodes, links, ("from", "to"), "kWh")


def test_merged_when_parallel_ribbons_then_one_with_the_sum():
    assert merged((Link("a", "b", 1.0, "#1"), Link("a", "b", 2.5, "#1")))[0].value == 3.5


def test_folded_when_two_are_small_then_one_other_and_nothing_lost():
    small = folded(_diagram(), 0.05, "Others")
    assert [node.label for node in small.nodes] == ["a", "d", "Others (2)"]
    assert sum(link.value for link in small.links) == pytest.approx(100.0)


def test_folded_when_only_one_is_small_then_it_stays():
    assert folded(_diagram(), 0.015, "Others") == _diagram()


def test_energy_when_walked_from_supply_to_leaves_then_nothing_lost(result):
    through = energy_throughflow(result, story_of(result, "en").voice)
    # supply of the fixture: electricity in kWh, fuels by net calorific value (GJ / 0.0036)
    fuels = 10_300 * 18.9 / 0.0036 + 8.3e6 * 0.036 / 0.0036 + 1_900 * 12.6 / 0.0036 + 60 * 43.0 / 0.0036
    electricity = (9.8 + 6.1 + 31.5 + 12.2 + 2.2 + 15.0 + 1.1 + 0.4) * 1e6
    assert through.inflow == pytest.approx(electricity + fuels)
    assert through.outflow == pytest.approx(through.inflow)
    assert through.unexplained == pytest.approx(0.14 * electricity)


def test_energy_when_boiler_turns_80_percent_into_heat_then_20_percent_and_pipes_are_losses(result):
    one = replace(result, graphs={"E-03": result.graphs["E-03"]})
    through = energy_throughflow(one, story_of(one, "en").voice)
    losses = sizes(through.diagram)["use/losses"]
    gas = 5.9e6 * 0.036 / 0.0036
    # boiler 20 %, then a tenth of the heat on the way; compressed air loses 0.18 - 0.108 of the electricity
    assert losses == pytest.approx(gas * (0.2 + 0.08) + 31.5e6 * 0.072)


def test_water_when_more_leaves_than_comes_then_the_rest_is_named_on_the_left(result):
    story = story_of(result, "en")
    rows = tuple(replace(row, amount=row.entered) for row in story.flows if row.participant_id == "E-06")
    through = water_throughflow(result, rows, story.voice)
    assert sizes(through.diagram)["in/rest"] == pytest.approx(5_000)


def test_water_when_a_plant_takes_wastewater_then_it_is_not_counted_again(result):
    story = story_of(result, "en")
    through = water_throughflow(result, story.flows, story.voice)
    # inputs of enterprises, the one of E-01 reconciled; the 773 000 m3 of the plant are theirs already
    assert through.inflow == pytest.approx(401_300 + 265_000 + 148_000 + 39_000 + 9_100 + 61_000)
    assert through.adjusted_count == 3


def test_material_when_only_outputs_are_known_then_inputs_are_named_as_missing(result):
    story = story_of(result, "en")
    through = material_throughflow(result, story.flows, story.voice)
    assert sizes(through.diagram)["in/rest"] == pytest.approx(22_000 + 5_400)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "chapter", [flows_chapter, map_chapter, macc_chapter, exchanges_chapter, scores_chapter]
)
def test_pictures_when_drawn_then_well_formed_with_words_for_those_who_cannot_see(result, chapter, lang):
    pictures = [block for block in chapter(story_of(result, lang)).blocks if isinstance(block, Picture)]
    assert pictures
    for picture in pictures:
        root = ET.fromstring(picture.svg)
        assert root.get("aria-label")
        assert picture.alt
        assert "nan" not in picture.svg


def test_pictures_when_drawn_then_a_table_stands_behind(result):
    story = story_of(result, "en")
    for chapter in (flows_chapter, macc_chapter):
        blocks = chapter(story).blocks
        assert sum(isinstance(b, Picture) for b in blocks) == sum(isinstance(b, Fold) for b in blocks)


def test_frame_when_a_kilometre_apart_then_a_kilometre_on_the_scale():
    # one km north is 1 / 111.195 degrees
    frame = frame_for([(106.9, 10.7), (106.9, 10.7 + 1 / 111.195)], (960.0, 640.0), 50.0)
    south, north = frame.at(106.9, 10.7), frame.at(106.9, 10.7 + 1 / 111.195)
    assert south[1] - north[1] == pytest.approx(frame.px_per_km)
    assert north[1] < south[1]


@pytest.mark.parametrize(("km", "bar"), [(0.74, 0.5), (1.0, 1.0), (2.4, 2.0), (9.9, 5.0)])
def test_round_length_when_asked_then_one_two_or_five(km, bar):
    assert round_length(km) == pytest.approx(bar)


def test_map_when_a_lot_carries_the_name_then_the_participant_stands_in_it(result):
    story = story_of(result, "vi")
    drawn = draw_map(result, story.links, story.voice, story.amounts)
    assert drawn.to_scale
    assert drawn.unplaced == ("Sơn Á Đông",)


def test_map_when_nothing_has_coordinates_then_no_scale_is_claimed(result):
    people = tuple(replace(p, place=replace(p.place, lat=None, lon=None)) for p in result.ledger.participants)
    bare = replace(result, ledger=replace(result.ledger, participants=people, geometries=()))
    story = story_of(bare, "en")
    drawn = draw_map(bare, story.links, story.voice, story.amounts)
    assert not drawn.to_scale
    assert " km</text>" not in drawn.svg
    assert ">N</text>" not in drawn.svg


def test_links_when_numbered_then_the_largest_of_a_unit_is_the_thickest(result):
    by_unit = {}
    for link in exchange_links(result):
        by_unit.setdefault(result.resources[link.exchange.resource_id].unit, []).append(link)
    for links in by_unit.values():
        thickest = max(links, key=lambda link: link.width)
        assert thickest.exchange.amount.best == max(link.exchange.amount.best for link in links)


def test_line_style_when_confidence_grows_then_dotted_striped_solid(result):
    styles = {link.solution.id: line_style(link.solution) for link in exchange_links(result)}
    assert (styles["X-03"], styles["X-02"], styles["X-01"]) == ("dotted", "striped", "solid")


def test_restarted_when_two_curves_join_then_cheapest_first_without_gaps():
    joined = restarted(
        (MaccBlock("b", 5.0, 20.0, 0.0, "decided"), MaccBlock("a", 3.0, -4.0, 7.0, "feasible"))
    )
    assert [(block.solution_id, block.start_t) for block in joined] == [("a", 0.0), ("b", 3.0)]


def test_bars_when_nothing_can_be_scored_then_words_and_no_bar():
    svg = draw_bars((Bar("Social", None, None, "–"),), "x", "bars")
    assert svg.count('height="22"') == 0
    assert "Social" in svg


def test_map_when_a_city_is_far_away_then_it_stands_at_the_edge_with_its_distance(result):
    def moved(person):
        place = replace(person.place, lat=10.8344, lon=106.9375)  # 11 km north of the park
        return replace(person, place=place) if person.id == "C-01" else person

    people = tuple(moved(person) for person in result.ledger.participants)
    far = replace(result, ledger=replace(result.ledger, participants=people))
    story = story_of(far, "en")
    drawn = draw_map(far, story.links, story.voice, story.amounts)
    assert "Thị trấn Long Thành (11 km)" in drawn.svg
    assert ">500 m</text>" in drawn.svg


def test_energy_when_a_contractor_lies_outside_the_fence_then_it_is_not_drawn(result):
    outside = tuple(
        replace(person, kind=ParticipantKind.CONTRACTOR) if person.id == "E-03" else person
        for person in result.ledger.participants
    )
    fenced = replace(result, ledger=replace(result.ledger, participants=outside))
    through = energy_throughflow(fenced, story_of(fenced, "en").voice)
    assert "at/E-03" not in {node.id for node in through.diagram.nodes}
