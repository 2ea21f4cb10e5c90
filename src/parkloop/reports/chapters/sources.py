"""The factors, prices and rates behind the figures, and where the legal forms are."""

from parkloop.model import Factor, ParticipantKind, Price
from parkloop.reports.numbers import DASH, count, entered, percent, unit_text
from parkloop.reports.page import Block, Cell, Chapter, Column, Heading, Paragraph, Table
from parkloop.reports.story import Story


def used_factors(story: Story) -> tuple[Factor, ...]:
    """The factors that emission lines of the cases refer to, each once."""
    used = {
        (line.factor_id, line.book, line.resource_id)
        for case in story.result.cases.values()
        for line in case.emissions
    }
    found: dict[tuple[str, str, float], Factor] = {}
    for item in story.result.factor_set.factors:
        if (item.id, item.book, item.resource_id) in used:
            found.setdefault((item.id, item.book, item.value), item)
    return tuple(found.values())


def sources_chapter(story: Story) -> Chapter:
    """Emission factors, prices, exchange rates and the settings of the calculation."""
    blocks: list[Block] = [Heading(story.say("sources.factors"))]
    factors = used_factors(story)
    blocks.append(
        _factors(story, factors) if factors else Paragraph(story.say("missing.no_factors"), "notice")
    )
    blocks.append(Heading(story.say("sources.prices")))
    prices = _used_prices(story)
    blocks.append(_prices(story, prices) if prices else Paragraph(story.say("missing.no_prices"), "notice"))
    blocks.append(Heading(story.say("sources.settings")))
    blocks.append(Paragraph(_settings(story)))
    if story.result.price_book.rates:
        blocks.append(_rates(story))
    return Chapter("sources", story.say("chapter.sources"), tuple(blocks), story.say("sources.lead"))


def _used_prices(story: Story) -> tuple[Price, ...]:
    """The prices that money lines refer to; one published for all stands once, an own one with its owner."""
    named = {
        line.price_ref.removeprefix("reference/")
        for case in story.result.cases.values()
        for line in case.money
        if line.price_ref
    }
    found: dict[tuple[str, str, float], Price] = {}
    for item in story.result.price_book.prices:
        if {item.figure_id, item.reference_id} & named:
            found.setdefault((item.figure_id or item.reference_id, item.side, item.value), item)
    return tuple(found.values())


def _factors(story: Story, factors: tuple[Factor, ...]) -> Table:
    columns = (
        Column(story.say("column.factor"), width=4),
        Column(story.say("column.resource"), width=3),
        Column(story.say("column.value"), numeric=True),
        Column(story.say("column.unit"), width=2),
        Column(story.say("column.book"), width=2),
        Column(story.say("column.year")),
        Column(story.say("column.source"), width=5),
        Column(story.say("column.confidence"), width=2),
    )
    rows = tuple(
        (
            Cell(story.voice.row(item.id), detail=item.id),
            Cell(story.voice.resource(item.resource_id)),
            Cell(entered(item.value, story.lang), why=story.voice.why(f"reference/{item.id}")),
            Cell(unit_text(item.unit, story.lang)),
            Cell(story.voice.code("book", item.book)),
            Cell(str(item.year)),
            Cell(
                " · ".join(
                    part
                    for part in (story.voice.source(item.source), item.geography, item.gwp, item.basis)
                    if part
                )
                or DASH
            ),
            story.trust(item.id, item.confidence),
        )
        for item in factors
    )
    return Table(columns, rows, small=True)


def _prices(story: Story, prices: tuple[Price, ...]) -> Table:
    columns = (
        Column(story.say("column.resource"), width=3),
        Column(story.say("column.side"), width=2),
        Column(story.say("column.value"), numeric=True),
        Column(story.say("column.unit"), width=2),
        Column(story.say("column.year")),
        Column(story.say("column.source"), width=4),
        Column(story.say("column.confidence"), width=2),
    )
    rows = []
    for item in prices:
        resource = story.result.resources.get(item.resource_id)
        unit = f"{item.currency}/{unit_text(resource.unit, story.lang) if resource else ''}"
        side = [story.voice.code("price_side", item.side), story.voice.code("band", item.band)]
        if item.figure_id and item.participant_id:
            side.append(story.voice.participant(item.participant_id))
        rows.append(
            (
                Cell(story.voice.resource(item.resource_id)),
                Cell(", ".join(part for part in side if part)),
                Cell(
                    entered(item.value, story.lang),
                    why=story.voice.why(item.figure_id, f"reference/{item.reference_id}"),
                ),
                Cell(unit),
                Cell(str(item.year)),
                Cell(item.figure_id or story.voice.row(item.reference_id) or DASH, detail=item.reference_id),
                Cell(story.say("mark.own_price"))
                if item.figure_id
                else story.trust(item.reference_id, item.confidence),
            )
        )
    return Table(columns, tuple(rows), small=True)


def _settings(story: Story) -> str:
    book = story.result.price_book
    return story.say(
        "sources.settings_said",
        {
            "currency": book.currency,
            "year": book.year,
            "rate": percent(book.discount_rate, story.lang),
            "rate_source": book.discount_rate_source or DASH,
            "vat": story.say("sources.vat_in" if book.vat_included else "sources.vat_out"),
            "real": story.say("sources.real" if book.real else "sources.nominal"),
        },
    )


def _rates(story: Story) -> Table:
    columns = (
        Column(story.say("column.rate"), width=2),
        Column(story.say("column.value"), numeric=True),
        Column(story.say("column.year")),
        Column(story.say("column.source"), width=4),
        Column(story.say("column.confidence"), width=2),
    )
    rows = tuple(
        (
            Cell(f"{item.currency} / {item.base}"),
            Cell(entered(item.rate, story.lang)),
            Cell(str(item.year)),
            Cell(story.voice.source(item.source) or DASH),
            story.trust(item.reference_id, item.confidence),
        )
        for item in story.result.price_book.rates
    )
    return Table(columns, rows, small=True)


def forms_chapter(story: Story) -> Chapter:
    """Where the legal forms of this park are, and how many there are."""
    enterprises = [p for p in story.result.ledger.participants if p.kind is ParticipantKind.ENTERPRISE]
    arguments = {"enterprises": count(len(enterprises), story.lang), "year": story.result.year}
    columns = (
        Column(story.say("column.form")),
        Column(story.say("column.subject"), width=3),
        Column(story.say("column.content"), width=6),
    )
    subjects = {"A.4": "park", "A.5": "park", "B.4": "enterprises", "B.5": "enterprises"}
    rows = tuple(
        (
            Cell(code),
            Cell(story.say(f"form_list.{subject}", arguments)),
            Cell(story.say(f"form_list.{code.replace('.', '').lower()}")),
        )
        for code, subject in subjects.items()
    )
    return Chapter(
        "forms", story.say("chapter.forms"), (Table(columns, rows),), story.say("form_list.lead", arguments)
    )
