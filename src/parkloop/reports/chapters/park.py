"""The park itself: who runs it, how large it is, who is in it."""

from collections import Counter

from parkloop.model import LandUse, Park
from parkloop.reports.numbers import DASH, count, country, day, entered, percent
from parkloop.reports.page import Block, Cell, Chapter, Column, Fact, Facts, Paragraph, Table
from parkloop.reports.story import Story


def park_chapter(story: Story) -> Chapter:
    """Facts of the park and its land use."""
    park = story.result.park
    blocks: list[Block] = [Facts(_facts(story, park))]
    if park.land_use:
        blocks.append(_land(story, park))
    else:
        blocks.append(Paragraph(story.say("park.no_land"), "notice"))
    return Chapter("park", story.say("chapter.park"), tuple(blocks))


def _facts(story: Story, park: Park) -> tuple[Fact, ...]:
    lang, place, certificate = story.lang, park.place, park.investment_certificate
    where = ", ".join(part for part in (place.address, place.province, country(place.country, lang)) if part)
    issued = day(certificate.first_issued, lang) if certificate.first_issued else ""
    licence = ", ".join(part for part in (certificate.number, certificate.issuer, issued) if part)
    titles = {a.framework.id: a.framework for a in story.result.assessments}
    frameworks = [
        (titles[item].title_vi if lang == "vi" else titles[item].title_en) if item in titles else item
        for item in park.frameworks
    ]
    return (
        _fact(story, "place", where),
        _fact(story, "operator", park.operator.name if park.operator else ""),
        _fact(story, "licence", licence),
        _fact(story, "established", day(park.established, lang) if park.established else ""),
        _fact(story, "phase", story.voice.code("phase", park.phase)),
        _fact(story, "area", f"{entered(park.area_ha, lang)} ha" if park.area_ha else ""),
        _fact(
            story, "leased", percent(park.leased_fraction, lang) if park.leased_fraction is not None else ""
        ),
        _fact(story, "participants", _kinds(story)),
        _fact(story, "workers", _workers(story)),
        _fact(story, "receiving_water", park.receiving_water),
        _fact(story, "housing", park.worker_housing),
        _fact(story, "services", park.public_services),
        _fact(story, "frameworks", "; ".join(frameworks)),
    )


def _fact(story: Story, name: str, said: str) -> Fact:
    label = story.say(f"park.{name}")
    if said:
        return Fact(label, Cell(said, why=story.voice.why(f"park/{story.result.park.id}/{name}")))
    return Fact(label, Cell(DASH, detail=story.say("missing.not_entered"), tone="muted"))


def _kinds(story: Story) -> str:
    park_id = story.result.park.id
    kinds = Counter(p.kind for p in story.result.ledger.participants if p.park_id == park_id)
    return ", ".join(
        f"{count(number, story.lang)} {story.voice.code('participant_kind', kind)}"
        for kind, number in kinds.most_common()
    )


def _workers(story: Story) -> str:
    people = [p for p in story.result.ledger.participants if p.employees is not None]
    if not people:
        return ""
    workers = sum(p.employees or 0 for p in people)
    women = sum(p.employees_women or 0 for p in people)
    return story.say(
        "park.workers_said",
        {
            "workers": count(workers, story.lang),
            "women": count(women, story.lang),
            "of": count(len(people), story.lang),
        },
    )


def _land(story: Story, park: Park) -> Table:
    def row(item: LandUse) -> tuple[Cell, ...]:
        return (
            Cell(story.voice.code("land", item.land_class)),
            Cell(entered(item.area_ha, story.lang)),
            Cell(percent(item.area_ha / park.area_ha, story.lang) if park.area_ha else DASH),
            Cell(story.voice.code("source_class", item.source_class)),
        )

    columns = (
        Column(story.say("column.land"), width=2),
        Column(story.say("column.area"), numeric=True, unit="ha"),
        Column(story.say("column.share"), numeric=True),
        Column(story.say("column.source_class")),
    )
    return Table(columns, tuple(row(item) for item in park.land_use), story.say("park.land_caption"))
