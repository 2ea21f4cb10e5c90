"""Answers that follow from the land-use split."""

from collections.abc import Mapping

from parkloop.assessment.derive.facts import Facts, Ground, computed, weakest
from parkloop.model import Answer, LandUse, Park, SourceClass

_PUBLIC = ("green", "transport", "technical_infrastructure", "social_infrastructure")


def land_shares(park: Park, year: int) -> Mapping[str, float]:
    """Share of each land class in the park's land [-], from the areas known by `year`.

    Of several entries of one class the latest up to `year` counts. Empty when no area is known.

    Examples
    --------
    >>> from parkloop.model import LandUse, Park
    >>> park = Park("P", "G", "Park", "Khu", land_use=(LandUse("green", 20.0), LandUse("industrial", 60.0)))
    >>> land_shares(park, 2025)["green"]
    0.25
    """
    entries = _entries(park, year)
    total = sum(item.area_ha for item in entries)
    if total <= 0:
        return {}
    return {item.land_class: item.area_ha / total for item in entries}


def derive_land(facts: Facts) -> tuple[Answer, ...]:
    """Land shares [% of park land] that the decree and the Indonesian standard ask for."""
    entries = _entries(facts.park, facts.year)
    shares = land_shares(facts.park, facts.year)
    if not shares:
        return ()
    area = {item.land_class: item.area_ha for item in entries}
    source_class = weakest(item.source_class for item in entries)
    answers: list[Answer] = []
    for criterion_id, classes, note in (
        ("vn35-37-3a", _PUBLIC, "land_public"),
        ("id26-1-1a", ("industrial",), "land_class"),
        ("id26-1-1b", ("green",), "land_class"),
        ("id26-1-1c", ("transport",), "land_transport"),
    ):
        known = [name for name in classes if name in area]
        if not known:
            continue
        numbers: dict[str, str | float | int] = {
            "area": round(sum(area[name] for name in known), 4),
            "total": round(sum(area.values()), 4),
            "classes": ", ".join(known),
        }
        # drains belong to the Indonesian class but have none of their own in the ledger
        weaker = SourceClass.INFERRED if note == "land_transport" else source_class
        ground = Ground(note, numbers, (f"park/{facts.park.id}/land_use",), weaker)
        answers.append(computed(facts, criterion_id, 100.0 * sum(shares[name] for name in known), ground))
    return tuple(answers)


def _entries(park: Park, year: int) -> tuple[LandUse, ...]:
    latest: dict[str, LandUse] = {}
    for item in park.land_use:
        if item.year is not None and item.year > year:
            continue
        known = latest.get(item.land_class)
        if known is None or (item.year or 0) >= (known.year or 0):
            latest[item.land_class] = item
    return tuple(latest.values())
