"""The park's map and its exchange network, with one numbering and one table."""

from parkloop.model import Lead
from parkloop.reports.chapters.totals import stage_tone
from parkloop.reports.links import ExchangeLink, unit_of
from parkloop.reports.network import draw_network
from parkloop.reports.numbers import DASH, number, unit_text
from parkloop.reports.page import Block, Cell, Chapter, Column, Paragraph, Picture, Table
from parkloop.reports.park_map import draw_map
from parkloop.reports.story import Story, range_cell
from parkloop.texts import text

MOST_LEADS = 25


def map_chapter(story: Story) -> Chapter:
    """The park's own drawing, or a layout by lot that claims no distances."""
    title = story.say("chapter.map")
    drawn = draw_map(story.result, story.links, story.voice, story.amounts)
    if drawn is None:
        return Chapter("map", title, (Paragraph(story.say("missing.no_participants"), "notice"),))
    caption = story.say("map.caption" if drawn.to_scale else "map.caption_schematic")
    alt = story.say("map.alt_short", {"park": story.result.park.name(story.lang)})
    blocks: list[Block] = [Picture(drawn.svg, alt, caption)]
    if drawn.unplaced:
        blocks.append(Paragraph(story.say("map.unplaced", {"names": ", ".join(drawn.unplaced)}), "notice"))
    if not drawn.to_scale:
        blocks.append(Paragraph(story.say("missing.no_geometry"), "notice"))
    return Chapter("map", title, tuple(blocks))


def exchanges_chapter(story: Story) -> Chapter:
    """Who gives what to whom: network and table."""
    title = story.say("chapter.exchanges")
    if not story.links:
        bare = (Paragraph(story.say("missing.no_exchanges"), "notice"), *_leads(story))
        return Chapter("exchanges", title, bare)
    svg = draw_network(story.result, story.links, story.voice, story.amounts)
    alt = story.say("network.alt_short", {"links": len(story.links)})
    columns = (
        Column("№"),
        Column(story.say("column.exchange"), width=4),
        Column(story.say("column.donor_receiver"), width=3),
        Column(story.say("column.stream"), width=3),
        Column(story.say("column.amount"), numeric=True),
        Column(story.say("column.unit")),
        Column(story.say("column.path"), width=3),
        Column(story.say("column.law"), width=2),
        Column(story.say("column.stage"), width=2),
        Column(story.say("column.open_points"), width=3),
    )
    rows = tuple(_row(story, link) for link in story.links)
    table = Table(columns, rows, story.say("network.table"), small=True)
    blocks = (Picture(svg, alt, story.say("network.caption")), table, *_leads(story))
    return Chapter("exchanges", title, blocks, story.say("network.lead"), wide=True)


def _row(story: Story, link: ExchangeLink) -> tuple[Cell, ...]:
    exchange, voice, lang = link.exchange, story.voice, story.lang
    unit = unit_of(story.result, exchange)
    steps = [step.name_vi if lang == "vi" else step.name_en for step in exchange.treatment]
    if exchange.distance_km is not None:
        steps.append(f"{number(exchange.distance_km, lang)} km")
    law = [voice.code("legal_class", exchange.legal_class), voice.legal_form(exchange.legal_type)]
    replaced = voice.resource(exchange.displaced_resource_id) if exchange.displaced_resource_id else DASH
    missing = ", ".join(voice.missing(item) for item in exchange.missing)
    return (
        Cell(str(link.number)),
        Cell(f"{link.solution.id} {link.solution.title(lang)}"),
        Cell(f"{voice.participant(exchange.donor_id)} → {voice.participant(exchange.receiver_id)}"),
        Cell(f"{voice.resource(exchange.resource_id)} → {replaced}"),
        range_cell(exchange.amount, lang),
        Cell(unit_text(f"{unit}/a", lang)),
        Cell(" → ".join(steps) or DASH),
        Cell("; ".join(part for part in law if part) or DASH),
        Cell(voice.code("stage", link.solution.stage), tone=stage_tone(link.solution.stage)),
        Cell(missing or DASH, tone="attention" if missing else ""),
    )


def _leads(story: Story) -> tuple[Block, ...]:
    """Possible exchanges that lack something, the surest first, with what to ask for."""
    leads = story.result.leads
    if not leads:
        return ()
    columns = (
        Column(story.say("column.state"), width=2),
        Column(story.say("column.donor_receiver"), width=3),
        Column(story.say("column.stream"), width=3),
        Column(story.say("column.amount"), numeric=True),
        Column(story.say("column.unit")),
        Column(story.say("column.open_points"), width=4),
    )
    rows = tuple(_lead(story, lead) for lead in leads[:MOST_LEADS])
    table = Table(columns, rows, story.say("network.leads"), small=True)
    hidden = len(leads) - MOST_LEADS
    more = (Paragraph(story.say("network.more_leads", {"count": hidden})),) if hidden > 0 else ()
    return (table, *more)


def _lead(story: Story, lead: Lead) -> tuple[Cell, ...]:
    voice, lang = story.voice, story.lang
    withheld = story.say("network.withheld")
    donor = withheld if "donor" in lead.masked else voice.participant(lead.donor_id)
    receiver = withheld if "receiver" in lead.masked else voice.participant(lead.receiver_id)
    given, replaced = voice.resource(lead.resource_id), voice.resource(lead.displaced_resource_id)
    missing = ", ".join(voice.missing(item) for item in lead.missing)
    unit = story.result.resources[lead.resource_id].unit
    return (
        Cell(text(f"symbiosis.status.{lead.status}", lang)),
        Cell(f"{donor} → {receiver}"),
        Cell(f"{given} → {replaced}"),
        range_cell(lead.amount, lang) if lead.amount is not None else Cell(DASH),
        Cell(unit_text(f"{unit}/a", lang)),
        Cell(missing or DASH, tone="attention" if missing else ""),
    )
