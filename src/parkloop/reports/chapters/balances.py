"""Energy, water and material through the park: a Sankey each, its check, and the table beside it."""

from collections.abc import Mapping

from parkloop.reports.numbers import DASH, number, percent, unit_text
from parkloop.reports.page import Block, Cell, Chapter, Column, Fold, Heading, Paragraph, Picture, Table
from parkloop.reports.sankey import Diagram, draw, folded, sizes
from parkloop.reports.sankey_energy import Throughflow, energy_throughflow
from parkloop.reports.sankey_matter import material_throughflow, water_throughflow
from parkloop.reports.story import Story

_LEAST_FRACTION = 0.015


def flows_chapter(story: Story) -> Chapter:
    """The three diagrams; what is missing is said in their place."""
    found = (
        ("energy", energy_throughflow(story.result, story.voice)),
        ("water", water_throughflow(story.result, story.flows, story.voice)),
        ("material", material_throughflow(story.result, story.flows, story.voice)),
    )
    blocks: list[Block] = []
    for name, through in found:
        blocks.append(Heading(story.say(f"sankey.{name}")))
        if through is None or not through.diagram.links:
            blocks.append(Paragraph(story.say(f"missing.no_{name}"), "notice"))
        else:
            blocks.extend(_diagram(story, name, through))
    lead = story.say("sankey.lead", {"year": story.result.year})
    return Chapter("flows", story.say("chapter.flows"), tuple(blocks), lead)


def _diagram(story: Story, name: str, through: Throughflow) -> tuple[Block, ...]:
    small = folded(through.diagram, _LEAST_FRACTION, story.say("sankey.other"))
    unit = unit_text(f"{through.diagram.unit}/a", story.lang)
    shown = _shown(story, small)
    arguments = {
        "inflow": f"{number(through.inflow, story.lang)} {unit}",
        "outflow": f"{number(through.outflow, story.lang)} {unit}",
        "rest": f"{number(through.unexplained, story.lang)} {unit}",
        "share": percent(through.unexplained / through.inflow, story.lang) if through.inflow else DASH,
        "coverage": percent(through.outflow / through.inflow, story.lang) if through.inflow else DASH,
    }
    picture = Picture(
        draw(small, shown, story.say(f"sankey.alt_{name}", arguments)),
        story.say(f"sankey.alt_{name}", arguments),
        story.say("sankey.caption", {"unit": unit, "year": story.result.year}),
    )
    blocks: list[Block] = [picture, Paragraph(story.say(f"sankey.check_{name}", arguments))]
    if through.adjusted_count:
        blocks.append(Paragraph(story.say("sankey.adjusted", {"count": through.adjusted_count}), "muted"))
    if through.left_out:
        blocks.append(
            Paragraph(story.say("sankey.left_out", {"names": ", ".join(through.left_out)}), "muted")
        )
    if through.hides_losses:
        blocks.append(Paragraph(story.say("sankey.steam_note"), "muted"))
    table = _table(story, through.diagram, unit)
    blocks.append(Fold(f"table-{name}", story.say(f"sankey.table_{name}"), (table,)))
    return tuple(blocks)


def _shown(story: Story, diagram: Diagram) -> Mapping[str, str]:
    shown = {item: number(value, story.lang) for item, value in sizes(diagram).items()}
    for link in diagram.links:
        key = f"{link.source}>{link.target}>{link.colour}"
        shown[key] = f"{number(link.value, story.lang)} {unit_text(diagram.unit, story.lang)}"
    return shown


def _table(story: Story, diagram: Diagram, unit: str) -> Table:
    label = {node.id: node for node in diagram.nodes}
    totals = sizes(diagram)
    rows = []
    ordered = sorted(diagram.links, key=lambda link: (label[link.source].column, link.source, -link.value))
    for link in ordered:
        marks = ("adjusted",) if link.adjusted else ()
        rows.append(
            (
                Cell(label[link.source].label),
                Cell(label[link.target].label),
                Cell(number(link.value, story.lang), marks=marks),
                Cell(percent(link.value / totals[link.source], story.lang) if totals[link.source] else DASH),
            )
        )
    columns = (
        Column(story.say("column.from"), width=2),
        Column(story.say("column.to"), width=2),
        Column(story.say("column.amount"), numeric=True, unit=unit),
        Column(story.say("column.share_of_source"), numeric=True),
    )
    return Table(columns, tuple(rows), small=True)
